"""One program of every variation class is put to work on a ledger, and what happened there is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from algorand_coder.records import Level
from algorand_coder.verify import Verifier
from tests.instruct.behaviours.harness import BEHAVIOURS, checked, excused, first, recipes, scenario_files, wrong

_GUARD = r"(?:this\.only\w+\(\)|(?:require|only|assert)Creator\(\)|assert\((?:Txn\.sender === |this\.\w+\(Txn\.)[^\n]*)"
MUTANTS: dict[str, tuple[str, str]] = {
    "groups/dynamic-group": (r"(?<=receiver, amount \} of )\w+", r"\g<0>.slice(1)"),
    "assets/formatted-balance": (r"padStart\(decimals", "padStart(decimals + 1"),
    "payouts/recurring-payment": (r"total / instalments", "total / (instalments + 1n)"),
    "state/round-waiting": (r"statusAfterBlock\(lastRound\b", "statusAfterBlock(lastRound - 1n"),
    "deployment/teal-update": (r"approvalProgram: approvalTeal", "approvalProgram: clearTeal"),
    "errors/read-retries": (r"attempt < (\d)", r"attempt <= \1"),
    "contract_state/box-flags": (r"assert\(!this\.\w+\(\w+\)\.exists, 'listed already'\)", ""),
    "contract_value/payment-split": (r" / 100\b", " / 200"),
    "contract_assets/nft-mint": (r"total: 1,", "total: 2,"),
    "contract_assets/token-issue": (_GUARD + r"(?=\s+assert\(!this\.token)", ""),
    "contract_logic/group-position": (r"assert\(.*, '", "assert(true, '"),
    "contract_logic/match-pile": (r"count <= 3", "count <= 4"),
    "logicsigs/spending-rules": (r"Txn\.rekeyTo === Global\.zeroAddress", "Txn.fee >= 0"),
}
"""A class of every file of scenarios, and a change of its program after which it does something else."""


@pytest.fixture(scope="module")
def ledger(require_tool: Callable[..., str]) -> Iterator[Verifier]:
    """The verifier down to level behave."""
    require_tool("bwrap")
    with Verifier(level=Level.BEHAVE, cache=None) as found:
        yield found


def test_every_class_is_put_to_work_or_excused_by_name() -> None:
    known, told = set(recipes()), checked() | set(excused())
    assert {"without a check": known - told, "gone": told - known} == {"without a check": set(), "gone": set()}
    assert checked() & set(excused()) == set()
    assert set(BEHAVIOURS) <= told
    assert all(len(reason) > 20 for reason in excused().values())


@pytest.mark.slow
def test_programs_do_on_the_ledger_what_their_class_says(ledger: Verifier) -> None:
    assert wrong([first(name) for name in sorted(checked())], ledger) == {}


@pytest.mark.slow
def test_checks_see_programs_that_do_something_else(ledger: Verifier) -> None:
    assert {scenario_files().get(name, "") for name in MUTANTS} == {*scenario_files().values(), ""}
    broken = []
    for name, (what, by) in MUTANTS.items():
        drawn = first(name)
        output = re.sub(what, by, drawn.draft.output, count=1)
        assert output != drawn.draft.output, name
        broken.append(replace(drawn, draft=replace(drawn.draft, output=output)))
    assert set(wrong(broken, ledger)) == set(MUTANTS)
