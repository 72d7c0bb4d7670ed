"""Verified answers and repairs, kept as candidate pairs for the next ``instruct`` run. Only when the operator says so.

What is kept: requests whose answer passed every level, and for each repair that led to it the failed code with its
diagnostics. What is not: requests with ``collect: false``, anything that holds a secret, code that holds personal
data, pairs that are too long, pairs that are there already, and everything once the file has reached its size.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.pipeline.tables import from_plain, to_plain
from algorand_coder.records import CONTRACT_KINDS, Category, Kind, Outcome, Pair, Provenance, digest
from algorand_coder.serve.repair import told
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Tried
from algorand_coder.syntax import skeleton

FILE = "pairs.jsonl"
_REPAIR = "Repair this code. "
SecretFinder = Callable[[str], str]

_PERSONAL = (
    (re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s/@:]+:[^\s/@]+@", re.IGNORECASE), r"\1"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), "user@example.com"),
    (re.compile(r"(?:/home|/Users)/[\w.-]+|[A-Za-z]:\\Users\\[\w.-]+"), "/home/user"),
    (re.compile(r"\b(?!127\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}\b"), "192.0.2.1"),
)
"""What tells who asked or from where, and what stands in its place."""
_TOPICS = (
    (Category.ERRORS, r"\berror|\bcatch\b|\bexception|\bfail"),
    (Category.ASSETS, r"\basset|\basa\b|\bnft\b|\btoken|\bopt[- ]?in"),
    (Category.STATE, r"\bbox|\bglobal|\blocal state|\bstate\b|\bread\b"),
)


class Collecting:
    """Appends to ``pairs.jsonl`` in a folder that only its owner can read."""

    def __init__(self, path: Path, settings: ServeSettings, find_secret: SecretFinder) -> None:
        self._path, self._settings, self._find_secret = path, settings, find_secret
        self._known = {pair.id for pair in read(path)}

    @classmethod
    def into(cls, folder: Path, settings: ServeSettings, find_secret: SecretFinder) -> Collecting:
        """Collect into ``folder``, which is made. Raises ``UserError`` when it cannot be written."""
        path = folder / FILE
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        except OSError as error:
            raise UserError(f"cannot collect into {folder}: {error.strerror}; choose another --collect") from None
        return cls(path, settings, find_secret)

    def keep(self, instruction: str, context: str, tried: Sequence[Tried], best: Tried) -> Counter[str]:
        """Keep what ``best`` and the repairs that led to it teach; counts of what became of each pair."""
        if best.verdict.outcome != Outcome.PASSED:
            return Counter({"not-verified": 1})
        pairs = [self._pair("served", instruction, context, best)]
        failed = best.parent
        while failed is not None:
            if failed.code:
                findings = told(failed.verdict.diagnostics, failed.code)
                shown = f"```ts\n{failed.code.strip()}\n```\n\nIt does not pass:\n\n{findings}"
                pairs.append(self._pair("served-repair", _REPAIR + instruction, shown, best))
            failed = failed.parent
        return Counter(self._keep(pair) for pair in pairs)

    def _pair(self, strategy: str, instruction: str, context: str, best: Tried) -> Pair:
        kind, target = best.candidate.kind, best.candidate.target
        support = {name: text for name, text in best.candidate.files.items() if name != best.candidate.entry}
        # A request and the repairs of its answers belong together: they must not end on both sides of a split.
        lineage = f"served/{digest(redact(instruction).removeprefix(_REPAIR))[:16]}"
        instruction, context = redact(instruction), redact(context)
        identity = digest([strategy, instruction, context, best.code, kind, target, support])
        return Pair(
            id=identity,
            instruction=instruction,
            input=context,
            output=best.code,
            strategy=strategy,
            category=_category(instruction, kind),
            kind=kind,
            target=target,
            skeleton=skeleton(best.code),
            lineage=lineage,
            mined=False,
            provenance=(
                Provenance(
                    source="served",
                    revision=best.model,
                    path=identity[:16],
                    licence="own",
                    tier="generated",
                    private=True,
                ),
            ),
            entry=best.candidate.entry,
            support=support,
        )

    def _keep(self, pair: Pair) -> str:
        texts = [pair.instruction, pair.input, pair.output, *pair.support.values()]
        if pair.id in self._known:
            return "duplicate"
        if sum(map(len, texts)) > self._settings.collect_characters:
            return "too-long"
        if any(map(self._find_secret, texts)):
            return "secret"
        if any(redact(code) != code for code in (pair.output, *pair.support.values())):
            return "personal"
        line = (json.dumps(to_plain(pair)) + "\n").encode()
        if self._path.stat().st_size + len(line) > self._settings.collect_bytes:
            return "full"
        with self._path.open("ab") as out:
            out.write(line)
        self._known.add(pair.id)
        return "kept"


def read(path: Path) -> list[Pair]:
    """The pairs of a file that :class:`Collecting` wrote; a line that a kill cut off is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            found.append(from_plain(Pair, json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def redact(text: str) -> str:
    """``text`` without mail addresses, credentials in addresses, home folders and IP addresses."""
    for pattern, instead in _PERSONAL:
        text = pattern.sub(instead, text)
    return text


def _category(instruction: str, kind: Kind) -> Category:
    if kind in CONTRACT_KINDS:
        return Category.CONTRACTS
    return next(
        (category for category, words in _TOPICS if re.search(words, instruction, re.IGNORECASE)), Category.TRANSACTIONS
    )
