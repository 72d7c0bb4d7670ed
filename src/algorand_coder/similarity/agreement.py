"""Whether an instruction and its answer agree: what the request names has to be in what it gets.

Names, method signatures, quoted texts and numbers are looked up one by one. This finds an answer to another
request when the two differ in something that is named; it cannot tell whether the code does what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BACKTICKS = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_HUMPS = re.compile(r"\b(?:[a-z]+\d*[A-Z][A-Za-z0-9]*|(?:[A-Z][a-z0-9]+){2,})\b")
_CALL = re.compile(r"\b([A-Za-z_]\w+)\((?!s\))")
_EXAMPLE = re.compile(r"(?:\be\.g\.|\bsuch as\b|\bfor example\b)[^\n)]*", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)[\"“]([^\"“”\n]{2,60})[\"”](?!\w)")
_NUMBER = re.compile(r"(?<![\w.,#^-])\d[\d,_]+(?:\.\d+)?(?![\w^-]|[.,:]\d)")
_CODE_NUMBER = re.compile(r"(?<![\w$.])(\d[\d_]*(?:\.\d+)?)(?:e(\d+))?")
_VERSION = re.compile(r"\b(?:utils|sdk|algosdk|version|up to|than) \d+\b", re.IGNORECASE)
_PINNED = re.compile(
    r"^export:\s*(\w+)|^export\s+(?:default\s+)?(?:abstract\s+)?(?:async\s+)?(?:function|class|const)\s+(\w+)",
    re.MULTILINE,
)
_PROSE = frozenset({
    "AlgoKit", "AlgoNode", "AlgoSDK", "AppSpec", "BetaNet", "GitHub", "JavaScript", "LocalNet", "MainNet", "PyTeal",
    "TealScript", "TestNet", "TypeScript", "kWh", "mWh", "microAlgo", "microAlgos", "milliAlgos", "algokit", "compile",
    "eslint", "npm", "npx", "tsc",
})  # fmt: skip
"""Words that look like identifiers and name a product, a tool or a unit."""
_SCALES = (*(10.0**power for power in range(-6, 11)), 60, 3600, 86_400, 604_800)
"""How a number of a request may be written in code: Algo in microAlgos, units with decimals, minutes in seconds."""


@dataclass(frozen=True)
class Disagreement:
    """Something that a request names and its answer does not have."""

    reason: str
    """Short and stable: what counts are grouped by."""
    detail: str


def disagreement(instruction: str, input: str, output: str) -> Disagreement | None:
    """The first thing that ``instruction`` names and neither ``input`` nor ``output`` has, or ``None``.

    Examples that an instruction gives are left out, and so are numbers of one digit: they are mostly counts or
    versions. What the input asks to be exported has to be in the output itself. The text of string literals inside
    backticks is not looked up; of other quoted texts every word is, whatever their case.
    """
    given = f"{input}\n{output}"
    present = set(_IDENTIFIER.findall(given))
    for name in _pinned(input):
        if name not in set(_IDENTIFIER.findall(output)):
            return Disagreement("input-names-absent", f"`{name}` is asked for and not in the output")
    for name in _backticked(instruction):
        if name not in present and name not in _PROSE:
            return Disagreement("instruction-names-absent", f"`{name}` is in neither input nor output")
    instruction = _EXAMPLE.sub(" ", instruction)
    prose = _VERSION.sub(" ", _STRING_OR_TICKS.sub(" ", instruction))
    folded = " ".join(present).lower()
    for name in (*_HUMPS.findall(prose), *_CALL.findall(prose)):
        if name not in _PROSE and name.lower() not in folded:
            return Disagreement("instruction-names-absent", f"{name} is in neither input nor output")
    lowered = " ".join(_words(given))
    for text in _QUOTED.findall(_BACKTICKS.sub(" ", instruction)):
        if " ".join(_words(text)) not in lowered:
            return Disagreement("instruction-text-absent", f'"{text}" is in neither input nor output')
    values = set(_values(given))
    for text in _NUMBER.findall(prose):
        value = float(text.replace(",", "").replace("_", ""))
        if not any(round(value * scale, 6) in values for scale in _SCALES):
            return Disagreement("instruction-numbers-absent", f"{text} is in neither input nor output")
    return None


_STRING_OR_TICKS = re.compile(rf"{_BACKTICKS.pattern}|{_QUOTED.pattern}")


def _backticked(instruction: str) -> Iterator[str]:
    for expression in _BACKTICKS.findall(instruction):
        yield from _IDENTIFIER.findall(_STRING.sub(" ", expression))


def _pinned(input: str) -> Iterator[str]:
    """Names that an input outside its blocks of code wants exported."""
    for match in _PINNED.finditer(_FENCE.sub("", input)):
        yield match[1] or match[2]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _values(code: str) -> Iterator[float]:
    for digits, exponent in _CODE_NUMBER.findall(code.replace(",", "")):
        yield round(float(digits.replace("_", "")) * 10 ** int(exponent or 0), 6)
