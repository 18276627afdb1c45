"""``hoso doctor``: what could stop a run or lose data, one by one, each with what to do."""

import difflib
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any, Literal

from orchestration import pseudonym
from orchestration.errors import HosoError
from orchestration.settings import Settings
from orchestration.version import code_version

if TYPE_CHECKING:
    from orchestration.alerting.model import Recipient

_PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "deltalake", "great-expectations")
_NO_SETTINGS = {"HOSO_APP", "HOSO_CONFIG", "HOSO_USER", "HOSO_BUILD_DB"}
"""Names that deploy/install.sh and dbt's profile use."""
_FREE_BYTES = 5 * 1024**3
"""Under this a build of a province may not fit."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``wrong`` must be mended, ``warning`` should be looked at."""

    topic: str
    status: Literal["ok", "warning", "wrong"]
    found: str
    advice: str = ""

    def as_row(self) -> dict[str, str]:
        """The fields of ``hoso doctor``."""
        return asdict(self)


def examine(settings: Settings) -> list[Finding]:
    """All findings, in the order in which things depend on each other. Changes nothing.

    Where the home cannot be one, nothing is looked at inside it.
    """
    home = list(_home(settings))
    if home[0].status == "wrong":
        return [*_versions(settings), *home, *_clock(settings), *_settings(settings)]
    return [
        finding
        for look in (
            _versions,
            _home,
            _disk,
            _clock,
            _sources,
            _keys,
            _pseudonyms,
            _lock,
            _inbox,
            _published,
            _mail,
            _settings,
        )
        for finding in look(settings)
    ]


def _versions(settings: Settings) -> Iterator[Finding]:
    del settings
    found = {"hoso": code_version(), **{name: metadata.version(name) for name in _PACKAGES}}
    text = ", ".join(f"{name} {version}" for name, version in found.items())
    if tuple(map(int, found["dbt-core"].split(".")[:2])) >= (1, 12):
        yield Finding("versions", "wrong", text, "dbt-core must stay below 1.12: make setup")
    else:
        yield Finding("versions", "ok", text)


def _home(settings: Settings) -> Iterator[Finding]:
    home = settings.home.absolute()
    existing = next(path for path in (home, *home.parents) if path.exists())
    if not existing.is_dir():
        advice = "Set HOSO_HOME to a folder, or move the file away"
        yield Finding("home", "wrong", f"{existing} is a file, not a folder", advice)
    elif os.access(existing, os.W_OK | os.X_OK):
        yield Finding("home", "ok", str(home))
    else:
        advice = f"Give this user the right to write in {existing}, or set HOSO_HOME"
        yield Finding("home", "wrong", f"{existing} is not writable", advice)


def _disk(settings: Settings) -> Iterator[Finding]:
    home = settings.home.absolute()
    existing = next(path for path in (home, *home.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    text = f"{free / 1024**3:.1f} GiB free"
    if free < _FREE_BYTES:
        yield Finding("disk", "warning", text, "Free some space, or move HOSO_HOME")
    else:
        yield Finding("disk", "ok", text)


def _clock(settings: Settings) -> Iterator[Finding]:
    local = f"{settings.clock().astimezone(settings.zone):%Y-%m-%d %H:%M} {settings.timezone}"
    if settings.now is not None:
        yield Finding("clock", "warning", f"replaced: {local}", "Unset HOSO_NOW for real work")
    else:
        yield Finding("clock", "ok", local)


def _sources(settings: Settings) -> Iterator[Finding]:
    from orchestration.sources import load_sources

    try:
        names = sorted(load_sources(settings))
    except HosoError as error:
        yield Finding("sources", "wrong", str(error), "Mend the YAML: hoso source check FILE")
    else:
        yield Finding("sources", "ok", ", ".join(names))


def _keys(settings: Settings) -> Iterator[Finding]:
    """Every month of the archive needs its key; nobody but the owner may read one."""
    home = settings.home.absolute()
    months = sorted({path.parent.name for path in home.glob("archive/*/*.age")})
    keys = {path.name: path for path in home.glob("secrets/*.key")}
    lost = [month for month in months if f"archive-{month}.key" not in keys]
    if lost:
        advice = "Restore secrets/archive-<month>.key from the backup: without it they stay sealed"
        yield Finding("keys", "wrong", f"no key for the originals of {', '.join(lost)}", advice)
    open_to_others = [
        name for name, path in keys.items() if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        advice = "chmod 600 these files in secrets/"
        yield Finding("keys", "wrong", f"others may read {', '.join(open_to_others)}", advice)
    if not lost and not open_to_others:
        yield Finding("keys", "ok", f"{len(keys)} keys, {len(months)} months in the archive")


def _pseudonyms(settings: Settings) -> Iterator[Finding]:
    """A pseudonym that is made with another key than before joins nobody to himself."""
    found = pseudonym.trouble(settings)
    if found:
        advice = f"Restore secrets/{pseudonym.KEY_FILE} from the backup; hoso ingest waits for it"
        yield Finding("pseudonyms", "wrong", found, advice)
    else:
        yield Finding("pseudonyms", "ok", "the key is there, or none was ever needed")


def _lock(settings: Settings) -> Iterator[Finding]:
    path = settings.home.absolute() / "run.lock"
    if not path.exists():
        yield Finding("lock", "ok", "no run was ever at work")
        return
    with path.open("r", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            yield Finding("lock", "ok", f"a run is at work, process {file.read().strip()}")
        else:
            yield Finding("lock", "ok", "no run is at work")


def _inbox(settings: Settings) -> Iterator[Finding]:
    refused = sorted((settings.home.absolute() / "inbox" / "rejected").glob("*.reason.txt"))
    if refused:
        advice = "Read the reasons, mend the files or the source, drop them into the inbox again"
        yield Finding("inbox", "warning", f"{len(refused)} files in inbox/rejected/", advice)
    else:
        yield Finding("inbox", "ok", "no file was rejected")


def _published(settings: Settings) -> Iterator[Finding]:
    from orchestration.publish import latest

    newest = latest(settings)
    if newest is None:
        yield Finding("published", "warning", "nothing yet", "hoso run, or hoso demo to try it")
    else:
        text = f"version {newest.id}, data until {newest.known_until}, {newest.path}"
        yield Finding("published", "ok", text)


def _mail(settings: Settings) -> Iterator[Finding]:
    from orchestration.alerting import expected, recipients

    try:
        people, reports = recipients.load(settings), expected.load(settings)
    except HosoError as error:
        yield Finding("mail", "wrong", str(error), "Mend this line of the list")
        return
    trusted = settings.smtp_ca_file
    if settings.smtp_host and trusted is not None and not trusted.is_file():
        advice = "Set HOSO_SMTP_CA_FILE to a file of certificates (PEM), or unset it"
        yield Finding("mail", "wrong", f"{trusted} is not there: no mail can be sent", advice)
        return
    where = f"by {settings.smtp_host}" if settings.smtp_host else "into outbox/ as .eml files"
    text = f"{len(people)} recipients, mails go {where}; {len(reports)} rules for reports"
    strangers = _unknown_units(settings, people, reports)
    if strangers:
        advice = "Mend recipients.csv or expected_reports.csv; hoso coverage lists the units"
        found = f"no unit has the code {', '.join(strangers)}: nobody hears of it; {text}"
        yield Finding("mail", "warning", found, advice)
    elif people:
        yield Finding("mail", "ok", text)
    else:
        advice = f"Write {recipients.path_of(settings)} (docs/how-to/operate.md)"
        yield Finding("mail", "warning", f"nobody hears of alerts; {text}", advice)


def _unknown_units(
    settings: Settings, people: "Sequence[Recipient]", reports: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Codes in the office's lists that no unit has; none while no unit is published."""
    from orchestration.alerting.model import EVERY_UNIT
    from orchestration.alerting.run import units

    known = set(units(settings).name)
    given = {each.unit for each in people} | {str(each["unit"]) for each in reports}
    return sorted(given - known - {EVERY_UNIT}) if known else []


def _settings(settings: Settings) -> Iterator[Finding]:
    """What holds, secrets masked, and misspelt names: those would be ignored in silence."""
    """Each setting with its value, and names in the environment that are no setting's."""
    fields = type(settings).model_fields
    names = {f"HOSO_{field.upper()}": field for field in fields}
    unknown = sorted(name for name in os.environ if name.startswith("HOSO_") and name not in names)
    for name in sorted(set(unknown) - _NO_SETTINGS):
        near = difflib.get_close_matches(name, names, 1)
        advice = f"Did you mean {near[0]}?" if near else "Take it out of the environment"
        yield Finding(name, "warning", "no setting has this name; it does nothing", advice)
    for name, field in names.items():
        value = getattr(settings, field)
        shown = "not set" if value is None else str(value)
        origin = "" if value is None or field in settings.model_fields_set else " (default)"
        yield Finding(name, "ok", f"{shown}{origin}: {fields[field].description}")
