"""What is wrong with a row of a rulings list, as SQL: what no order of lists could make sense of.

What belongs here: what the row itself says. Whether its dossier or unit is known is not asked: the
list that shows it may still come. ``hoso rule add`` asks that, too (``orchestration.rulings``).
"""

from typing import TYPE_CHECKING, Final

from orchestration.eventstore.store import quoted

if TYPE_CHECKING:
    from orchestration.ingest.mapping import Plan

CLOSED_ACCOUNTS: Final = ("closed.resolved", "closed.returned", "closed.withdrawn")
"""The ways to close; a list may leave out ``closed.``."""


def ruling_problems(plan: "Plan") -> list[tuple[str, str, str, str]]:
    """``(condition, field, reason, suggestion)``; condition is SQL, the others plain texts."""
    there = plan.opened.fields
    value = "v_value" if "value" in there else "null::varchar"
    day = "t_occurred_at" if "occurred_at" in there else "null::timestamp"
    short = [way.removeprefix("closed.") for way in CLOSED_ACCOUNTS]
    ways = ", ".join(quoted(way) for way in (*CLOSED_ACCOUNTS, *short))
    problems = [
        (
            f"v_activity = 'closed_on' and {day} is null",
            "occurred_at" if "occurred_at" in there else "activity",
            "closed_on needs the day",
            "write the day on which the dossier was closed",
        ),
        (
            f"v_activity = 'closed_on' and {value} not in ({ways})",
            "value",
            "no way to close",
            "use one of: " + ", ".join(short),
        ),
        (
            f"v_activity in ('void_as_duplicate_of', 'unit_is', 'undo') and {value} is null",
            "value" if "value" in there else "activity",
            "the ruling does not say what",
            "give the other dossier's code, the unit's code or the ruling's id",
        ),
        (
            f"v_activity = 'void_as_duplicate_of' and {value} = v_code",
            "value",
            "a dossier does not repeat itself",
            "give the code of the one that remains",
        ),
        (
            f"v_activity = 'undo' and not regexp_full_match({value}, '[0-9a-f]{{32}}')",
            "value",
            "not the id of a ruling",
            "copy the whole id from: hoso rule list",
        ),
    ]
    if "system" in there:
        problems.append(
            (
                "not regexp_full_match(lower(v_system), '[a-z][a-z0-9_]*')",
                "system",
                "no name of a system",
                "write it as: hoso source list; or leave the cell empty",
            )
        )
    return problems
