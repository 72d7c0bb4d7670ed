"""Rows with known outcomes give exactly the known rates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.evaluate.judging import AnswerRow
from algorand_coder.evaluate.scores import score
from algorand_coder.records import Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.report.scores import parse_scores
from tests.evaluate.conftest import row

NAMES = {"base": "small", "tuned": "small + adapter"}


def scores(rows: list[AnswerRow], names: dict[str, str] = NAMES) -> dict[str, Any]:
    return score(rows, names, bootstrap_samples=500, seed=1)


def counts(rates: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {level: (found["passed"], found["n"]) for level, found in rates.items()}


MIXED = [
    row("one", "base", "pf-"),
    row("one", "tuned", "pp-"),
    row("two", "base", "fff"),
    row("two", "tuned", "ppf", category="state", seen=False),
    row("three", "base", "ppp", seen=False),
    row("three", "tuned", "ppp", category="state", seen=False),
]


def test_rates_count_a_failure_in_every_later_denominator() -> None:
    models = scores(MIXED)["models"]
    assert counts(models["base"]["rates"]) == {"parse": (2, 3), "types": (1, 3), "compile": (1, 2)}
    assert counts(models["tuned"]["rates"]) == {"parse": (3, 3), "types": (3, 3), "compile": (1, 2)}


def test_groups_are_kept_apart() -> None:
    tuned = scores(MIXED)["models"]["tuned"]
    assert counts(tuned["by_group"]["seen"]) == {"parse": (1, 1), "types": (1, 1)}
    assert counts(tuned["by_group"]["unseen"]) == {"parse": (2, 2), "types": (2, 2), "compile": (1, 2)}
    assert counts(tuned["by_category"]["state"]) == {"parse": (2, 2), "types": (2, 2), "compile": (1, 2)}


def test_the_paired_difference_is_tuned_minus_base() -> None:
    found = scores(MIXED)["paired"]
    assert found["types"]["difference"] == round(2 / 3, 4)
    assert (found["types"]["only_first"], found["types"]["only_second"], found["types"]["n"]) == (0, 2, 3)
    assert found["types"]["p"] == 0.5
    assert found["compile"]["difference"] == 0.0


def test_one_model_alone_has_no_pair() -> None:
    base = [answer for answer in MIXED if answer.model == "base"]
    assert scores(base, {"base": "small"})["paired"] == {}


def test_what_could_not_be_judged_is_in_no_rate_and_makes_the_run_invalid() -> None:
    rows = [*MIXED, row("four", "base", "pu-"), row("four", "tuned", "pp-")]
    found = scores(rows)
    assert counts(found["models"]["base"]["rates"])["types"] == (1, 3)
    assert counts(found["models"]["base"]["rates"])["parse"] == (3, 4)
    assert found["paired"]["types"]["n"] == 3
    assert found["unjudged"] == {"answers": 1, "share": 0.125, "reasons": {"no node": 1}}
    assert found["valid"] is False
    assert found["models"]["base"]["invalid"] == 1


def test_one_per_cent_unjudged_is_still_valid() -> None:
    rows = [row(f"p{n}", "base", "pp-") for n in range(99)]
    assert scores([*rows, row("x", "base", "pu-")], {"base": "small"})["valid"] is True
    assert scores([*rows[:98], row("x", "base", "pu-")], {"base": "small"})["valid"] is False


def test_what_cannot_be_deployed_without_its_check_is_in_no_rate_of_deployment() -> None:
    rows = [
        row("needs its check", "base", "pfff"),
        row("needs its check", "tuned", "ppp"),
        row("plain", "base", "pfff"),
        row("plain", "tuned", "pppp"),
    ]
    found = scores(rows)
    assert counts(found["models"]["base"]["rates"])["deploy"] == (0, 1)
    assert counts(found["models"]["tuned"]["rates"])["deploy"] == (1, 1)
    assert counts(found["models"]["base"]["rates"])["compile"] == (0, 2)
    assert (found["paired"]["deploy"]["n"], found["paired"]["compile"]["n"]) == (1, 2)
    assert (found["valid"], found["models"]["tuned"]["solved"], found["models"]["base"]["solved"]) == (True, 2, 0)


def test_fewer_than_150_problems_are_a_smoke_test() -> None:
    rows = [row(f"p{n:03}", "base", "pp-") for n in range(150)]
    assert scores(rows, {"base": "small"})["smoke_test"] is False
    assert scores(rows[:149], {"base": "small"})["smoke_test"] is True


def test_failures_are_counted_by_first_diagnostic() -> None:
    finding = Diagnostic(Level.TYPES, "main.ts", 1, 1, "TS2339", "no such property")
    failed = (LevelResult(Level.PARSE, Outcome.PASSED), LevelResult(Level.TYPES, Outcome.FAILED, (finding,)))
    rows = [replace(row(f"p{n}", "base", "pf-"), verdict=Verdict("k", failed)) for n in range(3)]
    found = scores([*rows, row("ok", "base", "pp-")], {"base": "small"})["models"]["base"]["failures"]
    assert found == [{"level": "types", "code": "TS2339", "answers": 3}]


def test_the_report_reads_the_same_figures() -> None:
    read = parse_scores(scores(MIXED))
    assert read is not None
    assert read.problems == 3
    assert read.smoke_test is True
    assert read.tuned is not None
    assert read.tuned.rates["types"].passed == 3
    assert read.tuned.by_group["unseen"]["compile"].n == 2
    assert read.paired["types"].difference == round(2 / 3, 4)


_OUTCOMES = st.sampled_from(["ppp", "ppf", "pff", "fff", "pp-", "pf-", "ff-"])


@given(st.lists(_OUTCOMES, min_size=1, max_size=30))
def test_rates_never_rise_with_depth_over_the_same_problems(spelt: list[str]) -> None:
    rows = [row(f"p{n}", "base", letters) for n, letters in enumerate(spelt)]
    rates = counts(scores(rows, {"base": "small"})["models"]["base"]["rates"])
    assert rates["parse"][0] >= rates["types"][0]
    assert rates["parse"][1] == rates["types"][1] == len(spelt)
    if "compile" in rates:
        contracts = [letters for letters in spelt if letters[2] != "-"]
        assert rates["compile"] == (contracts.count("ppp"), len(contracts))
