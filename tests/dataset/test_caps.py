"""Limits hold, and what goes to meet them is chosen by the rows alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.dataset.caps import allowed, balance, crowded_units
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.records import Pair

MakePair = Callable[..., Pair]

counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 2000), min_size=1)


@given(counts, st.sampled_from([0.3, 0.45, 0.6]))
def test_no_name_keeps_more_than_its_share(found: dict[str, int], share: float) -> None:
    kept = allowed(found, share)
    total = sum(kept.values())
    if len(found) * share < 1:
        assert kept == found
        return
    capped = {name for name in found if kept[name] < found[name]}
    if capped:
        # Whole rows: the share is met to within one row a name.
        assert all(kept[name] <= share * (total + len(capped)) for name in capped)
    assert all(kept[name] <= found[name] for name in found)


def test_two_strategies_cannot_both_stay_below_45_percent() -> None:
    assert allowed({"patterns": 90, "docs": 10}, 0.45) == {"patterns": 90, "docs": 10}
    assert allowed({"patterns": 900, "docs": 55, "edit": 55}, 0.45) == {"patterns": 90, "docs": 55, "edit": 55}


def test_the_largest_lineages_give_up_rows_first_and_mined_rows_last(make_pair: MakePair) -> None:
    rows = [make_pair(n, mined=False, lineage="crowded", strategy="patterns") for n in range(50)]
    rows += [make_pair(n, mined=False, lineage=f"lone{n}", strategy="patterns") for n in range(50, 60)]
    rows += [make_pair(n, mined=True, strategy="patterns") for n in range(60, 65)]
    rows += [make_pair(n, mined=False, strategy=("edit", "repair")[n % 2]) for n in range(65, 105)]
    config = DatasetConfig(max_category_share=1.0, balance_from=1)
    found = balance(rows, config)
    kept = [row for row in rows if row.id not in found]
    assert Counter(row.strategy for row in kept)["patterns"] == int(0.45 / 0.55 * 40)
    assert {finding.reason for finding in found.values()} == {"strategy-cap"}
    assert {row.lineage for row in rows if row.id in found} == {"crowded"}
    assert balance(rows[::-1], config) == found


def test_a_category_is_held_to_its_share(make_pair: MakePair) -> None:
    rows = [make_pair(n, category="assets", mined=False) for n in range(80)]
    rows += [make_pair(n, mined=False) for n in range(80, 130)]
    assert balance(rows, DatasetConfig()) == {}
    found = balance(rows, DatasetConfig(balance_from=100))
    left = Counter(str(row.category) for row in rows if row.id not in found)
    assert left["assets"] <= 0.45 * left.total()
    assert {finding.reason for finding in found.values()} == {"category-cap"}


def test_three_repairs_of_a_unit(make_pair: MakePair) -> None:
    mined = [make_pair(n, mined=True, lineage="unit-1", strategy="repair") for n in range(5)]
    built = [make_pair(n, mined=False, lineage="family", strategy="repair") for n in range(5, 12)]
    found = crowded_units([*mined, *built], DatasetConfig())
    assert list(found) == [mined[3].id, mined[4].id]
