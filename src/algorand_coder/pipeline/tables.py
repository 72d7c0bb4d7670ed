"""Records ↔ Parquet. The schema comes from the record's type annotations, so empty tables keep theirs."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import types
import typing
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

R = TypeVar("R")

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
}


def schema_of(record: type) -> pa.Schema:
    """The Arrow schema of a dataclass; fields with ``compare=False`` (times) are left out."""
    return pa.schema([pa.field(name, _arrow_type(hint)) for name, hint in _fields(record)])


def write_table(path: Path, record: type[R], rows: Iterable[R]) -> int:
    """Write ``rows`` to ``path`` (Parquet, zstd), replacing it atomically; returns the number of rows.

    Equal rows in equal order give equal bytes.
    """
    plain = [to_plain(row) for row in rows]
    table = pa.Table.from_pylist(plain, schema=schema_of(record))
    temporary = path.with_name(path.name + ".tmp")
    pq.write_table(table, temporary, compression="zstd", row_group_size=8192)
    os.replace(temporary, path)
    return len(plain)


def read_table(path: Path, record: type[R]) -> list[R]:
    """Read rows of ``record`` written by :func:`write_table`."""
    return [from_plain(record, row) for row in pq.read_table(path).to_pylist()]


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write JSON lines (UTF-8, keys in the given order), replacing ``path`` atomically."""
    temporary = path.with_name(path.name + ".tmp")
    count = 0
    with temporary.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    os.replace(temporary, path)
    return count


def to_plain(value: Any) -> Any:
    """A record as dicts, lists and scalars, without its times."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.compare}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: to_plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple, frozenset)):
        return [to_plain(item) for item in value]
    return value


def from_plain(hint: Any, value: Any) -> Any:
    """The inverse of :func:`to_plain` (and of Arrow's map form) for the annotation ``hint``."""
    if value is None:
        return None
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return from_plain(next(a for a in args if a is not type(None)), value)
    if dataclasses.is_dataclass(hint):
        record = typing.cast(type, hint)
        return record(**{name: from_plain(inner, value[name]) for name, inner in _fields(record)})
    if origin is tuple:
        return tuple(from_plain(args[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: from_plain(args[1], item) for key, item in dict(value).items()}
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value


@functools.cache
def _fields(record: type) -> list[tuple[str, Any]]:
    hints = typing.get_type_hints(record)
    return [(f.name, hints[f.name]) for f in dataclasses.fields(record) if f.compare]


def _arrow_type(hint: Any) -> pa.DataType:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _arrow_type(next(a for a in args if a is not type(None)))
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return pa.string()
    if dataclasses.is_dataclass(hint):
        return pa.struct(list(schema_of(typing.cast(type, hint))))
    if origin is tuple:
        return pa.list_(_arrow_type(args[0]))
    if origin is not None and issubclass(origin, Mapping):
        return pa.map_(pa.string(), _arrow_type(args[1]))
    raise TypeError(f"no Parquet type for {hint!r}")
