"""The OpenAI routes: passed through to an engine as they are, or, with ``verify``, answered with verified code."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from algorand_coder.serve.engines.base import Body, Route
from algorand_coder.serve.failures import EngineTrouble, Refusal
from algorand_coder.serve.schema import ChatRequest, CompletionRequest, VerifyOptions, conversation_of
from algorand_coder.serve.service import Service, answer_of
from algorand_coder.serve.solving import Model, Question, Tried
from algorand_coder.serve.streams import comment, data

Asked = ChatRequest | CompletionRequest
DONE = b"data: [DONE]\n\n"
_TOLD = frozenset({"sample", "verdict", "repair", "fallback"})
"""Events that a stream with ``verify`` mentions in comments."""


class OpenAi:
    """Answers one of the two routes, whole or as a stream."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def prepare(self, request: Asked) -> None:
        """Refuse what cannot be answered, before a slot is taken."""
        self._service.expect_short(_prompt_text(request))
        verify = request.verify
        if verify is None:
            return
        self._service.expect_modest(verify.n, verify.rounds, verify.level)
        self._service.expect_paths(verify.files)
        if (request.n or 1) > 1:
            raise Refusal(400, "with verify, ask for samples in verify.n", code="ambiguous", param="n")
        if isinstance(request, CompletionRequest):
            if not isinstance(request.prompt, str):
                raise Refusal(400, "with verify, give one prompt", code="ambiguous", param="prompt")
            if "rounds" in verify.model_fields_set and verify.rounds:
                message = "repair needs a conversation: use /v1/chat/completions, or set verify.rounds to 0"
                raise Refusal(400, message, code="unsupported", param="verify.rounds")
        elif request.tools:
            raise Refusal(400, "tools and verify do not go together", code="unsupported", param="tools")

    async def whole(self, request: Asked) -> Body:
        """The answer in one piece."""
        models, route = self._service.models.choose(request.model, _last_words(request))
        if request.verify is not None:
            question = self._question(request, request.verify)
            async with aclosing(self._service.solve(question, models)) as events:
                async for event in events:
                    if event["event"] == "solved":
                        return self._verified(request, event, route)
        trouble = EngineTrouble("no engine answered")
        for model in models:
            try:
                answer = await model.engine.complete(_route(request), self._body(request))
            except EngineTrouble as error:
                trouble = error
                continue
            self._count(answer)
            return {**answer, "model": model.name}
        raise trouble

    async def stream(self, request: Asked) -> AsyncGenerator[bytes]:
        """The answer as server-sent events."""
        models, route = self._service.models.choose(request.model, _last_words(request))
        if request.verify is None:
            pieces = self._relay(request, models)
        else:
            pieces = self._solve(request, self._question(request, request.verify), models, route)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece
        yield DONE

    async def _relay(self, request: Asked, models: Sequence[Model]) -> AsyncGenerator[bytes]:
        """The first model's chunks; the next one's when it fails before its first chunk."""
        started = time.perf_counter()
        begun, body, route = False, self._body(request), _route(request)
        for position, model in enumerate(models):
            try:
                async with aclosing(model.engine.stream(route, body)) as chunks:
                    async for chunk in chunks:
                        if not begun:
                            begun = True
                            self._service.metrics.first_token.observe(time.perf_counter() - started)
                        if chunk.get("usage"):
                            self._count(chunk)
                        chunk["model"] = model.name
                        yield data(chunk)
                return
            except EngineTrouble:
                if begun or position == len(models) - 1:
                    raise
                self._service.metrics.fallbacks.inc()

    async def _solve(
        self, request: Asked, question: Question, models: Sequence[Model], route: str
    ) -> AsyncGenerator[bytes]:
        """Comments while it works, then the best answer as a chunk or two."""
        async with aclosing(self._service.solve(question, models)) as events:
            async for event in events:
                if event["event"] in _TOLD:
                    yield comment(event)
                elif event["event"] == "solved":
                    for chunk in self._chunks(request, event, route):
                        yield data(chunk)

    def _question(self, request: Asked, verify: VerifyOptions) -> Question:
        chat = isinstance(request, ChatRequest)
        options = {key: value for key, value in self._body(request).items() if key not in _NOT_SAMPLING}
        return Question(
            conversation=conversation_of(request.messages) if isinstance(request, ChatRequest) else [request.prompt],
            options={**options, "temperature": request.temperature, "seed": request.seed},
            level=verify.level,
            samples=verify.n,
            rounds=verify.rounds if chat else 0,
            kind=verify.kind,
            target=verify.target,
            files=verify.files,
            route=_route(request),
        )

    def _body(self, request: Asked) -> Body:
        body = request.model_dump(exclude_none=True, exclude={"model"})
        name = "max_completion_tokens" if getattr(request, "max_completion_tokens", None) else "max_tokens"
        wanted = body.pop("max_completion_tokens", None) or request.max_tokens
        body.pop("max_tokens", None)
        return {**body, name: self._service.tokens(wanted)}

    def _count(self, answer: Body) -> None:
        usage = answer.get("usage")
        if not isinstance(usage, dict):
            return
        for direction in ("prompt", "completion"):
            count = usage.get(f"{direction}_tokens")
            if isinstance(count, int) and count > 0:
                self._service.metrics.tokens.labels(direction).inc(count)

    def _verified(self, request: Asked, solved: dict[str, Any], route: str) -> Body:
        best: Tried = solved["best"]
        said: Body = {"message": {"role": "assistant", "content": best.text, "refusal": None}}
        kind = "chat.completion"
        if isinstance(request, CompletionRequest):
            said, kind = {"text": best.text}, "text_completion"
        choice = {"index": 0, **said, "finish_reason": best.finish or "stop", "logprobs": None}
        head = _head(kind, best.model)
        return {**head, "choices": [choice], "usage": _usage(solved), "verify": _answer(solved, route)}

    def _chunks(self, request: Asked, solved: dict[str, Any], route: str) -> list[Body]:
        best: Tried = solved["best"]
        chat = isinstance(request, ChatRequest)
        head = _head("chat.completion.chunk" if chat else "text_completion", best.model)
        said: Body = {"delta": {"role": "assistant", "content": best.text}} if chat else {"text": best.text}
        over: Body = {"delta": {}} if chat else {"text": ""}
        chunks = [
            {**head, "choices": [{"index": 0, **said, "finish_reason": None}]},
            {
                **head,
                "choices": [{"index": 0, **over, "finish_reason": best.finish or "stop"}],
                "verify": _answer(solved, route),
            },
        ]
        if request.stream_options and request.stream_options.include_usage:
            chunks.append({**head, "choices": [], "usage": _usage(solved)})
        return chunks


_NOT_SAMPLING = frozenset({"messages", "prompt", "stream", "stream_options", "temperature", "seed", "n", "best_of"})


def _route(request: Asked) -> Route:
    return "chat/completions" if isinstance(request, ChatRequest) else "completions"


def _head(kind: str, model: str) -> Body:
    return {"id": f"verified-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": model}


def _answer(solved: dict[str, Any], route: str) -> Body:
    return answer_of(solved, route).model_dump(mode="json")


def _usage(solved: dict[str, Any]) -> Body:
    """Tokens of all attempts: what the answer cost, not only what it holds."""
    prompt = sum(each.prompt_tokens for each in solved["tried"])
    completion = sum(each.completion_tokens for each in solved["tried"])
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _prompt_text(request: Asked) -> str:
    if isinstance(request, ChatRequest):
        return "".join(message.text for message in request.messages)
    return request.prompt if isinstance(request.prompt, str) else "".join(request.prompt)


def _last_words(request: Asked) -> str:
    """What the router looks at: the last thing the user said."""
    if isinstance(request, ChatRequest):
        return next((each.text for each in reversed(request.messages) if each.role == "user"), "")
    return request.prompt if isinstance(request.prompt, str) else request.prompt[0]
