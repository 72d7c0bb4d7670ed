"""A warm verifier for all tests of this folder, and short ways to make candidates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.verify import Verifier, puya, toolchain
from tests.conftest import IN_CI


@pytest.fixture(scope="session")
def tools() -> None:
    """The installed toolchain; installing it is part of the test where it is missing."""
    try:
        for project in toolchain.PROJECTS:
            toolchain.ensure(project)
        puya.ensure()
    except MissingTool as missing:
        if IN_CI:
            pytest.fail(f"CI must have the toolchain: {missing}")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def verifier(tools: None) -> Iterator[Verifier]:
    """One verifier without memory: every verdict is reached anew."""
    with Verifier(cache=None, workers=1) as found:
        yield found
