{{ config(meta={'fed_by': []}) }}
select * from {{ ref('rule_set') }}
