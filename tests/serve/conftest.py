"""A gateway over a scripted engine and a judge that knows one mistake, on real sockets."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from algorand_coder.cache import cache_dir
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.serve.collect import Collecting
from algorand_coder.serve.engines.endpoint import EndpointEngine
from algorand_coder.serve.gateway import make_app
from algorand_coder.serve.guard import Keys
from algorand_coder.serve.judging import Judging
from algorand_coder.serve.models import Models
from algorand_coder.serve.service import Service
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Model
from algorand_coder.verify import node
from tests.conftest import IN_CI
from tests.serve.scripted import Script, Served, app

NPM = {
    "@modelcontextprotocol/client": "2.4.0",
    "@modelcontextprotocol/inspector": "2.12.0",
    "@modelcontextprotocol/sdk": "1.32.2",
    "@types/node": "22.19.1",
    "openai": "7.57.0",
    "typescript": "7.0.2",
}


class PlainJudge:
    """Refuses code that says ``from: sender``, cannot judge what says ``UNJUDGED``, passes the rest."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.hold = threading.Event()
        self.hold.set()

    def check(self, candidates: Sequence[Candidate], level: Level | None = None) -> list[Verdict]:
        self.hold.wait(30)
        self.batches.append(len(candidates))
        return [self.verdict(candidate) for candidate in candidates]

    def verdict(self, candidate: Candidate) -> Verdict:
        code = candidate.files[candidate.entry]
        if "BREAK THE JUDGE" in code:
            raise RuntimeError("/opt/secret/judge broke")
        parse = LevelResult(Level.PARSE, Outcome.PASSED)
        types = LevelResult(Level.TYPES, Outcome.PASSED)
        if "UNJUDGED" in code:
            types = LevelResult(Level.TYPES, Outcome.UNJUDGED, reason="no node")
        if "from: sender" in code:
            found = Diagnostic(Level.TYPES, candidate.entry, 4, 48, "TS2353", "'from' does not exist", "Say sender.")
            types = LevelResult(Level.TYPES, Outcome.FAILED, (found,))
        return Verdict(candidate.key, (parse, types))

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Stand:
    """A running gateway with everything around it."""

    url: str
    service: Service
    script: Script
    judge: PlainJudge
    client: httpx.Client
    general: Script = field(default_factory=Script)

    def post(self, path: str, body: Any, **options: Any) -> httpx.Response:
        return self.client.post(path, json=body, **options)

    def chat(self, text: str, **fields: Any) -> httpx.Response:
        body = {"model": "algorand-coder", "messages": [{"role": "user", "content": text}], **fields}
        return self.post("/v1/chat/completions", body)


@contextmanager
def stand(
    *,
    keys: Sequence[str] = (),
    general: bool = False,
    engine_url: str = "",
    collector: Collecting | None = None,
    **settings: Any,
) -> Iterator[Stand]:
    script, other, judge = Script(), Script(), PlainJudge()
    values = ServeSettings(**{"warm": False, **settings})
    with ExitStack() as stack:
        url = engine_url or stack.enter_context(Served(app(script))).url
        tuned = Model(values.model, EndpointEngine(f"{url}/v1", stall=values.stall_seconds))
        second = None
        if general:
            address = stack.enter_context(Served(app(other))).url
            second = Model("general", EndpointEngine(f"{address}/v1", stall=values.stall_seconds))
        service = Service(values, Models(tuned, second), Judging(lambda: judge), collector=collector)
        served = stack.enter_context(Served(make_app(service, keys=Keys(keys))))
        client = stack.enter_context(httpx.Client(base_url=served.url, timeout=60))
        yield Stand(served.url, service, script, judge, client, other)


Factory = Callable[..., AbstractContextManager[Stand]]


@pytest.fixture(scope="session")
def make_stand() -> Factory:
    """Makes a gateway with settings of its own."""
    return stand


@pytest.fixture(scope="module")
def gateway() -> Iterator[Stand]:
    """One gateway for the tests of a file."""
    with stand() as made:
        yield made


@pytest.fixture(scope="session")
def packages() -> Path:
    """A folder with the packages in ``NPM``, installed once for each set of versions."""
    folder = cache_dir("test-npm") / sha256(json.dumps(NPM).encode()).hexdigest()[:16]
    if not (folder / "node_modules/.package-lock.json").is_file():
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_text(json.dumps({"private": True, "type": "module", "dependencies": NPM}))
        command = [*node.npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, cwd=folder, env=node.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            message = f"npm cannot install {', '.join(NPM)}: {done.stderr[-300:]}"
            pytest.fail(message) if IN_CI else pytest.skip(message)
    return folder
