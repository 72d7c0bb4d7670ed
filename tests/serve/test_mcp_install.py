"""Configuration of agents: merged, never lost."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import tomlkit
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from algorand_coder.cli.mcp import command
from algorand_coder.errors import UserError
from algorand_coder.serve.mcp_install import CLIENTS, NAME, _merge_json, plan


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def install(folder: Path, client: str, *more: str) -> str:
    return run("--endpoint", "http://127.0.0.1:8800/v1", "install", "--client", client, "--project", str(folder), *more)


def servers(folder: Path, client: str) -> dict[str, dict[str, object]]:
    text = (folder / CLIENTS[client].path).read_text()
    config = tomllib.loads(text) if client == "codex" else json.loads(text)
    found: dict[str, dict[str, object]] = config[CLIENTS[client].key]
    return found


@pytest.mark.parametrize("client", list(CLIENTS))
def test_a_new_file_holds_what_the_agent_reads(tmp_path: Path, client: str) -> None:
    assert "added" in install(tmp_path, client)
    entry = servers(tmp_path, client)[NAME]
    wanted = ["mcp", "--endpoint", "http://127.0.0.1:8800/v1"]
    if client == "opencode":
        assert entry["type"] == "local"
        assert entry["command"][1:] == wanted  # type: ignore[index]
    else:
        assert entry["args"] == wanted
        assert str(entry["command"]).endswith("algorand-coder")
    assert (entry.get("type") == "stdio") == (client in {"claude-code", "vscode"})
    assert "already set up" in install(tmp_path, client)


@pytest.mark.parametrize("client", ["claude-code", "cursor", "vscode", "opencode"])
def test_other_servers_and_settings_stay(tmp_path: Path, client: str) -> None:
    path = tmp_path / CLIENTS[client].path
    path.parent.mkdir(exist_ok=True)
    key = CLIENTS[client].key
    before = {"inputs": [1], key: {"other": {"command": "x", "env": {"A": "é"}}}, "theme": "dark"}
    path.write_text(json.dumps(before, indent=4, ensure_ascii=False))
    path.chmod(0o640)
    install(tmp_path, client)
    after = json.loads(path.read_text())
    assert list(after) == list(before)
    assert after[key].pop(NAME)
    assert after == before
    assert '\n    "inputs"' in path.read_text()
    assert "é" in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o640


def test_toml_keeps_comments_and_order(tmp_path: Path) -> None:
    path = tmp_path / ".codex/config.toml"
    path.parent.mkdir()
    before = '# mine\nmodel = "x"\n\n[mcp_servers.other] # theirs\ncommand = "y"\n\n[profiles.a]\nb = 1\n'
    path.write_text(before)
    install(tmp_path, "codex")
    text = path.read_text()
    assert "# mine" in text
    assert "# theirs" in text
    found = tomllib.loads(text)
    assert found["mcp_servers"].pop(NAME)["args"][0] == "mcp"
    assert found == tomllib.loads(before)
    once = path.read_text()
    install(tmp_path, "codex")
    assert path.read_text() == once


@pytest.mark.parametrize("client", ["cursor", "codex"])
def test_what_a_person_added_to_the_entry_stays(tmp_path: Path, client: str) -> None:
    install(tmp_path, client)
    path = tmp_path / CLIENTS[client].path
    if client == "codex":
        document = tomlkit.parse(path.read_text())
        document["mcp_servers"][NAME]["startup_timeout_sec"] = 20
        path.write_text(tomlkit.dumps(document))
        extra: tuple[str, object] = ("startup_timeout_sec", 20)
    else:
        config = json.loads(path.read_text())
        config["mcpServers"][NAME]["env"] = {"A": "1"}
        path.write_text(json.dumps(config))
        extra = ("env", {"A": "1"})
    run("--model", "owner/name", "install", "--client", client, "--project", str(tmp_path))
    entry = servers(tmp_path, client)[NAME]
    assert entry["args"] == ["mcp", "--model", "owner/name"]
    assert entry[extra[0]] == extra[1]


def test_a_dry_run_shows_the_change_and_makes_none(tmp_path: Path) -> None:
    shown = install(tmp_path, "claude-code", "--dry-run")
    assert '+    "algorand-coder": {' in shown
    assert not (tmp_path / ".mcp.json").exists()


@pytest.mark.parametrize(
    ("client", "content", "words"),
    [
        ("vscode", '{\n  // mine\n  "servers": {}\n}', "has comments or trailing commas"),
        ("vscode", '{"servers": {"a": 1,}}', "has comments or trailing commas"),
        ("cursor", "{", "is not JSON"),
        ("cursor", "[]", "expected an object"),
        ("cursor", '{"mcpServers": []}', "expected an object"),
        ("codex", "a = ", "is not TOML"),
        ("codex", "mcp_servers = 1", "expected a table"),
    ],
)
def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path, client: str, content: str, words: str) -> None:
    path = tmp_path / CLIENTS[client].path
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    with pytest.raises(UserError, match=words) as caught:
        install(tmp_path, client)
    assert "left as it is" in str(caught.value)
    assert path.read_text() == content


def test_serving_options_are_not_written_into_configurations(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--port is for serving"):
        run("--port", "1", "install", "--client", "cursor", "--project", str(tmp_path))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    real.write_text("{}")
    (tmp_path / ".mcp.json").symlink_to(real)
    install(tmp_path, "claude-code")
    assert (tmp_path / ".mcp.json").is_symlink()
    assert NAME in json.loads(real.read_text())["mcpServers"]


JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), JSON), st.dictionaries(st.text(), JSON), st.sampled_from([None, 1, 2, 4, "\t"]))
def test_whatever_stands_there_stays(
    config: dict[str, object], others: dict[str, object], indent: int | str | None
) -> None:
    before = {**config, "mcpServers": others}
    text = json.dumps(before, indent=indent)
    after = json.loads(_merge_json(Path("x.json"), text, "mcpServers", {"command": "c"}))
    entry = after["mcpServers"].pop(NAME)
    expected = {**before, "mcpServers": {name: value for name, value in others.items() if name != NAME}}
    assert entry["command"] == "c"
    assert after == expected


def test_the_page_of_each_agent_is_named() -> None:
    assert all(client.page.startswith("https://") for client in CLIENTS.values())
    assert plan("cursor", Path(), [], "x").after
