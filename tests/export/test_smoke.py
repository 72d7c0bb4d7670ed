"""The comparison of answers, with engines that say what a test wants; real ones are asked in ``test_gguf``."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.export import smoke
from algorand_coder.export.smoke import REQUESTS, Answer, Smoke

ORIGINAL = [Answer(f"const answer{n} = 1n", 30 + n) for n in range(len(REQUESTS))]


class Scripted:
    """An engine that answers the n-th request with ``answers[n]``."""

    def __init__(self, answers: list[Answer], ready_after: int = 0) -> None:
        self.answers, self.ready_after = answers, ready_after
        self.bodies: list[dict[str, Any]] = []
        self.stopped = False

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        self.stopped = True

    async def alive(self) -> bool:
        self.ready_after -= 1
        return self.ready_after < 0

    async def complete(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.answers[len(self.bodies)]
        self.bodies.append(body)
        return {
            "choices": [{"message": {"content": answer.text}}],
            "usage": {"prompt_tokens": answer.prompt_tokens, "completion_tokens": 4},
            "timings": {"predicted_per_second": 50.0},
        }

    async def stream(self, route: str, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any]]:
        yield {}


def compare(engine: Scripted) -> Smoke:
    return asyncio.run(smoke._compare(engine, ORIGINAL, "m.gguf"))


def test_equal_answers_are_equal() -> None:
    engine = Scripted(ORIGINAL, ready_after=2)
    assert compare(engine) == Smoke(4, 4, 1.0, 50.0)
    assert engine.stopped
    for body, request in zip(engine.bodies, REQUESTS, strict=True):
        assert [turn["role"] for turn in body["messages"]] == ["system", "user"]
        assert body["messages"][-1]["content"] == request
        assert (body["temperature"], body["max_tokens"]) == (0, smoke.TOKENS)


def test_an_answer_that_leaves_the_original_is_counted_up_to_there() -> None:
    turned = [Answer("const other = 1n!!!", 30), *ORIGINAL[1:]]
    found = compare(Scripted(turned))
    # "const " of 19 characters
    assert (found.same, found.shared) == (3, round((6 / 19 + 3) / 4, 4))


def test_another_length_of_a_prompt_is_another_template_or_tokenizer() -> None:
    engine = Scripted([Answer(ORIGINAL[0].text, 31), *ORIGINAL[1:]])
    with pytest.raises(UserError, match=r"m\.gguf makes 31 tokens of a prompt that has 30"):
        compare(engine)
    assert engine.stopped


def test_a_model_that_says_something_else_each_time_is_not_the_same() -> None:
    with pytest.raises(UserError, match="begins none of its answers as the original does"):
        compare(Scripted([Answer("@@@@", answer.prompt_tokens) for answer in ORIGINAL]))


@pytest.fixture
def ollama(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A program called ollama that writes down its arguments, and a server in its place: (address, the notes)."""
    notes = tmp_path / "notes"
    program = tmp_path / "bin" / "ollama"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1 $2" >> "{notes}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def answer(self, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.answer({"data": [{"id": "any"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = ORIGINAL[len(asked)]
            asked.append(body["model"])
            usage = {"prompt_tokens": answer.prompt_tokens, "completion_tokens": 4}
            self.answer({"choices": [{"message": {"content": answer.text}}], "usage": usage})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", notes
    server.shutdown()
    server.server_close()


def test_ollama_gets_the_modelfile_is_asked_and_loses_the_model_again(ollama: tuple[str, Path], tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    address, notes = ollama
    found = smoke.ollama(tmp_path, address, ORIGINAL)
    assert (found.same, found.requests) == (4, 4)
    made, removed = notes.read_text().splitlines()
    assert made.startswith("create algorand-coder-smoke-")
    assert removed == made.replace("create", "rm")
