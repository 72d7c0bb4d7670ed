"""A specification read as a client reads it, and the code that answers every task about it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from algorand_coder.instruct.config import SpecConfig
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.spec.abi import Arg, Spec, split_types
from algorand_coder.instruct.spec.strategy import MAX_SPEC, SpecStrategy, spec_of
from algorand_coder.instruct.spec.tasks import TASKS, Answer
from algorand_coder.instruct.strategy import Material, Trial
from algorand_coder.records import Candidate, Kind, Level, Outcome, Pair
from algorand_coder.syntax import has_error
from algorand_coder.verify import Verifier
from algorand_coder.verify.artifacts import ContractArtifact
from tests.instruct.conftest import accepted

STORE = accepted("repair/store.algo.ts")
NO_OP = {"create": [], "call": ["NoOp"]}


def method(name: str, *args: tuple[str, str], returns: str = "void", **more: Any) -> dict[str, Any]:
    """A method as ARC-56 has it."""
    found = {
        "name": name,
        "args": [{"name": each, "type": kind} for each, kind in args],
        "returns": {"type": returns},
        "actions": NO_OP,
        "readonly": False,
    }
    return {**found, **more}


RAW: dict[str, Any] = {
    "name": "Store",
    "structs": {"Order": [{"name": "units", "type": "uint64"}, {"name": "paid", "type": "uint64"}]},
    "methods": [
        method("create", ("price", "uint64"), actions={"create": ["NoOp"], "call": []}),
        method("buy", ("payment", "pay"), ("units", "uint64"), returns="uint64"),
        method("cancel", ("reason", "string")),
        method("orderOf", ("account", "address"), returns="(uint64,uint64)", readonly=True),
        method("swap", ("transfer", "axfer")),
    ],
    "state": {
        "schema": {"global": {"ints": 1, "bytes": 1}, "local": {"ints": 0, "bytes": 0}},
        "keys": {
            "global": {
                "price": {"keyType": "AVMString", "valueType": "AVMUint64", "key": "cA=="},
                "motto": {"keyType": "AVMString", "valueType": "AVMString", "key": "bQ=="},
            },
            "local": {},
            "box": {},
        },
        "maps": {"global": {}, "local": {}, "box": {"orders": {"keyType": "address", "valueType": "Order"}}},
    },
    "bareActions": {"create": [], "call": []},
}
RAW["methods"][3]["returns"]["struct"] = "Order"
SPEC = Spec(json.dumps(RAW))


def answers(name: str, count: int = 8) -> list[Answer]:
    """What a task makes of the store in ``count`` draws; at least one of them must fit."""
    found = []
    for n in range(count):
        try:
            found.append(TASKS[name](SPEC, Dice(name, n)))
        except Unfit:
            continue
    assert found, name
    return found


def derived(pairs: list[Pair], spec: str, seed: int = 1, max_per_unit: int = 1) -> list[Trial]:
    """Trials over ``pairs``, all of which have the same specification."""
    artifact = ContractArtifact("Store", "contract.algo.ts", 10, "", b"", arc56=spec)
    material = Material(pairs, lambda candidate: {"Store": artifact})
    return list(SpecStrategy().derive(material, SpecConfig(max_per_unit=max_per_unit), seed))


def test_types_of_values() -> None:
    found = {
        kind: SPEC.type_of(kind) for kind in ("uint64", "uint8", "string", "bool", "address", "byte[]", "byte[32]")
    }
    assert list(found.values()) == ["bigint", "number", "string", "boolean", "string", "Uint8Array", "Uint8Array"]
    assert SPEC.type_of("(uint64,(string,bool))") == "[bigint, [string, boolean]]"
    assert SPEC.type_of("uint64[]") == "bigint[]"
    assert SPEC.type_of("(uint64,uint64)", "Order") == "Order"
    assert (SPEC.type_of("ufixed64x2"), SPEC.type_of("(uint64,ufixed64x2)")) == ("", "")
    assert split_types("uint64,(string,bool[2]),byte[]") == ["uint64", "(string,bool[2])", "byte[]"]
    assert SPEC.declarations("Order[]") == "export type Order = {\n  units: bigint\n  paid: bigint\n}"


def test_methods_that_a_plain_client_can_call() -> None:
    assert [each.name for each in SPEC.ordinary()] == ["buy", "cancel", "orderOf"]
    assert SPEC.methods[1].signature == "buy(pay,uint64)uint64"
    assert SPEC.usable(Arg("p", "pay"))
    assert not SPEC.usable(Arg("a", "axfer"))


def test_the_shown_specification_is_json_and_whole() -> None:
    shown = json.loads(SPEC.text)
    assert shown["name"] == "Store"
    assert [each["name"] for each in shown["methods"]] == [each["name"] for each in RAW["methods"]]
    assert shown["state"]["schema"]["global"] == {"ints": 1, "bytes": 1}
    assert "source" not in shown
    assert max(map(len, SPEC.text.split("\n"))) < 600


@pytest.mark.parametrize("name", list(TASKS))
def test_an_answer_does_what_its_details_say(name: str) -> None:
    for answer in answers(name):
        assert not has_error(answer.code)
        assert touched(answer.code) == []
        assert len(answer.goals) >= 2
        assert not any("`" in goal for goal in answer.goals)
        for word in re.findall(r"`(\w+)", " ".join(answer.details)):
            assert re.search(rf"\b{word}\b", answer.code + SPEC.text), word


@pytest.mark.slow
def test_every_answer_type_checks(verifier: Verifier) -> None:
    made = [(name, answer.code) for name in TASKS for answer in answers(name, 6)]
    verdicts = verifier.check([Candidate.single(code, Kind.CLIENT) for _, code in made], Level.COMPILE)
    refused = [
        (name, verdict.diagnostics, verdict.deprecated)
        for (name, _), verdict in zip(made, verdicts, strict=True)
        if verdict.outcome is not Outcome.PASSED or verdict.deprecated
    ]
    assert refused == []


@pytest.mark.slow
def test_specifications_come_from_our_own_compiles(verifier: Verifier) -> None:
    spec = spec_of(verifier.compile_artifacts(STORE.candidate()))
    assert spec is not None
    assert {"buy", "cancel", "digest"} <= {each.name for each in spec.methods}
    assert spec.box_maps["orders"] == ("address", "Order")


def test_pairs_stay_with_the_contract_they_are_about() -> None:
    pairs = [STORE, accepted("repair/transfers.ts")]
    trials = derived(pairs, json.dumps(RAW), max_per_unit=3)
    assert len(trials) == 3
    for trial in trials:
        assert trial.shown is None
        assert (trial.pair.lineage, trial.pair.kind, trial.pair.strategy) == (STORE.lineage, Kind.CLIENT, "spec")
        assert json.dumps(RAW["methods"][2]["args"]) in trial.pair.input
    assert len({trial.pair.skeleton for trial in trials}) == 3


def test_long_specifications_are_left_out() -> None:
    long = {**RAW, "methods": [method(f"method{n}", ("argument", "uint64")) for n in range(80)]}
    assert len(Spec(json.dumps(long)).text) > MAX_SPEC
    assert derived([STORE], json.dumps(long)) == []


def test_the_same_seed_gives_the_same_pairs() -> None:
    def pairs(seed: int) -> list[Pair]:
        return [trial.pair for trial in derived([STORE], json.dumps(RAW), seed, 3)]

    assert pairs(3) == pairs(3)
    assert pairs(3) != pairs(4)
