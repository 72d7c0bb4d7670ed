"""Each check refuses what it names, keeps what it should, and says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from algorand_coder.dataset.checks import apply_checks, check_contamination, check_semantics
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.tokens import APPROXIMATION
from algorand_coder.records import Pair
from algorand_coder.similarity.agreement import Vocabulary
from algorand_coder.similarity.evaluation_sets import BENCHMARK, CANARY, EvaluationSets, Task

CONFIG = DatasetConfig()
NOTHING = EvaluationSets([])


MakePair = Callable[..., Pair]


def reasons(
    pairs: Sequence[Pair], sets: EvaluationSets = NOTHING, config: DatasetConfig = CONFIG
) -> tuple[list[str], dict[str, str]]:
    kept, rejects = apply_checks(pairs, sets, config, APPROXIMATION)
    return [pair.id for pair in kept], {reject.subject: reject.reason for reject in rejects}


def test_unlike_pairs_are_all_kept_in_their_order(make_pair: MakePair) -> None:
    pairs = [make_pair(n) for n in (5, 3, 8, 1)]
    assert reasons(pairs) == ([pair.id for pair in pairs], {})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"instruction": "Do it."}, "instruction-too-short"),
        ({"output": " \n"}, "empty-output"),
        ({"input": "x" * 12_300}, "too-long"),
        ({"instruction": "Write a function named `neverWritten`."}, "instruction-names-absent"),
    ],
)
def test_single_row_refusals(make_pair: MakePair, changes: dict[str, Any], reason: str) -> None:
    assert reasons([make_pair(4), make_pair(5, **changes)]) == (["pair-00004"], {"pair-00005": reason})


def test_requests_of_models_have_to_be_in_the_words_of_their_answers(make_pair: MakePair) -> None:
    answer = "export async function freezeHolding() { await algorand.send.assetFreeze({ frozen: true }) }"
    fitting = make_pair(1, strategy="synthesis", output=answer, instruction="Freeze a holding of an asset.")
    astray = make_pair(2, strategy="synthesis", output=answer + "\n//", instruction="Count the votes of a poll.")
    others = [make_pair(n) for n in range(10, 16)]
    vocabulary = Vocabulary(pair.output for pair in [fitting, *others])
    assert check_semantics(fitting, vocabulary, CONFIG) is None
    finding = check_semantics(astray, vocabulary, CONFIG)
    assert finding is not None
    assert finding.reason == "instruction-unlike-output"
    assert check_semantics(replace(astray, strategy="patterns"), vocabulary, CONFIG) is None


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


def test_repairs_may_end_in_the_same_code_and_near_copies_of_it_may_not(make_pair: MakePair) -> None:
    code = "\n".join(f"const a{i} = f{i}({i})" for i in range(60))
    row = make_pair(1, output=code, mined=False, instruction="Write sixty calls.")
    repairs = [
        replace(row, id=f"repair{n}", strategy="repair", instruction=f"Mend mistake {word}.", input=word * 3)
        for n, word in enumerate(("alpha", "bravo", "cedar", "delta"))
    ]
    roomy = DatasetConfig(max_per_skeleton=9)
    kept, refused = reasons([row, *repairs], config=roomy)
    assert kept == [row.id, "repair0", "repair1", "repair2"]
    assert refused == {"repair3": "repair-cap"}
    close = replace(repairs[3], output=code + "\nconst extra = 1")
    assert reasons([row, repairs[0], close], config=roomy)[1] == {"repair3": "near-duplicate-output"}


def test_rows_that_hold_a_reference_are_refused(make_pair: MakePair) -> None:
    steps = "\n".join(f"  await step{i}(a, {i})" for i in range(9))
    code = f"export async function solve(a: number) {{\n{steps}\n}}"
    sets = EvaluationSets([Task("pay-once", "", (code,))])
    whole = make_pair(
        1, instruction="Write all of it, if you can.", output=f"import x from 'y'\n{make_pair(6).output}\n{code}"
    )
    half = make_pair(2, instruction="Write the first steps of it.", output="\n".join(code.splitlines()[:4]))
    other = make_pair(9, instruction="Write something else.")
    shown = make_pair(4, input=code)
    finding = check_contamination(whole, sets, CONFIG)
    assert finding is not None
    assert finding.reason == "benchmark-contamination"
    assert "pay-once" in finding.detail
    # Little of the solution is in it, and yet it is nothing but a part of the solution.
    finding = check_contamination(half, sets, CONFIG)
    assert finding is not None
    assert "10 code tokens" in finding.detail
    assert check_contamination(shown, sets, CONFIG) is not None
    kept, refused = reasons([whole, other], sets)
    assert kept == [other.id]
    assert refused == {whole.id: "benchmark-contamination"}


def test_rows_with_the_skeleton_of_a_solution_are_refused(make_pair: MakePair) -> None:
    row = make_pair(1)
    renamed = row.output.replace("make", "build").replace("use", "take")
    finding = check_contamination(row, EvaluationSets([Task("pay-once", "", (renamed,))]), CONFIG)
    assert finding is not None
    assert finding.detail == "has the skeleton of a solution of pay-once"


def test_rows_that_tell_a_task_are_refused(make_pair: MakePair) -> None:
    statement = "Give back the sum of all even numbers of the list that come before the first odd one of them."
    sets = EvaluationSets([Task("HumanEval/999", statement)])
    finding = check_contamination(make_pair(1, instruction=f"In TypeScript: {statement}"), sets, CONFIG)
    assert finding is not None
    assert "HumanEval/999" in finding.detail


def test_rows_that_descend_from_a_task_are_refused(make_pair: MakePair) -> None:
    sets = EvaluationSets([Task("pay-once", "")])
    assert check_contamination(make_pair(1, lineage="patterns/pay-once/3"), sets, CONFIG) is not None
    assert check_contamination(make_pair(1, lineage="patterns/pay-twice/3"), sets, CONFIG) is None
    reserved = min(sets.names - {"pay-once"})
    assert check_contamination(make_pair(1, lineage=f"patterns/{reserved}"), sets, CONFIG) is not None


def test_rows_that_bear_the_canary_are_refused(make_pair: MakePair) -> None:
    marked = make_pair(1, input=f"# algorand-coder-benchmark canary {CANARY}")
    finding = check_contamination(marked, NOTHING, CONFIG)
    assert finding is not None
    assert finding.reason == "benchmark-contamination"


def test_the_canary_is_the_benchmarks() -> None:
    problems = sorted(BENCHMARK.glob("*/problem.yaml"))
    assert problems
    assert all(CANARY in path.read_text(encoding="utf-8") for path in problems)


def test_rejects_say_what_was_refused(make_pair: MakePair) -> None:
    _, (reject,) = apply_checks([make_pair(3, instruction="Short.", mined=True)], NOTHING, CONFIG, APPROXIMATION)
    assert (reject.stage, reject.source, reject.name) == ("dataset", "kit", "unit-3")
    assert reject.excerpt.startswith("Short.\n\nexport async function")
