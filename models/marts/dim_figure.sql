select * from {{ ref('figure') }}
