"""The gate after the data: is this data set good enough to pay for training on it?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from algorand_coder.dataset.caps import REPAIRS, unit_of
from algorand_coder.dataset.checks import check_contamination, close_outputs, exact_duplicates
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.dataset.finished import DataSet
from algorand_coder.dataset.leakage import mean_similarity_to_others, nearest_training_rows
from algorand_coder.dataset.split import keys
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline import read_table
from algorand_coder.pipeline.gate import Criterion, criterion, unjudged
from algorand_coder.records import CONTRACT_KINDS, Category, Level, Outcome, Pair, digest
from algorand_coder.similarity.evaluation_sets import evaluation_sets

if TYPE_CHECKING:
    from algorand_coder.verify import Verifier

MIN_PAIRS = 5_000
MIN_CONTRACTS = 800
MIN_PER_CATEGORY = 300
MIN_NAMELESS = 0.30
"""Share of instructions that name no identifier of the answer: people often ask without names."""
MAX_BUILT_OVER_MINED = 0.05
PERMISSIVE = frozenset({"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD", "CC0-1.0", "Unlicense"})
_NAME = re.compile(r"[A-Za-z_$][\w$]*[A-Z_$][\w$]*|(?<=`)[A-Za-z_$][\w$]*(?=`)")


def judge(
    data: DataSet,
    run_folder: Path,
    sample: int = 0,
    verifier: Verifier | None = None,
    advance: Callable[[int], None] = lambda count: None,
) -> list[Criterion]:
    """All criteria of the data set of one run; with a ``verifier`` a sample of rows is judged again, one by one.

    ``advance`` is called with the number of rows that were just judged again.
    """
    config = DatasetConfig.model_validate(data.manifest.config)
    return [
        *_size(data),
        _accepted(data, run_folder),
        *([_again(data, sample, verifier, advance)] if verifier is not None else []),
        *_balance(data, config),
        *_split(data, config),
        *_diversity(data, config),
        _benchmark(data, config),
        _licences(data),
        _nameless(data),
    ]


def sampled(data: DataSet, size: int) -> list[Pair]:
    """``size`` rows, the same ones every time."""
    return sorted(data.pairs, key=lambda pair: digest(["verify", pair.id]))[:size]


def _size(data: DataSet) -> Iterator[Criterion]:
    rows = len(data.pairs)
    yield criterion("instruction pairs", rows, f"≥ {MIN_PAIRS:,}", passed=rows >= MIN_PAIRS)
    contracts = sum(pair.kind in CONTRACT_KINDS for pair in data.pairs)
    yield criterion("of them contracts", contracts, f"≥ {MIN_CONTRACTS}", passed=contracts >= MIN_CONTRACTS)
    counts = Counter(pair.category for pair in data.pairs)
    least = min(Category, key=lambda category: counts[category])
    yield criterion(
        "rows of the smallest category",
        counts[least],
        f"≥ {MIN_PER_CATEGORY}",
        passed=counts[least] >= MIN_PER_CATEGORY,
        note=", ".join(f"{category.value} {counts[category]:,}" for category in Category),
    )


def _accepted(data: DataSet, run_folder: Path) -> Criterion:
    """Rows that the verifier accepted in this run: the instruct stage writes no others."""
    name, wanted = "rows that the verifier accepted", "100 %"
    folder = run_folder / "instruct"
    manifest = manifests.load(folder)
    if manifest is None or digest(manifest.outputs) != data.manifest.inputs.get("instruct"):
        return unjudged(name, wanted, "the instruct stage is missing or has run again since: run 'dataset' again")
    if manifests.first_mismatch(folder, manifest):
        return unjudged(name, wanted, "the output of the instruct stage was altered: run 'instruct' again")
    accepted = {pair.id: pair for pair in read_table(folder / "pairs.parquet", Pair)}
    share = _share(accepted.get(pair.id) == pair for pair in data.pairs)
    return criterion(name, share, wanted, passed=share == 1, unit="%")


def _again(data: DataSet, size: int, verifier: Verifier, advance: Callable[[int], None]) -> Criterion:
    rows = sampled(data, size)
    outcomes: Counter[Outcome] = Counter()
    note = ""
    for pair in rows:
        # One by one: nothing of another row can be on the compiler's desk.
        (verdict,) = verifier.check([pair.candidate()], Level.COMPILE)
        outcomes[verdict.outcome] += 1
        advance(1)
        if verdict.outcome is not Outcome.PASSED and not note:
            last = verdict.last
            said = last.reason or "; ".join(d.message for d in last.diagnostics[:1]) if last else ""
            note = f"{pair.id}: {said}"
    name, wanted = f"of {len(rows)} rows judged again, passed", "100 %"
    if outcomes[Outcome.FAILED] == 0 and outcomes[Outcome.UNJUDGED]:
        return unjudged(name, wanted, f"{outcomes[Outcome.UNJUDGED]} could not be judged; {note}")
    share = outcomes[Outcome.PASSED] / len(rows)
    return criterion(name, share, wanted, passed=share == 1, unit="%", note=note)


def _balance(data: DataSet, config: DatasetConfig) -> Iterator[Criterion]:
    facets = (
        ("strategy", [pair.strategy for pair in data.pairs], config.max_strategy_share),
        ("category", [pair.category.value for pair in data.pairs], config.max_category_share),
    )
    for name, values, limit in facets:
        (largest, count), *_ = Counter(values).most_common()
        share = count / len(values)
        passed = share <= limit
        yield criterion(f"largest {name}", share, f"≤ {limit:.0%}", passed=passed, unit="%", note=largest)
    repairs = Counter(unit_of(pair) for pair in data.pairs if pair.strategy in REPAIRS)
    most = max(repairs.values(), default=0)
    limit = config.max_repairs_per_unit
    yield criterion("repairs of one unit, at most", most, f"≤ {limit}", passed=most <= limit)


def _split(data: DataSet, config: DatasetConfig) -> Iterator[Criterion]:
    validation = data.side("validation")
    share = len(validation) / len(data.pairs)
    wanted = config.validation_share
    close = abs(share - wanted) <= 0.03
    yield criterion("rows held out", share, f"{wanted:.0%} ± 3 points", passed=close, unit="%")
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for pair in data.pairs:
        for key in (*keys(pair, config), f"skeleton:{pair.skeleton}"):
            sides[key].add(data.sides[pair.id])
    torn = sorted(key for key, found in sides.items() if len(found) > 1)
    yield criterion(
        "sources, lineages, skeletons on both sides", len(torn), "0", passed=not torn, note=", ".join(torn[:1])
    )
    leaks = nearest_training_rows(validation, data.side("train"))
    nearest = max((leak.jaccard for leak in leaks), default=0.0)
    limit = config.split_similarity
    yield criterion("held-out row closest to training", nearest, f"< {limit:g}", passed=nearest < limit)


def _diversity(data: DataSet, config: DatasetConfig) -> Iterator[Criterion]:
    copies = len(exact_duplicates(data.pairs, config))
    yield criterion("exact duplicates", copies, "0", passed=copies == 0)
    ranked = sorted(data.pairs, key=lambda pair: not pair.mined)
    near = len(close_outputs(ranked, config))
    yield criterion("near-duplicates of an answer", near, "0", passed=near == 0)
    shapes = Counter(pair.skeleton for pair in data.pairs)
    most = max(shapes.values(), default=0)
    yield criterion(
        "rows of one skeleton, at most",
        most,
        f"≤ {config.max_per_skeleton}",
        passed=most <= config.max_per_skeleton,
        note=f"{len(shapes):,} distinct skeletons",
    )
    name, wanted = "built rows' similarity to their nearest, over mined ones'", f"≤ {MAX_BUILT_OVER_MINED:g}"
    sides = [_alike_in_number(data.pairs, mined=mined) for mined in (False, True)]
    size = min(map(len, sides))
    if size < 2:
        yield unjudged(name, wanted, "there are not enough rows of both sorts")
        return
    built, mined = (mean_similarity_to_others(map(as_text, rows[:size])) for rows in sides)
    over = round(built - mined, 4)
    said = f"built {built:.3f}, mined {mined:.3f}; {size:,} rows of each"
    yield criterion(name, over, wanted, passed=over <= MAX_BUILT_OVER_MINED, note=said)


def _alike_in_number(pairs: Sequence[Pair], *, mined: bool) -> list[Pair]:
    """Rows of one sort in a random order that is the same every time.

    The more rows, the nearer the nearest: only as many of one sort as there are of the other can be compared. Repairs
    are left out of both, for they end in the answer of another row by design.
    """
    rows = [pair for pair in pairs if pair.mined is mined and pair.strategy not in REPAIRS]
    return sorted(rows, key=lambda pair: digest(["similarity", pair.id]))


def as_text(pair: Pair) -> str:
    """A row as one text: what is asked, what is given, what is answered."""
    return f"{pair.instruction}\n{pair.input}\n{pair.output}"


def _benchmark(data: DataSet, config: DatasetConfig) -> Criterion:
    """Against the benchmark as it is now, which may have grown since the data set was made."""
    sets = evaluation_sets()
    held = [(pair.id, found) for pair in data.pairs if (found := check_contamination(pair, sets, config))]
    note = f"{held[0][0]} {held[0][1].detail}" if held else f"{len(sets)} tasks"
    return criterion("rows that hold an evaluation task", len(held), "0", passed=not held, note=note)


def _licences(data: DataSet) -> Criterion:
    def is_free(pair: Pair) -> bool:
        return bool(pair.provenance) and all(
            origin.private or set(re.split(r" AND | OR |[()]", origin.licence)) - {""} <= PERMISSIVE
            for origin in pair.provenance
        )

    barred = [pair for pair in data.pairs if not is_free(pair)]
    note = f"{barred[0].id}: {barred[0].provenance[0].licence if barred[0].provenance else 'none'}" if barred else ""
    private = sum(any(origin.private for origin in pair.provenance) for pair in data.pairs)
    note = note or (f"{private} rows of private sources, not to be published" if private else "")
    return criterion("rows without a permissive licence", len(barred), "0", passed=not barred, note=note)


def _nameless(data: DataSet) -> Criterion:
    def names_nothing(pair: Pair) -> bool:
        return not set(_NAME.findall(pair.instruction)) & set(re.findall(r"[A-Za-z_$][\w$]*", pair.output))

    share = _share(map(names_nothing, data.pairs))
    wanted = f"≥ {MIN_NAMELESS:.0%}"
    return criterion("instructions without a name of the answer", share, wanted, passed=share >= MIN_NAMELESS, unit="%")


def _share(values: Iterator[bool] | Sequence[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
