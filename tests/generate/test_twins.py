"""Tiny twins: the real classes, always the same bytes, and templates that render as the published ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import render
from algorand_coder.generate.twins import ARCHITECTURES, twin

CLASSES = {
    "qwen3-moe": ("Qwen3MoeForCausalLM", "Qwen2Tokenizer"),
    "nemotron-h": ("NemotronHForCausalLM", "TokenizersBackend"),  # PreTrainedTokenizerFast by its new name
    "qwen2": ("Qwen2ForCausalLM", "Qwen2Tokenizer"),
}
PUBLISHED = {"nemotron-h": "nemotron_3_nano", "qwen2": "qwen2_5", "qwen3-moe": "qwen3_instruct_2507"}
"""Templates of the published models that TRL carries; without tools Qwen3-Instruct-2507 renders as Qwen3-Coder."""
text = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
answers = st.one_of(text, text.map(lambda t: f"<think>\nwhy {t}\n</think>\n{t}"))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_twin_is_the_real_class_and_learns_a_step(
    architecture: str, twin_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = twin_folder(architecture)
    model, tokenizer = AutoModelForCausalLM.from_pretrained(folder), AutoTokenizer.from_pretrained(folder)
    assert (type(model).__name__, type(tokenizer).__name__) == CLASSES[architecture]
    assert model.num_parameters() < 5_000_000
    code = "  const naïve = `▁${x}`\n\tif (a >= 10_000n) {}\n"
    ids = tokenizer(code, add_special_tokens=False)["input_ids"]
    assert tokenizer.decode(ids) == code
    assert tokenizer.eos_token == "<|im_end|>"
    batch = torch.tensor([ids])
    before = model(input_ids=batch, labels=batch).loss
    before.backward()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.grad is not None:
                parameter -= 0.5 * parameter.grad
    assert float(model(input_ids=batch, labels=batch).loss.detach()) < float(before.detach())

    state = torch.random.get_rng_state()
    again = twin(architecture, tmp_path / "again")
    assert torch.equal(torch.random.get_rng_state(), state)
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_template_renders_as_the_published_one(
    architecture: str, twin_folder: Callable[[str], Path], data: st.DataObject
) -> None:
    turns: list[dict[str, Any]] = []
    for _ in range(data.draw(st.integers(1, 3))):
        turns += [{"role": "user", "content": data.draw(text)}, {"role": "assistant", "content": data.draw(answers)}]
    ask = data.draw(st.booleans())
    conversation = turns[:-1] if ask else turns
    if data.draw(st.booleans()):
        conversation = [{"role": "system", "content": data.draw(text)}, *conversation]
    switches = data.draw(st.sampled_from([{}, {"enable_thinking": False}, {"truncate_history_thinking": False}]))
    ours = _tokenizer(twin_folder(architecture))
    published = files("trl").joinpath("chat_templates", f"{PUBLISHED[architecture]}.jinja").read_text()
    theirs = ours.apply_chat_template(
        conversation, chat_template=published, tokenize=False, add_generation_prompt=ask, **switches
    )
    assert render(ours, conversation, ask=ask, **switches) == theirs


@cache
def _tokenizer(folder: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder)


def test_an_unknown_architecture_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no twin of 'qwen3'.*did you mean 'qwen"):
        twin("qwen3", tmp_path)
