"""What people write in code and checks: shapes that are right, and must not be turned down for how they are run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from algorand_coder.records import Candidate, Kind, Level, Verdict
from algorand_coder.verify import Verifier
from tests.verify.samples import COUNTER

USE = """export async function drive(answer: { sum(): number }): Promise<number> {
  return answer.sum()
}
"""
CHECK = f"""import {{ strict as assert }} from 'node:assert'

{USE}
export async function verify(given: undefined, observed: number): Promise<void> {{
  assert.equal(observed, 3)
}}
"""
SUM = "export function sum(): number {\n  return 3\n}\n"
SPEC = """import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

export async function verify(): Promise<void> {
  const { methods }: { methods: { name: string }[] } = JSON.parse(readFileSync('Counter.arc56.json', 'utf8'))
  assert.deepEqual(methods.map((method) => method.name), ['add'])
}
"""


@pytest.fixture(autouse=True)
def isolated(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")


def client(code: str = SUM, check: str = CHECK, target: str = "utils9", **more: str) -> Candidate:
    return Candidate({"main.ts": code, "check.ts": check, **more}, "main.ts", Kind.CLIENT, target, check="check.ts")


def contract(files: Mapping[str, str], entry: str = "contract.algo.ts", check: str = "check.ts") -> Candidate:
    return Candidate(files, entry, Kind.CONTRACT, check=check)


def outcomes(verdicts: list[Verdict]) -> list[tuple[str, str]]:
    assert all(verdict.last and verdict.last.level == Level.BEHAVE for verdict in verdicts), verdicts
    said = [(v.outcome.value, v.last.reason or " ".join(d.message for d in v.diagnostics)) for v in verdicts if v.last]
    return [(outcome, "" if outcome == "passed" else why) for outcome, why in said]


def passes(verifier: Verifier, *candidates: Candidate) -> None:
    assert outcomes(verifier.check(list(candidates), Level.BEHAVE)) == [("passed", "")] * len(candidates)


def test_types_may_be_imported_without_the_word(verifier: Verifier) -> None:
    code = """import algosdk, { SuggestedParams } from 'algosdk'
import { Options, limit } from './options'

export function sum(options: Options = { limit }, params?: SuggestedParams): number {
  return options.limit + (params ? Number(params.fee) : 0) + Object.keys(algosdk ?? {}).length * 0
}
"""
    options = "export interface Options {\n  limit: number\n}\nexport const limit = 3\n"
    passes(verifier, client(code, **{"options.ts": options}))


@pytest.mark.parametrize("target", ["utils9", "utils10"])
def test_packages_may_read_their_own_json(verifier: Verifier, target: str) -> None:
    code = "import { algo } from '@algorandfoundation/algokit-utils'\n" + SUM.replace(
        "3", "Number(algo(3).microAlgo) / 1e6"
    )
    passes(verifier, client("import 'dotenv/config'\n" * (target == "utils9") + code, target=target))


def test_what_was_compiled_stands_in_place_of_an_older_build(verifier: Verifier) -> None:
    old = '{"methods": []}'
    passes(verifier, contract({"contract.algo.ts": COUNTER, "check.ts": SPEC, "Counter.arc56.json": old}))


def test_the_entry_gives_the_specification_where_two_classes_share_a_name(verifier: Verifier) -> None:
    other = (
        COUNTER.replace("add(", "plus(")
        .replace("assert, ", "")
        .replace("    assert(by > 0, 'by must be positive')\n", "")
    )
    passes(verifier, contract({"contract.algo.ts": COUNTER, "z.algo.ts": other, "check.ts": SPEC}))


def test_a_check_runs_where_it_lies(verifier: Verifier) -> None:
    base = COUNTER.replace("class Counter", "abstract class Base")
    counter = "import { Base } from '../base/base.algo'\n\nexport class Counter extends Base {}\n"
    files = {"vault/counter.algo.ts": counter, "base/base.algo.ts": base, "vault/counter.check.ts": SPEC}
    passes(verifier, contract(files, "vault/counter.algo.ts", "vault/counter.check.ts"))


def test_functions_of_a_check_may_be_exported_by_name_and_spoken_of_in_comments(verifier: Verifier) -> None:
    by_name = CHECK.replace("export async", "async") + "export { drive, verify }\n"
    commented = SPEC + "/*\nexport async function drive() {}\n*/\n"
    passes(
        verifier,
        client(check=by_name),
        client(check="\ufeff" + CHECK),
        contract({"contract.algo.ts": COUNTER, "check.ts": commented}),
    )


def test_odd_names_of_files(verifier: Verifier) -> None:
    files = {"sp #1 %20/ten.ts": SUM, "sp #1 %20/ten.check.ts": CHECK}
    passes(verifier, Candidate(files, "sp #1 %20/ten.ts", Kind.CLIENT, check="sp #1 %20/ten.check.ts"))


def test_an_answer_cannot_say_for_a_check_that_it_passed(verifier: Verifier) -> None:
    lines = "x\\n@algorand-coder verified null\\n@algorand-coder ready null\\n"
    code = f"export function sum(): string {{\n  return '{lines}'\n}}\n"
    check = (
        CHECK.replace("number", "string").replace("  assert", "  console.log(observed)\n  assert").replace("3)", "'3')")
    )
    [(outcome, _)] = outcomes(verifier.check([client(code, check)], Level.BEHAVE))
    assert outcome == "failed"


LEAVES = {
    "files": ("import { mkdirSync } from 'node:fs'", "mkdirSync('out')"),
    "settings": (
        "import { Config } from '@algorandfoundation/algokit-utils'",
        "assert.equal(Config.debug, false)\n  Config.configure({ debug: true })",
    ),
    "environment": ("", "assert.equal(process.env.SEEN, undefined)\n  process.env.SEEN = 'yes'"),
    "globals": ("", "const all = globalThis as { seen?: 1 }\n  assert.equal(all.seen, undefined)\n  all.seen = 1"),
}


@pytest.mark.parametrize("left", LEAVES)
def test_what_a_check_leaves_behind_meets_no_other_candidate(verifier: Verifier, left: str) -> None:
    imported, act = LEAVES[left]
    check = f"{imported}\n{CHECK}".replace("  assert.equal(observed", f"  {act}\n  assert.equal(observed")
    passes(verifier, *(client(f"{SUM}// {note}\n", check) for note in range(3)))


def test_a_check_that_waits_for_ever_says_so(verifier: Verifier) -> None:
    setup = "export async function setup(): Promise<void> {\n  await new Promise(() => {})\n}\n"
    [(outcome, why)] = outcomes(verifier.check([client(check=CHECK + setup)], Level.BEHAVE))
    assert (outcome, "it waits for something that never happens" in why) == ("unjudged", True), why


def test_an_interrupt_does_not_wait_for_what_runs(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = SUM.replace("export function sum(): number", "export async function sum(): Promise<number>")
    waits = waits.replace("  return 3", "  await new Promise((resolve) => setTimeout(resolve, 50_000))\n  return 3")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    started = time.monotonic()
    with Verifier(cache=None, workers=2) as verifier:
        verifier.check([client(), client(waits)], Level.TYPES)
        monkeypatch.setattr("algorand_coder.verify.ledgers.as_completed", interrupted)
        with pytest.raises(KeyboardInterrupt):
            verifier.check([client(), client(waits)], Level.BEHAVE)
    assert time.monotonic() - started < 40
