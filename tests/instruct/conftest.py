"""What tests of the strategies share: the real verifier, and accepted code to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.records import Category, Kind, Pair, Provenance
from algorand_coder.syntax import skeleton
from algorand_coder.verify import Verifier, puya, toolchain
from tests.conftest import IN_CI

FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(scope="session")
def verifier() -> Iterator[Verifier]:
    """The real one, without a cache."""
    try:
        for project in toolchain.PROJECTS:
            toolchain.ensure(project)
        puya.ensure()
    except MissingTool as missing:
        if IN_CI:
            pytest.fail(f"CI must have the toolchain: {missing}")
        pytest.skip(str(missing))
    with Verifier(cache=None, workers=1) as found:
        yield found


def accepted(name: str) -> Pair:
    """A pair whose output is a file of ``tests/fixtures``."""
    code = (FIXTURES / name).read_text(encoding="utf-8")
    contract = name.endswith(".algo.ts")
    kind = Kind.CLIENT if not contract else Kind.LOGICSIG if "extends LogicSig" in code else Kind.CONTRACT
    return Pair(
        id=name,
        instruction=f"Write what {Path(name).stem} needs.",
        input="",
        output=code,
        strategy="patterns",
        category=Category.CONTRACTS if contract else Category.TRANSACTIONS,
        kind=kind,
        target="utils9",
        skeleton=skeleton(code),
        lineage=f"patterns/fixtures/{Path(name).stem}",
        mined=False,
        provenance=(Provenance("generated", "1", name, "MIT", "generated"),),
    )
