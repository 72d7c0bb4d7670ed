"""A run folder as the report reads it: tolerant of stages that have not run and of files it cannot read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from algorand_coder.errors import UserError
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline.manifest import Manifest
from algorand_coder.records import digest

STAGES = ("collect", "extract", "refine", "instruct", "dataset", "train", "evaluate")
"""Stages in the order of the flow."""

DONE, UNFINISHED, NOT_RUN = "done", "unfinished", "not run"


@dataclass(frozen=True)
class StageState:
    """What is known of one stage."""

    name: str
    status: str
    """``done``, ``unfinished`` or ``not run``."""
    manifest: Manifest | None = None
    stale: str = ""
    """Name of an earlier stage that ran again since; empty when the stage is current."""

    @property
    def counts(self) -> dict[str, Any]:
        """Counts of the manifest, empty where the stage has not run."""
        return self.manifest.counts if self.manifest else {}

    @property
    def seconds(self) -> float | None:
        """Wall time of the stage."""
        return self.manifest.seconds if self.manifest else None


@dataclass
class RunData:
    """One run folder. ``problems`` collects what could not be read, for the report to say."""

    folder: Path
    stages: dict[str, StageState]
    problems: list[str] = field(default_factory=list)

    def rows(self, name: str) -> int | None:
        """Number of rows of a Parquet output, ``None`` where its stage is not done."""
        path = self._output(name)
        if path is None:
            return None
        try:
            return int(pq.read_metadata(path).num_rows)
        except (OSError, pa.ArrowException) as error:
            self._complain(name, error)
            return None

    def table(self, name: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
        """Rows of a Parquet output as dicts; empty where there is none or it cannot be read."""
        path = self._output(name)
        if path is None:
            return []
        try:
            found: list[dict[str, Any]] = pq.read_table(path, columns=columns).to_pylist()
        except (OSError, pa.ArrowException) as error:
            self._complain(name, error)
            return []
        return found

    def tally(self, name: str, column: str) -> dict[str, int]:
        """How often each value of ``column`` (``a.b`` for a nested field) occurs, most frequent first."""
        # A nested field comes back under its last name alone.
        counter = Counter(str(value) for row in self.table(name, [column]) for value in row.values())
        return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))

    def json(self, name: str) -> Any:
        """Contents of a JSON output, ``None`` where there is none or it cannot be read."""
        path = self._output(name)
        if path is None:
            return None
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            self._complain(name, error)
            return None

    def _output(self, name: str) -> Path | None:
        stage = name.split("/", 1)[0]
        path = self.folder / name
        return path if self.stages[stage].status == DONE and path.is_file() else None

    def _complain(self, name: str, error: Exception) -> None:
        line = f"{name} could not be read: {' '.join(str(error).split())}"
        if line not in self.problems:
            self.problems.append(line)


def read_run(folder: Path) -> RunData:
    """The state of a run folder. Raises ``UserError`` where no stage has ever run in it."""
    stages = {name: _state(folder / name, name) for name in STAGES}
    if all(stage.status == NOT_RUN for stage in stages.values()):
        raise UserError(f"{folder} holds no run: give --run-dir, or start one with 'algorand-coder run'")
    for name, stage in stages.items():
        stages[name] = _with_staleness(stage, stages)
    return RunData(folder, stages)


def _state(folder: Path, name: str) -> StageState:
    manifest = manifests.load(folder)
    if manifest is not None:
        return StageState(name, DONE, manifest)
    return StageState(name, UNFINISHED if (folder / manifests.KEY_FILE).is_file() else NOT_RUN)


def _with_staleness(stage: StageState, stages: Mapping[str, StageState]) -> StageState:
    if stage.manifest is None:
        return stage
    for name, seen in stage.manifest.inputs.items():
        source = stages.get(name)
        if source is None:
            continue
        if source.manifest is None or digest(source.manifest.outputs) != seen:
            return StageState(stage.name, stage.status, stage.manifest, name)
        if source.stale:
            return StageState(stage.name, stage.status, stage.manifest, source.stale)
    return stage
