"""Shingles, Jaccard and containment on cases small enough to work out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.similarity import NgramIndex, containment, jaccard, shingle_array, shingles

WORDS = st.lists(st.sampled_from("abcdef"), max_size=40)


def test_shingles_are_windows() -> None:
    assert len(shingles(list("abcdef"), 5)) == 2
    assert len(shingles(list("abababab"), 2)) == 2
    assert shingles([], 5) == frozenset()
    assert len(shingles(["a"], 5)) == 1
    assert shingles(["a", "b"], 5) != shingles(["ab"], 5)


def test_shingles_are_the_same_on_every_machine() -> None:
    assert sorted(shingles(["pay", "(", "1", ")"], 4)) == [16860883827271109292]


@given(WORDS, WORDS, st.integers(1, 6))
def test_equal_sets_exactly_for_equal_windows(a: list[str], b: list[str], n: int) -> None:
    def windows(tokens: list[str]) -> set[tuple[str, ...]]:
        return {tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1))} if tokens else set()

    left, right = windows(a), windows(b)
    union = len(left | right)
    expected = len(left & right) / union if union else 1.0
    assert jaccard(shingles(a, n), shingles(b, n)) == expected
    assert frozenset(shingle_array(a, n).tolist()) == shingles(a, n)


def test_containment_is_the_share_of_the_part() -> None:
    whole = [f"w{i}" for i in range(100)]
    assert containment(whole[10:30], whole) == 1.0
    assert containment(["x"] * 30, whole) == 0.0
    assert containment([], whole) == 0.0
    # 16 tokens have 7 ten-grams; the last three of them reach into foreign words.
    assert containment([*whole[:13], "x", "y", "z"], whole) == 4 / 7


def test_index_finds_a_reference_inside_a_text_and_a_fragment_of_a_reference() -> None:
    short, long = [f"s{i}" for i in range(20)], [f"l{i}" for i in range(200)]
    index = NgramIndex([("short", short), ("long", long), ("tiny", ["a", "b"])])
    assert len(index) == 2
    assert index.closest(["x"] * 50 + short + ["y"] * 50) == ("short", 1.0)
    assert index.closest(long[50:80]) == ("long", 1.0)
    assert index.closest(["z"] * 40) == ("", 0.0)
    assert index.closest(["a", "b"]) == ("", 0.0)
