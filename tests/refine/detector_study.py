"""Precision and recall of the detectors of secrets and of generated code on labelled files of the corpus.

``python -m tests.refine.detector_study RUN_FOLDER`` prints them; the texts come from the run's collect stage.
``labels/detectors.jsonl`` names each file by source, revision, path and SHA-256 of its text, without content.

How files were drawn: ``random`` files as for the study of dialects, by strata from every source with a licence.
Positives are rare among them, so ``search`` adds files of all sources that hold 12 or more words of BIP-39 in a row,
byte arrays, long literals beside words such as key or token, or a comment near the top with words such as
"generated" (at most six of a source and wording), whatever became of them on reading. How they were labelled: by
reading; a mnemonic counts when another implementation (the Python SDK, ``mnemonic``) accepts its checksum, a key or
token when its value is written out. Generated code is what a tool writes and nobody edits, with a header or without.
Rules for secrets were mended after reading these files: their figures are of files they were made for, so
:func:`unlabelled` lists what they flag elsewhere in a run.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from algorand_coder.extract.filerules import generated
from algorand_coder.pipeline import read_table
from algorand_coder.records import SourceFile
from algorand_coder.refine.secrets import find_secret

LABELS = Path(__file__).parent / "labels" / "detectors.jsonl"
DETECTORS: dict[str, Callable[[SourceFile], bool]] = {
    "secret": lambda file: bool(find_secret(file.text)),
    "generated": lambda file: bool(generated(file.provenance.path, file.text)),
}


@dataclass(frozen=True)
class Judged:
    """One labelled file and what a detector says of it."""

    detector: str
    name: str
    drawn: str
    label: bool
    found: bool


@dataclass(frozen=True)
class Score:
    """How well a detector tells its files from others."""

    detector: str
    files: int
    positives: int
    found: int
    right: int
    """Files that are labelled and found."""

    @property
    def precision(self) -> float:
        """Share of the files found that are labelled."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the files labelled that are found."""
        return self.right / self.positives if self.positives else 0.0


def judge(run_folder: Path) -> Iterator[Judged]:
    """The labelled files that the run collected, unchanged, with the detectors' answers."""
    labels = {(row["source"], row["path"]): row for row in _labels()}
    for file in _files(run_folder):
        row = labels.get((file.provenance.source, file.provenance.path))
        if row is None or sha256(file.text.encode()).hexdigest() != row["sha256"]:
            continue
        for detector, detect in DETECTORS.items():
            if detector in row:
                name = f"{file.provenance.source}: {file.provenance.path}"
                yield Judged(detector, name, row["drawn"], row[detector], detect(file))


def scores(judged: list[Judged]) -> list[Score]:
    """Precision and recall of each detector."""
    result = []
    for detector in DETECTORS:
        rows = [each for each in judged if each.detector == detector]
        right = sum(each.label and each.found for each in rows)
        labelled, found = sum(each.label for each in rows), sum(each.found for each in rows)
        result.append(Score(detector, len(rows), labelled, found, right))
    return result


def unlabelled(run_folder: Path) -> list[str]:
    """Files of the run that hold a secret by the detector and that nobody has labelled."""
    known = {(row["source"], row["path"]) for row in _labels() if "secret" in row}
    places = ((file.provenance.source, file.provenance.path) for file in _files(run_folder) if find_secret(file.text))
    return [f"{source}: {path}" for source, path in places if (source, path) not in known]


def run_at_hand() -> Path | None:
    """The run folder that ``ALGORAND_CODER_RUN`` names."""
    named = os.environ.get("ALGORAND_CODER_RUN")
    return Path(named) if named else None


def _labels() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def _files(run_folder: Path) -> list[SourceFile]:
    return read_table(run_folder / "collect" / "files.parquet", SourceFile)


def main() -> None:
    run_folder = Path(sys.argv[1])
    judged = list(judge(run_folder))
    for score in scores(judged):
        figures = f"precision {score.precision:.3f}  recall {score.recall:.3f}"
        print(f"{score.detector:10} {score.files:4} files, {score.positives:3} positive  {figures}")
    for each in judged:
        if each.label != each.found:
            print(f"{each.detector}: {each.name}: {each.label}, found {each.found}")
    print("flagged as secret and not labelled:", unlabelled(run_folder))


if __name__ == "__main__":
    main()
