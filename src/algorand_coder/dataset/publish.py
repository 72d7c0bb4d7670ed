"""To a hub: what is sent, what must never be, and the sending itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from algorand_coder.dataset.finished import DataSet
from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate import environment
from algorand_coder.pipeline.manifest import hash_outputs

FILES = (
    "README.md",
    "ATTRIBUTION.md",
    "train.jsonl",
    "validation.jsonl",
    "train.chat.jsonl",
    "validation.chat.jsonl",
    "pairs.parquet",
    "splits.json",
    "leakage.parquet",
)
"""What a published data set consists of. Rejects stay here: they hold text that was refused, for its licence too."""


@dataclass(frozen=True)
class Shipment:
    """What would be sent."""

    folder: Path
    files: tuple[tuple[str, int], ...]
    """Name and size in bytes."""
    rows: int


def prepare(data: DataSet) -> Shipment:
    """The files to send.

    Raises ``UserError`` when a row comes from a private source or has no licence, or when the files are not those
    that the stage wrote.
    """
    private = [origin.source for pair in data.pairs for origin in pair.provenance if origin.private]
    if private:
        raise UserError(
            f"{len(private)} rows come from private sources ({', '.join(sorted(set(private)))}): nothing was sent; "
            "leave those sources out of the run and make the data set again"
        )
    unlicensed = [pair.id for pair in data.pairs if not pair.provenance or not all(p.licence for p in pair.provenance)]
    if unlicensed:
        raise UserError(f"{len(unlicensed)} rows name no licence (the first is {unlicensed[0]}): nothing was sent")
    found = hash_outputs(data.folder)
    changed = [name for name in FILES if found.get(name) != data.manifest.outputs.get(name) or name not in found]
    if changed:
        raise UserError(
            f"{data.folder / changed[0]} is not as the stage wrote it: nothing was sent; run "
            "'algorand-coder dataset --force'"
        )
    files = tuple((name, (data.folder / name).stat().st_size) for name in FILES)
    return Shipment(data.folder, files, len(data.pairs))


def push(shipment: Shipment, repository: str, *, private: bool, endpoint: str | None = None) -> str:
    """Send a shipment to the data set ``repository`` (``owner/name``, made where it is missing); returns its URL."""
    names = [name for name, _ in shipment.files]
    message = f"{shipment.rows:,} instruction pairs"
    return send(shipment.folder, names, repository, "dataset", private=private, message=message, endpoint=endpoint)


def send(
    folder: Path,
    names: Sequence[str],
    repository: str,
    kind: Literal["dataset", "model"],
    *,
    private: bool,
    message: str,
    endpoint: str | None = None,
) -> str:
    """Send the files ``names`` of ``folder`` in one commit to a repository on a hub; returns its address.

    Whoever is logged in (``hf auth login`` or ``HF_TOKEN``) sends. Raises ``UserError`` when the hub refuses or cannot
    be reached.
    """
    environment.prepare()
    try:
        from huggingface_hub import HfApi
    except ImportError:
        raise MissingTool("sending to a hub needs huggingface_hub: pip install 'algorand-coder[train]'") from None
    api = HfApi(endpoint=endpoint)
    try:
        address = api.create_repo(repository, repo_type=kind, private=private, exist_ok=True)
        api.upload_folder(
            repo_id=repository, repo_type=kind, folder_path=folder, allow_patterns=list(names), commit_message=message
        )
    except Exception as error:  # the client raises its own, requests' and httpx' errors
        words = " ".join(str(error).split())[:160]
        raise UserError(
            f"the hub did not take {repository} ({type(error).__name__}: {words}): log in with 'hf auth login', then "
            "run the same command again"
        ) from None
    return str(address)
