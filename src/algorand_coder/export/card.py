"""README.md of exported weights: the model card, with what is known of data, training and scores, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from algorand_coder.evaluate.scores import SMOKE_TEST_BELOW
from algorand_coder.export.source import Source
from algorand_coder.generate.base_models import EMBEDDED
from algorand_coder.pipeline.manifest import Manifest, load
from algorand_coder.train.cards import licence_of

_HUB_LICENCES = {"Apache-2.0": "apache-2.0", "MIT": "mit"}
"""Licences of base models → the names the hub knows; anything else is ``other`` there."""


def model_card(source: Source, facts: dict[str, Any]) -> str:
    """The card for an export; ``facts`` is its ``export.json``."""
    licence = licence_of(source.base) or (EMBEDDED[source.base].licence if source.base in EMBEDDED else "")
    header: dict[str, Any] = {"language": ["en"], "license": _HUB_LICENCES.get(licence, "other")}
    if "/" in facts["base"]:
        header["base_model"] = facts["base"]
    header |= {
        "library_name": "transformers",
        "pipeline_tag": "text-generation",
        "tags": ["code", "typescript", "algorand", "smart-contracts", *([] if source.whole else ["lora"])],
    }
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - Markdown
    )
    train, data = _manifest(source, "train"), _manifest(source, "dataset")
    body = environment.get_template("model_card.md.j2").render(
        facts=facts,
        whole=source.whole,
        licence=licence,
        train=train,
        data=data,
        data_licences=_data_licences(source),
        scores=_scores(source),
        smoke_test_below=SMOKE_TEST_BELOW,
        config=yaml.safe_dump({"train": _told(train.config)}, sort_keys=False) if train else "",
    )
    return f"---\n{yaml.safe_dump(header, sort_keys=False)}---\n\n{body}"


def _manifest(source: Source, stage: str) -> Manifest | None:
    return load(source.run / stage) if source.run else None


def _data_licences(source: Source) -> list[str]:
    """As the data set's own card states them."""
    card = source.run / "dataset" / "README.md" if source.run else None
    if card is None or not card.is_file():
        return []
    header = yaml.safe_load(card.read_text(encoding="utf-8").split("---\n")[1])
    return [str(name) for name in header.get("license", [])]


def _scores(source: Source) -> dict[str, Any]:
    path = source.run / "evaluate" / "scores.json" if source.run else None
    if path is None or not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found if {"base", "tuned"} <= set(found["models"]) else {}


def _told(config: dict[str, Any]) -> dict[str, Any]:
    """A config without folders of the machine that it ran on."""
    base = str(config.get("base_model", ""))
    return {**config, "base_model": Path(base).name} if Path(base).is_dir() else config
