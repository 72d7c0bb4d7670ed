"""Requests that no good client sends: each gets a 4xx with a clear message, never a 500, never a traceback."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig

from tests.serve.conftest import Factory, Stand

EXAMPLES = int(os.environ.get("SERVE_FUZZ_EXAMPLES", "12"))


def raw(gateway: Stand, request: bytes) -> bytes:
    """What comes back until the server closes; nothing where it hung up in the middle of the request."""
    host, port = gateway.url.removeprefix("http://").split(":")
    found = b""
    with socket.create_connection((host, int(port)), timeout=20) as connection, suppress(ConnectionError):
        connection.sendall(request)
        while piece := connection.recv(1 << 16):
            found += piece
    return found


def post(body: bytes, *headers: str, length: bool = True) -> bytes:
    lines = ["POST /v1/chat/completions HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


GOOD = json.dumps({"model": "algorand-coder", "messages": [{"role": "user", "content": "hi"}]}).encode()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Invalid JSON"),
        (b"{", "Invalid JSON"),
        (b"null", "should be an object"),
        (b"[]", "should be an object"),
        (b"\xff\xfe{}", "Invalid JSON"),
        (b'{"model": "\xc3\x28"}', "Invalid JSON"),
        (b'{"model": "\\ud800"}', "Invalid JSON"),
        (b"[" * 100_000, "recursion limit"),
        (GOOD.replace(b'"hi"', b'"hi"' + b" " * 10 + b",1"), "Invalid JSON"),
        (GOOD[:-1] + b', "logit_bias": {"1": NaN}}', "finite number"),
        (GOOD[:-1] + b', "tools": [{"a": NaN}]}', "NaN and Infinity are not JSON"),
        (GOOD[:-1] + b', "temperature": 1e999}', "temperature"),
        (GOOD[:-1] + b', "seed": 123456789012345678901234567890}', "seed"),
        (GOOD[:-1] + b', "__proto__": {}}', "Extra inputs"),
    ],
)
def test_bodies_that_are_no_request(gateway: Stand, body: bytes, words: str) -> None:
    answer = gateway.client.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert words in answer.json()["error"]["message"]


def test_ten_megabytes_are_refused_without_being_kept(gateway: Stand) -> None:
    announced = gateway.chat("x" * 10_000_000)
    assert announced.status_code == 413
    chunked = gateway.client.post(
        "/v1/chat/completions",
        content=(b"x" * 65536 for _ in range(160)),
        headers={"content-type": "application/json"},
    )
    assert (chunked.status_code, chunked.json()["error"]["code"]) == (413, "request_too_large")


@pytest.mark.parametrize(
    ("request_bytes", "statuses"),
    [
        (post(GOOD, "Transfer-Encoding: chunked"), (400,)),
        (post(GOOD, "Content-Length: 5"), (400,)),
        (post(GOOD, "Transfer-Encoding: gzip, chunked", length=False), (400, 501)),
        (post(GOOD, "Content-Length: -1", length=False), (400,)),
        (post(GOOD, "Content-Length: 1e3", length=False), (400,)),
        (post(GOOD, "X-Bad: a\x00b"), (400,)),
        (post(GOOD).replace(b"Host: localhost\r\n", b""), (400, 421)),
        (post(GOOD).replace(b"HTTP/1.1", b"HTTX/1.1"), (400,)),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", (400,)),
        (b"GET /v1/../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", (404,)),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", (404,)),
    ],
)
def test_requests_that_are_no_http(gateway: Stand, request_bytes: bytes, statuses: tuple[int, ...]) -> None:
    answer = raw(gateway, request_bytes)
    assert answer.startswith(b"HTTP/1.1 "), answer
    assert int(answer.split()[1]) in statuses, answer
    assert b"Traceback" not in answer


def test_headers_without_end_are_not_read(gateway: Stand) -> None:
    answer = raw(gateway, post(GOOD, "X-Long: " + "a" * 2_000_000))
    assert not answer or int(answer.split()[1]) in {400, 431}
    assert gateway.chat("still here").status_code == 200


def test_a_second_request_hidden_in_the_first_is_not_answered(gateway: Stand) -> None:
    hidden = b"0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
    request = post(hidden, "Transfer-Encoding: chunked").replace(b"Connection: close", b"Connection: keep-alive")
    answer = raw(gateway, request)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in answer.lower()


def test_a_client_that_never_finishes_its_request_is_let_go(make_stand: Factory) -> None:
    with make_stand(body_seconds=0.5) as gateway:
        answer = raw(gateway, post(GOOD + b" " * 50)[:-20])
        assert answer.startswith(b"HTTP/1.1 408")


@pytest.mark.slow
def test_schemathesis_finds_no_fault(gateway: Stand) -> None:
    config = SchemathesisConfig.from_dict({"generation": {"mode": "all"}})
    schema = schemathesis.openapi.from_url(f"{gateway.url}/openapi.json", config=config)
    wanted = [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    ]
    checks: list[Any] = CHECKS.get_by_names(wanted)
    seen: list[tuple[str, int]] = []

    for operation in schema.get_all_operations():
        checked: Any = operation.ok()  # type: ignore[union-attr]

        @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        def one(case: Any) -> None:
            answer = case.call(timeout=30)
            seen.append((case.path, answer.status_code))
            case.validate_response(answer, checks=checks)

        schemathesis_test(checked, one)
    assert {path for path, _ in seen} >= {"/v1/chat/completions", "/v1/completions", "/v1/generate", "/v1/check"}
    assert any(status == 200 and path == "/v1/generate" for path, status in seen)
    assert len(seen) > 40


def schemathesis_test(operation: Any, probe: Any) -> None:
    """Run ``probe`` over generated cases of one operation."""
    from hypothesis import given

    given(case=operation.as_strategy())(probe)()
