"""What has to be there by an hour: the weekly figures on Monday morning."""

from datetime import datetime, time, timedelta
from typing import Final

from orchestration import history
from orchestration.alerting.model import Problem
from orchestration.settings import Settings

WARN_AT: Final = time(8)
DUE_AT: Final = time(9)
"""Monday, office time: the weekly summary is due before nine (a report of 2023, domain.md §6)."""


def weekly(settings: Settings) -> list[Problem]:
    """From Monday 08:00 on: no run since the week ended has left readers with its figures.

    A run counts when it ended on that Monday or later, published or with nothing new to publish.
    Until a first run is known there is nothing to be late with.
    """
    now = settings.clock().astimezone(settings.zone)
    monday = now.date() - timedelta(days=now.weekday())
    start = datetime.combine(monday, time(), settings.zone)
    if now < datetime.combine(monday, WARN_AT, settings.zone) or not history.runs(settings):
        return []
    good = history.last_good(settings)
    if good is not None and (good.ended_at or good.started_at) >= start:
        return []
    year, week, _ = (monday - timedelta(days=1)).isocalendar()
    return [
        Problem(
            "weekly_late",
            subject=f"{year}-W{week:02d}",
            since=datetime.combine(monday, WARN_AT, settings.zone),
            facts={
                "period": f"{year}-W{week:02d}",
                "at": now.replace(tzinfo=None),
                "deadline": datetime.combine(monday, DUE_AT),
            },
            command="hoso run",
        )
    ]
