"""From an answer to what it is worth: the code in it, what a compiler cannot see, and the verifier's verdict.

A reward is an invitation to get it cheaply. What the verifier's own rules refuse (directives that silence the
compiler, ``declare``, placeholders, files without code) is worth nothing, and neither is code that passes without
doing what was asked: code of the prompt handed back, names that were asked for and are missing, a stub of what was
wanted, client code without Algorand's packages, types that are ``any`` throughout. These rules catch what is cheap to
write, not everything: only a check on the ledger knows what code does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from algorand_coder.records import Candidate, Level, Outcome, Pair, Verdict, default_filename
from algorand_coder.similarity.agreement import disagreement
from algorand_coder.syntax import code_tokens
from algorand_coder.syntax.answers import extract_code
from algorand_coder.verify import Verifier

REWARDS = {Level.PARSE: 0.1, Level.TYPES: 0.3, Level.COMPILE: 0.5, Level.DEPLOY: 0.7, Level.BEHAVE: 1.0}
"""For the deepest level passed, while a deeper one failed. All that was to be judged passed: 1."""
DEPRECATED = 0.8
"""For code that passes everything by symbols that are marked as deprecated."""
LEAST_SHARE = 0.25
"""Of the known answer's tokens; what is shorter does not do the same work."""
LEAST_TYPED = 0.6
"""Share of expressions whose type is not ``any``."""
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PACKAGE = re.compile(r"""from\s+['"]((?:@algorandfoundation/|algosdk)[^'"]*)['"]""")


@dataclass(frozen=True)
class Judged:
    """One answer and everything that was found about it."""

    code: str
    outcome: Outcome
    level: Level
    """The deepest level that was looked at; ``parse`` where there was no code."""
    reason: str
    """Why it did not pass or could not be judged, short and stable; empty where it passed."""
    detail: str
    reward: float | None
    """From 0 to 1; ``None`` where it could not be judged."""

    @property
    def accepted(self) -> bool:
        """Whether it may be learnt from."""
        return self.outcome is Outcome.PASSED


def judge(verifier: Verifier, rows: Sequence[Pair], answers: Sequence[str], level: Level) -> list[Judged]:
    """Judge ``answers``, each to the request of the row beside it, up to ``level``.

    Code runs nowhere but in the verifier's sandbox, and only at level ``behave``. ``verifier`` has to measure type
    coverage (``metrics=True``).
    """
    codes = [extract_code(answer) for answer in answers]
    refused = [dodge(row, code) for row, code in zip(rows, codes, strict=True)]
    asked = [index for index, reason in enumerate(refused) if not reason]
    verdicts = verifier.check([candidate(rows[index], codes[index]) for index in asked], level)
    found = dict(zip(asked, verdicts, strict=True))
    return [
        _judged(code, found[index]) if index in found else _dodged(code, refused[index])
        for index, code in enumerate(codes)
    ]


def candidate(row: Pair, code: str) -> Candidate:
    """``code`` in the place of the row's own answer."""
    entry = row.entry or default_filename(row.kind)
    return Candidate(files={**row.support, entry: code}, entry=entry, kind=row.kind, target=row.target)


def dodge(row: Pair, code: str) -> str:
    """How ``code`` avoids the work that ``row`` asks for; empty where nothing speaks for it."""
    tokens = code_tokens(code)
    if not tokens:
        return "no-code"
    if any(tokens == code_tokens(given) for given in shown(row)):
        return "copies-the-prompt"
    if len(tokens) < LEAST_SHARE * len(code_tokens(row.output)):
        return "a-stub"
    wanted = set(_PACKAGE.findall(row.output))
    if wanted and not wanted & set(_PACKAGE.findall(code)):
        return "without-algorand"
    missing = disagreement(row.instruction, row.input, code)
    if missing is not None and disagreement(row.instruction, row.input, row.output) is None:
        return missing.reason
    return ""


def shown(row: Pair) -> list[str]:
    """All code that the request shows."""
    return [*_FENCED.findall(row.input), *_FENCED.findall(row.instruction), *row.support.values()]


def reward(verdict: Verdict) -> float | None:
    """What ``verdict`` is worth, 0 to 1; ``None`` where something could not be judged."""
    last = verdict.last
    if last is None or verdict.outcome is Outcome.UNJUDGED:
        return None
    if verdict.outcome is Outcome.PASSED:
        return DEPRECATED if verdict.deprecated else 1.0
    if any(finding.code.startswith("hygiene/") for finding in verdict.diagnostics):
        return 0.0
    return max((REWARDS[result.level] for result in verdict.levels if result.outcome is Outcome.PASSED), default=0.0)


def _judged(code: str, verdict: Verdict) -> Judged:
    last = verdict.last
    level = last.level if last else Level.PARSE
    if last is None or verdict.outcome is Outcome.UNJUDGED:
        return Judged(code, Outcome.UNJUDGED, level, f"unjudged/{level}", last.reason if last else "", None)
    if verdict.outcome is Outcome.FAILED:
        first = last.diagnostics[0] if last.diagnostics else None
        reason = f"{level}/{first.code}" if first else f"{level}/unknown"
        return Judged(code, Outcome.FAILED, level, reason, first.message if first else last.reason, reward(verdict))
    if verdict.type_coverage is not None and verdict.type_coverage < LEAST_TYPED:
        detail = f"{verdict.type_coverage:.0%} of the expressions have a type"
        return Judged(code, Outcome.FAILED, level, "dodge/any", detail, 0.0)
    if verdict.deprecated:
        return Judged(code, Outcome.FAILED, level, "deprecated-api", ", ".join(verdict.deprecated), reward(verdict))
    return Judged(code, Outcome.PASSED, level, "", "", 1.0)


def _dodged(code: str, reason: str) -> Judged:
    return Judged(code, Outcome.FAILED, Level.PARSE, f"dodge/{reason}", "", 0.0)
