"""The engine inside the server's process, on a random model of a few thousand weights."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.serve.engines.choosing import Source, choose
from algorand_coder.serve.engines.local import LocalEngine, _Stops
from algorand_coder.serve.failures import EngineTrouble, Refusal
from algorand_coder.serve.gateway import make_app
from algorand_coder.serve.judging import Judging
from algorand_coder.serve.models import Models
from algorand_coder.serve.service import Service
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Model
from tests.serve.conftest import PlainJudge
from tests.serve.scripted import Served
from tests.serve.test_gateway import events, wait_for

pytestmark = pytest.mark.slow

TEMPLATE = (
    "{%- for m in messages -%}{{- '<s>' + m.role + ' ' + m.content + '</s>' -}}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<s>assistant ' -}}{%- endif -%}"
)
ASK: dict[str, Any] = {"messages": [{"role": "user", "content": "pay"}], "max_tokens": 20, "temperature": 0}


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
        num_hidden_layers=1,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=128,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
        bos_token_id=0,
    )
    path = tmp_path_factory.mktemp("model")
    LlamaForCausalLM(config).save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    engine = choose(Source(str(folder)), "transformers", (), 60, 60)
    service = Service(ServeSettings(warm=False), Models(Model("tiny", engine)), Judging(PlainJudge))
    with Served(make_app(service)) as served:
        import httpx

        wait_for(lambda: httpx.get(f"{served.url}/readyz").status_code == 200, 60)
        yield served.url


def post(url: str, path: str, **body: Any) -> Any:
    import httpx

    return httpx.post(f"{url}/v1/{path}", json={"model": "tiny", **body}, timeout=60)


def test_greedy_answers_repeat_themselves_whole_and_streamed(url: str) -> None:
    import json

    whole = post(url, "chat/completions", **ASK).json()
    said = whole["choices"][0]["message"]["content"]
    assert said
    assert whole["usage"]["completion_tokens"] == 20
    assert whole["choices"][0]["finish_reason"] == "length"
    streamed = post(url, "chat/completions", **ASK, stream=True, stream_options={"include_usage": True})
    *chunks, done = events(streamed.text)
    assert done == "[DONE]"
    read = [json.loads(chunk) for chunk in chunks]
    assert "".join(c["choices"][0]["delta"].get("content", "") for c in read if c["choices"]) == said
    assert read[-1]["usage"] == whole["usage"]


def test_a_model_is_asked_as_it_was_trained(folder: Path, tmp_path: Path) -> None:
    import asyncio
    import json
    import shutil

    from transformers import AutoTokenizer

    from algorand_coder.generate.chat import ADAPTER_RECORD, chat_template_hash, encode, render

    model = shutil.copytree(folder, tmp_path / "model")
    opening = "{%- if enable_thinking is not defined or enable_thinking -%}{{- 'think of it' -}}{%- endif -%}"
    (model / "chat_template.jinja").write_text(TEMPLATE + opening)
    tokenizer: Any = AutoTokenizer.from_pretrained(str(model))
    record = {"chat_template_sha256": chat_template_hash(tokenizer), "chat_template_kwargs": {"enable_thinking": False}}
    (model / ADAPTER_RECORD).write_text(json.dumps(record))

    def length(**switches: bool) -> int:
        return len(encode(tokenizer, render(tokenizer, ASK["messages"], ask=True, **switches)))

    async def asked(**more: Any) -> int:
        engine = choose(Source(str(model)), "transformers", (), 60, 60)
        await engine.start()
        try:
            while not await engine.alive():
                await asyncio.sleep(0.05)
            answer = await engine.complete("chat/completions", {**ASK, **more})
        finally:
            await engine.stop()
        return int(answer["usage"]["prompt_tokens"])

    assert length() > length(enable_thinking=False)
    assert asyncio.run(asked()) == length(enable_thinking=False)
    assert asyncio.run(asked(chat_template_kwargs={"enable_thinking": True})) == length()


def test_samples_depend_on_their_seed(url: str) -> None:
    def said(seed: int) -> str:
        answer = post(url, "completions", prompt="pay", max_tokens=12, temperature=1.5, seed=seed).json()
        return str(answer["choices"][0]["text"])

    assert said(1) == said(1)
    assert len({said(seed) for seed in range(4)}) > 1


def test_a_stop_string_ends_the_answer(url: str) -> None:
    said = post(url, "chat/completions", **ASK).json()["choices"][0]["message"]["content"]
    stop = said[len(said) // 2 : len(said) // 2 + 2]
    cut = post(url, "chat/completions", **ASK, stop=stop).json()["choices"][0]
    assert cut["message"]["content"] == said[: said.index(stop)]
    assert cut["finish_reason"] == "stop"


def test_what_does_not_fit_or_is_not_offered_is_refused(url: str) -> None:
    long = post(url, "completions", prompt="x" * 500)
    assert (long.status_code, long.json()["error"]["code"]) == (400, "context_length_exceeded")
    several = post(url, "chat/completions", **ASK, n=2)
    assert (several.status_code, several.json()["error"]["param"]) == (400, "n")


def test_a_request_that_is_left_stops_generating(folder: Path) -> None:
    async def story() -> None:
        engine = LocalEngine(Source(str(folder)))
        with pytest.raises(EngineTrouble, match="still being loaded"):
            await engine.complete("chat/completions", ASK)
        await engine.start()
        while not await engine.alive():
            await asyncio.sleep(0.05)
        stream = engine.stream("chat/completions", {**ASK, "max_tokens": 100})
        await anext(stream)
        await stream.aclose()
        assert (await engine.complete("chat/completions", ASK))["choices"]
        with pytest.raises(Refusal):
            await engine.complete("chat/completions", {**ASK, "messages": [{"role": "user", "content": "x" * 500}]})
        await engine.stop()

    asyncio.run(story())


def test_weights_that_are_not_there_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"has no config\.json"):
        asyncio.run(LocalEngine(Source(str(tmp_path / "empty"))).start())


@pytest.mark.parametrize(
    ("stop", "pieces", "said"),
    [
        ("ab", ["xa", "b y"], "x"),
        ("ab", ["xa", "c"], "xac"),
        (["ab", "c"], ["xaac", "ab"], "xaa"),
        (None, ["a", "b"], "ab"),
        ("", ["a"], "a"),
        ("abc", ["ab"], "ab"),
    ],
)
def test_stop_strings_are_found_across_pieces(stop: Any, pieces: list[str], said: str) -> None:
    out: list[str] = []
    stops = _Stops(stop, out.append)
    for number, piece in enumerate(pieces):
        stops.add(piece, end=number == len(pieces) - 1)
    assert "".join(out) == said
