"""The units beside the competent one: where a dossier was lodged with help, officially received.

What belongs here: which they are, as known at the moment asked for. Source: NĐ 118/2025.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

NONE_SQL: Final = """
role as (
    select
        null::bigint as dossier_key, null::varchar as help_unit, null::varchar as reception_unit
    where false
)"""
"""The same CTE for a publication that does not tell of them."""


def role_sql(known: str, dossiers: str | None = None, name: str = "role") -> str:
    """CTE ``name``, grain dossier: ``help_unit, reception_unit``, as lists named them.

    ``known``: SQL over ``a.known_at``. ``dossiers``: a relation with the keys that matter, or all.
    """
    only = f" and a.dossier_key in (select {dossiers}.dossier_key from {dossiers})"
    return f"""
{name} as (
    select
        a.dossier_key,
        unnest(max_by(struct_pack(
            help_unit := a.help_unit_code, reception_unit := a.reception_unit_code
        ), a.batch_no))
    from fct_dossier_attribute as a
    where {known}{only if dossiers else ""}
    group by a.dossier_key
)"""


def carried_on_sql(known: str) -> str:
    """CTE ``role`` after ``carried_on``: of a unit that ended, the one that carries on its work.

    So they are the units of the question's day, as the competent ones are. ``known``: as above.
    """
    names = ("help_unit", "reception_unit")
    columns = ",\n        ".join(f"coalesce({n}_now.heir, named.{n}) as {n}" for n in names)
    joins = "\n    ".join(
        f"left join carried_on as {n}_now on named.{n} = {n}_now.unit_code" for n in names
    )
    return f"""{role_sql(known, name="named")},

role as (
    select
        named.dossier_key,
        {columns}
    from named
    {joins}
)"""


def are_told(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the publication tells of them; those made before there were such columns do not."""
    told = con.execute(
        "select count(*) from duckdb_columns()"
        " where table_name = 'fct_dossier_attribute' and column_name = 'help_unit_code'"
    ).fetchall()
    return bool(told[0][0])
