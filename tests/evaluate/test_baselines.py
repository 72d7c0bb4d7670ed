"""The command line that measures the hosted baselines, against recordings: it runs to its end and yields no results."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from algorand_coder import sandbox
from algorand_coder.cli.evaluate import command
from algorand_coder.cli.gate import command as gate
from algorand_coder.generate.endpoints import client, config
from algorand_coder.records import Candidate, Level, LevelResult, Outcome, Verdict
from algorand_coder.report import write_report
from algorand_coder.verify import Verifier
from tests.generate.standin import COMPLETION_TOKENS, PROMPT_TOKENS, StandIn

COMMAND = ["--model", "claude-sonnet", "--model", "gpt-4o", "--model", "gpt-4o+docs", "--model", "gpt-4o+docs+repair"]
"""As docs/results/benchmark.md has it."""


def test_the_baselines_command_line_with_synthetic_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(self: Verifier, candidates: Sequence[Candidate], *rest: Any, **named: Any) -> list[Verdict]:
        passed = tuple(LevelResult(level, Outcome.PASSED) for level in Level)
        return [Verdict(candidate.key, passed) for candidate in candidates]

    monkeypatch.setattr(Verifier, "check", check)
    monkeypatch.setattr(sandbox, "unavailable", lambda: "")
    monkeypatch.setattr(client, "cache_dir", lambda name: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "synthetic")
    options = ["--set", 'evaluate.problems=["cloakroom", "invoice-payment"]', "--set", "evaluate.inspect_logs=false"]
    with StandIn(lambda turn: "```ts\nexport const synthetic = 1\n```", key="synthetic") as server:
        shipped = yaml.safe_load(config.MODELS.read_text(encoding="utf-8"))
        for name, path in (("claude-sonnet", ""), ("gpt-4o", "/v1")):
            # The one difference: where the models are.
            shipped["models"][name]["base_url"] = server.address + path
        (tmp_path / "models.yaml").write_text(yaml.safe_dump(shipped))
        monkeypatch.setattr(config, "MODELS", tmp_path / "models.yaml")
        done = CliRunner().invoke(command, [*COMMAND, *options], catch_exceptions=False)
        asked = server.books.hits.total()
    assert done.exit_code == 0
    assert asked == 6  # where +repair finds nothing to mend, the question is the one of +docs
    assert "SYNTHETIC recordings answered: these are no figures about any model" in done.output
    [run] = (tmp_path / "runs").iterdir()
    assert run.name == "claude-sonnet-vs-gpt-4o-vs-gpt-4o+docs-vs-gpt-4o+docs+repair"
    written = {path.name for path in (run / "evaluate").iterdir()}
    assert written == {"manifest.json", "synthetic-answers.parquet", "synthetic-scores.json"}
    figures = json.loads((run / "evaluate" / "synthetic-scores.json").read_text())
    assert list(figures["models"]) == ["claude-sonnet", "gpt-4o", "gpt-4o+docs", "gpt-4o+docs+repair"]
    price = 2 * (PROMPT_TOKENS * 2.5e-6 + COMPLETION_TOKENS * 10e-6)
    assert figures["models"]["gpt-4o"]["dollars"] == pytest.approx(price)
    write_report(run)
    assert not (run / "results.html").exists()
    assert not (run / "results.md").exists()
    refused = CliRunner().invoke(gate, ["integration", str(run)])
    assert refused.exit_code != 0
