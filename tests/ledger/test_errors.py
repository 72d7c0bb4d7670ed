"""Refusals that are due to the ledger's age are told apart from refusals that are due to the code."""

from __future__ import annotations

import pytest

from algorand_coder.ledger.errors import unsupported_reason


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("program version 12 greater than max supported version 10", "needs AVM 12, not AVM 10"),
        ("[1:16: unsupported version: 11]", "needs AVM 11"),
        ("transaction invalid : LogicSig.Logic version too new", "needs a later AVM"),
        ("tx.Accounts too long, max number of accounts is 4", "needs more than 4 account references"),
        ("transaction invalid : unknown tx type hb", "needs transaction type 'hb'"),
        ("write budget (1024) exceeded 1500", "needs more room a box reference"),
        ("3: unknown opcode: mimc", "needs opcode mimc"),
        ("3: unknown opcode: box_resize", "needs opcode box_resize"),
        ("check failed on ApprovalProgram: pc= 59 illegal opcode 0xd3", "needs opcode 0xd3"),
        ("logic eval error: invalid global field GlobalField(17). Details: app=257", "needs field 17"),
    ],
)
def test_the_ledgers_age_is_the_reason(message: str, reason: str) -> None:
    assert unsupported_reason(message) == reason


@pytest.mark.parametrize(
    "message",
    [
        "logic eval error: assert failed pc=5",
        "overspend (account X, data {})",
        "write budget (1024) exceeded 5000",
        "3: unknown opcode: foo",
        "check failed on ApprovalProgram: pc= 1 illegal opcode 0xff",
        "[1:16: unsupported version: 67]",
        "invalid Box reference 0x61",
        "transaction already in ledger: X",
        "",
    ],
)
def test_the_code_is_the_reason(message: str) -> None:
    assert unsupported_reason(message) == ""
