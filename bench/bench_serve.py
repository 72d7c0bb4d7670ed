"""The gateway beside the engine alone, verdicts on top; the start of the MCP tools, and the engine without a GPU.

The engine is scripted: it sends a chunk every 20 ms, as a real one does, and takes next to no processor time itself.
32 clients ask again and again, each at its own time: 32 streams are open throughout. ``BENCH_GGUF`` names a GGUF file
(``algorand-coder export --format q4_k_m``) to measure with llama.cpp as well.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

STREAMS = 32
ROUNDS = 4
TURNS = 3
CHUNKS = 25
AIM_MS = 5.0
STARTS = 7
TOKENS = 128
EMBEDDED = "SmolLM2-135M-Instruct"
PROGRAM = str(Path(sys.executable).with_name("algorand-coder"))
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}},
}
ENGINE = """
import sys
sys.path.insert(0, {root!r})
import uvicorn
from tests.serve.scripted import Script, app
script = Script()
script.delay = 0.02
uvicorn.run(app(script), host="127.0.0.1", port={port}, log_config=None)
"""

Row = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Server:
    """A process that listens."""

    port: int
    pid: int

    def busy(self) -> float:
        """Milliseconds of processor time it has used, where ``/proc`` tells; 0 elsewhere."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def servers() -> Iterator[tuple[Server, Server]]:
    """The engine, and the gateway before it."""
    from algorand_coder.serve.engines.process import free_port

    engine, gateway = free_port(), free_port()
    serve = [PROGRAM, "serve", "--endpoint", f"http://127.0.0.1:{engine}/v1", "--port", str(gateway)]
    commands = [[sys.executable, "-c", ENGINE.format(root=str(ROOT), port=engine)], serve]
    nowhere = subprocess.DEVNULL
    running = [subprocess.Popen(command, stdout=nowhere, stderr=nowhere) for command in commands]
    try:
        for port in (engine, gateway):
            _wait(port)
        yield Server(engine, running[0].pid), Server(gateway, running[1].pid)
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)


def _wait(port: int, path: str = "v1/models") -> None:
    import httpx

    end = time.monotonic() + 120
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/{path}", timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


async def stream(port: int, text: str) -> tuple[float, float]:
    """Milliseconds to the first chunk and to the end of one streamed answer, over a bare socket."""
    body = json.dumps({"model": "algorand-coder", "stream": True, "messages": [{"role": "user", "content": text}]})
    head = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    started = time.perf_counter()
    writer.write(f"{head}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    first, said = 0.0, b""
    while b"data: [DONE]" not in said:
        piece = await reader.read(1 << 16)
        assert piece, said[-300:]
        said += piece
        if not first and b"data: " in said:
            first = time.perf_counter() - started
    whole = time.perf_counter() - started
    writer.close()
    assert said.count(b"data: ") >= CHUNKS
    return first * 1000, whole * 1000


@dataclass
class Measured:
    """One server's answers, and the processor time that all of them took it."""

    answers: list[tuple[float, float]] = field(default_factory=list)
    busy: float = 0.0


async def measure(engine: Server, gateway: Server) -> tuple[Measured, Measured]:
    """Both in turn, so that whatever else the machine does hits both."""
    text = "x" * (12 * CHUNKS)
    found = {engine: Measured(), gateway: Measured()}

    async def client(server: Server, number: int) -> list[tuple[float, float]]:
        await asyncio.sleep(number * CHUNKS * 0.02 / STREAMS)
        return [await stream(server.port, text) for _ in range(TURNS)]

    for round_number in range(ROUNDS + 1):
        for server, measured in found.items():
            before = server.busy()
            answers = await asyncio.gather(*(client(server, number) for number in range(STREAMS)))
            if round_number:  # the first round warms up
                measured.busy += server.busy() - before
                measured.answers += [answer for each in answers for answer in each]
    return found[engine], found[gateway]


def verdicts(gateway: int) -> list[Row]:
    """What verification adds to an answer: fresh code each time, compilers warm."""
    import httpx

    from tests.serve.scripted import CONTRACT, GOOD

    rows: list[Row] = []
    kinds = (("a client snippet", GOOD, 20, "≤ 80 ms"), ("a contract", CONTRACT, 8, "≤ 2 s"))
    with httpx.Client(base_url=f"http://127.0.0.1:{gateway}", timeout=300) as client:
        for name, code, count, aim in kinds:
            seconds = []
            for number in range(-1, count):
                fresh = f"{code}\n// {os.getpid()}/{time.time_ns()}/{number}\n"
                started = time.perf_counter()
                answer = client.post("/v1/check", json={"code": fresh}).json()
                if number >= 0:
                    seconds.append(time.perf_counter() - started)
                assert answer["outcome"] == "passed", answer
            rows.append((f"verdict on {name}, p50", f"{median(seconds) * 1000:.0f} ms", f"n = {count}", "", aim))
    return rows


def cold_start() -> list[Row]:
    """From the start of ``algorand-coder mcp`` to its answer to ``initialize``."""
    walls, busy = [], []
    for _ in range(STARTS + 1):  # the first one warms up
        started = time.perf_counter()
        process = subprocess.Popen([PROGRAM, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps(HELLO).encode() + b"\n")
        process.stdin.flush()
        assert b"algorand-coder" in process.stdout.readline()
        walls.append(time.perf_counter() - started)
        process.stdin.close()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        busy.append(used.ru_utime + used.ru_stime)
    label = f"n = {STARTS}; processor time {median(busy[1:]):.2f} s"
    return [("MCP tools, cold start, p50", f"{median(walls[1:]):.2f} s", label, "", "≤ 1.5 s")]


def cpu_engine(model: str, engine: str) -> list[Row]:
    """A small model behind the gateway, one stream, greedy."""
    import httpx

    from algorand_coder.serve.engines.process import free_port

    port = free_port()
    command = [PROGRAM, "serve", model, "--port", str(port), "--set", "warm=false"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    speeds = []
    try:
        _wait(port, "readyz")
        message = {"role": "user", "content": "Count from one to one hundred in words."}
        body = {"model": "algorand-coder", "messages": [message], "max_tokens": TOKENS, "temperature": 0}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300) as client:
            for _ in range(4):  # the first one warms up
                started = time.perf_counter()
                usage = client.post("/v1/chat/completions", json=body).json()["usage"]
                speeds.append(usage["completion_tokens"] / (time.perf_counter() - started))
    finally:
        process.terminate()
        process.wait(30)
    name = f"{Path(model).name}, {TOKENS} tokens, prompt included"
    return [(f"CPU engine ({engine})", f"{median(speeds[1:]):.0f} tokens/s", name, "", "≥ 50 tokens/s")]


def run() -> list[Row]:
    """Rows for ``bench/run.py``."""
    with servers() as (engine, gateway):
        alone, through = asyncio.run(measure(engine, gateway))
        count = len(alone.answers)
        rows = []
        for position, what in enumerate(("first chunk", "whole stream")):
            bare, ours = (median(each[position] for each in found.answers) for found in (alone, through))
            aim = f"≤ {AIM_MS:.0f} ms more" if position == 0 else ""
            label = f"{what}, p50 of {count}, {STREAMS} streams"
            rows.append(
                (label, f"{ours:.1f} ms (+{ours - bare:.1f})", f"engine {bare:.1f} ms", f"{ours / bare:.2f}", aim)
            )
        if alone.busy:
            bare, ours = alone.busy / count, through.busy / count
            rows.append(
                ("processor time a stream", f"{ours:.1f} ms", f"engine {bare:.1f} ms", f"{ours / bare:.2f}", "")
            )
        rows += verdicts(gateway.port)
    rows += cold_start() + cpu_engine(EMBEDDED, "transformers")
    return rows + (cpu_engine(gguf, "llama.cpp") if (gguf := os.environ.get("BENCH_GGUF")) else [])
