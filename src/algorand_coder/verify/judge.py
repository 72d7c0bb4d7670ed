"""What a judge is: it settles one or more neighbouring levels for many candidates at once.

A new level (deploy, behave) is a new judge in :data:`algorand_coder.verify.levels.JUDGES`; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome
from algorand_coder.verify.worker import Worker


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge found about one candidate: its levels in order, a failed or unjudged one last."""

    levels: tuple[LevelResult, ...]
    deprecated: tuple[str, ...] = ()
    type_coverage: float | None = None

    @property
    def passed(self) -> bool:
        """Whether every level passed."""
        return all(result.outcome == Outcome.PASSED for result in self.levels)


Done = Callable[[int, Judgement], None]
"""Called with the index of a candidate and what was found about it, as soon as that is known."""


class Judge(Protocol):
    """A judge keeps its workers warm between calls; ``close`` ends them."""

    levels: tuple[Level, ...]

    def applies(self, candidate: Candidate) -> bool:
        """Whether these levels mean anything for ``candidate``."""

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """Judge ``candidates`` (which passed all earlier levels) as far as ``upto``; results in order.

        A failure of a tool is ``UNJUDGED`` with the reason, never ``FAILED``, and never an exception.
        """

    def workers(self) -> Sequence[Worker]:
        """The processes it holds now."""

    def close(self) -> None:
        """End all workers."""


def unjudged(level: Level, reason: str) -> LevelResult:
    """``level`` could not be judged, because of ``reason``."""
    return LevelResult(level, Outcome.UNJUDGED, reason=reason)


def judged(level: Level, diagnostics: Sequence[Diagnostic], seconds: float = 0.0) -> LevelResult:
    """``level`` passed when there are no ``diagnostics``, and failed otherwise."""
    ordered = tuple(sorted(diagnostics, key=lambda d: (d.file, d.line, d.column, d.code, d.message)))
    return LevelResult(level, Outcome.FAILED if ordered else Outcome.PASSED, ordered, seconds=seconds)
