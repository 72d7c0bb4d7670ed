"""Units written by hand."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.pipeline import write_table
from algorand_coder.records import Kind, Metrics, Provenance, SourceFile, Unit, digest
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.filters import Subject, reasons
from algorand_coder.verify import toolchain


@pytest.fixture
def require_types(require_tool: Callable[..., str]) -> Callable[[], None]:
    """Skips where TypeScript cannot be had (fails in CI)."""

    def require() -> None:
        try:
            found = str(toolchain.ensure("client"))
        except MissingTool:
            found = ""
        require_tool("the TypeScript toolchain", found)

    return require


CODE = """export async function pay(algorand: AlgorandClient, sender: string, receiver: string) {
  const amount = (1).algo()
  const note = `paid by ${sender}`
  const result = await algorand.send.payment({ sender, receiver, amount, note })
  if (result.confirmation.confirmedRound === undefined) {
    throw new Error('the payment was not confirmed')
  }
  console.log(`confirmed in round ${result.confirmation.confirmedRound}`)
  return result.txIds[0]
}
"""
METRICS = Metrics(lines=10, complexity=2, comment_ratio=0.2, max_line_chars=88, has_parse_error=False)
PLACE = Provenance(
    source="shop", revision="shop@1.0.0", path="src/pay.ts", licence="MIT", tier="community", start_line=3, end_line=12
)


def unit(code: str = CODE, place: Mapping[str, Any] | None = None, **changes: Any) -> Unit:
    """A unit that every filter keeps, changed; ``metrics`` may name single measures."""
    metrics = dataclasses.replace(METRICS, **changes.pop("metrics", {}))
    provenance = dataclasses.replace(PLACE, **(place or {}))
    fields: dict[str, Any] = {
        "unit_kind": "function",
        "name": "pay",
        "doc": "Pays one Algo.",
        "imports": "import { AlgorandClient } from '@algorandfoundation/algokit-utils'",
        "context": "",
        "kind": Kind.CLIENT,
        "target": "utils9",
        "skeleton": digest(code),
        **changes,
    }
    identity = digest([provenance.source, provenance.path, provenance.start_line, code])[:24]
    return Unit(id=identity, code=code, metrics=metrics, provenance=provenance, **fields)


def against(subject: Unit, package: str = "", **config: Any) -> list[str]:
    """The reasons that speak against a unit."""
    return [reason for reason, _ in reasons(Subject(subject, package), RefineConfig(**config))]


def write_inputs(run_folder: Path, units: list[Unit], sources: list[dict[str, Any]] | None = None) -> None:
    """Finished collect and extract stages with these units."""
    known = sources or [{"name": unit.provenance.source} for unit in units]
    entries = [{"packages": {}, "target": "", **entry} for entry in known]
    for stage in ("collect", "extract"):
        folder = run_folder / stage
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").write_text(
            json.dumps(
                {
                    "stage": stage,
                    "key": "",
                    "inputs": {},
                    "config": {},
                    "versions": {},
                    "outputs": {"all": digest([repr(unit) for unit in units] + entries)},
                    "counts": {},
                    "started": "",
                    "seconds": 0,
                }
            )
        )
    (run_folder / "collect" / "sources.json").write_text(json.dumps(entries))
    places = sorted({(unit.provenance.source, unit.provenance.path): unit for unit in units}.items())
    files = [SourceFile(digest(place), "", "ts", unit.provenance) for place, unit in places]
    write_table(run_folder / "collect" / "files.parquet", SourceFile, files)
    write_table(run_folder / "extract" / "units.parquet", Unit, units)
