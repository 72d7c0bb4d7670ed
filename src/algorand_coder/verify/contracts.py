"""Level compile for Algorand TypeScript: puya-ts and puya kept warm, many contracts in one program.

One bad contract leaves a program without any output, so the contracts that errors name are taken out and the rest
compiled again; where an error names nobody, the batch is halved until it is clear who fails.
"""

from __future__ import annotations

import base64
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from algorand_coder.errors import MissingTool
from algorand_coder.records import Candidate, Diagnostic, Kind, Level
from algorand_coder.verify import puya, toolchain
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.hygiene import is_contract_file
from algorand_coder.verify.judge import Done, Judgement, judged, unjudged
from algorand_coder.verify.worker import Worker, WorkerFailure, WorkerUnavailable, side_by_side

_BATCH = 40
_PATIENCE, _PATIENCE_EACH = 20.0, 2.5
"""Seconds for one program and for each contract in it; a contract takes below one on a machine at rest."""
_PATIENCE_START = 300.0
"""Seconds for starting, which may mean a download."""
AVM_VERSIONS = (10, 11, 12, 13)
"""AVM 10 first: it runs everywhere, the embedded ledger included. A later one only for code that asks for it."""
_NEEDS_AVM = re.compile(r"requires a min AVM version of (\d+) but the target")
_NEEDS_TEMPLATE = re.compile(r"^template variable not defined")


@dataclass(frozen=True, slots=True)
class _Mode:
    """How a program is compiled. Without values for its template variables a contract has TEAL but no bytecode."""

    avm: int = AVM_VERSIONS[0]
    bytecode: bool = True


@dataclass(frozen=True, slots=True)
class Compiled:
    """Outcome of compiling one candidate: errors, or a reason why there is no outcome, or artefacts."""

    errors: tuple[Diagnostic, ...] = ()
    reason: str = ""
    artifacts: tuple[ContractArtifact, ...] = ()
    seconds: float = 0.0

    @property
    def judgement(self) -> Judgement:
        """The level's result."""
        if self.reason:
            return Judgement((unjudged(Level.COMPILE, self.reason),))
        return Judgement((judged(Level.COMPILE, self.errors, self.seconds),))


Keep = Callable[[Candidate, Compiled], None]


class ContractJudge:
    """Holds ``workers`` pairs of node and puya, each started when there is work for it."""

    levels: tuple[Level, ...] = (Level.COMPILE,)

    def __init__(self, *, workers: int = 1, keep: Keep = lambda candidate, compiled: None) -> None:
        self._benches = [_Bench() for _ in range(max(1, workers))]
        self._keep = keep

    def applies(self, candidate: Candidate) -> bool:
        """Whatever its kind: code that brings ``*.algo.ts`` files brings contracts."""
        return candidate.kind != Kind.TEALSCRIPT and any(map(is_contract_file, candidate.files))

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """See :class:`algorand_coder.verify.judge.Judge`."""
        for index, compiled in enumerate(compilations := self.compile(candidates, done)):
            self._keep(candidates[index], compiled)
        return [compiled.judgement for compiled in compilations]

    def compile(self, candidates: Sequence[Candidate], done: Done = lambda index, found: None) -> list[Compiled]:
        """Compile all ``candidates``; outcomes in order."""
        size = max(1, min(_BATCH, -(-len(candidates) // len(self._benches))))
        chunks = [range(start, min(start + size, len(candidates))) for start in range(0, len(candidates), size)]
        results: dict[int, Compiled] = {}

        def work(bench: _Bench, chunk: Iterable[int]) -> None:
            for index, compiled in bench.compile({index: candidates[index] for index in chunk}):
                results[index] = compiled
                done(index, compiled.judgement)

        side_by_side(self._benches, chunks, work, self._abandon)
        return [results[index] for index in range(len(candidates))]

    def workers(self) -> list[Worker]:
        """The processes it holds now."""
        return [bench.worker for bench in self._benches if bench.worker is not None]

    def close(self) -> None:
        """End all workers."""
        for bench in self._benches:
            bench.close()

    def _abandon(self) -> None:
        for worker in self.workers():
            worker.stop()
        self.close()
        self._benches = [_Bench() for _ in self._benches]


class _Bench:
    """One warm worker with its work folder."""

    def __init__(self) -> None:
        self.worker: Worker | None = None
        self._folder: Path | None = None
        self._broken = ""

    def compile(self, candidates: Mapping[int, Candidate]) -> Iterable[tuple[int, Compiled]]:
        try:
            worker = self._ready()
        except MissingTool as error:
            return [(index, Compiled(reason=str(error))) for index in candidates]
        run = _Run(worker, candidates)
        run.settle(set(candidates), _Mode())
        return run.results.items()

    def close(self) -> None:
        if self.worker is not None:
            self.worker.close(grace=2.0)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self.worker = self._folder = None

    def _ready(self) -> Worker:
        if self._broken:
            raise MissingTool(self._broken)
        if self.worker is None:
            project = toolchain.ensure("puya")
            path, trouble = _puya()
            self._folder = Path(tempfile.mkdtemp(prefix="algorand-coder-"))
            arguments = (str(project), str(self._folder.resolve()), path)
            worker = Worker(toolchain.worker_script("contracts"), arguments)
            try:
                _start(worker)
            except WorkerFailure as failure:
                mend = "then run: algorand-coder doctor --fix"
                self._broken = f"{trouble}, {mend} ({failure})" if trouble else f"puya does not start ({failure})"
                self.close()
                raise MissingTool(self._broken) from None
            self.worker = worker
        return self.worker


def _start(worker: Worker) -> None:
    try:
        list(worker.request("start", {}, patience=_PATIENCE_START))
    except WorkerFailure:
        list(worker.request("start", {}, patience=_PATIENCE_START))


def _puya() -> tuple[str, str]:
    """Path of puya and no trouble; or no path, so that puya-ts downloads its own build, and why."""
    try:
        return str(puya.ensure()), ""
    except MissingTool as error:
        toolchain.say(f"{error}; letting puya-ts download its own build")
        return "", str(error)


class _Run:
    """Settles the candidates of one batch."""

    def __init__(self, worker: Worker, candidates: Mapping[int, Candidate]) -> None:
        self._worker, self._candidates = worker, candidates
        self.results: dict[int, Compiled] = {}

    def settle(self, members: set[int], mode: _Mode) -> None:
        """Reach an outcome for every one of ``members``."""
        while members:
            order = sorted(members)
            started = time.monotonic()
            try:
                errors, stray, artifacts = self._ask(order, mode)
            except WorkerUnavailable as failure:
                self.results.update({index: Compiled(reason=f"the contract compiler: {failure}") for index in order})
                return
            except WorkerFailure:
                self._split_or_give_up(order, mode)
                return
            seconds = (time.monotonic() - started) / len(order)
            if not stray and not errors:
                for index in order:
                    self.results[index] = self._finished(index, artifacts[index], mode, seconds)
                return
            named = set(errors)
            if not named and len(order) > 1:
                for half in (order[: len(order) // 2], order[len(order) // 2 :]):
                    self.settle(set(half), mode)
                return
            for index in named or members:
                # What names nobody can only be blamed on somebody who is alone.
                self._failed(index, errors.get(index, []), stray if len(order) == 1 else [], mode, seconds)
            members = members - named if named else set()

    def _ask(self, order: list[int], mode: _Mode) -> tuple[dict[int, list[Any]], list[Any], dict[int, list[Any]]]:
        errors: dict[int, list[Any]] = {}
        stray: list[Any] = []
        artifacts: dict[int, list[Any]] = {}
        files = [sorted(self._candidates[index].files.items()) for index in order]
        request = {"candidates": files, "avm": mode.avm, "bytecode": mode.bytecode}
        for item in self._worker.request("compile", request, patience=_PATIENCE + _PATIENCE_EACH * len(order)):
            if "stray" in item:
                stray = item["stray"]
                continue
            index = order[item["index"]]
            artifacts[index] = item["artifacts"]
            if item["errors"]:
                errors[index] = item["errors"]
        return errors, stray, artifacts

    def _split_or_give_up(self, order: list[int], mode: _Mode) -> None:
        if len(order) > 1:
            for half in (order[: len(order) // 2], order[len(order) // 2 :]):
                self.settle(set(half), mode)
            return
        try:
            # Once more: whatever ended the worker may have had nothing to do with this code.
            errors, stray, artifacts = self._ask(order, mode)
        except WorkerFailure as again:
            self.results[order[0]] = Compiled(reason=f"the contract compiler failed twice: {again}")
            return
        if errors or stray:
            self._failed(order[0], errors.get(order[0], []), stray, mode, 0.0)
        else:
            self.results[order[0]] = self._finished(order[0], artifacts[order[0]], mode, 0.0)

    def _failed(self, index: int, errors: list[Any], stray: list[Any], mode: _Mode, seconds: float) -> None:
        messages = [each["message"] for each in errors]
        newer = [int(match[1]) for text in messages if (match := _NEEDS_AVM.search(text))]
        if newer and mode.avm < max(newer) <= AVM_VERSIONS[-1]:
            self.settle({index}, replace(mode, avm=max(newer)))
        elif mode.bytecode and all(map(_NEEDS_TEMPLATE.search, messages)) and messages and not stray:
            self.settle({index}, replace(mode, bytecode=False))
        elif any(each["internal"] for each in (*errors, *stray)):
            broken = next(each["message"] for each in (*errors, *stray) if each["internal"])
            self.results[index] = Compiled(reason=f"the contract compiler broke: {broken}", seconds=seconds)
        else:
            entry = self._candidates[index].entry
            found = [
                Diagnostic(
                    Level.COMPILE,
                    each.get("file") or entry,
                    each.get("line", 0),
                    each.get("column", 0),
                    "puya",
                    each["message"],
                )
                for each in (errors or stray)
            ]
            self.results[index] = Compiled(errors=tuple(dict.fromkeys(found)), seconds=seconds)

    def _finished(self, index: int, found: list[Any], mode: _Mode, seconds: float) -> Compiled:
        artifacts = tuple(read_artifact(each, mode.avm) for each in found)
        candidate = self._candidates[index]
        if not artifacts and candidate.kind in {Kind.CONTRACT, Kind.LOGICSIG}:
            return Compiled(errors=(nothing_compiled(candidate),), seconds=seconds)
        return Compiled(artifacts=artifacts, seconds=seconds)


def nothing_compiled(candidate: Candidate) -> Diagnostic:
    """The finding about contract code that compiles to nothing."""
    missing = "nothing to compile: no class extends Contract or LogicSig, or all that do are abstract"
    return Diagnostic(Level.COMPILE, candidate.entry, 0, 0, "compile/nothing", missing)


def read_artifact(found: dict[str, Any], avm: int) -> ContractArtifact:
    """What a worker gave back of one contract."""
    parts = {suffix: base64.b64decode(content) for suffix, content in found["parts"]}

    def text(suffix: str) -> str:
        return parts.get(suffix, b"").decode("utf-8")

    if "approval.teal" not in parts:
        return ContractArtifact(found["name"], found["file"], avm, text("teal"), parts.get("bin", b""))
    return ContractArtifact(
        name=found["name"],
        file=found["file"],
        avm_version=avm,
        approval_teal=text("approval.teal"),
        approval=parts.get("approval.bin", b""),
        clear_teal=text("clear.teal"),
        clear=parts.get("clear.bin", b""),
        arc56=text("arc56.json"),
    )
