select * from {{ ref('movement') }}
