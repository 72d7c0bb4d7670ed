"""Level compile for TEALScript, by its own compiler, kept warm. It gives TEAL and ARC-56; assembling needs a node."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from algorand_coder.errors import MissingTool
from algorand_coder.records import Candidate, Diagnostic, Kind, Level
from algorand_coder.verify import toolchain
from algorand_coder.verify.contracts import Compiled, nothing_compiled, read_artifact
from algorand_coder.verify.judge import Done, Judgement
from algorand_coder.verify.worker import Worker, WorkerFailure

_PATIENCE = 60.0
_AVM = 10
"""What TEALScript writes programs for."""


class TealScriptJudge:
    """Holds one node process, started when the first TEALScript contract comes."""

    levels: tuple[Level, ...] = (Level.COMPILE,)

    def __init__(self, *, keep: Callable[[Candidate, Compiled], None] = lambda candidate, compiled: None) -> None:
        self._keep = keep
        self._worker: Worker | None = None
        self._folder: Path | None = None

    def applies(self, candidate: Candidate) -> bool:
        """TEALScript alone."""
        return candidate.kind == Kind.TEALSCRIPT

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """See :class:`algorand_coder.verify.judge.Judge`."""
        results = []
        for index, compiled in enumerate(map(self._settled, candidates)):
            self._keep(candidates[index], compiled)
            results.append(compiled.judgement)
            done(index, compiled.judgement)
        return results

    def compile(self, candidates: Sequence[Candidate]) -> list[Compiled]:
        """Compile all ``candidates``; outcomes in order."""
        return [self._settled(candidate) for candidate in candidates]

    def workers(self) -> list[Worker]:
        """The processes it holds now."""
        return [self._worker] if self._worker is not None else []

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close(grace=2.0)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._worker = self._folder = None

    def _settled(self, candidate: Candidate) -> Compiled:
        try:
            worker = self._ready()
        except MissingTool as error:
            return Compiled(reason=str(error))
        try:
            return self._compile(worker, candidate)
        except WorkerFailure:
            try:
                return self._compile(worker, candidate)
            except WorkerFailure as again:
                return Compiled(reason=f"the TEALScript compiler failed twice: {again}")

    def _compile(self, worker: Worker, candidate: Candidate) -> Compiled:
        started = time.monotonic()
        request = {"files": sorted(candidate.files.items())}
        found = list(worker.request("compile", request, patience=_PATIENCE))[-1]
        seconds = time.monotonic() - started
        errors = tuple(
            Diagnostic(Level.COMPILE, each["file"], each["line"], each["column"], "tealscript", each["message"])
            for each in found["errors"]
        )
        artifacts = tuple(read_artifact(each, _AVM) for each in found["artifacts"])
        if not errors and not artifacts:
            errors = (nothing_compiled(candidate),)
        return Compiled(errors=errors, artifacts=artifacts, seconds=seconds)

    def _ready(self) -> Worker:
        if self._worker is None:
            project = toolchain.ensure("tealscript")
            self._folder = Path(tempfile.mkdtemp(prefix="algorand-coder-"))
            arguments = (str(project), str(self._folder.resolve()))
            self._worker = Worker(toolchain.worker_script("tealscript"), arguments)
        return self._worker
