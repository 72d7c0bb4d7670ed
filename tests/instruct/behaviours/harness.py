"""Puts drawn programs beside their scenarios, so that one check program drives many of them on one ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from algorand_coder.instruct.patterns.base import Draft, Recipe
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import attempt, families
from algorand_coder.records import Candidate, Kind, Level, Verdict
from algorand_coder.verify import Verifier

HERE = Path(__file__).parent
BEHAVIOURS: dict[str, dict[str, Any]] = yaml.safe_load((HERE.parent / "behaviours.yaml").read_text(encoding="utf-8"))
"""Lineage → what its check needs: see the head of the file."""
SEED = 23
DRAWS = 600
BATCH = 12
"""Programs of one check: all run within the time that the judge gives one check, on a busy machine too."""
_FUNCTION = re.compile(r"^export (?:async )?function (\w+)(?:<\w+>)?\(([^()]*(?:\([^()]*\)[^()]*)*)\)", re.MULTILINE)
_PARAMETER = re.compile(r"(\w+)\??: ((?:\{[^}]*\}(?:\[\])?|\([^)]*\) => [\w<>]+|[\w.]+<[^>]*>|[^,{(<])+)")
_SCENARIO = re.compile(r"^  '([\w-]+/[\w-]+)':", re.MULTILINE)
_FIXTURE = "TicketOffice"
_ACCOUNTS = {"string", "Address", "Account", "TransactionSignerAccount", "{ addr: Address; signer: TransactionSigner }"}
"""Types that an account comes as."""
_GIVEN = {
    "AlgorandClient",
    "Algodv2",
    "AlgoAmount",
    "bigint",
    "number",
    "string[]",
    "{ address: string; weight: bigint }[]",
    "{ receiver: string; amount: bigint }[]",
}
"""Types that ``run`` in ``kit.ts`` has a value for."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One program of a class."""

    lineage: str
    draft: Draft

    @property
    def name(self) -> str:
        """Family and class, as scenarios and rows call it."""
        return self.lineage.split("/", 1)[1]

    @property
    def is_contract(self) -> bool:
        """Whether it is compiled for the chain."""
        return self.draft.kind is not Kind.CLIENT

    @property
    def file(self) -> str:
        """Name of its file beside the check."""
        return self.name.replace("/", "_") + (".algo.ts" if self.is_contract else ".ts")


def recipes() -> dict[str, Recipe]:
    """Every recipe by family and name."""
    return {f"{recipe.family}/{recipe.name}": recipe for family in families() for recipe in family.recipes}


@cache
def scenario_files() -> Mapping[str, str]:
    """The file of ``behaviours`` that each class's scenario is in."""
    found = {}
    for path in sorted(HERE.glob("scenarios_*.ts")):
        found.update(dict.fromkeys(_SCENARIO.findall(path.read_text(encoding="utf-8")), path.name))
    return found


def excused() -> dict[str, str]:
    """Classes that cannot be put to work on the ledger, and why."""
    return {name: row["excused"] for name, row in BEHAVIOURS.items() if "excused" in row}


def checked() -> set[str]:
    """Classes with a check."""
    return {name for name in scenario_files() if name not in excused()} | {
        name for name, row in BEHAVIOURS.items() if "expect" in row
    }


def fits(draft: Draft, row: Mapping[str, Any]) -> bool:
    """Whether a check can call ``draft``: a contract, or a plain exported function; and the form the row asks for."""
    if draft.kind is Kind.CLIENT:
        head = _FUNCTION.search(draft.output)
        if head is None or re.search(
            r"^export (?:interface|type) \w+(?:Options|Params|Args|Request)\b", draft.output, re.M
        ):
            return False
        if "expect" in row and not takes(parameters(head[2]), row):
            return False
    text = f"{draft.instruction}\n{draft.input}\n{draft.output}"
    wanted = row.get("draw", [])
    return all(re.search(each, text) for each in ([wanted] if isinstance(wanted, str) else wanted))


def parameters(head: str) -> list[tuple[str, str]]:
    """Name and type of each parameter between the brackets of a function's head."""
    return [(name, kind.strip()) for name, kind in _PARAMETER.findall(head)]


def takes(declared: Sequence[tuple[str, str]], row: Mapping[str, Any]) -> bool:
    """Whether a row's accounts and values are just what a function wants."""
    others = [kind for name, kind in declared if name not in row.get("args", {}) and name != "assetId"]
    accounts = [kind for kind in others if kind in _ACCOUNTS]
    return len(accounts) == len(row.get("accounts", "")) and set(others) <= _ACCOUNTS | _GIVEN


def programs(recipe: Recipe, row: Mapping[str, Any], draws: Iterable[int]) -> Iterable[Drawn]:
    """The programs among ``draws`` that a check can call."""
    for number in draws:
        draft = attempt(recipe, Dice(SEED, recipe.lineage, number))
        if draft is not None and fits(draft, row):
            yield Drawn(recipe.lineage, draft)


def first(name: str) -> Drawn:
    """The first program of a class that its check can call."""
    for drawn in programs(recipes()[name], BEHAVIOURS.get(name) or {}, range(DRAWS)):
        return drawn
    raise AssertionError(f"{name}: none of {DRAWS} programs can be called by its check")


def told(drawn: Drawn, compiled: Mapping[str, Any]) -> dict[str, Any]:
    """What the check program knows of a program."""
    draft = drawn.draft
    about: dict[str, Any] = {
        "lineage": drawn.name,
        "source": draft.output,
        "name": "",
        "parameters": [],
    }
    about["request"] = f"{draft.instruction}\n{draft.input}"
    if draft.kind is Kind.CLIENT:
        head = _FUNCTION.search(draft.output)
        assert head
        return {**about, "name": head[1], "parameters": parameters(head[2])}
    (artifact,) = compiled.values()
    return (
        {**about, "teal": artifact.approval_teal} if artifact.is_logicsig else {**about, "spec": lean(artifact.arc56)}
    )


def lean(arc56: str) -> str:
    """A specification without what only a reader needs."""
    spec = json.loads(arc56)
    return json.dumps({name: part for name, part in spec.items() if name != "source"})


def rows_file(names: Sequence[str]) -> str:
    """TypeScript of the checks that ``behaviours.yaml`` holds as data."""
    lines = ["import type { Scenario } from './kit'", "import { row } from './rows_kit'", ""]
    lines.append("export const scenarios: Record<string, Scenario> = {")
    for name in names:
        behaviour = BEHAVIOURS[name]
        args = ", ".join(f"{key}: {value}" for key, value in behaviour.get("args", {}).items())
        setting = f"{json.dumps(behaviour.get('accounts', ''))}, {json.dumps(behaviour.get('emptied', False))}"
        lines += [
            f"  '{name}': async (program, world) =>",
            f"    row(program, world, {setting}, () => ({{ {args} }}), ({{ before, after, seen, paid }}) =>",
            f"      {behaviour['expect']}),",
        ]
    return "\n".join([*lines, "}", ""])


def batches(drawn: Sequence[Drawn], ledger: Verifier, size: int) -> list[Candidate]:
    """Check programs for ``drawn``, each with ``size`` of them; contracts are compiled in one go."""
    contracts = {item: Candidate.single(item.draft.output, item.draft.kind) for item in drawn if item.is_contract}
    office = Candidate.single((HERE / "ticket_office.algo.ts").read_text(encoding="utf-8"), Kind.CONTRACT)
    compiling = [*contracts.values(), office]
    for verdict, candidate in zip(ledger.check(compiling, Level.COMPILE), compiling, strict=True):
        assert verdict.passed(Level.COMPILE), f"{said(verdict)}\n{candidate.files[candidate.entry]}"
    office_spec = ledger.compile_artifacts(office)[_FIXTURE].arc56
    places: dict[str, list[Drawn]] = {}
    for item in drawn:
        places.setdefault(scenario_files().get(item.name, ""), []).append(item)
    made = []
    for place, items in sorted(places.items()):
        for start in range(0, len(items), size):
            some = items[start : start + size]
            about = [
                told(item, ledger.compile_artifacts(contracts[item]) if item in contracts else {}) for item in some
            ]
            scenarios = (
                (HERE / place).read_text(encoding="utf-8") if place else rows_file([a["lineage"] for a in about])
            )
            clients = [item for item in some if not item.is_contract]
            imports = [f"import * as p{index} from './{item.file[:-3]}'" for index, item in enumerate(clients)]
            modules = ", ".join(f"'{item.name}': p{index}" for index, item in enumerate(clients))
            files = {
                **{item.file: item.draft.output for item in clients},
                "main.ts": "\n".join(
                    [*imports, f"export const modules: Record<string, unknown> = {{ {modules} }}", ""]
                ),
                "scenarios.ts": scenarios,
                "programs.json": json.dumps(about, indent=1),
                "office.json": json.dumps(json.loads(office_spec), indent=1),
                **{name: (HERE / name).read_text(encoding="utf-8") for name in ("kit.ts", "rows_kit.ts", "check.ts")},
            }
            made.append(Candidate(files, "main.ts", Kind.CLIENT, check="check.ts"))
    return made


def said(verdict: Verdict) -> str:
    """A verdict in words."""
    found = [f"{d.file}:{d.line} {d.message}" for d in verdict.diagnostics][:6]
    return f"{verdict.outcome} {found} {verdict.last.reason if verdict.last else ''}"


def wrong(drawn: Sequence[Drawn], ledger: Verifier, size: int = BATCH) -> dict[str, str]:
    """What did not do on the ledger what its class says, by class.

    A check that broke as a whole, by its time limit on a busy machine for one, is taken apart into smaller ones.
    """
    found: dict[str, str] = {}
    again: list[Drawn] = []
    checks = batches(drawn, ledger, size)
    for candidate, verdict in zip(checks, ledger.check(checks, Level.BEHAVE), strict=True):
        if verdict.passed(Level.BEHAVE):
            continue
        names = {each["lineage"] for each in json.loads(candidate.files["programs.json"])}
        message = next((d.message for d in verdict.diagnostics), "")
        try:
            found.update(json.loads(message))
        except ValueError:
            if len(names) == 1:
                found[names.pop()] = said(verdict)
            again += [item for item in drawn if item.name in names]
    return {**found, **(wrong(again, ledger, max(1, size // 4)) if again else {})}
