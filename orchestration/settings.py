"""All settings, in one typed place: environment ``HOSO_*``, then ``hoso.toml``, then defaults."""

import re
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from orchestration.errors import HosoError

PROJECT_DIR = Path(__file__).resolve().parent.parent
"""Where ``dbt_project.yml`` lies; hoso is installed in place."""


class Settings(BaseSettings):
    """What an office may set; each field's description is its line in the documentation."""

    # An empty HOSO_… counts as not set: an empty HOSO_HOME would be the folder one stands in.
    model_config = SettingsConfigDict(
        env_prefix="HOSO_", toml_file="hoso.toml", extra="ignore", env_ignore_empty=True
    )

    home: Path = Field(
        Path("var"), description="Folder of all data: inbox, store, warehouse, logs."
    )
    now: datetime | None = Field(
        default=None, description="Replaces the clock (ISO 8601); for tests and rehearsals."
    )
    timezone: str = Field(
        default="Asia/Ho_Chi_Minh", description="Office time, unless a source says else."
    )
    keep_publications: int = Field(
        default=3, ge=1, description="How many published files are kept."
    )
    keep_figures_days: int = Field(
        default=400,
        ge=31,
        description="So many days published figures are kept of every publication; of older ones,"
        " of the last of each month.",
    )
    keep_audits: int = Field(
        default=1000, ge=1, description="Of how many audits the results are kept."
    )
    keep_run_days: int = Field(
        default=90, ge=1, description="How long Dagster keeps its runs and their logs."
    )
    memory_limit: str = Field(default="6GB", description="What DuckDB may use.")
    threads: int = Field(default=4, ge=1, le=256, description="Threads of DuckDB and dbt.")
    max_file_mb: int = Field(
        2048, ge=1, description="Larger files, or members of archives, are rejected."
    )
    pseudonym_key: SecretStr | None = Field(
        None, description="Key of the pseudonyms (64 hex digits) in place of the one in secrets/."
    )
    max_zip_members: int = Field(default=1000, ge=1, description="A ZIP of more files is rejected.")
    inbox_quiet_seconds: float = Field(
        default=2,
        ge=0,
        le=86400,
        description="A file in the inbox is complete when unchanged for so long.",
    )
    max_cell_chars: int = Field(
        default=32767, ge=1, description="Rows with a longer cell are set aside."
    )
    log_days: int = Field(default=90, ge=1, description="So many days of logs are kept.")
    smtp_host: str | None = Field(
        default=None, description="Mail server; without one mails go to outbox/ as .eml files."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is protected; none for a local relay."
    )
    smtp_user: str | None = Field(default=None, description="Login, where the server wants one.")
    smtp_password: SecretStr | None = Field(
        default=None, description="Password of the login; set it in the environment only."
    )
    smtp_ca_file: Path | None = Field(
        default=None, description="Certificates to trust instead of the system's."
    )
    smtp_timeout: float = Field(
        default=30, gt=0, le=3600, description="Seconds to wait for the mail server."
    )
    mail_from: str = Field(
        default="hoso <hoso@localhost>", description="Sender of the mails: Name <address>."
    )
    digest_hour: int = Field(
        default=7, ge=0, le=23, description="From this hour on the digest of a day is sent."
    )
    silent_after_days: int = Field(
        default=3, ge=1, description="Working days without data before a unit counts as silent."
    )

    @field_validator("now")
    @classmethod
    def _now_has_days_around_it(cls, now: datetime | None) -> datetime | None:
        if now is not None and not 1970 <= now.year <= 2999:
            raise ValueError("a year from 1970 to 2999")
        return now

    @field_validator("timezone")
    @classmethod
    def _timezone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError(f"no time zone is called {name!r}; e.g. Asia/Ho_Chi_Minh") from None
        return name

    @field_validator("memory_limit")
    @classmethod
    def _memory_limit_can_be_worked_with(cls, text: str) -> str:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MGT])i?B", text.strip(), re.IGNORECASE)
        if found is None:
            raise ValueError(f"{text!r} is no size; write e.g. 6GB")
        if float(found[1]) * {"M": 1, "G": 1000, "T": 1_000_000}[found[2].upper()] < 100:
            raise ValueError("at least 100MB")
        return text

    @field_validator("mail_from")
    @classmethod
    def _mail_from_has_an_address(cls, text: str) -> str:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(text)[1]) or not text.isprintable():
            raise ValueError(f"{text!r} is no sender; write e.g. hoso <hoso@example.vn>")
        return text

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over ``hoso.toml``."""
        try:
            file = TomlConfigSettingsSource(settings_cls)
        except ValueError as error:
            raise HosoError(
                f"hoso.toml cannot be read: {error}. Mend it (TOML in UTF-8), or move it away."
            ) from error
        return (init_settings, env_settings, file)

    def folder(self, name: str) -> Path:
        """``<home>/<name>``, absolute, made when missing; some for the owner only."""
        path = self.home.absolute() / name
        if not path.is_dir():
            path.mkdir(
                parents=True, exist_ok=True, mode=0o700 if name in {"secrets", "archive"} else 0o755
            )
        return path

    def path(self, name: str) -> Path:
        """``<home>/<name>``, absolute; nothing is made: reading changes nothing."""
        return self.home.absolute() / name

    @property
    def inbox(self) -> Path:
        """Where offices drop their files; made when missing."""
        return self.folder("inbox")

    @property
    def archive(self) -> Path:
        """Encrypted originals."""
        return self.path("archive")

    @property
    def events(self) -> Path:
        """The event store."""
        return self.path("events")

    @property
    def warehouse(self) -> Path:
        """Build file, published versions and the link to the newest; made when missing."""
        return self.folder("warehouse")

    @property
    def build_db(self) -> Path:
        """Where dbt builds; nobody but the pipeline opens it."""
        return self.warehouse / "build.duckdb"

    @property
    def published_db(self) -> Path:
        """The link that readers open."""
        return self.path("warehouse") / "hoso.duckdb"

    @property
    def mail_address(self) -> str:
        """The bare address of ``mail_from``."""
        return parseaddr(self.mail_from)[1]

    @property
    def mail_domain(self) -> str:
        """What Message-IDs end with."""
        return self.mail_address.rpartition("@")[2] or "localhost"

    @property
    def zone(self) -> ZoneInfo:
        """The office's zone."""
        return ZoneInfo(self.timezone)

    def clock(self) -> datetime:
        """The present moment, UTC; ``HOSO_NOW`` (office time when it has no offset) replaces it."""
        if self.now is None:
            return datetime.now(UTC)
        moment = self.now if self.now.tzinfo else self.now.replace(tzinfo=self.zone)
        return moment.astimezone(UTC)
