"""Every official client gets code that the real compiler has accepted, from one gateway and one set of MCP tools.

The engine is scripted: it makes a mistake and mends it when it is told of it, so that a client gets verified code only
through the whole loop. With a model of your own behind it, whose answers may fail:
SERVE_MODEL=runs/laptop/train/adapter pytest tests/serve/test_end_to_end.py
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from openai import OpenAI

from algorand_coder.cache import cache_dir
from algorand_coder.verify import node
from tests.conftest import IN_CI
from tests.serve.scripted import GOOD, Script, Served, app
from tests.serve.test_gateway import wait_for
from tests.serve.test_mcp import PROGRAM

pytestmark = pytest.mark.slow

MODEL = os.environ.get("SERVE_MODEL", "")
ASKED = "REPAIR ME: write a function that pays one Algo"
VERIFY = {"level": "compile", "n": 1, "rounds": 1}
MCP_1 = ("mcp==1.30.0", "httpx-sse==0.4.3", "pydantic-settings==2.12.0", "sse-starlette==3.0.3")
"""All that its client needs beside what is installed here for MCP 2."""

PYTHON_1 = """
import asyncio, json, sys
from importlib.metadata import version
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

async def main():
    assert version("mcp").startswith("1.")
    async with stdio_client(StdioServerParameters(command=sys.argv[1], args=sys.argv[2:-1])) as streams:
        async with ClientSession(*streams) as session:
            await session.initialize()
            result = await session.call_tool("generate_algorand_code", {"instruction": sys.argv[-1]})
            print(json.dumps(result.structuredContent))

asyncio.run(main())
"""
NODE = """
import OpenAI from 'openai'
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client'

const { URL: url, MCP: mcp, ASKED: asked, VERIFY: verify } = process.env
const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none' })
const messages = [{ role: 'user', content: asked }]
const answer = await openai.chat.completions.create({
  model: 'algorand-coder', messages, max_tokens: 64, verify: JSON.parse(verify),
})
const found = { openai: answer.verify }
for (const [name, Client, Http] of [['sdk1', Client1, Http1], ['sdk2', Client2, Http2]]) {
  const client = new Client({ name, version: '1.0.0' })
  await client.connect(new Http(new globalThis.URL(mcp)))
  const call = { name: 'generate_algorand_code', arguments: { instruction: asked } }
  const options = [...(name === 'sdk1' ? [undefined] : []), { timeout: 600_000 }]
  found[name] = (await client.callTool(call, ...options)).structuredContent
  await client.close()
}
console.log(JSON.stringify(found))
"""


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[str, str]]:
    """Addresses of the gateway, with the real verifier, and of the MCP tools that ask it."""
    with ExitStack() as stack:

        def start(*arguments: str) -> str:
            process = stack.enter_context(
                subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            )
            stack.callback(process.terminate)
            assert process.stdout is not None
            found = re.search(r"http://[^\s;]+", process.stdout.readline())
            assert found
            return found[0]

        source = [MODEL] if MODEL else ["--endpoint", stack.enter_context(Served(app(Script()))).url + "/v1"]
        url = start("serve", *source, "--port", "0", "--set", "warm=false")

        def ready() -> bool:
            try:
                return httpx.get(f"{url}/readyz").status_code == httpx.codes.OK
            except httpx.HTTPError:
                return False

        wait_for(ready, 120)
        limit = ["--set", "default_tokens=64"]
        yield url, start("mcp", "--endpoint", f"{url}/v1", "--rounds", "1", *limit, "--http", "--port", "0")


def expect_verified(found: Any) -> None:
    """Code with the compiler's own verdict; from the scripted engine, code that passes after one repair."""
    assert found["checks"]
    assert found["versions"]["algosdk"]
    outcomes = [attempt["outcome"] for attempt in found["attempts"]]
    if MODEL:
        assert found["outcome"] in {"passed", "failed"}
        assert set(outcomes) <= {"passed", "failed"}
        return
    assert found["code"] == GOOD
    assert found["outcome"] == "passed"
    assert outcomes == ["failed", "passed"]
    assert [check["level"] for check in found["checks"]] == ["parse", "types"]


def test_openai_in_python(servers: tuple[str, str]) -> None:
    client = OpenAI(base_url=f"{servers[0]}/v1", api_key="none", max_retries=0)
    answer: Any = client.chat.completions.create(
        model="algorand-coder",
        messages=[{"role": "user", "content": ASKED}],
        max_tokens=64,
        extra_body={"verify": VERIFY},
    )
    expect_verified(answer.verify)


def test_openai_and_both_mcp_clients_in_node(
    servers: tuple[str, str], packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "node_modules").symlink_to(packages / "node_modules")
    (tmp_path / "program.mjs").write_text(NODE)
    environment = {**node.environment(), "URL": servers[0], "MCP": servers[1], "ASKED": ASKED}
    environment["VERIFY"] = json.dumps(VERIFY)
    command = [str(node.node()), "program.mjs"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    for name in ("openai", "sdk1", "sdk2"):
        expect_verified(found[name])


def test_mcp_2_in_python(servers: tuple[str, str]) -> None:
    async def ask() -> Any:
        async with (
            streamable_http_client(servers[1]) as streams,
            ClientSession(streams[0], streams[1]) as session,
        ):
            await session.initialize()
            return (await session.call_tool("generate_algorand_code", {"instruction": ASKED})).structured_content

    expect_verified(asyncio.run(ask()))


def stdio(url: str) -> list[str]:
    return [PROGRAM, "mcp", "--endpoint", f"{url}/v1", "--rounds", "1", "--set", "default_tokens=64"]


def test_mcp_1_in_python(servers: tuple[str, str], tmp_path: Path) -> None:
    folder = cache_dir("test-python") / MCP_1[0].replace("==", "-")
    if not (folder / "sse_starlette").is_dir():
        options = ["--quiet", "--no-input", "--no-deps", "--upgrade", "--target", str(folder)]
        pip = [sys.executable, "-m", "pip", "install", *options, *MCP_1]
        done = subprocess.run(pip, capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"pip cannot install {MCP_1[0]}: {done.stderr[-300:]}"
            pytest.fail(message) if IN_CI else pytest.skip(message)
    (tmp_path / "program.py").write_text(PYTHON_1)
    command = [sys.executable, "program.py", *stdio(servers[0]), ASKED]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    expect_verified(json.loads(done.stdout))


def test_the_mcp_inspector(servers: tuple[str, str], packages: Path) -> None:
    launcher = packages / "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"

    def inspect(*arguments: str) -> Any:
        patience = ["--connect-timeout", "60000"]
        command = [str(node.node()), str(launcher), "--cli", *patience, *stdio(servers[0]), *arguments]
        environment = node.environment()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    # --strict: it finds nothing wrong with the schemas either.
    assert len(inspect("--method", "tools/list", "--strict")["tools"]) == 3
    call = ("--method", "tools/call", "--tool-name", "generate_algorand_code", "--tool-arg", f"instruction={ASKED}")
    expect_verified(inspect(*call)["structuredContent"])
