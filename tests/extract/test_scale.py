"""The same list of sources gives the same bytes on this machine's processes and on a Ray cluster."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rich.console import Console

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.stage import STAGE as COLLECT
from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.stage import STAGE as EXTRACT
from algorand_coder.pipeline.engine import Engine
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import run_stage

LICENCE = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
MODULE = """\
import algosdk from 'algosdk'
import {{ rate{before} }} from './module{before}'

/** What the transaction costs in module {number}. */
export function cost{number}(transaction: algosdk.Transaction): bigint {{
  const fee = transaction.fee ?? 1_000n
  if (fee > 2_000n && fee < 9_000n) {{
    return fee * rate{before}
  }}
  return fee
}}
export const rate{number} = {number}n
"""


def outputs(folder: Path, sources: Path, engine: Engine) -> list[dict[str, str]]:
    """Hashes of what collect and extract write."""
    progress = Progress(Console(quiet=True), quiet=True)
    run = folder / "run"
    collected = run_stage(COLLECT, run, CollectConfig(sources=str(sources)), seed=1, engine=engine, progress=progress)
    extracted = run_stage(EXTRACT, run, ExtractConfig(), seed=1, engine=engine, progress=progress)
    return [collected.manifest.outputs, extracted.manifest.outputs]


@pytest.mark.slow
def test_ray_writes_the_same_bytes_as_local(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray")
    entries = []
    for name in ("one", "two", "three"):
        folder = tmp_path / "sources" / name
        folder.mkdir(parents=True)
        (folder / "LICENSE").write_text(LICENCE, encoding="utf-8")
        for number in range(12):
            text = MODULE.format(number=number, before=max(0, number - 1))
            (folder / f"module{number}.ts").write_text(text, encoding="utf-8")
        entries.append({"name": name, "tier": "community", "licence": "MIT", "get": {"path": str(folder)}})
    sources = tmp_path / "sources.yaml"
    sources.write_text(yaml.safe_dump({"sources": entries}), encoding="utf-8")
    local = outputs(tmp_path / "local", sources, Engine("local", 2))
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        assert outputs(tmp_path / "ray", sources, Engine("ray")) == local
    finally:
        ray.shutdown()
    assert "units.parquet" in local[1]
