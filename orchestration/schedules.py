"""When things run, in office time; which periods end when is data (``period_codes``)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

from orchestration.period_codes import ended_on
from orchestration.settings import Settings

RUNNING = DefaultScheduleStatus.RUNNING


def schedules(settings: Settings, daily: Any, period: Any, watch: Any) -> Sequence[Any]:
    """All schedules, running unless somebody stops them.

    The week ends on Sunday and its report is due on Monday before 09:00: the pass at 05:00 leaves
    room for one more by hand after the warning at 08:00 (a pass over a province takes minutes:
    docs/performance.md). Months, quarters, halves and years: the day after they ended.
    """
    zone = settings.timezone
    evening = ScheduleDefinition(
        name="weekday_evening",
        job=daily,
        cron_schedule="30 18 * * 1-5",
        execution_timezone=zone,
        default_status=RUNNING,
        description="After the offices' exports of the day.",
    )

    @schedule(
        name="morning_after_a_period",
        job=daily,
        cron_schedule="0 5 * * *",
        execution_timezone=zone,
        default_status=RUNNING,
        description="On the day after a week, month, quarter, half or year has ended.",
    )
    def early(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
        moment = context.scheduled_execution_time
        ended = [each.code for each in ended_on(yesterday(moment))]
        if not ended:
            return SkipReason(f"No period ended on {yesterday(moment)}.")
        return RunRequest(run_key=f"{moment:%Y-%m-%d}", tags={"hoso/periods": ",".join(ended)})

    @schedule(
        name="files_of_ended_periods",
        job=period,
        cron_schedule="30 6 * * *",
        execution_timezone=zone,
        default_status=RUNNING,
        description="The files of each period that ended yesterday.",
    )
    def files(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
        moment = context.scheduled_execution_time
        ended = ended_on(yesterday(moment))
        if not ended:
            yield SkipReason(f"No period ended on {yesterday(moment)}.")
        for each in ended:
            yield RunRequest(
                run_key=f"{each.code}/{moment:%Y-%m-%d}",
                partition_key=each.code,
                tags={"hoso/period": each.code, "hoso/scheme": each.scheme},
            )

    hourly = ScheduleDefinition(
        name="hourly_watch",
        job=watch,
        cron_schedule="0 7-18 * * *",
        execution_timezone=zone,
        default_status=RUNNING,
        description="Digests at 07:00, the late week on Monday at 08:00, reminders, waiting mails.",
    )
    return (evening, early, files, hourly)


def yesterday(moment: datetime) -> Any:
    """The office's day before a tick, which comes in office time."""
    return moment.date() - timedelta(days=1)
