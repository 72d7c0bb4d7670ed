"""Code that attacks the judge, one way a test: it ends in a verdict on the attacker and harms no neighbour."""

from __future__ import annotations

import pytest

from algorand_coder.records import Candidate, Kind, Level, Outcome
from algorand_coder.verify import Verifier
from algorand_coder.verify import typescript as typescript_judge
from algorand_coder.verify.worker import WorkerFailure
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, client, contract

METHOD = """\
import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'

export class A extends Contract {
  run(x: uint64): string {
    return …
  }
}
"""
TYPE_BOMB = (
    "type Twice<T extends unknown[]> = [...T, ...T]\n"
    "type A = Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<[1]>>>>>>>>>>>>>>\n"
    "export const a: A = []\n"
)

ATTACKS = {
    "null byte": client("export const a = '\0'"),
    "lone surrogate": client("export const a = '\ud800'"),
    "one line of a megabyte": client("export const a = '" + "x" * 999_000 + "'"),
    "deep brackets": client("export const a = " + "[" * 100_000 + "]" * 100_000),
    "brackets without end": client("export const a = " + "(" * 150),
    "long chain of operators": client("export const a = " + "1 +" * 20_000 + " 1"),
    "long chain of calls": client("export const a = 'x'" + ".trim()" * 5_000),
    "many unions": client(f"export const a: {' | '.join(map(str, range(20_000)))} = 'x'"),
    "path outside": Candidate({"../../evil.ts": PAYMENT}, "../../evil.ts", Kind.CLIENT),
    "path of the prototype": Candidate({"__proto__.ts": "export const a: string = 1"}, "__proto__.ts", Kind.CLIENT),
    "names of the prototype": client("export const __proto__: string = 1, constructor = 2, hasOwnProperty = 3\n"),
    "redeclared globals": client("declare global {\n  interface Number { algo: string }\n}\nexport {}"),
    "globals by import": client("import 'vitest/globals'\nexport const x: string = 1\n"),
    "reading the host": client("import secret from '/etc/hostname'\nimport y from '../../../../../../../etc/passwd'\n"),
    "type bomb": client(TYPE_BOMB),
    "script without module": client("var top1 = 1; var name = 2; let undefinedd: string = 1"),
    "contract: deep parentheses": contract(METHOD.replace("…", "(" * 150 + "1" + ")" * 150)),
    "contract: long sum": contract(METHOD.replace("…", "x" + " + x" * 3_000)),
    "contract: same name as its neighbour": contract(COUNTER.replace("by > 0", "by == 0")),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_harms_only_itself(verifier: Verifier, name: str) -> None:
    neighbour = contract(COUNTER) if ATTACKS[name].kind == Kind.CONTRACT else client(PAYMENT + "// beside\n")
    candidates = [client(PAYMENT), ATTACKS[name], client(OLD_PAYMENT), neighbour]
    before, attacker, after, beside = verifier.check(candidates)
    assert before.outcome == beside.outcome == Outcome.PASSED
    assert [found.code for found in after.diagnostics] == ["TS2353"]
    assert attacker.outcome != Outcome.UNJUDGED or attacker.levels[-1].reason
    if name != "long chain of operators" and name != "long chain of calls":
        assert attacker.outcome == Outcome.FAILED


def test_code_that_hangs_the_checker_is_named_and_left_out(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing real hangs TypeScript for long, so patience is made shorter than any answer for one candidate.
    real = typescript_judge._Ask.__call__

    def impatient(self, slots, *, careful):  # type: ignore[no-untyped-def]
        poisoned = any("poison" in text for slot in slots for text in self._batch[slot].files.values())
        if poisoned and not careful:
            raise WorkerFailure("no answer within 120 s")
        for slot, found in real(self, slots, careful=careful):
            if poisoned and "poison" in str(self._batch[slot].files):
                yield slot, {"index": slot, "started": True}
                raise WorkerFailure("no answer within 30 s")
            yield slot, found

    monkeypatch.setattr(typescript_judge._Ask, "__call__", impatient)
    verdicts = verifier.check([client(PAYMENT), client("export const poison = 1"), client(OLD_PAYMENT)])
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED, Outcome.UNJUDGED, Outcome.FAILED]
    assert "no answer within 30 s" in verdicts[1].levels[-1].reason


def test_a_tool_that_fails_at_everything_is_given_up_soon(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def broken(self, slots, *, careful):  # type: ignore[no-untyped-def]
        asked.append(slots)
        raise WorkerFailure("it broke")

    monkeypatch.setattr(typescript_judge._Ask, "__call__", broken)
    verdicts = verifier.check([client(f"export const a = {n}") for n in range(500)], Level.TYPES)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.UNJUDGED}
    assert len(asked) < 200


def test_what_a_candidate_brings_is_never_taken_for_what_was_compiled(verifier: Verifier) -> None:
    files = {"contract.algo.ts": COUNTER, ".out/0/Forged.arc56.json": "{}", "out/0/Forged.arc56.json": "{}"}
    candidate = Candidate(files, "contract.algo.ts", Kind.CONTRACT)
    assert verifier.check([candidate])[0].outcome == Outcome.PASSED
    assert set(verifier.compile_artifacts(candidate)) == {"Counter"}
