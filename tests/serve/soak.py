"""Many clients at once, leaving when they like, over an engine that is killed on the way.

Longer than in the tests: python -m tests.serve.soak --seconds 300 --clients 200
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent.parent
PROGRAM = str(Path(sys.executable).with_name("algorand-coder"))


@dataclass
class Result:
    """What became of it."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """Answers that were not the client's own, or not whole."""
    memory: list[int] = field(default_factory=list)
    """Resident bytes of the gateway over time."""
    engines: set[int] = field(default_factory=set)
    """Process ids of the engine, one after another."""
    left_over: list[int] = field(default_factory=list)
    """Of these, those alive after the gateway ended."""
    in_progress: float = -1
    exit_code: int | None = None
    log: str = ""


def stand_in(folder: Path) -> None:
    """Programs called vllm and nvidia-smi, so that the gateway starts and watches an engine of its own."""
    body = f"""\
        #!{sys.executable}
        import os, sys
        sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "src")!r}]
        open({str(folder / "pids")!r}, "a").write(f"{{os.getpid()}}\\n")
        import uvicorn
        from tests.serve.scripted import Script, app
        script = Script()
        script.delay = 0.02
        port = int(sys.argv[sys.argv.index("--port") + 1])
        uvicorn.run(app(script), host="127.0.0.1", port=port, log_config=None)
    """
    for name, text in (("vllm", textwrap.dedent(body)), ("nvidia-smi", f"#!{sys.executable}\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Client:
    """One of many; everything it asks carries its own mark, which must come back."""

    def __init__(self, number: int, http: httpx.AsyncClient, result: Result, seed: int) -> None:
        self.number, self.http, self.result = number, http, result
        self.dice = random.Random(f"{seed}/{number}")

    async def run(self, until: float) -> None:
        turn = 0
        await asyncio.sleep(self.dice.random())
        while time.monotonic() < until:
            turn += 1
            mark = f"client-{self.number}-turn-{turn}-" + "x" * self.dice.randint(0, 120)
            kind = self.dice.choices(("stream", "leave", "whole", "generate"), (50, 25, 15, 10))[0]
            try:
                await getattr(self, kind)(mark)
            except (httpx.HTTPError, OSError) as error:
                self.result.counts[f"connection {type(error).__name__}"] += 1
                await asyncio.sleep(0.2)

    def expect(self, said: str, wanted: str) -> None:
        if said == wanted:
            self.result.counts["right"] += 1
        else:
            self.result.wrong.append(f"asked for {wanted[:60]!r}, got {said[:60]!r}")

    def refused(self, status: int) -> bool:
        if status == httpx.codes.OK:
            return False
        self.result.counts[f"status {status}"] += 1
        return True

    @staticmethod
    def body(mark: str, stream: bool) -> dict[str, object]:
        return {"model": "algorand-coder", "stream": stream, "messages": [{"role": "user", "content": mark}]}

    async def whole(self, mark: str) -> None:
        answer = await self.http.post("/v1/chat/completions", json=self.body(mark, False))
        if self.refused(answer.status_code):
            await asyncio.sleep(0.2)
            return
        self.expect(answer.json()["choices"][0]["message"]["content"], f"echo {mark}")

    async def stream(self, mark: str, most: int = 1_000_000) -> None:
        said, done = "", False
        async with self.http.stream("POST", "/v1/chat/completions", json=self.body(mark, True)) as answer:
            if self.refused(answer.status_code):
                await asyncio.sleep(0.2)
                return
            async for line in answer.aiter_lines():
                if not line.startswith("data: "):
                    continue
                if line == "data: [DONE]":
                    done = True
                    break
                chunk = json.loads(line[6:])
                if "error" in chunk:
                    self.result.counts["error in stream"] += 1
                    return
                said += chunk["choices"][0]["delta"].get("content", "")
                if len(said) >= most:
                    self.result.counts["left"] += 1
                    if not f"echo {mark}".startswith(said):
                        self.result.wrong.append(f"asked for {mark[:60]!r}, got {said[:60]!r}")
                    return
        if done:
            self.expect(said, f"echo {mark}")
        else:
            self.result.counts["cut off"] += 1

    async def leave(self, mark: str) -> None:
        await self.stream(mark, self.dice.randint(1, 60))

    async def generate(self, mark: str) -> None:
        """Through the loop of sampling and judging; an echo is no code, so no compiler is asked."""
        said, over = "", False
        body = {"instruction": mark, "rounds": 0, "n": 2, "stream": True}
        async with self.http.stream("POST", "/v1/generate", json=body) as answer:
            if self.refused(answer.status_code):
                await asyncio.sleep(0.2)
                return
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    event = json.loads(line[6:])
                    if "error" in event:
                        self.result.counts["error in stream"] += 1
                        return
                    if event.get("event") == "delta" and event["sample"] == 0:
                        said += event["text"]
                    over = over or "attempts" in event
        if over:
            self.expect(said.strip(), f"echo {mark}".strip())


async def clients(url: str, count: int, seconds: float, seed: int, result: Result, server: int, pids: Path) -> None:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=count)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as http:
        until = time.monotonic() + seconds
        running = [asyncio.create_task(Client(number, http, result, seed).run(until)) for number in range(count)]
        killed = False
        while any(not task.done() for task in running):
            await asyncio.sleep(0.5)
            result.memory.append(resident(server))
            if not killed and time.monotonic() > until - seconds / 2:
                killed = True
                os.kill(int(pids.read_text().split()[-1]), signal.SIGKILL)
        await asyncio.gather(*running)
        await asyncio.sleep(0.5)
        text = (await http.get("/metrics")).text
        found = re.search(r"^algorand_coder_requests_in_progress (\S+)", text, re.MULTILINE)
        result.in_progress = float(found[1]) if found else -1


def soak(seconds: float, count: int, seed: int = 1) -> Result:
    """Run it; see :class:`Result`."""
    result = Result()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stand_in(folder)
        environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
        command = [PROGRAM, "serve", name, "--port", "0", "--set", "warm=false", "--set", "max_waiting=500"]
        with (
            (folder / "log").open("wb") as log,
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as server,
        ):
            assert server.stdout is not None
            found = re.search(r"http://\S+(?=;)", server.stdout.readline())
            assert found, (folder / "log").read_text()
            url = found[0]
            end = time.monotonic() + 60
            while True:
                try:
                    if httpx.get(f"{url}/readyz").status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                assert time.monotonic() < end, "the gateway did not get ready"
                time.sleep(0.1)
            pids = folder / "pids"
            asyncio.run(clients(url, count, seconds, seed, result, server.pid, pids))
            result.engines = set(map(int, pids.read_text().split()))
            server.terminate()
            result.exit_code = server.wait(60)
        result.left_over = [pid for pid in result.engines if alive(pid)]
        result.log = (folder / "log").read_text()
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    result = soak(given.seconds, given.clients, given.seed)
    megabytes = [size >> 20 for size in result.memory]
    print(dict(result.counts), f"wrong: {len(result.wrong)}", f"MB: {megabytes[:: max(1, len(megabytes) // 20)]}")
    print(f"engines: {len(result.engines)}, left over: {result.left_over}, exit code {result.exit_code}")


if __name__ == "__main__":
    main()
