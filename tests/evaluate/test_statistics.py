"""Statistics against values from the literature and against brute force."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.evaluate.statistics import (
    clustered_rate,
    mcnemar_exact,
    newcombe_paired,
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
    assert clustered_rate(single) == rate(30, 50)
    fourfold = clustered_rate([(4 * passed, 4) for passed, _ in single])
    assert (fourfold.passed, fourfold.n, fourfold.rate) == (120, 200, 0.6)
    # Answers that always agree say no more than one: the interval is that of 50 problems, not of 200 answers.
    assert fourfold.high - fourfold.low == pytest.approx(rate(30, 50).high - rate(30, 50).low, abs=0.03)
    assert clustered_rate([(0, 0)]) == rate(0, 0)


@pytest.mark.parametrize(
    ("problems", "independent"),
    [([(4, 4)] * 5, 5), ([(0, 4)] * 60, 60), ([(3, 10)], 1), ([(1, 2)] * 8, 8), ([(4, 4), (0, 4)] * 10, 20)],
)
def test_problems_whose_answers_agree_are_as_many_trials_as_problems(
    problems: list[tuple[int, int]], independent: int
) -> None:
    found = clustered_rate(problems)
    passed = found.rate * independent
    if passed == round(passed):
        assert (found.low, found.high) == pytest.approx(wilson(round(passed), independent))
    assert found.high - found.low > 0.05


@pytest.mark.parametrize("problems", [5, 20, 60])
@pytest.mark.parametrize(("alpha", "beta"), [(8, 2), (50, 1), (0.5, 0.5)])
def test_the_interval_over_problems_holds_the_truth_as_often_as_it_says(
    problems: int, alpha: float, beta: float
) -> None:
    random = Random(7)
    held = 0
    for _ in range(500):
        chances = [random.betavariate(alpha, beta) for _ in range(problems)]
        found = clustered_rate([(sum(random.random() < chance for _ in range(4)), 4) for chance in chances])
        held += found.low <= alpha / (alpha + beta) <= found.high
    assert held / 500 >= 0.92


def test_newcombe_gives_the_published_interval_of_pairs() -> None:
    # Newcombe (1998), table II, cells 36, 12, 2 and 0, method 10.
    before, after = [1] * 36 + [0] * 12 + [1] * 2, [1] * 36 + [1] * 12 + [0] * 2
    assert [round(limit, 4) for limit in newcombe_paired(before, after)] == [0.0569, 0.3404]
    assert [round(limit, 4) for limit in newcombe_paired(after, before)] == [-0.3404, -0.0569]
    assert newcombe_paired([], []) == (-1.0, 1.0)


@pytest.mark.parametrize("passed", [0, 1, 82, 163, 164])
def test_two_models_that_always_agree_are_not_known_to_be_the_same(passed: int) -> None:
    answers = [True] * passed + [False] * (164 - passed)
    found = paired(answers, answers, 100, 0)
    # HumanEval's line, five points below the base, can still be held.
    assert -0.05 < found.low < -0.005
    assert found.high == pytest.approx(-found.low)


def test_a_few_problems_leave_much_open() -> None:
    assert paired([0.0], [1.0], 100, 0).low < 0
    assert paired([0.0] * 3, [1.0] * 3, 100, 0).low < 0.5
    assert paired([0.0] * 3, [1.0, 1.0, 0.5], 100, 0).low < 0.3


def test_where_pairs_differ_the_bootstrap_alone_says_how_far() -> None:
    before, after = [False] * 60, [True] * 2 + [False] * 58
    found = paired(before, after, 2000, 3)
    assert (found.low, found.high) == paired_bootstrap([float(each) for each in after], 2000, 3)


@given(st.lists(st.tuples(st.sampled_from([0, 0.25, 0.5, 1]), st.sampled_from([0, 0.25, 0.5, 1])), min_size=1))
def test_an_interval_of_pairs_holds_the_difference_and_has_a_width(pairs: list[tuple[float, float]]) -> None:
    found = paired([one for one, _ in pairs], [other for _, other in pairs], 50, 0)
    assert -1 <= found.low <= found.difference + 1e-9
    assert found.difference - 1e-9 <= found.high <= 1
    assert found.high - found.low > 0
