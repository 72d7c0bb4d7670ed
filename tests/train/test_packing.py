"""Packed rows: the same numbers as padded ones, and blind to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import quiet_transformers
from algorand_coder.train.backends import Job, choose, packing
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import IGNORED
from algorand_coder.train.selection import batch_order

CONFIG = TrainConfig(
    base_model="twin",
    dtype="float32",
    lora_r=4,
    lora_alpha=8,
    lora_dropout=0.0,
    learning_rate=5e-3,
    batch_size=2,
    gradient_accumulation=4,
    epochs=1,
    gradient_checkpointing=False,
)
TwinJob = Callable[[str, TrainConfig], Job]
Folder = Callable[[str], Path]


def load(model: Path) -> Any:
    import torch
    from transformers import AutoModelForCausalLM

    quiet_transformers()
    return AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32).eval()


@pytest.mark.parametrize("architecture", ["qwen2", "qwen3-moe"])
def test_packed_training_is_padded_training(architecture: str, twin_job: TwinJob, tmp_path: Path) -> None:
    """Every step's loss and gradient, and the held-out losses by category."""
    job = twin_job(architecture, CONFIG)
    curves = []
    for packed in (False, True):
        config = CONFIG.model_copy(update={"packing": packed})
        work = tmp_path / str(packed)
        work.mkdir()
        done = choose(config).train(replace(job, config=config, work=work, output=work / "adapter"))
        curves.append(done.history)
    padded, laid_out = curves
    assert len(padded.steps) == 4
    for one, other in zip(padded.steps, laid_out.steps, strict=True):
        assert other.loss == pytest.approx(one.loss, rel=1e-6)
        assert other.grad_norm == pytest.approx(one.grad_norm, rel=1e-4)
        assert other.tokens == one.tokens
    for before, after in zip(padded.held_out, laid_out.held_out, strict=True):
        assert after.loss == pytest.approx(before.loss, abs=2e-6)
        assert after.by_category == pytest.approx(before.by_category, abs=2e-6)


def test_rows_that_could_see_each_other_are_found_out(twin_folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its borders a pack is one long row: the probe must notice."""
    model = load(twin_folder("qwen2"))
    packing.enable(model)
    assert packing.leak(model) < 1e-4
    whole = packing.packed_attention

    def borderless(*args: Any, **rest: Any) -> Any:
        return whole(*args, **{**rest, "cu_seq_lens_q": rest["cu_seq_lens_q"][[0, -1]]})

    monkeypatch.setattr(packing, "packed_attention", borderless)
    with pytest.raises(UserError, match="sees the row before it"):
        packing.enable(load(twin_folder("qwen2")))
    monkeypatch.undo()
    packing.enable(load(twin_folder("qwen2")))


def test_a_model_with_mamba_layers_is_refused(twin_folder: Folder) -> None:
    with pytest.raises(UserError, match=r"sees the row before it.*train\.packing=false"):
        packing.enable(load(twin_folder("nemotron-h")))


def test_attention_without_borders_is_a_bug(twin_folder: Folder) -> None:
    import torch

    model = load(twin_folder("qwen2"))
    packing.enable(model)
    ids = torch.tensor([[5, 6, 7]])
    with pytest.raises(RuntimeError, match="borders"):
        model(input_ids=ids)
    with packing.plain_attention(model):
        assert model(input_ids=ids).logits.shape[1] == 3
    with pytest.raises(RuntimeError, match="borders"):
        model(input_ids=ids)


def test_nothing_is_learnt_across_a_border() -> None:
    batch = packing.collate(
        [{"input_ids": [1, 2, 3, 4, 5], "labels": [1, 2, 3, 4, 5], "seq_lengths": [2, 3]}, {"input_ids": [6, 7]}]
    )
    assert batch["input_ids"].tolist() == [[1, 2, 3, 4, 5, 6, 7]]
    assert batch["labels"].tolist() == [[IGNORED, 2, IGNORED, 4, 5, IGNORED, 7]]
    assert batch["position_ids"].tolist() == [[0, 1, 0, 1, 2, 0, 1]]
    assert batch["cu_seq_lens_q"].tolist() == [0, 2, 5, 7]
    assert batch["max_length_q"] == 3


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=60),
    st.integers(1, 5),
    st.integers(1, 6),
    st.integers(0, 3),
)
def test_a_step_keeps_its_rows_whatever_the_packs(lengths: list[int], batch: int, a_step: int, seed: int) -> None:
    order = batch_order(lengths, epochs=2, batch_size=batch, seed=seed)
    step_rows = batch * a_step
    made = packing.packs(lengths, order, step_rows=step_rows, a_step=a_step)
    assert all(made)
    for number, start in enumerate(range(0, len(order), step_rows)):
        rows = order[start : start + step_rows]
        packs = made[number * a_step : (number + 1) * a_step]
        assert sorted(index for pack in packs for index in pack) == sorted(rows)
        fullest = max(sum(lengths[index] for index in pack) for pack in packs)
        total = sum(lengths[index] for index in rows)
        assert fullest <= total / min(a_step, len(rows)) + max(lengths)
