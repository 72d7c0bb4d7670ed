"""Shared by the tests of the client: configs that point at the stand-in, and questions by name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, Request
from tests.generate.standin import StandIn

if not os.environ.get("CI"):
    pytest.importorskip("openai")
    pytest.importorskip("anthropic")


def config(server: StandIn, provider: str = "openai", **changes: Any) -> EndpointConfig:
    """A config for ``server`` with short waits."""
    base = {
        "provider": provider,
        "base_url": server.address + ("/v1" if provider == "openai" else ""),
        "model": "synthetic",
        "price": "gpt-4o",
        "timeout_seconds": 20.0,
        "backoff_seconds": 0.02,
        "concurrency": 4,
    }
    return EndpointConfig.model_validate({**base, **changes})


def question(turn: str, **changes: Any) -> Request:
    """A request whose last turn is ``turn``."""
    messages = ({"role": "system", "content": "Be brief."}, {"role": "user", "content": turn})
    return Request(messages, max_tokens=changes.pop("max_tokens", 50), **changes)


def questions(count: int) -> list[Request]:
    """Requests with the turns ``"0"``, ``"1"``, …"""
    return [question(str(number)) for number in range(count)]


@pytest.fixture
def endpoint(tmp_path: Path) -> Callable[..., Endpoint]:
    """``endpoint(server, provider, batch=…, **config)`` keeps its answers under the test's folder."""

    def make(server: StandIn, provider: str = "openai", batch: bool = False, **changes: Any) -> Endpoint:
        return Endpoint(config(server, provider, **changes), folder=tmp_path / "answers", batch=batch)

    return make
