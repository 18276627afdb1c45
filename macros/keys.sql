{% macro key63(expression) -%}
    {#-
        A 63-bit key of a text, the same on every run of one version of DuckDB (another version is
        another rules_hash): joins on it cost half of those on text, and it costs a fifteenth of an
        MD5. DuckDB's hash reads a text in blocks of 8 bytes and mixes them weakly;
        backwards the blocks are others, so that codes of one pattern do not meet. A data test
        (one_key_is_one_dossier) would tell if two did.
    -#}
    cast(hash({{ expression }}, reverse({{ expression }})) >> 1 as bigint)
{%- endmacro %}

{% macro text_key(expression) -%}
    {#- As orchestration.text.text_key: accents, case and outer spacing taken away. -#}
    trim(lower(strip_accents(replace(replace({{ expression }}, 'đ', 'd'), 'Đ', 'd'))))
{%- endmacro %}

{% macro unit_name_key(expression) -%}
    {#- As orchestration.stated_figures: the name of a unit without what reports put before it. -#}
    regexp_replace(
        regexp_replace({{ text_key(expression) }}, ' +', ' ', 'g'), '^(uy ban nhan dan|ubnd) ', ''
    )
{%- endmacro %}

{% macro json_text(column, key) -%}
    json_extract_string({{ column }}, '$.{{ key }}')
{%- endmacro %}

{% macro layout_bits() -%}
    {#- The bits of docs/contracts.md. -#}
    {{ return({
        'received_at': 2, 'due_at': 4, 'finished_at': 8, 'handed_over_at': 16, 'refused_at': 32,
        'status': 64, 'unit_name': 128, 'channel': 256, 'procedure_code': 512,
        'procedure_name': 1024,
    }) }}
{%- endmacro %}

{% macro dossier_attributes() -%}
    {#- What only some lists say of a dossier: yes/no columns, then names of units. -#}
    {{ return([
        'interlinked', 'online_full', 'returned_by_post', 'digitised_intake', 'digitised_result',
        'has_fee', 'paid_online', 'reception_unit', 'help_unit',
    ]) }}
{%- endmacro %}

{% macro attribute_bit(attribute) -%}
    {#- Its bit in a layout: 2^13 and up (docs/contracts.md). -#}
    {{ 2 ** (13 + dossier_attributes().index(attribute)) }}
{%- endmacro %}

{% macro code_content(content_hash, code) -%}
    {#-
        A content is compared within one dossier: of a row under another code than the dossier's own
        (a row of int_dossier_code, or nulls) it is another one, as it shows that code.
    -#}
    case
        when {{ code }}.code_key is null then {{ content_hash }}
        else cast(hash({{ content_hash }}, {{ code }}.code_key) >> 1 as bigint)
    end
{%- endmacro %}

{% macro forget_aliases() -%}
    {#- What was told of a national code is the dossier's own once the code is known as its. -#}
    delete from {{ this }}
    where dossier_key in (select alias.alias_key from {{ ref('int_dossier_alias') }} as alias)
{%- endmacro %}

{% macro attribute_mask() -%}
    {{ 2 ** 22 - 2 ** 13 }}
{%- endmacro %}

{% macro yes_no(meaning, text) -%}
    {#- true or false by the source's own map, else where the text itself is one of the two. -#}
    coalesce({{ meaning }} = 'true', try_cast({{ text }} as boolean))
{%- endmacro %}

{% macro has_field(layout, field) -%}
    {#- Did the list have the column of this field? -#}
    (({{ layout }} & {{ layout_bits()[field] }}) <> 0)
{%- endmacro %}

{% macro fields_mask(fields) -%}
    {#- The layout of a row that says these fields and no other. -#}
    {%- set mask = namespace(sum=0) -%}
    {%- for field in fields %}{% set mask.sum = mask.sum + layout_bits()[field] %}{% endfor -%}
    {{ mask.sum }}
{%- endmacro %}

{% macro office_to_utc(moment, zone) -%}
    {#- The instant (UTC without a zone) of an office's wall clock. -#}
    timezone('UTC', timezone({{ zone }}, {{ moment }}))
{%- endmacro %}

{% macro row_hash(columns, relation=none) -%}
    {#-
        64 bits of several columns, nulls among them: stands for all of them in a comparison of rows
        of one dossier. Only within one query, never stored: engines differ.
    -#}
    hash(
        {%- for column in columns -%}
        {{ relation ~ '.' if relation }}{{ column }}{{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}
