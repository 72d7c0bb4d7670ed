"""Units by hand, a judge that needs no tools, and what the stand-in says to the prompts of synthesis."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from algorand_coder.records import (
    Candidate,
    Kind,
    Level,
    LevelResult,
    Metrics,
    Outcome,
    Provenance,
    Unit,
    Verdict,
)
from algorand_coder.syntax import skeleton

METRICS = Metrics(lines=6, complexity=1, comment_ratio=0.0, max_line_chars=60, has_parse_error=False)


def unit(name: str, *, code: str = "", private: bool = False, **changes: object) -> Unit:
    """A function of its own, with nothing said about it."""
    text = code or f"function {name}(a: bigint): bigint {{\n  const {name}Twice = a * 2n\n  return {name}Twice\n}}"
    values: dict[str, object] = {
        "id": f"unit-{name}",
        "unit_kind": "function",
        "name": name,
        "code": text,
        "doc": "",
        "imports": "",
        "context": "",
        "kind": Kind.CLIENT,
        "target": "utils9",
        "metrics": METRICS,
        "skeleton": skeleton(text),
        "provenance": Provenance("npm/example", "example@1.0.0", f"src/{name}.ts", "MIT", private=private),
    }
    return Unit(**{**values, **changes})  # type: ignore[arg-type]


def check(candidates: Sequence[Candidate]) -> list[Verdict]:
    """Passes everything whose code does not say ``wrong``."""
    return [
        Verdict(c.key, (LevelResult(Level.TYPES, Outcome.FAILED if "wrong" in c.files[c.entry] else Outcome.PASSED),))
        for c in candidates
    ]


def says(turn: str) -> str:
    """A synthetic reply in the form that the prompt asks for."""
    if "invent a new" in turn:
        number = sum(turn.encode()) % 100_000
        code = f"export function solve{number}(a: number): number {{\n  return a + {number}\n}}\n"
        asked = f"Write `solve{number}`, which adds {number} to a number."
        return json.dumps({"instruction": asked, "input": "a: number", "code": code})
    name = re.findall(r"function (\w+)", turn)[-1]
    return json.dumps({"instruction": f"Write a function `{name}` that doubles the amount it is given."})
