{{ config(meta={'fed_by': []}) }}
select * from {{ ref('figure') }}
