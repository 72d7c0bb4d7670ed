"""A converted model beside the one it was made from: the same greedy requests, asked through a real server."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate import llama_cpp
from algorand_coder.generate.chat import messages
from algorand_coder.serve.engines.base import Engine

REQUESTS = (
    "Write a function that sends a payment of 1 Algo with AlgoKit Utils.",
    "Write a contract with a method that counts its calls.",
    "Create an asset with 1,000 units and two decimals and return its id.",
    "Read all boxes of an application and decode their names.",
)
TOKENS = 64
_START = 300.0
"""Seconds that a server may take to load a model."""


@dataclass(frozen=True)
class Answer:
    """What a model said, and how long its prompt was in tokens."""

    text: str
    prompt_tokens: int


@dataclass(frozen=True)
class Smoke:
    """Answers of a converted model beside the original's."""

    requests: int
    same: int
    """Answers that are the original's, character for character."""
    shared: float
    """Mean share of an answer's characters before it leaves the original's. Rounding may turn one token, and all that
    follows differs: this is no measure of quality."""
    tokens_per_second: float
    """Of one stream, as the server reports it or as the clock says."""


def original(base: Path, adapter: Path | None) -> list[Answer]:
    """Greedy answers of base + adapter, or of a whole model, by transformers, as evaluation asks them."""
    from algorand_coder.generate.transformers_engine import TransformersEngine

    engine = TransformersEngine(base, adapter, precision="float32")
    found = engine.complete([messages(request) for request in REQUESTS], max_new_tokens=TOKENS)
    return [Answer(answer.text, answer.prompt_tokens) for answer in found]


def llama_server(weights: Path, expected: Sequence[Answer]) -> Smoke:
    """Ask ``llama-server`` over the GGUF file ``weights``, started as ``algorand-coder serve`` does it.

    Raises ``UserError`` where prompts have other lengths than the original's (another template or tokenizer) or where
    no answer begins as the original does.
    """
    llama_cpp.expect("llama-server")
    from algorand_coder.serve.engines.choosing import Source, choose

    _expect_client()
    engine = choose(Source(str(weights)), "llama.cpp", (), 120.0, 600.0)
    return asyncio.run(_compare(engine, expected, weights.name))


def ollama(folder: Path, host: str, expected: Sequence[Answer]) -> Smoke:
    """Ask Ollama at ``host``, after ``ollama create`` from the Modelfile in ``folder``; the model is removed again.

    Raises like :func:`llama_server`.
    """
    _expect_client()
    from algorand_coder.serve.engines.endpoint import EndpointEngine

    name = f"algorand-coder-smoke-{uuid.uuid4().hex[:8]}"
    llama_cpp.run(["ollama", "create", name, "-f", folder / "Modelfile"], "ollama create")
    try:
        return asyncio.run(_compare(EndpointEngine(f"{host}/v1", model=name), expected, "the Modelfile"))
    finally:
        llama_cpp.run(["ollama", "rm", name], "ollama rm")


def _expect_client() -> None:
    from importlib.util import find_spec

    if find_spec("aiohttp") is None:
        raise MissingTool("comparing answers needs aiohttp: pip install 'algorand-coder[serve]'")


async def _compare(engine: Engine, expected: Sequence[Answer], what: str) -> Smoke:
    await engine.start()
    try:
        until = time.monotonic() + _START
        while not await engine.alive():
            if time.monotonic() > until:
                raise UserError(f"{what} was not loaded within {_START:.0f} s")
            await asyncio.sleep(0.25)
        texts, speeds = list[str](), list[float]()
        for request, wanted in zip(REQUESTS, expected, strict=True):
            body = {"messages": messages(request), "temperature": 0, "max_tokens": TOKENS}
            started = time.monotonic()
            found = await engine.complete("chat/completions", body)
            seconds, usage = time.monotonic() - started, found["usage"]
            if usage["prompt_tokens"] != wanted.prompt_tokens:
                raise UserError(
                    f"{what} makes {usage['prompt_tokens']} tokens of a prompt that has {wanted.prompt_tokens}: its "
                    "template or tokenizer is another one"
                )
            texts.append(str(found["choices"][0]["message"]["content"] or ""))
            speed = found.get("timings", {}).get("predicted_per_second")
            speeds.append(float(speed or usage["completion_tokens"] / seconds))
    finally:
        await engine.stop()
    shares = [
        _shared(text, wanted.text) / max(len(text), len(wanted.text), 1)
        for text, wanted in zip(texts, expected, strict=True)
    ]
    if not any(shares):
        raise UserError(f"{what} begins none of its answers as the original does: it is not the same model")
    same = sum(text == wanted.text for text, wanted in zip(texts, expected, strict=True))
    return Smoke(len(texts), same, round(sum(shares) / len(shares), 4), round(sum(speeds) / len(speeds), 1))


def _shared(left: str, right: str) -> int:
    """Characters before the two differ."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))
