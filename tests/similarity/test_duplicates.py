"""Near-duplicates against brute force, and independence of the input's order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorand_coder.similarity import jaccard, keep_first, near_duplicate_pairs, near_duplicates, shingles


def brute_pairs(texts: list[list[str]], threshold: float, n: int) -> set[tuple[int, int]]:
    sets = [shingles(text, n) for text in texts]
    return {(i, j) for i in range(len(sets)) for j in range(i + 1, len(sets)) if jaccard(sets[i], sets[j]) >= threshold}


@st.composite
def families(draw: st.DrawFn) -> list[list[str]]:
    """Texts in families: an original and edited copies, so that similarities spread around the threshold."""
    seed = draw(st.integers(0, 2**32))
    rng = random.Random(seed)
    texts: list[list[str]] = []
    for _ in range(draw(st.integers(1, 6))):
        base = [rng.choice("abcdefghij") + str(rng.randrange(40)) for _ in range(draw(st.integers(0, 120)))]
        for _ in range(draw(st.integers(1, 5))):
            copy = list(base)
            for _ in range(rng.randrange(6)):
                if copy:
                    copy[rng.randrange(len(copy))] = f"edit{rng.randrange(10)}"
            if rng.random() < 0.3:
                copy = copy[: int(len(copy) * rng.uniform(0.7, 1))]
            texts.append(copy)
    rng.shuffle(texts)
    return texts


@given(families(), st.sampled_from([0.7, 0.8, 0.9, 1.0]), st.sampled_from([1, 3, 5]))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_pairs_are_those_of_brute_force(texts: list[list[str]], threshold: float, n: int) -> None:
    found = list(near_duplicate_pairs(texts, threshold, n))
    assert len(found) == len(set(found))
    assert set(found) == brute_pairs(texts, threshold, n)


@given(families(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_order_does_not_matter_given_a_priority(texts: list[list[str]], rng: random.Random) -> None:
    # Priority travels with the text, as a source's tier and path do.
    items = list(enumerate(texts))
    shuffled = list(items)
    rng.shuffle(shuffled)

    for method in (near_duplicates, keep_first):
        plain = method([text for _, text in items], priority=[rank for rank, _ in items])
        other = method([text for _, text in shuffled], priority=[rank for rank, _ in shuffled])
        assert {items[i][0]: items[r][0] for i, r in enumerate(plain)} == {
            shuffled[i][0]: shuffled[r][0] for i, r in enumerate(other)
        }


@given(families())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_clusters_are_connected_components(texts: list[list[str]]) -> None:
    representative = near_duplicates(texts)
    group = {i: {i} for i in range(len(texts))}
    for i, j in brute_pairs(texts, 0.8, 5):
        merged = group[i] | group[j]
        for member in merged:
            group[member] = merged
    assert representative == [min(group[i]) for i in range(len(texts))]


@given(families())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_kept_texts_are_unlike_and_dropped_ones_are_like_a_kept_one(texts: list[list[str]]) -> None:
    answer = keep_first(texts)
    kept = {i for i, r in enumerate(answer) if i == r}
    similar = brute_pairs(texts, 0.8, 5)
    assert not any(i in kept and j in kept for i, j in similar)
    assert all(r in kept and (min(i, r), max(i, r)) in similar for i, r in enumerate(answer) if i != r)


def test_a_chain_is_one_cluster_but_keeps_both_ends() -> None:
    words = [f"w{i}" for i in range(64)]
    middle = [*words[:60], "x0", "x1", "x2", "x3"]
    end = ["y0", "y1", "y2", "y3", *middle[4:]]
    assert jaccard(shingles(words), shingles(end)) < 0.8
    assert near_duplicates([words, middle, end]) == [0, 0, 0]
    assert keep_first([words, middle, end]) == [0, 0, 2]


def test_priority_chooses_the_representative() -> None:
    text = ["the", "same", "five", "words", "and", "more"]
    assert near_duplicates([text, text, text], priority=["community", "official", "z"]) == [0, 0, 0]
    assert keep_first([text, text, text], priority=[2, 1, 3]) == [1, 1, 1]


def test_empty_and_tiny_inputs() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates([[]]) == [0]
    assert near_duplicates([[], []]) == [0, 0]
    assert near_duplicates([["a"], ["b"], ["a"]]) == [0, 1, 0]


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.1])
def test_a_senseless_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold must be"):
        near_duplicates([["a"]], threshold)


def test_priorities_must_match_the_texts() -> None:
    with pytest.raises(ValueError, match="1 priorities for 2 texts"):
        near_duplicates([["a"], ["b"]], priority=[1])


def test_many_equal_texts_are_cheap() -> None:
    text = [f"w{i}" for i in range(50)]
    assert set(near_duplicates([text] * 20_000)) == {0}
    assert set(keep_first([text] * 20_000)) == {0}
