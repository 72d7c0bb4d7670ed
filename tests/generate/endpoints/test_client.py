"""Every fault that hosted models show: no answer is lost, none is paid for twice, and the books agree."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import Endpoint, Failure, Reply, client
from tests.generate.endpoints.conftest import config, question, questions
from tests.generate.standin import COMPLETION_TOKENS, PROMPT_TOKENS, StandIn

COUNT = 24
ONE = PROMPT_TOKENS * 2.5e-6 + COMPLETION_TOKENS * 10e-6
"""Dollars of one answer of the stand-in at the price of gpt-4o."""

UNPAID = ("429", "429-after", "500", "503")
PAID = ("timeout", "drip", "malformed", "page", "cut", "hang-up")


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("fault", [*UNPAID, *PAID, "slow"])
def test_a_fault_loses_no_answer_and_buys_none_twice(
    endpoint: Callable[..., Endpoint], provider: str, fault: str
) -> None:
    too_slow = fault in {"timeout", "drip"}
    with StandIn(faults=lambda turn: [fault] if int(turn) % 4 == 0 else []) as server:
        asked = endpoint(server, provider, timeout_seconds=1.0 if too_slow else 20.0)
        replies = asked.complete(questions(COUNT))
        again = asked.complete(questions(COUNT))
    assert [reply.text for reply in replies if isinstance(reply, Reply)] == [f"answer to {n}" for n in range(COUNT)]
    assert again == replies
    assert dict(server.books.billed) == {str(n): 1 for n in range(COUNT)}
    assert asked.bill.dollars == pytest.approx(COUNT * ONE)
    assert (asked.bill.bought, asked.bill.answers) == (0, COUNT)
    retried = 0 if fault == "slow" else COUNT // 4
    if too_slow:  # so may be others on a busy machine
        assert server.books.hits.total() >= COUNT + retried
        return
    assert server.books.hits.total() == COUNT + retried
    open_attempts = retried if fault in PAID else 0
    assert asked.bill.unsettled_dollars == pytest.approx(sum(map(asked.most, questions(COUNT)[::4][:open_attempts])))


@pytest.mark.parametrize("fault", ["timeout", "cut", "malformed"])
def test_where_a_repetition_is_billed_again_the_upper_bound_holds(
    endpoint: Callable[..., Endpoint], fault: str
) -> None:
    """Most providers know no idempotency keys: what an attempt without an answer may have cost is kept on the bill."""
    with StandIn(faults=lambda turn: [fault] if int(turn) % 3 == 0 else [], idempotent=False) as server:
        asked = endpoint(server, timeout_seconds=1.0 if fault == "timeout" else 20.0)
        asked.complete(questions(12))
        billed = server.books.billed.total() * ONE
    assert asked.bill.dollars < billed <= asked.bill.dollars + asked.bill.unsettled_dollars


@pytest.mark.parametrize(("provider", "text"), [("openai", "I will not."), ("anthropic", "answer to 0")])
def test_refusals_and_cut_answers_are_answers_and_named_so(
    endpoint: Callable[..., Endpoint], provider: str, text: str
) -> None:
    faults = {"0": ["refusal"], "1": ["length"]}
    with StandIn(faults=lambda turn: faults.get(turn, [])) as server:
        replies = endpoint(server, provider).complete(questions(3))
    found = [(reply.text, reply.finish) for reply in replies if isinstance(reply, Reply)]
    assert found == [(text, "refusal"), ("answer to 1", "length"), ("answer to 2", "stop")]
    assert server.books.hits.total() == 3


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_an_answer_that_is_no_unicode_is_paid_for_once_and_can_be_written(
    endpoint: Callable[..., Endpoint], provider: str
) -> None:
    with StandIn(lambda turn: f"\ud83d is half of \U0001f600, {turn}") as server:
        replies = endpoint(server, provider).complete(questions(2))
        assert endpoint(server, provider).complete(questions(2)) == replies
    assert [reply.text for reply in replies if isinstance(reply, Reply)] == [
        f"? is half of \U0001f600, {n}" for n in range(2)
    ]
    assert server.books.billed.total() == 2


def test_what_the_endpoint_will_never_take_is_asked_once(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(faults=lambda turn: ["400"] * 9 if turn == "1" else []) as server:
        replies = endpoint(server).complete(questions(3))
    assert isinstance(replies[1], Failure)
    assert replies[1].reason == "invalid-request"
    assert server.books.hits["1"] == 1


def test_a_failure_that_lasts_is_a_failure_and_is_asked_again_next_time(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(faults=lambda turn: ["503"] * 3 if turn == "1" else []) as server:
        asked = endpoint(server, attempts=3)
        first = asked.complete(questions(3))
        second = asked.complete(questions(3))
    assert first[1] == Failure("server", first[1].detail) if isinstance(first[1], Failure) else False
    assert isinstance(second[1], Reply)
    assert server.books.hits == {"0": 1, "1": 4, "2": 1}


def test_a_wait_that_was_asked_for_is_kept_by_all(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(faults=lambda turn: ["429-after"] if turn == "0" else [], retry_after="0.4") as server:
        endpoint(server, concurrency=1).complete(questions(2))
        gaps = [later - earlier for earlier, later in pairwise(server.books.arrivals)]
    assert gaps[0] >= 0.4


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_a_wrong_key_is_one_line(
    endpoint: Callable[..., Endpoint], provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNTHETIC_KEY", "not-this")
    with StandIn(key="right") as server:
        asked = endpoint(server, provider, api_key_env="SYNTHETIC_KEY")
        with pytest.raises(UserError, match="set SYNTHETIC_KEY to a valid key") as error:
            asked.complete(questions(20))
        assert "not-this" not in str(error.value)
        monkeypatch.setenv("SYNTHETIC_KEY", "right")
        assert all(isinstance(reply, Reply) for reply in asked.complete(questions(20)))


def test_a_missing_key_a_spent_account_and_an_unknown_model_are_one_line(
    endpoint: Callable[..., Endpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SYNTHETIC_KEY", raising=False)
    with StandIn(faults=lambda turn: ["quota"] if turn == "0" else ["404"]) as server:
        with pytest.raises(UserError, match="set the environment variable SYNTHETIC_KEY"):
            endpoint(server, api_key_env="SYNTHETIC_KEY")
        with pytest.raises(UserError, match="may not spend more"):
            endpoint(server).complete([question("0")])
        with pytest.raises(UserError, match="correct the model's name or address"):
            endpoint(server).complete([question("1")])


def test_an_endpoint_that_is_gone_ends_the_run_and_keeps_what_was_answered(
    endpoint: Callable[..., Endpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "GIVE_UP_AFTER", 5)
    broken = True
    with StandIn(faults=lambda turn: ["500"] * 99 if broken and int(turn) >= 10 else []) as server:
        asked = endpoint(server, attempts=2)
        with pytest.raises(UserError, match=r"failed \d+ requests in a row"):
            asked.complete(questions(40))
        assert server.books.hits.total() < 40
        broken = False
        assert all(isinstance(reply, Reply) for reply in asked.complete(questions(40)))
    assert set(server.books.billed.values()) == {1}


def test_no_more_run_side_by_side_than_allowed(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(delay=0.02) as server:
        endpoint(server, concurrency=3).complete(questions(20))
    assert 1 < server.books.busiest <= 3


def test_samples_are_answers_of_their_own_with_seeds_of_their_own(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn() as server:
        asked = [question("0", temperature=0.8, top_p=0.9, seed=7, sample=sample) for sample in range(3)]
        endpoint(server, concurrency=1).complete([*asked, asked[0]])
        plain = [question("0", temperature=0.8, seed=7, max_tokens=9)]
        endpoint(server, sampling=False, thinking_tokens=100, extra={"top_k": 1}).complete(plain)
    seen = [(body["seed"], body["temperature"], body["top_p"]) for body in server.books.bodies[:3]]
    assert seen == [(7, 0.8, 0.9), (8, 0.8, 0.9), (9, 0.8, 0.9)]
    last = server.books.bodies[3]
    assert {"seed", "temperature"}.isdisjoint(last)
    assert (last["max_tokens"], last["top_k"]) == (109, 1)


def test_two_processes_cannot_ask_the_same(tmp_path: Path) -> None:
    from algorand_coder.generate.endpoints.store import Store

    held = Store(tmp_path / "a.sqlite")
    with pytest.raises(UserError, match="another process is asking the same model"):
        Store(tmp_path / "a.sqlite")
    held.close()
    Store(tmp_path / "a.sqlite").close()


@pytest.mark.parametrize("answers", [0, 1, 7])
def test_a_budget_is_never_exceeded_and_buys_the_first_requests(
    endpoint: Callable[..., Endpoint], answers: int
) -> None:
    with StandIn(delay=0.01) as server:
        asked = endpoint(server)
        most = asked.most(question("0"))
        budget = ONE * (answers - 1) + most + 1e-9 if answers else most / 2
        replies = asked.complete(questions(20), budget=budget)
        kept = [isinstance(reply, Reply) for reply in replies]
        # One answer costs less than it could: every request is admitted while the worst case still fits.
        assert kept == [True] * answers + [False] * (20 - answers)
        assert server.books.billed.total() * ONE <= budget
        assert asked.bill.dollars <= budget
        assert {reply.reason for reply in replies if isinstance(reply, Failure)} == {"over-budget"}
        assert asked.complete(questions(20), budget=budget) == replies
        whole = asked.complete(questions(20), budget=1.0)
    assert all(isinstance(reply, Reply) for reply in whole)
    assert dict(server.books.billed) == {str(n): 1 for n in range(20)}


def test_attempts_without_an_answer_count_against_the_budget(endpoint: Callable[..., Endpoint]) -> None:
    with StandIn(faults=lambda turn: ["cut"] * 99, idempotent=False) as server:
        asked = endpoint(server, attempts=20)
        budget = asked.most(question("0")) * 3.5
        replies = asked.complete(questions(4), budget=budget)
    assert {reply.reason for reply in replies if isinstance(reply, Failure)} == {"over-budget"}
    assert server.books.billed.total() <= 3
    assert asked.bill.unsettled_dollars <= budget


def test_the_cost_is_told_while_it_grows(endpoint: Callable[..., Endpoint]) -> None:
    told: list[tuple[int, str]] = []
    with StandIn() as server:
        endpoint(server).complete(questions(20), budget=2.0, progress=lambda count, note: told.append((count, note)))
    assert sum(count for count, _ in told) == 20
    assert told[-1][1] == "$0.01 of $2.00"


def test_a_local_server_needs_no_key_and_no_price(tmp_path: Path) -> None:
    with StandIn() as server:
        made = config(server, price="")
        assert (made.local, made.missing_key) == (True, "")
        asked = Endpoint(made, folder=tmp_path)
        asked.complete(questions(2), budget=0.0)
    assert (asked.bill.answers, asked.bill.dollars) == (2, 0.0)
