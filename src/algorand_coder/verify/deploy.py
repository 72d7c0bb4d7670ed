"""Level deploy: every contract of a candidate is created on a ledger, with its real schema, pages and create call."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from functools import partial

from algorand_coder.errors import UserError
from algorand_coder.ledger import LedgerFault, Rejected, Session, Unsupported
from algorand_coder.ledger.deploy import NeedsArguments, deploy
from algorand_coder.records import Candidate, Diagnostic, Kind, Level, LevelResult
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.hygiene import is_contract_file
from algorand_coder.verify.judge import Done, Judgement, judged, unjudged
from algorand_coder.verify.ledgers import Ledgers
from algorand_coder.verify.worker import Worker

_ADDRESS = re.compile(r"\b[A-Z2-7]{58}\b")
_TRANSACTION = re.compile(r"\b[A-Z2-7]{52}\b")
_TEMPLATE = re.compile(r"^[^/\n]*\bTMPL_", re.MULTILINE)
_WIDEST = 600


class DeployJudge:
    """Creates application after application; creations do not see one another, so they share ledgers.

    A contract that only its author can create (arguments that zero values do not satisfy, template variables without
    values) could not be judged, or, where the candidate brings a check program, is left to level behave.
    """

    levels: tuple[Level, ...] = (Level.DEPLOY,)

    def __init__(self, ledgers: Ledgers, artifacts: Callable[[Candidate], tuple[ContractArtifact, ...]]) -> None:
        self._ledgers = ledgers
        self._artifacts = artifacts

    def applies(self, candidate: Candidate) -> bool:
        """Whatever its kind: code that brings contracts; a logic signature is never created."""
        return candidate.kind != Kind.LOGICSIG and any(map(is_contract_file, candidate.files))

    def judge(self, candidates: Sequence[Candidate], upto: Level, done: Done) -> list[Judgement]:
        """See :class:`algorand_coder.verify.judge.Judge`."""
        # Compilers serve one caller at a time, so what was compiled is looked up before threads begin.
        compiled = [self._artifacts(candidate) for candidate in candidates]

        def work(index: int) -> Judgement:
            return Judgement(self._levels(candidates[index], compiled[index]))

        return self._ledgers.side_by_side(work, len(candidates), done)

    def workers(self) -> list[Worker]:
        """None: the ledger looks after its own processes."""
        return []

    def close(self) -> None:
        """End the ledger."""
        self._ledgers.close()

    def _levels(self, candidate: Candidate, compiled: Sequence[ContractArtifact]) -> tuple[LevelResult, ...]:
        started = time.monotonic()
        contracts = [artifact for artifact in compiled if not artifact.is_logicsig]
        for contract in contracts:
            try:
                self._ledgers.ask(partial(_create, contract), fresh=False)
            except Rejected as refusal:
                message = f"{contract.name} cannot be created: {anonymous(str(refusal))}"
                finding = Diagnostic(Level.DEPLOY, contract.file, 0, 0, "ledger", message)
                return (judged(Level.DEPLOY, [finding], time.monotonic() - started),)
            except NeedsArguments as reason:
                return () if candidate.check else (_unjudged(contract, reason),)
            except (Unsupported, LedgerFault, UserError) as reason:
                return (_unjudged(contract, reason),)
        return (judged(Level.DEPLOY, [], time.monotonic() - started),) if contracts else ()


def _unjudged(contract: ContractArtifact, reason: Exception) -> LevelResult:
    return unjudged(Level.DEPLOY, f"{contract.name}: {anonymous(str(reason))}")


def _create(contract: ContractArtifact, session: Session) -> None:
    programs = [
        program or _assembled(teal, session)
        for program, teal in ((contract.approval, contract.approval_teal), (contract.clear, contract.clear_teal))
    ]
    deploy(session, contract.arc56, *programs)


def _assembled(teal: str, session: Session) -> bytes:
    """TEALScript's compiler gives no bytecode, and puya none while template variables have no values."""
    if _TEMPLATE.search(teal):
        raise NeedsArguments("its template variables have no values")
    return session.node().compile(teal)


def anonymous(message: str) -> str:
    """``message`` without what differs from run to run: addresses and transaction ids."""
    return _TRANSACTION.sub("<transaction>", _ADDRESS.sub("<address>", message))[:_WIDEST]
