"""What an answer may do to the client it is driven with reaches neither what was set up nor what verifies it."""

from __future__ import annotations

import pytest

from algorand_coder.records import Candidate, Kind, Level, Outcome
from algorand_coder.verify import Verifier

CHECK = """import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import type * as Answer from './main'

type Given = { payer: string; shop: string; words: string[] }

export async function setup(algorand: AlgorandClient): Promise<Given> {
  const { addr: sender } = await algorand.account.localNetDispenser()
  const { addr: payer } = algorand.account.random()
  await algorand.send.payment({ sender, receiver: payer, amount: algo(3) })
  return { payer: payer.toString(), shop: algorand.account.random().addr.toString(), words: ['as', 'given'] }
}

export async function drive(answer: typeof Answer, given: Given, algorand: AlgorandClient): Promise<string> {
  await answer.pay(algorand, given)
  return 'driven'
}

export async function verify(given: Given, observed: string, algorand: AlgorandClient): Promise<void> {
  assert.deepEqual(given.words, ['as', 'given'])
  assert.equal(observed, 'driven')
  assert.throws(() => algorand.account.getSigner(given.payer), 'a signer of the other process')
  assert.equal((await algorand.account.getInformation(given.payer)).balance.microAlgo, 3_000_000n - 501_000n)
  assert.equal((await algorand.account.getInformation(given.shop)).balance.microAlgo, 500_000n)
  const { addr: sender } = await algorand.account.localNetDispenser()
  await algorand.send.payment({ sender, receiver: given.shop, amount: microAlgo(1) })
}
"""
ANSWER = """import { microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'

type Given = { payer: string; shop: string; words: string[] }

export async function pay(algorand: AlgorandClient, given: Given): Promise<void> {
  const { payer, shop } = given
  await algorand.send.payment({ sender: payer, receiver: shop, amount: microAlgo(500_000) })
}
"""


def instead(code: str) -> str:
    """An answer that does ``code`` and pays nothing."""
    return ANSWER.replace("  await algorand.send", f"  {code}\n  if (shop === '') await algorand.send")


def besides(code: str) -> str:
    """An answer that does ``code``, and pays."""
    return ANSWER.replace("\n}\n", f"\n  {code}\n}}\n")


LIE = "{ getInformation: async (who: string) => ({ balance: microAlgo(who === payer ? 2_499_000 : 500_000) }) }"
ATTACKS = {
    "answers of the client": instead(f"Object.assign(algorand.account, {LIE})"),
    "answers of every client": instead(f"Object.assign(Object.getPrototypeOf(algorand.account), {LIE})"),
    "answers of the network": instead("globalThis.fetch = async () => new Response('{}', { status: 200 })"),
    "what was given": besides("Object.assign(given, { words: ['altered'], payer: given.shop })"),
    "signers": besides("Object.assign(algorand.account, { getSigner: () => { throw new Error('gone') } })"),
}
PAID = {"what was given", "signers"}


def candidate(code: str) -> Candidate:
    return Candidate({"main.ts": code, "check.ts": CHECK}, "main.ts", Kind.CLIENT, check="check.ts")


@pytest.mark.slow
def test_an_answer_cannot_tamper_with_what_was_set_up_or_with_what_verifies_it(verifier: Verifier) -> None:
    verdicts = verifier.check([candidate(code) for code in (ANSWER, *ATTACKS.values())], Level.BEHAVE)
    right, *attacks = verdicts
    assert right.outcome == Outcome.PASSED, right.last
    for name, verdict in zip(ATTACKS, attacks, strict=True):
        assert verdict.last
        said = [finding.message for finding in verdict.last.diagnostics]
        assert verdict.outcome == (Outcome.PASSED if name in PAID else Outcome.FAILED), (name, said)
        assert name in PAID or "3000000n" in said[0], (name, said)
