"""The gateway beside the engine alone: time to the first chunk and to the last, 32 streams at once; verdicts on top.

The engine is scripted: it sends a chunk every 20 ms, as a real one does, and takes next to no processor time itself.
32 clients ask again and again, each at its own time: 32 streams are open throughout.
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
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

STREAMS = 32
ROUNDS = 4
TURNS = 3
CHUNKS = 25
AIM_MS = 5.0
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


@contextmanager
def servers() -> Iterator[tuple[int, int]]:
    """Ports of the engine and of the gateway before it, each a process of its own."""
    from algorand_coder.serve.engines.process import free_port

    engine, gateway = free_port(), free_port()
    program = str(Path(sys.executable).with_name("algorand-coder"))
    serve = [program, "serve", "--endpoint", f"http://127.0.0.1:{engine}/v1", "--port", str(gateway)]
    commands = [[sys.executable, "-c", ENGINE.format(root=str(ROOT), port=engine)], serve]
    nowhere = subprocess.DEVNULL
    running = [subprocess.Popen(command, stdout=nowhere, stderr=nowhere) for command in commands]
    try:
        for port in (engine, gateway):
            _wait(port)
        yield engine, gateway
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(30)


def _wait(port: int) -> None:
    import httpx

    end = time.monotonic() + 60
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=5)
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


async def measure(engine: int, gateway: int) -> dict[str, list[tuple[float, float]]]:
    """Both in turn, so that whatever else the machine does hits both."""
    found: dict[str, list[tuple[float, float]]] = {"engine": [], "gateway": []}
    text = "x" * (12 * CHUNKS)

    async def client(name: str, port: int, number: int, round_number: int) -> None:
        await asyncio.sleep(number * CHUNKS * 0.02 / STREAMS)
        for _ in range(TURNS):
            answer = await stream(port, text)
            if round_number:  # the first round warms up
                found[name].append(answer)

    for round_number in range(ROUNDS + 1):
        for name, port in (("engine", engine), ("gateway", gateway)):
            await asyncio.gather(*(client(name, port, number, round_number) for number in range(STREAMS)))
    return found


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


def run() -> list[Row]:
    """Rows for ``bench/run.py``."""
    with servers() as (engine, gateway):
        found = asyncio.run(measure(engine, gateway))
        rows = []
        for position, what in enumerate(("first chunk", "whole stream")):
            alone, through = (median(each[position] for each in found[name]) for name in ("engine", "gateway"))
            label = f"{what}, p50 of {ROUNDS * TURNS * STREAMS}, {STREAMS} streams"
            aim = f"≤ {AIM_MS:.0f} ms more" if position == 0 else ""
            more = f"{through:.1f} ms (+{through - alone:.1f})"
            rows.append((label, more, f"engine alone {alone:.1f} ms", f"{through / alone:.2f}", aim))
        return rows + verdicts(gateway)
