select * from {{ ref('identity') }}
