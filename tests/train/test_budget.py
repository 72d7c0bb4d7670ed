from __future__ import annotations

from pathlib import Path

import pytest

from algorand_coder.train.budget import SHARES, token_budget


def never() -> float:
    raise AssertionError("must not be measured")


def test_without_a_time_limit_nothing_is_measured(tmp_path: Path) -> None:
    assert token_budget(5000, None, tmp_path, never) == (5000, None)
    assert token_budget(None, None, tmp_path, never) == (None, None)


@pytest.mark.parametrize(("speed", "share"), [(1000.0, 1.0), (140.0, 0.8), (67.0, 0.4), (0.1, SHARES[-1])])
def test_the_budget_is_a_step_of_the_ladder(tmp_path: Path, speed: float, share: float) -> None:
    assert token_budget(10_000, 1.0, tmp_path, lambda: speed)[0] == int(10_000 * share)


def test_small_differences_in_speed_do_not_change_the_run(tmp_path: Path) -> None:
    budgets = set()
    for number, speed in enumerate((140.0, 150.0, 160.0)):
        work = tmp_path / str(number)
        work.mkdir()
        budgets.add(token_budget(10_000, 1.0, work, lambda speed=speed: speed)[0])  # type: ignore[misc]
    assert len(budgets) <= 2


def test_a_run_that_goes_on_keeps_what_it_began_with(tmp_path: Path) -> None:
    first, _ = token_budget(10_000, 1.0, tmp_path, lambda: 90.0)
    assert token_budget(10_000, 1.0, tmp_path, never)[0] == first


def test_a_damaged_note_is_measured_again(tmp_path: Path) -> None:
    (tmp_path / "budget.json").write_text("{")
    assert token_budget(10_000, 1.0, tmp_path, lambda: 1e6)[0] == 10_000
