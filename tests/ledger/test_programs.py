"""Whole client programs, unmodified, against the embedded ledger: in the sandbox at the usual LocalNet addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from algorand_coder import sandbox
from algorand_coder.ledger import EmbeddedLedger
from algorand_coder.records import Candidate, Kind, Level
from algorand_coder.sandbox import Limits, bubblewrap
from algorand_coder.verify import Verifier, node, toolchain

PROGRAMS = Path(__file__).parent / "programs"
MODULE = '{"type": "module"}'
LIMITS = Limits(wall_seconds=200, cpu_seconds=100)


@pytest.fixture(scope="session")
def specifications() -> dict[str, str]:
    """ARC-56 files of the contracts beside the programs, compiled now."""
    files = {path.name: path.read_text(encoding="utf-8") for path in PROGRAMS.glob("*.algo.ts")}
    found = {}
    with Verifier() as verifier:
        candidate = Candidate(files, "vault.algo.ts", Kind.CONTRACT)
        [verdict] = verifier.check([candidate], Level.COMPILE)
        assert verdict.passed(Level.COMPILE), verdict.diagnostics
        for artifact in verifier.compile_artifacts(candidate).values():
            found[f"{artifact.name}.arc56.json"] = artifact.arc56
    return found


@pytest.fixture(scope="module")
def ledger(jig: str) -> Iterator[EmbeddedLedger]:
    with EmbeddedLedger() as ledger:
        yield ledger


def run(ledger: EmbeddedLedger, name: str, target: str, files: dict[str, str]) -> sandbox.SandboxResult:
    modules = toolchain.ensure(target) / "node_modules"
    program = sandbox.node(node.node(), name, modules=modules, limits=LIMITS)
    return sandbox.run(
        program.command,
        files={
            **files,
            name: (PROGRAMS / name).read_text(encoding="utf-8"),
            "package.json": MODULE,
        },
        read_only=program.read_only,
        env=program.env,
        network=ledger,
        limits=LIMITS,
        allow_unsandboxed=bool(bubblewrap.unavailable()),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "target", "last"),
    [
        ("localnet_program.ts", "client", "passed 21"),
        ("localnet_program_v10.ts", "client10", "passed"),
    ],
)
def test_a_localnet_program_passes_unmodified(
    name: str,
    target: str,
    last: str,
    ledger: EmbeddedLedger,
    specifications: dict[str, str],
    require_tool: Callable[..., str],
) -> None:
    require_tool("bwrap")
    ledger.reset()
    result = run(ledger, name, target, specifications)
    assert result.out.splitlines()[-1:] == [last], result.out[-500:] + result.err[-3000:]
    assert (result.exit_code, ledger.unsupported) == (0, [])


@pytest.mark.slow
def test_without_a_sandbox_the_same_program_finds_its_ledger(
    ledger: EmbeddedLedger, specifications: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bubblewrap, "unavailable", lambda: "not here")
    ledger.reset()
    result = run(ledger, "localnet_program_v10.ts", "client10", specifications)
    assert result.out.splitlines()[-1:] == ["passed"], result.out[-500:] + result.err[-3000:]
    assert not result.isolated
