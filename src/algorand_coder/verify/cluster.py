"""Verdicts from many machines: every node of a Ray cluster judges its share with a warm verifier of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from algorand_coder.errors import UserError
from algorand_coder.pipeline import Engine
from algorand_coder.records import Candidate, Level, Verdict

if TYPE_CHECKING:
    from algorand_coder.ledger import Choice
    from algorand_coder.verify.verifier import Verifier

_SHARE = 400
"""Candidates that travel together: enough to fill a program, few enough that nodes end at about the same time."""


@dataclass(frozen=True)
class Wanted:
    """How candidates are to be judged elsewhere."""

    level: Level
    metrics: bool
    ledger: Choice
    allow_unsandboxed: bool
    remember: bool
    """Whether a node keeps its verdicts in its user's cache."""


def check(
    engine: Engine, candidates: Sequence[Candidate], wanted: Wanted, fingerprint: str, progress: Callable[[int], None]
) -> list[Verdict]:
    """Verdicts in the order of ``candidates``, the same that one machine gives.

    Raises ``UserError`` when a node has other tools than this machine, whose ``fingerprint`` that is.
    """
    # The same code is judged once, wherever its copies are.
    copies = Counter(candidate.key for candidate in candidates)
    unique = {candidate.key: candidate for candidate in candidates}
    pending = list(unique.values())
    shares = [pending[start : start + _SHARE] for start in range(0, len(pending), _SHARE)]
    found: dict[str, Verdict] = {}
    for verdicts in engine.map(partial(_judge, wanted), shares, batch=1):
        for verdict in verdicts:
            if verdict.toolchain != fingerprint:
                raise UserError(
                    "a node of the cluster judges with other tools than this machine: install the same version of "
                    "algorand-coder on all of them and run: algorand-coder doctor --fix"
                )
            found[verdict.candidate] = verdict
            progress(copies[verdict.candidate])
    return [found[candidate.key] for candidate in candidates]


def _judge(wanted: Wanted, share: Sequence[Candidate]) -> list[Verdict]:
    return _verifier(wanted).check(share)


@cache
def _verifier(wanted: Wanted) -> Verifier:
    """Warm as long as the process lives; its workers end when it does."""
    from algorand_coder.cache import cache_dir
    from algorand_coder.verify.verifier import Verifier

    return Verifier(
        level=wanted.level,
        cache=cache_dir("verdicts") if wanted.remember else None,
        # Ray starts a process a core.
        workers=1,
        metrics=wanted.metrics,
        ledger=wanted.ledger,
        allow_unsandboxed=wanted.allow_unsandboxed,
    )
