"""The benchmark's problems: a folder each, read into records that say what is asked and how an answer is judged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from algorand_coder.errors import UserError, nearest
from algorand_coder.pipeline.config import Section, parse
from algorand_coder.records import CONTRACT_KINDS, Candidate, Category, Kind, Level, default_filename, digest
from algorand_coder.similarity.evaluation_sets import BENCHMARK, CANARY, reserved_families

HARNESS = "harness.ts"
CHECK = "check.ts"
"""Drives an answer on a ledger and asserts what happened there; see ``verify.behave``."""
EQUIVALENT = "equivalent.yaml"
"""Changes to references that make no difference; see ``mutants``."""
EXPECT = "expect.ts"
"""Types shared by all harnesses; lies beside the problems and is judged with every candidate."""

_CANARY = re.compile(f"algorand-coder-benchmark canary {CANARY}")
_HEADER = re.compile(r"^//\s*(fails-at|why):\s*(.+?)\s*$", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+(?:async\s+)?(?:function|class|const|type|interface)\s+(\w+)", re.MULTILINE)


class ProblemFile(Section):
    """``problem.yaml``."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)
    title: str = Field(min_length=1)
    category: Category
    difficulty: Literal["easy", "medium", "hard"]
    kind: Kind
    target: Literal["utils9"]
    family: str = Field(min_length=1)
    """What the problem is an instance of; families in ``reserved_families.yaml`` are unseen by training."""
    statement: str = Field(min_length=40)
    terse: str = Field(min_length=20)
    interface: str = Field(min_length=10)
    """What a candidate must export, in TypeScript; part of every prompt, enforced by the harness."""
    context: tuple[str, ...] = ()
    """Files under ``context/`` that the model is shown and may import."""


@dataclass(frozen=True)
class Solution:
    """Code that is known to be right or wrong."""

    name: str
    code: str
    fails_at: Level | None = None
    """For a wrong solution, the level that must turn it down."""
    why: str = ""


@dataclass(frozen=True)
class Problem:
    """One problem with everything that its folder holds."""

    header: ProblemFile
    reference: Solution
    alternatives: tuple[Solution, ...]
    """Other correct solutions, from ``correct/``."""
    wrong: tuple[Solution, ...]
    harness: Mapping[str, str]
    """Files judged beside the answer: the harness, its types, the check, the given context."""
    context: Mapping[str, str]
    """The context as the model is shown it."""
    seen: bool
    """Whether training may hold pairs of the same family."""

    @property
    def id(self) -> str:
        """Name of the folder."""
        return self.header.id

    @property
    def is_contract(self) -> bool:
        """Whether an answer is a contract and has to compile."""
        return self.header.kind in CONTRACT_KINDS

    @property
    def deepest_level(self) -> Level:
        """How far an answer is judged."""
        return Level.BEHAVE

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that an answer has to pass, shallow to deep."""
        skipped = set() if self.is_contract else {Level.COMPILE, Level.DEPLOY}
        if self.header.kind == Kind.LOGICSIG:
            skipped.add(Level.DEPLOY)
        return tuple(level for level in Level if level not in skipped)

    @property
    def exports(self) -> tuple[str, ...]:
        """Names that the interface asks for."""
        return tuple(_EXPORT.findall(self.header.interface))

    def candidate(self, code: str) -> Candidate:
        """``code`` as an answer, with the files it is judged with."""
        entry = default_filename(self.header.kind)
        return Candidate({**self.harness, entry: code}, entry, self.header.kind, self.header.target, CHECK)


def load_problems(folder: Path = BENCHMARK, only: Sequence[str] = ()) -> list[Problem]:
    """All problems under ``folder``, or those named by ``only``, ordered by id.

    Raises ``UserError`` with one line for an unknown id and for anything missing or malformed in a folder.
    """
    known = sorted(path.parent.name for path in folder.glob("*/problem.yaml"))
    for name in only:
        if name not in known:
            raise UserError(
                f"no problem {name!r} in the benchmark{nearest(name, known)}; see algorand-coder bench list"
            )
    reserved = reserved_families()
    return [_load(folder / name, reserved) for name in known if not only or name in only]


def sample(problems: Sequence[Problem], most: int) -> list[Problem]:
    """At most ``most`` problems (0: all), the categories in turn, in the order of a hash of their ids."""
    if not most or most >= len(problems):
        return list(problems)
    ordered = sorted(problems, key=lambda problem: digest(problem.id))
    columns = [[p for p in ordered if p.header.category == category] for category in Category]
    turns = (problem for turn in zip_longest(*columns) for problem in turn if problem is not None)
    return sorted(islice(turns, most), key=lambda problem: problem.id)


def load_problem(name: str, folder: Path = BENCHMARK) -> Problem:
    """One problem by its id."""
    return load_problems(folder, [name])[0]


def fingerprint(folder: Path = BENCHMARK) -> str:
    """Hash of the benchmark's files and of what counts as unseen: equal means the same questions, judged alike."""
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in {".ts", ".yaml"} and p.name != EQUIVALENT]
    files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}
    return digest([files, sorted(reserved_families())])


def without_comments_for_us(code: str) -> str:
    """``code`` without the canary and the header lines that are no business of a model."""
    lines = code.split("\n")
    return "\n".join(line for line in lines if not _CANARY.search(line) and not _HEADER.match(line))


def has_canary(text: str) -> bool:
    """Whether ``text`` carries the string that marks the benchmark's files."""
    return _CANARY.search(text) is not None


def _load(folder: Path, reserved: frozenset[str]) -> Problem:
    header = _header(folder / "problem.yaml")
    if header.id != folder.name:
        raise UserError(f"{folder / 'problem.yaml'}: id {header.id!r} is not the name of its folder")
    suffix = ".algo.ts" if header.kind in CONTRACT_KINDS else ".ts"
    context = {name: _read(folder / "context" / name) for name in header.context}
    own = {EXPECT: _read(folder.parent / EXPECT), HARNESS: _read(folder / HARNESS), CHECK: _read(folder / CHECK)}
    harness = {**own, **context}
    if default_filename(header.kind) in harness or len(harness) != len(context) + len(own):
        raise UserError(f"{folder}: a context file takes the name of the answer or of the harness")
    wrong = tuple(_solution(path, folder, suffix) for path in sorted((folder / "wrong").glob("*.ts")))
    for solution in wrong:
        if solution.fails_at is None or not solution.why:
            raise UserError(
                f"{folder.name}/{solution.name}: a wrong solution needs '// fails-at: LEVEL' and '// why: …'"
            )
    return Problem(
        header=header,
        reference=_solution(folder / f"reference{suffix}", folder, suffix),
        alternatives=tuple(_solution(path, folder, suffix) for path in sorted((folder / "correct").glob("*.ts"))),
        wrong=wrong,
        harness=harness,
        context={name: without_comments_for_us(text) for name, text in context.items()},
        seen=header.family not in reserved,
    )


def _header(path: Path) -> ProblemFile:
    try:
        data = yaml.safe_load(_read(path))
    except yaml.YAMLError as error:
        raise UserError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise UserError(f"{path}: expected a mapping")
    return parse(ProblemFile, data, f"{path.parent.name}/{path.name}")


def _solution(path: Path, folder: Path, suffix: str) -> Solution:
    code = _read(path)
    if not path.name.endswith(suffix):
        raise UserError(f"{path}: expected the ending {suffix}")
    said = dict(_HEADER.findall(code))
    level = said.get("fails-at")
    if level is not None and level not in list(Level):
        raise UserError(f"{path}: unknown level {level!r} after 'fails-at:'{nearest(level, list(Level))}")
    name = path.relative_to(folder).as_posix().removesuffix(suffix)
    return Solution(name, code, Level(level) if level else None, said.get("why", ""))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UserError(f"{path} is missing from the benchmark") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text") from None
