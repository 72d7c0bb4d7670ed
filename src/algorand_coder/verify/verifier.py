"""The verifier: asks the judges level by level, remembers their verdicts, and hides their processes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from algorand_coder import records
from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool
from algorand_coder.pipeline import Engine
from algorand_coder.pipeline.engine import available_cores
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.syntax import parsing
from algorand_coder.verify import artifacts as artefacts
from algorand_coder.verify import cluster, toolchain
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.contracts import Compiled, ContractJudge
from algorand_coder.verify.hints import advise_all
from algorand_coder.verify.judge import Judge, Judgement
from algorand_coder.verify.levels import JUDGES, Setting
from algorand_coder.verify.store import Store
from algorand_coder.verify.tealscript import TealScriptJudge
from algorand_coder.verify.worker import Worker

if TYPE_CHECKING:
    from algorand_coder.ledger import Choice
    from algorand_coder.verify.ledgers import Ledgers

FALLBACK = "ALGORAND_CODER_TYPESCRIPT"
"""Set to ``tsc`` it makes levels parse and types use the batch compiler in place of TypeScript's API."""
_USER_CACHE = Path()
"""Stands for the user's cache, which is only looked up when a verifier is made."""

_LOCAL = Engine()
_PORTION = 40
"""Candidates that are deployed or driven before their verdicts are stored."""

Progress = Callable[[int], None]


class Verifier:
    """Judges code; the only one in this package who starts node.

    A context manager: workers start when first needed, stay warm, and end with it. One caller at a time.
    ``cache`` is the folder that keeps verdicts between runs (``None``: keep nothing), ``workers`` how many
    contracts are compiled and checks run side by side (0: one a core, four at most; types are checked by two at most),
    ``metrics`` asks for type coverage too. ``ledger`` says where levels deploy and behave are judged,
    ``allow_unsandboxed`` whether a check may run where nothing can be isolated. With the ``ray`` engine the nodes of a
    cluster judge, each with its own cache.
    """

    def __init__(
        self,
        *,
        level: Level = Level.COMPILE,
        cache: Path | None = _USER_CACHE,
        workers: int = 0,
        metrics: bool = False,
        ledger: Choice = "auto",
        allow_unsandboxed: bool = False,
        engine: Engine = _LOCAL,
    ) -> None:
        self._level = level
        self._metrics = metrics
        self._engine = engine
        self._elsewhere = partial(
            cluster.Wanted,
            metrics=metrics,
            ledger=ledger,
            allow_unsandboxed=allow_unsandboxed,
            remember=cache is not None,
        )
        folder = cache_dir("verdicts") if cache is _USER_CACHE else cache
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._store = Store(folder / "verdicts.sqlite") if folder is not None else None
        self._compiled: dict[str, tuple[ContractArtifact, ...]] = {}
        side_by_side = workers or min(4, available_cores())
        self._ledger: Choice = ledger
        self._ledgers: Ledgers | None = None
        self._setting = Setting(
            workers=side_by_side,
            metrics=metrics,
            keep=self._keep,
            artifacts=self._artifacts,
            ledgers=self._chains,
            allow_unsandboxed=allow_unsandboxed,
        )
        self._made: dict[int, Judge] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers and close the cache."""
        for judge in self._made.values():
            judge.close()
        if self._store is not None:
            self._store.close()
            self._store = None

    def workers(self) -> list[Worker]:
        """The processes that run now, for those who watch over resources."""
        return [worker for judge in self._made.values() for worker in judge.workers()]

    def versions(self) -> dict[str, str]:
        """Versions of the tools that decide a verdict."""
        return toolchain.toolchain_versions()

    def check(
        self, candidates: Sequence[Candidate], level: Level | None = None, progress: Progress | None = None
    ) -> list[Verdict]:
        """Verdicts in the order of ``candidates``.

        Levels up to ``level`` (default: the verifier's own) are judged in turn, each only when those before it
        passed; a level that means nothing for a kind of code is left out. ``progress`` is called with the number
        of candidates that just became final. Raises ``UserError`` when nodes of a cluster have other tools, and
        ``MissingTool`` for a level beyond compile without the ledger's packages.
        """
        wanted = level or self._level
        if self._engine.name == "ray":
            settings = self._elsewhere(level=wanted)
            return cluster.check(
                self._engine, candidates, settings, fingerprint()[:16], progress or (lambda count: None)
            )
        ledger = self._chains().describe() if wanted.depth >= Level.DEPLOY.depth else ""
        return _Round(self._judges(wanted), self._store, self._metrics, wanted, ledger, progress).run(candidates)

    def compile_artifacts(self, candidate: Candidate) -> Mapping[str, ContractArtifact]:
        """The compiled contracts of ``candidate`` by class name (``file::name`` where two files share a name).

        Empty when it does not compile or has no contracts.
        """
        found = self._artifacts(candidate)
        names = [artifact.name for artifact in found]
        return {a.name if names.count(a.name) == 1 else f"{a.file}::{a.name}": a for a in found}

    def _judges(self, level: Level) -> list[Judge]:
        """Those of all levels up to ``level``, in order."""
        wanted = [index for index, entry in enumerate(JUDGES) if entry.levels[0].depth <= level.depth]
        for index in wanted:
            if index not in self._made:
                self._made[index] = JUDGES[index].make(self._setting)
        return [self._made[index] for index in wanted]

    def _chains(self) -> Ledgers:
        """Where levels deploy and behave are judged. Raises ``MissingTool`` without the ledger's packages."""
        if self._ledgers is None:
            try:
                from algorand_coder.verify.ledgers import Ledgers
            except ImportError as missing:
                need = "levels deploy and behave need the ledger's packages: pip install 'algorand-coder[ledger]'"
                raise MissingTool(f"{need} ({missing.name} is missing)") from None
            self._ledgers = Ledgers(self._ledger, self._setting.workers)
        return self._ledgers

    def _artifacts(self, candidate: Candidate) -> tuple[ContractArtifact, ...]:
        key = candidate.key + _scope("artifacts")
        if key in self._compiled:
            return self._compiled[key]
        if self._store is not None and (stored := self._store.get([key])):
            return artefacts.load(stored[key])
        compilers = [j for j in self._judges(Level.COMPILE) if isinstance(j, ContractJudge | TealScriptJudge)]
        compiler = next((each for each in compilers if each.applies(candidate)), None)
        if compiler is None:
            return ()
        compiled = compiler.compile([candidate])[0]
        self._keep(candidate, compiled)
        return compiled.artifacts

    def _keep(self, candidate: Candidate, compiled: Compiled) -> None:
        if not compiled.artifacts:
            return
        key = candidate.key + _scope("artifacts")
        if self._store is not None:
            self._store.put({key: artefacts.dump(compiled.artifacts)})
        else:
            self._compiled[key] = compiled.artifacts


class _Round:
    """One call of ``check``."""

    def __init__(  # noqa: PLR0917
        self,
        judges: Sequence[Judge],
        store: Store | None,
        metrics: bool,
        level: Level,
        ledger: str,
        progress: Progress | None,
    ) -> None:
        self._judges = judges
        self._store, self._metrics, self._level, self._ledger = store, metrics, level, ledger
        self._progress = progress or (lambda count: None)

    def run(self, candidates: Sequence[Candidate]) -> list[Verdict]:
        keys = [candidate.key for candidate in candidates]
        unique = dict(zip(keys, candidates, strict=True))
        copies = Counter(keys)
        found: dict[str, list[Judgement]] = {key: [] for key in unique}
        waiting = list(unique)
        for position, judge in enumerate(self._judges):
            mine = {key: unique[key] for key in waiting if judge.applies(unique[key])}
            later = self._judges[position + 1 :]

            def settled(judgements: Mapping[str, Judgement], later: Sequence[Judge] = later) -> None:
                final = [
                    copies[key]
                    for key, judgement in judgements.items()
                    if not later or not judgement.passed or not any(other.applies(unique[key]) for other in later)
                ]
                if final:
                    self._progress(sum(final))

            for key, judgement in self._ask(judge, mine, settled).items():
                found[key].append(judgement)
            if later:
                waiting = [key for key in waiting if all(judgement.passed for judgement in found[key])]
        toolchain = fingerprint()[:16]
        verdicts = {key: _verdict(key, judgements, toolchain, self._ledger) for key, judgements in found.items()}
        return [verdicts[key] for key in keys]

    def _ask(
        self, judge: Judge, candidates: Mapping[str, Candidate], settled: Callable[[Mapping[str, Judgement]], None]
    ) -> dict[str, Judgement]:
        """Judgements by key: those known from before, and those that ``judge`` reaches now."""
        upto = max((level for level in judge.levels if level.depth <= self._level.depth), key=lambda level: level.depth)
        label = f"{upto}{'+metrics' if self._metrics else ''}"
        if upto.depth >= Level.DEPLOY.depth:
            label = f"{label} on {self._ledger} {world()}"
        scope = _scope(label)
        known = self._store.get([key + scope for key in candidates]) if self._store else {}
        judgements = {key: _load(data) for key in candidates if (data := known.get(key + scope)) is not None}
        settled(judgements)
        missing = [key for key in candidates if key not in judgements]
        if not missing:
            return judgements
        # What takes long is remembered as it comes: a run that is killed has lost little.
        portion = _PORTION if upto.depth >= Level.DEPLOY.depth else len(missing)
        for start in range(0, len(missing), portion):
            part = missing[start : start + portion]
            found = judge.judge([candidates[key] for key in part], upto, partial(_settled_at, settled, part))
            fresh = {key: _advised(each, candidates[key]) for key, each in zip(part, found, strict=True)}
            if self._store is not None:
                self._store.put({key + scope: _dump(each) for key, each in fresh.items() if _lasts(each)})
            judgements |= fresh
        return judgements


def _settled_at(
    settled: Callable[[Mapping[str, Judgement]], None], keys: Sequence[str], index: int, found: Judgement
) -> None:
    settled({keys[index]: found})


def _advised(judgement: Judgement, candidate: Candidate) -> Judgement:
    levels = tuple(advise_all(result, candidate.files, candidate.kind) for result in judgement.levels)
    return replace(judgement, levels=levels)


def _lasts(judgement: Judgement) -> bool:
    """Whether the same will be found again; what could not be judged today may be tomorrow."""
    return all(result.outcome != Outcome.UNJUDGED for result in judgement.levels)


def _verdict(key: str, judgements: Sequence[Judgement], toolchain: str, ledger: str) -> Verdict:
    coverage = [judgement.type_coverage for judgement in judgements if judgement.type_coverage is not None]
    levels = tuple([result for judgement in judgements for result in judgement.levels])
    deprecated = {name for judgement in judgements for name in judgement.deprecated}
    return Verdict(
        candidate=key,
        levels=levels,
        toolchain=toolchain,
        deprecated=tuple(sorted(deprecated)) if deprecated else (),
        type_coverage=coverage[0] if coverage else None,
        ledger=ledger if ledger and any(result.level.depth >= Level.DEPLOY.depth for result in levels) else "",
    )


def fingerprint() -> str:
    """Hash of everything that decides a verdict: tool versions and the code of the judges."""
    return _fingerprint(toolchain.stand_ins())


@cache
def _fingerprint(stand_ins: tuple[Path, ...]) -> str:
    tools = json.dumps([toolchain.toolchain_versions(), os.environ.get(FALLBACK, "")], sort_keys=True)
    here = Path(__file__).parent
    sources = [*here.rglob("*.py"), *here.rglob("*.yaml"), Path(records.__file__), Path(parsing.__file__)]
    shipped = [path for path in toolchain.data().rglob("*") if path.is_file() and "node_modules" not in path.parts]
    locks = [folder / "package-lock.json" for folder in stand_ins]
    return _hash(tools, [*sources, *shipped, *locks])


@cache
def world() -> str:
    """Hash of what decides the verdicts of levels deploy and behave besides: the code of the ledger and the sandbox."""
    rooms = (Path(records.__file__).parent / room for room in ("ledger", "sandbox"))
    return _hash("", [path for room in rooms for path in room.rglob("*.py")])


def _hash(said: str, paths: Sequence[Path]) -> str:
    found = sha256(said.encode())
    for path in sorted(paths):
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _scope(label: str) -> str:
    """What follows a candidate's key in the store: the same code has another entry for each ``label`` and toolchain."""
    return f" {sha256(f'{label} {fingerprint()}'.encode()).hexdigest()[:32]}"


def _dump(judgement: Judgement) -> bytes:
    plain = asdict(judgement)
    for result in plain["levels"]:
        result.pop("seconds")
    return json.dumps(plain).encode()


@lru_cache(maxsize=10_000)
def _load(data: bytes) -> Judgement:
    plain = json.loads(data)
    levels = tuple(
        LevelResult(
            Level(result["level"]),
            Outcome(result["outcome"]),
            tuple(Diagnostic(**{**each, "level": Level(each["level"])}) for each in result["diagnostics"]),
            result["reason"],
        )
        for result in plain["levels"]
    )
    return Judgement(levels, tuple(plain["deprecated"]), plain["type_coverage"])
