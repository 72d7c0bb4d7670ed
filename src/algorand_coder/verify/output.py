"""Verdicts for people (rich), for programs (JSON) and for code hosts (SARIF 2.1.0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from rich.console import Console
from rich.text import Text

from algorand_coder import __version__
from algorand_coder.records import Diagnostic, Outcome, Verdict
from algorand_coder.verify.sources import Item

Result = tuple[Item, Verdict]

_STYLE = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.UNJUDGED: "yellow"}
_WIDEST = 160
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def exit_code(results: Sequence[Result]) -> int:
    """0: all passed, 1: something failed, 2: nothing failed but something could not be judged."""
    outcomes = {verdict.outcome for _, verdict in results}
    return 1 if Outcome.FAILED in outcomes else 2 if Outcome.UNJUDGED in outcomes else 0


def as_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """One object a file: ``file, outcome, level, diagnostics, seconds``, and ``ledger`` where it was judged on one."""
    return [
        {
            "file": item.name,
            "outcome": verdict.outcome.value,
            "level": verdict.last.level.value if verdict.last else "",
            "diagnostics": [
                {
                    "level": found.level.value,
                    "line": found.line if found.file == item.own else 0,
                    "column": found.column if found.file == item.own else 0,
                    "code": found.code,
                    "message": found.message if found.file == item.own else f"{_place(item, found)}: {found.message}",
                }
                for found in verdict.diagnostics
            ]
            + [
                {"level": result.level.value, "line": 0, "column": 0, "code": "unjudged", "message": result.reason}
                for result in verdict.levels
                if result.outcome == Outcome.UNJUDGED
            ],
            "seconds": round(sum(result.seconds for result in verdict.levels), 4),
            **({"ledger": verdict.ledger} if verdict.ledger else {}),
        }
        for item, verdict in results
    ]


def as_sarif(results: Sequence[Result]) -> dict[str, Any]:
    """A SARIF log with one run; hints become part of the message."""
    rules = sorted({found.code for _, verdict in results for found in verdict.diagnostics})
    findings = []
    for item, verdict in results:
        for found in verdict.diagnostics:
            region = {"startLine": found.line, "startColumn": max(1, found.column)} if found.line else None
            place = {"artifactLocation": {"uri": _uri(item, found.file)}, **({"region": region} if region else {})}
            text = f"{found.message}\n{found.hint}" if found.hint else found.message
            findings.append(
                {
                    "ruleId": found.code,
                    "level": "error",
                    "message": {"text": text},
                    "locations": [{"physicalLocation": place}],
                }
            )
    notes = [
        {"level": "warning", "message": {"text": f"{item.name}: could not be judged: {verdict.last.reason}"}}
        for item, verdict in results
        if verdict.last is not None and verdict.outcome == Outcome.UNJUDGED
    ]
    driver = {"name": "algorand-coder", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    invocation = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": findings,
        "columnKind": "unicodeCodePoints",
    }
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def show(console: Console, results: Sequence[Result], *, seconds: float, verbose: bool = True) -> None:
    """Every file that did not pass with its code lines and hints, then one summary line."""
    for item, verdict in results:
        if verdict.outcome != Outcome.PASSED:
            _show_one(console, item, verdict)
        elif verdict.deprecated and verbose:
            console.print(
                Text.assemble((item.name, "bold"), "  passed, but uses deprecated ", ", ".join(verdict.deprecated))
            )
    counts = {outcome: sum(verdict.outcome == outcome for _, verdict in results) for outcome in Outcome}
    parts = [(f"{count} {outcome.value}", _STYLE[outcome]) for outcome, count in counts.items() if count]
    summary = Text(f"{len(results)} judged: ")
    for position, (text, style) in enumerate(parts):
        summary.append(", " if position else "").append(text, style)
    console.print(summary.append(f"  ({seconds:.1f} s)", "dim"))
    for ledger in sorted({verdict.ledger for _, verdict in results if verdict.ledger}):
        console.print(Text(f"on {ledger}", "dim"))


def _show_one(console: Console, item: Item, verdict: Verdict) -> None:
    last = verdict.last
    style = _STYLE[verdict.outcome]
    where = f"{verdict.outcome.value} at {last.level.value}" if last else verdict.outcome.value
    console.print(Text.assemble((item.name, "bold"), "  ", (where, style)))
    if last is not None and last.reason:
        console.print(Text(f"  {last.reason}", style))
    for found in verdict.diagnostics:
        console.print(
            Text.assemble("  ", (_place(item, found), "cyan"), "  ", (found.code, "dim"), "  ", found.message),
            soft_wrap=True,
        )
        _show_line(console, item, found)
        if found.hint:
            console.print(Text.assemble("    ", ("hint: ", "bold green"), found.hint), soft_wrap=True)
    console.print()


def _show_line(console: Console, item: Item, found: Diagnostic) -> None:
    lines = item.candidate.files.get(found.file, "").splitlines()
    if not 0 < found.line <= len(lines):
        return
    # A window around the finding: generated code has lines of a hundred thousand characters.
    start = max(0, found.column - _WIDEST // 2)
    line = lines[found.line - 1][start : start + _WIDEST].replace("\t", " ").encode("utf-8", "replace").decode("utf-8")
    line = "".join(character if character.isprintable() else " " for character in line)
    number = f"{found.line:>6} │ "
    console.print(Text.assemble((number, "dim"), line), soft_wrap=True)
    if found.column:
        console.print(
            Text(" " * (len(number) - 2) + "│ " + " " * (found.column - 1 - start) + "^", "red"), soft_wrap=True
        )


def _place(item: Item, found: Diagnostic) -> str:
    return f"{item.named(found.file)}:{found.line}:{found.column}"


def _uri(item: Item, file: str) -> str:
    # What lies behind the # of a data set's name is its row, as in any URI; of a file on disk it is part of the name.
    safe = "/" if file in item.shown else "/#"
    return quote(item.named(file), safe=safe, errors="surrogateescape")
