"""A finished data set, as its commands show, search, write and compare it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from algorand_coder.cli.dataset import command
from algorand_coder.dataset.comparison import compare
from algorand_coder.dataset.finished import DataSet, read_data_set, search
from algorand_coder.errors import UserError
from algorand_coder.pipeline.stage import StageReport
from algorand_coder.records import Pair

MakePair = Callable[..., Pair]
RunDataset = Callable[..., StageReport]


@pytest.fixture
def run(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> Path:
    pairs = [make_pair(n) for n in range(60)]
    pairs[7] = replace(pairs[7], instruction="Rekey an account to a new signer, in TypeScript.")
    run_dataset(pairs)
    return tmp_path / "run"


@pytest.fixture
def data(run: Path) -> DataSet:
    return read_data_set(run)


def invoke(*arguments: str) -> str:
    done = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_stats_have_these_figures_and_no_others(run: Path, data: DataSet) -> None:
    found = json.loads(invoke("stats", "--json", "--run-dir", str(run)))
    assert list(found) == [
        "rows", "train", "validation", "by_strategy", "by_category", "by_kind", "by_target", "by_licence", "tokens",
    ]  # fmt: skip
    assert found["rows"] == len(data.pairs) == found["train"] + found["validation"]
    for facet in ("strategy", "category", "kind", "target", "licence"):
        assert sum(found[f"by_{facet}"].values()) == found["rows"]
    texts = [f"{pair.instruction}{pair.input}{pair.output}" for pair in data.pairs]
    assert found["tokens"] > sum(map(len, texts)) / 3
    assert "60 rows: 48 for training, 12 held out" in invoke("stats", "--run-dir", str(run))


def test_a_row_is_shown_by_the_beginning_of_its_id(run: Path, data: DataSet) -> None:
    shown = invoke("show", "pair-00007", "--run-dir", str(run))
    assert "Rekey an account" in shown
    assert data.row("pair-00007").output.strip() in shown
    row = json.loads(invoke("show", "pair-00007", "--json", "--run-dir", str(run)))
    assert row["split"] == data.sides["pair-00007"]
    with pytest.raises(UserError, match="give more of it"):
        data.row("pair-0000")
    with pytest.raises(UserError, match="dataset search"):
        data.row("nothing")


def test_search_wants_every_word_and_knows_the_facets(run: Path, data: DataSet) -> None:
    assert [pair.id for pair in search(data, "SIGNER account rekey", {})] == ["pair-00007"]
    assert search(data, "account rekey unheard", {}) == []
    mined = search(data, "return", {"source": "kit"})
    assert {pair.mined for pair in mined} == {True}
    held = search(data, "return", {}, "validation")
    assert {data.sides[pair.id] for pair in held} == {"validation"}
    with pytest.raises(UserError, match="did you mean 'transactions'"):
        search(data, "x", {"category": "transaction"})
    listed = json.loads(invoke("search", "rekey", "--json", "--run-dir", str(run)))
    assert listed["found"] == 1


@pytest.mark.parametrize("side", ["train", "validation", "all"])
def test_exports_hold_the_rows_of_the_side(run: Path, data: DataSet, tmp_path: Path, side: str) -> None:
    rows = data.side(side)
    for form in ("alpaca", "chat", "parquet"):
        out = tmp_path / "out" / f"{form}-{side}"
        invoke("export", "--format", form, "--split", side, "--out", str(out), "--run-dir", str(run))
        if form == "parquet":
            table = pq.read_table(out)
            assert table.column("split").to_pylist() == [data.sides[pair.id] for pair in rows]
            assert table.column("id").to_pylist() == [pair.id for pair in rows]
            assert table.column("provenance")[0][0]["licence"].as_py() == "MIT"
            continue
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        assert len(lines) == len(rows)
        assert list(lines[0]) == (
            ["instruction", "input", "output"] if form == "alpaca" else ["messages", "id", "category", "kind"]
        )


def test_an_export_that_cannot_be_written_is_one_line(run: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="choose another --out"):
        invoke("export", "--out", str(tmp_path / "file" / "x.jsonl"), "--run-dir", str(run))


def test_without_a_subcommand_the_stage_runs_and_misplaced_options_are_told(run: Path) -> None:
    manifest: dict[str, Any] = json.loads((run / "dataset" / "manifest.json").read_text())
    done = CliRunner().invoke(command, ["--run-dir", str(run), "--config", "no-such-recipe"])
    assert isinstance(done.exception, UserError)
    assert "no-such-recipe" in str(done.exception)
    with pytest.raises(UserError, match="--config stands before 'stats'"):
        invoke("--config", "laptop", "stats", "--run-dir", str(run))
    printed = json.loads(invoke("--run-dir", str(run), "--set", "seed=17", "--json"))
    assert printed["counts"] == manifest["counts"]


def test_a_run_without_a_data_set_is_one_line(tmp_path: Path, run: Path) -> None:
    with pytest.raises(UserError, match="holds no finished data set"):
        read_data_set(tmp_path / "nowhere")
    (run / "dataset" / "pairs.parquet").write_bytes(b"PAR1")
    with pytest.raises(UserError, match="dataset --force"):
        read_data_set(run)


def test_comparison_tells_new_gone_and_moved_rows(
    data: DataSet, make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path
) -> None:
    same = compare(data, data)
    assert (same["same"], same["crossed"], same["new"]["rows"], same["gone"]["rows"]) == (60, 0, 0, 0)
    assert same["skeletons"]["jaccard"] == 1.0
    run_dataset([make_pair(n) for n in range(20, 70)], tmp_path / "other")
    other = read_data_set(tmp_path / "other")
    found = compare(data, other)
    assert found["rows"] == {"before": 60, "after": 50}
    assert (found["same"], found["new"]["rows"], found["gone"]["rows"]) == (40, 10, 20)
    assert found["new"]["examples"][0]["id"] == "pair-00060"
    assert 0 < found["skeletons"]["jaccard"] < 1
    assert 0 <= found["new_to_nearest_before"]["median"] < 1
    assert found["crossed"] == sum(
        data.sides[pair.id] != other.sides[pair.id] for pair in data.pairs if pair.id in other.sides
    )
    printed = CliRunner().invoke(command, ["compare", str(data.folder.parent), str(tmp_path / "other")]).stdout
    assert "rows       60 → 50" in printed
