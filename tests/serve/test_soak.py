"""Two hundred clients, random disconnects, an engine killed in the middle: see ``soak``."""

from __future__ import annotations

import os
import sys

import pytest

from tests.serve.soak import soak

SECONDS = float(os.environ.get("SERVE_SOAK_SECONDS", "15"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_two_hundred_clients_that_come_and_go() -> None:
    result = soak(SECONDS, 200)
    assert result.wrong == []
    assert result.counts["right"] > 200, result.counts
    assert result.counts["left"] > 50, result.counts
    assert set(result.counts) - {"right", "left"}, "the engine was killed, and nobody noticed"
    assert not {name for name in result.counts if name.startswith("status 500")}, result.counts
    assert len(result.engines) >= 2, "the engine was not started again"
    assert result.in_progress == 0
    assert result.left_over == []
    assert result.exit_code == 0
    assert "Traceback" not in result.log, result.log[-3000:]
    third = len(result.memory) // 3
    settled, last = max(result.memory[third : 2 * third]), max(result.memory[2 * third :])
    assert last < settled + 24 * 2**20, [size >> 20 for size in result.memory]
