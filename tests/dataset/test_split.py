"""The split keeps whole groups on one side, and both sides alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.split import ALL, Group, Stratum, deal, make_groups, split_rows
from algorand_coder.records import Pair
from algorand_coder.syntax import skeleton

CONFIG = DatasetConfig()


MakePair = Callable[..., Pair]


def sides_of(pairs: Sequence[Pair], config: DatasetConfig = CONFIG, seed: int = 17) -> dict[str, str]:
    sides, _ = split_rows(pairs, config, seed)
    return {pair.id: side for pair, side in zip(pairs, sides, strict=True)}


def test_80_to_20_with_every_category_on_both_sides(make_pair: MakePair) -> None:
    pairs = [make_pair(n) for n in range(300)]
    sides = sides_of(pairs)
    assert abs(Counter(sides.values())["validation"] - 60) <= 2
    for category in {pair.category for pair in pairs}:
        held = sum(sides[pair.id] == "validation" for pair in pairs if pair.category == category)
        assert 9 <= held <= 15


def test_the_same_rows_split_the_same_way_whatever_their_order(make_pair: MakePair) -> None:
    pairs = [make_pair(n) for n in range(120)]
    assert sides_of(pairs) == sides_of(pairs[::-1])
    assert sides_of(pairs) != sides_of(pairs, seed=18)


def test_a_variation_class_a_file_and_a_skeleton_stay_whole(make_pair: MakePair) -> None:
    pairs = [make_pair(n, lineage=f"class{n % 20}", mined=False) for n in range(100)]
    pairs += [make_pair(n, path=f"src/{n % 25}.ts", mined=True) for n in range(100, 200)]
    pairs = [replace(pair, skeleton=f"s{n % 90}") if n >= 150 else pair for n, pair in enumerate(pairs)]
    sides = sides_of(pairs)
    together: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        together["skeleton", pair.skeleton].add(sides[pair.id])
        together["origin", pair.provenance[0].path if pair.mined else pair.lineage].add(sides[pair.id])
    assert all(len(found) == 1 for found in together.values())
    assert set(sides.values()) == {"train", "validation"}


def test_near_duplicates_stay_together(make_pair: MakePair) -> None:
    base = "\n".join(f"const a{i} = f{i}({i})" for i in range(40))
    near = [
        make_pair(n, output=f"{base}\n{'g();' * n}", skeleton=f"own{n}", lineage=f"own{n}", mined=False)
        for n in (1, 2, 3)
    ]
    pairs = [*near, *(make_pair(n) for n in range(10, 60))]
    (group,) = [g for g in make_groups(pairs, CONFIG, 17) if 0 in g.members]
    assert group.members == (0, 1, 2)


def test_grouping_by_whole_source(make_pair: MakePair) -> None:
    pairs = [make_pair(n, mined=True) for n in range(20)]
    assert len(make_groups(pairs, CONFIG, 17)) == 20
    assert len(make_groups(pairs, DatasetConfig(mined_group="source"), 17)) == 1


def test_a_repair_of_mined_code_stays_with_the_file_it_came_from(make_pair: MakePair) -> None:
    mined = make_pair(3, mined=True)
    other = make_pair(4, mined=False, lineage="repair-of-unit")
    repair = replace(other, provenance=mined.provenance)
    assert len(make_groups([mined, repair], CONFIG, 17)) == 1


def test_one_group_is_all_training(make_pair: MakePair) -> None:
    pairs = [make_pair(n, lineage="one", mined=False) for n in range(5)]
    assert set(sides_of(pairs).values()) == {"train"}


def test_a_category_held_by_two_groups_is_on_both_sides(make_pair: MakePair) -> None:
    pairs = [make_pair(n, lineage=f"big{n % 3}", category="transactions", mined=False) for n in range(90)]
    pairs += [make_pair(n, category="errors", mined=False) for n in (201, 202)]
    sides = sides_of(pairs)
    assert {sides["pair-00201"], sides["pair-00202"]} == {"train", "validation"}


groups = st.lists(st.tuples(st.integers(1, 30), st.sampled_from("abc")), min_size=2, max_size=40)


@settings(max_examples=60, deadline=None)
@given(groups)
def test_both_sides_are_filled_and_the_share_is_as_close_as_the_groups_allow(sizes: list[tuple[int, str]]) -> None:
    made = [
        Group((), Counter[Stratum]({ALL: size, ("category", name): size}), str(index))
        for index, (size, name) in enumerate(sizes)
    ]
    chosen = deal(made, 0.2)
    assert 0 < len(chosen) < len(made)
    total = sum(size for size, _ in sizes)
    held = sum(sizes[index][0] for index in chosen)
    # Beside the share itself, a category may need one group of its own on each side.
    assert abs(held - 0.2 * total) <= 3 * max(size for size, _ in sizes)
    for name in {name for _, name in sizes}:
        holders = [index for index, (_, other) in enumerate(sizes) if other == name]
        if len(holders) >= 2:
            assert 0 < len(chosen & set(holders)) < len(holders)


def test_the_factory_gives_each_row_its_own_skeleton(make_pair: MakePair) -> None:
    pairs = [make_pair(n) for n in range(60)]
    assert all(pair.skeleton == skeleton(pair.output) for pair in pairs)
    assert len({pair.skeleton for pair in pairs}) > 40
