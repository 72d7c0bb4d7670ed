"""The records that flow between stages: frozen, typed, and free of times and machine paths.

One record a step of the way: ``SourceFile`` → ``Unit`` → ``Pair``; a ``Candidate`` is code under
judgement and a ``Verdict`` what the verifier said of it. Rows hold nothing that changes between two
runs over the same input, so the same input gives the same bytes; times live in manifests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

DEFAULT_TARGET = "utils9"


class Level(StrEnum):
    """The verifier's levels, shallow to deep. A level is judged only when those before it passed."""

    PARSE = "parse"
    TYPES = "types"
    COMPILE = "compile"
    DEPLOY = "deploy"
    BEHAVE = "behave"

    @property
    def depth(self) -> int:
        """Position among the levels: 0 for ``parse`` up to 4 for ``behave``."""
        return list(Level).index(self)


class Outcome(StrEnum):
    """What became of a judgement. ``UNJUDGED`` is never a statement about the code."""

    PASSED = "passed"
    FAILED = "failed"
    UNJUDGED = "unjudged"


class Kind(StrEnum):
    """What a piece of code is; it decides which levels apply."""

    CLIENT = "client"
    """TypeScript that runs in Node against algokit-utils or algosdk: parse, types, behave."""
    CONTRACT = "contract"
    """Algorand TypeScript (``*.algo.ts``): parse, types, compile, deploy, behave."""
    LOGICSIG = "logicsig"
    """A logic signature in Algorand TypeScript: parse, types, compile, behave."""
    TEALSCRIPT = "tealscript"
    """A TEALScript contract: parse, types, compile by TEALScript's own compiler."""


CONTRACT_KINDS = frozenset({Kind.CONTRACT, Kind.LOGICSIG, Kind.TEALSCRIPT})


class Category(StrEnum):
    """The plan's five benchmark categories; every pair and every problem belongs to one."""

    TRANSACTIONS = "transactions"
    CONTRACTS = "contracts"
    STATE = "state"
    ASSETS = "assets"
    ERRORS = "errors"


def default_filename(kind: Kind) -> str:
    """The file name a lone snippet of ``kind`` is judged under (puya-ts compiles ``*.algo.ts`` only)."""
    return "contract.algo.ts" if kind in CONTRACT_KINDS else "main.ts"


def digest(value: object) -> str:
    """SHA-256 (hex) of a JSON-serialisable value in canonical form; the identity of records."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where text came from, precise enough to find it again and to know what its licence allows."""

    source: str
    """Name of the source in ``sources.yaml``, or ``generated`` for code of our own generators."""
    revision: str
    """Git commit, ``package@version``, or content hash of a local folder."""
    path: str
    """POSIX path inside the source."""
    licence: str
    """SPDX identifier; ``own`` for a private source."""
    tier: str = "official"
    """``official``, ``educational``, ``community`` or ``generated``."""
    start_line: int = 0
    """First line (1-based) of the extract; 0 for a whole file."""
    end_line: int = 0
    private: bool = False
    """A private source never leaves the machine: push refuses rows that carry it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One collected file."""

    id: str
    text: str
    language: str
    """``ts``, ``tsx``, ``md`` or ``mdx``."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of one unit's code."""

    lines: int
    """Non-blank lines."""
    complexity: int
    """Cyclomatic complexity after McCabe (1976): decision points + 1."""
    comment_ratio: float
    """Comment lines / non-blank lines, a leading JSDoc counted in both."""
    max_line_chars: int
    has_parse_error: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of code worth teaching from: a function, method, class, contract, test or example."""

    id: str
    unit_kind: str
    """``function``, ``method``, ``class``, ``contract``, ``logicsig``, ``script``, ``test`` or ``example``."""
    name: str
    code: str
    doc: str
    """Leading JSDoc of code, or the prose around an example; plain text."""
    imports: str
    """The import statements of the enclosing file that the code uses."""
    context: str
    """Declarations of the same source that the code needs and does not contain."""
    kind: Kind
    target: str
    metrics: Metrics
    skeleton: str
    """Hash of the AST with identifiers and literals normalised (``syntax.skeleton``)."""
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Candidate:
    """Code under judgement: one or several files, judged together.

    ``files`` maps POSIX paths to text; ``entry`` is the file that a check imports or a user runs, ``check`` the one
    that drives the others and asserts (see ``verify.behave``; empty: there is none, and level behave does not apply).
    """

    files: Mapping[str, str]
    entry: str
    kind: Kind
    target: str = DEFAULT_TARGET
    check: str = ""

    def __post_init__(self) -> None:
        for role, path in (("entry", self.entry), ("check", self.check or self.entry)):
            if path not in self.files:
                raise ValueError(f"{role} {path!r} is not among the files {sorted(self.files)}")
        object.__setattr__(self, "files", MappingProxyType(dict(self.files)))

    @classmethod
    def single(cls, code: str, kind: Kind, target: str = DEFAULT_TARGET) -> Candidate:
        """A candidate of one file under the usual name for its kind."""
        name = default_filename(kind)
        return cls(files={name: code}, entry=name, kind=kind, target=target)

    @property
    def key(self) -> str:
        """Content address: equal candidates have equal keys on every machine."""
        parts = [self.kind, self.target, self.entry, self.check]
        for path, text in sorted(self.files.items()):
            parts += (path, text)
        # Lengths in front tell apart what reads the same when put together; canonical JSON would take thrice as long.
        lengths = ",".join([str(len(part)) for part in parts])
        return sha256("".join([lengths, "\n", *parts]).encode("utf-8", "surrogatepass")).hexdigest()

    def __reduce__(self) -> tuple[type[Candidate], tuple[dict[str, str], str, Kind, str, str]]:
        return (Candidate, (dict(self.files), self.entry, self.kind, self.target, self.check))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of one level, with 1-based line and column (0 where a tool gives none)."""

    level: Level
    file: str
    line: int
    column: int
    code: str
    """``TS2345`` for TypeScript, ``puya`` for the contract compiler, ``hygiene/…`` for our own rules."""
    message: str
    hint: str = ""
    """Advice for a known pitfall, empty where there is none."""


@dataclass(frozen=True, slots=True)
class LevelResult:
    """Outcome of one level."""

    level: Level
    outcome: Outcome
    diagnostics: tuple[Diagnostic, ...] = ()
    reason: str = ""
    """Why the level could not be judged; empty otherwise."""
    seconds: float = field(default=0.0, compare=False)
    """Wall time; never written into rows."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier says of a candidate: the levels it judged, in order.

    A level that fails or cannot be judged is the last one in ``levels``.
    """

    candidate: str
    """``Candidate.key``."""
    levels: tuple[LevelResult, ...]
    toolchain: str = ""
    """Fingerprint of the tool versions that judged; part of the cache key."""
    deprecated: tuple[str, ...] = ()
    """Symbols marked ``@deprecated`` that the code uses."""
    type_coverage: float | None = None
    """Share of expressions whose type is not ``any``; ``None`` where types were not judged."""
    ledger: str = ""
    """The ledger and AVM version that levels deploy and behave were judged on; empty where neither was asked."""

    @property
    def outcome(self) -> Outcome:
        """``PASSED`` when every judged level passed; otherwise the outcome of the last level."""
        return self.levels[-1].outcome if self.levels else Outcome.UNJUDGED

    @property
    def last(self) -> LevelResult | None:
        """The deepest level that was looked at."""
        return self.levels[-1] if self.levels else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, shallow levels first."""
        return tuple(d for level in self.levels for d in level.diagnostics)

    def passed(self, level: Level) -> bool:
        """Whether ``level`` was judged and passed."""
        return any(r.level == level and r.outcome == Outcome.PASSED for r in self.levels)


@dataclass(frozen=True, slots=True)
class Pair:
    """One instruction pair in the plan's Alpaca form, with what is needed to judge and trace it.

    ``candidate`` assembles what the verifier judges: ``output`` on its own, or together with the
    supporting files that ``input`` shows (``support``).
    """

    id: str
    instruction: str
    input: str
    output: str
    strategy: str
    """``docs``, ``patterns``, ``repair``, …: the file under ``instruct/`` that made it."""
    category: Category
    kind: Kind
    target: str
    skeleton: str
    """Hash of the output's AST with identifiers and literals normalised."""
    lineage: str
    """Generator family or unit id; a pair never shares it with a benchmark problem."""
    mined: bool
    """True when the output is third-party code, False when a generator of ours wrote it."""
    provenance: tuple[Provenance, ...]
    entry: str = ""
    """File name of ``output``; empty for the usual name of its kind."""
    support: Mapping[str, str] = field(default_factory=dict)
    """Files shown in ``input`` that ``output`` imports, path → text."""

    def candidate(self) -> Candidate:
        """The code of this pair as the verifier sees it."""
        entry = self.entry or default_filename(self.kind)
        return Candidate(files={**self.support, entry: self.output}, entry=entry, kind=self.kind, target=self.target)


@dataclass(frozen=True, slots=True)
class Reject:
    """Something a stage refused, kept so that nothing is ever just gone."""

    stage: str
    subject: str
    """Id of the refused record."""
    reason: str
    """Short and stable: what counts are grouped by."""
    detail: str
    name: str
    source: str
    excerpt: str
    """First lines of the refused text."""
