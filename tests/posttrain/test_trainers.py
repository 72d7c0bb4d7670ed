"""The head that stands in for TRL's where there is no Triton."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.parametrize("temperature", [1.0, 0.5])
def test_the_plain_head_gives_what_the_logits_say(twin_folder: Callable[[str], Path], temperature: float) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    from algorand_coder.posttrain.trainers import add_plain_head

    model = AutoModelForCausalLM.from_pretrained(str(twin_folder("qwen2"))).eval()
    ids = torch.tensor([[5, 6, 7, 8, 9], [10, 11, 12, 13, 14]])
    labels = torch.tensor([[-100, -100, 7, 8, 9], [-100, -100, -100, 13, -100]])
    with torch.no_grad():
        logits = model(input_ids=ids).logits / temperature
        add_plain_head(model, temperature)
        found = model(input_ids=ids, labels=labels, fused_lm_head=True)
        assert torch.allclose(model(input_ids=ids).logits / temperature, logits), "other calls are as before"
    scores = torch.log_softmax(logits[:, :-1], -1)
    wanted = scores.gather(-1, ids[:, 1:, None])[..., 0].masked_fill(labels[:, 1:] == -100, 0.0)
    assert torch.allclose(found.log_probs, wanted, atol=1e-5)
    entropy = -(scores.exp() * scores).sum(-1).masked_fill(labels[:, 1:] == -100, 0.0)
    assert torch.allclose(found.entropy, entropy, atol=1e-4)
    assert found.label_mask.tolist() == [[False, True, True, True], [False, False, True, False]]
    assert found.is_top1.dtype is torch.bool
