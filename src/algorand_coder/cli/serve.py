"""``algorand-coder serve``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from algorand_coder.errors import UserError


@click.command(
    "serve",
    epilog="Example: algorand-coder serve runs/laptop/train/adapter",
    context_settings={"max_content_width": 110},
)
@click.argument("model", required=False, default="")
@click.option("--endpoint", default="", metavar="URL", help="Serve an OpenAI-compatible endpoint in place of MODEL.")
@click.option("--endpoint-model", default="", metavar="NAME", help="The endpoint's name for it  [default: its first]")
@click.option("--endpoint-key-env", default="", metavar="VARIABLE", help="Variable with the endpoint's API key.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "vllm", "llama.cpp", "transformers"]),
    default="auto",
    show_default=True,
    help="What loads MODEL; auto: llama.cpp for a .gguf file, vLLM where there is a GPU for it, else transformers.",
)
@click.option("--engine-arg", "arguments", multiple=True, metavar="ARG", help="Passed on to vLLM or llama-server.")
@click.option("--general-endpoint", default="", metavar="URL", help="A general model for what is not code.")
@click.option("--general-model", default="", metavar="NAME", help="The general endpoint's name for it.")
@click.option("--general-key-env", default="", metavar="VARIABLE", help="Variable with its API key.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8800, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--keys", type=click.Path(path_type=Path), help="File of API keys, one a line.")
@click.option("--without-keys", is_flag=True, help="Listen beyond loopback without keys: everybody may ask.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Another host name to answer for.")
@click.option("--collect", type=click.Path(path_type=Path), help="Keep verified answers in this folder (opt-in).")
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one limit, e.g. max_samples=4.")
@click.option("--verbose", is_flag=True, help="Log what engines print, too.")
def command(  # noqa: PLR0917
    model: str,
    endpoint: str,
    endpoint_model: str,
    endpoint_key_env: str,
    engine: str,
    arguments: tuple[str, ...],
    general_endpoint: str,
    general_model: str,
    general_key_env: str,
    host: str,
    port: int,
    keys: Path | None,
    without_keys: bool,
    hosts: tuple[str, ...],
    collect: Path | None,
    overrides: tuple[str, ...],
    verbose: bool,
) -> None:
    """Serve a model behind an OpenAI-compatible gateway that verifies and repairs answers.

    MODEL is a run folder, a LoRA adapter's folder, a model folder, a .gguf file, or owner/name on the hub. Open the
    printed address in a browser for the page; point any OpenAI client at it with /v1 appended. Clients need a key
    when there are any: in the file --keys, or in ALGORAND_CODER_API_KEYS, separated by commas.
    """
    from algorand_coder.serve import start

    start.expect_installed()
    settings = start.settings_from(overrides)
    tuned = start.Backend(endpoint, endpoint_model, endpoint_key_env, model, engine, arguments)
    models = start.models_from(tuned, start.Backend(general_endpoint, general_model, general_key_env), settings)
    found = start.keys_from(keys, os.environ)
    if not start.is_loopback(host) and not found and not without_keys:
        raise UserError(f"{host} can be reached from outside: give --keys FILE, or --without-keys if that is wanted")
    listening = start.listen(host, port)

    from algorand_coder.refine.secrets import find_secret
    from algorand_coder.serve import logs
    from algorand_coder.serve.collect import Collecting
    from algorand_coder.serve.gateway import make_app
    from algorand_coder.serve.guard import Keys
    from algorand_coder.serve.judging import Judging, verifier
    from algorand_coder.serve.service import Service

    collector = Collecting.into(collect, settings, find_secret) if collect else None
    judging = Judging(lambda: verifier(settings.verdict_workers), settings.judge_seconds)
    service = Service(settings, models, judging, collector=collector)
    app = make_app(service, keys=Keys(found), hosts=start.hosts_for(host, hosts))
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"serving {', '.join(models.names)} at http://{shown}:{listening.getsockname()[1]}; Ctrl-C stops it")
    logs.configure("DEBUG" if verbose else "INFO")
    start.run(app, listening, settings)
