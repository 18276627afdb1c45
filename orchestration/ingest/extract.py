"""What is said of a whole list beside its rows: in the store, in the archive, to its sender."""

import hashlib
from collections.abc import Sequence
from typing import Any

from orchestration.archive import Manifest
from orchestration.ingest import pseudonyms
from orchestration.ingest.batch import Judged
from orchestration.ingest.envelope import Envelope
from orchestration.ingest.mapping import Typed
from orchestration.ingest.ready import Options, Ready, Retry
from orchestration.ingest.result import Counts
from orchestration.ingest.scratch import Scratch


def extract_of(
    work: Scratch, ready: Ready, options: Options, *, typed: Typed, judged: Sequence[Judged]
) -> dict[str, Any]:
    """``data`` of ``extract.completed`` (docs/contracts.md)."""
    counts = sum((each.counts for each in judged), Counts())
    units: dict[str, int] = {}
    if ready.source.kind == "dossiers":
        sql = (
            f"select unit_name, count(*) from {typed.relation}"
            " where problem is null and unit_name is not null group by unit_name order by 1"
        )
        units = {str(unit): int(number) for unit, number in work.rows(sql)}
    for names in _named_units(ready):
        sql = f"select distinct {names} from {typed.relation} where problem is null"
        # named, but no dossier stands in its list
        units |= {str(each): 0 for (each,) in work.rows(sql) if each not in {None, *units}}
    digest = work.one(
        f"select to_hex(coalesce(bit_xor(id_bits), 0)) from {judged[0].fate}"
        " where outcome in ('stored', 'unchanged')"
    )[0]
    headers = ready.opened.headers
    keyed = pseudonyms.columns(ready.source, ready.opened)
    kept = {headers[n]: field for field, n in (ready.opened.fields | keyed).items()}
    source, facts = ready.source, ready.facts
    known_period = facts.first_day is not None and facts.last_day is not None
    return {
        "file": ready.file.name,
        "sha256": ready.print.sha256,
        "bytes": ready.print.size,
        "format": ready.opened.format,
        "scope": {
            # a list of no known period cannot tell who is missing from it
            "full": source.scope_full
            and options.retry is None
            and (source.scope_date_field is None or known_period),
            "unit": ready.unit,
            "date_field": source.scope_date_field,
            "from": facts.first_day.isoformat() if facts.first_day else None,
            "to": facts.last_day.isoformat() if facts.last_day else None,
        },
        "control_total": typed.control_total,
        "counts": {
            "read": counts.read,
            "stored": counts.stored,
            "unchanged": counts.unchanged,
            "duplicate": counts.duplicate,
            "quarantined": counts.quarantined,
        },
        "columns": kept,
        "dropped": [header for header in ready.opened.dropped if header not in kept],
        "units": units,
        "layout": typed.layout,
        "observed_from": ready.observed_from,
        "backfill": options.backfill,
        "retry": options.retry.as_data() if options.retry else None,
        "list_digest": digest,
        "yaml_sha256": _sha256(source.text),
    }


def remarks_on(ready: Ready, counts: Counts) -> str:
    """What a sender should know of a list that was taken in."""
    parts = list(ready.opened.remarks)
    if counts.quarantined:
        parts.append(f"{counts.quarantined} rows set aside, see: hoso quarantine list")
    return "; ".join(parts)


def manifest_of(ready: Ready, envelope: Envelope, retry: Retry | None) -> Manifest:
    """What the archive notes beside an original."""
    return Manifest(
        sha256=ready.print.sha256,
        name=ready.file.name,
        source=ready.source.name,
        batch_id=ready.batch_id,
        observed_at=f"{envelope.observed_at.isoformat()}Z",
        known_at=f"{envelope.known_at.isoformat()}Z",
        recorded_at=f"{envelope.recorded_at.isoformat()}Z",
        unit=ready.unit,
        yaml_sha256=_sha256(ready.source.text),
        yaml=ready.source.text,
        retry_of=retry.of if retry else None,
    )


def _named_units(ready: Ready) -> list[str]:
    """SQL of the cells that name a unit without listing its dossiers."""
    if ready.source.kind == "dossiers":
        roles = ("reception_unit", "help_unit")
        return [f"data->>'$.{role}'" for role in roles if role in ready.opened.fields]
    # a report may be of an office that sends no lists, and of all units at once
    if ready.source.kind == "statements":
        return []
    return ["unit_name"] if "unit_name" in ready.opened.fields else []


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
