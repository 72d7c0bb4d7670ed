"""A stand-in for hosted models: real HTTP, synthetic answers, faults on demand, and books that say what was billed.

It speaks OpenAI's chat completions, files and batches, and Anthropic's messages and message batches. Everything that it
says is synthetic, and its model is named so; no figure that came from it is a figure about a model.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from algorand_coder.records import digest

MODEL = "synthetic-recording"
PROMPT_TOKENS = 100
COMPLETION_TOKENS = 20

Answer = Callable[[str], str]
"""From the last user turn to what the model says."""
Faults = Callable[[str], Sequence[str]]
"""From the last user turn to what goes wrong in its first attempts; afterwards all is well."""


@dataclass
class Books:
    """What the server saw and did."""

    hits: Counter[str] = field(default_factory=Counter)
    """Attempts by last user turn."""
    billed: Counter[str] = field(default_factory=Counter)
    """Answers made, by last user turn; a replay under the same idempotency key is not made again."""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    batches: int = 0
    replays: dict[str, str] = field(default_factory=dict)
    busiest: int = 0


class StandIn:
    """A server on a free port of this machine, running while the context is open."""

    def __init__(
        self,
        answer: Answer = lambda turn: f"answer to {turn}",
        faults: Faults = lambda turn: (),
        *,
        idempotent: bool = True,
        delay: float = 0.0,
        stall: float = 5.0,
        retry_after: str = "0.2",
        key: str = "",
        polls: int = 1,
        lose_batches: int = 0,
        by_seed: bool = False,
    ) -> None:
        self.answer, self.faults = answer, faults
        self.idempotent, self.delay, self.stall, self.retry_after = idempotent, delay, stall, retry_after
        self.key, self.polls = key, polls
        self.by_seed = by_seed
        """Whether ``#seed`` is added to a turn wherever this server looks at it: samples get answers of their own."""
        self.lose_batches = lose_batches
        """Batches that are taken, but whose name never reaches the client."""
        self.books = Books()
        self.lock = threading.Lock()
        self.files: dict[str, str] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.running = 0
        self.over = threading.Event()

    def __enter__(self) -> Self:
        handler = type("BoundHandler", (_Handler,), {"stand_in": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def make(self, turn: str, key: str) -> str:
        """The answer to ``turn``, billed unless the same key was answered before."""
        with self.lock:
            if self.idempotent and key in self.books.replays:
                return self.books.replays[key]
            text = self.answer(turn)
            self.books.replays[key] = text
            self.books.billed[turn] += 1
            return text


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.split("?")[0].strip("/").split("/")
        if path[:2] == ["v1", "batches"]:
            self._openai_batches(path[2:])
        elif path[:2] == ["v1", "files"]:
            self._send(200, self.stand_in.files[path[2]].encode(), "application/octet-stream")
        elif path[:3] == ["v1", "messages", "batches"]:
            self._anthropic_batches(path[3:])
        else:
            self._json(404, {"error": {"message": f"no {self.path}"}})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.stand_in.key and self.stand_in.key not in (
            self.headers.get("authorization", "") + self.headers.get("x-api-key", "")
        ):
            self._json(401, {"error": {"message": "wrong key", "type": "authentication_error"}})
            return
        path = self.path.split("?")[0]
        if path == "/v1/files":
            boundary = self.headers["content-type"].split("boundary=")[1].encode()
            part = next(p for p in raw.split(b"--" + boundary) if b'name="file"' in p)
            with self.stand_in.lock:
                name = f"file-{len(self.stand_in.files)}"
                self.stand_in.files[name] = part.split(b"\r\n\r\n", 1)[1].decode().strip()
            self._json(
                200,
                {
                    "id": name,
                    "object": "file",
                    "bytes": 1,
                    "created_at": 1,
                    "filename": "x",
                    "purpose": "batch",
                    "status": "processed",
                },
            )
        elif path == "/v1/batches":
            self._create_openai_batch(json.loads(raw))
        elif path == "/v1/messages/batches":
            self._create_anthropic_batch(json.loads(raw))
        elif path in {"/v1/chat/completions", "/v1/messages"}:
            self._answer(json.loads(raw), anthropic=path == "/v1/messages")
        else:
            self._json(404, {"error": {"message": f"no {path}"}})

    def _answer(self, body: dict[str, Any], *, anthropic: bool) -> None:
        server, turn = self.stand_in, body["messages"][-1]["content"]
        if server.by_seed:
            turn += f"#{body['seed']}"
        key = self.headers.get("idempotency-key") or digest(body)
        with server.lock:
            attempt = server.books.hits[turn]
            server.books.hits[turn] += 1
            server.books.bodies.append(body)
            server.books.arrivals.append(time.monotonic())
            server.running += 1
            server.books.busiest = max(server.books.busiest, server.running)
        try:
            faults = server.faults(turn)
            if server.delay:
                server.over.wait(server.delay)
            self._with_fault(faults[attempt] if attempt < len(faults) else "", turn, key, anthropic)
        finally:
            with server.lock:
                server.running -= 1

    def _with_fault(self, fault: str, turn: str, key: str, anthropic: bool) -> None:
        server = self.stand_in
        if fault.isdigit():
            self._json(int(fault), {"error": {"message": f"synthetic {fault}", "type": "synthetic"}})
            return
        if fault == "429-after":
            self._json(429, {"error": {"message": "slow down"}}, {"retry-after": server.retry_after})
            return
        if fault == "quota":
            self._json(429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}})
            return
        if fault == "hang-up":
            self._drop()
            return
        text = server.make(turn, key)
        whole = json.dumps(reply(text, anthropic, fault)).encode()
        if fault == "timeout":
            server.over.wait(server.stall)
            self._drop()
        elif fault == "malformed":
            self._send(200, whole[: len(whole) // 2], "application/json")
        elif fault == "page":
            self._send(200, b"<html>gateway</html>", "text/html")
        elif fault == "cut":
            self._send(200, whole, "application/json", stop_after=len(whole) // 2)
            self._drop()
        elif fault in {"slow", "drip"}:
            self._send(200, whole, "application/json", pause=0.02 if fault == "slow" else server.stall / 20)
        else:
            self._send(200, whole, "application/json")

    def _create_openai_batch(self, body: dict[str, Any]) -> None:
        server = self.stand_in
        lines = [json.loads(line) for line in server.files[body["input_file_id"]].split("\n")]
        made = []
        for line in lines:
            turn = line["body"]["messages"][-1]["content"]
            fault = next(iter(server.faults(turn)), "")
            if fault.isdigit():
                answer: dict[str, Any] = {"status_code": int(fault), "body": {"error": {"message": fault}}}
            else:
                answer = {"status_code": 200, "body": reply(server.make(turn, line["custom_id"]), False, fault)}
            made.append({"custom_id": line["custom_id"], "response": answer, "error": None})
        with server.lock:
            name = f"batch_{server.books.batches}"
            server.books.batches += 1
            server.files[f"out-{name}"] = "\n".join(json.dumps(line) for line in reversed(made))
            server.batches[name] = {
                "id": name, "object": "batch", "endpoint": "/v1/chat/completions", "completion_window": "24h",
                "input_file_id": body["input_file_id"], "created_at": int(time.time()), "status": "in_progress",
                "metadata": body.get("metadata"), "output_file_id": None, "polls": server.polls,
                "request_counts": {"total": len(lines), "completed": 0, "failed": 0},
            }  # fmt: skip
        self._named(name, server.batches[name])

    def _named(self, name: str, batch: dict[str, Any]) -> None:
        if self.stand_in.lose_batches:
            self.stand_in.lose_batches -= 1
            self._drop()
        else:
            self._json(200, batch)

    def _openai_batches(self, rest: list[str]) -> None:
        batches = self.stand_in.batches
        if not rest:
            self._json(200, {"object": "list", "data": list(reversed(batches.values())), "has_more": False})
            return
        found = batches[rest[0]]
        found["polls"] -= 1
        if found["polls"] < 0:
            counts = {"total": found["request_counts"]["total"], "failed": 0}
            found.update(status="completed", output_file_id=f"out-{rest[0]}")
            found["request_counts"] = {**counts, "completed": counts["total"]}
        self._json(200, found)

    def _create_anthropic_batch(self, body: dict[str, Any]) -> None:
        server = self.stand_in
        made = []
        for item in body["requests"]:
            turn = item["params"]["messages"][-1]["content"]
            fault = next(iter(server.faults(turn)), "")
            if fault.isdigit():
                kind = "invalid_request_error" if fault == "400" else "api_error"
                error = {"type": "error", "error": {"type": kind, "message": fault}, "request_id": None}
                result: dict[str, Any] = {"type": "errored", "error": error}
            else:
                result = {"type": "succeeded", "message": reply(server.make(turn, item["custom_id"]), True, fault)}
            made.append({"custom_id": item["custom_id"], "result": result})
        with server.lock:
            name = f"msgbatch_{server.books.batches}"
            server.books.batches += 1
            server.files[f"out-{name}"] = "\n".join(json.dumps(line) for line in reversed(made))
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            server.batches[name] = {
                "id": name, "type": "message_batch", "processing_status": "in_progress", "created_at": now,
                "expires_at": now, "results_url": None, "polls": server.polls,
                "request_counts": {"processing": len(made), "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0},
            }  # fmt: skip
        self._named(name, server.batches[name])

    def _anthropic_batches(self, rest: list[str]) -> None:
        server = self.stand_in
        if not rest:
            data = list(reversed(server.batches.values()))
            self._json(200, {"data": data, "has_more": False, "first_id": None, "last_id": None})
            return
        if rest[1:] == ["results"]:
            self._send(200, server.files[f"out-{rest[0]}"].encode(), "application/x-jsonl")
            return
        found = server.batches[rest[0]]
        found["polls"] -= 1
        if found["polls"] < 0:
            url = f"{server.address}/v1/messages/batches/{rest[0]}/results"
            found.update(processing_status="ended", results_url=url)
            counts = found["request_counts"]
            counts.update(processing=0, succeeded=counts["succeeded"] + counts["processing"])
        self._json(200, found)

    def _json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), "application/json", headers=headers)

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str,
        *,
        headers: dict[str, str] | None = None,
        stop_after: int | None = None,
        pause: float = 0.0,
    ) -> None:
        try:
            self.send_response(status)
            for name, value in {"content-type": kind, "content-length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            if not pause:
                self.wfile.write(body[:stop_after])
                self.wfile.flush()
                return
            for start in range(0, len(body), max(1, len(body) // 20)):
                self.wfile.write(body[start : start + max(1, len(body) // 20)])
                self.wfile.flush()
                self.stand_in.over.wait(pause)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.close()


def reply(text: str, anthropic: bool, fault: str = "") -> dict[str, Any]:
    """A body as the provider would send it; ``fault`` may make it a refusal or cut it at the limit of tokens."""
    if anthropic:
        reason = {"refusal": "refusal", "length": "max_tokens"}.get(fault, "end_turn")
        usage = {"input_tokens": PROMPT_TOKENS, "output_tokens": COMPLETION_TOKENS}
        content = [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": text}]
        return {"id": "m", "type": "message", "role": "assistant", "model": MODEL, "content": content,
                "stop_reason": reason, "stop_sequence": None, "usage": usage}  # fmt: skip
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
    if fault == "refusal":
        message = {"role": "assistant", "content": None, "refusal": "I will not."}
    finish = "length" if fault == "length" else "stop"
    usage = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": COMPLETION_TOKENS,
             "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS}  # fmt: skip
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": MODEL, "choices": [choice], "usage": usage}
