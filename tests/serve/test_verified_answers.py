"""Verify, repair, choose: what a client gets who asks for verified code."""

from __future__ import annotations

import json

import httpx
import pytest

from algorand_coder.serve.engines.endpoint import EndpointEngine
from algorand_coder.serve.gateway import make_app
from algorand_coder.serve.judging import Judging
from algorand_coder.serve.models import Models
from algorand_coder.serve.service import Service
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Model
from tests.serve.conftest import Factory, Stand
from tests.serve.scripted import BAD, GOOD, Script, Served, app
from tests.serve.test_gateway import events


def named(text: str) -> list[tuple[str, dict[str, object]]]:
    """Name and data of each server-sent event."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            found.append((fields.get("event", ""), json.loads(fields["data"])))
    return found


def test_a_failing_answer_is_repaired_with_the_real_diagnostics(gateway: Stand) -> None:
    answer = gateway.chat("REPAIR ME", verify={"level": "compile", "n": 1, "rounds": 2}).json()
    assert answer["choices"][0]["message"]["content"] == f"```ts\n{GOOD}```"
    assert answer["verify"]["outcome"] == "passed"
    assert answer["verify"]["code"] == GOOD
    assert [attempt["outcome"] for attempt in answer["verify"]["attempts"]] == ["failed", "passed"]
    assert answer["usage"] == {"prompt_tokens": 14, "completion_tokens": 22, "total_tokens": 36}
    asked = gateway.script.bodies[-1]["messages"]
    assert [turn["role"] for turn in asked] == ["user", "assistant", "user"]
    assert BAD in asked[1]["content"]
    assert "line 4: 'from' does not exist (TS2353)" in asked[2]["content"]
    assert "code: const result = await algorand.send.payment({ from: sender" in asked[2]["content"]
    assert "hint: Say sender." in asked[2]["content"]


def test_the_best_answer_comes_back_when_none_passes(gateway: Stand) -> None:
    before = len(gateway.script.bodies)
    answer = gateway.chat("ALWAYS BAD REPAIR ME", verify={"n": 2, "rounds": 1}).json()
    assert answer["verify"]["outcome"] == "failed"
    assert answer["verify"]["code"] == BAD
    assert "does not pass" in answer["verify"]["warnings"][0]
    assert len(answer["verify"]["attempts"]) == 4
    assert len(gateway.script.bodies) == before + 4


def test_the_first_sample_is_greedy_and_the_others_are_not(gateway: Stand) -> None:
    before = len(gateway.script.bodies)
    gateway.chat("ALWAYS BAD", verify={"n": 3, "rounds": 0}, seed=7)
    sent = sorted((body["temperature"], body["seed"]) for body in gateway.script.bodies[before:])
    assert sent == [(0, 7), (0.8, 8), (0.8, 9)]


def test_of_greedy_samples_only_the_first_of_a_round_is_greedy(gateway: Stand) -> None:
    before = len(gateway.script.bodies)
    gateway.chat("ALWAYS BAD REPAIR ME", verify={"n": 2, "rounds": 1}, temperature=0)
    sent = [body["temperature"] for body in gateway.script.bodies[before:]]
    assert sorted(sent[:2]) == sorted(sent[2:]) == [0, 0.8]


def test_what_could_not_be_judged_is_neither_passed_nor_repaired(gateway: Stand) -> None:
    before = len(gateway.script.bodies)
    answer = gateway.chat("const a = 1 // UNJUDGED", verify={"rounds": 2}).json()
    assert answer["verify"]["outcome"] in {"unjudged", "failed"}
    prompt = {"model": "algorand-coder", "prompt": "export const UNJUDGED = 1 //", "verify": {}}
    unjudged = gateway.post("/v1/completions", prompt).json()
    assert unjudged["verify"]["outcome"] == "unjudged"
    assert unjudged["verify"]["checks"][-1]["reason"] == "no node"
    assert "could not be verified" in unjudged["verify"]["warnings"][0]
    assert len(gateway.script.bodies) <= before + 4


def test_prose_is_no_code(gateway: Stand) -> None:
    answer = gateway.chat("PROSE", verify={"rounds": 0}).json()
    assert answer["verify"]["checks"][0]["diagnostics"][0]["code"] == "answer/no-code"
    assert answer["choices"][0]["message"]["content"] == "I cannot write code today."


def test_a_stream_tells_progress_in_comments_and_ends_with_the_verdict(gateway: Stand) -> None:
    answer = gateway.chat("REPAIR ME", stream=True, stream_options={"include_usage": True}, verify={"rounds": 1})
    told = [json.loads(line[2:]) for line in answer.text.split("\n") if line.startswith(": {")]
    assert [each["event"] for each in told] == ["sample", "verdict", "repair", "sample", "verdict"]
    *chunks, done = events(answer.text)
    assert done == "[DONE]"
    read = [json.loads(chunk) for chunk in chunks]
    assert read[0]["choices"][0]["delta"]["content"] == f"```ts\n{GOOD}```"
    assert read[1]["verify"]["outcome"] == "passed"
    assert read[2]["usage"]["total_tokens"] == 36


def test_a_completion_is_judged_together_with_its_prompt(gateway: Stand) -> None:
    body = {"model": "algorand-coder", "prompt": "export const a = 1 // ", "verify": {"level": "types"}}
    answer = gateway.post("/v1/completions", body).json()
    assert answer["verify"]["code"].startswith("export const a = 1 // echo")
    refused = gateway.post("/v1/completions", {**body, "verify": {"rounds": 1}})
    assert refused.json()["error"]["param"] == "verify.rounds"


def test_generate_gives_code_with_its_checks(gateway: Stand) -> None:
    answer = gateway.post(
        "/v1/generate", {"instruction": "PAY", "context": "some types", "files": {"a.ts": "x"}}
    ).json()
    assert answer["code"] == GOOD
    assert answer["kind"] == "client"
    assert [check["level"] for check in answer["checks"]] == ["parse", "types"]
    assert answer["versions"]["algosdk"]
    assert (answer["model"], answer["route"]) == ("algorand-coder", "asked for by name")
    asked = gateway.script.bodies[-1]["messages"]
    assert asked[0]["role"] == "system"
    assert "some types" in asked[1]["content"]
    assert "Given, in `a.ts`:" in asked[1]["content"]


def test_generate_streams_every_step(gateway: Stand) -> None:
    text = gateway.post("/v1/generate", {"instruction": "REPAIR ME", "stream": True}).text
    steps = named(text)
    names = [name for name, _ in steps if name != "delta"]
    assert names == ["route", "sample", "verdict", "repair", "sample", "verdict", "answer"]
    first = "".join(str(body["text"]) for name, body in steps if name == "delta" and body["round"] == 0)
    assert first == f"```ts\n{BAD}```"
    assert steps[-1][1]["outcome"] == "passed"


def test_samples_that_are_not_needed_are_stopped(make_stand: Factory) -> None:
    with make_stand() as gateway:
        gateway.script.delay = 0.01
        answer = gateway.post("/v1/generate", {"instruction": "PAY", "n": 4, "rounds": 0}).json()
        assert answer["outcome"] == "passed"
        assert gateway.script.open == 0


def test_the_general_model_repairs_what_the_tuned_one_could_not(make_stand: Factory) -> None:
    with make_stand(general=True) as gateway:
        gateway.general.answer = lambda body: f"```ts\n{GOOD}```"  # type: ignore[method-assign]
        answer = gateway.post("/v1/generate", {"instruction": "Write a payment ALWAYS BAD", "rounds": 1}).json()
        assert answer["outcome"] == "passed"
        assert answer["model"] == "general"
        assert [attempt["model"] for attempt in answer["attempts"]] == ["algorand-coder", "algorand-coder", "general"]
        assert "was replaced by general: its answers failed verification" in answer["warnings"][0]
        assert "does not pass" in gateway.general.bodies[-1]["messages"][-1]["content"]


@pytest.mark.slow
def test_the_real_compilers_judge_and_their_words_repair() -> None:
    script, settings = Script(), ServeSettings(warm=False)
    with Served(app(script)) as engine:
        models = Models(Model("algorand-coder", EndpointEngine(f"{engine.url}/v1")))
        with Served(make_app(Service(settings, models, Judging()))) as served:
            client = httpx.Client(base_url=served.url, timeout=300)
            contract = client.post("/v1/generate", json={"instruction": "CONTRACT"}).json()
            repaired = client.post("/v1/generate", json={"instruction": "REPAIR ME"}).json()
    assert [check["level"] for check in contract["checks"]] == ["parse", "types", "compile"]
    assert (contract["kind"], contract["outcome"]) == ("contract", "passed"), contract
    assert [attempt["outcome"] for attempt in repaired["attempts"]] == ["failed", "passed"]
    asked = script.bodies[-1]["messages"][-1]["content"]
    assert "TS2353" in asked
    assert "hint: " in asked


def test_a_model_asked_for_by_name_has_no_stand_in(make_stand: Factory) -> None:
    with make_stand(general=True) as gateway:
        body = {"instruction": "ALWAYS BAD", "rounds": 0, "model": "algorand-coder"}
        answer = gateway.post("/v1/generate", body).json()
        assert (answer["outcome"], answer["route"]) == ("failed", "asked for by name")
        assert gateway.general.bodies == []


def test_auto_routes_chats_and_falls_back_before_the_first_token(make_stand: Factory) -> None:
    with make_stand(general=True, engine_url="http://127.0.0.1:9") as gateway:
        for stream in (False, True):
            answer = gateway.chat("Write a payment function", model="auto", stream=stream)
            assert answer.status_code == 200
            assert '"model":"general"' in answer.text
        generated = gateway.post("/v1/generate", {"instruction": "Write a payment function. PAY"}).json()
        assert (generated["outcome"], generated["model"]) == ("passed", "general")
        assert "algorand-coder was replaced by general: it could not answer" in generated["warnings"]
        assert gateway.chat("hi", model="algorand-coder").status_code == 503
        assert gateway.client.get("/readyz").json()["engines"] == {"algorand-coder": False, "general": True}
