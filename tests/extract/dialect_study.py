"""Precision and recall of the dialect detector on labelled files of the corpus.

``python -m tests.extract.dialect_study [MIRROR]`` prints them. ``labels/dialect.jsonl`` names each file by source,
revision, path and SHA-256 of its text; the files themselves come from the cache of npm packages and from a folder of
Git repositories (``collect.mirror``), given as an argument or in ``ALGORAND_CODER_MIRROR``.

How files were drawn: from every source with a licence, by strata (code that names Algorand TypeScript, TEALScript,
AlgoKit Utils, the SDK, or none of them), in each stratum a source at random and of that a file at random; then three
more strata from projects that declare rare versions. How they were labelled: by reading each file and the manifests
above it. The label is the highest API the file is written against: a contract language, AlgoKit Utils with its major
version, the SDK with its major version, or none; an SDK's own source counts as that SDK.

The detector's rules were written with those files in view. ``labels/dialect_holdout.jsonl`` holds files drawn later, by
the same strata but none of the labelled ones, and labelled before the detector, unchanged since, was asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from algorand_coder.collect import git, npm
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.outcome import decode, manifests
from algorand_coder.collect.sources import Source, load_sources
from algorand_coder.collect.tree import Tree, Unavailable, language
from algorand_coder.extract.dialect import file_dialect
from algorand_coder.extract.projects import Projects

LABELS = Path(__file__).parent / "labels" / "dialect.jsonl"
HOLDOUT = LABELS.with_name("dialect_holdout.jsonl")


@dataclass(frozen=True)
class Judged:
    """One labelled file and what the detector says of it."""

    name: str
    label: str
    found: str


@dataclass(frozen=True)
class Score:
    """How well one class is told from the others."""

    dialect: str
    files: int
    precision: float
    recall: float


def judge(mirror: Path | None, labels: Path = LABELS) -> Iterator[Judged]:
    """The labelled files that are at hand, unchanged, with the detector's answer."""
    config = CollectConfig(mirror=mirror, offline=True)
    sources = {source.name: source for source in load_sources(config.sources_file)}
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    trees: dict[str, tuple[Tree, Projects] | None] = {}
    for row in rows:
        source = sources.get(row["source"])
        if row["source"] not in trees:
            trees[row["source"]] = _read(source, config, row["revision"]) if source else None
        found = trees[row["source"]]
        text = decode(found[0].files.get(row["path"], b"\x00")) if found else None
        if found and text is not None and sha256(text.encode()).hexdigest() == row["sha256"]:
            project = found[1].of(row["path"])
            answer = file_dialect(text, row["path"], project, language(row["path"]) or "ts")
            yield Judged(f"{row['source']}: {row['path']}", row["dialect"], answer)


def _read(source: Source, config: CollectConfig, revision: str) -> tuple[Tree, Projects] | None:
    try:
        if source.get.npm:
            tree = npm.read_tarball(npm.fetch_tarball(source, config), source, config)
        else:
            # Straight from the mirror, so that a study leaves nothing in the user's cache.
            repository = git.mirror_of(source, config) or git.cached_repository(source)
            tree = git.read_commit(repository, revision, source, config)
    except Unavailable:
        return None
    return tree, Projects(manifests(tree), source.target)


def scores(judged: list[Judged]) -> list[Score]:
    """Precision and recall of every class that is labelled or found."""
    pairs = Counter((each.label, each.found) for each in judged)
    result = []
    for dialect in sorted({name for pair in pairs for name in pair}):
        right = pairs[dialect, dialect]
        labelled = sum(count for (label, _), count in pairs.items() if label == dialect)
        found = sum(count for (_, answer), count in pairs.items() if answer == dialect)
        result.append(Score(dialect, labelled, right / found if found else 0.0, right / labelled if labelled else 0.0))
    return result


def mirror_at_hand() -> Path | None:
    """The folder that ``ALGORAND_CODER_MIRROR`` names."""
    named = os.environ.get("ALGORAND_CODER_MIRROR")
    return Path(named) if named else None


def main() -> None:
    mirror = Path(sys.argv[1]) if len(sys.argv) > 1 else mirror_at_hand()
    for labels in (LABELS, HOLDOUT):
        judged = list(judge(mirror, labels))
        print(f"{labels.stem}: {len(judged)} labelled files at hand")
        for score in scores(judged):
            print(f"{score.dialect:12} {score.files:4}  precision {score.precision:.3f}  recall {score.recall:.3f}")
        for each in judged:
            if each.label != each.found:
                print(f"{each.name}: {each.label}, found {each.found}")


if __name__ == "__main__":
    main()
