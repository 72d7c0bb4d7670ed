"""From what a person names (a folder, an adapter, a GGUF file, a hub id) to the best engine that is installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.base_models import EMBEDDED
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.serve.engines.base import Engine

ENGINES = {"vllm": "vllm", "llama.cpp": "llama_cpp", "transformers": "local"}
"""Name → module. Each has ``available()`` and ``make(source, arguments, stall, longest)``."""


@dataclass(frozen=True)
class Source:
    """What an engine loads."""

    weights: str
    """Folder, GGUF file, embedded model or hub id."""
    revision: str = ""
    adapter: str = ""
    rank: int = 0
    """LoRA rank of the adapter."""


def find(model: str) -> Source:
    """What ``model`` is: an adapter with the base it was trained on, or weights as they are; a run folder is either.

    Raises ``UserError`` with one line for something that cannot be served.
    """
    path = Path(model).expanduser()
    if path.is_file():
        if path.suffix != ".gguf":
            raise UserError(f"{model} is no model: give a folder, a .gguf file, or owner/name on the hub")
        return Source(str(path.resolve()))
    if not path.is_dir():
        if model.startswith((".", "/", "~")) or path.suffix == ".gguf" or model.count("/") > 1:
            raise UserError(f"{model}: no such folder or file")
        if "/" not in model and model not in EMBEDDED:
            raise UserError(f"{model}: no such folder or file, and no owner/name on the hub")
        return Source(model)
    path = next((each for each in (path / "train" / "adapter", path / "train" / "model") if each.is_dir()), path)
    if not (path / "adapter_config.json").is_file():
        return Source(str(path.resolve()))
    config, record = _read(path / "adapter_config.json"), {}
    if (path / ADAPTER_RECORD).is_file():
        record = _read(path / ADAPTER_RECORD)
    base = record.get("base_model") or config.get("base_model_name_or_path")
    if not base:
        raise UserError(f"{model}: its adapter_config.json does not say which base model it belongs to")
    revision = record.get("base_revision") or ""
    return Source(str(base), str(revision), str(path.resolve()), int(config.get("r") or 0))


def choose(source: Source, engine: str, arguments: Sequence[str], stall: float, longest: float) -> Engine:
    """The engine called ``engine``, or for ``auto`` the best of those that are installed and can load ``source``."""
    if engine == "auto":
        engine = _best(source)
    module: Any = import_module(f"algorand_coder.serve.engines.{ENGINES[engine]}")
    made: Engine = module.make(source, arguments, stall, longest)
    return made


def _best(source: Source) -> str:
    from algorand_coder.serve.engines import vllm

    if source.weights.endswith(".gguf"):
        return "llama.cpp"
    return "vllm" if vllm.available() else "transformers"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{path}: not readable as JSON: {error}") from None
    if not isinstance(found, dict):
        raise UserError(f"{path}: expected a JSON object")
    return found
