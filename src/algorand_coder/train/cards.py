"""The dated table of base models and hardware (``cards.yaml``), and models as empty shells built from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from algorand_coder.errors import UserError, nearest


@dataclass(frozen=True)
class Hardware:
    """A row of the hardware table."""

    name: str
    devices: int
    gib: float
    """Usable memory of one device."""


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("cards.yaml").read_text(encoding="utf-8"))
    return table


def hardware() -> list[Hardware]:
    """The hardware that estimates are compared with."""
    return [Hardware(**row) for row in _table()["hardware"]]


def peak_tflops(device: str) -> float:
    """Dense bfloat16 TFLOPS that the maker states for a GPU of this name; 0 for one that is not in the table."""
    return next((float(peak) for name, peak in _table()["peak_bfloat16_tflops"].items() if name in device), 0.0)


def known_models() -> list[str]:
    """Base models whose shape is known without a download."""
    return list(_table()["models"])


def is_known(base_model: str) -> bool:
    """Whether :func:`shape_of` can tell the model's shape."""
    return base_model in known_models() or (Path(base_model).expanduser() / "config.json").is_file()


def shape_of(base_model: str) -> dict[str, Any]:
    """The architecture of a base model, from its folder or from the table.

    Raises ``UserError`` for a model that is neither.
    """
    local = Path(base_model).expanduser() / "config.json"
    if local.is_file():
        shape: dict[str, Any] = json.loads(local.read_text(encoding="utf-8"))
        return shape
    card = _table()["models"].get(base_model)
    if card is None:
        raise UserError(
            f"nothing is known of the shape of {base_model!r} without a download{nearest(base_model, known_models())}: "
            "give a local folder, or train without --dry-run"
        )
    return dict(card["config"])


def licence_of(base_model: str) -> str:
    """The licence of a base model in the table; empty for any other."""
    return str(_table()["models"].get(base_model, {}).get("licence", ""))


def shell(base_model: str) -> Any:
    """The model without weights (PyTorch's ``meta`` device): every layer has its name and shape and no memory."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    shape = shape_of(base_model)
    config = AutoConfig.for_model(**shape)
    with torch.device("meta"):
        return AutoModelForCausalLM.from_config(config, dtype=torch.bfloat16)
