"""The page of samples shows rows with their verdicts, escaped, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from algorand_coder.pipeline import write_table
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.records import (
    Candidate,
    Category,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Outcome,
    Pair,
    Provenance,
    Reject,
    Verdict,
)
from algorand_coder.report.pairs import render_samples
from algorand_coder.report.run_data import read_run

COUNTS = {
    "rows": 6, "train": 5, "validation": 1, "mined": 0, "built": 6, "distinct_skeletons": 6,
    "by_strategy": {"patterns": 6}, "by_category": {"assets": 6}, "by_kind": {"client": 6},
    "by_strategy_and_category": {"patterns": {"assets": 6}},
}  # fmt: skip


LONG = f"{'It must be said in full what the code has to do. ' * 4}The end."


def row(number: int) -> Pair:
    origin = Provenance("generated", "1", "patterns/x", "MIT", "generated")
    return Pair(
        id=f"row-{number}",
        instruction=f"Write <b>number</b> {number}. {LONG}",
        input="",
        output=f"export const n = {number} // </pre><script>",
        strategy="patterns",
        category=Category.ASSETS,
        kind=Kind.CLIENT,
        target="utils9",
        skeleton=str(number),
        lineage="patterns/x",
        mined=False,
        provenance=(origin,),
    )


def judge(candidates: Sequence[Candidate]) -> list[Verdict]:
    said = Diagnostic(Level.TYPES, "main.ts", 1, 2, "TS9999", "no such <thing>")
    results = [
        LevelResult(Level.TYPES, Outcome.PASSED),
        LevelResult(Level.TYPES, Outcome.FAILED, (said,)),
        LevelResult(Level.TYPES, Outcome.UNJUDGED, (), "node is missing"),
    ]
    return [Verdict(each.key, (results[n % 3],)) for n, each in enumerate(candidates)]


def test_rows_verdicts_and_refusals_are_shown(tmp_path: Path) -> None:
    folder = tmp_path / "dataset"
    folder.mkdir()
    write_table(folder / "pairs.parquet", Pair, [row(n) for n in range(6)])
    reject = Reject("dataset", "gone", "too-long", "9000 tokens", "patterns/x", "generated", "Write <it>.")
    write_table(folder / "rejects.parquet", Reject, [reject])
    (folder / "splits.json").write_text('{"row-1": "validation"}')
    Manifest("dataset", "key", {}, {}, {}, hash_outputs(folder), COUNTS, "2025-01-01", 1.0).write(folder)
    html = render_samples(read_run(tmp_path), judge, per_cell=3)
    assert html.count('<details class="sample" id="row-') == html.count(LONG) == 3
    assert "3 of them are below with the verdict of the verifier: 1 pass." in html
    for words in ("type-checks", "fails at types", "could not be judged", "node is missing", "TS9999", "too-long"):
        assert words in html
    assert "<script>" not in html
    assert "<b>number</b>" not in html
    assert html == render_samples(read_run(tmp_path), judge, per_cell=3)
