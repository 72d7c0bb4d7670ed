"""What was accepted, judged once more with other versions: what fails now, grouped by the compiler's error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from algorand_coder.dataset.finished import read_data_set
from algorand_coder.errors import UserError
from algorand_coder.evaluate.problems import load_problems
from algorand_coder.evaluate.problems import sample as sample_problems
from algorand_coder.records import Candidate, Diagnostic, Kind, Level, Outcome, Verdict, digest
from algorand_coder.retarget.toolchains import Change, changes, moved, pin
from algorand_coder.verify import Verifier, toolchain

_MESSAGE = 200
_EXAMPLES = 3
Progress = Callable[[str, int], Callable[[int], None]]
"""Called with what is judged and how many; gives what is called with the number just done."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that was accepted once."""

    source: str
    """``data`` or ``benchmark``."""
    name: str
    """A row's id, or a problem's with the solution's."""
    candidate: Candidate


@dataclass(slots=True)
class Break:
    """One error that the other versions bring."""

    level: str
    code: str
    message: str
    count: int = 0
    """Subjects that have it."""
    examples: list[str] = field(default_factory=list)
    """``source name file:line`` of the first few."""


@dataclass(slots=True)
class Report:
    """What would break. Counts are of subjects."""

    changes: list[Change]
    moved: dict[str, dict[str, tuple[str, str]]]
    """Project → package → versions before and after: all that differs, what npm had to move included."""
    judged: dict[str, int]
    not_concerned: dict[str, int]
    """Judged by none of the changed projects."""
    broken: dict[str, int]
    mended: dict[str, int]
    """Refused by today's versions and accepted by the others."""
    unjudged: dict[str, int]
    """Could not be judged by the one or the other."""
    reasons: dict[str, int]
    """Why, of those."""
    breaks: list[Break]
    """By count, the most frequent first; a subject with several errors counts in each."""
    broken_names: dict[str, list[str]]
    newly_deprecated: dict[str, int]
    """Symbol → subjects that use it, where only the other versions mark it so."""

    @property
    def outcome(self) -> Outcome:
        """``FAILED`` when something breaks, ``UNJUDGED`` when nothing does as far as could be judged, or none was."""
        if any(self.broken.values()):
            return Outcome.FAILED
        return Outcome.UNJUDGED if any(self.unjudged.values()) or not any(self.judged.values()) else Outcome.PASSED


def subjects(run_folder: Path | None, rows: int, problems: int) -> list[Subject]:
    """The rows of a run's data set, and the right solutions of the benchmark's problems.

    ``rows`` and ``problems`` limit how many, always the same ones (0: all; -1: none). Raises ``UserError`` where
    the run has no data set, and where nothing is left to be judged.
    """
    found: list[Subject] = []
    if run_folder is not None and rows >= 0:
        pairs = sorted(read_data_set(run_folder).pairs, key=lambda pair: digest(pair.id))
        found += [Subject("data", pair.id, pair.candidate()) for pair in islice(pairs, rows or None)]
    if problems >= 0:
        for problem in sample_problems(load_problems(), problems):
            for solution in (problem.reference, *problem.alternatives):
                found.append(Subject("benchmark", f"{problem.id}/{solution.name}", problem.candidate(solution.code)))
    if not found:
        raise UserError("nothing to judge: give --run-dir with --rows of 0 or more, or --problems of 0 or more")
    return found


def compare(wanted: Sequence[str], given: Sequence[Subject], level: Level, workers: int, progress: Progress) -> Report:
    """Judge ``given`` with the shipped versions and with ``wanted``; nothing but the cache is written."""
    changed = changes(wanted)
    folders = pin(changed)
    concerned = [each for each in given if _projects(each.candidate, level) & folders.keys()]
    candidates = [each.candidate for each in concerned]

    def judge(what: str) -> list[Verdict]:
        with Verifier(level=level, workers=workers) as verifier:
            return verifier.check(candidates, progress=progress(what, len(candidates)))

    before = judge("with the shipped versions")
    with toolchain.standing_in(folders):
        for project in folders:
            toolchain.ensure(project)
        after = judge("with the other versions")
    return _report(changed, folders, given, concerned, before, after)


def _projects(candidate: Candidate, level: Level) -> Collection[str]:
    """The projects of the toolchain that a verdict on ``candidate`` depends on."""
    if candidate.kind == Kind.TEALSCRIPT:
        return {"tealscript"}
    found = {toolchain.TARGET_PROJECTS.get(candidate.target, "client")}
    if level.depth >= Level.COMPILE.depth and any(name.endswith(".algo.ts") for name in candidate.files):
        found.add("puya")
    return found


def _report(  # noqa: PLR0917
    changed: list[Change],
    folders: Mapping[str, Path],
    given: Sequence[Subject],
    concerned: Sequence[Subject],
    before: Sequence[Verdict],
    after: Sequence[Verdict],
) -> Report:
    broken, mended, unjudged = Counter[str](), Counter[str](), Counter[str]()
    reasons, deprecated = Counter[str](), Counter[str]()
    breaks: dict[tuple[str, str, str], Break] = {}
    names: dict[str, list[str]] = {}
    for subject, old, new in zip(concerned, before, after, strict=True):
        deprecated.update(set(new.deprecated) - set(old.deprecated))
        if Outcome.UNJUDGED in (old.outcome, new.outcome):
            unjudged[subject.source] += 1
            last = old.last if old.outcome == Outcome.UNJUDGED else new.last
            reasons[last.reason if last else "no level applies"] += 1
        elif old.outcome == Outcome.FAILED and new.outcome == Outcome.PASSED:
            mended[subject.source] += 1
        elif old.outcome == Outcome.PASSED and new.outcome == Outcome.FAILED:
            broken[subject.source] += 1
            names.setdefault(subject.source, []).append(subject.name)
            _count(breaks, subject, new.diagnostics)
    total, touched = Counter(each.source for each in given), Counter(each.source for each in concerned)
    return Report(
        changes=changed,
        moved={project: moved(project, folder) for project, folder in folders.items()},
        judged=dict(touched),
        not_concerned=dict(total - touched),
        broken=dict(broken),
        mended=dict(mended),
        unjudged=dict(unjudged),
        reasons=dict(reasons.most_common()),
        breaks=sorted(breaks.values(), key=lambda each: (-each.count, each.code, each.message)),
        broken_names={source: sorted(found) for source, found in names.items()},
        newly_deprecated=dict(sorted(deprecated.items(), key=lambda item: (-item[1], item[0]))),
    )


def _count(breaks: dict[tuple[str, str, str], Break], subject: Subject, findings: Sequence[Diagnostic]) -> None:
    seen: set[Any] = set()
    for finding in findings:
        message = finding.message.split("\n")[0][:_MESSAGE]
        key = (finding.level.value, finding.code, message)
        if key in seen:
            continue
        seen.add(key)
        found = breaks.setdefault(key, Break(*key))
        found.count += 1
        if len(found.examples) < _EXAMPLES:
            found.examples.append(f"{subject.source} {subject.name} {finding.file}:{finding.line}")
