"""Batches: cheaper, slower, and as safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import Endpoint, Failure, Reply, batches
from tests.generate.endpoints.conftest import question, questions
from tests.generate.endpoints.test_client import ONE
from tests.generate.standin import StandIn

PROVIDERS = pytest.mark.parametrize("provider", ["openai", "anthropic"])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "POLL_SECONDS", 0.02)


@PROVIDERS
def test_a_batch_brings_every_outcome_at_half_the_price(endpoint: Callable[..., Endpoint], provider: str) -> None:
    faults = {"1": ["500"], "2": ["400"], "3": ["refusal"], "4": ["length"]}
    with StandIn(faults=lambda turn: faults.get(turn, []), polls=2) as server:
        asked = endpoint(server, provider, batch=True)
        replies = asked.complete(questions(8))
        faults.clear()
        again = asked.complete(questions(8))
    failed = {n: reply.reason for n, reply in enumerate(replies) if isinstance(reply, Failure)}
    assert failed == {1: "server", 2: "invalid-request"}
    assert [reply.finish for reply in replies[3:] if isinstance(reply, Reply)] == ["refusal", "length", *["stop"] * 3]
    assert replies[7] == Reply("answer to 7", "stop", 100, 20, "synthetic-recording", round(ONE / 2, 8))
    assert all(isinstance(reply, Reply) for reply in again)
    assert server.books.batches == 2
    assert set(server.books.billed.values()) == {1}


@PROVIDERS
def test_a_batch_whose_name_never_came_is_found_and_not_bought_again(
    endpoint: Callable[..., Endpoint], provider: str
) -> None:
    with StandIn(lose_batches=1) as server:
        asked = endpoint(server, provider, batch=True)
        with pytest.raises(UserError, match="nothing is lost, the same command goes on from there"):
            asked.complete(questions(5))
        replies = asked.complete([*questions(5), question("more")])
    assert all(isinstance(reply, Reply) for reply in replies)
    assert dict(server.books.billed) == {**{str(n): 1 for n in range(5)}, "more": 1}


@PROVIDERS
def test_other_batches_of_the_same_account_are_left_alone(endpoint: Callable[..., Endpoint], provider: str) -> None:
    """A batch of the same size that somebody else began is not taken for the lost one."""
    with StandIn() as server:
        other = endpoint(server, provider, batch=True, extra={"other": True})
        other.complete([question(f"other {n}") for n in range(5)])
        server.lose_batches = 1
        asked = endpoint(server, provider, batch=True)
        with pytest.raises(UserError):
            asked.complete(questions(5))
        other.complete([question(f"third {n}") for n in range(5)])
        replies = asked.complete(questions(5))
    assert [reply.text for reply in replies if isinstance(reply, Reply)] == [f"answer to {n}" for n in range(5)]
    assert set(server.books.billed.values()) == {1}


def test_a_batch_that_no_longer_is_wanted_is_kept_all_the_same(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(lose_batches=1) as server:
        asked = endpoint(server, batch=True)
        with pytest.raises(UserError):
            asked.complete(questions(4))
        asked.complete([question("1"), question("new")])
        replies = asked.complete(questions(4))
    assert all(isinstance(reply, Reply) and reply.dollars > 0 for reply in replies)
    assert set(server.books.billed.values()) == {1}


def test_a_budget_holds_for_batches(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn() as server:
        asked = endpoint(server, batch=True)
        budget = asked.most(question("0")) * 2.5
        replies = asked.complete(questions(20), budget=budget)
        kept = sum(isinstance(reply, Reply) for reply in replies)
        assert 2 < kept < 20
        assert [isinstance(reply, Reply) for reply in replies] == [True] * kept + [False] * (20 - kept)
        assert asked.bill.dollars <= budget
        assert asked.complete(questions(20), budget=budget) == replies
