"""Level behave: a check program drives the code in the sandbox and asserts on what happened on chain.

A check program is TypeScript that exports some of

* ``setup(algorand) → given``: prepares the chain (accounts, assets, applications);
* ``drive(answer, given, algorand) → observed``: calls the code under judgement, whose entry is ``answer``;
* ``verify(given, observed, algorand)``: asserts. Required.

``setup`` and ``drive`` share a client, so accounts that the one registers can sign in the other. ``drive`` runs in a
process with the code, ``verify`` in another one in which no such code ever runs and which may go on to the next
candidate with the same check; only JSON (with ``bigint`` and ``Uint8Array``) crosses between them, and what ``setup``
gave is on record before the code is loaded. What ``observed``
says is therefore the code's own word; what the ledger says is not. A lone contract has no ``drive``: ``verify`` finds
the ARC-56 file of every compiled contract beside itself (``<Class>.arc56.json``; ``<Class>.teal`` for a logic
signature) and calls them.

A failure of ``setup``, of the sandbox or of the ledger is never a failure of the code. Node runs the TypeScript by
stripping its types: decorators, which only contracts use, are not among what it understands.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from algorand_coder import sandbox
from algorand_coder.errors import UserError
from algorand_coder.ledger import LedgerFault, Session
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult
from algorand_coder.sandbox import Limits, Resident, SandboxResult
from algorand_coder.verify import node, toolchain
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.deploy import anonymous
from algorand_coder.verify.hygiene import is_contract_file
from algorand_coder.verify.judge import Done, Judgement, judged, unjudged
from algorand_coder.verify.ledgers import Ledgers
from algorand_coder.verify.modules import exported, without_types
from algorand_coder.verify.residents import Residents
from algorand_coder.verify.worker import Worker

LIMITS = Limits(wall_seconds=60.0, cpu_seconds=15, memory_mb=768)
"""Of each half. A usual check takes half a second of processor time; the wall only ends what waits for ever."""
_RUNNER = "behave.mjs"
_MARK = "@algorand-coder"
_FRAME = re.compile(r"([\w.@/-]+\.m?tsx?):(\d+):(\d+)")
_THROWN = re.compile(r"(\w+ )?\w*(Error|Exception)\b.*:")
_EXIT_UNSETTLED = 13
_UNSETTLED = "it waits for something that never happens"
_OUT_OF_MEMORY = b"JavaScript heap out of memory"


class CannotBeJudged(Exception):
    """Why a check says nothing about the code."""


class BehaveJudge:
    """Runs as many checks side by side as there are ledgers, each on a fresh one."""

    levels: tuple[Level, ...] = (Level.BEHAVE,)

    def __init__(
        self,
        ledgers: Ledgers,
        artifacts: Callable[[Candidate], tuple[ContractArtifact, ...]],
        *,
        allow_unsandboxed: bool = False,
    ) -> None:
        self._ledgers = ledgers
        self._artifacts = artifacts
        self._allow_unsandboxed = allow_unsandboxed

    def applies(self, candidate: Candidate) -> bool:
        """Code that brings a check program."""
        return bool(candidate.check)

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """See :class:`algorand_coder.verify.judge.Judge`."""
        # Compilers serve one caller at a time, so what was compiled is looked up before threads begin.
        compiled = [self._artifacts(candidate) for candidate in candidates]

        # Processes end with the thread that started them, so none is kept beyond this call.
        with Residents() as residents:

            def work(index: int) -> Judgement:
                return Judgement((self._level(candidates[index], compiled[index], residents),))

            alike = [*map(_text_of_check, candidates)]
            return self._ledgers.side_by_side(work, len(candidates), done, alike, stop=residents.cancel.set)

    def workers(self) -> list[Worker]:
        """None: every process belongs to the sandbox and ends when ``judge`` does."""
        return []

    def close(self) -> None:
        """End the ledgers."""
        self._ledgers.close()

    def _level(self, candidate: Candidate, compiled: Sequence[ContractArtifact], residents: Residents) -> LevelResult:
        started = time.monotonic()
        try:
            run = _Check(candidate, compiled, residents, allow_unsandboxed=self._allow_unsandboxed)
            found = self._ledgers.ask(run.on)
        except (CannotBeJudged, UserError, LedgerFault) as reason:
            return unjudged(Level.BEHAVE, anonymous(str(reason)))
        return judged(Level.BEHAVE, [found] if found else [], time.monotonic() - started)


@dataclass(slots=True)
class _Said:
    """What one half of the check left behind."""

    result: SandboxResult
    given: str | None = None
    observed: str | None = None
    verified: bool = False
    error: dict[str, Any] = field(default_factory=dict)


class _Check:
    """One candidate with its check, ready to run on any ledger."""

    def __init__(
        self,
        candidate: Candidate,
        compiled: Sequence[ContractArtifact],
        residents: Residents,
        *,
        allow_unsandboxed: bool,
    ) -> None:
        exports = exported(candidate.files[candidate.check])
        if "verify" not in exports:
            raise CannotBeJudged(f"the check program {candidate.check} exports no function verify")
        project = toolchain.TARGET_PROJECTS.get(candidate.target, "client")
        self._modules = toolchain.ensure(project) / "node_modules"
        self._candidate = candidate
        self._driven = "drive" in exports
        if self._driven and candidate.entry.endswith(".tsx"):
            raise CannotBeJudged(f"{candidate.entry}: only .ts files are run")
        self._residents = residents
        self._allow_unsandboxed = allow_unsandboxed
        beside = PurePosixPath(candidate.check).parent
        files = {path: _as_run(path, text) for path, text in candidate.files.items()}
        # Those of the entry last: another file may have a class of the same name, and an older build may lie there.
        for contract in sorted(compiled, key=lambda each: each.file == candidate.entry):
            files |= {(beside / name).as_posix(): text for name, text in _beside(contract)}
        self._harness = {
            "package.json": '{"type": "module"}',
            _RUNNER: toolchain.worker_script("behave").read_text(encoding="utf-8"),
        }
        try:
            self._files = {sandbox.inside(name): text for name, text in files.items()}
        except ValueError as error:
            raise CannotBeJudged(str(error)) from None
        for name in self._harness:
            self._files.pop(name, None)

    def on(self, session: Session) -> Diagnostic | None:
        """What is wrong with the code, judged on ``session``; ``None`` when nothing is.

        Raises ``CannotBeJudged`` and ``LedgerFault``.
        """
        found = self._on(session)
        if found and session.faults:
            raise LedgerFault(session.faults[0])
        if found and session.unsupported:
            raise CannotBeJudged(f"{session.describe().kind} ledger: {session.unsupported[0]}")
        return found

    def _on(self, session: Session, *, anew: bool = False) -> Diagnostic | None:
        told = {}
        if self._driven:
            said = self._drive(session)
            if said.given is None:
                raise CannotBeJudged(f"the check's setup did not pass: {_how(said)}")
            if said.observed is None:
                return self._finding(said)
            told = {"given": said.given, "observed": said.observed}
        said, used = self._verify(session, told, anew=anew)
        if said.verified:
            return None
        if said.error.get("phase") == "verify":
            return self._finding(said)
        if used:
            # What ended without a word may have been ended by what it did for another candidate.
            session.reset()
            return self._on(session, anew=True)
        raise CannotBeJudged(f"the check did not come to its end: {_how(said)}")

    def _drive(self, session: Session) -> _Said:
        candidate = self._candidate
        answer = [] if is_contract_file(candidate.entry) else [candidate.entry]
        # The answer can read this mark: what it says of itself is its own word, and what was given is said before it.
        program = self._program("drive", _MARK, candidate.check, *answer)
        result = sandbox.run(
            program.command,
            files={**self._files, **self._harness},
            read_only=program.read_only,
            env=program.env,
            network=session,
            limits=LIMITS,
            cancel=self._residents.cancel,
            allow_unsandboxed=self._allow_unsandboxed,
        )
        return _read(result, _MARK)

    def _verify(self, session: Session, told: Mapping[str, str], *, anew: bool) -> tuple[_Said, bool]:
        """What was said, and whether the process had been used before (never when it has to be made ``anew``)."""
        question = json.dumps({"check": self._candidate.check, "files": self._files, **told}).encode()
        label = f"{'anew ' * anew}{self._modules} {_text_of_check(self._candidate)}"
        with self._residents.taken(label, partial(self._verifier, session)) as (resident, is_new):
            return _read(resident.ask(question, session), self._residents.mark), not is_new

    def _verifier(self, session: Session) -> Resident:
        program = self._program("verify", self._residents.mark)
        return Resident(
            program.command,
            until=f"\n{self._residents.mark} ready null\n".encode(),
            files=self._harness,
            read_only=program.read_only,
            env=program.env,
            network=session,
            limits=LIMITS,
            cancel=self._residents.cancel,
            allow_unsandboxed=self._allow_unsandboxed,
        )

    def _program(self, *args: str) -> sandbox.Program:
        return sandbox.node(node.node(), _RUNNER, modules=self._modules, limits=LIMITS, args=args)

    def _finding(self, said: _Said) -> Diagnostic:
        error, result = said.error, said.result
        frames = [(name, int(line), int(column)) for name, line, column in _FRAME.findall(error.get("stack", ""))]
        own = [path for path in self._candidate.files if path != self._candidate.check]
        file, line, column = next(
            (
                (path, line, column)
                for path in (*sorted(own, key=lambda path: path != self._candidate.entry), self._candidate.check)
                for name, line, column in frames
                if name.endswith(f"/{path}")
            ),
            (self._candidate.entry, 0, 0),
        )
        if error:
            wrong = error["name"] == "AssertionError"
            message = f"{'' if wrong else error['name'] + ': '}{' '.join(error['message'].split())}"
            code = "check/assertion" if wrong else "check/exception"
        elif result.killed or _OUT_OF_MEMORY in result.stderr:
            code, message = "check/limit", f"stopped: {_LIMIT[result.killed or 'memory']}"
        else:
            unsettled = result.exit_code == _EXIT_UNSETTLED
            why = _UNSETTLED if unsettled else f"exit code {result.exit_code}"
            code, message = "check/exit", f"the program ended before it was through: {why}"
        return Diagnostic(Level.BEHAVE, file, line, column, code, anonymous(message))


_LIMIT = {
    "wall": f"not through after {LIMITS.wall_seconds:.0f} s",
    "cpu": f"more than {LIMITS.cpu_seconds} s of processor time",
    "memory": f"more than {LIMITS.memory_mb} MB of memory",
    "output": f"more than {LIMITS.output_bytes >> 20} MB of output",
}


def _text_of_check(candidate: Candidate) -> str:
    return f"{candidate.check}\n{candidate.files.get(candidate.check)}"


def _beside(contract: ContractArtifact) -> list[tuple[str, str]]:
    if contract.is_logicsig:
        return [(f"{contract.name}.teal", contract.approval_teal)]
    return [(f"{contract.name}.arc56.json", contract.arc56)]


def _as_run(path: str, text: str) -> str:
    return without_types(text) if path.endswith((".ts", ".mts")) and not is_contract_file(path) else text


def _read(result: SandboxResult, mark: str) -> _Said:
    said = _Said(result)
    start = f"{mark} ".encode()
    for line in result.stdout.split(b"\n"):
        if not line.startswith(start):
            continue
        what, _, rest = line.removeprefix(start).decode("utf-8", "replace").partition(" ")
        if what == "given" and said.given is None:
            said.given = rest
        elif what == "observed":
            said.observed = rest
        elif what == "verified":
            said.verified = True
        elif what == "error":
            said.error = _error(rest)
    return said


def _error(text: str) -> dict[str, Any]:
    """The program may have written this line itself: whatever it holds becomes text."""
    try:
        plain = json.loads(text)
    except ValueError:
        plain = None
    plain = plain if isinstance(plain, dict) else {}
    return {name: str(plain.get(name, "")) for name in ("phase", "name", "message", "stack")}


def _how(said: _Said) -> str:
    if said.error:
        return f"{said.error['phase']}: {said.error['name']}: {' '.join(said.error['message'].split())}"
    if said.result.killed:
        return _LIMIT[said.result.killed]
    if said.result.exit_code == _EXIT_UNSETTLED:
        return _UNSETTLED
    lines = said.result.err.strip().splitlines()
    # What was thrown stands amid the stack and the version of node.
    thrown = next((line for line in lines if _THROWN.match(line)), "")
    return f"exit code {said.result.exit_code}: {thrown or (lines or ['no reason given'])[-1]}"
