"""Rates with intervals, and paired comparisons of two models that answered the same problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt
from statistics import variance

import numpy as np

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution: two-sided 95 %."""
FEW = 30
"""With fewer problems the bootstrap's intervals are too narrow."""


@dataclass(frozen=True)
class Rate:
    """``passed`` of ``n`` with the 95 % interval from ``low`` to ``high``; all three shares are 0 to 1."""

    passed: int
    n: int
    rate: float
    low: float
    high: float


@dataclass(frozen=True)
class Paired:
    """The second model's rate minus the first's, over the same problems, with its 95 % interval."""

    difference: float
    low: float
    high: float
    p: float
    """Exact McNemar test of "both models are equally likely to pass", two-sided; with several answers a problem, of
    "both models are equally likely to be the better one on a problem"."""
    only_first: int
    """Problems that only the first model passed, or on which it was the better one."""
    only_second: int
    n: int


def rate(passed: int, n: int) -> Rate:
    """A pass rate with its Wilson interval. With ``n`` of 0 nothing is known: rate 0, interval 0 to 1."""
    low, high = wilson(passed, n)
    return Rate(passed, n, passed / n if n else 0.0, low, high)


def wilson(passed: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The score interval of Wilson (1927) for a proportion, without continuity correction.

    It keeps its coverage for small ``n`` and for rates near 0 or 1 (Newcombe 1998, Statistics in Medicine 17:857).
    """
    if not 0 <= passed <= n:
        raise ValueError(f"{passed} passed of {n}")
    return _score_interval(passed / n, n, z) if n else (0.0, 1.0)


def _score_interval(share: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson's interval of a ``share`` that was found in ``n`` independent trials, which need not be a whole number."""
    square = z * z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low = 0.0 if share == 0 else min(share, max(0.0, centre - half))
    high = 1.0 if share == 1 else max(share, min(1.0, centre + half))
    return low, high


def clustered_rate(problems: Sequence[tuple[int, int]]) -> Rate:
    """The mean pass rate of problems, each ``(passed, n)``, with an interval over problems.

    With one answer a problem this is :func:`rate`. Several answers to one problem are no independent trials: then it
    is Wilson's interval with the effective sample size, the variance of as many independent answers over that of the
    problems' shares (Kish 1965, "Survey Sampling", section 8.2; Korn and Graubard 1998, Survey Methodology 24:193).
    That is never below the number of problems, nor above that of answers; where all shares are the same and say
    nothing of how much problems differ, it is the number of problems.
    """
    judged = [(passed, n) for passed, n in problems if n]
    passed, total = sum(p for p, _ in judged), sum(n for _, n in judged)
    if all(n == 1 for _, n in judged):
        return rate(passed, total)
    shares = [p / n for p, n in judged]
    count, mean = len(shares), sum(shares) / len(shares)
    spread = variance(shares) if len(set(shares)) > 1 else 0.0
    effective = min(float(total), max(float(count), count * mean * (1 - mean) / spread)) if spread else float(count)
    return Rate(passed, total, mean, *_score_interval(mean, effective))


def pass_at_k(n: int, passed: int, k: int) -> float:
    """The chance that one of ``k`` answers drawn from ``n``, of which ``passed`` pass, passes.

    The unbiased estimator 1 - C(n-c, k) / C(n, k) of Chen et al. 2021 ("Evaluating Large Language Models Trained on
    Code", section 2.1). Raises ``ValueError`` unless 0 <= passed <= n and 1 <= k <= n.
    """
    if not (0 <= passed <= n and 1 <= k <= n):
        raise ValueError(f"pass@{k} of {passed} passed of {n}")
    return float(1 - Fraction(comb(n - passed, k), comb(n, k)))


def mcnemar_exact(only_first: int, only_second: int) -> float:
    """Two-sided exact p-value of McNemar's test (1947): the discordant pairs against a fair coin."""
    n = only_first + only_second
    tail = sum(comb(n, k) for k in range(min(only_first, only_second) + 1))
    return float(min(Fraction(1), Fraction(2 * tail, 2**n)))


def paired_bootstrap(differences: Sequence[float], samples: int, seed: int) -> tuple[float, float]:
    """95 % percentile interval of the mean difference, resampling problems (Efron and Tibshirani 1993, ch. 13).

    ``differences`` holds one value a problem, so several answers to one problem stay together when averaged first.
    """
    if not differences:
        return -1.0, 1.0
    values = np.asarray(differences, dtype=np.float64)
    generator = np.random.default_rng(seed)
    means = np.empty(samples)
    chunk = max(1, 2_000_000 // len(values))
    for start in range(0, samples, chunk):
        size = min(chunk, samples - start)
        means[start : start + size] = values[generator.integers(0, len(values), (size, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def newcombe_paired(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """95 % score interval of the second proportion minus the first, of pairs (Newcombe 1998, Statistics in Medicine
    17:2635, method 10).

    It has a width where no pair differs, or all do. Shares of several answers enter as the expected cell counts, one
    pair a problem. Without pairs nothing is known: -1 to 1.
    """
    n = len(first)
    if n == 0:
        return -1.0, 1.0
    before, after = sum(first) / n, sum(second) / n
    both = sum(one * other for one, other in zip(first, second, strict=True)) / n
    # The method's continuity correction brings a positive correlation nearer to none.
    shared = both - before * after
    shared = max(0.0, shared - 1 / (2 * n)) if shared > 0 else shared
    margins = before * (1 - before) * after * (1 - after)
    correlation = shared / sqrt(margins) if margins > 0 else 0.0
    (low_before, high_before), (low_after, high_after) = (_score_interval(share, n) for share in (before, after))
    down = _combined(after - low_after, high_before - before, correlation)
    up = _combined(high_after - after, before - low_before, correlation)
    return max(-1.0, after - before - down), min(1.0, after - before + up)


def _combined(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one * one - 2 * correlation * one * other + other * other))


def paired(first: Sequence[float], second: Sequence[float], samples: int, seed: int) -> Paired:
    """Compare two models on the same problems, in the same order: passed or not, or the share of answers that did.

    The interval is that of :func:`paired_bootstrap`, and where there are few problems, or no resample differs from
    another, it holds that of :func:`newcombe_paired` as well.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} results against {len(second)}")
    differences = [float(after) - float(before) for before, after in zip(first, second, strict=True)]
    low, high = paired_bootstrap(differences, samples, seed)
    if len(differences) < FEW or low == high:
        least, most = newcombe_paired(first, second)
        low, high = min(low, least), max(high, most)
    only_first = sum(1 for difference in differences if difference < 0)
    only_second = sum(1 for difference in differences if difference > 0)
    mean = sum(differences) / len(differences) if differences else 0.0
    return Paired(mean, low, high, mcnemar_exact(only_first, only_second), only_first, only_second, len(differences))
