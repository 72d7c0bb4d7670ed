"""Preference pairs from repair rows: for one request the code that the verifier accepts, and code that it refuses.

A repair row shows broken code and is answered with accepted code, which is the answer of another row. That row's
request is what both are answers to. Nothing is taken on trust: both sides are judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from algorand_coder.dataset.caps import REPAIRS
from algorand_coder.generate.chat import Message
from algorand_coder.posttrain.judging import shown
from algorand_coder.posttrain.tasks import conversation
from algorand_coder.records import Candidate, Category, Kind, Level, Outcome, Pair, Provenance, Verdict, digest

Check = Callable[[Sequence[Candidate]], Sequence[Verdict]]


@dataclass(frozen=True, slots=True)
class Preference:
    """Two answers to one request, and what the verifier says of each. A row of ``preferences.parquet``."""

    id: str
    prompt: tuple[Message, ...]
    """The conversation that both answer."""
    chosen: str
    """Code that passed every level asked for."""
    rejected: str
    """Code that failed."""
    category: Category
    kind: Kind
    target: str
    side: str
    """``train`` or ``validation``, as the rows it comes from."""
    mistake: str
    """What was broken: the repair's operator."""
    chosen_passed: tuple[str, ...]
    """Levels that the chosen code passed."""
    rejected_passed: tuple[str, ...]
    rejected_at: str
    """The level that refused the other one."""
    rejected_code: str
    """Its first finding, for example ``TS2345``."""
    rejected_message: str
    toolchain: str
    """Fingerprint of the tools that judged both."""
    asked_by: str
    """Id of the row whose request it is."""
    repair: str
    """Id of the repair row."""
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True)
class Preferences:
    """Preference pairs, and how many repair rows gave none by reason."""

    pairs: list[Preference]
    left_out: dict[str, int]
    unjudged: str = ""
    """Why the first pair that could not be judged was not; empty where all were."""


@dataclass(frozen=True)
class _Draft:
    asked: Pair
    repair: Pair
    broken: str


def build(rows: Sequence[Pair], side: str, check: Check) -> Preferences:
    """The preferences that ``rows`` of one ``side`` hold, in the order of their repair rows; ``check`` judges code."""
    drafts, left_out = _drafts(rows)
    accepted = [draft.repair.candidate() for draft in drafts]
    refused = [replace_entry(draft.repair, draft.broken) for draft in drafts]
    verdicts = list(check([*accepted, *refused]))
    pairs: list[Preference] = []
    unjudged = ""
    for draft, good, bad in zip(drafts, verdicts[: len(drafts)], verdicts[len(drafts) :], strict=True):
        doubtful = next((v for v in (good, bad) if v.outcome is Outcome.UNJUDGED), None)
        if doubtful is not None:
            left_out["unjudged"] += 1
            unjudged = unjudged or (doubtful.last.reason if doubtful.last else "the verifier gave no reason")
        elif good.outcome is not Outcome.PASSED or good.deprecated:
            left_out["chosen-not-accepted"] += 1
        elif bad.outcome is not Outcome.FAILED:
            left_out["rejected-not-refused"] += 1
        else:
            pairs.append(_preference(draft, side, good, bad))
    return Preferences(pairs, dict(sorted(left_out.items())), unjudged)


def drafted(rows: Sequence[Pair]) -> dict[str, int]:
    """How many preferences ``rows`` could give, before anything is judged, and what gives none by reason."""
    drafts, left_out = _drafts(rows)
    return {"preferences": len(drafts), **dict(sorted(left_out.items()))}


def broken_code(repair: Pair) -> str:
    """The code that a repair row asks to mend; empty where its input shows none, or several pieces."""
    support = {text.strip() for text in repair.support.values()}
    found = [code for code in shown(replace(repair, instruction="", support={})) if code.strip() not in support]
    return found[0] if len(found) == 1 else ""


def replace_entry(pair: Pair, code: str) -> Candidate:
    """What the verifier sees when ``code`` stands in place of the pair's output."""
    whole = pair.candidate()
    return Candidate({**whole.files, whole.entry: code}, whole.entry, pair.kind, pair.target)


def _drafts(rows: Sequence[Pair]) -> tuple[list[_Draft], Counter[str]]:
    writing = {(row.lineage, row.output): row for row in reversed(rows) if row.strategy not in REPAIRS}
    drafts: list[_Draft] = []
    left_out: Counter[str] = Counter()
    for repair in rows:
        if repair.strategy not in REPAIRS:
            continue
        asked = writing.get((repair.lineage, repair.output))
        broken = broken_code(repair)
        if asked is None:
            left_out["request-not-in-data-set"] += 1
        elif not broken or not repair.output.strip():
            left_out["no-code"] += 1
        elif broken.split() == repair.output.split():
            left_out["both-the-same"] += 1
        else:
            drafts.append(_Draft(asked, repair, broken))
    return drafts, left_out


def _preference(draft: _Draft, side: str, good: Verdict, bad: Verdict) -> Preference:
    last = bad.levels[-1]
    first = last.diagnostics[0] if last.diagnostics else None
    return Preference(
        id=digest(["preference", draft.asked.id, draft.repair.id])[:24],
        prompt=tuple(conversation(draft.asked)),
        chosen=draft.repair.output,
        rejected=draft.broken,
        category=draft.asked.category,
        kind=draft.asked.kind,
        target=draft.asked.target,
        side=side,
        mistake=draft.repair.provenance[-1].path,
        chosen_passed=_passed(good),
        rejected_passed=_passed(bad),
        rejected_at=last.level.value,
        rejected_code=first.code if first else "",
        rejected_message=first.message if first else last.reason,
        toolchain=bad.toolchain,
        asked_by=draft.asked.id,
        repair=draft.repair.id,
        provenance=draft.repair.provenance,
    )


def _passed(verdict: Verdict) -> tuple[str, ...]:
    return tuple(level.value for level in Level if verdict.passed(level))
