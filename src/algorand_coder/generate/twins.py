"""Tiny twins: random models with the shape, tokenizer class and chat template of the base models we fine-tune.

A twin stands for a model of billions of weights wherever the code path matters and the weights do not: attaching an
adapter, masks, checkpoints, sharding, merging, serving. Whatever is asked of it runs on a CPU in fractions of a
second. It knows nothing: no figure about quality may come from one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

from algorand_coder.errors import UserError, nearest
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.generate.prompts import PROMPTS

Architecture = Literal["qwen3-moe", "nemotron-h", "qwen2"]
ARCHITECTURES: tuple[Architecture, ...] = get_args(Architecture)
SEED = 20
VOCABULARY = 2048
"""Pieces at most; the text they are learnt from may give fewer."""

_QWEN_SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
_QWEN_ADDED = ("<tool_call>", "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>")
"""Of one token each in the published tokenizers, yet ordinary text there."""
_NEMOTRON_SPECIAL = ("<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>", "<think>", "</think>")
_COMMON = {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 4096}


def twin(architecture: str, folder: Path) -> Path:
    """Write the twin of ``architecture`` (one of :data:`ARCHITECTURES`) into ``folder`` and return that.

    The folder loads as any model folder does. The same architecture always gives the same bytes, and the caller's
    random numbers stay as they were.
    """
    if architecture not in ARCHITECTURES:
        raise UserError(
            f"no twin of {architecture!r}{nearest(architecture, ARCHITECTURES)} (known: {', '.join(ARCHITECTURES)})"
        )
    prepare(offline=True)
    import torch
    from transformers import AutoModelForCausalLM, GenerationConfig

    quiet_transformers()
    tokenizer = _nemotron_tokenizer() if architecture == "nemotron-h" else _qwen_tokenizer()
    template = Path(__file__).parent / "twin_templates" / f"{architecture}.jinja"
    tokenizer.chat_template = template.read_text(encoding="utf-8")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        model = AutoModelForCausalLM.from_config(_config(architecture, tokenizer), dtype=torch.float32)
    model.generation_config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id, bos_token_id=tokenizer.bos_token_id
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _config(architecture: str, tokenizer: Any) -> Any:
    """The published configuration with every width and count made small."""
    from transformers import NemotronHConfig, Qwen2Config, Qwen3MoeConfig

    shared: dict[str, Any] = {
        **_COMMON,
        "vocab_size": -(-len(tokenizer) // 64) * 64,  # as the published models, a little more than there are tokens
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "tie_word_embeddings": False,
    }
    if architecture == "qwen2":
        return Qwen2Config(**shared, num_hidden_layers=2, intermediate_size=128)
    if architecture == "qwen3-moe":
        return Qwen3MoeConfig(
            **shared,
            num_hidden_layers=2,
            head_dim=16,
            intermediate_size=128,
            moe_intermediate_size=32,
            num_experts=4,
            num_experts_per_tok=2,
            norm_topk_prob=True,
        )
    return NemotronHConfig(
        **shared,
        layers_block_type=["linear_attention", "moe", "full_attention", "moe"],
        head_dim=16,
        mamba_num_heads=4,
        mamba_head_dim=16,
        ssm_state_size=16,
        n_groups=2,
        chunk_size=32,
        n_routed_experts=4,
        n_shared_experts=1,
        num_experts_per_tok=2,
        moe_intermediate_size=32,
        moe_shared_expert_intermediate_size=64,
        routed_scaling_factor=2.5,
    )


def _qwen_tokenizer() -> Any:
    """Qwen2Tokenizer, which Qwen2.5-Coder and Qwen3-Coder share: special tokens after the vocabulary, no BOS."""
    from tokenizers import AddedToken, Tokenizer, models
    from transformers import Qwen2Tokenizer

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = Qwen2Tokenizer().backend_tokenizer.pre_tokenizer
    _learn(pieces, ())
    learnt = json.loads(pieces.to_str())["model"]
    tokenizer = Qwen2Tokenizer(
        vocab={**learnt["vocab"], **{token: len(learnt["vocab"]) + i for i, token in enumerate(_QWEN_SPECIAL)}},
        merges=[tuple(pair) for pair in learnt["merges"]],
        unk_token=None,
        eos_token="<|im_end|>",  # noqa: S106
        extra_special_tokens=["<|im_start|>"],
    )
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in _QWEN_ADDED])
    return tokenizer


def _nemotron_tokenizer() -> Any:
    """PreTrainedTokenizerFast, as Nemotron 3: special tokens before the vocabulary, digits one by one."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    pieces.decoder = decoders.ByteLevel()
    _learn(pieces, _NEMOTRON_SPECIAL)
    return PreTrainedTokenizerFast(
        tokenizer_object=pieces,
        bos_token="<s>",  # noqa: S106
        eos_token="<|im_end|>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        pad_token="<unk>",  # noqa: S106
    )


def _learn(pieces: Any, special: tuple[str, ...]) -> None:
    """Train a byte-level BPE vocabulary on the TypeScript of our own prompts."""
    from tokenizers import pre_tokenizers, trainers

    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(special),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pieces.train_from_iterator(_text(), trainer)


def _text() -> Iterator[str]:
    for path in sorted(PROMPTS.glob("documentation-*.md")):
        yield path.read_text(encoding="utf-8")
