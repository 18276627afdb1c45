"""The only importer of great_expectations: a frame and its checks in, outcomes out.

An ephemeral context over pandas, without analytics, progress bars or network. A check that raised
is ``errored``: Great Expectations reports it as ``success=False``, the same as bad data, and only
``exception_info`` tells them apart.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from expectations.check import MAX_ROWS, Check, Outcome, errored

if TYPE_CHECKING:
    from pandas import DataFrame


def run(frame: "DataFrame", checks: Sequence[Check]) -> list[Outcome]:
    """Outcomes in the order of ``checks``; a frame without a row a check could judge is
    ``not_applicable``.
    """
    if not checks:
        return []
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frame = frame.reset_index(drop=True)  # failing rows come back by position
    batch = (
        context.data_sources.add_pandas("pandas")
        .add_dataframe_asset("frame")
        .add_batch_definition_whole_dataframe("all")
        .get_batch({"dataframe": frame})
    )
    suite = gx.ExpectationSuite(name="suite")
    broken: dict[str, Outcome] = {}
    for check in checks:
        try:
            own = _own_expectations().get(check.expectation)
            expectation = own or getattr(gx.expectations, check.expectation)
            suite.add_expectation(expectation(**check.arguments, meta={"check": check.name}))
        except (
            Exception
        ) as error:  # whatever a wrong declaration raises, it is this check that is broken
            broken[check.name] = errored(check, f"{type(error).__name__}: {error}")
    validation: Any = batch.validate(suite, result_format="COMPLETE")
    # Great Expectations orders its results anew
    results = {result.expectation_config.meta["check"]: result for result in validation.results}
    return [
        broken.get(check.name) or _outcome(check, results[check.name], frame) for check in checks
    ]


def _outcome(check: Check, result: Any, frame: "DataFrame") -> Outcome:
    """Read one validation result."""
    raised = _raised(result.exception_info)
    if raised is not None:
        return errored(check, raised)
    detail: Mapping[str, Any] = result.result
    judged = detail.get("element_count", len(frame))
    if check.expectation != "ExpectColumnValuesToNotBeNull":
        judged -= detail.get("missing_count") or 0
    if judged == 0:
        return Outcome(check, "not_applicable", "nothing to judge")
    if result.success:
        return Outcome(check, "passed", f"{judged} judged, all as expected")
    hits = frame.iloc[list(detail.get("unexpected_index_list") or [])]
    failing = (
        int(hits[check.count_column].fillna(1).sum())
        if check.count_column
        else int(detail.get("unexpected_count") or len(hits) or 1)
    )
    observed = detail.get("observed_value", f"{len(hits)} of {judged} not as expected")
    rows = json.loads(hits.head(MAX_ROWS).to_json(orient="records", date_format="iso"))
    return Outcome(check, "failed", str(observed), failing, tuple(rows), _by_unit(check, hits))


def _by_unit(check: Check, hits: "DataFrame") -> dict[str, int]:
    """Failing things per unit, where the frame has a column of units."""
    column = next((name for name in ("unit_code", "unit") if name in hits.columns), None)
    if column is None:
        return {}
    weight = hits[check.count_column].fillna(1) if check.count_column else hits[column].notna()
    return {str(unit): int(count) for unit, count in weight.groupby(hits[column]).sum().items()}


@cache
def _own_expectations() -> dict[str, type]:
    """Expectations that Great Expectations lacks, made when it is first needed."""
    import numpy as np
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import ColumnPairMapExpectation
    from great_expectations.expectations.metrics import map_metric_provider as metrics
    from great_expectations.expectations.metrics.map_metric_provider import (
        column_pair_map_metric_provider as provider,
    )

    # the package hides its modules behind functions of the same names
    partial: Any = vars(metrics)["column_pair_condition_partial"]

    class ColumnPairValuesNotDropped(provider.ColumnPairMapMetricProvider):
        """The metric: what came is more than ``share`` of the usual, or the usual is so small that
        as little may be chance (``sigmas`` standard deviations of a Poisson count).
        """

        condition_metric_name = "column_pair_values.not_dropped"
        condition_domain_keys = ("column_A", "column_B")
        condition_value_keys = ("share", "sigmas")

        @partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
        def _pandas(cls, column_A: Any, column_B: Any, **kwargs: Any) -> Any:  # noqa: N803, N805
            came, usual = column_A.astype("float64"), column_B.astype("float64")
            by_chance = usual - came < kwargs["sigmas"] * np.sqrt(usual)
            return (came > kwargs["share"] * usual) | by_chance | (came >= usual)

    class ExpectColumnPairValuesNotToDrop(ColumnPairMapExpectation):
        """Column A (what came) has not dropped to a share of column B (what is usual)."""

        share: float = 0.5
        sigmas: float = 3.0
        ignore_row_if: str = "either_value_is_missing"
        map_metric = "column_pair_values.not_dropped"
        success_keys = ("column_A", "column_B", "share", "sigmas", "ignore_row_if", "mostly")
        args_keys = ("column_A", "column_B", "share", "sigmas")

    return {"ExpectColumnPairValuesNotToDrop": ExpectColumnPairValuesNotToDrop}


def _raised(info: Mapping[str, Any]) -> str | None:
    """The message of the first exception, or null: the info is flat or nested by metric."""
    nested: Iterable[Any] = [info] if "raised_exception" in info else info.values()
    return next(
        (str(each["exception_message"]) for each in nested if each.get("raised_exception")), None
    )
