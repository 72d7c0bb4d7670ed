from __future__ import annotations

import json

import pytest

from algorand_coder.records import Candidate, Kind, Level, Outcome, Verdict
from algorand_coder.verify import Verifier, toolchain_versions
from tests.verify.samples import (
    COUNTER,
    LIMIT,
    NUMBER_IN_TEALSCRIPT,
    OLD_PAYMENT,
    PAYMENT,
    TEALSCRIPT,
    UNTYPED_SUM,
    client,
    contract,
)


def one(verifier: Verifier, candidate: Candidate, level: Level | None = None) -> Verdict:
    return verifier.check([candidate], level)[0]


@pytest.mark.parametrize(
    ("candidate", "outcome", "levels"),
    [
        (client(PAYMENT), Outcome.PASSED, ["parse", "types"]),
        (client(PAYMENT + "const x: = 3"), Outcome.FAILED, ["parse"]),
        (client("// @ts-nocheck\n" + PAYMENT), Outcome.FAILED, ["parse"]),
        (client(OLD_PAYMENT), Outcome.FAILED, ["parse", "types"]),
        (contract(COUNTER), Outcome.PASSED, ["parse", "types", "compile"]),
        (contract(UNTYPED_SUM), Outcome.FAILED, ["parse", "types", "compile"]),
        (contract(COUNTER.replace("extends Contract", "")), Outcome.FAILED, ["parse", "types", "compile"]),
        (Candidate.single(LIMIT, Kind.LOGICSIG), Outcome.PASSED, ["parse", "types", "compile"]),
        (Candidate.single(TEALSCRIPT, Kind.TEALSCRIPT), Outcome.PASSED, ["parse", "types", "compile"]),
        (Candidate.single(NUMBER_IN_TEALSCRIPT, Kind.TEALSCRIPT), Outcome.FAILED, ["parse", "types", "compile"]),
        (client(PAYMENT, "utils8"), Outcome.UNJUDGED, ["parse"]),
    ],
)
def test_every_class_of_verdict(verifier: Verifier, candidate: Candidate, outcome: Outcome, levels: list[str]) -> None:
    verdict = one(verifier, candidate)
    assert (verdict.outcome, [result.level.value for result in verdict.levels]) == (outcome, levels)
    assert all(result.outcome == Outcome.PASSED for result in verdict.levels[:-1])
    assert bool(verdict.diagnostics) == (outcome == Outcome.FAILED)
    assert verdict.candidate == candidate.key


def test_a_finding_has_its_place_and_a_hint(verifier: Verifier) -> None:
    [found, *_] = one(verifier, contract(UNTYPED_SUM)).diagnostics
    assert (found.level, found.file, found.line, found.column) == (Level.COMPILE, "contract.algo.ts", 8, 11)
    assert "const s: uint64 = a + b" in found.hint
    [found] = one(verifier, client("export const é = '😀', n: number = é\n")).diagnostics
    assert (found.line, found.column, found.code) == (1, 23, "TS2322")


def test_shallow_levels_stop_early(verifier: Verifier) -> None:
    verdict = one(verifier, client(OLD_PAYMENT), Level.PARSE)
    assert verdict.outcome == Outcome.PASSED
    assert [result.level for result in verdict.levels] == [Level.PARSE]


def test_targets_differ(verifier: Verifier) -> None:
    from_root = PAYMENT.replace("{ AlgorandClient }", "{ AlgoAmount, AlgorandClient }").replace(
        "(1).algo()", "AlgoAmount.MicroAlgo(5)"
    )
    verdicts = verifier.check([client(from_root), client(from_root, "utils10")])
    assert [verdict.outcome for verdict in verdicts] == [Outcome.FAILED, Outcome.PASSED]


FILES = {
    "contracts/counter.algo.ts": COUNTER,
    "client.ts": PAYMENT,
    "tests/pay.test.ts": "import { expect, test } from 'vitest'\nimport { pay } from '../client'\n"
    "import { Counter } from '../contracts/counter.algo'\n\n"
    "test('shape', () => {\n  expect(pay).toBeTypeOf('function')\n  expect(Counter.name).toBe('Counter')\n})\n",
    "spec.json": '{"name": "Counter"}',
}


def test_several_files_are_one_candidate(verifier: Verifier) -> None:
    whole = Candidate(FILES, "tests/pay.test.ts", Kind.CLIENT)
    assert one(verifier, whole).passed(Level.COMPILE)
    broken = Candidate({**FILES, "contracts/counter.algo.ts": UNTYPED_SUM}, "tests/pay.test.ts", Kind.CLIENT)
    verdict = one(verifier, broken)
    assert verdict.outcome == Outcome.FAILED
    assert {found.file for found in verdict.diagnostics} == {"contracts/counter.algo.ts"}
    without = {name: text for name, text in FILES.items() if name != "client.ts"}
    lonely = Candidate(without, "tests/pay.test.ts", Kind.CLIENT)
    assert [found.code for found in one(verifier, lonely).diagnostics] == ["TS2307"]


def test_no_candidate_sees_another(verifier: Verifier) -> None:
    helper = Candidate({"helper.ts": "export const answer = 42\n", "main.ts": PAYMENT}, "main.ts", Kind.CLIENT)
    thieves = [
        client(f"import {{ answer }} from '{path}'\nexport const x = answer\n") for path in ("./helper", "../0/helper")
    ]
    verdicts = verifier.check([helper, *thieves])
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED, Outcome.FAILED, Outcome.FAILED]


def test_artifacts_of_a_contract(verifier: Verifier) -> None:
    [artifact] = verifier.compile_artifacts(contract(COUNTER)).values()
    assert (artifact.name, artifact.file, artifact.avm_version) == ("Counter", "contract.algo.ts", 10)
    assert artifact.approval_teal.startswith("#pragma version 10")
    assert artifact.approval[:1] == artifact.clear[:1] == b"\x0a"
    assert json.loads(artifact.arc56)["name"] == "Counter"
    [limit] = verifier.compile_artifacts(Candidate.single(LIMIT, Kind.LOGICSIG)).values()
    assert limit.is_logicsig and limit.approval
    assert not verifier.compile_artifacts(contract(UNTYPED_SUM))
    assert not verifier.compile_artifacts(client(PAYMENT))


def test_artifacts_are_free_of_this_machine(verifier: Verifier) -> None:
    [artifact] = verifier.compile_artifacts(contract(COUNTER)).values()
    for text in (artifact.approval_teal, artifact.arc56):
        assert "/tmp" not in text and "/home" not in text and "node_modules" not in text
    assert "// contract.algo.ts:" in artifact.approval_teal


def test_a_newer_avm_only_for_code_that_asks_for_it(verifier: Verifier) -> None:
    code = (
        "import { Contract, bytes, op } from '@algorandfoundation/algorand-typescript'\n"
        "export class Hash extends Contract {\n  run(b: bytes): bytes {\n"
        "    return op.mimc(op.MimcConfigurations.BN254Mp110, b)\n  }\n}\n"
    )
    assert one(verifier, contract(code)).outcome == Outcome.PASSED
    assert verifier.compile_artifacts(contract(code))["Hash"].avm_version == 11


def test_template_variables_leave_teal_without_bytecode(verifier: Verifier) -> None:
    code = (
        "import { LogicSig, TemplateVar, Txn, uint64 } from '@algorandfoundation/algorand-typescript'\n"
        "const FEE = TemplateVar<uint64>('FEE')\n"
        "export class Limit extends LogicSig {\n  program(): boolean {\n    return Txn.fee < FEE\n  }\n}\n"
    )
    candidate = Candidate.single(code, Kind.LOGICSIG)
    assert one(verifier, candidate).outcome == Outcome.PASSED
    artifact = verifier.compile_artifacts(candidate)["Limit"]
    assert "TMPL_FEE" in artifact.approval_teal and artifact.approval == b""


def test_order_duplicates_and_progress(verifier: Verifier) -> None:
    candidates = [client(PAYMENT), contract(UNTYPED_SUM), client(PAYMENT), client(OLD_PAYMENT), contract(COUNTER)]
    counted: list[int] = []
    verdicts = verifier.check(candidates, progress=counted.append)
    assert [verdict.candidate for verdict in verdicts] == [candidate.key for candidate in candidates]
    assert sum(counted) == len(candidates)
    assert verifier.check([]) == []


def test_deprecated_symbols_and_type_coverage(tools: None) -> None:
    old = (
        "import * as algokit from '@algorandfoundation/algokit-utils'\n"
        "export const client = algokit.getAlgoClient()\n"
        "export const send = (algorand: algokit.AlgorandClient) => algorand.newGroup().execute()\n"
    )
    loose = "export function f(x: any): string {\n  const y = JSON.parse('1')\n  return x.a + y.b\n}\n"
    with Verifier(cache=None, metrics=True) as measured:
        dated, untyped, clean = measured.check([client(old), client(loose), client(PAYMENT)])
    assert dated.deprecated == ("execute", "getAlgoClient")
    assert untyped.type_coverage is not None and untyped.type_coverage < 0.5
    assert clean.type_coverage == 1.0 and clean.deprecated == ()


def test_versions_name_every_tool(verifier: Verifier) -> None:
    assert verifier.versions() == toolchain_versions()
    assert {"typescript", "algokit-utils", "algosdk", "algorand-typescript", "puya-ts", "puya"} <= set(
        toolchain_versions()
    )
