"""Write docs/results/corpus.md from finished runs.

usage: python scripts/corpus_results.py NPM_RUN FULL_RUN BENCH DATE MACHINE

NPM_RUN and FULL_RUN are run folders refined without and with a Git mirror, BENCH the output of
``bench/bench_duplicates.py``. Run from the repository's root, so that the study of the detectors is found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from algorand_coder.evaluate.statistics import wilson
from algorand_coder.pipeline import read_table
from algorand_coder.records import Unit
from algorand_coder.refine.secrets import has_mnemonic

sys.path.insert(0, str(Path.cwd()))
from tests.refine.detector_study import judge, scores, unlabelled

PAGE = Path("docs/results/corpus.md")
Counts = Mapping[str, Any]


def main() -> None:
    """Write the page."""
    npm, full, bench = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_text(encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(page(npm, full, bench, *sys.argv[4:6])), encoding="utf-8")


def page(npm: Path, full: Path, bench: str, date: str, machine: str) -> Iterable[str]:
    """The lines of the page."""
    runs = {"npm packages only": manifests(npm), "full list, Git mirror": manifests(full)}
    counts = {name: run["refine"]["counts"] for name, run in runs.items()}
    whole = counts["full list, Git mirror"]
    yield from (
        "# The corpus",
        "",
        f"Measured {date} on a machine with {machine}, shared with other work while it ran.",
        "`scripts/corpus_results.py` writes every figure from finished runs:",
        "",
        "```",
        "algorand-coder collect && algorand-coder extract && algorand-coder refine --json",
        "algorand-coder collect --set collect.mirror=MIRROR && algorand-coder extract && algorand-coder refine --json",
        "```",
        "",
        "The first reaches npm packages alone; the second has a folder of Git repositories stand in for the host.",
        "A contract is a class that derives from a contract or logic signature; lines are non-blank, those of methods",
        "count with their class.",
        "",
        "## Funnel",
        "",
    )
    yield from table(["", *counts], funnel(runs, counts))
    yield from ("", f"Of the kept units {checked(full)}.", "", "## Why units were refused", "")
    yield from table(["reason", *counts], by_key(counts, "rejected"))
    yield from ("", "## Lines kept by licence", "")
    yield from table(["licence", *counts], by_key(counts, "licences"))
    yield from ("", "## What one step of a threshold changes (full list)", "")
    yield "Units more or fewer when the threshold is one step lower or higher."
    yield ""
    yield from table(["threshold", "value", "step", "one lower", "one higher"], thresholds(whole))
    yield from ("", "## Types (full list)", "")
    types = whole["types"]
    yield f"Type coverage was measured for {types['measured']:,} units. The rest is kept and flagged:"
    yield ""
    yield from table(["why types cannot be resolved", "units"], [[k, v] for k, v in types["unresolved"].items()])
    yield from ("", "## Sources that gave most (full list)", "")
    best = sorted(whole["by_source"].items(), key=lambda item: -item[1]["lines"])[:20]
    columns = ("files", "units", "kept", "lines", "contracts")
    yield from table(["source", *columns], [[name, *(row[column] for column in columns)] for name, row in best])
    yield from ("", "## Detectors of secrets and of generated code", "")
    yield "`python -m tests.refine.detector_study RUN_FOLDER`; how files were drawn and read stands in that module."
    yield ""
    yield from table(["detector", "files drawn", "files", "positive", "precision", "recall"], detectors(full))
    yield ""
    yield "Ranges are 95 % intervals (Wilson). The rules for secrets were mended after these files were read; among all"
    yield f"{whole['files']:,} collected files they flag {len(unlabelled(full))} without a label."
    yield from ("", "## Near-duplicates", "", "`python bench/bench_duplicates.py 1000000`, synthetic units:", "")
    rows = [[cell.strip() for cell in line.split("|")] for line in bench.splitlines() if line.count("|") == 4]
    yield from table(["what", "measured", "beside", "ratio", "aim"], rows)
    yield ""


def manifests(run: Path) -> dict[str, Any]:
    """Manifests of the data stages of a run."""
    stages = ("collect", "extract", "refine")
    return {stage: json.loads((run / stage / "manifest.json").read_text(encoding="utf-8")) for stage in stages}


def funnel(runs: Mapping[str, Counts], counts: Mapping[str, Counts]) -> list[list[Any]]:
    """Rows of the funnel, a column a run."""
    named = {
        "sources that gave files": lambda c: c["sources"],
        "files": lambda c: c["files"],
        "units": lambda c: c["units"],
        "units kept": lambda c: c["kept"]["units"],
        "lines kept": lambda c: c["kept"]["lines"],
        "contracts kept": lambda c: c["kept"]["contracts"],
        "of 20 and more lines": lambda c: c["contracts_20_lines"],
        "of these outside the compiler's repository": lambda c: c["contracts_20_lines_elsewhere"],
        "distinct program skeletons": lambda c: c["distinct_skeletons"],
        "evaluation tasks kept clear of": lambda c: c["evaluation_tasks"],
    }
    rows = [[name, *(get(each) for each in counts.values())] for name, get in named.items()]
    for stage in ("collect", "extract", "refine"):
        rows.append([f"seconds of {stage}", *(round(run[stage]["seconds"]) for run in runs.values())])
    return rows


def checked(run: Path) -> str:
    """How many units kept break a promise of the corpus: none, or this says so."""
    units = read_table(run / "refine" / "units.parquet", Unit)
    licences = manifests(run)["collect"]["config"]["licences"]
    foreign = sum(not licences.get(unit.provenance.licence, False) for unit in units)
    texts = ("\n".join((unit.imports, unit.doc, unit.context, unit.code)) for unit in units)
    return f"{foreign} lack an allowed licence, and {sum(map(has_mnemonic, texts))} hold a valid mnemonic"


def by_key(counts: Mapping[str, Counts], key: str) -> list[list[Any]]:
    """Rows of a count by name, a column a run."""
    names = sorted({name for each in counts.values() for name in each[key]})
    return [[name, *(each[key].get(name, 0) for each in counts.values())] for name in names]


def thresholds(counts: Counts) -> list[list[Any]]:
    """Rows of the effects of a step."""
    found = counts["thresholds"].items()
    return [[f"`{name}`", f"{e['value']:g}", f"{e['step']:g}", e["minus"], e["plus"]] for name, e in found]


def detectors(run: Path) -> list[list[Any]]:
    """Rows of the study of the detectors."""

    judged = list(judge(run))
    drawn = {"all": judged, "drawn at random": [each for each in judged if each.drawn == "random"]}
    return [
        [
            score.detector,
            name,
            score.files,
            score.positives,
            rate(score.right, score.found),
            rate(score.right, score.positives),
        ]
        for name, rows in drawn.items()
        for score in scores(rows)
    ]


def rate(part: int, whole: int) -> str:
    """A rate with its 95 % interval after Wilson."""
    low, high = wilson(part, whole)
    return f"{part}/{whole}, {low:.3f} to {high:.3f}"


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterable[str]:
    """A Markdown table; numbers stand right."""
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row) + " |"


if __name__ == "__main__":
    main()
