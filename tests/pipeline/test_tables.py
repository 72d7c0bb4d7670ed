from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.pipeline import read_table, write_table
from algorand_coder.pipeline.tables import from_plain, schema_of, to_plain
from algorand_coder.records import (
    Category,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Outcome,
    Pair,
    Provenance,
    SourceFile,
    Verdict,
)

text = st.text(st.characters(codec="utf-8"), max_size=40)
provenances = st.builds(Provenance, text, text, text, text, text, st.integers(0, 9), st.integers(0, 9), st.booleans())
pairs = st.builds(
    Pair,
    id=text,
    instruction=text,
    input=text,
    output=text,
    strategy=text,
    category=st.sampled_from(Category),
    kind=st.sampled_from(Kind),
    target=text,
    skeleton=text,
    lineage=text,
    mined=st.booleans(),
    provenance=st.lists(provenances, max_size=3).map(tuple),
    support=st.dictionaries(text, text, max_size=3),
)


@given(st.lists(pairs, max_size=5))
def test_rows_survive_parquet(tmp_path_factory: object, rows: list[Pair]) -> None:
    path = tmp_path_factory.mktemp("tables") / "pairs.parquet"  # type: ignore[attr-defined]
    assert write_table(path, Pair, rows) == len(rows)
    assert read_table(path, Pair) == rows


def test_empty_table_keeps_its_schema(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", SourceFile, [])
    assert pq.read_schema(tmp_path / "a.parquet").equals(schema_of(SourceFile))


def test_times_never_enter_rows() -> None:
    result = LevelResult(Level.TYPES, Outcome.PASSED, seconds=1.5)
    assert "seconds" not in to_plain(result)
    assert result == LevelResult(Level.TYPES, Outcome.PASSED, seconds=9.0)


def test_nested_records_and_optionals_come_back() -> None:
    finding = Diagnostic(Level.TYPES, "main.ts", 1, 2, "TS2345", "no")
    verdict = Verdict("key", (LevelResult(Level.TYPES, Outcome.FAILED, (finding,)),), "tools", ("old",), None)
    assert from_plain(Verdict, to_plain(verdict)) == verdict


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    rows = [SourceFile("1", "a\n", "ts", Provenance("s", "r", "p", "MIT"))]
    for name in ("a", "b"):
        write_table(tmp_path / name, SourceFile, rows)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
