"""Fixtures for all tests. A missing tool is a skip on a person's machine and a failure in CI."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# Shared machines stall now and then: a property is about values, never about time.
settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")

# A shell that starts the tests in the background makes them ignore SIGINT, and every child inherits that.
signal.signal(signal.SIGINT, signal.default_int_handler)

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.fixture(scope="session")
def require_tool() -> Callable[..., str]:
    """``require_tool("bwrap")`` returns its path; ``require_tool("puya", path)`` checks a given path instead."""

    def require(name: str, path: str | None = None) -> str:
        found = path if path is not None else shutil.which(name)
        if found:
            return found
        if IN_CI:
            pytest.fail(f"{name} is missing, and CI must have it")
        pytest.skip(f"{name} is not installed")

    return require


@pytest.fixture(scope="session")
def twin_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``twin_folder("qwen3-moe")`` is the folder of that architecture's tiny twin, made once; never write into it."""
    root = tmp_path_factory.mktemp("twins")

    def folder(architecture: str) -> Path:
        from algorand_coder.generate.twins import twin

        found = root / architecture
        return found if found.is_dir() else twin(architecture, found)

    return folder
