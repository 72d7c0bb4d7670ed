"""The funnel in numbers: what came in, what was kept, and why the rest was refused, in total and by source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tree_sitter import QueryCursor

from algorand_coder.records import CONTRACT_KINDS, Reject, Unit
from algorand_coder.refine.coverage import Typed
from algorand_coder.refine.relevance import Sources
from algorand_coder.syntax import parse
from algorand_coder.syntax.parsing import query

_WITH_CONTRACTS = {"contract", "logicsig", "class"}
"""Kinds of units that hold whole contracts: files of contracts, and classes where a file is more than that."""
_CONTRACT_BASE = re.compile(r"(?:Contract|LogicSig)$")
_HEAD = re.compile(r"\bclass\s+(\w+)[^{]*?\bextends\s+(?:classes\(\s*)?([\w.]+)")
_CLASSES = """
[(class_declaration) (abstract_class_declaration) (class)] @class
"""
COMPILER = "algorandfoundation/puya-ts"
"""Where the compiler's own examples and tests are: much code, made to exercise the compiler."""


def count(
    units: Sequence[Unit], kept: Sequence[Unit], rejects: Sequence[Reject], typed: Sequence[Typed], sources: Sources
) -> dict[str, Any]:
    """All counts of the stage; the units kept and those rejected are those that came in."""
    contracts = [(unit, lines) for unit in kept for lines in contract_classes(unit)]
    long = [unit for unit, lines in contracts if lines >= 20]
    return {
        "sources": len(sources.files),
        "files": sum(sources.files.values()),
        "units": len(units),
        "kept": {"units": len(kept), "lines": sum(map(_lines, kept)), "contracts": len(contracts)},
        "rejected": _tally(reject.reason for reject in rejects),
        "licences": _lines_by(kept, "licence"),
        "contracts_20_lines": len(long),
        "contracts_20_lines_elsewhere": sum(not _of_compiler(unit.provenance.source) for unit in long),
        "kept_by_unit_kind": _tally(unit.unit_kind for unit in kept),
        "kept_by_target": _tally(unit.target for unit in kept),
        "distinct_skeletons": len({unit.skeleton for unit in kept}),
        "types": {
            "measured": sum(each.coverage is not None for each in typed),
            "unresolved": _tally(each.reason.split(":")[0] for each in typed if each.reason),
        },
        "by_source": _by_source(units, kept, rejects, sources),
    }


def contract_classes(unit: Unit) -> list[int]:
    """Non-blank lines of each contract and logic signature that a unit is or holds: classes that derive from one."""
    if unit.kind not in CONTRACT_KINDS or unit.unit_kind not in _WITH_CONTRACTS:
        return []
    captured = QueryCursor(query("ts", _CLASSES)).captures(parse(unit.code).root_node)
    found: dict[str, tuple[str, int]] = {}
    for node in sorted(captured.get("class", []), key=lambda node: node.start_byte):
        text = (node.text or b"").decode("utf-8", "replace")
        head = _HEAD.search(text)
        if head:
            found[head[1]] = (head[2], sum(bool(line.strip()) for line in text.splitlines()))
    return [lines for name, (_, lines) in found.items() if _CONTRACT_BASE.search(_root(name, found))]


def _root(name: str, classes: Mapping[str, tuple[str, int]]) -> str:
    """The class outside this file that a class derives from in the end."""
    seen: set[str] = set()
    while name in classes and name not in seen:
        seen.add(name)
        name = classes[name][0]
    return name


def _by_source(
    units: Sequence[Unit], kept: Sequence[Unit], rejects: Sequence[Reject], sources: Sources
) -> dict[str, dict[str, Any]]:
    came, stayed = Counter(map(_source, units)), Counter(map(_source, kept))
    contracts = Counter(unit.provenance.source for unit in kept for _ in contract_classes(unit))
    lines = _lines_by(kept, "source")
    reasons: dict[str, list[str]] = {}
    for reject in rejects:
        reasons.setdefault(reject.source, []).append(reject.reason)
    return {
        name: {
            "files": sources.files.get(name, 0),
            "units": came[name],
            "kept": stayed[name],
            "lines": lines.get(name, 0),
            "contracts": contracts[name],
            "rejected": _tally(reasons.get(name, ())),
        }
        for name in sorted({*sources.files, *came})
    }


def _of_compiler(source: str) -> bool:
    return source.removeprefix("npm/") == COMPILER


def _source(unit: Unit) -> str:
    return unit.provenance.source


def _lines(unit: Unit) -> int:
    """Lines that count towards a sum: those of a method are those of its class."""
    return 0 if unit.unit_kind == "method" else unit.metrics.lines


def _lines_by(units: Iterable[Unit], field: str) -> dict[str, int]:
    lines: Counter[str] = Counter()
    for unit in units:
        lines[getattr(unit.provenance, field)] += _lines(unit)
    return dict(sorted(lines.items()))


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
