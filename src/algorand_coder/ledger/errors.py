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


_NEWER_PROTOCOL = (
    (re.compile(r"program version (\d+) greater than \w+ supported version (\d+)"), "AVM {0}, not AVM {1}"),
    (re.compile(r"unsupported version: (\d+)"), "AVM {0}"),
    (re.compile(r"LogicSig\.Logic version too new"), "a later AVM"),
    (re.compile(r"unknown opcode: (falcon_verify|sumhash512|mimc|online_stake|voter_params_get)"), "opcode {0}"),
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
