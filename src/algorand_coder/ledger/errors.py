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
    (
        re.compile(r"program version (\d+) greater than protocol supported version (\d+)"),
        "AVM {0}; this ledger has AVM {1}",
    ),
    (re.compile(r"program version must be >= \d+ .*?but have version (\d+)"), "AVM {0}"),
    (re.compile(r"no matching struct field found when decoding stream map with key (\w+)"), "transaction field {0!r}"),
    (re.compile(r"tx\.Accounts too long, max number of accounts is (\d+)"), "more than {0} account references"),
    (re.compile(r"unknown opcode: (\w+)"), "opcode {0}"),
)


def unsupported_reason(message: str) -> str:
    """Why a refusal is due to this ledger's age and not to the code; empty when it is not.

    The phrases are those of nodes that meet something from a later protocol.
    """
    for pattern, reason in _NEWER_PROTOCOL:
        match = pattern.search(message)
        if match:
            return "needs " + reason.format(*match.groups())
    return ""
