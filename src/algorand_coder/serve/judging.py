"""The verifier for many clients at once: whatever waits when it becomes free is judged together.

Contracts and client code have a verifier each, so that a snippet never waits for the contract compiler.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from algorand_coder.records import CONTRACT_KINDS, Candidate, Kind, Level, LevelResult, Outcome, Verdict

_LARGEST_BATCH = 64
_CONTRACT = """\
import { Contract } from '@algorandfoundation/algorand-typescript'

export class Nothing extends Contract {
  nothing(): void {}
}
"""


class Judge(Protocol):
    """What a lane asks: the verifier, or a stand-in."""

    def check(self, candidates: Sequence[Candidate], level: Level | None = None) -> list[Verdict]:
        """Verdicts in order."""
        ...

    def close(self) -> None:
        """End all workers."""


def verifier(workers: int = 1) -> Judge:
    """The real one. Imported when the first verdict is wanted."""
    from algorand_coder.verify import Verifier

    return Verifier(workers=workers)


class Judging:
    """``make`` gives a judge, ``patience`` is how long a verdict may take in seconds."""

    def __init__(self, make: Callable[[], Judge] = verifier, patience: float = 120.0) -> None:
        self._patience = patience
        self._lanes = {True: _Lane(make), False: _Lane(make)}

    async def check(self, candidate: Candidate, level: Level) -> Verdict:
        """The verdict on ``candidate``; ``UNJUDGED`` with the reason when the judge fails or takes too long."""
        lane = self._lanes[candidate.kind in CONTRACT_KINDS]
        try:
            async with asyncio.timeout(self._patience):
                return await lane.ask(candidate, level)
        except TimeoutError:
            return unjudged(candidate, level, f"the verifier did not answer within {self._patience:.0f} s")

    async def warm(self) -> None:
        """Start the compilers by asking for two easy verdicts."""
        easy = [(Kind.CLIENT, "export const one = 1\n"), (Kind.CONTRACT, _CONTRACT)]
        await asyncio.gather(*(self.check(Candidate.single(code, kind), Level.COMPILE) for kind, code in easy))

    async def stop(self) -> None:
        """End the judges; a batch that is being judged is finished first."""
        await asyncio.gather(*(lane.stop() for lane in self._lanes.values()))


def unjudged(candidate: Candidate, level: Level, reason: str) -> Verdict:
    """A verdict that says only that there is none."""
    return Verdict(candidate.key, (LevelResult(level, Outcome.UNJUDGED, reason=reason),))


@dataclass
class _Question:
    candidate: Candidate
    level: Level
    answer: asyncio.Future[Verdict]


class _Lane:
    def __init__(self, make: Callable[[], Judge]) -> None:
        self._make = make
        self._judge: Judge | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self._waiting: list[_Question] = []
        self._work: asyncio.Task[None] | None = None

    async def ask(self, candidate: Candidate, level: Level) -> Verdict:
        question = _Question(candidate, level, asyncio.get_running_loop().create_future())
        self._waiting.append(question)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._run())
        try:
            return await question.answer
        finally:
            if question in self._waiting:
                self._waiting.remove(question)

    async def stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        # In the lane's own thread, after whatever it is doing.
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            level = self._waiting[0].level
            batch = [question for question in self._waiting if question.level == level][:_LARGEST_BATCH]
            self._waiting = [question for question in self._waiting if question not in batch]
            candidates = [question.candidate for question in batch]
            try:
                verdicts = await loop.run_in_executor(self._thread, self._check, candidates, level)
            except Exception:
                logging.getLogger(__name__).exception("the verifier failed")
                verdicts = [unjudged(candidate, level, "the verifier failed") for candidate in candidates]
            for question, verdict in zip(batch, verdicts, strict=True):
                if not question.answer.done():
                    question.answer.set_result(verdict)

    def _check(self, candidates: list[Candidate], level: Level) -> list[Verdict]:
        if self._judge is None:
            self._judge = self._make()
        return self._judge.check(candidates, level)

    def _close(self) -> None:
        if self._judge is not None:
            self._judge.close()
            self._judge = None
