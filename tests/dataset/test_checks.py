"""Each check refuses what it names, keeps what it should, and says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.dataset.benchmark import CANARY, FOLDER, Reference, load_references
from algorand_coder.dataset.checks import apply_checks, check_contamination, check_semantics
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.records import Pair
from algorand_coder.similarity import shingles
from algorand_coder.syntax import code_tokens, skeleton

CONFIG = DatasetConfig()


MakePair = Callable[..., Pair]


def reasons(
    pairs: Sequence[Pair], references: Sequence[Reference] = (), config: DatasetConfig = CONFIG
) -> tuple[list[str], dict[str, str]]:
    kept, rejects = apply_checks(pairs, references, config)
    return [pair.id for pair in kept], {reject.subject: reject.reason for reject in rejects}


def test_unlike_pairs_are_all_kept_in_their_order(make_pair: MakePair) -> None:
    pairs = [make_pair(n) for n in (5, 3, 8, 1)]
    assert reasons(pairs) == ([pair.id for pair in pairs], {})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instruction": "Do it."}, "instruction-too-short"),
        ({"output": " \n"}, "empty-output"),
        ({"input": "x" * 12_001}, "too-long"),
        ({"instruction": "Write a function named `neverWritten`."}, "instruction-names-absent"),
    ],
)
def test_single_row_refusals(make_pair: MakePair, changes: dict[str, Any], reason: str) -> None:
    assert reasons([make_pair(4), make_pair(5, **changes)]) == (["pair-00004"], {"pair-00005": reason})


@pytest.mark.parametrize(
    ("instruction", "passes"),
    [
        ("Write something useful here.", True),
        ("Call `algorand.send.payment` with `sender`.", True),
        ("Call `algorand.send.assetCreate`.", False),
        ("Throw with the note `'any words at all'`.", True),
        ("Use `receiver` from the input.", True),
        ("Pay `3` Algo and print `send(...)`.", True),
    ],
)
def test_names_in_backticks_must_occur(make_pair: MakePair, instruction: str, passes: bool) -> None:
    row = make_pair(1, instruction=instruction, input="receiver: string", output="algorand.send.payment({ sender })")
    assert (check_semantics(row) is None) is passes


def test_mined_code_wins_over_built_code_and_earlier_over_later(make_pair: MakePair) -> None:
    code = make_pair(7).output
    built = make_pair(1, output=code, instruction="Write the code of make alpha bravo.", mined=False)
    mined = make_pair(2, output=code, instruction="Another request for code altogether.", mined=True)
    later = make_pair(3, output=code + "\n\n", instruction="And yet another one, quite different.", mined=True)
    assert reasons([built, mined, later]) == (
        ["pair-00002"],
        {"pair-00001": "exact-duplicate", "pair-00003": "exact-duplicate"},
    )


def test_near_duplicate_outputs_and_requests(make_pair: MakePair) -> None:
    long = make_pair(
        1, output="\n".join(f"const a{i} = f{i}({i})" for i in range(60)), instruction="Write sixty calls."
    )
    close = replace(long, id="close", output=long.output + "\nconst extra = 1", instruction="Something else entirely.")
    far = replace(long, id="far", output=make_pair(9).output, instruction="Write sixty calls!")
    assert reasons([long, close]) == ([long.id], {"close": "near-duplicate-output"})
    assert reasons([long, far]) == ([long.id], {"far": "near-duplicate-instruction"})
    kept, _ = reasons([long, close], config=DatasetConfig(near_duplicate=1.0))
    assert kept == [long.id, "close"]


def test_at_most_three_rows_of_one_skeleton(make_pair: MakePair) -> None:
    rows = [make_pair(n, skeleton="same") for n in range(1, 7)]
    kept, refused = reasons(rows)
    # Rows 3 and 6 are mined and go first.
    assert kept == ["pair-00001", "pair-00003", "pair-00006"]
    assert set(refused.values()) == {"skeleton-cap"}


def test_rows_that_hold_a_reference_are_refused(make_pair: MakePair) -> None:
    steps = "\n".join(f"  await step{i}(a, {i})" for i in range(9))
    code = f"export async function solve(a: number) {{\n{steps}\n}}"
    reference = Reference("pay-once", shingles(code_tokens(code), CONFIG.containment_ngram))
    whole = make_pair(
        1, instruction="Write all of it, if you can.", output=f"import x from 'y'\n{make_pair(6).output}\n{code}"
    )
    half = make_pair(2, instruction="Write the first steps of it.", output="\n".join(code.splitlines()[:4]))
    shown = make_pair(4, input=code)
    finding = check_contamination(whole, [reference], CONFIG)
    assert finding is not None
    assert finding.reason == "benchmark-contamination"
    assert "pay-once" in finding.detail
    assert check_contamination(half, [reference], CONFIG) is None
    assert check_contamination(shown, [reference], CONFIG) is not None
    kept, refused = reasons([whole, half], [reference])
    assert kept == [half.id]
    assert refused == {whole.id: "benchmark-contamination"}


def test_rows_with_the_skeleton_of_a_reference_are_refused(make_pair: MakePair) -> None:
    row = make_pair(1)
    finding = check_contamination(row, [Reference("pay-once", frozenset(), row.skeleton)], CONFIG)
    assert finding is not None
    assert finding.detail == "has the skeleton of the reference of pay-once"


def test_rows_that_bear_the_canary_are_refused(make_pair: MakePair) -> None:
    marked = make_pair(1, input=f"# algorand-coder-benchmark canary {CANARY}")
    finding = check_contamination(marked, (), CONFIG)
    assert finding is not None
    assert finding.reason == "benchmark-contamination"


def test_the_canary_is_the_benchmarks() -> None:
    problems = sorted(FOLDER.glob("*/problem.yaml"))
    assert problems
    assert all(CANARY in path.read_text(encoding="utf-8") for path in problems)


def test_references_are_read_from_problem_folders(tmp_path: Path) -> None:
    (tmp_path / "pay-once").mkdir()
    (tmp_path / "pay-once" / "reference.algo.ts").write_text("const a = 1 + 2 + 3 + 4 + 5")
    (tmp_path / "pay-once" / "harness.ts").write_text("not a reference")
    (found,) = load_references(5, tmp_path)
    assert found.problem == "pay-once"
    assert found.skeleton == skeleton("const b = 9 + 8 + 7 + 6 + 5")
    assert found.shingles == shingles(code_tokens("const a = 1 + 2 + 3 + 4 + 5"), 5)


def test_rejects_say_what_was_refused(make_pair: MakePair) -> None:
    _, (reject,) = apply_checks([make_pair(3, instruction="Short.", mined=True)], (), CONFIG)
    assert (reject.stage, reject.source, reject.name) == ("dataset", "kit", "unit-3")
    assert reject.excerpt.startswith("Short.\n\nexport async function")
