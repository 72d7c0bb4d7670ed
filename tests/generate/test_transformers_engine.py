"""The engine against plain transformers, one prompt at a time, on a random model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.generate.transformers_engine import Sampling, TransformersEngine, template_switches

TEMPLATE = (
    "{%- for m in messages -%}{{- '<s>' + m.role + ' ' + m.content + '</s>' -}}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<s>assistant ' -}}{%- endif -%}"
)
ASKED = [
    [{"role": "user", "content": text}] for text in ("a", "pay the receiver", "b c", "x" * 40, "send 10", "opt in")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.set_num_threads(1)
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=260, special_tokens=["<s>", "</s>"], initial_alphabet=alphabet)
    backend.train_from_iterator(["pay the receiver"], trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="</s>", pad_token="</s>")
    tokenizer.chat_template = TEMPLATE
    torch.manual_seed(2)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        initializer_range=0.6,  # wide enough that rows differ and some of them end by themselves
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
        bos_token_id=0,
    )
    path = tmp_path_factory.mktemp("model")
    LlamaForCausalLM(config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def engine(folder: Path) -> TransformersEngine:
    return TransformersEngine(folder, device="cpu", precision="float32")


def one_by_one(engine: TransformersEngine, limit: int, stops: list[int]) -> list[list[int]]:
    """What transformers' own greedy search answers, unpadded and unbatched."""
    made = []
    for conversation in ASKED:
        ids = engine.tokenizer.apply_chat_template(
            conversation, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        out = engine.model.generate(**ids, max_new_tokens=limit, do_sample=False, eos_token_id=stops)
        made.append(out[0, ids["input_ids"].shape[1] :].tolist())
    return made


@pytest.mark.parametrize("batch_size", [1, 3, 16])
def test_batches_answer_what_single_prompts_answer(
    engine: TransformersEngine, batch_size: int, monkeypatch: Any
) -> None:
    """Left padding, sorting by length and dropping finished rows change no answer, and order is restored."""
    plain = one_by_one(engine, 24, [])
    # let a token that really comes up end the answer, so that rows finish at different times
    stop = plain[1][5]
    monkeypatch.setattr(engine, "_stops", frozenset({stop}))
    expected = one_by_one(engine, 24, [stop])
    answers = engine.complete(ASKED, max_new_tokens=24, batch_size=batch_size)
    assert [answer.completion_tokens for answer in answers] == [len(tokens) for tokens in expected]
    for answer, tokens in zip(answers, expected, strict=True):
        ended = tokens[-1] == stop
        assert answer.finish == ("stop" if ended else "length")
        assert answer.text == engine.tokenizer.decode(tokens[:-1] if ended else tokens, skip_special_tokens=True)
    assert {answer.finish for answer in answers} == {"stop", "length"}


def test_texts_prompt_counts_and_progress(engine: TransformersEngine) -> None:
    done: list[int] = []
    answers = engine.complete(ASKED, max_new_tokens=6, batch_size=4, progress=done.append)
    assert sum(done) == len(ASKED)
    assert engine.generate(ASKED, max_new_tokens=6, batch_size=4) == [answer.text for answer in answers]
    assert answers[3].prompt_tokens == max(answer.prompt_tokens for answer in answers)
    assert engine.complete([], max_new_tokens=6) == []


def test_a_prompt_beyond_the_context_is_one_line(engine: TransformersEngine) -> None:
    with pytest.raises(UserError, match=r"prompt 1 has \d+ tokens; with 8 new ones that exceeds .* 256"):
        engine.complete([ASKED[0], [{"role": "user", "content": "y" * 300}]], max_new_tokens=8)


def test_an_adapter_changes_the_answers(folder: Path, engine: TransformersEngine, tmp_path: Path) -> None:
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model = get_peft_model(
        AutoModelForCausalLM.from_pretrained(folder),
        LoraConfig(r=4, target_modules=["q_proj", "v_proj"], lora_alpha=64),
    )
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter)
    model.save_pretrained(tmp_path)
    tuned = TransformersEngine(folder, tmp_path, device="cpu", precision="float32")
    assert tuned.generate(ASKED, max_new_tokens=8) != engine.generate(ASKED, max_new_tokens=8)


def test_template_switches_come_from_the_adapters_record(tmp_path: Path) -> None:
    assert template_switches(tmp_path, "h") == {}
    record = {"chat_template_sha256": "h", "chat_template_kwargs": {"enable_thinking": False}}
    (tmp_path / ADAPTER_RECORD).write_text(json.dumps(record))
    assert template_switches(tmp_path, "h") == {"enable_thinking": False}
    with pytest.raises(UserError, match="another chat template"):
        template_switches(tmp_path, "other")


def test_bfloat16_decoding_repeats_itself_and_keeps_its_first_tokens(folder: Path, engine: TransformersEngine) -> None:
    """The other attention kernel used for single queries computes the same thing: first answers agree with float32."""
    fast = TransformersEngine(folder, device="cpu", precision="bfloat16")
    answers = fast.generate(ASKED, max_new_tokens=12, batch_size=3)
    assert answers == fast.generate(ASKED, max_new_tokens=12, batch_size=3)
    exact = engine.generate(ASKED, max_new_tokens=12, batch_size=3)
    assert sum(a[:4] == b[:4] for a, b in zip(answers, exact, strict=True)) >= len(ASKED) - 1


def test_sampling_repeats_by_seed_whatever_the_batch(engine: TransformersEngine) -> None:
    hot = Sampling(temperature=1.0)
    seeds = list(range(len(ASKED)))
    apart = [
        engine.complete([item], 12, 1, sampling=hot, seeds=[seed])[0] for item, seed in zip(ASKED, seeds, strict=True)
    ]
    assert engine.complete(ASKED, 12, 3, sampling=hot, seeds=seeds) == apart
    many = engine.complete([ASKED[1]] * 8, 12, 8, sampling=hot, seeds=range(8))
    assert len({answer.text for answer in many}) > 4, "other seeds give other answers"


def test_a_nucleus_of_nothing_is_greedy(engine: TransformersEngine) -> None:
    drawn = engine.complete(ASKED, 12, sampling=Sampling(1.0, top_p=1e-6), seeds=range(len(ASKED)))
    assert drawn == engine.complete(ASKED, 12)
