"""What the benchmark promises about itself, and clear lines for folders that break the format."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from algorand_coder.errors import UserError
from algorand_coder.evaluate.bench import check_files
from algorand_coder.evaluate.problems import (
    fingerprint,
    load_problem,
    load_problems,
    sample,
)
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.records import Category, Level
from algorand_coder.similarity.evaluation_sets import BENCHMARK, reserved_families

PROBLEMS = load_problems()


def test_enough_of_everything() -> None:
    categories = Counter(problem.header.category for problem in PROBLEMS)
    assert len(PROBLEMS) >= 24
    assert set(categories) == set(Category)
    assert min(categories.values()) >= 3
    assert {problem.header.difficulty for problem in PROBLEMS} == {"easy", "medium", "hard"}
    assert sum(problem.is_contract for problem in PROBLEMS) >= 10


def test_many_families_are_reserved_and_every_reserved_one_is_used() -> None:
    unseen = [problem.header.family for problem in PROBLEMS if not problem.seen]
    assert len(unseen) >= 12
    assert set(unseen) == reserved_families()


def test_the_files_keep_the_rules() -> None:
    assert check_files(PROBLEMS) == []


def test_at_least_one_wrong_solution_in_most_problems_shows_only_on_chain() -> None:
    on_chain = sum(any(s.fails_at == Level.BEHAVE for s in problem.wrong) for problem in PROBLEMS)
    assert on_chain >= len(PROBLEMS) * 0.9


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.id)
def test_reference_harness_and_prompt_speak_of_the_same_exports(problem: object) -> None:
    found = next(p for p in PROBLEMS if p is problem)
    module = "./contract.algo" if found.is_contract else "./main"
    assert found.exports
    for name in found.exports:
        assert re.search(rf"^export .*\b{name}\b", found.reference.code, re.MULTILINE)
        assert name in found.harness["harness.ts"]
    assert f"'{module}'" in found.harness["harness.ts"]
    said = conversation(found)[-1]["content"]
    assert found.header.interface.strip() in said
    assert "canary" not in said
    assert found.reference.code.split("\n", 1)[1].strip() not in said


def test_terse_wording_is_shorter() -> None:
    for problem in PROBLEMS:
        assert len(conversation(problem, "terse")[-1]["content"]) < len(conversation(problem)[-1]["content"])


def test_given_files_are_shown_without_our_remarks_and_judged_with_the_answer() -> None:
    problem = load_problem("currency-desk")
    assert "class Oracle extends Contract" in conversation(problem)[-1]["content"]
    candidate = problem.candidate("export const x = 1\n")
    assert set(candidate.files) == {"contract.algo.ts", "oracle.algo.ts", "harness.ts", "check.ts", "expect.ts"}
    assert candidate.check == "check.ts"
    assert candidate.entry == "contract.algo.ts"


def test_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UserError, match=r"no problem 'cloakrom'.*did you mean 'cloakroom'"):
        load_problems(only=["cloakrom"])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(BENCHMARK / "cloakroom", tmp_path / "cloakroom")
    shutil.copy(BENCHMARK / "expect.ts", tmp_path)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_copy_is_the_same_problem(copy: Path) -> None:
    assert load_problem("cloakroom", copy) == load_problem("cloakroom")


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("problem.yaml", "family: counter", "family: counter\nfamly: x", "unknown key 'famly'; did you mean 'family'"),
        ("problem.yaml", "difficulty: easy", "difficulty: tricky", "difficulty: .*'tricky'"),
        ("problem.yaml", "id: cloakroom", "id: cloak-room", "'cloak-room' is not the name of its folder"),
        ("problem.yaml", "id: cloakroom", "id: [", "not readable as YAML"),
        ("problem.yaml", "family: counter", "family: counter\ncontext: [harness.ts]", "harness.ts is missing"),
        ("problem.yaml", "family: counter", "family: counter\ncontext: [given.ts]", "given.ts is missing"),
        ("wrong/throws.algo.ts", "// fails-at: compile", "//", "needs '// fails-at: LEVEL'"),
        ("wrong/throws.algo.ts", "// fails-at: compile", "// fails-at: compiles", "unknown level 'compiles'"),
    ],
)
def test_a_broken_folder_gives_one_clear_line(copy: Path, file: str, old: str, new: str, line: str) -> None:
    edit(copy / "cloakroom" / file, old, new)
    with pytest.raises(UserError, match=line) as raised:
        load_problems(copy)
    assert "\n" not in str(raised.value)


def test_a_sample_is_even_and_always_the_same() -> None:
    problems = load_problems()
    some = sample(problems, 20)
    assert some == sample(list(reversed(problems)), 20)
    assert {category: sum(p.header.category == category for p in some) for category in Category} == dict.fromkeys(
        Category, 4
    )
    assert {p.id for p in some} < {p.id for p in sample(problems, 40)}
    assert sample(problems, 0) == problems == sample(problems, 10_000)


def test_a_missing_reference_is_named(copy: Path) -> None:
    (copy / "cloakroom" / "reference.algo.ts").unlink()
    with pytest.raises(UserError, match=r"reference\.algo\.ts is missing"):
        load_problems(copy)


def test_fingerprint_follows_every_file(copy: Path) -> None:
    before = fingerprint(copy)
    assert fingerprint(copy) == before
    edit(copy / "cloakroom" / "harness.ts", " = true", " =  true")
    assert fingerprint(copy) != before


def test_rules_that_are_broken_are_found(copy: Path) -> None:
    shutil.copytree(copy / "cloakroom", copy / "wardrobe")
    edit(copy / "wardrobe" / "problem.yaml", "id: cloakroom", "id: wardrobe")
    for path in (copy / "wardrobe" / "wrong").iterdir():
        if "unbounded" not in path.name:
            path.unlink()
    path = copy / "wardrobe" / "harness.ts"
    path.write_text(path.read_text().split("\n", 1)[1])
    found = {(f.problem, f.solution): f.found for f in check_files(load_problems(copy), copy)}
    assert found == {
        ("wardrobe", "harness.ts"): "no canary",
        ("wardrobe", "wrong/"): "1",
        ("wardrobe", "reference"): "same skeleton as cloakroom",
    }
