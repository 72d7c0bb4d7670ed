"""One YAML a run: it composes the sections that live beside the stages. Shipped recipes go by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from algorand_coder.collect.config import CollectConfig
from algorand_coder.dataset.config import DatasetConfig
from algorand_coder.errors import UserError, nearest
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.extract.config import ExtractConfig
from algorand_coder.instruct.config import InstructConfig
from algorand_coder.pipeline.config import Section, parse
from algorand_coder.posttrain.config import DpoConfig, GrpoConfig, SampleConfig
from algorand_coder.refine.config import RefineConfig
from algorand_coder.train.config import TrainConfig

RECIPES = Path(__file__).parent / "data" / "config"
"""Folder of the shipped recipes, one YAML a base model."""

NOT_RECIPES = frozenset({"sources", "reserved_families", "models", "prices"})


class RunConfig(Section):
    """A whole run. Every section has defaults, so a recipe states only what it changes."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)
    """Names the run folder ``runs/<name>``."""
    seed: int = Field(default=17, ge=0, lt=2**32)
    engine: Literal["local", "ray"] = "local"
    """Where maps over many records run."""
    workers: int = Field(default=0, ge=0, le=1024)
    """Parallel processes; 0 means every core at hand."""
    collect: CollectConfig = CollectConfig()
    extract: ExtractConfig = ExtractConfig()
    refine: RefineConfig = RefineConfig()
    instruct: InstructConfig = InstructConfig()
    dataset: DatasetConfig = DatasetConfig()
    train: TrainConfig = TrainConfig()
    sample: SampleConfig = SampleConfig()
    rft: TrainConfig = TrainConfig()
    """Fine-tuning on sampled answers; what it does not say is as in ``train``."""
    dpo: DpoConfig = DpoConfig()
    grpo: GrpoConfig = GrpoConfig()
    evaluate: EvaluateConfig = EvaluateConfig()

    @model_validator(mode="before")
    @classmethod
    def _as_trained(cls, data: Any) -> Any:
        """Hand ``train`` on to the sections that go on from it, so that base model and adapter are said once."""
        train = data.get("train", {}) if isinstance(data, dict) else None
        try:
            valid = TrainConfig.model_validate(train)
        except ValidationError:
            return data  # the section itself is reported
        found = {name: data.get(name, {}) for name in ("sample", "dpo", "grpo", "rft")}
        given = {name: {"train": valid, **found[name]} for name in ("sample", "dpo", "grpo") if _plain(found[name])}
        return {**data, **given, **({"rft": {**dict(train or {}), **found["rft"]}} if _plain(found["rft"]) else {})}


def _plain(section: Any) -> bool:
    """Whether a raw section is a mapping, as it has to be."""
    return isinstance(section, Mapping)


def recipe_names() -> list[str]:
    """Names of the shipped recipes."""
    return sorted(path.stem for path in RECIPES.glob("*.yaml") if path.stem not in NOT_RECIPES)


def load_config(name_or_path: str, overrides: Sequence[str] = ()) -> RunConfig:
    """Read a recipe by name or a YAML file by path, apply ``section.key=value`` overrides, validate.

    Raises ``UserError`` with one line for an unknown recipe, unreadable YAML, an unknown key (naming the
    nearest known one) or a value out of range.
    """
    path = _find(name_or_path)
    data = _read(path)
    for override in overrides:
        _apply(data, override)
    return parse(RunConfig, data, str(path) if path.parent != RECIPES else f"recipe {path.stem!r}")


def _find(name_or_path: str) -> Path:
    shipped = RECIPES / f"{name_or_path}.yaml"
    if name_or_path in recipe_names():
        return shipped
    path = Path(name_or_path)
    if path.is_file():
        return path
    names = recipe_names()
    raise UserError(
        f"--config {name_or_path!r} is neither a file nor a shipped recipe{nearest(name_or_path, names)} "
        f"(recipes: {', '.join(names)})"
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, ValueError) as error:
        raise UserError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise UserError(f"{path}: expected a mapping of sections at the top level")
    return data


def _apply(data: dict[str, Any], override: str) -> None:
    key, separator, text = override.partition("=")
    if not separator:
        raise UserError(f"--set {override!r}: expected section.key=value, for example train.max_steps=10")
    *parents, last = key.strip().split(".")
    section: Any = data
    for parent in parents:
        section = section.setdefault(parent, {})
        if not isinstance(section, Mapping):
            raise UserError(f"--set {override!r}: {parent!r} is not a section")
    try:
        section[last] = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise UserError(f"--set {override!r}: not readable as YAML: {' '.join(str(error).split())}") from None
