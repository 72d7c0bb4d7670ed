"""What a pair must pass to enter the data set. A check keeps a pair or names a reason; nothing is just gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from algorand_coder.dataset.caps import REPAIRS, balance, crowded_units
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.finding import Finding
from algorand_coder.dataset.tokens import Tokens
from algorand_coder.records import Pair, Reject
from algorand_coder.similarity import keep_first
from algorand_coder.similarity.agreement import Vocabulary, disagreement
from algorand_coder.similarity.evaluation_sets import CANARY, EvaluationSets
from algorand_coder.syntax import code_tokens

_WORD = re.compile(r"\w+")
_CONTAMINATION = "benchmark-contamination"
_REPAIR = "repair"
EXCERPT_LINES = 12


def apply_checks(
    pairs: Sequence[Pair], sets: EvaluationSets, config: DatasetConfig, tokens: Tokens
) -> tuple[list[Pair], list[Reject]]:
    """Split ``pairs`` into those that enter the data set, in their order, and rejects with reasons.

    Where two rows compete (duplicates, the skeleton cap) mined code is kept before built code, then the
    earlier row before the later one.
    """
    findings: dict[str, Finding] = {}
    vocabulary = Vocabulary(pair.output for pair in pairs)
    ranked = sorted(pairs, key=lambda pair: not pair.mined)
    single: tuple[Callable[[Pair], Finding | None], ...] = (
        lambda pair: check_length(pair, config, tokens),
        lambda pair: check_semantics(pair, vocabulary, config),
        lambda pair: check_contamination(pair, sets, config),
    )
    for pair in ranked:
        for check in single:
            finding = check(pair)
            if finding is not None:
                findings.setdefault(pair.id, finding)
                break
    for limit in (exact_duplicates, same_requests, close_outputs, crowded_skeletons, crowded_units, balance):
        remaining = [pair for pair in ranked if pair.id not in findings]
        findings.update(limit(remaining, config))
    kept = [pair for pair in pairs if pair.id not in findings]
    return kept, [_reject(pair, findings[pair.id]) for pair in pairs if pair.id in findings]


def check_length(pair: Pair, config: DatasetConfig, tokens: Tokens) -> Finding | None:
    """Refuse a request of a word or two, an empty answer, and rows too long to train on."""
    if len(pair.instruction.strip()) < config.min_instruction_chars:
        return Finding("instruction-too-short", f"{len(pair.instruction.strip())} characters")
    if not pair.output.strip():
        return Finding("empty-output", "")
    size = tokens.of(pair)
    if size > config.max_tokens:
        return Finding("too-long", f"{size} tokens ({tokens.name}), at most {config.max_tokens}")
    return None


def check_semantics(pair: Pair, vocabulary: Vocabulary, config: DatasetConfig) -> Finding | None:
    """Refuse an instruction that names what its answer does not have, or that is written in quite other words."""
    found = disagreement(pair.instruction, pair.input, pair.output)
    if found:
        return Finding(found.reason, found.detail)
    if pair.strategy in config.likeness_for:
        likeness = vocabulary.similarity(f"{pair.instruction}\n{pair.input}", pair.output)
        if likeness < config.min_likeness:
            return Finding("instruction-unlike-output", f"similarity {likeness:.2f}, at least {config.min_likeness}")
    return None


def check_contamination(pair: Pair, sets: EvaluationSets, config: DatasetConfig) -> Finding | None:
    """Refuse a row that bears the benchmark's canary, descends from a task, has a solution's skeleton, holds too much
    of a solution, or shares too much text, code or syntax with a task of the benchmark or of HumanEval."""
    if any(CANARY in text for text in (pair.instruction, pair.input, pair.output)):
        return Finding(_CONTAMINATION, "bears the benchmark's canary")
    named = sets.names & set(pair.lineage.split("/"))
    if named:
        return Finding(_CONTAMINATION, f"descends from {min(named)}, which is kept for evaluation")
    task = sets.of_skeleton(pair.skeleton)
    if task:
        return Finding(_CONTAMINATION, f"has the skeleton of a solution of {task}")
    tokens = code_tokens(pair.output)
    held = sets.held([*tokens, *code_tokens(pair.input)])
    if held.share >= config.max_containment:
        return Finding(_CONTAMINATION, f"holds {held.share:.0%} of a solution of {held.task}")
    close = sets.closest(pair.output, tokens, f"{pair.instruction}\n{pair.input}")
    if close.share >= config.max_containment:
        return Finding(_CONTAMINATION, f"shares {close.share:.0%} of its windows of {close.windows} with {close.task}")
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
    """Refuse rows whose output tokens are nearly those of an earlier row that asks for the same kind of work.

    To write code, to change it and to mend it are different tasks: the repaired code is that of another row by design,
    and several repairs may end in it.
    """
    found: dict[str, Finding] = {}
    for work in dict.fromkeys(map(_work, pairs)):
        rows = [pair for pair in pairs if _work(pair) == work]
        if work == _REPAIR:
            rows = list({pair.output: pair for pair in reversed(rows)}.values())[::-1]
        tokens = [code_tokens(pair.output) for pair in rows]
        close = _against(rows, keep_first(tokens, config.near_duplicate), "near-duplicate-output")
        if work == _REPAIR:
            refused = {row.output: close[row.id] for row in rows if row.id in close}
            close = {pair.id: refused[pair.output] for pair in pairs if _work(pair) == work and pair.output in refused}
        found.update(close)
    return found


def _work(pair: Pair) -> str:
    if pair.strategy in REPAIRS:
        return _REPAIR
    return pair.strategy if pair.strategy in {"edit", "migration"} else "writing"


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
