from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import quiet_transformers
from algorand_coder.train.backends.trl import TrlBackend
from algorand_coder.train.backends.unsloth import UnslothBackend
from algorand_coder.train.cards import Hardware, hardware, is_known, known_models, shape_of, shell
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.dry_run import FITS, FITS_NOT, judge
from algorand_coder.train.memory import available, check_disk, check_memory, peak_rss_bytes
from algorand_coder.train.preflight import Preflight, change_that_fits, preflight

QWEN3 = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
NEMOTRON = "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16"
QWEN7 = "Qwen/Qwen2.5-Coder-7B-Instruct"


def examine(base_model: str, **values: Any) -> Preflight:
    quiet_transformers()
    return preflight(shell(base_model), TrainConfig(base_model=base_model, **values), on_gpu=True)


@pytest.mark.parametrize(
    ("base_model", "billions", "experts"),
    [(QWEN7, 7.62, 0.0), (QWEN3, 30.53, 28.99), (NEMOTRON, 31.58, 29.37), ("SmolLM2-135M-Instruct", 0.1345, 0.0)],
)
def test_shapes_give_the_published_sizes(base_model: str, billions: float, experts: float) -> None:
    found = examine(base_model)
    assert found.parameters / 1e9 == pytest.approx(billions, abs=0.005)
    assert found.expert_parameters / 1e9 == pytest.approx(experts, abs=0.005)


def test_adapter_size_is_exact() -> None:
    # r × (in + out) for q, k, v, o of 28 layers: hidden 3584, keys and values 512 wide
    expected = 28 * 64 * ((3584 + 3584) * 2 + (3584 + 512) * 2)
    assert examine(QWEN7, lora_r=64).trainable == expected


def test_nf4_experts_decide_whether_a_mixture_fits() -> None:
    found = examine(QWEN3, quantization="nf4")
    assert found.loose_experts is not None
    assert found.memory.gib < 24 < 50 < found.loose_experts.gib
    assert examine(QWEN7, quantization="nf4").loose_experts is None


def test_less_memory_for_checkpointing_shorter_rows_and_nf4() -> None:
    plain = examine(QWEN7, gradient_checkpointing=False).memory.gib
    checkpointed = examine(QWEN7).memory.gib
    short = examine(QWEN7, max_seq_length=1024).memory.gib
    assert plain > checkpointed > short > examine(QWEN7, max_seq_length=1024, quantization="nf4").memory.gib


def test_a_run_that_cannot_fit_is_refused_with_advice() -> None:
    found = examine(QWEN7)
    config = TrainConfig(base_model=QWEN7)
    check_memory(found, config, 79.0, "the GPU", nf4_experts=False)
    with pytest.raises(UserError, match=r"needs about [\d.]+ GiB and the GPU has 8\.0: set train\.quantization=nf4"):
        check_memory(found, config, 8.0, "the GPU", nf4_experts=False)


def test_nf4_that_misses_the_experts_is_refused_before_any_download() -> None:
    config = TrainConfig(base_model=QWEN3, quantization="nf4")
    found = examine(QWEN3, quantization="nf4")
    with pytest.raises(UserError, match=r"29\.0 billion expert weights in 16 bit"):
        check_memory(found, config, 141.0, "the GPU", nf4_experts=False)
    check_memory(found, config, 24.0, "the GPU", nf4_experts=True)


def test_targets_are_checked_on_the_empty_shell() -> None:
    with pytest.raises(UserError, match="matches no layer"):
        examine(QWEN7, target_modules=("c_attn",))


def test_a_local_folder_tells_its_own_shape(tiny_model: Any) -> None:
    assert is_known(str(tiny_model))
    assert examine(str(tiny_model)).parameters < 5_000_000


def test_an_unknown_model_is_one_line() -> None:
    assert not is_known("Qwen/Qwen9")
    with pytest.raises(UserError, match=r"did you mean|give a local folder"):
        shape_of("Qwen/Qwen2.5-Coder-7B")


def test_the_tables_are_sound() -> None:
    assert len(known_models()) == 4
    assert all(row.gib > 0 and row.devices >= 1 for row in hardware())
    assert available()[0] > 0.5
    assert peak_rss_bytes() > 2**20


@pytest.fixture(scope="module")
def qlora_30b() -> Preflight:
    return examine(QWEN3, quantization="nf4")


def row(gib: float, devices: int = 1) -> Hardware:
    return Hardware("row", devices, gib)


def test_several_devices_share_the_weights_and_hold_two_layers_whole(qlora_30b: Preflight) -> None:
    config = qlora_30b.config
    one, two, four = (qlora_30b.memory_of(config, devices) for devices in (1, 2, 4))
    assert (one.activations, one.logits) == (two.activations, two.logits)
    assert two.adapter == one.adapter // 2
    whole = two.weights - one.weights // 2
    assert four.weights - one.weights // 4 == whole
    assert whole == pytest.approx(2 * one.weights / 48, rel=0.1), "48 layers, and a smaller embedding table"


def test_every_row_of_hardware_gets_a_verdict_and_a_way_out(qlora_30b: Preflight) -> None:
    trl, unsloth = TrlBackend(), UnslothBackend()
    assert judge(qlora_30b, qlora_30b.config, row(23.5), unsloth)[1] == FITS
    assert judge(qlora_30b, qlora_30b.config, row(23.5), trl)[1:] == (
        FITS_NOT,
        "train.backend=unsloth, which quantises experts",
    )
    assert judge(qlora_30b, qlora_30b.config, row(79.1), trl)[1:] == (FITS_NOT, "train.quantization=none")
    assert judge(qlora_30b, qlora_30b.config, row(23.5, 2), unsloth)[1:] == (
        FITS_NOT,
        "no backend shards experts in 4 bit",
    )
    dense = examine(QWEN7, quantization="nf4")
    need, verdict, _ = judge(dense, dense.config, row(23.5, 2), trl)
    assert verdict == FITS and need.gib < dense.memory.gib, "FSDP-QLoRA of the dense model on 2 × 24 GB"


def test_the_change_that_is_named_fits_and_keeps_the_step() -> None:
    found = examine(QWEN7, batch_size=8, gradient_accumulation=2)
    need = found.memory.gib
    change = change_that_fits(found, found.config, need - 1, 1, nf4_experts=False)
    assert change == "train.batch_size=1 train.gradient_accumulation=16"
    smaller = found.config.model_copy(update={"batch_size": 1, "gradient_accumulation": 16})
    assert found.memory_of(smaller).gib <= need - 1
    assert smaller.step_rows == found.config.step_rows
    assert change_that_fits(found, found.config, 2.0, 1, nf4_experts=False) is None
    assert "train.quantization=nf4" in str(change_that_fits(found, found.config, 12.0, 1, nf4_experts=False))


def test_full_training_needs_sixteen_bytes_a_weight() -> None:
    found = examine(QWEN7, method="full")
    assert found.trainable == found.parameters
    assert (found.memory.weights + found.memory.adapter) / found.parameters == 16
    lora = examine(QWEN7)
    assert lora.memory.adapter / lora.trainable == 16


def test_a_disk_that_is_too_small_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = examine(QWEN7)
    assert found.download_bytes == 2 * found.parameters
    check_disk(found, found.config.model_copy(update={"base_model": "SmolLM2-135M-Instruct"}), tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=2**30))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(UserError, match=r"writes about [\d.]+ GiB below .*where 1\.0 are free.*HF_HUB_CACHE"):
        check_disk(found, found.config, tmp_path)
