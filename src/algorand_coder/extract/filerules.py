"""Rules that look at a file as a whole; each returns a reason to refuse it, or nothing."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.records import SourceFile

_CODE_SUFFIXES = frozenset({".ts", ".mts", ".cts"})
_DECLARATIONS = re.compile(r"\.d\.(?:[^./]+\.)?[mc]?ts$")
_GENERATED_NAME = re.compile(
    r"\.(?:g|gen|generated)\.[mc]?tsx?$"
    r"|(?:^|/)(?:generated|__generated__|autogen|typechain)/"
    r"|(?:^|/)(?:algod|indexer|kmd)_client/src/(?:apis|models|core)/"
)
_GENERATED_HEADER = re.compile(
    r"@generated\b"
    r"|\bauto[- ]?(?:matically )?generated\b"
    r"|\bgenerated (?:by|from|with|using)\b"
    r"|\bfile was generated\b"
    r"|\bdo not (?:edit|modify|change)\b"
    r"|\bcode generated\b",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\A(?:#![^\n]*\n)?(?:\s*(?:/\*.*?\*/|//[^\n]*\n))+", re.DOTALL)
_APP_SPEC = re.compile(r"^\s*(?:export )?const APP_SPEC\b", re.MULTILINE)
_CONTRACT = re.compile(r"\bextends\s+(?:[\w.]*\.)?(?:Contract|BaseContract|LogicSig)\b|\bextends\s+classes\s*\(")
_MAX_UNCLOSED = 100
CONTRACT_PACKAGES = ("@algorandfoundation/algorand-typescript", "@algorandfoundation/tealscript")


def is_contract(text: str) -> bool:
    """Whether ``text`` declares a contract or logic signature of Algorand TypeScript or TEALScript."""
    return any(package in text for package in CONTRACT_PACKAGES) and _CONTRACT.search(text) is not None


def is_unparsable(text: str) -> bool:
    """Whether ``text`` opens comments that nothing closes: the parser looks for the end of each in all of the rest."""
    return text.count("/*") > text.count("*/") + _MAX_UNCLOSED


def refuse_file(file: SourceFile, config: ExtractConfig) -> tuple[str, str] | None:
    """A ``(reason, detail)`` for a file that gives nothing at all, not even context for others."""
    path = PurePosixPath(file.provenance.path)
    suffix = path.suffix.lower()
    folder = next((part for part in path.parts[:-1] if part in config.excluded_folders), None)
    if folder:
        return "excluded-folder", folder
    if suffix in {".md", ".mdx"}:
        return None
    if _DECLARATIONS.search(path.name):
        return "type-declarations", path.name
    if suffix == ".tsx" and not config.tsx:
        return "tsx", path.name
    if suffix not in _CODE_SUFFIXES and suffix != ".tsx":
        return "not-typescript", path.name
    if is_unparsable(file.text):
        return "unclosed-comments", "comments that never end"
    reason = generated(file.provenance.path, file.text)
    if reason:
        return "generated", reason
    longest = max(map(len, file.text.split("\n")))
    if longest > config.max_line_chars:
        return "long-lines", f"{longest} characters in one line"
    if "{{" in file.text and re.search(r"\{%-?\s*\w+", file.text):
        return "template", "Jinja markers"
    return None


def generated(path: str, text: str) -> str:
    """Why a file is taken for generated code: its name, its header comment, or an embedded app spec."""
    if match := _GENERATED_NAME.search(path):
        return match[0]
    header = _HEADER.match(text)
    if header and (match := _GENERATED_HEADER.search(header[0])):
        return match[0]
    return "APP_SPEC" if "APP_SPEC" in text and _APP_SPEC.search(text) else ""


def refuse_units(lines: int, contract: bool, config: ExtractConfig) -> tuple[str, str] | None:
    """A ``(reason, detail)`` for a file whose code units are left out; it may still be context for others."""
    if contract:
        return None
    if lines < config.min_file_lines:
        return "file-too-short", f"{lines} lines, at least {config.min_file_lines}"
    if lines > config.max_file_lines:
        return "file-too-long", f"{lines} lines, at most {config.max_file_lines}"
    return None
