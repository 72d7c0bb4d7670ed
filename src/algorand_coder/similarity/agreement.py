"""Whether an instruction and its answer agree, as far as that can be told without running the code.

Names, method signatures, quoted texts and numbers of a request are looked up one by one: a statement that has few
exceptions. How much of the request's vocabulary is the code's own is a signal on top: the cosine of TF-IDF vectors
over the parts of words and identifiers (Salton and Buckley, 1988). Neither knows what the code does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_BACKTICKS = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_HUMPS = re.compile(r"\b(?:[a-z]+\d*[A-Z][A-Za-z0-9]*|(?:[A-Z][a-z0-9]+){2,})\b")
_CALL = re.compile(r"\b([A-Za-z_]\w+)\((?!s\))")
_EXAMPLE = re.compile(r"(?:\be\.g\.|\bsuch as\b|\bfor example\b)[^\n)]*", re.IGNORECASE)
_QUOTED = re.compile(r"(?<!\w)[\"“]([^\"“”\n]{2,60})[\"”](?!\w)")
_NUMBER = re.compile(r"(?<![\w.,#^-])(?:\d[\d,_]+(?:\.\d+)?|\d\.\d+)(?![\w^-]|[.,:]\d)")
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


_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_STEM = 4
"""Letters of a word that count: few enough for "freeze" and "freezing", "clear" and "cleared" to be one."""
UNLIKE = 0.19
"""Similarity below which a request and an answer are taken for strangers.

Set on 320 labelled pairs of our own generators, half of them with the nearest answer of another variation class: names
and this together let 5 % of the wrong answers pass and refuse 9 % of the right ones; on 600 other pairs that had no
part in it, 3 % and 12 %.
"""


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


class Vocabulary:
    """The words of many answers, weighted by how few of the answers have them."""

    def __init__(self, answers: Iterable[str]) -> None:
        seen: Counter[str] = Counter()
        count = 0
        for answer in answers:
            seen.update(stems(answer))
            count += 1
        self._weights: Mapping[str, float] = {
            stem: math.log((count + 1) / (times + 1)) ** 2 for stem, times in seen.items()
        }

    def similarity(self, request: str, answer: str) -> float:
        """Cosine of the two texts' vectors, 0 to 1; words that no answer has do not count."""
        asked, given = (stems(text) & self._weights.keys() for text in (request, answer))
        both, one, other = (sum(self._weights[stem] for stem in found) for found in (asked & given, asked, given))
        return both / math.sqrt(one * other) if one * other > 0 else 0.0


def stems(text: str) -> set[str]:
    """The beginnings of all words and parts of identifiers of three letters and more, in lower case."""
    return {part.lower()[:_STEM] for part in _PART.findall(text) if len(part) > 2}


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
