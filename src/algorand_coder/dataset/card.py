"""README.md (the data card that Hugging Face reads) and ATTRIBUTION.md (every source, with its licence)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.records import Pair, Provenance

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))
_HUB_LICENCES = {
    "MIT": "mit",
    "Apache-2.0": "apache-2.0",
    "BSD-2-Clause": "bsd-2-clause",
    "BSD-3-Clause": "bsd-3-clause",
    "ISC": "isc",
    "CC0-1.0": "cc0-1.0",
    "Unlicense": "unlicense",
}
"""SPDX identifiers → the names the hub knows; anything else is ``other`` there."""


def data_card(counts: Mapping[str, Any], licences: Sequence[str], config: DatasetConfig) -> str:
    """The card: a YAML header that ``datasets.load_dataset(folder)`` follows, then what a reader must know."""
    size = next((name for limit, name in _SIZES if counts["rows"] < limit), "100K<n<1M")
    header = {
        "language": ["en"],
        "license": sorted({_HUB_LICENCES.get(name, "other") for name in licences}) or ["mit"],
        "pretty_name": "Algorand TypeScript instructions, compiler-verified",
        "tags": ["code", "typescript", "algorand", "smart-contracts", "instruction-tuning"],
        "task_categories": ["text-generation"],
        "size_categories": [size],
        "configs": [
            _hub_config("alpaca", "train.jsonl", "validation.jsonl") | {"default": True},
            _hub_config("chat", "train.chat.jsonl", "validation.chat.jsonl"),
        ],
    }
    body = _environment().get_template("card.md.j2").render(counts=counts, config=config)
    return f"---\n{yaml.safe_dump(header, sort_keys=False)}---\n\n{body}"


def notices(path: Path) -> dict[tuple[str, str], list[str]]:
    """``(source, revision)`` → copyright lines, from the ``sources.json`` at ``path``; empty where there is none."""
    if not path.is_file():
        return {}
    return {
        (source["name"], source["revision"]): list(
            dict.fromkeys(line for notice in source.get("notices", ()) for line in notice["copyright"])
        )
        for source in json.loads(path.read_text(encoding="utf-8"))
    }


def attribution(pairs: Sequence[Pair], copyrights: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """Every source that rows come from, by name: revision, licence, who holds the rights, and the files used."""
    found: defaultdict[tuple[str, str, str, str, bool], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in pairs:
        for origin in dict.fromkeys(pair.provenance):
            found[_identity(origin)][origin.path] += 1
    sources = [
        {
            "name": key[0],
            "revision": key[1],
            "licence": key[2],
            "tier": key[3],
            "private": key[4],
            "copyright": copyrights.get((key[0], key[1]), ()),
            "files": sorted(files.items()),
        }
        for key, files in sorted(found.items())
    ]
    return _environment().get_template("attribution.md.j2").render(sources=sources)


def licences(pairs: Sequence[Pair]) -> list[str]:
    """SPDX identifiers of everything the rows were made from, sorted."""
    return sorted({origin.licence for pair in pairs for origin in pair.provenance})


def _identity(origin: Provenance) -> tuple[str, str, str, str, bool]:
    return (origin.source, origin.revision, origin.licence, origin.tier, origin.private)


def _hub_config(name: str, train: str, validation: str) -> dict[str, Any]:
    splits = {"train": train, "validation": validation}
    return {"config_name": name, "data_files": [{"split": side, "path": path} for side, path in splits.items()]}


def _environment() -> Environment:
    # Markdown for people to read, not HTML: nothing here is rendered by a browser of ours.
    return Environment(  # noqa: S701
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
