"""Methods kept as real contracts in ``library/*.algo.ts``, so that they read, and can be compiled, as what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from algorand_coder.instruct.patterns.contracts.compose import Method, parsed
from algorand_coder.instruct.patterns.typescript import code

_METHOD = re.compile(
    r"^  /\*\* (?P<says>.*) \*/\n(?P<readonly>  @readonly\n)?"
    r"  (?P<name>\w+)\((?P<params>.*)\): (?P<returns>.*) \{\n(?P<body>(?s:.*?))\n  \}$",
    re.MULTILINE,
)


def methods(name: str) -> list[Method]:
    """Fresh copies of the methods in ``library/<name>.algo.ts``, in order."""
    return [replace(method, params=list(method.params)) for method in _read(name)]


def library_files() -> Mapping[str, str]:
    """Text of every library file by name."""
    folder = resources.files("algorand_coder.instruct.patterns.contracts") / "library"
    files = sorted(folder.iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".algo.ts"): path.read_text(encoding="utf-8") for path in files}


@cache
def _read(name: str) -> tuple[Method, ...]:
    found = []
    for match in _METHOD.finditer(library_files()[name]):
        params, _ = parsed(f"({match['params']}): void")
        body = code(match["body"])
        found.append(
            Method(match["name"], params, match["returns"], body, match["says"], readonly=bool(match["readonly"]))
        )
    return tuple(found)
