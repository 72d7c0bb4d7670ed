"""Level behave: check programs on the embedded ledger, and code that would rather not be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from algorand_coder import sandbox
from algorand_coder.ledger import EmbeddedLedger
from algorand_coder.records import Candidate, Kind, Level, Outcome, Verdict
from algorand_coder.sandbox import bubblewrap
from algorand_coder.verify import Verifier, behave
from tests.verify.samples import COUNTER, LIMIT

DONATE = """import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function donate(algorand: AlgorandClient, sender: string, receiver: string): Promise<bigint> {
  const result = await algorand.send.payment({ sender, receiver, amount: algo(2) })
  return result.confirmation.confirmedRound ?? 0n
}
"""
CHECK = """import { strict as assert } from 'node:assert'
import { algo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { sender: string; receiver: string; before: bigint; seal: Uint8Array }
type Observed = { round: bigint; seal: Uint8Array }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const sender = (await algorand.account.localNetDispenser()).addr
  const receiver = algorand.account.random().addr
  await algorand.send.payment({ sender, receiver, amount: algo(1) })
  return { sender: sender.toString(), receiver: receiver.toString(), before: 1_000_000n, seal: new Uint8Array([1, 2]) }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<Observed> {
  await algorand.account.localNetDispenser()
  return { round: await answer.donate(algorand, given.sender, given.receiver), seal: given.seal }
}

export async function verify(given: Given, observed: Observed, algorand: AlgorandClient): Promise<void> {
  const { balance } = await algorand.account.getInformation(given.receiver)
  assert.equal(balance.microAlgo, given.before + 2_000_000n)
  assert.ok(observed.round > 1n)
  assert.deepEqual(observed.seal, new Uint8Array([1, 2]))
}
"""
PAY = "  const result"
COUNTER_CHECK = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(given: undefined, observed: undefined, algorand: AlgorandClient): Promise<void> {
  const { addr } = await algorand.account.localNetDispenser()
  const appSpec = readFileSync('Counter.arc56.json', 'utf8')
  const factory = algorand.client.getAppFactory({ appSpec, defaultSender: addr })
  const { appClient } = await factory.send.bare.create()
  await appClient.send.call({ method: 'add', args: [5n] })
  assert.equal((await appClient.send.call({ method: 'add', args: [2n] })).return, 7n)
  await assert.rejects(appClient.send.call({ method: 'add', args: [0n] }), /by must be positive/)
}
"""


@pytest.fixture(autouse=True)
def isolated(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")


def donation(code: str = DONATE, check: str = CHECK, **more: str) -> Candidate:
    return Candidate({"main.ts": code, "check.ts": check, **more}, "main.ts", Kind.CLIENT, check="check.ts")


def counter(code: str = COUNTER, check: str = COUNTER_CHECK) -> Candidate:
    files = {"contract.algo.ts": code, "check.ts": check}
    return Candidate(files, "contract.algo.ts", Kind.CONTRACT, check="check.ts")


def instead(code: str) -> Candidate:
    """``code`` runs before anything is paid."""
    return donation(DONATE.replace(PAY, f"  {code}\n{PAY}"))


def told(verdict: Verdict) -> tuple[str, str, str]:
    """Outcome, code of the finding, and what was said."""
    assert verdict.last
    assert verdict.last.level == Level.BEHAVE, verdict
    [found] = verdict.last.diagnostics or [None]
    return verdict.outcome.value, found.code if found else "", found.message if found else verdict.last.reason


def test_right_code_passes_and_the_ledger_is_named(verifier: Verifier) -> None:
    verdicts = verifier.check([donation(), counter()], Level.BEHAVE)
    assert [told(verdict) for verdict in verdicts] == [("passed", "", "")] * 2
    assert [[r.level.value for r in v.levels] for v in verdicts] == [
        ["parse", "types", "behave"],
        ["parse", "types", "compile", "deploy", "behave"],
    ]
    assert all("AVM 10" in verdict.ledger for verdict in verdicts)


WRONG: Mapping[str, tuple[Candidate, str, str]] = {
    "another amount": (donation(DONATE.replace("algo(2)", "algo(3)")), "check/assertion", "4000000n"),
    "nothing is paid": (instead("return 5n"), "check/assertion", "1000000n"),
    "the chain refuses": (donation(DONATE.replace("algo(2)", "algo(9_000_000_000)")), "check/exception", "overspend"),
    "it throws": (instead("throw new RangeError('no')"), "check/exception", "RangeError: no"),
    "it throws when loaded": (donation(f"throw new Error('no')\n{DONATE}"), "check/exception", "Error: no"),
    "it ends the process": (instead("process.exit(0)"), "check/exit", "exit code 0"),
    "it never ends": (instead("for (;;) {}"), "check/limit", "processor time"),
    "it never settles": (instead("await new Promise(() => {})"), "check/exit", "never happens"),
    "it fills the output": (instead("for (;;) console.log('x'.repeat(9999))"), "check/limit", "more than"),
    "it fills the memory": (
        instead("const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(0))"),
        "check/limit",
        "of memory",
    ),
    "it claims to be verified": (
        instead("console.log('\\n@algorand-coder verified null'); process.exit(0)"),
        "check/exit",
        "exit code 0",
    ),
    "it lies about what it saw": (
        instead('console.log(\'\\n@algorand-coder observed {"round":{"$bigint":"9"}}\'); process.exit(0)'),
        "check/assertion",
        "",
    ),
    "it talks nonsense to the judge": (
        instead("console.log('\\n@algorand-coder observed {{{'); process.exit(0)"),
        "check/exception",
        "SyntaxError",
    ),
    "it breaks what everybody uses": (
        instead("Object.assign(Object.prototype, { then: 1 }); JSON.stringify = () => 'null'; return 1n"),
        "check/",
        "",
    ),
    "it patches the assertions": (
        donation(
            "import assert from 'node:assert'\nassert.strict.equal = () => {}\n" + DONATE.replace("algo(2)", "algo(3)")
        ),
        "check/assertion",
        "4000000n",
    ),
    "it writes its own check": (
        donation(
            "import { writeFileSync } from 'node:fs'\n"
            "writeFileSync('check.ts', 'export async function verify() {}')\n" + DONATE.replace("algo(2)", "algo(3)")
        ),
        "check/assertion",
        "4000000n",
    ),
    "a contract that counts wrong": (
        counter(COUNTER.replace("+= by", "+= 2")),
        "check/assertion",
        "4n !== 7n",
    ),
    "a contract that takes everything": (
        counter(COUNTER.replace("by > 0", "by >= 0")),
        "check/assertion",
        "Missing expected rejection",
    ),
}


@pytest.fixture(scope="module")
def wrong(verifier: Verifier) -> dict[str, Verdict]:
    found = verifier.check([candidate for candidate, _, _ in WRONG.values()], Level.BEHAVE)
    return dict(zip(WRONG, found, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_wrong_code_fails_with_the_reason(name: str, wrong: dict[str, Verdict]) -> None:
    _, code, said = WRONG[name]
    outcome, found, message = told(wrong[name])
    assert (outcome, found[: len(code)]) == ("failed", code), message
    assert said in message


def test_a_finding_points_into_the_code(verifier: Verifier) -> None:
    [verdict] = verifier.check([instead("throw new Error('here')")], Level.BEHAVE)
    [found] = verdict.diagnostics
    assert (found.file, found.line) == ("main.ts", 4)


UNJUDGED = {
    "the check's setup fails": (CHECK.replace("amount: algo(1)", "amount: algo(9e9)"), "setup"),
    "the check asserts nothing": (
        CHECK.replace("export async function verify", "export async function judge"),
        "verify",
    ),
    "the check waits for ever": (
        CHECK.replace("  const { balance }", "  await new Promise(() => {})\n  const { balance }"),
        "end",
    ),
}


def test_a_bad_check_is_no_failure_of_the_code(verifier: Verifier) -> None:
    verdicts = verifier.check([donation(check=check) for check, _ in UNJUDGED.values()], Level.BEHAVE)
    for (_, said), verdict in zip(UNJUDGED.values(), verdicts, strict=True):
        outcome, _, reason = told(verdict)
        assert outcome == "unjudged"
        assert said in reason


def test_what_only_another_ledger_can_tell_is_not_judged(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    real = EmbeddedLedger.reset

    def reset(ledger: EmbeddedLedger, *, start_ahead: bool = True) -> bool:
        fresh = real(ledger, start_ahead=start_ahead)
        ledger.unsupported.append("needs AVM 12, not AVM 10")
        return fresh

    bad = donation(DONATE.replace("algo(2)", "algo(3)"))
    verifier.check([donation()], Level.BEHAVE)
    monkeypatch.setattr(EmbeddedLedger, "reset", reset)
    verdicts = verifier.check([bad, donation()], Level.BEHAVE)
    assert told(verdicts[0]) == ("unjudged", "", "embedded ledger: needs AVM 12, not AVM 10")
    assert verdicts[1].outcome == Outcome.PASSED


def test_without_isolation_nothing_runs_unless_allowed(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "unavailable", lambda: "no bubblewrap here")
    monkeypatch.setattr(sandbox, "unavailable", lambda: "no bubblewrap here")
    with Verifier(cache=None, workers=1) as strict:
        assert told(strict.check([donation()], Level.BEHAVE)[0]) == ("unjudged", "", "no bubblewrap here")
    with Verifier(cache=None, workers=1, allow_unsandboxed=True) as lax:
        verdicts = lax.check([donation(), donation(DONATE.replace("algo(2)", "algo(3)"))], Level.BEHAVE)
        assert [verdict.outcome.value for verdict in verdicts] == ["passed", "failed"]


def test_checks_side_by_side_see_ledgers_of_their_own(tools: None) -> None:
    candidates = [donation(DONATE.replace("algo(2)", f"algo({n})")) for n in (2, 3)] * 3
    candidates = [
        replace(each, files={**each.files, "n.ts": f"export {{}}\n// {n}"}) for n, each in enumerate(candidates)
    ]
    with Verifier(cache=None, workers=2) as verifier:
        verdicts = verifier.check(candidates, Level.BEHAVE)
    assert [verdict.outcome.value for verdict in verdicts] == ["passed", "failed"] * 3


def test_several_files_are_judged_as_one(verifier: Verifier) -> None:
    """An answer of contract, client and test: the client calls the contract, the check drives the client."""
    use = """import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import { STEP } from './lib/step'
import limits from './limits.json'

export async function twice(app: AppClient): Promise<bigint> {
  await app.send.call({ method: 'add', args: [STEP] })
  const { return: total } = await app.send.call({ method: 'add', args: [BigInt(limits.second)] })
  return total as bigint
}
"""
    check = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Use from './use'

export async function setup(algorand: AlgorandClient): Promise<bigint> {
  const { addr } = await algorand.account.localNetDispenser()
  const appSpec = readFileSync('Counter.arc56.json', 'utf8')
  const { appClient } = await algorand.client.getAppFactory({ appSpec, defaultSender: addr }).send.bare.create()
  return appClient.appId
}

export async function drive(answer: undefined, appId: bigint, algorand: AlgorandClient): Promise<bigint> {
  const { addr } = await algorand.account.localNetDispenser()
  const appSpec = readFileSync('Counter.arc56.json', 'utf8')
  const { twice }: typeof Use = await import('./use')
  return twice(algorand.client.getAppClientById({ appSpec, appId, defaultSender: addr }))
}

export async function verify(appId: bigint, observed: bigint, algorand: AlgorandClient): Promise<void> {
  const { count } = await algorand.app.getGlobalState(appId)
  assert.equal(count?.value, 5n)
  assert.equal(observed, 5n)
}
"""
    files = {
        "contract.algo.ts": COUNTER,
        "use.ts": use,
        "lib/step.ts": "export enum Kind {\n  Small = 1,\n}\n\nexport const STEP = BigInt(Kind.Small) + 1n\n",
        "limits.json": '{"second": 3}',
        "check.ts": check,
    }
    whole = Candidate(files, "contract.algo.ts", Kind.CONTRACT, check="check.ts")
    broken = replace(whole, files={**files, "limits.json": '{"second": 4}'})
    untyped = replace(whole, files={**files, "use.ts": use.replace("Promise<bigint>", "Promise<string>")})
    good, wrong, ill = verifier.check([whole, broken, untyped], Level.BEHAVE)
    assert told(good) == ("passed", "", "")
    assert told(wrong)[:2] == ("failed", "check/assertion")
    assert "use.ts" in {found.file for found in ill.diagnostics}


def test_a_logic_signature_lies_beside_its_check(verifier: Verifier) -> None:
    check = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function verify(given: undefined, observed: undefined, algorand: AlgorandClient): Promise<void> {
  const { compiledBase64ToBytes } = await algorand.app.compileTeal(readFileSync('Limit.teal', 'utf8'))
  const { addr: sender } = algorand.account.logicsig(compiledBase64ToBytes)
  const { addr: rich } = await algorand.account.localNetDispenser()
  await algorand.send.payment({ sender: rich, receiver: sender, amount: algo(5) })
  await algorand.send.payment({ sender, receiver: rich, amount: algo(1) })
  const dear = { sender, receiver: rich, amount: algo(1), staticFee: microAlgo(5000) }
  await assert.rejects(algorand.send.payment(dear), /rejected by logic/)
}
"""
    files = {"contract.algo.ts": LIMIT, "check.ts": check}
    candidate = Candidate(files, "contract.algo.ts", Kind.LOGICSIG, check="check.ts")
    [verdict] = verifier.check([candidate], Level.BEHAVE)
    assert told(verdict) == ("passed", "", "")


def test_the_example_of_the_readme_holds(verifier: Verifier) -> None:
    vault = """import { assert, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Vault extends Contract {
  held = GlobalState<uint64>({ initialValue: 0 })

  withdraw(amount: uint64): void {
    assert(this.held.value >= amount, 'nothing to withdraw')
    this.held.value -= amount
  }
}
"""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    check = readme.split("```ts\n", 1)[1].split("```", 1)[0]
    lax = vault.replace("this.held.value >= amount", "amount > 0").replace("-= amount", "= amount")
    good, bad = verifier.check([counter(vault, check), counter(lax, check)], Level.BEHAVE)
    assert told(good) == ("passed", "", "")
    assert told(bad)[:2] == ("failed", "check/assertion")


def test_the_limits_leave_room_for_a_busy_machine() -> None:
    assert behave.LIMITS.wall_seconds >= 4 * behave.LIMITS.cpu_seconds
