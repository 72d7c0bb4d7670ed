"""Real MCP clients against the tools: over stdio as agents start them, and over Streamable HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import jsonschema  # type: ignore[import-untyped]
import pytest
from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from algorand_coder.serve.mcp_server import TOOLS
from tests.serve.scripted import GOOD, Script, Served, app
from tests.serve.test_gateway import wait_for

PROGRAM = str(Path(sys.executable).with_name("algorand-coder"))
KEY = "k" * 20


@pytest.fixture(scope="module")
def engine() -> Iterator[tuple[str, Script]]:
    script = Script()
    with Served(app(script)) as served:
        yield f"{served.url}/v1", script


@asynccontextmanager
async def over_stdio(*arguments: str) -> AsyncIterator[ClientSession]:
    parameters = StdioServerParameters(command=PROGRAM, args=["mcp", *arguments], env=dict(os.environ))
    async with stdio_client(parameters) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        await session.initialize()
        yield session


def talk(story: Callable[[ClientSession], Awaitable[None]], *arguments: str) -> None:
    async def whole() -> None:
        async with over_stdio(*arguments) as session:
            await asyncio.wait_for(story(session), 60)

    asyncio.run(whole())


def text_of(result: Any) -> dict[str, Any]:
    assert len(result.content) == 1
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


def test_the_tools_have_the_plans_schema_and_conform_to_their_own(engine: tuple[str, Script]) -> None:
    async def story(session: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert list(tools) == ["generate_algorand_code", "check_algorand_code", "explain_algorand_error"]
        generate = tools["generate_algorand_code"]
        assert generate.description == "Generate Algorand TypeScript code using the fine-tuned model"
        assert generate.input_schema == {
            "type": "object",
            "properties": {
                "instruction": {"type": "string", "description": "What code to generate"},
                "context": {"type": "string", "description": "Optional context (existing code, types, etc.)"},
            },
            "required": ["instruction"],
        }
        assert tools["check_algorand_code"].annotations.read_only_hint is True  # type: ignore[union-attr]
        heard: list[tuple[float, str | None]] = []

        async def hear(progress: float, total: float | None, message: str | None) -> None:
            heard.append((progress, message))

        result = await session.call_tool("generate_algorand_code", {"instruction": "REPAIR ME"}, progress_callback=hear)
        found = result.structured_content
        shown = result.content[0].text  # type: ignore[union-attr]
        assert found == text_of(result)
        assert found["code"] == GOOD
        assert found["outcome"] == "passed"
        assert [attempt["outcome"] for attempt in found["attempts"]] == ["failed", "passed"]
        assert found["versions"]["algosdk"]
        assert not re.search(r'"\w+_\w+":', shown)
        assert shown.startswith("{\n  ")
        jsonschema.validate(found, generate.output_schema or {})
        steps = [progress for progress, _ in heard]
        assert steps == sorted(set(steps))
        assert any("repairing 1 diagnostics" in str(message) for _, message in heard)

    talk(story, "--endpoint", engine[0])


def test_failures_follow_vibekits_convention(engine: tuple[str, Script]) -> None:
    async def story(session: ClientSession) -> None:
        for arguments, words in (
            ({}, "instruction: Field required"),
            ({"instruction": ""}, "at least 1 character"),
            ({"instruction": 5}, "valid string"),
            ({"instruction": "x", "more": 1}, "more: Extra inputs"),
            ({"instruction": "FAIL"}, "the engine failed (500)"),
        ):
            result = await session.call_tool("generate_algorand_code", arguments)
            assert result.is_error
            found = text_of(result)
            assert found["error"] is True
            assert found["tool"] == "generate_algorand_code"
            assert words in found["message"]
            assert "/opt" not in found["message"]
            assert result.structured_content is None
        assert text_of(result)["hint"].startswith("algorand-coder ")
        with pytest.raises(MCPError, match="unknown tool"):
            await session.call_tool("no_such_tool", {})

    talk(story, "--endpoint", engine[0])


def test_without_a_model_code_can_be_checked_and_errors_explained() -> None:
    async def story(session: ClientSession) -> None:
        refused = text_of(await session.call_tool("generate_algorand_code", {"instruction": "x"}))
        assert refused["hint"] == "algorand-coder mcp --help"
        told = await session.call_tool(
            "explain_algorand_error", {"error": "receiver error: must optin, asset 5 missing"}
        )
        assert told.structured_content["known"] is True
        assert "assetOptIn" in told.structured_content["explanations"][0]["fix"]
        bad = await session.call_tool("check_algorand_code", {"code": "@", "kind": "novel"})
        assert "kind" in text_of(bad)["message"]

    talk(story)


@pytest.mark.slow
def test_code_is_checked_by_the_real_compilers() -> None:
    async def story(session: ClientSession) -> None:
        good = await session.call_tool("check_algorand_code", {"code": GOOD})
        assert good.structured_content["outcome"] == "passed", good
        wrong = await session.call_tool("check_algorand_code", {"code": GOOD.replace("sender,", "from: sender,")})
        finding = wrong.structured_content["checks"][-1]["diagnostics"][0]
        assert finding["code"] == "TS2353"
        assert finding["hint"]
        assert wrong.is_error is False

    talk(story)


def test_a_cancelled_call_stops_the_engine(engine: tuple[str, Script]) -> None:
    url, script = engine
    script.delay = 0.05
    before = script.closed_early

    async def story(session: ClientSession) -> None:
        call = asyncio.create_task(session.call_tool("generate_algorand_code", {"instruction": "z" * 4000}))
        while not script.open:
            await asyncio.sleep(0.02)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        while script.open:
            await asyncio.sleep(0.02)
        assert script.closed_early == before + 1
        script.delay = 0.0
        again = await session.call_tool("generate_algorand_code", {"instruction": "PAY"})
        assert not again.is_error

    try:
        talk(story, "--endpoint", url)
    finally:
        script.delay = 0.0


def test_a_cold_start_takes_no_longer_than_it_may() -> None:
    """From the start of the program to its answer to ``initialize``, in processor time: machines have other work."""
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }
    with subprocess.Popen([PROGRAM, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        answer = json.loads(server.stdout.readline())
        assert answer["result"]["protocolVersion"] == "2025-06-18"
        server.stdin.close()
        _, status, used = os.wait4(server.pid, 0)
        server.returncode = os.waitstatus_to_exitcode(status)
        assert server.returncode == 0
    assert used.ru_utime + used.ru_stime < 1.5


def test_streamable_http_with_keys(engine: tuple[str, Script], tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY)
    command = [PROGRAM, "mcp", "--endpoint", engine[0], "--http", "--port", "0", "--keys", str(keys)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[2].rstrip(";")

        def up() -> bool:
            try:
                return httpx2.get(address.replace("/mcp", "/")).status_code > 0
            except httpx2.HTTPError:
                return False

        wait_for(up)
        assert httpx2.post(address, json={}).status_code == 401

        async def story() -> None:
            async with (
                httpx2.AsyncClient(headers={"authorization": f"Bearer {KEY}"}, timeout=60) as client,
                streamable_http_client(address, http_client=client) as streams,
                ClientSession(streams[0], streams[1]) as session,
            ):
                await session.initialize()
                result = await session.call_tool("generate_algorand_code", {"instruction": "PAY"})
                assert result.structured_content["outcome"] == "passed"

        asyncio.run(story())
        server.terminate()
        assert server.wait(15) == 0


def test_the_declared_schemas_are_valid() -> None:
    for tool in TOOLS:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema or {})
