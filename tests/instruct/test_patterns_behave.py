"""One program of a variation class is put to work on a ledger, and what happened there is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from algorand_coder.instruct.patterns.base import Recipe
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import attempt, families
from algorand_coder.records import Candidate, Kind, Level, Outcome, Verdict
from algorand_coder.verify import Verifier

HERE = Path(__file__).parent
BEHAVIOURS: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "behaviours.yaml").read_text(encoding="utf-8"))
CHECK = (HERE / "behaviour_check.ts").read_text(encoding="utf-8")
DRAWS = 400
SEED = 23
_FUNCTION = re.compile(r"^export (?:async )?function (\w+)\(([^)]*)\)", re.MULTILINE)
_ACCOUNTS = {
    "string": "world.{}",
    "Address": "signing(world.{}).addr",
    "TransactionSignerAccount": "signing(world.{})",
    "{ addr: Address; signer: TransactionSigner }": "signing(world.{})",
    "Account": "keyed(world.{})",
}
"""Types that an account comes as, and how the world's accounts are given as such."""
_GIVEN = {
    ("algorand", "AlgorandClient"): "algorand",
    ("algod", "Algodv2"): "algorand.client.algod",
    ("assetId", "bigint"): "BigInt(world.assetId)",
}
_BY_TYPE = {
    "AlgoAmount": "algo(1)",
    "bigint": "100_000n",
    "number": "2",
    "string[]": "[world.b, world.c]",
    "{ address: string; weight: bigint }[]": "[{ address: world.b, weight: 3n }, { address: world.c, weight: 1n }]",
    "{ receiver: string; amount: bigint }[]": "[{ receiver: world.b, amount: 3n }]",
}


@pytest.fixture(scope="module")
def ledger(require_tool: Callable[..., str]) -> Iterator[Verifier]:
    """The verifier down to level behave."""
    require_tool("bwrap")
    with Verifier(level=Level.BEHAVE, cache=None) as found:
        yield found


def recipes() -> dict[str, Recipe]:
    return {f"{recipe.family}/{recipe.name}": recipe for family in families() for recipe in family.recipes}


def arguments(parameters: str, accounts: str, given: dict[str, str]) -> str | None:
    """What to call a function with, or ``None`` where a parameter is of an unknown kind."""
    left, found = list(accounts), []
    for name, kind in re.findall(r"(\w+): ((?:\{[^}]*\}|[^,{])+)", parameters):
        kind = kind.strip()
        if name in given:
            found.append(str(given[name]))
        elif (name, kind) in _GIVEN:
            found.append(_GIVEN[name, kind])
        elif kind in _ACCOUNTS and left:
            found.append(_ACCOUNTS[kind].format(left.pop(0)))
        elif kind in _BY_TYPE and kind != "string":
            found.append(_BY_TYPE[kind])
        else:
            return None
    return None if left else ", ".join(found)


def candidate(recipe: Recipe, behaviour: dict[str, Any]) -> Candidate:
    """The first program of ``recipe`` that is a plain function of known parameters, with its check."""
    for number in range(DRAWS):
        draft = attempt(recipe, Dice(SEED, recipe.lineage, number))
        head = _FUNCTION.search(draft.output) if draft else None
        if draft is None or head is None or "interface" in draft.output:
            continue
        call = arguments(head[2], behaviour.get("accounts", ""), behaviour.get("args", {}))
        if call is None:
            continue
        check = CHECK.replace("ARGUMENTS", call).replace("NAME", head[1]).replace("EXPECTED", behaviour["expect"])
        check = check.replace("EMPTIED", str(behaviour.get("emptied", False)).lower())
        return Candidate({"main.ts": draft.output, "check.ts": check}, "main.ts", Kind.CLIENT, check="check.ts")
    raise AssertionError(f"{recipe.lineage}: none of {DRAWS} programs is a plain function of known parameters")


def said(verdict: Verdict) -> str:
    last = verdict.last
    return f"{verdict.outcome} {[d.message for d in verdict.diagnostics][:2]} {last.reason if last else ''}"


@pytest.mark.slow
def test_programs_do_on_the_ledger_what_their_class_says(ledger: Verifier) -> None:
    known = recipes()
    assert set(BEHAVIOURS) <= set(known)
    candidates = {name: candidate(known[name], behaviour) for name, behaviour in BEHAVIOURS.items()}
    verdicts = ledger.check(list(candidates.values()), Level.BEHAVE)
    assert {
        name: said(verdict)
        for name, verdict in zip(candidates, verdicts, strict=True)
        if not verdict.passed(Level.BEHAVE)
    } == {}


@pytest.mark.slow
def test_a_check_sees_a_program_that_does_something_else(ledger: Verifier) -> None:
    name = "payments/plain-payment"
    right = candidate(recipes()[name], BEHAVIOURS[name])
    idle = re.sub(r"amount(?:: [^,\n]+)?(?=,?\n)", "amount: AlgoAmount.MicroAlgo(0)", right.files["main.ts"])
    wrong = Candidate({**right.files, "main.ts": f"{idle}\n"}, "main.ts", Kind.CLIENT, check="check.ts")
    (verdict,) = ledger.check([wrong], Level.BEHAVE)
    assert verdict.outcome is Outcome.FAILED
