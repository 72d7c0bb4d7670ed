"""A model to be served on a rented GPU: vLLM and the gateway before it, as ``algorand-coder serve`` starts them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.launch.order import Gpu
from algorand_coder.serve.engines import vllm
from algorand_coder.serve.engines.choosing import Source, find
from algorand_coder.serve.start import KEYS_VARIABLE, keys_from
from algorand_coder.train.cards import is_known, shape_of

VLLM = "0.33.0"
"""The version that is installed there; an environment of its own, for its pins do not agree with ours."""
PORT = 8800
UNUSED_MINUTES = 20
"""Without a request for this long the machine is given back; the next request starts one again."""
START_MINUTES = 45
"""A machine may take this long to fetch the weights and load them."""
_CONTEXT = 32_768
"""Enough for the longest request and answer that the gateway takes by itself."""
_HUB_TOKEN = "HF_TOKEN"  # noqa: S105
_LONGEST_NAME = 60
_IN_A_RUN = ("adapter", "model", "train", "export")
"""Folders that every run has: the run's own name says more."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is served, on what."""

    model: str
    """owner/name on the hub, or a folder here."""
    folder: Path | None
    """What has to be sent; ``None`` for a model on the hub."""
    base: str
    """Hub id of the base model where the folder holds an adapter; empty otherwise."""
    gpu: Gpu
    context: int | None
    """Tokens of prompt and answer together; ``None``: as many as the model knows."""
    secrets: tuple[str, ...]
    """Environment variables that are handed over; their values stand in no file."""
    disk_gb: int = 250

    @property
    def name(self) -> str:
        """What the service is called."""
        words = self.model
        if self.folder:
            words = next((part for part in reversed(self.folder.resolve().parts) if part not in _IN_A_RUN), "model")
        slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        return f"algorand-coder-serve-{slug}"[:_LONGEST_NAME].rstrip("-")

    def command(self, model: str) -> str:
        """What runs there, in the checkout, with ``vllm`` on PATH; ``model`` is where the machine has it."""
        line = [".venv/bin/algorand-coder", "serve", model, "--engine", "vllm"]
        if self.context:
            line += [f"--engine-arg=--max-model-len={self.context}"]
        return shlex.join([*line, "--host", "0.0.0.0", "--port", str(PORT)])  # noqa: S104


def deployment(model: str, on: Gpu, context: int | None, environment: Mapping[str, str]) -> Deployment:
    """Examine what is to be served. Raises ``UserError`` where it could not be, or where everybody could ask it."""
    if not keys_from(None, environment):
        raise UserError(
            "the service can be reached from everywhere, and nothing would ask for a key: "
            f"export {KEYS_VARIABLE}=$(openssl rand -hex 24)"
        )
    found = find(model)
    if found.weights.endswith(".gguf"):
        raise UserError(f"{model}: vLLM serves folders: algorand-coder export --format safetensors makes one")
    here = Path(found.adapter or found.weights)
    folder = here if here.is_dir() else None
    base = _base(model, found) if found.adapter else ""
    if folder and not base and not (folder / "config.json").is_file():
        raise UserError(
            f"{model} holds no model: give a run folder, the folder of an export or an adapter, or owner/name"
        )
    vllm.as_trained(here)
    if folder and folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    token = [_HUB_TOKEN] if (base or not folder) and environment.get(_HUB_TOKEN) else []
    shape = base or str(folder or model)
    longest = shape_of(shape).get("max_position_embeddings") if is_known(shape) else None
    context = context or (min(_CONTEXT, longest) if longest else None)
    return Deployment(model, folder, base, on, context, (KEYS_VARIABLE, *token))


def _base(model: str, adapter: Source) -> str:
    if Path(adapter.weights).exists() or adapter.weights.count("/") != 1:
        raise UserError(f"{model}: its base model is on no hub: export it merged, and serve that")
    return adapter.weights
