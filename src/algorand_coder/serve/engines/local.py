"""transformers in this process: small models, one request at a time, tokens as they are made."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.chat import encode, render
from algorand_coder.serve.engines.base import Body, Route
from algorand_coder.serve.failures import EngineTrouble, Refusal, scrub

if TYPE_CHECKING:
    from algorand_coder.generate.transformers_engine import TransformersEngine
    from algorand_coder.serve.engines.choosing import Source

_DEFAULT_TOKENS = 1_024
_GREEDY = 1e-3
"""A temperature below this takes the likeliest token each time."""


def available() -> bool:
    """Whether torch and transformers are installed."""
    return find_spec("torch") is not None and find_spec("transformers") is not None


def make(source: Source, arguments: Sequence[str], stall: float, longest: float) -> LocalEngine:
    """An engine over ``source``. Raises ``MissingTool`` where transformers is not installed."""
    if not available():
        raise MissingTool("serving a model folder needs torch and transformers: pip install 'algorand-coder[train]'")
    if arguments:
        raise UserError("the transformers engine takes no further arguments")
    return LocalEngine(source)


class LocalEngine:
    """Loads in the background when it is started; until then it is not alive."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="engine")
        self._engine: TransformersEngine | None = None
        self._loading: asyncio.Future[Any] | None = None
        self._stopping = threading.Event()

    async def start(self) -> None:
        """See :class:`algorand_coder.serve.engines.base.Engine`. Base weights are fetched first: that can fail."""
        from algorand_coder.generate import base_models

        loop = asyncio.get_running_loop()
        wanted = self._source.weights, self._source.revision or None
        folder = await loop.run_in_executor(self._thread, base_models.fetch, *wanted)
        self._loading = loop.run_in_executor(self._thread, self._load, folder)

    async def stop(self) -> None:
        """Stop generating; the thread ends with its current token."""
        self._stopping.set()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def alive(self) -> bool:
        """Whether the weights are loaded. Raises what went wrong when they cannot be."""
        if self._loading is not None and self._loading.done():
            self._loading.result()
        return self._engine is not None

    async def complete(self, route: Route, body: Body) -> Body:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        text, last = "", dict[str, Any]()
        async for chunk in self.stream(route, {**body, "stream_options": {"include_usage": True}}):
            last = {**last, **{key: value for key, value in chunk.items() if key != "choices"}}
            for choice in chunk["choices"]:
                text += choice["text"] if "text" in choice else choice["delta"].get("content", "")
                last["finish"] = choice["finish_reason"] or last.get("finish")
        finish = last.pop("finish", "stop")
        said: Body = {"text": text} if route == "completions" else {"message": {"role": "assistant", "content": text}}
        last["object"] = "text_completion" if route == "completions" else "chat.completion"
        return {**last, "choices": [{"index": 0, **said, "finish_reason": finish}]}

    async def stream(self, route: Route, body: Body) -> AsyncGenerator[Body]:
        """See :class:`algorand_coder.serve.engines.base.Engine`."""
        engine = self._engine
        if engine is None:
            raise EngineTrouble("the model is still being loaded", status=503)
        if (body.get("n") or 1) > 1:
            raise Refusal(400, "this engine gives one answer a request", code="unsupported", param="n")
        pieces: asyncio.Queue[Any] = asyncio.Queue()
        loop, cancelled = asyncio.get_running_loop(), threading.Event()

        def put(item: Any) -> None:
            loop.call_soon_threadsafe(pieces.put_nowait, item)

        def stopped() -> bool:
            return cancelled.is_set() or self._stopping.is_set()

        identity, created = f"local-{uuid.uuid4().hex}", int(time.time())
        kind = "text_completion" if route == "completions" else "chat.completion.chunk"
        head: Body = {"id": identity, "object": kind, "created": created, "model": "local"}
        try:
            self._thread.submit(_generate, engine, route, body, put=put, stopped=stopped)
        except RuntimeError:
            raise EngineTrouble("the engine is stopping", status=503) from None
        try:
            first = True
            while True:
                item = await pieces.get()
                if isinstance(item, Exception):
                    raise item
                if isinstance(item, str):
                    yield {**head, "choices": [_choice(route, item, None, first)]}
                    first = False
                    continue
                finish, usage = item
                yield {**head, "choices": [_choice(route, "", finish, first)]}
                if (body.get("stream_options") or {}).get("include_usage"):
                    yield {**head, "choices": [], "usage": usage}
                return
        finally:
            cancelled.set()

    def _load(self, folder: Path) -> None:
        from algorand_coder.generate.transformers_engine import TransformersEngine

        self._engine = TransformersEngine(folder, self._source.adapter or None)


def _choice(route: Route, text: str, finish: str | None, first: bool) -> Body:
    if route == "completions":
        return {"index": 0, "text": text, "finish_reason": finish}
    role = {"role": "assistant"} if first else {}
    return {"index": 0, "delta": {**role, "content": text} if text or first else {}, "finish_reason": finish}


def _generate(
    engine: TransformersEngine,
    route: Route,
    body: Body,
    *,
    put: Callable[[Any], None],
    stopped: Callable[[], bool],
) -> None:
    """Run in the engine's thread: puts pieces of text, then the finish reason with the token counts, or an error."""
    try:
        _run(engine, route, body, put=put, stopped=stopped)
    except (Refusal, UserError) as error:
        put(error if isinstance(error, Refusal) else Refusal(400, scrub(str(error)), code="refused_by_engine"))
    except Exception as error:  # whatever torch raises must reach the client as the engine's failure
        put(EngineTrouble(f"the engine failed ({type(error).__name__})"))


def _run(
    engine: TransformersEngine,
    route: Route,
    body: Body,
    *,
    put: Callable[[Any], None],
    stopped: Callable[[], bool],
) -> None:
    import torch
    from transformers import StoppingCriteriaList, TextStreamer

    ids = encode(engine.tokenizer, _text(engine, route, body))
    context = int(getattr(engine.model.config.get_text_config(), "max_position_embeddings", 0) or 1 << 30)
    limit = body.get("max_completion_tokens") or body.get("max_tokens") or _DEFAULT_TOKENS
    room = context - len(ids)
    if room < 1:
        raise Refusal(
            400,
            f"the prompt has {len(ids):,} tokens, the model's context {context:,}: shorten it",
            code="context_length_exceeded",
        )
    made = 0

    def watch(input_ids: Any, scores: Any, **_: Any) -> Any:
        nonlocal made
        made = input_ids.shape[1] - len(ids)
        return torch.full((1,), stopped() or stops.hit, dtype=torch.bool)

    stops = _Stops(body.get("stop"), put)

    class Pieces(TextStreamer):  # type: ignore[misc]
        def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
            stops.add(text, end=stream_end)

    temperature = body.get("temperature")
    sampled = temperature is None or temperature > _GREEDY
    options = {"do_sample": True, "temperature": temperature or 1.0, "top_p": body.get("top_p") or 1.0}
    torch.manual_seed(body["seed"] % 2**63 if body.get("seed") is not None else torch.seed() % 2**63)
    with torch.inference_mode():
        engine.model.generate(
            input_ids=torch.tensor([ids], device=engine.device),
            attention_mask=torch.ones(1, len(ids), dtype=torch.long, device=engine.device),
            max_new_tokens=min(limit, room),
            streamer=Pieces(engine.tokenizer, skip_prompt=True, skip_special_tokens=True),
            stopping_criteria=StoppingCriteriaList([watch]),
            pad_token_id=engine.tokenizer.pad_token_id or 0,
            **(options if sampled else {"do_sample": False}),
        )
    cut = made >= min(limit, room) and not stops.hit
    usage = {"prompt_tokens": len(ids), "completion_tokens": made, "total_tokens": len(ids) + made}
    put(("length" if cut else "stop", usage))


def _text(engine: TransformersEngine, route: Route, body: Body) -> str:
    """What the model continues. Parts of a message are joined: templates of small models know plain text only."""
    if route == "completions":
        return str(body["prompt"])
    turns = [{"role": turn["role"], "content": _plain(turn.get("content"))} for turn in body["messages"]]
    switches = {**engine.switches, **(body.get("chat_template_kwargs") or {})}
    return render(engine.tokenizer, turns, ask=True, **switches)


def _plain(content: Any) -> str:
    return "".join(part["text"] for part in content) if isinstance(content, list) else str(content or "")


class _Stops:
    """Text up to the first stop string; what may be the beginning of one is held back."""

    def __init__(self, stop: str | list[str] | None, put: Callable[[Any], None]) -> None:
        self._stops = [stop] if isinstance(stop, str) else list(stop or ())
        self._put, self._held, self.hit = put, "", False

    def add(self, text: str, *, end: bool) -> None:
        if self.hit:
            return
        self._held += text
        found = [place for stop in self._stops if stop and (place := self._held.find(stop)) >= 0]
        if found:
            self._held, self.hit, end = self._held[: min(found)], True, True
        keep = 0 if end else max((_overlap(self._held, stop) for stop in self._stops), default=0)
        out, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        if out:
            self._put(out)


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of ``text`` that ``stop`` begins with."""
    return next((size for size in range(min(len(stop), len(text)), 0, -1) if text.endswith(stop[:size])), 0)
