select * from {{ ref('rule_set') }}
