"""Resuming: the identity of a run, each reason to refuse, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train import resume
from algorand_coder.train.backends import Job, choose
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.resume import identity_of, last_complete, mark_complete

CONFIG = TrainConfig(
    base_model="tiny",
    dtype="float32",
    lora_r=4,
    lora_alpha=8,
    lora_dropout=0.1,
    learning_rate=5e-3,
    batch_size=2,
    gradient_accumulation=2,
    epochs=2,
    save_every=2,
    eval_every=4,
    gradient_checkpointing=False,
    chat_template_kwargs={"enable_thinking": False},
)
KILLED = """
import os, pickle, signal, sys
from dataclasses import replace
from importlib.metadata import version
from algorand_coder.train.backends import choose
with open(sys.argv[1], "rb") as stream:
    job = pickle.load(stream)
def on_step(step):
    if step.step == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
import torch
torch.set_num_threads(1)
choose(job.config).train(replace(job, on_step=on_step))
"""
TwinJob = Callable[[str, TrainConfig], Job]
PACKAGES = ("torch", "peft")


@pytest.fixture
def job(twin_job: TwinJob) -> Job:
    return twin_job("qwen2", CONFIG)


def saved(job: Job, step: int = 4) -> Path:
    """A complete checkpoint of ``job``."""
    folder = job.work / "checkpoints" / f"checkpoint-{step}"
    folder.mkdir(parents=True)
    mark_complete(folder, identity(job))
    return folder


def identity(job: Job, dtype: str = "float32", processes: int = 1) -> resume.Identity:
    return identity_of(job, PACKAGES, dtype=dtype, processes=processes)


def configured(**values: Any) -> Callable[[Job], Job]:
    return lambda job: replace(job, config=job.config.model_copy(update=values))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (configured(lora_r=8), r"the adapter's shape changed \(lora_r 4, now 8\)"),
        (
            configured(target_modules=("q_proj",)),
            r"shape changed \(target_modules q_proj\+k_proj\+.*, now q_proj",
        ),
        (configured(lora_dropout=0.0, target_parameters=("experts.up_proj",)), "the adapter's shape changed"),
        (
            configured(learning_rate=1e-3),
            r"the optimizer or other settings changed \(learning_rate 0\.005, now",
        ),
        (configured(lr_scheduler="linear"), "lr_scheduler cosine, now linear"),
        (configured(gradient_accumulation=4, batch_size=1), "batch_size 2, now 1, gradient_accumulation 2, now 4"),
        (configured(quantization="nf4"), r"the base model changed \(quantization none, now nf4\)"),
        (lambda job: replace(job, rows=job.rows[::-1]), r"the data changed \(rows\)"),
        (lambda job: replace(job, order=job.order[::-1]), r"the data changed \(order\)"),
        (lambda job: replace(job, seed=6), r"the data changed \(seed 5, now 6\)"),
    ],
)
def test_a_checkpoint_of_another_run_is_refused_with_the_reason(
    job: Job, change: Callable[[Job], Job], reason: str
) -> None:
    folder = saved(job)
    assert last_complete(folder.parent, identity(job)) == folder
    with pytest.raises(UserError, match=reason) as raised:
        last_complete(folder.parent, identity(change(job)))
    assert "\n" not in str(raised.value)
    assert f"delete {folder.parent}" in str(raised.value)
    assert folder.is_dir()


def test_other_versions_types_and_processes_are_refused(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = saved(job)
    with pytest.raises(UserError, match=r"what computes it changed \(dtype float32, now bf.*, processes 1, now 2\)"):
        last_complete(folder.parent, identity(job, "bfloat16", 2))
    monkeypatch.setattr(resume, "version", lambda name: "0.9" if name == "peft" else version(name))
    with pytest.raises(UserError, match=r"library versions changed \(peft \d.*, now 0\.9\)"):
        last_complete(folder.parent, identity(job))


def test_other_weights_under_the_same_name_are_refused(job: Job, tmp_path: Path) -> None:
    folder = saved(job)
    other = shutil.copytree(job.model_dir, tmp_path / "other")
    assert last_complete(folder.parent, identity(replace(job, model_dir=other))) == folder
    with (other / "model.safetensors").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(UserError, match=r"the base model changed \(weights\)"):
        last_complete(folder.parent, identity(replace(job, model_dir=other)))


def test_a_marker_of_another_make_is_refused(job: Job) -> None:
    folder = saved(job)
    (folder / resume.COMPLETE).write_text('{"fingerprint": "x"}')
    with pytest.raises(UserError, match="another version of algorand-coder"):
        last_complete(folder.parent, identity(job))


def test_a_hash_is_an_identity_too(tmp_path: Path) -> None:
    (tmp_path / "checkpoint-1").mkdir()
    mark_complete(tmp_path / "checkpoint-1", "x")
    assert last_complete(tmp_path, "x") == tmp_path / "checkpoint-1"
    with pytest.raises(UserError, match="settings, rows or library versions changed"):
        last_complete(tmp_path, "y")


def test_how_often_is_saved_and_who_watches_is_free(job: Job) -> None:
    folder = saved(job)
    assert last_complete(folder.parent, identity(configured(save_every=50)(job))) == folder


def test_unfinished_checkpoints_are_removed(job: Job) -> None:
    older = saved(job, 2)
    for step, marker in ((10, ""), (4, None)):
        folder = older.parent / f"checkpoint-{step}"
        folder.mkdir()
        if marker is not None:
            (folder / resume.COMPLETE).write_text(marker)
    assert last_complete(older.parent, identity(job)) == older
    assert list(older.parent.iterdir()) == [older]
    assert last_complete(job.work / "nowhere", identity(job)) is None


def test_training_goes_on_from_no_checkpoint_of_another_run(job: Job) -> None:
    choose(CONFIG).train(job)
    with pytest.raises(UserError, match=r"lora_r 4, now 8"):
        choose(CONFIG).train(configured(lora_r=8)(job))


def curve(history: Any) -> list[tuple[Any, ...]]:
    """Everything of a history but the times."""
    return [(s.step, s.loss, s.learning_rate, s.grad_norm, s.tokens) for s in history.steps] + [
        (h.step, h.loss, h.by_category) for h in history.held_out
    ]


@pytest.mark.slow
def test_killed_and_resumed_equals_uninterrupted(twin_job: TwinJob, tmp_path: Path) -> None:
    """kill -9 inside step 5; the next call goes on from step 4 and ends with the same curve and the same weights."""
    job = twin_job("nemotron-h", CONFIG)
    (tmp_path / "elsewhere").mkdir()
    whole = choose(CONFIG).train(replace(job, work=tmp_path / "elsewhere", output=tmp_path / "whole"))
    (tmp_path / "job.pickle").write_bytes(pickle.dumps(job))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "job.pickle"), "5"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not job.output.exists()
    # what a kill in the middle of a save leaves
    half = job.work / "checkpoints" / "checkpoint-6"
    half.mkdir()
    (half / "adapter_model.safetensors").write_bytes(b"half")

    resumed = choose(CONFIG).train(job)
    assert resumed.resumed_from == 4
    assert curve(resumed.history) == curve(whole.history)
    name = "adapter_model.safetensors"
    assert (job.output / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_finished_run_is_not_trained_again(job: Job) -> None:
    first = choose(CONFIG).train(job)
    seen: list[int] = []
    again = choose(CONFIG).train(replace(job, on_step=lambda step: seen.append(step.step)))
    assert (seen, again.resumed_from) == ([], job.steps)
    assert curve(again.history) == curve(first.history)
    kept = json.loads((job.work / "checkpoints" / f"checkpoint-{job.steps}" / resume.COMPLETE).read_text())
    assert kept["fingerprint"]["the data"]["seed"] == 5
