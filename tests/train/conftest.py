"""A random model of about a million parameters and a tokenizer with a chat template of the usual shape."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)
CORPUS = [
    "export async function pay(algorand: AlgorandClient, sender: string, receiver: string): Promise<string> {",
    "  const result = await algorand.send.payment({ sender, receiver, amount: microAlgos(1000) })",
    "  return result.txIds[0]\n}\n",
    "You write Algorand TypeScript that compiles. Write a function that sends a payment.",
]


def make_tokenizer(template: str = TEMPLATE) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    trainer = trainers.BpeTrainer(
        vocab_size=512, special_tokens=specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    backend.train_from_iterator(CORPUS, trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    tokenizer.chat_template = template
    return tokenizer


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    return make_tokenizer()


@pytest.fixture(scope="session")
def tokenizer_with() -> Callable[[str], Any]:
    return make_tokenizer


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory, tokenizer: Any) -> Path:
    """A folder with a random two-layer Qwen2 and its tokenizer."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    torch.set_num_threads(1)
    torch.manual_seed(3)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=1024,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=True,
    )
    folder = tmp_path_factory.mktemp("models") / "tiny"
    Qwen2ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def chat_row() -> Callable[[int], dict[str, Any]]:
    """Row ``n`` of a small synthetic chat file: lengths, categories and texts vary with ``n``."""

    def row(number: int) -> dict[str, Any]:
        lines = "\n".join(f"  const v{i} = await step{number}({i * number})" for i in range(number % 5 + 1))
        return {
            "messages": [
                {"role": "system", "content": "You write Algorand TypeScript that compiles."},
                {"role": "user", "content": f"Write function number {number}."},
                {"role": "assistant", "content": f"export async function f{number}() {{\n{lines}\n}}"},
            ],
            "id": f"row-{number:03d}",
            "category": ("transactions", "assets", "state")[number % 3],
            "kind": "client",
        }

    return row
