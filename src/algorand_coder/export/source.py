"""What is exported: an adapter with the record of its training, and the run it came from where there is one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.serve.engines.choosing import find as find_weights


@dataclass(frozen=True)
class Source:
    """An adapter and where it comes from."""

    adapter: Path
    base: str
    """Embedded model, folder, or hub id."""
    revision: str | None
    record: dict[str, Any]
    """``algorand-coder.json`` of the adapter; empty for an adapter of other making."""
    run: Path | None
    """The run folder, for data and scores on the card."""

    @property
    def switches(self) -> dict[str, Any]:
        """What the chat template is always given."""
        return dict(self.record.get("chat_template_kwargs", {}))


def find(path: Path) -> Source:
    """The adapter that ``path`` (a run folder or an adapter's) names. Raises ``UserError`` where there is none."""
    adapter = path / "train" / "adapter"
    if not (adapter / "adapter_config.json").is_file():
        adapter = path
    if not (adapter / "adapter_config.json").is_file():
        raise UserError(f"{path} is neither a run folder with a trained adapter nor an adapter's folder")
    adapter = adapter.resolve()
    if not (adapter / "adapter_model.safetensors").is_file():
        raise UserError(f"{adapter} has no adapter_model.safetensors: train again, or save the adapter as safetensors")
    found = find_weights(str(adapter))
    record = adapter / ADAPTER_RECORD
    run = adapter.parent.parent
    return Source(
        adapter=adapter,
        base=found.weights,
        revision=found.revision or None,
        record=json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {},
        run=run if adapter.parent.name == "train" and (run / "train" / "manifest.json").is_file() else None,
    )
