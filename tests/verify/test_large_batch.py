"""Thousands at once: whoever is broken, and in whatever way, everybody gets the verdict that he gets alone."""

from __future__ import annotations

import random

import pytest

from algorand_coder.records import Candidate, Kind, Outcome
from algorand_coder.verify import Verifier
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, UNTYPED_SUM, client, contract
from tests.verify.test_batches import NO_SUBMIT, POOL
from tests.verify.test_hostile import ATTACKS

CLIENTS, CONTRACTS = 2_000, 120
ONE_IN = 10
ALONE = 40
"""Of the sound ones, how many are judged alone as well; all sound ones must pass."""

SHAPES = [
    PAYMENT,
    PAYMENT.replace("(1).algo()", "(1_000_000).microAlgo()").replace("One Algo", "A million microAlgo"),
    "import algosdk from 'algosdk'\n\nexport function named(text: string): boolean {\n"
    "  return algosdk.isValidAddress(text.trim())\n}\n",
    "import type { AlgorandClient } from '@algorandfoundation/algokit-utils'\n\n"
    "export async function named(algorand: AlgorandClient, ids: bigint[]): Promise<string[]> {\n"
    "  const names: string[] = []\n  for (const id of ids) {\n"
    "    names.push((await algorand.asset.getById(id)).assetName ?? '')\n  }\n  return names\n}\n",
]
BROKEN_CONTRACTS = [
    lambda n: contract(UNTYPED_SUM.replace("Counter", f"Broken{n}")),
    lambda n: contract(NO_SUBMIT.replace("Payer", f"Payer{n}")),
    lambda n: contract(COUNTER.replace("Counter", "Same").replace("by > 0", f"by == {n}n")),
    lambda n: contract(COUNTER.replace("Counter", f"Open{n}").removesuffix("}\n")),
]


def sound_client(n: int) -> Candidate:
    shape = SHAPES[n % len(SHAPES)]
    return client(
        shape.replace("named(", f"work{n}(").replace("pay(", f"pay{n}("), "utils10" if n % 9 == 8 else "utils9"
    )


def sound_contract(n: int) -> Candidate:
    # Two in three share a class name with others of the batch.
    return contract(
        COUNTER.replace("Counter", f"Counter{n}" if n % 3 == 0 else "Counter").replace("by > 0", f"by > {n}")
    )


def broken(n: int) -> Candidate:
    ways = [each for each in (*POOL, *ATTACKS.values()) if each.kind == Kind.CLIENT]
    chosen = ways[n % (len(ways) + 1)] if n % (len(ways) + 1) < len(ways) else client(OLD_PAYMENT)
    return Candidate({**chosen.files, f"n{n}.ts": f"export const n = {n}\n"}, chosen.entry, chosen.kind, chosen.target)


@pytest.mark.slow
def test_two_thousand_and_a_hundred_and_twenty(tools: None) -> None:
    dice = random.Random(7)
    sound = [sound_client(n) for n in range(CLIENTS - CLIENTS // ONE_IN)]
    sound += [sound_contract(n) for n in range(CONTRACTS - CONTRACTS // ONE_IN)]
    bad = [broken(n) for n in range(CLIENTS // ONE_IN)]
    bad += [BROKEN_CONTRACTS[n % len(BROKEN_CONTRACTS)](n) for n in range(CONTRACTS // ONE_IN)]
    mix = [*sound, *bad]
    dice.shuffle(mix)
    with Verifier(cache=None, workers=2) as together:
        verdicts = dict(zip((each.key for each in mix), together.check(mix), strict=True))
    assert len(verdicts) == CLIENTS + CONTRACTS
    assert {verdicts[each.key].outcome for each in sound} == {Outcome.PASSED}
    some = [*dice.sample(sound[: len(sound) - CONTRACTS], ALONE), *dice.sample(sound[-CONTRACTS // 2 :], 5), *bad]
    with Verifier(cache=None, workers=1) as one:
        for candidate in some:
            assert verdicts[candidate.key] == one.check([candidate])[0]
