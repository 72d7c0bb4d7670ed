"""Who is kept of equal code, whatever the order it comes in."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.records import Unit
from algorand_coder.refine.duplicates import UNRESOLVED, Print, find_duplicates, priority
from algorand_coder.syntax import code_tokens

from .conftest import CODE, unit


def kept(units: list[Unit], targets: dict[str, str] | None = None) -> list[Unit]:
    dropped = find_duplicates(units, [Print.of(code_tokens(item.code)) for item in units], 0.8, targets or {})
    return [item for index, item in enumerate(units) if index not in dropped]


def at(source: str, tier: str = "community", code: str = CODE, **changes: Any) -> Unit:
    return unit(code, place={"source": source, "tier": tier}, **changes)


def test_official_sources_win() -> None:
    units = [at("a"), at("b", "educational"), at("z", "official")]
    assert [item.provenance.source for item in kept(units)] == ["z"]
    assert [item.provenance.source for item in kept(units[:2])] == ["b"]


def test_then_units_that_stand_alone_then_the_default_target_then_names() -> None:
    assert [u.provenance.source for u in kept([at("a", context=UNRESOLVED + "x"), at("b")])] == ["b"]
    assert [u.provenance.source for u in kept([at("a", target="utils10"), at("b")])] == ["b"]
    assert [u.provenance.source for u in kept([at("a"), at("b")], {"a": "utils10"})] == ["b"]
    assert [u.provenance.source for u in kept([at("b"), at("a")])] == ["a"]


def test_layout_and_comments_make_no_difference() -> None:
    other = "// pays\n" + CODE.replace("\n  ", "\n      ")
    dropped = find_duplicates(
        [at("a"), at("b", code=other)], [Print.of(code_tokens(code)) for code in (CODE, other)], 0.8, {}
    )
    assert dropped == {1: ("exact-duplicate", 0)}


def test_a_small_edit_is_a_near_duplicate_and_a_rewrite_is_not() -> None:
    edited = CODE.replace("paid by", "sent by")
    other = CODE.replace("payment", "assetTransfer").replace("amount", "assetId").replace("receiver", "holder")
    prints = [Print.of(code_tokens(code)) for code in (CODE, edited, other)]
    units = [at("a"), at("b", code=edited), at("c", code=other)]
    assert find_duplicates(units, prints, 0.8, {}) == {1: ("near-duplicate", 0)}


def test_a_copy_of_a_near_duplicate_points_to_what_is_kept() -> None:
    edited = CODE.replace("paid by", "sent by")
    units = [at("a"), at("b", code=edited), at("c", code=edited)]
    dropped = find_duplicates(units, [Print.of(code_tokens(item.code)) for item in units], 0.8, {})
    assert dropped == {1: ("near-duplicate", 0), 2: ("exact-duplicate", 0)}


@given(st.integers(0, 2**32), st.integers(2, 25))
def test_the_order_of_sources_changes_nothing(seed: int, size: int) -> None:
    rng = random.Random(seed)
    units = []
    for number in range(size):
        code = CODE
        for word in rng.sample(["sender", "receiver", "amount", "note", "confirmed"], rng.randrange(4)):
            code = code.replace(word, f"{word}{rng.randrange(2)}")
        units.append(
            unit(
                code,
                place={
                    "source": f"s{rng.randrange(4)}",
                    "tier": rng.choice(["official", "educational", "community"]),
                    "start_line": number,
                },
            )
        )
    shuffled = rng.sample(units, len(units))
    assert {item.id for item in kept(units)} == {item.id for item in kept(shuffled)}
    dropped = find_duplicates(units, [Print.of(code_tokens(item.code)) for item in units], 0.8, {})
    for index, (_, winner) in dropped.items():
        assert winner not in dropped
        assert priority(units[winner]) <= priority(units[index])
