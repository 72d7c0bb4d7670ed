"""``summary.json``: every figure of a run in one place; the page and the terminal show the same ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from algorand_coder.report import verdict
from algorand_coder.report.history import History, read_history
from algorand_coder.report.run_data import RunData
from algorand_coder.report.scores import Scores, parse_scores, rates_json
from algorand_coder.report.sources import read_sources

_FINGERPRINT = re.compile(r"[0-9a-f]{16,}")


def summarise(run: RunData) -> dict[str, Any]:
    """All figures of ``run``; ``None`` or empty where a stage has not run."""
    scores = scores_of(run)
    summary: dict[str, Any] = {
        "run": run.folder.resolve().name,
        "stages": {
            name: {"status": stage.status, "stale": stage.stale, "seconds": stage.seconds}
            for name, stage in run.stages.items()
        },
        "seconds": round(sum(stage.seconds or 0.0 for stage in run.stages.values()), 3),
        "sources": _sources(run),
        "source_files": run.rows("collect/files.parquet"),
        "source_files_refused": run.tally("collect/rejects.parquet", "reason"),
        "units": _kept(run, "extract", "units"),
        "refined": _kept(run, "refine", "units"),
        "pairs": _kept(run, "instruct", "pairs"),
        "dataset": _dataset(run),
        "training": _training(run),
        "evaluation": rates_json(scores),
        "versions": versions(run),
        "problems": [],
    }
    summary["verdict"] = {
        "built": verdict.built(summary),
        "measured": verdict.measured(scores),
        "caveat": verdict.caveat(scores),
    }
    summary["problems"] = list(run.problems)
    return summary


def scores_of(run: RunData) -> Scores | None:
    """The run's scores, ``None`` where nothing was measured."""
    return parse_scores(run.json("evaluate/scores.json"))


def history_of(run: RunData) -> History:
    """The run's training curves, empty where nothing was trained."""
    return read_history(run.json("train/history.json"))


def versions(run: RunData) -> dict[str, str]:
    """Every tool that any stage named, by tool; a tool that changed between stages lists all its versions.

    Fingerprints of contents, which stages also put there, are no versions and left out.
    """
    found: dict[str, list[str]] = {}
    for stage in run.stages.values():
        for tool, version in (stage.manifest.versions if stage.manifest else {}).items():
            if _FINGERPRINT.fullmatch(version):
                continue
            if version not in found.setdefault(tool, []):
                found[tool].append(version)
    return {tool: ", ".join(seen) for tool, seen in sorted(found.items())}


def _kept(run: RunData, stage: str, table: str) -> dict[str, Any]:
    return {
        "accepted": run.rows(f"{stage}/{table}.parquet"),
        "refused": run.rows(f"{stage}/rejects.parquet"),
        "refused_by_reason": run.tally(f"{stage}/rejects.parquet", "reason"),
    }


def _sources(run: RunData) -> dict[str, Any]:
    sources = read_sources(run.json("collect/sources.json"))
    by_status: dict[str, int] = {}
    for source in sources:
        by_status[source.status] = by_status.get(source.status, 0) + 1
    return {"listed": len(sources) or None, "by_status": dict(sorted(by_status.items()))}


def _dataset(run: RunData) -> Mapping[str, Any]:
    return run.stages["dataset"].counts


def _training(run: RunData) -> dict[str, Any]:
    stage = run.stages["train"]
    if stage.manifest is None:
        return {}
    config = stage.manifest.config
    kept = ("base_model", "lora_r", "lora_alpha", "learning_rate", "epochs", "max_seq_length", "quantization")
    return {**{name: config[name] for name in kept if name in config}, **stage.counts}
