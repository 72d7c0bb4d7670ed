"""Who answers, by name: the run's own models, folders, endpoints; alone or with one of the two honest helps.

``+docs`` puts documentation of the packages into the prompt, ``+repair`` hands the compiler's findings back for some
rounds. A fine-tuned model that does not beat its base with such a help is not worth its training.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from algorand_coder.errors import UserError
from algorand_coder.evaluate.answering import EndpointModel, LocalModel, Model
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.generate.endpoints import label_of, resolve
from algorand_coder.pipeline import StageContext
from algorand_coder.pipeline.manifest import file_hash
from algorand_coder.records import digest

OF_THE_RUN = ("base", "tuned")
TRAINED = ("adapter", "model")
"""Folders that training leaves: one of the two, as it trained an adapter or every weight."""
TRAINING = ("train", "rft", "dpo", "grpo")
"""Stages that leave them: a run's name tells its adapters from those of another."""
LONGEST_NAME = 100
"""Bytes in the name of a run folder; file systems take 255, and editors and archives add to it."""
Help = Literal["docs", "repair"]
HELPS: tuple[Help, ...] = ("docs", "repair")


@dataclass(frozen=True)
class Spec:
    """A model and the help that it gets."""

    label: str
    """What rows and results call it: free of folders and addresses."""
    source: str
    """``base``, ``tuned``, a folder, or what ``endpoints.resolve`` takes."""
    documentation: bool
    repair: bool


def specs(names: Sequence[str]) -> list[Spec]:
    """What ``names`` mean. Raises ``UserError`` where two would be called the same."""
    found = [_spec(name) for name in names]
    labels = [spec.label for spec in found]
    for label in labels:
        if labels.count(label) > 1:
            raise UserError(f"evaluate.models: two models would be called {label!r}; measure them in two runs")
    return found


def check_names(names: Sequence[str]) -> None:
    """Raise ``UserError`` with one line for a name that nothing is known of."""
    for spec in specs(names):
        if spec.source not in OF_THE_RUN and not Path(spec.source).expanduser().is_dir():
            resolve(spec.source)


def check_keys(names: Sequence[str]) -> None:
    """Raise ``UserError`` when a model needs a key that is not set, before anything is touched."""
    for spec in specs(names):
        if spec.source not in OF_THE_RUN and not Path(spec.source).expanduser().is_dir():
            model = resolve(spec.source)
            if model.missing_key:
                raise UserError(f"{spec.label} needs a key: set the environment variable {model.missing_key}")


def run_name(names: Sequence[str]) -> str:
    """The name of a run folder for models that are none of a run's own."""
    name = "-vs-".join(_file_name(spec.label) for spec in specs(names))
    if name.startswith("."):
        name = "_" + name[1:]  # Neither hidden nor the folder above.
    if len(name.encode()) <= LONGEST_NAME:
        return name
    mark = digest(name)[:12]
    return f"{name.encode()[: LONGEST_NAME - 1 - len(mark)].decode(errors='ignore')}-{mark}"


def needs_run(config: EvaluateConfig) -> bool:
    """Whether one of the models is the run's own."""
    return any(spec.source in OF_THE_RUN for spec in specs(config.models))


def read_folders(config: EvaluateConfig) -> dict[str, dict[str, str]]:
    """Folders of weights and adapters with the hashes of their files: weights change under the same name.

    The base of an adapter is looked at too where it is a folder.
    """
    found: dict[str, dict[str, str]] = {}
    for spec in specs(config.models):
        folder = Path(spec.source).expanduser()
        if spec.source in OF_THE_RUN or not folder.is_dir():
            continue
        record = _record(folder / ADAPTER_RECORD) if (folder / ADAPTER_RECORD).is_file() else {}
        for each in (folder, Path(str(record.get("base_model", folder))).expanduser()):
            if each.is_dir() and f"folder {each}" not in found:
                found[f"folder {each}"] = _hashes(each)
    return found


def _hashes(folder: Path) -> dict[str, str]:
    """Of the files in ``folder`` itself: nothing is loaded from folders in it, where trainers leave checkpoints."""
    return {path.name: file_hash(path) for path in sorted(folder.iterdir()) if path.is_file()}


def open_model(spec: Spec, context: StageContext) -> Model:
    """The model that ``spec`` names; nothing heavy is loaded before it is asked.

    Raises ``UserError`` with one line for a name that nothing is known of and for a missing key.
    """
    config: EvaluateConfig = context.config
    # By hash, as two labels may be spelt alike in a file's name.
    saved = context.work / f"answers-{digest(spec.label)[:16]}.jsonl"
    if spec.source in OF_THE_RUN:
        trained = context.inputs["train"]
        weights = next((trained / name for name in TRAINED if (trained / name).is_dir()), trained / TRAINED[0])
        return _local(weights, saved, context, bare=spec.source == "base")
    folder = Path(spec.source).expanduser()
    if folder.is_dir():
        if (folder / ADAPTER_RECORD).is_file():
            return _local(folder, saved, context, bare=False)
        return LocalModel(spec.label, str(folder), None, None, None, config, saved, context.progress)
    return EndpointModel(label_of(spec.source), resolve(spec.source), config, context.seed)


def _local(weights: Path, saved: Path, context: StageContext, *, bare: bool) -> LocalModel:
    """What training left in ``weights``, an adapter or a whole model, or its ``bare`` base."""
    record = _record(weights / ADAPTER_RECORD)
    base = str(record["base_model"])
    revision = str(record["base_revision"]) if record.get("base_revision") else None
    template = str(record.get("chat_template_sha256", ""))
    switches = cast("Mapping[str, Any]", record.get("chat_template_kwargs", {}))
    rest = template, context.config, saved, context.progress, switches
    if bare:
        return LocalModel(base, base, revision, None, *rest)
    if (weights / "config.json").is_file():
        how = "an export" if (weights / "export.json").is_file() else "all weights trained"
        return LocalModel(f"{base}, {how}", str(weights), None, None, *rest)
    return LocalModel(f"{base} + adapter", base, revision, weights, *rest)


def _record(path: Path) -> Mapping[str, object]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {"base_model": found["base_model"], **found}
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{path} is missing or damaged: run 'algorand-coder train --force'") from None


def _spec(name: str) -> Spec:
    source, helps = name, set[str]()
    while (found := next((each for each in HELPS if source.endswith(f"+{each}")), None)) is not None:
        source = source.removesuffix(f"+{found}")
        helps.add(found)
    folder = Path(source).expanduser()
    plain = (_folder_name(folder.resolve()) if folder.is_dir() else label_of(source)) if source.strip() else ""
    if not plain:
        raise UserError(f"evaluate.models: {name!r} names no model: give base, tuned, a folder, or FILE.yaml#name")
    label = "".join([plain, *(f"+{each}" for each in HELPS if each in helps)])
    return Spec(label, source, "docs" in helps, "repair" in helps)


def _folder_name(folder: Path) -> str:
    """Its own name, with those of the stage and of the run for what a run has trained."""
    stage = folder.parent
    if folder.name not in TRAINED:
        return folder.name
    owners = (stage.parent.name, stage.name) if stage.name in TRAINING else (stage.name,)
    return "-".join(filter(None, (*owners, folder.name)))


def _file_name(label: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "+.-" else "_" for letter in label)
