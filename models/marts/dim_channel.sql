select * from {{ ref('channel') }}
