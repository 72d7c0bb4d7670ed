"""Statistics against values from the literature and against brute force."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.evaluate.statistics import (
    clustered_rate,
    mcnemar_exact,
    paired,
    paired_bootstrap,
    pass_at_k,
    rate,
    wilson,
)


@pytest.mark.parametrize(
    ("passed", "n", "low", "high"),
    # Newcombe (1998), table I, method 3 (Wilson's score interval without continuity correction).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(passed: int, n: int, low: float, high: float) -> None:
    found = wilson(passed, n)
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_rate_and_mirrors(case: tuple[int, int]) -> None:
    passed, n = case
    low, high = wilson(passed, n)
    assert 0 <= low <= passed / n <= high <= 1
    mirrored = wilson(n - passed, n)
    assert isclose(low, 1 - mirrored[1], abs_tol=1e-12)


def test_nothing_measured_is_no_knowledge() -> None:
    assert (rate(0, 0).low, rate(0, 0).high, rate(0, 0).rate) == (0.0, 1.0, 0.0)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="5 passed of 3"):
        wilson(5, 3)


@pytest.mark.parametrize(
    ("b", "c", "p"), [(0, 0, 1.0), (5, 0, 0.0625), (2, 8, 0.109375), (6, 6, 1.0), (1, 9, 0.021484375)]
)
def test_mcnemar_against_hand_computed_values(b: int, c: int, p: float) -> None:
    assert mcnemar_exact(b, c) == p == mcnemar_exact(c, b)


@given(st.integers(0, 5), st.integers(0, 5))
def test_mcnemar_against_all_coin_tosses(b: int, c: int) -> None:
    tosses = list(product([0, 1], repeat=b + c))
    extreme = sum(1 for toss in tosses if min(sum(toss), b + c - sum(toss)) <= min(b, c))
    assert isclose(mcnemar_exact(b, c), extreme / len(tosses))


def test_bootstrap_covers_the_exact_sampling_distribution() -> None:
    # 12 of 40 problems gained: the resampled sum follows the binomial distribution of 40 tosses at 0.3.
    shares = [comb(40, k) * 0.3**k * 0.7 ** (40 - k) for k in range(41)]
    quantiles = tuple(next(k for k in range(41) if sum(shares[: k + 1]) >= q) for q in (0.025, 0.975))
    low, high = paired_bootstrap([1.0] * 12 + [0.0] * 28, samples=20_000, seed=1)
    assert (round(low * 40), round(high * 40)) == quantiles == (7, 18)


def test_bootstrap_is_the_same_on_every_run_and_differs_by_seed() -> None:
    values = [1.0, -1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.5]
    assert paired_bootstrap(values, 500, 7) == paired_bootstrap(values, 500, 7)
    assert len({paired_bootstrap(values, 101, seed) for seed in range(8)}) > 1


def test_paired_counts_what_changed() -> None:
    before = [True, False, False, False, True]
    after = [False, True, True, False, True]
    found = paired(before, after, samples=1000, seed=0)
    assert (found.only_first, found.only_second, found.n) == (1, 2, 5)
    assert isclose(found.difference, 0.2)
    assert found.low <= found.difference <= found.high


def test_paired_needs_the_same_problems() -> None:
    with pytest.raises(ValueError, match="2 results against 1"):
        paired([True, False], [True], 100, 0)


@given(st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))))
def test_pass_at_k_is_the_share_of_draws_with_a_pass(counts: tuple[int, int, int]) -> None:
    n, passed, k = counts
    draws = list(combinations([True] * passed + [False] * (n - passed), k))
    assert pass_at_k(n, passed, k) == pytest.approx(sum(any(draw) for draw in draws) / len(draws))


@pytest.mark.parametrize("counts", [(3, 4, 1), (3, -1, 1), (3, 1, 4), (3, 1, 0)])
def test_pass_at_k_refuses_what_cannot_be(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="pass@"):
        pass_at_k(*counts)


def test_several_answers_to_one_problem_are_one_cluster() -> None:
    single = [(1, 1)] * 30 + [(0, 1)] * 20
    assert clustered_rate(single, 500, 1) == rate(30, 50)
    fourfold = clustered_rate([(4 * passed, 4) for passed, _ in single], 4000, 1)
    assert (fourfold.passed, fourfold.n, fourfold.rate) == (120, 200, 0.6)
    # Answers that always agree say no more than one: the interval is that of 50 problems, not of 200 answers.
    assert fourfold.high - fourfold.low == pytest.approx(rate(30, 50).high - rate(30, 50).low, abs=0.03)
    assert clustered_rate([(0, 0)], 100, 1) == rate(0, 0)
