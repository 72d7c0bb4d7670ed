"""What an answer is worth: graded by level, nothing for code that games the check, and no number without a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from algorand_coder.posttrain.judging import DEPRECATED, REWARDS, dodge, judge, reward
from algorand_coder.records import Diagnostic, Level, LevelResult, Outcome, Pair, Verdict
from algorand_coder.verify import Verifier
from tests.posttrain.conftest import StandIn, repair, row

ASKED = replace(
    row(1),
    instruction="Write `pay`, which sends an amount from one account to another and returns the transaction's id.",
    output="""import { AlgorandClient, microAlgos } from '@algorandfoundation/algokit-utils'

export async function pay(algorand: AlgorandClient, sender: string, receiver: string, amount: bigint): Promise<string> {
  const result = await algorand.send.payment({ sender, receiver, amount: microAlgos(amount) })
  return result.txIds[0]
}
""",
)


@pytest.fixture(scope="module")
def verifier() -> Iterator[Verifier]:
    with Verifier(level=Level.TYPES, cache=None, workers=1, metrics=True) as opened:
        yield opened


def verdict(*outcomes: Outcome, code: str = "TS1", deprecated: tuple[str, ...] = ()) -> Verdict:
    """One that has judged the first levels with ``outcomes``."""
    finding = (Diagnostic(Level.PARSE, "main.ts", 1, 1, code, ""),)
    levels = [
        LevelResult(level, outcome, finding if outcome is Outcome.FAILED else ())
        for level, outcome in zip(Level, outcomes, strict=False)
    ]
    return Verdict("", tuple(levels), deprecated=deprecated)


def test_the_deeper_the_better() -> None:
    passed, failed = Outcome.PASSED, Outcome.FAILED
    graded = [reward(verdict(*[passed] * depth, failed)) for depth in range(5)]
    assert graded == [0.0, REWARDS[Level.PARSE], REWARDS[Level.TYPES], REWARDS[Level.COMPILE], REWARDS[Level.DEPLOY]]
    assert graded == sorted(set(graded)) and graded[-1] < DEPRECATED < 1.0  # type: ignore[type-var, operator]
    assert reward(verdict(passed, passed)) == 1.0, "a client has two levels, and passed all that apply"
    assert reward(verdict(*[passed] * 5)) == 1.0
    assert reward(verdict(passed, passed, deprecated=("old",))) == DEPRECATED


@pytest.mark.parametrize("depth", range(5))
def test_what_cannot_be_judged_has_no_reward_however_much_passed_before(depth: int) -> None:
    assert reward(verdict(*[Outcome.PASSED] * depth, Outcome.UNJUDGED)) is None
    assert reward(Verdict("", ())) is None


def test_an_infrastructure_failure_is_none_and_not_zero() -> None:
    found = judge(StandIn(), [row(1)], [row(1).output + "// UNJUDGED"], Level.TYPES)[0]  # type: ignore[arg-type]
    assert (found.outcome, found.reward, found.reason, found.detail) == (
        Outcome.UNJUDGED,
        None,
        "unjudged/types",
        "no node",
    )


def test_verdicts_of_the_real_verifier(verifier: Verifier) -> None:
    """All kinds of answers in one call, so that the compiler starts once."""
    good = ASKED.output
    body = good.partition("{\n  const")[0]
    answers = {
        "good": f"Here you are:\n```ts\n{good}```",
        "wrong type": good.replace("result.txIds[0]", "result.txIds"),
        "syntax": good.replace("await algorand", "await await) algorand"),
        "nocheck": "// @ts-nocheck\n" + good.replace("result.txIds[0]", "result.nothing"),
        "ignore": good.replace("  return", "  // @ts-ignore\n  return").replace("txIds[0]", "nothing"),
        "declare": "declare const result: { txIds: string[] }\n" + good.replace("const result = ", ""),
        "placeholder": body + "{\n  // TODO: implement this\n" + good.partition("{\n")[2],
        "throws": body
        + "{\n  void [algorand, sender, receiver, microAlgos(amount)]\n  throw new Error('not implemented')\n}\n",
        "any": good.replace("AlgorandClient,", "any,", 2)
        .replace("import { any,", "import { AlgorandClient,")
        .replace("const result", "const result: any")
        .replace("microAlgos(amount)", "(microAlgos as any)(amount as any) as any")
        .replace("sender,", "sender: sender as any,", 2)
        .replace("(algorand: any, sender: sender as any,", "(algorand: any, sender: any,")
        .replace("{ sender: sender as any, receiver,", "{ sender: sender as any, receiver: receiver as any,")
        .replace("receiver: string, amount: bigint", "receiver: any, amount: any"),
    }
    found = dict(
        zip(answers, judge(verifier, [ASKED] * len(answers), list(answers.values()), Level.TYPES), strict=True)
    )
    assert {name: each.reward for name, each in found.items()} == {
        "good": 1.0,
        "wrong type": REWARDS[Level.PARSE],
        "syntax": 0.0,
        **dict.fromkeys(("nocheck", "ignore", "declare", "placeholder", "throws", "any"), 0.0),
    }
    assert found["good"].accepted and found["good"].code == good
    assert not any(each.accepted for name, each in found.items() if name != "good")
    assert found["any"].reason == "dodge/any", found["any"]
    for name in ("nocheck", "ignore"):
        assert found[name].reason == "parse/hygiene/directive"
    assert found["declare"].reason == "parse/hygiene/ambient"
    assert found["placeholder"].reason == found["throws"].reason == "parse/hygiene/placeholder"


def of(asked: Pair, answer: str) -> tuple[str, float | None, int]:
    """Reason, reward, and how many candidates the verifier was asked about."""
    verifier = StandIn()
    found = judge(verifier, [asked], [answer], Level.TYPES)[0]  # type: ignore[arg-type]
    return found.reason, found.reward, len(verifier.asked)


@pytest.mark.parametrize("answer", ["", "I cannot help with that.", "```ts\n```", "// only a comment\n"])
def test_no_code_is_worth_nothing(answer: str) -> None:
    assert of(ASKED, answer) == ("dodge/no-code", 0.0, 0)


def test_code_of_the_prompt_handed_back_is_worth_nothing() -> None:
    asked = replace(repair(row(1)), input=f"```ts\n{row(1).output}```\n\nMake it faster.")
    assert of(asked, row(1).output) == ("dodge/copies-the-prompt", 0.0, 0)
    spaced = row(1).output.replace("\n", "\n\n").replace("  let", "      // better now\n      let")
    assert of(asked, f"```ts\n{spaced}```") == ("dodge/copies-the-prompt", 0.0, 0)
    assert of(asked, row(1).output.replace("1n", "2n"))[1] == 1.0, "a change is an answer"
    given = replace(ASKED, support={"fees.ts": row(2).output})
    assert of(given, row(2).output)[0] == "dodge/copies-the-prompt"


def test_code_that_does_something_else_is_worth_nothing() -> None:
    assert of(ASKED, "export const pay = 1\n")[:2] == ("dodge/a-stub", 0.0)
    elsewhere = ASKED.output.replace("@algorandfoundation/algokit-utils", "./mine")
    assert of(ASKED, elsewhere)[:2] == ("dodge/without-algorand", 0.0)
    assert of(ASKED, ASKED.output.replace("pay(", "send("))[:2] == ("dodge/instruction-names-absent", 0.0)
    assert dodge(ASKED, ASKED.output) == ""
