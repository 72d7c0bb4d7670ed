"""The contract with TypeScript's unstable API, and with the batch compiler that stands in when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from algorand_coder.records import Candidate, Kind
from algorand_coder.verify import Verifier, toolchain
from algorand_coder.verify.worker import Worker
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, client, contract


@pytest.fixture(scope="module")
def worker(tools: None) -> Iterator[Worker]:
    found = Worker(toolchain.worker_script("types"), (str(toolchain.ensure("client")), '{"types": ["node"]}'))
    yield found
    found.close(grace=2.0)


def ask(worker: Worker, *candidates: dict[str, str], **wanted: Any) -> list[dict[str, Any]]:
    request = {"types": True, "deprecations": True, "coverage": True, "careful": False, **wanted}
    files = [list(candidate.items()) for candidate in candidates]
    items = list(worker.request("check", {"candidates": files, **request}, patience=60.0))
    return sorted((item for item in items if not item.get("started")), key=lambda item: int(item["index"]))


SAMPLES = (
    {"main.ts": "export const a: string = 1"},
    {"main.ts": "export const a = ["},
    {"main.ts": "/** @deprecated use b */\nfunction a(): void {}\na()\nexport {}"},
    {"main.ts": "export function f(x: any): void {\n  x.y()\n}"},
    {
        "lib/a.ts": "export const a = 1",
        "main.ts": "import { a } from './lib/a'\nimport s from './s.json'\ns.name = a",
        "s.json": '{"name": "x"}',
    },
)  # fmt: skip


@pytest.mark.parametrize("careful", [False, True])
def test_what_the_adapter_promises(worker: Worker, careful: bool) -> None:
    wrong, broken, old, loose, several = ask(worker, *SAMPLES, careful=careful)
    [finding] = wrong["semantic"]
    assert (finding["file"], finding["line"], finding["column"], finding["code"]) == ("main.ts", 1, 14, "TS2322")
    assert [finding["code"] for finding in broken["syntactic"]] == ["TS1005"]
    assert [finding["source"] for finding in old["deprecated"]] == ["a"]
    assert loose["coverage"][0] < loose["coverage"][1] and "coverage" not in wrong
    assert [(finding["line"], finding["code"]) for finding in several["semantic"]] == [(3, "TS2322")]


def test_every_form_of_code_can_be_measured(worker: Worker) -> None:
    code = "const [, second = 1, ...rest] = [1, 2, 3], { a: { b }, ...c } = { a: { b: 1 }, d: 2 }\n" + (
        "export default class<T> { static #p = second; get q() { return this } constructor(private r = b) {} }\n"
        "export const f = <T,>(x: T, ...y: unknown[]): x is T => y.length > rest.length && `${c.d}` in {}\n"
        "label: for (const z of [1]) { if (z) continue label; else break }\n"
    )
    [found] = ask(worker, {"main.ts": code})
    assert found["semantic"] == [] and found["coverage"][0] == found["coverage"][1] > 10


def test_messages_name_no_path_of_this_machine(worker: Worker) -> None:
    code = "import algosdk from 'algosdk'\nalgosdk.nothing\nimport * as me from './main'\nme.nothing\n"
    [found] = ask(worker, {"main.ts": code})
    assert len(found["semantic"]) == 2
    for finding in found["semantic"]:
        assert str(toolchain.ensure("client")) not in finding["message"]
        assert "/v" not in finding["message"]


@pytest.mark.parametrize("beside", ["", "const path = './elsewhere'\n"])
def test_a_type_of_this_file_is_named_after_it(worker: Worker, beside: str) -> None:
    code = "import type * as sdk from 'algosdk'\nexport class Account {}\nexport const a: sdk.Account = new Account()\n"
    [found] = ask(worker, {"main.ts": beside + code})
    [finding] = found["semantic"]
    assert finding["file"] == "main.ts" and "'import(\"./main\").Account'" in finding["message"]


ANNOTATIONS = {
    "string": [2, 2],
    "unknown": [2, 2],
    "(y: any) => void": [2, 3],
    "{ y: any }": [2, 3],
    "any[]": [2, 3],
    "any": [1, 3],
    "Loose": [1, 2],
    "Loose | string": [1, 2],
}


def test_an_annotation_counts_for_what_it_is(worker: Worker) -> None:
    loose = "type Loose = ReturnType<typeof JSON.parse>\n"
    files = [{"main.ts": f"{loose}export function f(x: {form}): void {{}}\n"} for form in ANNOTATIONS]
    assert [found["coverage"] for found in ask(worker, *files)] == list(ANNOTATIONS.values())


def test_syntax_alone_needs_no_imports(worker: Worker) -> None:
    [found] = ask(worker, {"main.ts": OLD_PAYMENT}, types=False, deprecations=False, coverage=False)
    assert found == {"index": 0, "syntactic": []}


def test_the_batch_compiler_gives_the_same_verdicts(tools: None, monkeypatch: pytest.MonkeyPatch) -> None:
    candidates = [
        *(Candidate(files, "main.ts", Kind.CLIENT) for files in SAMPLES),
        client(PAYMENT),
        client(OLD_PAYMENT),
        client("import 'vitest/globals'\ntest('a', () => undefined)\n"),
        client("test('a', () => undefined)\nexport {}\n"),
        contract(COUNTER),
    ]
    with Verifier(cache=None, workers=1) as verifier:
        expected = [(verdict.outcome, verdict.diagnostics) for verdict in verifier.check(candidates)]
    monkeypatch.setenv("ALGORAND_CODER_TYPESCRIPT", "tsc")
    with Verifier(cache=None, workers=1) as verifier:
        assert [(verdict.outcome, verdict.diagnostics) for verdict in verifier.check(candidates)] == expected
