from __future__ import annotations

import pytest

from algorand_coder.records import Diagnostic, Kind, Level
from algorand_coder.verify.hints import advise, table


def finding(message: str, code: str = "puya") -> Diagnostic:
    return Diagnostic(Level.COMPILE, "contract.algo.ts", 1, 1, code, message)


NUMBER = "`number` is not valid as a variable, parameter, return, or property type."


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("for (let i = 0; i < n; i++) {", "urange"),
        ("let x = 20", "let x: uint64 = 20"),
        ("const s = a + b", "const s: uint64 = a + b"),
        ("add(a: number): number {", "no `number`"),
        ("return x", "where it was declared"),
    ],
)
def test_the_same_message_gets_the_advice_that_fits_its_line(line: str, word: str) -> None:
    assert word in advise(finding(NUMBER), line, Kind.CONTRACT).hint


def test_what_nobody_knows_has_no_hint() -> None:
    assert advise(finding("something new"), "x", Kind.CONTRACT) == finding("something new")


def test_a_hint_for_contracts_is_not_given_to_clients() -> None:
    found = finding("Property 'txn' does not exist on type 'Foo'.", "TS2339")
    assert advise(found, "this.txn", Kind.CONTRACT).hint and not advise(found, "this.txn", Kind.CLIENT).hint


def test_every_row_can_be_reached() -> None:
    assert len({(hint.message, hint.code, hint.line, hint.kind) for hint in table()}) == len(table()) > 40
