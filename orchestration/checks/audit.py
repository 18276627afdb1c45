"""The audit as asset checks: one op fetches all frames and runs all suites once."""

from collections.abc import Iterable, Iterator, Mapping

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    MetadataValue,
    multi_asset_check,
)

from expectations import suites
from expectations.check import Check
from orchestration import audit, audit_identities, audit_reconciliation, data_docs
from orchestration.assets import EVENT_STORE, POOL
from orchestration.assets.models import results as dbt_results
from orchestration.assets.steps import step
from orchestration.settings import Settings

CHECKED: Mapping[str, AssetKey] = {
    "arriving_files": EVENT_STORE,
    "event_store": EVENT_STORE,
    "movements": AssetKey("fct_dossier_posting"),
    "trial_balance": AssetKey("fct_dossier_posting"),
    "unit_day": AssetKey("fct_unit_day"),
    "knowledge": AssetKey("fct_dossier_posting"),
    "units": AssetKey("dim_unit"),
    "unit_tree": AssetKey("dim_unit"),
    "calendar": AssetKey("fct_dossier_posting"),
    "volume": AssetKey("fct_unit_day"),
    "statements": AssetKey("fct_statement"),
    "procedures": AssetKey("dim_procedure"),
    "freshness": AssetKey("fct_unit_reach"),
}
"""Suite -> the asset that its checks stand at; identities stand at ``fct_unit_day``."""

LAST = AssetKey("fct_unit_day")


def dagster_name(check: str) -> str:
    """Dagster allows no dots."""
    return check.replace(".", "_")


def places(findings: Iterable[str]) -> list[tuple[Check, AssetKey]]:
    """Every check of the audit and its asset; ``findings`` are the ``dq_`` models."""
    static = [
        (check, CHECKED[suite])
        for suite, (_, checks) in audit.STATIC_SUITES.items()
        for check in checks
    ]
    within = suites.identities(audit_identities.identity_seed())
    identities = [(check, LAST) for check in (*within, *suites.HIERARCHY)]
    found = [
        (check, AssetKey(table)) for table in sorted(findings) for check in suites.findings([table])
    ]
    stated = [(check, AssetKey("fct_statement")) for check in audit_reconciliation.CHECKS]
    return [*static, *identities, *stated, *found]


def checks(settings: Settings, findings: Iterable[str]) -> AssetChecksDefinition:
    """All checks of the audit. Those at ``LAST``, before the publication, make it wait for all."""
    placed = {check.name: (check, asset) for check, asset in places(findings)}
    specs = [
        AssetCheckSpec(
            dagster_name(name),
            asset=asset,
            description=check.meaning,
            metadata={"owner": check.owner, "severity": check.severity},
            blocking=asset == LAST,
        )
        for name, (check, asset) in placed.items()
    ]

    @multi_asset_check(name="audit", specs=specs, pool=POOL)
    def run(context: AssetCheckExecutionContext) -> Iterator[AssetCheckResult]:
        with step(context, settings):
            found = audit.run_audit(settings, settings.build_db, dbt_results(settings).tests)
        page = MetadataValue.path(data_docs.newest(settings))
        for result in found:
            if result.check in placed:
                yield as_check_result(result, placed[result.check][1], page)

    return run


def as_check_result(
    result: audit.CheckResult, asset: AssetKey, page: MetadataValue[str]
) -> AssetCheckResult:
    """An errored check is not passed, says so, and is of severity ERROR like one that blocks."""
    return AssetCheckResult(
        asset_key=asset,
        check_name=dagster_name(result.check),
        passed=result.status in {"passed", "not_applicable"},
        severity=AssetCheckSeverity.ERROR if result.blocks else AssetCheckSeverity.WARN,
        metadata={
            "status": result.status,
            "observed": result.observed,
            "expected": result.expected,
            "failing": result.failing,
            "owner": result.owner,
            "meaning": result.meaning,
            "data_docs": page,
        },
    )
