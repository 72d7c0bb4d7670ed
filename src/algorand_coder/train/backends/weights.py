"""Writing what was trained: an adapter that names its base as a person would, or a whole model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from algorand_coder.train.config import TrainConfig


def write_weights(model: Any, config: TrainConfig, state: dict[str, Any] | None, folder: Path) -> None:
    """Write ``model`` into ``folder``, replacing what is there. ``state`` holds its weights where they are sharded.

    Of several adapters the one that was trained is written, not a frozen copy beside it that served as reference.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if config.method == "full":
        model.save_pretrained(str(folder), state_dict=state)
        return
    for adapter in model.peft_config.values():
        adapter.base_model_name_or_path = config.base_model  # not a folder of this machine
    given = {} if state is None else {"state_dict": state}
    # Adapters here hold no embeddings; "auto" would ask the hub whether the base model's vocabulary was resized.
    model.save_pretrained(str(folder), save_embedding_layers=False, selected_adapters=["default"], **given)
    (folder / "README.md").unlink(missing_ok=True)
    path = folder / "adapter_config.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    for key in ("target_modules", "target_parameters"):  # sets in PEFT, whose order changes from run to run
        written[key] = sorted(written[key]) if written[key] else written[key]
    path.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
