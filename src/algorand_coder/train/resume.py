"""Going on after a kill: exactly where the run stood, or not at all, with the reason.

A checkpoint carries the identity of its run. One that differs would train another model than the one that was begun:
another adapter would not even load, another order of rows would train some of them twice.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.pipeline.stage import code_fingerprint
from algorand_coder.records import digest
from algorand_coder.train.backends import Job

COMPLETE = "complete.json"
"""Written into a checkpoint when all of it is on disk; a checkpoint without it is what a kill left behind."""
ADAPTER = ("method", "lora_r", "lora_alpha", "lora_dropout", "target_modules", "target_parameters", "lora_r_experts")
BASE = ("base_model", "base_revision", "quantization")
FREE = ("monitors", "save_every", "max_minutes", "dtype")
"""Settings that change nothing of what is learnt, or that are compared by what came of them."""

CODE = ("algorand_coder.train", "algorand_coder.generate.chat")

Identity = dict[str, dict[str, Any]]
"""What a run is made of, by kind: two runs of one identity learn the same."""


def identity_of(job: Job, packages: Sequence[str], *, dtype: str, processes: int) -> Identity:
    """Everything that decides what ``job`` learns, computed in ``dtype`` by ``processes`` with ``packages``."""
    config = job.config.model_dump(mode="json")
    settings = {key: value for key, value in config.items() if key not in {*ADAPTER, *BASE, *FREE}}
    return {
        "the adapter's shape": {key: config[key] for key in ADAPTER if key in config},
        "the base model": {**{key: config[key] for key in BASE}, "weights": _weights(job.model_dir)},
        "the optimizer or other settings": settings,
        "the data": {
            "rows": digest([[row.input_ids, row.labels] for row in job.rows]),
            "order": digest(list(job.order)),
            "seed": job.seed,
        },
        "what computes it": {"dtype": dtype, "processes": processes},
        "library versions": {**{name: version(name) for name in packages}, "algorand-coder": code_fingerprint(CODE)},
    }


def last_complete(checkpoints: Path, identity: Identity | str) -> Path | None:
    """The newest checkpoint that was written to the end; what a kill left half written is removed.

    Raises ``UserError`` naming each difference when it belongs to a run of another identity (a hash names none).
    """
    for folder in sorted(checkpoints.glob("checkpoint-*"), key=step_of, reverse=True):
        try:
            found = json.loads((folder / COMPLETE).read_text(encoding="utf-8"))["fingerprint"]
        except (OSError, ValueError, KeyError, TypeError):
            shutil.rmtree(folder)
            continue
        reasons = differences(found, json.loads(json.dumps(identity)))
        if reasons:
            raise UserError(
                f"{folder} belongs to another run, so going on from it would not be exact: {'; '.join(reasons)}. Take "
                f"that back, or delete {checkpoints} to start from the beginning"
            )
        return folder
    return None


def forget_unstarted(work: Path) -> None:
    """Empty a run's ``work`` folder unless it holds a complete checkpoint: nothing else there can be gone on from."""
    if not any(work.glob(f"checkpoints/checkpoint-*/{COMPLETE}")):
        for path in work.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def mark_complete(checkpoint: Path, identity: Identity | str) -> None:
    """Say that all of ``checkpoint`` is on disk, and whose it is."""
    (checkpoint / COMPLETE).write_text(json.dumps({"fingerprint": identity}), encoding="utf-8")


def differences(found: Any, wanted: Identity | str) -> list[str]:
    """What differs between two identities, in words: ``the data changed (rows)``."""
    if isinstance(wanted, str):
        return [] if found == wanted else ["its settings, rows or library versions changed"]
    if not isinstance(found, dict) or set(found) != set(wanted):
        return ["it was made by another version of algorand-coder"]
    reasons = []
    for kind, parts in wanted.items():
        changed = [_change(key, found[kind], parts) for key in {**found[kind], **parts}]
        named = [change for change in changed if change]
        if named:
            reasons.append(f"{kind} changed ({', '.join(named)})")
    return reasons


def step_of(checkpoint: Path) -> int:
    """The optimizer step of a checkpoint folder; -1 for a folder of another name."""
    number = checkpoint.name.rpartition("-")[2]
    return int(number) if number.isdigit() else -1


def _change(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    old, new = before.get(key), after.get(key)
    if old == new:
        return ""
    hashed = any(isinstance(value, str) and len(value) == 64 for value in (old, new))
    return key if hashed else f"{key} {_shown(old)}, now {_shown(new)}"


def _shown(value: Any) -> str:
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _weights(model_dir: Path) -> str:
    """Identity of the base's files by name and size, and of its configuration by content: gigabytes are not read."""
    sizes = {path.name: path.stat().st_size for path in sorted(model_dir.glob("*.safetensors"))}
    return digest([sizes, (model_dir / "config.json").read_text(encoding="utf-8")])
