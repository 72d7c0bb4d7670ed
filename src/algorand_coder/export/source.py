"""What is exported: what training left, with its record, and the run it came from where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import read_record
from algorand_coder.serve.engines.choosing import find as find_weights


@dataclass(frozen=True)
class Source:
    """An adapter, or a model whose every weight was trained, and where it comes from."""

    adapter: Path
    """The folder of either."""
    base: str
    """Embedded model, folder, or hub id."""
    revision: str | None
    record: dict[str, Any]
    """``algorand-coder.json`` beside the weights; empty for an adapter of other making."""
    run: Path | None
    """The run folder, for data and scores on the card."""
    whole: bool = False
    """Whether ``adapter`` holds a whole model: there is nothing to merge then."""

    @property
    def switches(self) -> dict[str, Any]:
        """What the chat template is always given."""
        return dict(self.record.get("chat_template_kwargs", {}))


def find(path: Path) -> Source:
    """What ``path``, a run folder or the folder that training left in it, names.

    Raises ``UserError`` where there is nothing trained.
    """
    folders = [path / "train" / "adapter", path / "train" / "model", path]
    adapter = next((folder.resolve() for folder in folders if _is_adapter(folder) or _is_trained_model(folder)), None)
    if adapter is None:
        raise UserError(f"{path} is neither a run folder with a trained model nor the folder of an adapter")
    of_a_run = adapter.parent.name == "train" and (adapter.parent / "manifest.json").is_file()
    run = adapter.parent.parent if of_a_run else None
    record = read_record(adapter)
    if not _is_adapter(adapter):
        revision = record.get("base_revision") or None
        return Source(adapter, str(record["base_model"]), revision, record, run, whole=True)
    if not (adapter / "adapter_model.safetensors").is_file():
        raise UserError(f"{adapter} has no adapter_model.safetensors: train again, or save the adapter as safetensors")
    found = find_weights(str(adapter))
    return Source(adapter, found.weights, found.revision or None, record, run)


def _is_adapter(folder: Path) -> bool:
    return (folder / "adapter_config.json").is_file()


def _is_trained_model(folder: Path) -> bool:
    """Whether a run with ``train.method=full`` left it; an export, which has a record too, is no source of another."""
    own = (folder / "config.json").is_file() and not (folder / "export.json").is_file()
    return own and bool(read_record(folder).get("base_model"))
