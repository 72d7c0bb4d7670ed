"""Explanations: real messages of nodes, the AVM, SDKs and compilers."""

from __future__ import annotations

import pytest

from algorand_coder.serve.explain import explain, table

REAL = [
    (
        "TransactionPool.Remember: transaction ABC: overspend (account XYZ, tried to spend {1000})",
        "cannot pay",
    ),
    ("account XYZ balance 99000 below min 100000 (0 assets)", "minimum balance"),
    ("receiver error: must optin, asset 1005 missing from XYZ", "not opted in to the asset"),
    ("logic eval error: assert failed pc=123. Details: app=7, pc=123", "assertion"),
    ("logic eval error: err opcode executed. Details: pc=4", "executed err"),
    ("logic eval error: invalid Box reference 0x6162", "did not say what it uses"),
    ("logic eval error: unavailable Account XYZ", "did not say what it uses"),
    ("txgroup had 1000 in fees, which is less than the minimum 2 * 1000", "fee is too small"),
    ("TransactionPool.Remember: txn dead: round 50 outside of 10--20", "too late"),
    ("TransactionPool.Remember: transaction already in ledger: ABC", "in the ledger already"),
    ("TransactionPool.Remember: transaction using an overlapping lease", "lease"),
    ("should have been authorized by ABC but was actually authorized by DEF", "signature"),
    ("No signer found for address ABC", "No signer"),
    ("logic eval error: dynamic cost budget exceeded, executing callsub: local program cost was 700", "budget"),
    ("logic eval error: - would result negative", "below zero"),
    ("connect ECONNREFUSED 127.0.0.1:4001", "Nobody listens"),
    ("store integer count 1 exceeds schema integer count 0", "schema is too small"),
]


@pytest.mark.parametrize(("message", "title"), REAL)
def test_real_messages_are_known(message: str, title: str) -> None:
    found = explain(message)
    assert found.known
    assert title in found.explanations[0].title, [each.title for each in found.explanations]
    assert all(each.meaning and each.fix for each in found.explanations)


def test_a_compilers_error_is_explained_as_the_verifier_would() -> None:
    found = explain("main.ts(4,48): error TS2353: Object literal …, and 'from' does not exist in type 'X'")
    assert any("sender" in each.fix for each in found.explanations)


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    for message in ("the moon is full", "", "error", "TS9999"):
        found = explain(message)
        assert (found.known, found.explanations) == (False, [])


def test_an_endless_message_is_read_to_a_bound() -> None:
    assert explain("x" * 5_000_000).known is False


def test_every_row_can_be_hit() -> None:
    assert len(table()) >= 20
    assert len({row.explained.title for row in table()}) == len(table())
