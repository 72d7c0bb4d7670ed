"""Put a server together from what a person typed, and run it until it is told to stop."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.serve.engines.base import Engine
from algorand_coder.serve.models import AUTO, Models
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Model

KEYS_VARIABLE = "ALGORAND_CODER_API_KEYS"
_SHORTEST_KEY = 16


@dataclass(frozen=True)
class Backend:
    """Where a model is: an endpoint, or something to load. Empty ``endpoint`` and ``model``: nowhere."""

    endpoint: str = ""
    endpoint_model: str = ""
    key_variable: str = ""
    """Environment variable that holds the endpoint's API key."""
    model: str = ""
    engine: str = "auto"
    arguments: Sequence[str] = ()


_PACKAGES = ("aiohttp", "mcp", "prometheus_client", "starlette", "tomlkit", "uvicorn")


def expect_installed() -> None:
    """Raise ``MissingTool`` with the command that installs what serving needs, where it is not installed."""
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise MissingTool(f"serving needs {', '.join(missing)}: pip install 'algorand-coder[serve]'")


def settings_from(overrides: Sequence[str]) -> ServeSettings:
    """Settings with ``key=value`` overrides. Raises ``UserError`` naming the key."""
    if not overrides:
        return ServeSettings.model_validate({})
    import yaml

    from algorand_coder.pipeline.config import parse

    values: dict[str, Any] = {}
    for override in overrides:
        key, separator, text = override.partition("=")
        if not separator:
            raise UserError(f"--set {override!r}: expected key=value, for example max_concurrent=8")
        values[key.strip()] = yaml.safe_load(text)
    section: Any = ServeSettings
    return cast(ServeSettings, parse(section, values, "--set"))


def models_from(tuned: Backend, general: Backend, settings: ServeSettings) -> Models:
    """The models to serve. Raises ``UserError`` where an option is missing or two contradict each other."""
    if bool(tuned.endpoint) == bool(tuned.model):
        raise UserError("give either a MODEL to serve or --endpoint URL of a server that has one")
    first = Model(settings.model, _engine(tuned, settings))
    if not general.endpoint:
        return Models(first)
    name = general.endpoint_model or "general"
    if name in {first.name, AUTO}:
        raise UserError(f"the general model cannot be called {name!r} too: use --set model=NAME for the tuned one")
    return Models(first, Model(name, _engine(general, settings)))


def _engine(backend: Backend, settings: ServeSettings) -> Engine:
    times = {"stall": settings.stall_seconds, "longest": settings.request_seconds}
    if backend.endpoint:
        from algorand_coder.serve.engines.endpoint import EndpointEngine

        key = _variable(backend.key_variable) if backend.key_variable else ""
        return EndpointEngine(backend.endpoint, model=backend.endpoint_model, api_key=key, **times)
    from algorand_coder.serve.engines.choosing import choose, find

    return choose(find(backend.model), backend.engine, backend.arguments, **times)


def _variable(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise UserError(f"the environment variable {name} is empty: put the endpoint's API key into it")
    return value


def keys_from(path: Path | None, environment: Mapping[str, str]) -> list[str]:
    """API keys from a file (one a line, # begins a comment) and from ``ALGORAND_CODER_API_KEYS`` (comma-separated).

    Raises ``UserError`` for a file that holds none, or a key that is too short or cannot stand in a header.
    """
    keys = [key.strip() for key in environment.get(KEYS_VARIABLE, "").split(",") if key.strip()]
    if path is not None:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{path}: cannot read API keys: {error}") from None
        found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if not found:
            raise UserError(f"{path}: holds no API key; put one a line")
        keys += found
    for number, key in enumerate(keys, start=1):
        if len(key) < _SHORTEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
            raise UserError(f"API key {number} needs {_SHORTEST_KEY} or more printable ASCII characters, no spaces")
    return keys


def hosts_for(host: str, extra: Sequence[str]) -> list[str]:
    """Host names that are answered. On loopback only its own, so that no web page can reach the server by another."""
    if not is_loopback(host):
        return []
    return ["localhost", "127.0.0.1", "[::1]", *(each.lower() for each in extra)]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises ``UserError`` when the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise UserError(f"cannot listen on {host}:{port} ({error.strerror}): choose another --port") from None
    return found


def run(app: Any, listening: socket.socket, settings: ServeSettings) -> None:
    """Serve ``app`` until SIGINT or SIGTERM; requests in flight get ``graceful_seconds`` to end."""
    import uvicorn

    config = uvicorn.Config(
        app,
        http="h11",  # the strict parser
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=settings.graceful_seconds,
        h11_max_incomplete_event_size=64 * 1024,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn raises the signal that stopped it once more when it is done: that is no reason to fail.
        signal.signal(number, lambda *_: None)
    server = uvicorn.Server(config)
    with suppress(SystemExit):  # of a server that could not start
        server.run(sockets=[listening])
    if not server.started:
        raise UserError("the server did not start: the log above says why")
