from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.errors import UserError
from algorand_coder.train.masks import TokenRow
from algorand_coder.train.selection import batch_order, choose, padding_share


def rows(lengths: list[int], categories: str = "abc") -> list[TokenRow]:
    return [
        TokenRow(f"r{i}", categories[i % len(categories)], tuple(range(length)), tuple(range(length)))
        for i, length in enumerate(lengths)
    ]


lengths = st.lists(st.integers(1, 300), min_size=1, max_size=120)


@given(lengths, st.integers(1, 4), st.integers(1, 9), st.integers(0, 5))
def test_every_row_is_trained_once_an_epoch(sizes: list[int], epochs: int, batch: int, seed: int) -> None:
    order = batch_order(sizes, epochs=epochs, batch_size=batch, seed=seed)
    assert Counter(order) == Counter(dict.fromkeys(range(len(sizes)), epochs))
    assert order == batch_order(sizes, epochs=epochs, batch_size=batch, seed=seed)


def test_rows_of_like_length_share_a_batch() -> None:
    sizes = [10 + (i * 37) % 500 for i in range(400)]
    order = batch_order(sizes, epochs=1, batch_size=4, seed=1)
    assert padding_share(sizes, order, 4) < 0.06
    assert padding_share(sizes, range(400), 4) > 0.2
    firsts = [sizes[order[at]] for at in range(0, 400, 4)]
    assert firsts != sorted(firsts), "batches must not come in order of length"


@given(lengths, st.integers(1, 4000), st.integers(1, 300))
def test_the_budget_and_the_row_limit_hold(sizes: list[int], budget: int, longest: int) -> None:
    try:
        chosen = choose(rows(sizes), seed=3, max_row_tokens=longest, max_tokens=budget)
    except UserError:
        assert all(size > longest or size > budget for size in sizes)
        return
    assert chosen.tokens <= budget
    assert max(len(row.input_ids) for row in chosen.rows) <= longest
    assert len(chosen.rows) + sum(chosen.left_out.values()) == len(sizes)


def test_categories_get_even_shares_of_tokens() -> None:
    many = rows([40] * 90, "aaaaaaaab") + rows([20] * 20, "c")
    taken: Counter[str] = Counter()
    for row in choose(many, seed=1, max_tokens=1200).rows:
        taken[row.category] += len(row.input_ids)
    assert taken == {"a": 400, "b": 400, "c": 400}


def test_the_choice_depends_on_the_seed_and_not_on_the_order_of_rows() -> None:
    many = rows([30] * 60)
    one = choose(many, seed=1, max_tokens=600)
    assert {row.id for row in choose(many[::-1], seed=1, max_tokens=600).rows} == {row.id for row in one.rows}
    assert {row.id for row in choose(many, seed=2, max_tokens=600).rows} != {row.id for row in one.rows}


def test_without_limits_nothing_is_left_out() -> None:
    chosen = choose(rows([5, 6, 7]), seed=1)
    assert len(chosen.rows) == 3
    assert sum(chosen.left_out.values()) == 0


def test_nothing_left_is_a_clear_line() -> None:
    with pytest.raises(UserError, match="max_row_tokens=10"):
        choose(rows([50, 60]), seed=1, max_row_tokens=10)
