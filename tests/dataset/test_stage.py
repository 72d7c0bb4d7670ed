"""The stage as a whole: files, formats, loading, sameness of bytes, faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from algorand_coder.dataset.formats import fenced
from algorand_coder.dataset.leakage import Leak, nearest_training_rows
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import SYSTEM_PROMPT
from algorand_coder.pipeline import read_table
from algorand_coder.pipeline.manifest import Manifest
from algorand_coder.pipeline.stage import StageReport
from algorand_coder.records import Pair, Reject
from algorand_coder.similarity import jaccard, shingles
from algorand_coder.syntax import code_tokens

FILES = {
    "train.jsonl", "validation.jsonl", "train.chat.jsonl", "validation.chat.jsonl", "pairs.parquet", "splits.json",
    "leakage.parquet", "rejects.parquet", "README.md", "ATTRIBUTION.md",
}  # fmt: skip


MakePair = Callable[..., Pair]
RunDataset = Callable[..., StageReport]
Finished = tuple[Manifest, Path, list[Pair]]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def finished(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> Finished:
    pairs = [make_pair(n) for n in range(80)]
    pairs.append(make_pair(500, instruction="No."))
    report = run_dataset(pairs)
    return report.manifest, tmp_path / "run" / "dataset", pairs


def test_files_and_counts_agree(finished: Finished) -> None:
    manifest, folder, pairs = finished
    assert set(manifest.outputs) == FILES
    counts = manifest.counts
    train, validation = lines(folder / "train.jsonl"), lines(folder / "validation.jsonl")
    stored = read_table(folder / "pairs.parquet", Pair)
    splits = json.loads((folder / "splits.json").read_text())
    assert counts["rows"] == len(train) + len(validation) == len(stored) == len(splits)
    assert (counts["train"], counts["validation"]) == (len(train), len(validation))
    assert counts["mined"] + counts["built"] == counts["rows"]
    assert counts["distinct_skeletons"] == len({pair.skeleton for pair in stored})
    for name in ("by_strategy", "by_category", "by_kind", "by_target", "by_licence", "by_source"):
        assert sum(counts[name].values()) == counts["rows"]
    assert counts["rows"] + sum(counts["refused"].values()) == len(pairs)
    assert counts["refused"]["instruction-too-short"] == 1
    (short,) = [r for r in read_table(folder / "rejects.parquet", Reject) if r.subject == "pair-00500"]
    assert short.reason == "instruction-too-short"


def test_alpaca_rows_have_the_three_keys_in_order(finished: Finished) -> None:
    _, folder, pairs = finished
    rows = lines(folder / "train.jsonl") + lines(folder / "validation.jsonl")
    assert all(list(row) == ["instruction", "input", "output"] for row in rows)
    assert {row["output"] for row in rows} < {pair.output for pair in pairs}


def test_chat_rows_mirror_alpaca_rows(finished: Finished) -> None:
    _, folder, _ = finished
    for side in ("train", "validation"):
        for plain, row in zip(lines(folder / f"{side}.jsonl"), lines(folder / f"{side}.chat.jsonl"), strict=True):
            system, user, assistant = row["messages"]
            assert system == {"role": "system", "content": SYSTEM_PROMPT}
            assert user == {"role": "user", "content": plain["instruction"]}
            assert assistant == {"role": "assistant", "content": f"```typescript\n{plain['output'].strip()}\n```"}
            assert {"id", "category", "kind"} < set(row)


def test_input_follows_the_instruction_after_a_blank_line(
    make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path
) -> None:
    run_dataset([make_pair(1, input="sender: string"), make_pair(2)])
    folder = tmp_path / "run" / "dataset"
    rows = lines(folder / "train.chat.jsonl") + lines(folder / "validation.chat.jsonl")
    (row,) = [row for row in rows if row["id"] == "pair-00001"]
    assert row["messages"][1]["content"] == f"{make_pair(1).instruction}\n\nsender: string"


def test_code_that_holds_a_fence_gets_a_longer_one() -> None:
    assert fenced("const a = 1\n") == "```typescript\nconst a = 1\n```"
    assert fenced("/*\n```ts\nx\n```\n*/").startswith("````typescript\n")
    assert fenced(" * ```ts in a comment").startswith("```typescript\n")


def test_two_runs_give_the_same_bytes(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> None:
    pairs = [make_pair(n) for n in range(60)]
    one = run_dataset(pairs, tmp_path / "one").manifest
    two = run_dataset(pairs, tmp_path / "two").manifest
    assert one.outputs == two.outputs
    assert one.counts == two.counts


def test_the_seed_decides_the_order(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> None:
    pairs = [make_pair(n) for n in range(40)]
    orders = []
    for seed in (17, 18):
        run_dataset(pairs, tmp_path / str(seed), seed=seed, validation_share=0.01)
        orders.append([row["instruction"] for row in lines(tmp_path / str(seed) / "dataset" / "train.jsonl")])
    common = set(orders[0]) & set(orders[1])
    first, second = ([row for row in order if row in common] for order in orders)
    assert len(common) > 20
    assert first != second


def test_leakage_holds_the_nearest_training_row_of_each_validation_row(finished: Finished) -> None:
    manifest, folder, _ = finished
    stored = {pair.id: pair for pair in read_table(folder / "pairs.parquet", Pair)}
    splits = json.loads((folder / "splits.json").read_text())
    leaks = read_table(folder / "leakage.parquet", Leak)
    assert [leak.validation for leak in leaks] == [i for i in stored if splits[i] == "validation"]
    marks = {i: shingles(code_tokens(pair.output), 5) for i, pair in stored.items()}
    for leak in leaks:
        scores = [jaccard(marks[leak.validation], marks[i]) for i in stored if splits[i] == "train"]
        assert leak.jaccard == pytest.approx(max(scores), abs=1e-6)
    assert manifest.counts["leakage"]["max"] == pytest.approx(max(leak.jaccard for leak in leaks), abs=1e-4)
    assert manifest.counts["leakage"]["max"] < 0.8


def test_leakage_of_rows_that_share_nothing(make_pair: MakePair) -> None:
    one, two = make_pair(1, output="a b c d e f"), make_pair(2, output="u v w x y z")
    assert nearest_training_rows([one], [two]) == [Leak(one.id, "", 0.0)]
    assert nearest_training_rows([one], [one, two]) == [Leak(one.id, one.id, 1.0)]


def test_the_card_states_the_counts_and_the_attribution_names_every_source(finished: Finished) -> None:
    manifest, folder, _ = finished
    header, body = (folder / "README.md").read_text().removeprefix("---\n").split("\n---\n", 1)
    meta = yaml.safe_load(header)
    assert [config["config_name"] for config in meta["configs"]] == ["alpaca", "chat"]
    assert meta["license"] == ["mit"]
    assert (
        f"| distinct AST skeletons (identifiers and literals normalised) | {manifest.counts['distinct_skeletons']} |"
        in body
    )
    assert "| instruction-too-short | 1 |" in body
    attribution = (folder / "ATTRIBUTION.md").read_text()
    assert "## kit\n\n- revision: `kit@1.0.0`\n- licence: MIT" in attribution
    assert "\n- Copyright (c) 2024 The makers of kit\n" in attribution
    assert "| `src/file3.ts` | 1 |" in attribution


def test_private_rows_are_counted_and_named(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> None:
    row = make_pair(3, mined=True)
    private = replace(row, provenance=(replace(row.provenance[0], source="ours", licence="own", private=True),))
    manifest = run_dataset([private, make_pair(4), make_pair(5)]).manifest
    assert manifest.counts["private"] == 1
    assert "must not be published" in (tmp_path / "run" / "dataset" / "ATTRIBUTION.md").read_text()
    assert "- other" in (tmp_path / "run" / "dataset" / "README.md").read_text()


def test_no_pairs_is_one_clear_line(make_pair: MakePair, run_dataset: RunDataset) -> None:
    with pytest.raises(UserError, match="no pair is left"):
        run_dataset([make_pair(1, instruction="No.")])


def test_load_dataset_reads_the_folder_offline(
    finished: Finished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    manifest, folder, _ = finished
    alpaca = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "hf"))
    assert {side: rows.num_rows for side, rows in alpaca.items()} == {
        side: manifest.counts[side] for side in ("train", "validation")
    }
    assert alpaca["train"].column_names == ["instruction", "input", "output"]
    chat = datasets.load_dataset(str(folder), "chat", cache_dir=str(tmp_path / "hf"))
    assert chat["validation"][0]["messages"][0]["role"] == "system"
