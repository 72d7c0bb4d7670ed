"""A batch must say of each piece of code exactly what is said of it alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from algorand_coder.errors import UserError
from algorand_coder.pipeline import Engine
from algorand_coder.records import Candidate, Kind, Level, Verdict
from algorand_coder.verify import Verifier, cluster, hygiene, typescript
from tests.verify.samples import (
    ALGORAND_TYPESCRIPT,
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

NO_SUBMIT = (
    f"import {{ Contract, Txn, itxn }} from '{ALGORAND_TYPESCRIPT}'\n"
    "export class Payer extends Contract {\n  run(): void {\n"
    "    itxn.payment({ receiver: Txn.sender, amount: 1 })\n  }\n}\n"
)
POOL: list[Candidate] = [
    client(PAYMENT),
    client(OLD_PAYMENT),
    client(PAYMENT, "utils10"),
    client("export const a: = 3"),
    client("export function f( {"),
    client("const twice = 1\nconst twice = 2\n"),
    client("const twice = 1\n"),
    client("interface Array<T> { mine: T }\nexport const a = [1].mine\n"),
    client("export const a = (1).algo()\n"),
    client("import 'vitest/globals'\ntest('a', () => expect(1).toBe(1))\n"),
    client("test('a', () => expect(1).toBe(1))\n"),
    client("import '../../../node_modules/@algorandfoundation/algokit-utils'\nexport const a = 1\n"),
    client('/// <reference lib="dom" />\nexport const a = window.name\n'),
    client("export const a = window.name\n"),
    client("import { test } from 'vitest'\ntest('a', () => undefined)\n"),
    client("import { pay } from '../0/main'\nexport const y = pay\n"),
    contract("import { Counter } from '../c0/contract.algo'\nexport class Heir extends Counter {}\n"),
    client("declare global {\n  const stolen: string\n}\nexport {}"),
    client("export const a = stolen\n"),
    client("globalThis.shared = 1\nexport {}\n"),
    client("export type Deep<T, N extends number = 0> = Deep<[T], N>\nexport const a: Deep<1> = 1\n"),
    contract(COUNTER),
    contract(COUNTER.replace("Counter", "Other")),
    contract(UNTYPED_SUM),
    contract(NO_SUBMIT),
    contract("const lone = 1\n"),
    contract("const lone = 'other'\n"),
    contract(COUNTER.replace("this.count.value += by", "this.count.value = clone(by)")),
    Candidate.single(LIMIT, Kind.LOGICSIG),
    Candidate.single(TEALSCRIPT, Kind.TEALSCRIPT),
    Candidate.single(NUMBER_IN_TEALSCRIPT, Kind.TEALSCRIPT),
    Candidate(
        {"main.ts": "import { Counter } from './counter.algo'\nexport const x = Counter\n", "counter.algo.ts": COUNTER},
        "main.ts",
        Kind.CLIENT,
    ),
    Candidate(
        {
            "main.ts": "import { Counter } from './counter.algo'\nexport const x = Counter\n",
            "counter.algo.ts": UNTYPED_SUM,
        },
        "main.ts",
        Kind.CLIENT,
    ),
]


@pytest.fixture(scope="module")
def alone(verifier: Verifier) -> dict[str, Verdict]:
    return {candidate.key: verifier.check([candidate])[0] for candidate in POOL}


@settings(max_examples=8, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(POOL), min_size=2, max_size=24))
def test_a_random_mix_gives_the_verdicts_of_one_by_one(
    verifier: Verifier, alone: dict[str, Verdict], mix: list[Candidate]
) -> None:
    assert verifier.check(mix) == [alone[candidate.key] for candidate in mix]


def test_the_whole_pool_at_once(verifier: Verifier, alone: dict[str, Verdict]) -> None:
    assert verifier.check(POOL) == [alone[candidate.key] for candidate in POOL]


@pytest.mark.parametrize(
    "line",
    [
        "import '../../../node_modules/@algorandfoundation/algokit-utils'",
        "import /* */ '../../../node\\u005fmodules/@algorandfoundation/algokit-utils'",
        "import '@algorandfoundation//algokit-utils'",
        "import 'nowhere/../@algorandfoundation/algokit-utils'",
        "import '@algorandfoundation/algokit-utils/types/../index'",
        "export type A = import(// so\n'@types/../@algorandfoundation/algokit-utils').AlgorandClient",
        '/// <reference path="../../../node_modules/@algorandfoundation/algokit-utils/index.d.ts" />',
        '/// <reference types="@algorandfoundation/algokit-utils" />',
        "/** @jsxImportSource @algorandfoundation/algokit-utils */",
    ],
)
def test_no_way_of_importing_changes_what_others_may_use(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    # The rules would refuse some of these before the type checker sees them; it must not depend on that.
    monkeypatch.setattr(hygiene, "check", lambda candidate: [])
    innocent, hostile = client("export const fee = (5).algo()\n"), client(f"{line}\nexport const a = 1\n")
    found = verifier.check([hostile, innocent], Level.TYPES)[1]
    assert [each.code for each in found.diagnostics] == ["TS2339"]


def test_two_compilers_side_by_side(tools: None, alone: dict[str, Verdict]) -> None:
    contracts = [candidate for candidate in POOL if candidate.kind == Kind.CONTRACT]
    with Verifier(cache=None, workers=2) as pair:
        assert pair.check(contracts) == [alone[candidate.key] for candidate in contracts]


def test_two_type_checkers_side_by_side(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [verifier.check([candidate], Level.TYPES)[0] for candidate in POOL]
    monkeypatch.setattr(typescript, "_BATCH", 5)
    with Verifier(cache=None, workers=2) as pair:
        assert pair.check(POOL, Level.TYPES) == alone
        # One a project would be three.
        assert len(pair.workers()) > 3


@pytest.mark.slow
def test_a_cluster_gives_the_same_verdicts(
    tools: None, alone: dict[str, Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray")
    monkeypatch.setattr(cluster, "_SHARE", 7)
    candidates = POOL + POOL[:3]
    judged: list[int] = []
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        with Verifier(cache=None, engine=Engine("ray", 2)) as many:
            assert many.check(candidates, progress=judged.append) == [alone[candidate.key] for candidate in candidates]
            assert sum(judged) == len(candidates)
            monkeypatch.setattr("algorand_coder.verify.verifier.fingerprint", lambda: "another")
            with pytest.raises(UserError, match="other tools"):
                many.check(POOL[:1])
    finally:
        ray.shutdown()
