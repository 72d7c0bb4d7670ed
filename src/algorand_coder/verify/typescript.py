"""Levels parse and types: hygiene, syntax and types of thousands of candidates in few TypeScript programs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from algorand_coder.errors import MissingTool
from algorand_coder.records import Candidate, Diagnostic, Kind, Level
from algorand_coder.verify import hygiene, toolchain
from algorand_coder.verify.judge import Done, Judgement, judged, unjudged
from algorand_coder.verify.worker import Worker, WorkerFailure, WorkerUnavailable, side_by_side

_BATCH = 1_000
_BATCH_CHARACTERS = 2_000_000
"""Of one program; a bigger one is no faster a piece and only needs more memory."""
_SIDE_BY_SIDE = 2
"""Programs at a time at most: each takes up to a gigabyte."""
_PATIENCE = 120.0
"""Seconds of silence after which a batch is taken to hang."""
_PATIENCE_ALONE = 30.0
"""The same while candidates are looked at one by one."""

_PART = 100
_HOPELESS = 30
"""Failures one after another that mean that the tool is broken, and not the code."""

_OPTIONS: dict[str, dict[str, Any]] = {
    "client": {"types": ["node"]},
    "client10": {"types": ["node"]},
    "tealscript": {"types": [], "experimentalDecorators": True},
}

_Bench = dict[str, Worker]
"""The worker of each project that one thread asks."""
_Found = dict[str, Any] | str
"""What the worker found, or why it could not look."""


class TypeScriptJudge:
    """Holds TypeScript workers: one a project, and as many again when there is work for ``workers`` side by side."""

    levels: tuple[Level, ...] = (Level.PARSE, Level.TYPES)

    def __init__(self, *, workers: int = 1, metrics: bool = False) -> None:
        self._metrics = metrics
        self._benches: list[_Bench] = [{} for _ in range(max(1, min(workers, _SIDE_BY_SIDE)))]

    def applies(self, candidate: Candidate) -> bool:
        """Every kind of code has syntax and types."""
        return True

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """See :class:`algorand_coder.verify.judge.Judge`."""
        results: dict[int, Judgement] = {}
        by_project: dict[str, list[int]] = {}
        for index, candidate in enumerate(candidates):
            target = toolchain.TARGET_PROJECTS.get(candidate.target)
            project = "tealscript" if candidate.kind == Kind.TEALSCRIPT else target
            if project is None:
                known = ", ".join(toolchain.TARGET_PROJECTS)
                reason = f"unknown target {candidate.target!r}; known: {known}"
                results[index] = Judgement((unjudged(Level.PARSE, reason),))
            elif broken := hygiene.check(candidate):
                results[index] = Judgement((judged(Level.PARSE, broken),))
            else:
                by_project.setdefault(project, []).append(index)
                continue
            done(index, results[index])

        def work(bench: _Bench, share: tuple[str, list[int]]) -> None:
            project, batch = share
            clock = time.monotonic()
            for slot, found in self._batch(bench, project, [candidates[index] for index in batch], upto):
                index = batch[slot]
                results[index] = _judgement(found, upto, (time.monotonic() - clock) / len(batch))
                done(index, results[index])

        shares = [
            (project, batch) for project, members in by_project.items() for batch in _batches(candidates, members)
        ]
        side_by_side(self._benches, shares, work, self._abandon)
        return [results[index] for index in range(len(candidates))]

    def workers(self) -> list[Worker]:
        """The processes it holds now."""
        return [worker for bench in self._benches for worker in list(bench.values())]

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers():
            worker.close(grace=2.0)
        self._benches = [{} for _ in self._benches]

    def _abandon(self) -> None:
        for worker in self.workers():
            worker.stop()
        self.close()

    def _batch(self, bench: _Bench, project: str, batch: list[Candidate], upto: Level) -> Iterator[tuple[int, _Found]]:
        """What is found about each of ``batch``, by position, whatever becomes of the worker."""
        try:
            worker = _worker(bench, project)
        except MissingTool as error:
            yield from ((slot, str(error)) for slot in range(len(batch)))
            return
        ask = _Ask(worker, batch, upto, self._metrics)
        left = set(range(len(batch)))
        try:
            for slot, found in ask(left, careful=False):
                left.discard(slot)
                yield slot, found
        except WorkerUnavailable as failure:
            yield from ((slot, f"the type checker: {failure}") for slot in sorted(left))
        except WorkerFailure:
            yield from _in_parts(ask, left)


def _worker(bench: _Bench, project: str) -> Worker:
    if project not in bench:
        arguments = (str(toolchain.ensure(project)), json.dumps(_OPTIONS[project]))
        bench[project] = Worker(toolchain.worker_script("types"), arguments)
    return bench[project]


class _Ask:
    """One question to a worker about some of a batch."""

    def __init__(self, worker: Worker, batch: list[Candidate], upto: Level, metrics: bool) -> None:
        self._worker, self._batch = worker, batch
        self._wanted = {
            "types": upto != Level.PARSE,
            "deprecations": upto != Level.PARSE,
            "coverage": metrics and upto != Level.PARSE,
        }

    def __call__(self, slots: set[int], *, careful: bool) -> Iterator[tuple[int, dict[str, Any]]]:
        order = sorted(slots)
        files = [sorted(self._batch[slot].files.items()) for slot in order]
        patience = _PATIENCE_ALONE if careful else _PATIENCE
        request = {"candidates": files, "careful": careful, **self._wanted}
        for item in self._worker.request("check", request, patience=patience):
            yield order[item["index"]], item


def _in_parts(ask: _Ask, left: set[int]) -> Iterator[tuple[int, _Found]]:
    """As :func:`_one_by_one`, in programs small enough that starting again costs little."""
    order, in_a_row = sorted(left), 0
    for start in range(0, len(order), _PART):
        for slot, found in _one_by_one(ask, set(order[start : start + _PART])):
            left.discard(slot)
            in_a_row = in_a_row + 1 if isinstance(found, str) else 0
            yield slot, found
            if isinstance(found, str) and in_a_row >= _HOPELESS:
                yield from ((other, found) for other in sorted(left))
                return


def _one_by_one(ask: _Ask, left: set[int]) -> Iterator[tuple[int, _Found]]:
    """Find who breaks the worker and judge the rest: whoever was looked at when it broke is asked once more, alone."""
    while left:
        suspect: int | None = None
        try:
            for slot, found in ask(left, careful=True):
                suspect = slot
                if not found.get("started"):
                    left.discard(slot)
                    suspect = None
                    yield slot, found
            return
        except WorkerUnavailable as failure:
            yield from ((slot, f"the type checker: {failure}") for slot in sorted(left))
            return
        except WorkerFailure:
            if suspect is None and len(left) > 1:
                # It broke before it looked at anyone: somewhere in here is code that cannot even be loaded.
                order = sorted(left)
                yield from _one_by_one(ask, set(order[: len(order) // 2]))
                yield from _one_by_one(ask, set(order[len(order) // 2 :]))
                return
            alone = suspect if suspect is not None else next(iter(left))
            left.discard(alone)
            yield alone, _alone(ask, alone)


def _alone(ask: _Ask, slot: int) -> _Found:
    try:
        return [found for _, found in ask({slot}, careful=True)][-1]
    except WorkerFailure as failure:
        return f"the type checker failed on this code twice: {failure}"


def _judgement(found: _Found, upto: Level, seconds: float) -> Judgement:
    if isinstance(found, str):
        return Judgement((unjudged(Level.PARSE, found),))
    syntax = judged(Level.PARSE, [_diagnostic(Level.PARSE, each) for each in found["syntactic"]], seconds)
    if syntax.diagnostics or upto == Level.PARSE:
        return Judgement((syntax,))
    types = judged(Level.TYPES, [_diagnostic(Level.TYPES, each) for each in found["semantic"]], seconds)
    deprecated = tuple(sorted({each["source"] for each in found["deprecated"]}))
    typed, counted = found.get("coverage") or (0, None)
    coverage = None if counted is None else 1.0 if counted == 0 else typed / counted
    return Judgement((syntax, types), deprecated, coverage)


def _diagnostic(level: Level, found: dict[str, Any]) -> Diagnostic:
    return Diagnostic(level, found["file"], found["line"], found["column"], found["code"], found["message"])


def _batches(candidates: Sequence[Candidate], members: list[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    characters = 0
    for index in members:
        size = sum(map(len, candidates[index].files.values()))
        if batch and (len(batch) >= _BATCH or characters + size > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(index)
        characters += size
    if batch:
        yield batch
