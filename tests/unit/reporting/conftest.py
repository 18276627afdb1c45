"""A tiny published warehouse, written by hand: a test posts the few movements it is about."""

import csv
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.eventstore.schema import LAYOUT_BITS

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
ALL_COLUMNS = sum(LAYOUT_BITS.values())
PROCESSING = "open.processing"


@dataclass(frozen=True)
class Posting:
    code: str
    movement: str
    day: date
    from_account: str
    to_account: str
    from_unit: str | None
    to_unit: str
    before: str | None
    after: str | None
    known: datetime
    channel: str = "online"
    source_channel: str | None = "Internet"
    procedure: str | None = "1.001"
    quantity: int = 1
    line: int = 1


@dataclass
class World:
    """Postings, lists and units; ``connect`` gives the warehouse that contracts.md describes."""

    postings: list[Posting] = field(default_factory=list)
    reach: list[tuple[str, date, int, datetime]] = field(default_factory=list)
    units: list[tuple[str, str | None, date | None, str | None]] = field(default_factory=list)
    moves: list[tuple[str, str | None, date]] = field(default_factory=list)

    def unit(
        self,
        code: str,
        parent: str | None = None,
        *,
        until: date | None = None,
        into: str | None = None,
        reach: str | None = "2026-03-31",
        layout: int = ALL_COLUMNS,
        known: str = "2026-01-01",
    ) -> None:
        self.units.append((code, parent, until, into))
        if reach:
            self.covers(code, reach, layout, known)

    def moved(self, code: str, parent: str | None, until: str) -> None:
        """Before the day ``until`` the unit was below another parent."""
        self.moves.append((code, parent, date.fromisoformat(until)))

    def covers(
        self, unit: str, day: str, layout: int = ALL_COLUMNS, known: str = "2026-01-01"
    ) -> None:
        self.reach.append((unit, date.fromisoformat(day), layout, datetime.fromisoformat(known)))

    def post(self, code: str, movement: str, day: str, **what: Any) -> Posting:
        """Post a movement; account, unit and timeliness before are those that the dossier has."""
        last = next((p for p in reversed(self.postings) if p.code == code and p.quantity > 0), None)
        account = {
            "receipt": PROCESSING,
            "resume": PROCESSING,
            "reopening": PROCESSING,
            "pause": "open.awaiting_supplement",
            "resolution": "closed.resolved",
            "return": "closed.returned",
            "withdrawal": "closed.withdrawn",
        }.get(movement, last.to_account if last else PROCESSING)
        default = {"resolution": "on_time", "overdue": "overdue"}
        after = default.get(movement, last.after if last else "in_time")
        dims = ("channel", "source_channel", "procedure")
        posting = Posting(
            code=code,
            movement=movement,
            day=date.fromisoformat(day),
            from_account=last.to_account if last else "outside",
            to_account=what.get("account", account),
            from_unit=last.to_unit if last else None,
            to_unit=what.get("unit", last.to_unit if last else "A"),
            before=last.after if last else None,
            after=what.get("after", after),
            known=datetime.fromisoformat(what.get("known", "2026-01-01")),
            line=len(self.postings) + 1,
            **{name: what.get(name, getattr(last or Posting, name)) for name in dims},
        )
        self.postings.append(posting)
        return posting

    def reverse(self, posting: Posting, known: str) -> None:
        """Take a movement back, as learnt at ``known``."""
        reversal = replace(
            posting, quantity=-1, known=datetime.fromisoformat(known), line=len(self.postings) + 1
        )
        self.postings.append(reversal)

    def connect(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        con.execute("set timezone = 'UTC'")
        self.write(con)
        return con

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Create the contract's tables on an empty database."""
        con.execute(SCHEMA)
        keys = {code: n for n, code in enumerate(sorted({p.code for p in self.postings}), start=1)}
        batch_no = {known: n for n, known in enumerate(sorted({p.known for p in self.postings}))}
        for p in self.postings:
            con.execute(
                f"insert into fct_dossier_posting values ({', '.join('?' * 23)})",
                [
                    *(keys[p.code], p.movement, p.from_account, p.to_account, p.from_unit),
                    *(p.to_unit, p.quantity, datetime(p.day.year, p.day.month, p.day.day, 9)),
                    *(p.day, p.known, f"batch-{p.known:%m%d}", p.line),
                    *(p.before, p.after) * 3,
                    *(p.channel, p.source_channel, p.procedure, p.quantity < 0),
                    batch_no[p.known],
                ],
            )
        for code, key in keys.items():
            con.execute("insert into fct_dossier (dossier_key, code) values (?, ?)", [key, code])
        for code in sorted({p.procedure for p in self.postings if p.procedure}):
            con.execute(
                "insert into dim_procedure values ($c, $c, 'Name ' || $c, 'Field ' || $c[1])",
                {"c": code},
            )
        for known in {p.known for p in self.postings}:
            name = f"batch-{known:%m%d}"
            con.execute(
                "insert into dim_batch values (?, 'igate', ?)", [name, f"list-{known:%m%d}.csv"]
            )
        for unit, day, layout, known in self.reach:
            con.execute(
                "insert into fct_unit_reach values (?, ?, ?, ?, ?)",
                [unit, f"batch-{known:%m%d}", known, day, layout],
            )
        for code, parent, until, into in self.units:
            con.execute(
                "insert into dim_unit values (?, ?, ?, ?, ?)",
                [code, f"Unit {code}", parent, until, into],
            )
        for move in self.moves:
            con.execute("insert into dim_unit_validity values (?, ?, ?)", move)
        con.execute(UNIT_DAY)
        with (SEEDS / "figure.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                con.execute(
                    f"insert into dim_figure values ({', '.join('?' * len(row))})",
                    [cell or None for cell in row.values()],
                )


SCHEMA = """
create table fct_dossier_posting (
    dossier_key bigint, movement varchar, from_account varchar, to_account varchar,
    from_unit varchar, to_unit varchar, quantity tinyint, effective_at timestamp,
    effective_date date, known_at timestamp, batch_id varchar, line_no integer,
    tl_before_by_date varchar, tl_after_by_date varchar,
    tl_before_by_timestamp varchar, tl_after_by_timestamp varchar,
    tl_before_index_766 varchar, tl_after_index_766 varchar,
    channel varchar, source_channel varchar, procedure_key varchar,
    is_reversal boolean, batch_no integer
);
create table fct_dossier (
    dossier_key bigint, code varchar, system varchar default 'province'
);
create table dim_procedure (
    procedure_key varchar, procedure_code varchar, procedure_name varchar, field_name varchar
);
create table dim_batch (batch_id varchar, source varchar, file varchar);
create table fct_unit_reach (
    unit_code varchar, batch_id varchar, known_at timestamp, reach_date date, layout integer
);
create table dim_unit (
    unit_code varchar, unit_name varchar, parent_code varchar, valid_to date,
    successor_code varchar
);
create table dim_unit_validity (unit_code varchar, parent_code varchar, valid_to date);
create table dim_period (
    period_code varchar, kind varchar, first_day date, last_day date,
    scheme varchar default 'calendar', title varchar default 'Tháng'
);
create table dim_figure (
    figure varchar, kind varchar, label_vi varchar, label_en varchar, movement varchar,
    leg varchar, moment varchar, account varchar, timeliness varchar, channel varchar,
    needs varchar, parts varchar, sort_order integer, source varchar
);
"""

UNIT_DAY = """
create table fct_unit_day as
select
    unit_code, day, movement, leg, account, tl_by_date, tl_by_timestamp, tl_index_766, channel,
    counterpart_unit, sum(quantity) as quantity
from (
    select
        to_unit as unit_code, effective_date as day, movement, 'to' as leg,
        to_account as account, tl_after_by_date as tl_by_date,
        tl_after_by_timestamp as tl_by_timestamp, tl_after_index_766 as tl_index_766, channel,
        case when movement = 'transfer' then from_unit end as counterpart_unit, quantity
    from fct_dossier_posting
    where to_account <> 'outside'
    union all
    select
        from_unit, effective_date, movement, 'from', from_account, tl_before_by_date,
        tl_before_by_timestamp, tl_before_index_766, channel,
        case when movement = 'transfer' then to_unit end, -quantity
    from fct_dossier_posting
    where from_account <> 'outside'
)
group by all
"""


@pytest.fixture
def world() -> World:
    return World()
