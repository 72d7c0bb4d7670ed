"""``algorand-coder mcp``: the tools for coding agents, and their installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.serve.mcp_server import Tools
    from algorand_coder.serve.settings import ServeSettings

_CLIENTS = ["claude-code", "cursor", "vscode", "opencode", "codex"]


@click.group(
    "mcp",
    invoke_without_command=True,
    epilog="Example: algorand-coder mcp --endpoint http://127.0.0.1:8800/v1 install --client claude-code",
    context_settings={"max_content_width": 110},
)
@click.option("--model", default="", metavar="MODEL", help="A model to load, as for algorand-coder serve.")
@click.option("--endpoint", default="", metavar="URL", help="An OpenAI-compatible endpoint that has one.")
@click.option("--endpoint-model", default="", metavar="NAME", help="The endpoint's name for it  [default: its first]")
@click.option("--endpoint-key-env", default="", metavar="VARIABLE", help="Variable with the endpoint's API key.")
@click.option("--samples", default=1, show_default=True, type=click.IntRange(1, 8), help="Answers tried in a round.")
@click.option("--rounds", default=2, show_default=True, type=click.IntRange(0, 4), help="Rounds of repair.")
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one limit.")
@click.option("--http", is_flag=True, help="Streamable HTTP at /mcp in place of stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, with --http.")
@click.option("--port", default=8801, show_default=True, type=click.IntRange(0, 65535), help="With --http.")
@click.option("--keys", type=click.Path(path_type=Path), help="File of API keys, with --http.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Offer verified Algorand code to coding agents over MCP.

    Without a sub-command it serves: over stdio, as agents start it, or with --http. Without a model, only checking
    and explaining work. The sub-command install writes the same options into an agent's configuration.
    """
    if context.invoked_subcommand is None:
        _serve(**options)


@command.command("install", epilog="Example: algorand-coder mcp install --client cursor --dry-run")
@click.option("--client", type=click.Choice(_CLIENTS), required=True, help="Whose configuration is written.")
@click.option(
    "--project",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=".",
    help="The project's folder  [default: here]",
)
@click.option("--dry-run", is_flag=True, help="Show the change, write nothing.")
@click.pass_context
def install(context: click.Context, client: str, project: Path, dry_run: bool) -> None:
    """Add this server to an agent's configuration in a project; other servers stay as they are."""
    from algorand_coder.serve import mcp_install, start

    start.expect_installed()
    if context.parent is None:
        raise UserError("run it as algorand-coder mcp install")
    change = mcp_install.plan(client, project, _given(context.parent))
    if not change.diff:
        click.echo(f"{change.path}: already set up")
    elif dry_run:
        click.echo(change.diff, nl=False)
    else:
        change.write()
        click.echo(f"{change.path}: {mcp_install.NAME} added; restart {client} to use it")


def _given(context: click.Context) -> list[str]:
    """The options of ``mcp`` that were typed, as the agent will type them."""
    found: list[str] = []
    for parameter in context.command.params:
        name = parameter.name or ""
        if context.get_parameter_source(name) != click.core.ParameterSource.COMMANDLINE:
            continue
        value = context.params[name]
        option = parameter.opts[0]
        if name in {"http", "host", "port", "keys"}:
            raise UserError(f"{option} is for serving: agents start the server themselves, over stdio")
        if name == "model" and Path(value).expanduser().exists():
            value = Path(value).expanduser().resolve()
        for each in value if isinstance(value, tuple) else (value,):
            found += [option, str(each)]
    return found


def _serve(  # noqa: PLR0917
    model: str,
    endpoint: str,
    endpoint_model: str,
    endpoint_key_env: str,
    samples: int,
    rounds: int,
    overrides: tuple[str, ...],
    http: bool,
    host: str,
    port: int,
    keys: Path | None,
) -> None:
    from algorand_coder.serve import start

    start.expect_installed()
    from algorand_coder.serve.judging import Judging, verifier
    from algorand_coder.serve.mcp_server import Effort, Tools
    from algorand_coder.serve.models import Models
    from algorand_coder.serve.service import Service
    from algorand_coder.serve.solving import Model

    # An agent starts a server for each session: compilers that nobody asks for would only take memory.
    settings = start.settings_from(overrides).model_copy(update={"warm": False})
    backend = start.Backend(endpoint, endpoint_model, endpoint_key_env, model)
    if endpoint or model:
        models = start.models_from(backend, start.Backend(), settings)
    else:
        from algorand_coder.serve.engines.endpoint import EndpointEngine

        models = Models(Model(settings.model, EndpointEngine("http://127.0.0.1:9/v1")))
    judging = Judging(lambda: verifier(settings.verdict_workers), settings.judge_seconds)
    service = Service(settings, models, judging)
    tools = Tools(service, has_model=bool(endpoint or model), effort=Effort(samples, rounds))
    if http:
        _over_http(tools, settings, host, port, keys)
    else:
        _over_stdio(tools)


def _over_stdio(tools: Tools) -> None:
    import anyio
    from mcp.server.stdio import stdio_server

    from algorand_coder.serve import logs

    logs.configure("WARNING")
    server = tools.server()

    async def talk() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(talk)


def _over_http(tools: Tools, settings: ServeSettings, host: str, port: int, keys: Path | None) -> None:
    import os

    from mcp.server.transport_security import TransportSecuritySettings

    from algorand_coder.serve import logs, start
    from algorand_coder.serve.guard import Guard, Keys
    from algorand_coder.serve.metrics import Metrics

    found = start.keys_from(keys, os.environ)
    if not start.is_loopback(host) and not found:
        raise UserError(f"{host} can be reached from outside: give --keys FILE")
    listening = start.listen(host, port)
    # The guard looks at host names and lengths; what is left for the SDK are the origins of web pages.
    origins = [f"http://{name}:*" for name in ("127.0.0.1", "localhost", "[::1]")]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=start.is_loopback(host),
        allowed_hosts=[f"{name}:*" for name in start.hosts_for(host, [])],
        allowed_origins=origins,
    )
    inner = tools.server().streamable_http_app(
        host=host, transport_security=security, max_request_body_size=settings.max_body_bytes
    )
    app = Guard(inner, settings=settings, keys=Keys(found), metrics=Metrics(), hosts=start.hosts_for(host, []))
    click.echo(f"MCP at http://{host}:{listening.getsockname()[1]}/mcp; Ctrl-C stops it")
    logs.configure("INFO")
    start.run(app, listening, settings)
