"""The official Python client of OpenAI, pointed at the gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.serve.conftest import Factory, Stand
from tests.serve.scripted import GOOD

KEY = "k" * 20


@pytest.fixture(scope="module")
def kept(make_stand: Factory) -> Iterator[Stand]:
    with make_stand(keys=[KEY]) as made:
        yield made


@pytest.fixture
def client(kept: Stand) -> OpenAI:
    return OpenAI(base_url=f"{kept.url}/v1", api_key=KEY, max_retries=0)


def test_chat_whole_and_streamed(client: OpenAI) -> None:
    asked: Any = {"model": "algorand-coder", "messages": [{"role": "user", "content": "hello"}]}
    whole = client.chat.completions.create(**asked)
    assert whole.choices[0].message.content == "echo hello"
    streamed = client.chat.completions.create(**asked, stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in streamed) == "echo hello"


def test_completions_and_models(client: OpenAI) -> None:
    assert client.completions.create(model="algorand-coder", prompt="hi").choices[0].text == "echo hi"
    assert [model.id for model in client.models.list()] == ["algorand-coder"]


@pytest.mark.parametrize("stream", [False, True])
def test_verified_code_through_extra_body(client: OpenAI, stream: bool) -> None:
    answer: Any = client.chat.completions.create(
        model="algorand-coder",
        messages=[{"role": "user", "content": "REPAIR ME"}],
        extra_body={"verify": {"level": "compile", "n": 2, "rounds": 2}},
        stream=stream,
    )
    if not stream:
        assert answer.choices[0].message.content == f"```ts\n{GOOD}```"
        assert answer.verify["outcome"] == "passed"
        return
    chunks = list(answer)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == f"```ts\n{GOOD}```"
    assert chunks[-1].verify["outcome"] == "passed"


def test_errors_are_the_clients_own_exceptions(client: OpenAI, kept: Stand) -> None:
    def ask(model: str = "algorand-coder", text: str = "hello", **options: Any) -> Any:
        return client.chat.completions.create(model=model, messages=[{"role": "user", "content": text}], **options)

    with pytest.raises(openai.NotFoundError) as missing:
        ask(model="nobody")
    assert missing.value.code == "model_not_found"
    with pytest.raises(openai.BadRequestError, match="top_p"):
        ask(top_p=2)
    with pytest.raises(openai.APIError, match="middle of its answer"):
        list(ask(text="BREAK this now", stream=True))
    with pytest.raises(openai.AuthenticationError):
        OpenAI(base_url=f"{kept.url}/v1", api_key="wrong", max_retries=0).models.list()
