{{ config(meta={'fed_by': ['national_code']}) }}
-- The code map of the ledger: which codes are one dossier's, because a row of one of its lists
-- names both, a code of its own (local) and the national one. The dossier keeps the key of the code
-- of which anything was told first, so that a code that comes later changes nothing told before;
-- where two codes had both been dossiers by then, the ledger is built anew
-- (build_state.read_news). A national code belongs to the local code with which it stood first; a
-- list that gives it to several does not say whose it is. What is a local code in one row and a
-- national one in another joins nothing more: no chains.
with

batch as (select * from {{ ref('dim_batch') }} where role = 'ledger'),

pair as (
    select distinct
        batch.batch_no,
        event.code as local_code,
        event.national_code,
        {{ key63('event.subject') }} as local_key,
        {{ key63("concat(event.system, '/', event.national_code)") }} as national_key
    from {{ source('raw', 'event') }} as event
    inner join batch on event.batch_id = batch.batch_id
    where
        event.type = 'dossier.observed'
        and event.national_code is not null
        and event.national_code <> event.code
),

-- of a national code the first list that gives it to one local code, and to no other
said as (
    select
        national_key,
        batch_no,
        min(national_code) as national_code,
        min(local_key) as local_key,
        min(local_code) as local_code,
        row_number() over (partition by national_key order by batch_no) as nth
    from pair
    group by
        national_key,
        batch_no
    having min(local_key) = max(local_key)
),

first_as_local as (
    select
        local_key as code_key,
        min(batch_no) as batch_no
    from pair
    group by local_key
),

first_as_national as (
    select
        national_key as code_key,
        min(batch_no) as batch_no
    from pair
    group by national_key
),

link as (
    select said.*
    from said
    left join first_as_local on said.national_key = first_as_local.code_key
    left join first_as_national on said.local_key = first_as_national.code_key
    where
        said.nth = 1
        and coalesce(first_as_local.batch_no > said.batch_no, true)
        and coalesce(first_as_national.batch_no > said.batch_no, true)
),

code as (
    select
        local_key,
        national_key as code_key,
        national_code as code,
        local_code,
        1 as preference
    from link
    union all
    select distinct
        local_key,
        local_key as code_key,
        local_code as code,
        local_code,
        0 as preference
    from link
),

-- where no list of the ledger names a national code nothing is read
told as (
    select
        {{ key63('event.subject') }} as code_key,
        min(batch.batch_no) as batch_no
    from {{ source('raw', 'event') }} as event
    inner join batch on event.batch_id = batch.batch_id
    where
        event.type in (
            'dossier.observed', 'dossier.sighted', 'dossier.progressed', 'form.issued',
            'dossier.ruled'
        )
        and {{ key63('event.subject') }} in (select code.code_key from code)
    group by {{ key63('event.subject') }}
),

in_order as (
    select
        code.*,
        row_number() over (
            partition by code.local_key
            order by told.batch_no asc nulls last, code.preference asc, code.code asc
        ) as nth
    from code
    left join told on code.code_key = told.code_key
),

final as (
    select
        in_order.code_key,
        in_order.code,
        first_told.code_key as dossier_key,
        first_told.code as first_code,
        in_order.local_code
    from in_order
    inner join in_order as first_told
        on in_order.local_key = first_told.local_key and first_told.nth = 1
)

select * from final
