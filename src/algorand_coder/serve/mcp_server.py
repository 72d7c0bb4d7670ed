"""MCP tools for coding agents: generate verified code, check code, explain an error.

Conventions are VibeKit's: snake_case names, plain JSON schemas, a text block of JSON with two spaces, and failures as
``isError`` with ``{"error": true, "message", "hint"?, "tool"}``, the hint being a command that recovers.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.shared.exceptions import MCPError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from algorand_coder import __version__
from algorand_coder.records import Kind, Level
from algorand_coder.serve.explain import Explanation, explain
from algorand_coder.serve.failures import EngineTrouble, Refusal
from algorand_coder.serve.schema import Checked, CheckRequest, Generated, GenerateRequest
from algorand_coder.serve.service import Service
from algorand_coder.serve.solving import Event

NAME = "algorand-coder"
_INSTRUCTIONS = (
    "Algorand TypeScript that compiles: generate_algorand_code writes it and has the compilers verify it, "
    "check_algorand_code judges code of yours, explain_algorand_error says what an error means."
)
_LONGEST_MESSAGE = 1_000
"""Characters of one diagnostic; the whole result must stay far below what agents accept."""
_PIECES = 40
"""Pieces of an answer between two notices of progress."""
_NO_MODEL = "no model is configured for this server"

log = logging.getLogger(__name__)


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class GenerateInput(_Input):
    """Arguments of ``generate_algorand_code``."""

    instruction: str = Field(min_length=1)
    context: str = ""


class CheckInput(_Input):
    """Arguments of ``check_algorand_code``."""

    code: str = Field(min_length=1)
    kind: Kind | None = Field(default=None, strict=False)
    level: Level = Field(default=Level.COMPILE, strict=False)


class ExplainInput(_Input):
    """Arguments of ``explain_algorand_error``."""

    error: str = Field(min_length=1)
    code: str = ""


_STRING = {"type": "string"}
TOOLS = (
    types.Tool(
        name="generate_algorand_code",
        description="Generate Algorand TypeScript code using the fine-tuned model",
        input_schema={
            "type": "object",
            "properties": {
                "instruction": {**_STRING, "description": "What code to generate"},
                "context": {**_STRING, "description": "Optional context (existing code, types, etc.)"},
            },
            "required": ["instruction"],
        },
        output_schema=Generated.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            title="Generate Algorand code", read_only_hint=True, idempotent_hint=False, open_world_hint=False
        ),
    ),
    types.Tool(
        name="check_algorand_code",
        description=(
            "Check Algorand TypeScript with the real compilers: syntax, types against algokit-utils and algosdk, and "
            "for contracts compilation by puya. The code is not executed."
        ),
        input_schema={
            "type": "object",
            "properties": {
                "code": {**_STRING, "description": "The TypeScript file to check"},
                "kind": {**_STRING, "enum": list(Kind), "description": "What it is; told from the code if left out"},
                "level": {
                    **_STRING,
                    "enum": ["parse", "types", "compile"],
                    "description": "How deep to check; compile if left out",
                },
            },
            "required": ["code"],
        },
        output_schema=Checked.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            title="Check Algorand code", read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    ),
    types.Tool(
        name="explain_algorand_error",
        description="Explain an Algorand error (compiler, node, AVM or SDK) and how to mend it",
        input_schema={
            "type": "object",
            "properties": {
                "error": {**_STRING, "description": "The error message, as it was shown"},
                "code": {**_STRING, "description": "Optional code that gave the error"},
            },
            "required": ["error"],
        },
        output_schema=Explanation.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            title="Explain an Algorand error", read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    ),
)


@dataclass(frozen=True)
class Effort:
    """How hard ``generate_algorand_code`` tries."""

    samples: int = 1
    rounds: int = 2


class Tools:
    """The tools over a service; without a model only checking and explaining work."""

    def __init__(self, service: Service, *, has_model: bool = True, effort: Effort | None = None) -> None:
        self._service, self._has_model, self._effort = service, has_model, effort or Effort()

    def server(self) -> Server[Any]:
        """The MCP server; stdio and Streamable HTTP alike."""
        return Server(
            NAME,
            version=__version__,
            instructions=_INSTRUCTIONS,
            lifespan=self._live,
            on_list_tools=self._list,
            on_call_tool=self._call,
        )

    @asynccontextmanager
    async def _live(self, _: Server[Any]) -> AsyncGenerator[dict[str, Any]]:
        await self._service.start()
        try:
            yield {}
        finally:
            await self._service.stop()

    async def _list(
        self, ctx: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(TOOLS))

    async def _call(self, ctx: ServerRequestContext[Any], params: types.CallToolRequestParams) -> types.CallToolResult:
        tools = {"generate_algorand_code": self._generate, "check_algorand_code": self._check}
        name, arguments = params.name, params.arguments or {}
        if name not in {tool.name for tool in TOOLS}:
            raise MCPError(types.INVALID_PARAMS, f"unknown tool: {name[:100]}")
        try:
            if name in tools:
                found: BaseModel = await tools[name](ctx, arguments)
            else:
                asked = ExplainInput.model_validate(arguments)
                found = explain(asked.error, asked.code)
        except ValidationError as error:
            return _failure(name, _wrong(error))
        except EngineTrouble as error:
            return _failure(name, str(error), "algorand-coder doctor")
        except Refusal as error:
            return _failure(name, str(error), "algorand-coder mcp --help" if str(error) == _NO_MODEL else "")
        except Exception:
            log.exception("a tool failed")
            return _failure(name, "internal error", "algorand-coder doctor")
        return _success(found)

    async def _generate(self, ctx: ServerRequestContext[Any], arguments: Mapping[str, Any]) -> BaseModel:
        asked = GenerateInput.model_validate(arguments)
        if not self._has_model:
            raise Refusal(503, _NO_MODEL, code="no_model")
        request = GenerateRequest(
            instruction=asked.instruction, context=asked.context, n=self._effort.samples, rounds=self._effort.rounds
        )
        told = _Progress(ctx)
        async with aclosing(self._service.generate(request)) as events:
            async for event in events:
                if event["event"] == "answer":
                    return event["answer"]  # type: ignore[no-any-return]
                await told.tell(event)
        raise EngineTrouble("no engine answered")

    async def _check(self, ctx: ServerRequestContext[Any], arguments: Mapping[str, Any]) -> BaseModel:
        asked = CheckInput.model_validate(arguments)
        return await self._service.check(CheckRequest(code=asked.code, kind=asked.kind, level=asked.level))


class _Progress:
    """Notices for a client that asked for them: numbers that only grow, and a few words."""

    def __init__(self, ctx: ServerRequestContext[Any]) -> None:
        self._ctx, self._steps, self._pieces = ctx, 0, 0

    async def tell(self, event: Event) -> None:
        if event["event"] == "delta":
            self._pieces += 1
            if self._pieces % _PIECES:
                return
        self._steps += 1
        await self._ctx.session.report_progress(self._steps, message=_words(event))


def _words(event: Event) -> str:
    match event["event"]:
        case "route":
            return f"asking {event['model']}"
        case "verdict":
            return f"round {event['round'] + 1}: {event['outcome']}"
        case "repair":
            return f"repairing {len(event['diagnostics'])} diagnostics"
        case "fallback":
            return f"handing over to {event['model']}"
        case _:
            return "writing"


def _success(found: BaseModel) -> types.CallToolResult:
    plain = _short(found.model_dump(mode="json"))
    text = types.TextContent(text=json.dumps(plain, indent=2, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=plain)


def _failure(tool: str, message: str, hint: str = "") -> types.CallToolResult:
    plain = {"error": True, "message": message, **({"hint": hint} if hint else {}), "tool": tool}
    text = types.TextContent(text=json.dumps(plain, indent=2, ensure_ascii=False))
    return types.CallToolResult(content=[text], is_error=True)


def _short(found: dict[str, Any]) -> dict[str, Any]:
    for check in found.get("checks", ()):
        for finding in check["diagnostics"]:
            if len(finding["message"]) > _LONGEST_MESSAGE:
                finding["message"] = finding["message"][: _LONGEST_MESSAGE - 1] + "…"
    return found


def _wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"]))[:100]
    return f"{place}: {first['msg']}" if place else first["msg"]
