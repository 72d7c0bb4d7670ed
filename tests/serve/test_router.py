"""The router: readable rules, measured on labelled requests."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.cli.route import command
from algorand_coder.errors import UserError
from algorand_coder.serve import router


def test_there_are_enough_labelled_requests_of_every_kind() -> None:
    examples = router.labelled()
    assert len({each.request for each in examples}) == len(examples) >= 120
    assert min(Counter(each.to for each in examples).values()) >= 50
    assert min(Counter(each.task for each in examples if each.held).values()) >= 7


def test_accuracy_is_high_on_requests_that_the_rules_were_not_made_for() -> None:
    for held, least in ((True, 0.9), (False, 0.95)):
        right, count, wrong = router.accuracy([each for each in router.labelled() if each.held == held])
        assert right / count >= least, wrong


def test_the_measure_would_notice_a_router_that_guesses() -> None:
    examples = [router.Labelled("Write a contract", "general", "x", True)]
    assert router.accuracy(examples)[:2] == (0, 1)
    assert router.confusion(examples) == {("general", "tuned"): 1}


@pytest.mark.parametrize(
    ("request_text", "to"),
    [
        ("Write a contract\n```ts\nwhy does it fail?\n```", "tuned"),
        ("Why does it fail?\n```ts\nexport class Write extends Contract {}\n```", "general"),
        ("", "tuned"),
        ("!!!", "tuned"),
        ("WRITE A PAYMENT FUNCTION", "tuned"),
    ],
)
def test_pasted_code_does_not_decide(request_text: str, to: str) -> None:
    assert router.decide(request_text).to == to


@given(st.text(max_size=300))
def test_every_request_goes_somewhere(text: str) -> None:
    assert router.decide(text).to in {"tuned", "general"}


def test_a_long_request_is_decided_at_once() -> None:
    assert router.decide("why " * 500_000).to in {"tuned", "general"}


def test_every_rule_decides_something() -> None:
    used = {router.decide(each.request).task for each in router.labelled()}
    assert {rule.task for rule in router.table()} <= used


def test_the_command_shows_a_decision_and_the_measure() -> None:
    run = CliRunner().invoke
    assert run(command, ["Why", "does", "it", "fail?"], catch_exceptions=False).output == "general (rule: diagnosis)\n"
    assert "held out: " in run(command, ["--evaluate"], catch_exceptions=False).output
    measured = json.loads(run(command, ["--evaluate", "--json"], catch_exceptions=False).output)
    assert set(measured) == {"held out", "seen"}
    assert measured["held out"]["count"] + measured["seen"]["count"] == len(router.labelled())
    for arguments in ([], ["x", "--evaluate"]):
        with pytest.raises(UserError, match="give a request"):
            run(command, arguments, catch_exceptions=False)
