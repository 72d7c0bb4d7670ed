"""The gateway over HTTP: passed-through answers, errors, limits, and what happens when somebody leaves or dies."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from algorand_coder.serve.engines.process import free_port
from tests.serve.conftest import Factory, Stand
from tests.serve.scripted import GOOD, Served, app


def wait_for(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def events(text: str) -> list[str]:
    return [line.removeprefix("data: ") for line in text.split("\n") if line.startswith("data: ")]


def test_an_answer_is_passed_through_under_the_public_name(gateway: Stand) -> None:
    answer = gateway.chat("hello", temperature=0.3, stop=["x"], seed=5, user="me").json()
    assert answer["choices"][0]["message"]["content"] == "echo hello"
    assert answer["model"] == "algorand-coder"
    sent = gateway.script.bodies[-1]
    assert sent["model"] == "inner"
    assert (sent["temperature"], sent["stop"], sent["seed"]) == (0.3, ["x"], 5)
    assert sent["max_tokens"] == 1024
    assert not {"user", "verify", "collect"} & set(sent)


def test_a_stream_is_passed_through_piece_by_piece(gateway: Stand) -> None:
    body = {"model": "algorand-coder", "stream": True, "messages": [{"role": "user", "content": "a" * 40}]}
    answer = gateway.post("/v1/chat/completions", {**body, "stream_options": {"include_usage": True}})
    assert answer.headers["content-type"].startswith("text/event-stream")
    *chunks, last = events(answer.text)
    assert last == "[DONE]"
    read = [json.loads(chunk) for chunk in chunks]
    said = "".join(chunk["choices"][0]["delta"]["content"] for chunk in read if chunk["choices"])
    assert said == "echo " + "a" * 40
    assert len(read) > 3
    assert {chunk["model"] for chunk in read} == {"algorand-coder"}
    assert read[-1]["usage"]["completion_tokens"] == 11


def test_completions_work_too(gateway: Stand) -> None:
    body = {"model": "algorand-coder", "prompt": "hi"}
    assert gateway.post("/v1/completions", body).json()["choices"][0]["text"] == "echo hi"
    streamed = gateway.post("/v1/completions", {**body, "stream": True})
    assert "".join(json.loads(e)["choices"][0]["text"] for e in events(streamed.text)[:-1]) == "echo hi"


@pytest.mark.parametrize(
    ("fields", "status", "code", "words"),
    [
        ({"model": "algorand-codr"}, 404, "model_not_found", "did you mean 'algorand-coder'?"),
        ({"temperatur": 1}, 400, "invalid_request", "temperatur: Extra inputs are not permitted"),
        ({"temperature": 9}, 400, "invalid_request", "temperature"),
        ({"messages": []}, 400, "invalid_request", "messages"),
        ({"messages": [{"role": "king", "content": "x"}]}, 400, "invalid_request", "messages.0.role"),
        ({"verify": {"n": 99}}, 400, "invalid_request", "verify.n"),
        ({"verify": {"n": 9}}, 400, "too_much_work", "at most 8 samples"),
        ({"verify": {"rounds": 9}}, 400, "too_much_work", "at most 4 rounds"),
        ({"verify": {"level": "behave"}}, 400, "level", "level behave"),
        ({"verify": {"files": {"../x.ts": ""}}}, 400, "bad_path", "../x.ts"),
        ({"verify": {}, "n": 2}, 400, "ambiguous", "verify.n"),
        ({"messages": [{"role": "user", "content": "x" * 200_001}]}, 413, "prompt_too_long", "200,000"),
        ({"messages": [{"role": "user", "content": "REFUSE"}]}, 400, "refused_by_engine", "bad sampling at …"),
        ({"messages": [{"role": "user", "content": "FAIL"}]}, 502, "engine_unavailable", "the engine failed (500)"),
        ({"messages": [{"role": "user", "content": "BUSY"}]}, 503, "engine_overloaded", "overloaded"),
        ({"messages": [{"role": "user", "content": "GARBAGE"}]}, 502, "engine_unavailable", "not JSON"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_errors_have_openai_shape_and_say_what_is_wrong(
    gateway: Stand, fields: dict[str, object], status: int, code: str, words: str, stream: bool
) -> None:
    if code == "engine_unavailable" and "JSON" in words and stream:
        words = "middle of its answer"
    answer = gateway.chat("hello", **{"stream": stream, **fields})
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["code"] == code
    assert words in error["message"]
    assert "/opt" not in answer.text
    assert set(error) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("word", "said"), [("BREAK", "middle of its answer"), ("MUMBLE", "not JSON"), ("CRY", "of memory")]
)
def test_an_engine_that_fails_in_a_stream_ends_it_with_an_error(gateway: Stand, word: str, said: str) -> None:
    answer = gateway.chat(f"{word} please now", stream=True)
    assert answer.status_code == 200
    last = json.loads(events(answer.text)[-1])
    assert said in last["error"]["message"]
    assert "/dev" not in answer.text
    assert "[DONE]" not in answer.text


@pytest.mark.parametrize("letter", "ABC")
def test_an_engine_that_speaks_another_shape_is_trouble_and_no_500(gateway: Stand, letter: str) -> None:
    cases: tuple[dict[str, object], ...] = ({}, {"stream": True}, {"verify": {}})
    for fields in cases:
        answer = gateway.chat(f"SHAPE {letter}", **fields)
        assert (answer.status_code, answer.json()["error"]["code"]) == (502, "engine_unavailable"), answer.text


def test_a_stalling_engine_is_given_up(make_stand: Factory) -> None:
    with make_stand(stall_seconds=0.4, request_seconds=0.8) as gateway:
        started = time.monotonic()
        streamed = gateway.chat("STALL here", stream=True)
        assert json.loads(events(streamed.text)[-1])["error"]["code"] == "engine_stalled"
        whole = gateway.chat("STALL here")
        assert (whole.status_code, whole.json()["error"]["code"]) == (504, "timeout")
        assert time.monotonic() - started < 6


def test_an_engine_that_is_down_is_said_to_be_and_readiness_with_it(make_stand: Factory) -> None:
    with make_stand(engine_url=f"http://127.0.0.1:{free_port()}") as gateway:
        for stream in (False, True):
            answer = gateway.chat("hello", stream=stream)
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "engine_unavailable")
        assert gateway.client.get("/readyz").status_code == 503
        assert gateway.client.get("/healthz").status_code == 200
        assert 'algorand_coder_engine_up{model="algorand-coder"} 0.0' in gateway.client.get("/metrics").text


def test_an_engine_that_comes_back_is_used_again(make_stand: Factory) -> None:
    with make_stand() as other, Served(app(other.script)) as engine, make_stand(engine_url=engine.url) as gateway:
        assert gateway.chat("hello").status_code == 200
        engine.__exit__()
        assert gateway.chat("hello").status_code == 503
        again = Served(app(other.script))
        again.server.config.port = engine.port
        with again:
            assert gateway.chat("hello").status_code == 200
        engine.thread = again.thread


def test_a_client_that_leaves_stops_the_engine(gateway: Stand) -> None:
    gateway.script.delay = 0.05
    try:
        before = gateway.script.closed_early
        body = {"model": "algorand-coder", "stream": True, "messages": [{"role": "user", "content": "z" * 5000}]}
        with gateway.client.stream("POST", "/v1/chat/completions", json=body) as answer:
            next(answer.iter_raw())
        wait_for(lambda: gateway.script.closed_early == before + 1 and gateway.script.open == 0)
        with pytest.raises(httpx.ReadTimeout):
            gateway.client.post("/v1/generate", json={"instruction": "z" * 5000}, timeout=0.5)
        wait_for(lambda: gateway.script.closed_early == before + 2 and gateway.script.open == 0)
    finally:
        gateway.script.delay = 0.0
    assert "algorand_coder_requests_in_progress 0.0" in gateway.client.get("/metrics").text


def test_too_many_at_once_are_told_to_come_back(make_stand: Factory) -> None:
    with make_stand(max_concurrent=2, max_waiting=1, wait_seconds=5) as gateway, ThreadPoolExecutor(6) as pool:
        gateway.script.delay = 0.6
        answers = list(pool.map(lambda number: gateway.chat(f"n{number}"), range(6)))
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200, 200, 200, 429, 429, 429]
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert refused.headers["retry-after"] == "5"
        assert gateway.chat("after").status_code == 200


def test_nobody_waits_for_ever(make_stand: Factory) -> None:
    with make_stand(max_concurrent=1, wait_seconds=0.2) as gateway, ThreadPoolExecutor(2) as pool:
        gateway.script.delay = 1.0
        answers = list(pool.map(lambda number: gateway.chat(f"n{number}"), range(2)))
        assert sorted(answer.status_code for answer in answers) == [200, 503]


def test_what_is_logged_holds_no_prompt(gateway: Stand, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="algorand_coder.serve"):
        answer = gateway.chat("a very private prompt")
        wait_for(lambda: bool(caplog.records))
    record = caplog.records[-1]
    assert record.data["request"] == answer.headers["x-request-id"]  # type: ignore[attr-defined]
    assert record.data["status"] == 200  # type: ignore[attr-defined]
    assert "private" not in str(record.__dict__)


def test_models_info_page_and_document_are_there(gateway: Stand) -> None:
    assert [m["id"] for m in gateway.client.get("/v1/models").json()["data"]] == ["algorand-coder"]
    assert gateway.client.get("/v1/info").json()["levels"] == ["parse", "types", "compile", "deploy"]
    page = gateway.client.get("/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "/v1/check" in gateway.client.get("/openapi.json").json()["paths"]
    assert gateway.client.get("/v1/nothing").json()["error"]["code"] == "not_found"
    refused = gateway.client.get("/v1/check")
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_check_judges_one_file_or_several(gateway: Stand) -> None:
    assert gateway.post("/v1/check", {"code": GOOD}).json()["outcome"] == "passed"
    failed = gateway.post("/v1/check", {"code": "pay({ from: sender })"}).json()
    assert failed["checks"][1]["diagnostics"][0]["hint"] == "Say sender."
    several = {"files": {"a.ts": "export const a = 1", "main.ts": GOOD}, "entry": "main.ts"}
    assert gateway.post("/v1/check", several).json()["outcome"] == "passed"
    for body, param in (
        ({}, "code"),
        ({"files": {"a.ts": "", "b.ts": ""}}, "entry"),
        ({"code": "x", "entry": "y"}, "entry"),
    ):
        answer = gateway.post("/v1/check", body)
        assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)


def test_a_broken_judge_is_no_verdict_and_no_500(gateway: Stand) -> None:
    answer = gateway.post("/v1/check", {"code": "// BREAK THE JUDGE\nexport const a = 1"}).json()
    assert answer["outcome"] == "unjudged"
    assert answer["checks"][0]["reason"] == "the verifier failed"


def test_a_slow_judge_is_no_verdict_either(make_stand: Factory) -> None:
    with make_stand() as gateway:
        gateway.service.judging._patience = 0.3
        gateway.judge.hold.clear()
        answer = gateway.post("/v1/check", {"code": GOOD}).json()
        gateway.judge.hold.set()
        assert answer["outcome"] == "unjudged"
        assert "did not answer" in answer["checks"][0]["reason"]


def test_what_waits_is_judged_together(make_stand: Factory) -> None:
    with make_stand() as gateway, ThreadPoolExecutor(9) as pool:
        gateway.judge.hold.clear()
        asked = [pool.submit(gateway.post, "/v1/check", {"code": f"export const a = {n}"}) for n in range(9)]
        time.sleep(0.5)
        gateway.judge.hold.set()
        assert {each.result().json()["outcome"] for each in asked} == {"passed"}
        assert sum(gateway.judge.batches) == 9
        assert len(gateway.judge.batches) <= 3
