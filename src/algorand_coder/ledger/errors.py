"""What can go wrong on a ledger, kept apart: the chain said no, this ledger cannot tell, the ledger broke."""

from __future__ import annotations

import re


class LedgerError(Exception):
    """Base of everything that a ledger reports."""


class Rejected(LedgerError):
    """The chain refused a transaction group, in the node's own words. A statement about the code."""


class Unsupported(LedgerError):
    """This ledger cannot run what was asked, though another network could. Never a statement about the code."""


class LedgerFault(LedgerError):
    """The ledger itself broke (crash, time-out, damaged file). Never a statement about the code."""


_AVM = r"(1[1-9])"
"""Versions that a compiler may ask for; a greater number is the first byte of something that is no program."""
_OPCODES = "box_splice|box_resize|ec_\\w+|falcon_verify|sumhash512|mimc|online_stake|voter_params_get"
_NEWER_PROTOCOL = (
    (re.compile(rf"program version {_AVM} greater than \w+ supported version (\d+)"), "AVM {0}, not AVM {1}"),
    (re.compile(rf"unsupported version: {_AVM}\b"), "AVM {0}"),
    (re.compile(r"LogicSig\.Logic version too new"), "a later AVM"),
    (re.compile(rf"unknown opcode: ({_OPCODES})"), "opcode {0}"),
    (re.compile(r"illegal opcode (0xd2|0xd3|0xe[0-6]|0x85|0x86|0x74|0x75)\b"), "opcode {0}"),
    (re.compile(r"invalid \w+ field \w*Field\((\d+)\)"), "field {0}"),
    (re.compile(r"no matching struct field found when decoding stream map with key (\w+)"), "transaction field {0!r}"),
    (re.compile(r"unknown tx type (hb)"), "transaction type {0!r}"),
    (re.compile(r"tx\.Accounts too long, max number of accounts is (\d+)"), "more than {0} account references"),
    (re.compile(r"box read budget \(\d+\) exceeded"), "more room a box reference"),
)
_WRITE_BUDGET = re.compile(r"write budget \((\d+)\) exceeded (\d+)")
_ROOM_SINCE = 2
"""Later protocols give each box reference twice the room (2048 bytes)."""


def unsupported_reason(message: str) -> str:
    """Why a refusal is due to this ledger's age and not to the code; empty when it is not.

    The phrases are those of nodes that meet something from a later protocol.
    """
    for pattern, reason in _NEWER_PROTOCOL:
        match = pattern.search(message)
        if match:
            return "needs " + reason.format(*match.groups())
    match = _WRITE_BUDGET.search(message)
    if match and int(match[2]) <= _ROOM_SINCE * int(match[1]):
        return "needs more room a box reference"
    return ""
