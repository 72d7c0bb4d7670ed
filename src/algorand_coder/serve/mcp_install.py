"""Write this server into an agent's configuration, beside whatever stands there already."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError

NAME = "algorand-coder"
Entry = dict[str, Any]


def _plain(command: str, arguments: Sequence[str]) -> Entry:
    return {"command": command, "args": list(arguments)}


def _typed(command: str, arguments: Sequence[str]) -> Entry:
    return {"type": "stdio", **_plain(command, arguments)}


def _opencode(command: str, arguments: Sequence[str]) -> Entry:
    return {"type": "local", "command": [command, *arguments], "enabled": True}


@dataclass(frozen=True)
class Client:
    """Where an agent reads its servers, under which key, and how it writes one."""

    path: str
    """Inside the project's folder."""
    key: str
    entry: Callable[[str, Sequence[str]], Entry]
    page: str
    """Where its documentation describes the file."""


CLIENTS: dict[str, Client] = {
    "claude-code": Client(".mcp.json", "mcpServers", _typed, "https://code.claude.com/docs/en/mcp"),
    "cursor": Client(".cursor/mcp.json", "mcpServers", _plain, "https://cursor.com/docs/context/mcp"),
    "vscode": Client(
        ".vscode/mcp.json", "servers", _typed, "https://code.visualstudio.com/docs/copilot/chat/mcp-servers"
    ),
    "opencode": Client("opencode.json", "mcp", _opencode, "https://opencode.ai/docs/mcp-servers"),
    "codex": Client(".codex/config.toml", "mcp_servers", _plain, "https://developers.openai.com/codex/mcp"),
}


@dataclass(frozen=True)
class Change:
    """What would become of a file."""

    path: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a unified diff; empty when there is none."""
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, self.path.name, self.path.name))

    def write(self) -> None:
        """Put the new text in place of the old one, whole or not at all, with the old one's permissions."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            target = self.path.resolve()
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="", dir=target.parent, prefix=f".{target.name}.", delete=False
            ) as fresh:
                fresh.write(self.after)
            if target.exists():
                shutil.copymode(target, fresh.name)
            os.replace(fresh.name, target)
        except OSError as error:
            raise UserError(f"{self.path}: cannot be written: {error.strerror}; --dry-run shows what to add") from None


def plan(client: str, folder: Path, arguments: Sequence[str], command: str = "") -> Change:
    """The change that adds this server to ``client``'s configuration in ``folder``.

    Raises ``UserError`` for a file that cannot be understood; it is left as it is then.
    """
    found = CLIENTS[client]
    path = folder / found.path
    before = ""
    if path.exists():
        try:
            before = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{path}: cannot be read: {error}") from None
    entry = found.entry(command or executable(), ["mcp", *arguments])
    merge = _merge_toml if path.suffix == ".toml" else _merge_json
    return Change(path, before, merge(path, before, found.key, entry))


def executable() -> str:
    """This program by its full path: an editor started from a desktop does not know the shell's PATH."""
    beside = Path(sys.executable).with_name("algorand-coder")
    return str(beside) if beside.is_file() else shutil.which("algorand-coder") or "algorand-coder"


def _merge_json(path: Path, before: str, key: str, entry: Entry) -> str:
    text = before.removeprefix("\ufeff")
    try:
        config = json.loads(text) if text.strip() else {}
    except ValueError as error:
        pasted = json.dumps({NAME: entry})
        why = "has comments or trailing commas" if _commented(text) else f"is not JSON ({error})"
        raise UserError(f"{path} {why}: it is left as it is; add this under {key!r} by hand: {pasted}") from None
    if not isinstance(config, dict) or not isinstance(config.setdefault(key, {}), dict):
        raise UserError(f"{path}: expected an object with {key!r} in it; it is left as it is")
    if config[key].get(NAME) == entry:
        return before
    config[key][NAME] = _kept(config[key].get(NAME), entry)
    return json.dumps(config, indent=_indent(text), ensure_ascii=False) + "\n"


def _merge_toml(path: Path, before: str, key: str, entry: Entry) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        config = tomlkit.parse(before)
    except TOMLKitError as error:
        raise UserError(f"{path} is not TOML ({error}): it is left as it is") from None
    servers = config.setdefault(key, tomlkit.table(is_super_table=True))
    if not isinstance(servers, MutableMapping):
        raise UserError(f"{path}: expected a table {key!r}; it is left as it is")
    old = servers.get(NAME)
    if isinstance(old, Mapping) and all(old.get(name) == value for name, value in entry.items()):
        return before
    if isinstance(old, MutableMapping):
        for name, value in entry.items():
            old[name] = value
    else:
        table = tomlkit.table()
        table.update(entry)
        servers[NAME] = table
    return tomlkit.dumps(config)


def _kept(old: object, entry: Entry) -> Entry:
    """``entry`` with what a person added to an earlier one (``env``, timeouts)."""
    return {**old, **entry} if isinstance(old, dict) else entry


def _indent(text: str) -> int | str:
    found = re.search(r"^[ \t]+(?=\S)", text, re.MULTILINE)
    if not found:
        return 2
    return "\t" if "\t" in found[0] else len(found[0])


def _commented(text: str) -> bool:
    return bool(re.search(r"(?m)^\s*//|/\*|,\s*[}\]]", text))
