from __future__ import annotations

from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.environment import quiet_transformers
from algorand_coder.train.cards import hardware, is_known, known_models, shape_of, shell
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.memory import available, check_memory, peak_rss_bytes
from algorand_coder.train.preflight import Preflight, preflight

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
