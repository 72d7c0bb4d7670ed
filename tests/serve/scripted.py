"""A stand-in for an engine's endpoint that does what the last message tells it: stream, stall, break off, die.

Run as a program it serves on the port given as its argument; :class:`Scripted` runs it in a thread.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from algorand_coder.serve.engines.process import free_port

GOOD = """\
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function pay(algorand: AlgorandClient, sender: string, receiver: string): Promise<string> {
  const result = await algorand.send.payment({ sender, receiver, amount: (1).algo() })
  return result.txIds[0]
}
"""
BAD = GOOD.replace("sender, receiver, amount", "from: sender, to: receiver, amount")
CONTRACT = """\
import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

export class Counter extends Contract {
  count = GlobalState<uint64>({ initialValue: 0 })

  add(by: uint64): uint64 {
    this.count.value += by
    return this.count.value
  }
}
"""


class Script:
    """What the stand-in saw, and how it answers."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.authorization: list[str] = []
        self.open = 0
        self.closed_early = 0
        self.delay = 0.0

    def answer(self, body: dict[str, Any]) -> str:
        """The text for a request: good code, bad code until it is repaired, or an echo of the request."""
        said = [m["content"] for m in body.get("messages", [{"role": "user", "content": body.get("prompt", "")}])]
        last = str(said[-1])
        if any("ALWAYS BAD" in str(each) for each in said):
            return f"```ts\n{BAD}```"
        if "REPAIR ME" in last:
            return f"```ts\n{BAD}```"
        if "REPAIR" in "".join(map(str, said)) and "does not pass" in last:
            return f"```ts\n{GOOD}```"
        if "PAY" in last:
            return f"Here you are:\n\n```ts\n{GOOD}```\n"
        if "CONTRACT" in last:
            return f"```ts\n{CONTRACT}```"
        if "MARKUP" in last:
            return "```ts\nexport const a = '<img src=x onerror=alert(1)>' // <script>window.hacked = 1</script>\n```"
        if "PROSE" in last:
            return "I cannot write code today."
        return f"echo {last}"

    async def respond(self, request: Request) -> Response:
        body = await request.json()
        self.bodies.append(body)
        self.authorization.append(request.headers.get("authorization", ""))
        last = str(body.get("messages", [{"content": body.get("prompt", "")}])[-1]["content"])
        if "REFUSE" in last:
            return JSONResponse({"error": {"message": "bad sampling at /opt/engine/secret/path.py"}}, 400)
        if "FAIL" in last:
            return JSONResponse({"error": {"message": "Traceback in /opt/engine/x.py"}}, 500)
        if "BUSY" in last:
            return JSONResponse({"error": {"message": "later"}}, 429)
        if "SHAPE" in last:
            shapes = {"A": {"choices": 5}, "B": {"choices": [7]}, "C": {"choices": [{"delta": "x", "message": "x"}]}}
            wrong = shapes[last[-1]]
            return Response(_event(wrong)) if body.get("stream") else JSONResponse(wrong)
        if "GARBAGE" in last:
            return Response(b"<html>", media_type="text/html")
        if "DIE" in last:
            os._exit(9)
        chat = request.url.path.endswith("chat/completions")
        text = self.answer(body)
        if body.get("stream"):
            return StreamingResponse(self.chunks(chat, text, last, body), media_type="text/event-stream")
        if "STALL" in last:
            await asyncio.sleep(60)
        if self.delay:
            await asyncio.sleep(self.delay)
        said = {"message": {"role": "assistant", "content": text}} if chat else {"text": text}
        usage = {"prompt_tokens": 7, "completion_tokens": 11, "total_tokens": 18}
        choice = {"index": 0, **said, "finish_reason": "stop"}
        return JSONResponse({"id": "x", "object": "chat.completion", "created": 1, "model": "inner",
                             "choices": [choice], "usage": usage})  # fmt: skip

    async def chunks(self, chat: bool, text: str, last: str, body: dict[str, Any]) -> AsyncIterator[bytes]:
        def event(said: str, finish: str | None = None) -> bytes:
            part: dict[str, Any] = {"delta": {"content": said}} if chat else {"text": said}
            choice = {"index": 0, **part, "finish_reason": finish}
            return _event({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "inner",
                           "choices": [choice]})  # fmt: skip

        self.open += 1
        whole = False
        try:
            for position in range(0, len(text), 12):
                yield event(text[position : position + 12])
                if self.delay:
                    await asyncio.sleep(self.delay)
                if "STALL" in last:
                    await asyncio.sleep(60)
                if "BREAK" in last:
                    return
                if "MUMBLE" in last:
                    yield b"data: not json\n\n"
                if "CRY" in last:
                    yield b'data: {"error": {"message": "out of memory on /dev/nvidia0"}}\n\n'
            yield event("", "stop")
            if (body.get("stream_options") or {}).get("include_usage"):
                yield _event({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "inner",
                              "choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 11}})  # fmt: skip
            yield b"data: [DONE]\n\n"
            whole = True
        finally:
            self.open -= 1
            self.closed_early += not whole


def _event(value: Any) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def app(script: Script) -> Starlette:
    async def models(request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "inner", "object": "model"}]})

    posts = [Route(f"/v1/{path}", script.respond, methods=["POST"]) for path in ("chat/completions", "completions")]
    return Starlette(routes=[Route("/v1/models", models), *posts])


class Served:
    """An ASGI application on a free loopback port, in a thread of its own."""

    def __init__(self, application: Any) -> None:
        self.port = free_port()
        config = uvicorn.Config(application, "127.0.0.1", self.port, log_config=None, lifespan="auto",
                                timeout_graceful_shutdown=2, http="h11")  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Served:
        self.thread.start()
        until = time.monotonic() + 20
        while not self.server.started:
            assert time.monotonic() < until
            assert self.thread.is_alive()
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(15)
        assert not self.thread.is_alive()


if __name__ == "__main__":
    uvicorn.run(app(Script()), host="127.0.0.1", port=int(sys.argv[1]), log_config=None)
