"""Reads Parquet files; every cell becomes text, row n of the file is line n."""

from pathlib import Path

from orchestration.ingest.headers import dropped, find_header, require
from orchestration.ingest.opened import Facts, Given, Opened, RawRows
from orchestration.ingest.result import Rejected
from orchestration.ingest.scratch import Scratch
from orchestration.sources import Source

_BLOCK = 100_000
_DAMAGED = "the Parquet file is damaged or cut off; send it again"


def open_parquet(path: Path, source: Source, scratch: Scratch, given: Given) -> Opened:
    """Reads the file's columns; their names are the header.

    Raises ``Rejected`` for a damaged file, one that is too large unpacked, or without the required
    columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            meta = file.metadata
            groups = (meta.row_group(n) for n in range(meta.num_row_groups))
            if sum(group.total_byte_size for group in groups) > given.max_bytes:
                raise Rejected("the unpacked file is larger than HOSO_MAX_FILE_MB allows")
            names = [str(name) for name in file.schema_arrow.names]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Rejected(_DAMAGED) from error
    head = [(0, names)]
    header = require(find_header(head, source, 1), source, head)
    return Opened(
        format="parquet",
        headers=header.headers,
        fields=header.fields,
        title=Facts(),
        load=lambda: _load(path, scratch, len(names)),
        dropped=dropped(header),
    )


def _load(path: Path, scratch: Scratch, width: int) -> RawRows:
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = scratch.fresh("columns")
    made = ", ".join(f"c{n} varchar" for n in range(width))
    scratch.run(f"create table {name} (line_no integer, cells integer, {made})")
    line = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_BLOCK):
                table = pa.table(batch.columns, [f"c{n}" for n in range(width)])
                lines = pa.array(range(line + 1, line + len(batch) + 1), pa.int32())
                cells = pa.array([width] * len(batch), pa.int32())
                table = table.add_column(0, "line_no", lines).add_column(1, "cells", cells)
                line += len(batch)
                scratch.con.register("arrow_input", table)
                scratch.run(f"insert into {name} select * from arrow_input")
                scratch.con.unregister("arrow_input")
    except (pa.ArrowException, OSError, ValueError, duckdb.Error) as error:
        raise Rejected(_DAMAGED) from error
    return RawRows(name, tables=(name,))
