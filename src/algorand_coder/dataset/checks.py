"""What a pair must pass to enter the data set. A check keeps a pair or names a reason; nothing is just gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from algorand_coder.dataset.benchmark import CANARY, Reference
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.records import Pair, Reject
from algorand_coder.similarity import keep_first, shingles
from algorand_coder.syntax import code_tokens

_BACKTICKS = re.compile(r"`([^`\n]+)`")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_WORD = re.compile(r"\w+")
EXCERPT_LINES = 12


@dataclass(frozen=True)
class Finding:
    """Why a pair is refused."""

    reason: str
    detail: str


def apply_checks(
    pairs: Sequence[Pair], references: Sequence[Reference], config: DatasetConfig
) -> tuple[list[Pair], list[Reject]]:
    """Split ``pairs`` into those that enter the data set, in their order, and rejects with reasons.

    Where two rows compete (duplicates, the skeleton cap) mined code is kept before built code, then the
    earlier row before the later one.
    """
    findings: dict[str, Finding] = {}
    ranked = sorted(pairs, key=lambda pair: not pair.mined)
    single: tuple[Callable[[Pair], Finding | None], ...] = (
        lambda pair: check_length(pair, config),
        check_semantics,
        lambda pair: check_contamination(pair, references, config),
    )
    for pair in ranked:
        for check in single:
            finding = check(pair)
            if finding is not None:
                findings.setdefault(pair.id, finding)
                break
    for diversity in (exact_duplicates, same_requests, close_outputs, crowded_skeletons):
        remaining = [pair for pair in ranked if pair.id not in findings]
        findings.update(diversity(remaining, config))
    kept = [pair for pair in pairs if pair.id not in findings]
    return kept, [_reject(pair, findings[pair.id]) for pair in pairs if pair.id in findings]


def check_length(pair: Pair, config: DatasetConfig) -> Finding | None:
    """Refuse a request of a word or two, an empty answer, and rows too long to train on."""
    if len(pair.instruction.strip()) < config.min_instruction_chars:
        return Finding("instruction-too-short", f"{len(pair.instruction.strip())} characters")
    if not pair.output.strip():
        return Finding("empty-output", "")
    size = len(pair.instruction) + len(pair.input) + len(pair.output)
    if size > config.max_chars:
        return Finding("too-long", f"{size} characters, at most {config.max_chars}")
    return None


def check_semantics(pair: Pair) -> Finding | None:
    """Refuse an instruction that names, in backticks, something that neither input nor output holds.

    Every identifier of every backticked expression is looked up; the text of string literals in it is
    not. This is a necessary condition only: an instruction without backticks passes.
    """
    present = set(_IDENTIFIER.findall(pair.input)) | set(_IDENTIFIER.findall(pair.output))
    for expression in _BACKTICKS.findall(pair.instruction):
        for name in _IDENTIFIER.findall(_STRING.sub(" ", expression)):
            if name not in present:
                return Finding("instruction-names-absent", f"`{name}` is in neither input nor output")
    return None


def check_contamination(pair: Pair, references: Sequence[Reference], config: DatasetConfig) -> Finding | None:
    """Refuse a row that bears the benchmark's canary, has a reference's skeleton, or holds too much of its n-grams."""
    if any(CANARY in text for text in (pair.instruction, pair.input, pair.output)):
        return Finding("benchmark-contamination", "bears the benchmark's canary")
    held = shingles(code_tokens(pair.output), config.containment_ngram)
    if pair.input:
        held = held | shingles(code_tokens(pair.input), config.containment_ngram)
    for reference in references:
        if reference.skeleton == pair.skeleton:
            return Finding("benchmark-contamination", f"has the skeleton of the reference of {reference.problem}")
        if not reference.shingles:
            continue
        share = len(reference.shingles & held) / len(reference.shingles)
        if share >= config.max_containment:
            return Finding("benchmark-contamination", f"holds {share:.0%} of the reference of {reference.problem}")
    return None


def exact_duplicates(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse rows whose output (white space aside) and input were seen before."""
    first: dict[tuple[str, str], str] = {}
    found = {}
    for pair in pairs:
        key = (" ".join(pair.input.split()), " ".join(pair.output.split()))
        other = first.setdefault(key, pair.id)
        if other != pair.id:
            found[pair.id] = Finding("exact-duplicate", f"same input and output as {other}")
    return found


def same_requests(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse rows that ask for nearly the same thing (instruction and input) as an earlier row."""
    words = [_WORD.findall(f"{pair.instruction} {pair.input}".lower()) for pair in pairs]
    return _against(pairs, keep_first(words, config.near_instruction), "near-duplicate-instruction")


def close_outputs(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse rows whose output tokens are nearly those of an earlier row."""
    tokens = [code_tokens(pair.output) for pair in pairs]
    return _against(pairs, keep_first(tokens, config.near_duplicate), "near-duplicate-output")


def crowded_skeletons(pairs: Sequence[Pair], config: DatasetConfig) -> dict[str, Finding]:
    """Refuse rows beyond the number that may share an AST skeleton."""
    seen: Counter[str] = Counter()
    found = {}
    for pair in pairs:
        seen[pair.skeleton] += 1
        if seen[pair.skeleton] > config.max_per_skeleton:
            found[pair.id] = Finding("skeleton-cap", f"more than {config.max_per_skeleton} rows of this skeleton")
    return found


def _against(pairs: Sequence[Pair], kept: Sequence[int], reason: str) -> dict[str, Finding]:
    return {
        pair.id: Finding(reason, f"close to {pairs[first].id}")
        for index, (pair, first) in enumerate(zip(pairs, kept, strict=True))
        if first != index
    }


def _reject(pair: Pair, finding: Finding) -> Reject:
    excerpt = "\n".join([pair.instruction, "", *pair.output.splitlines()[:EXCERPT_LINES]])
    return Reject(
        stage="dataset",
        subject=pair.id,
        reason=finding.reason,
        detail=finding.detail,
        name=pair.lineage,
        source=pair.provenance[0].source if pair.provenance else "generated",
        excerpt=excerpt[:2000],
    )
