select * from {{ ref('account') }}
