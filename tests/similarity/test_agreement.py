"""Requests and answers that belong together are told from requests with the nearest other answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from algorand_coder.similarity.agreement import UNLIKE, Vocabulary, disagreement

LABELLED = Path(__file__).with_name("agreement_pairs.json")
"""320 cases ``[request, answer, agrees]`` over rows of our own generators. In half of them the answer is the one of
another variation class that is nearest to the right answer; that it does something else was checked by reading."""

OUTPUT = (
    "export async function sendPayment(sender: string) { await algorand.send.payment({ sender, amount: algo(1.5) }) }"
)


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("Write something useful here.", ""),
        ("Call `algorand.send.payment` with `sender`.", ""),
        ("Call `algorand.send.assetCreate`.", "instruction-names-absent"),
        ("Throw with the note `'any words at all'`.", ""),
        ("Write sendPayment for a sender.", ""),
        ("Write sendAsset for a sender.", "instruction-names-absent"),
        ("Use the TypeScript of AlgoKit on TestNet.", ""),
        ("Use an AssetSender for it.", "instruction-names-absent"),
        ("Implement vote(uint64)void.", "instruction-names-absent"),
        ("Pay for the transaction(s) given.", ""),
        ('Fail with "Receiver, of the input".', ""),
        ('Fail with "closed for today".', "instruction-text-absent"),
        ("Send 1.5 Algo.", ""),
        ("Send 1,500,000 microAlgos.", ""),
        ("Send 2.5 Algo to 3 people.", "instruction-numbers-absent"),
        ("Send 2,500,000 microAlgos.", "instruction-numbers-absent"),
        ("Wait for 15 seconds, such as 99 Algo.", ""),
        ("Translate it to algosdk 30.", ""),
    ],
)
def test_what_a_request_names_has_to_be_there(instruction: str, reason: str) -> None:
    found = disagreement(instruction, "receiver of the input: string, 15 seconds", OUTPUT)
    assert (found.reason if found else "") == reason


@pytest.mark.parametrize(
    ("input", "agrees"),
    [
        ("export: sendPayment", True),
        ("export: sendAsset", False),
        ("export async function sendPayment(sender: string): Promise<void>", True),
        ("export class PaymentSender", False),
        ("Change this:\n\n```ts\nexport class PaymentSender {}\n```", True),
    ],
)
def test_what_the_input_wants_exported_has_to_be_in_the_output(input: str, agrees: bool) -> None:
    assert (disagreement("Write it.", input, OUTPUT) is None) is agrees


def test_words_and_parts_of_identifiers_are_compared() -> None:
    vocabulary = Vocabulary([OUTPUT, "algorand.send.assetFreeze({ frozen: true })", "const round = 1"])
    own = vocabulary.similarity("freezing of assets", "assetFreeze({})")
    assert own == pytest.approx(1.0)
    assert vocabulary.similarity("freezing of assets", "const round = 1") == 0.0
    assert vocabulary.similarity("", OUTPUT) == vocabulary.similarity("unheard", OUTPUT) == 0.0


def test_at_most_one_in_twenty_wrong_answers_passes_and_few_right_ones_do_not() -> None:
    data = json.loads(LABELLED.read_text(encoding="utf-8"))
    rows, cases = data["rows"], data["cases"]
    vocabulary = Vocabulary(row["output"] for row in rows.values())
    accepted: dict[bool, list[bool]] = {True: [], False: []}
    for request, answer, agrees in cases:
        asked, output = rows[request], rows[answer]["output"]
        found = disagreement(asked["instruction"], asked["input"], output)
        near = vocabulary.similarity(f"{asked['instruction']}\n{asked['input']}", output) >= UNLIKE
        accepted[agrees].append(found is None and near)
    assert len(cases) >= 300
    assert len(accepted[False]) * 2 == len(cases)
    false_accepts = sum(accepted[False]) / len(accepted[False])
    false_rejects = 1 - sum(accepted[True]) / len(accepted[True])
    print(f"false accepts {false_accepts:.1%}, false rejects {false_rejects:.1%}")
    assert false_accepts <= 0.05
    assert false_rejects <= 0.15
