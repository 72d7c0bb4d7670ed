from __future__ import annotations

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.pipeline import Engine


def square(number: int) -> int:
    return number * number


def fail_on_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_results_come_in_input_order(workers: int, count: int) -> None:
    results = list(Engine("local", workers).map(square, range(count), batch=3))
    assert results == [n * n for n in range(count)]


def test_an_exception_in_a_worker_is_raised_here() -> None:
    with pytest.raises(ValueError, match="seven"):
        list(Engine("local", 2).map(fail_on_seven, range(20), batch=2))


@pytest.mark.slow
def test_ray_gives_the_same_results_as_local() -> None:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        assert list(Engine("ray").map(square, range(100), batch=7)) == [n * n for n in range(100)]
    finally:
        ray.shutdown()


def test_a_missing_ray_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingTool, match=r"algorand-coder\[ray\]"):
        list(Engine("ray").map(square, [1]))
