"""The HTTP server: a table of routes over the service, behind the guard."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from algorand_coder import __version__
from algorand_coder.errors import UserError
from algorand_coder.records import Kind
from algorand_coder.serve import metrics as prometheus
from algorand_coder.serve.engines.base import Body
from algorand_coder.serve.failures import EngineTrouble, Refusal, scrub
from algorand_coder.serve.guard import App, Guard, Keys, Receive, Scope, Send
from algorand_coder.serve.openai import OpenAi
from algorand_coder.serve.page import page
from algorand_coder.serve.schema import LEVELS, ChatRequest, CheckRequest, CompletionRequest, GenerateRequest
from algorand_coder.serve.service import Service, plain
from algorand_coder.serve.slots import Slots
from algorand_coder.serve.streams import EventStream, data, reply, unless_gone, within

log = logging.getLogger(__name__)

M = TypeVar("M", bound=BaseModel)
Handler = Callable[[Request], Awaitable[Response]]


class Gateway:
    """The application without its guard; :func:`make_app` puts the two together."""

    def __init__(self, service: Service, *, keys_needed: bool) -> None:
        self._service, self._settings, self._keys_needed = service, service.settings, keys_needed
        self._openai = OpenAi(service)
        self.slots = Slots(service.settings, service.metrics)
        self._routes: dict[str, dict[str, Handler]] = {
            "/": {"GET": self._page},
            "/healthz": {"GET": self._health},
            "/readyz": {"GET": self._ready},
            "/metrics": {"GET": self._metrics},
            "/openapi.json": {"GET": self._openapi},
            "/v1/info": {"GET": self._info},
            "/v1/models": {"GET": self._models},
            "/v1/chat/completions": {"POST": self._chat},
            "/v1/completions": {"POST": self._completions},
            "/v1/generate": {"POST": self._generate},
            "/v1/check": {"POST": self._check},
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        methods = self._routes.get(scope["path"])
        if methods is None:
            raise Refusal(404, "no such path; see /openapi.json", code="not_found")
        scope["state"]["route"] = scope["path"]
        handler = methods.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if handler is None:
            allowed = ", ".join(methods)
            raise Refusal(405, f"this path takes {allowed}", code="method_not_allowed", allow=allowed)
        response = await handler(Request(scope, receive))
        await response(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._service.start()
        except UserError as error:
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.slots.closing = True
        await self._service.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _page(self, request: Request) -> Response:
        html, policy = page()
        return Response(html, media_type="text/html", headers={"content-security-policy": policy})

    async def _health(self, request: Request) -> Response:
        return reply({"status": "ok"})

    async def _ready(self, request: Request) -> Response:
        alive = await self._alive()
        ready = any(alive.values()) and not self.slots.closing
        return reply({"status": "ready" if ready else "not ready", "engines": alive}, 200 if ready else 503)

    async def _alive(self) -> dict[str, bool]:
        found = {}
        for model in self._service.models.all:
            try:
                found[model.name] = await model.engine.alive()
            except Exception as error:
                log.error("engine failed", extra={"data": {"model": model.name, "reason": scrub(str(error))}})
                found[model.name] = False
            self._service.metrics.engine_up.labels(model.name).set(found[model.name])
        return found

    async def _metrics(self, request: Request) -> Response:
        await self._alive()
        return Response(self._service.metrics.render(), media_type=prometheus.CONTENT_TYPE)

    async def _openapi(self, request: Request) -> Response:
        from algorand_coder.serve.openapi import document

        return reply(document(keys=self._keys_needed))

    async def _info(self, request: Request) -> Response:
        return reply(
            {
                "version": __version__,
                "models": self._service.models.names,
                "levels": LEVELS,
                "kinds": list(Kind),
                "max_samples": self._settings.max_samples,
                "max_rounds": self._settings.max_rounds,
                "needs_key": self._keys_needed,
                "collects": self._service.collector is not None,
            }
        )

    async def _models(self, request: Request) -> Response:
        owned = {"object": "model", "created": 0, "owned_by": "algorand-coder"}
        return reply({"object": "list", "data": [{"id": name, **owned} for name in self._service.models.names]})

    async def _chat(self, request: Request) -> Response:
        return await self._answer(request, await read(request, ChatRequest))

    async def _completions(self, request: Request) -> Response:
        return await self._answer(request, await read(request, CompletionRequest))

    async def _answer(self, request: Request, asked: ChatRequest | CompletionRequest) -> Response:
        self._openai.prepare(asked)
        self._note(request, asked)
        if asked.stream:
            return self._stream(self._openai.stream(asked))
        return await self._whole(request, self._openai.whole(asked))

    async def _generate(self, request: Request) -> Response:
        asked = await read(request, GenerateRequest)
        self._note(request, asked)
        if asked.stream:
            return self._stream(self._events(asked), "error")
        return await self._whole(request, self._generated(asked))

    async def _check(self, request: Request) -> Response:
        asked = await read(request, CheckRequest)

        async def checked() -> Body:
            return (await self._service.check(asked)).model_dump(mode="json")

        return await self._whole(request, checked())

    async def _events(self, asked: GenerateRequest) -> AsyncGenerator[bytes]:
        async with aclosing(self._service.generate(asked)) as events:
            async for event in events:
                name = str(event["event"])
                body = plain(event)
                yield data(body["answer"] if name == "answer" else body, name)

    async def _generated(self, asked: GenerateRequest) -> Body:
        async with aclosing(self._service.generate(asked)) as events:
            async for event in events:
                if event["event"] == "answer":
                    return dict(plain(event)["answer"])
        raise EngineTrouble("no engine answered")

    def _stream(self, pieces: AsyncGenerator[bytes], event: str = "") -> EventStream:
        async def held() -> AsyncGenerator[bytes]:
            async with aclosing(pieces), self.slots.one():
                async for piece in pieces:
                    yield piece

        return EventStream(
            held(), seconds=self._settings.request_seconds, heartbeat=self._settings.heartbeat_seconds, event=event
        )

    async def _whole(self, request: Request, work: Coroutine[Any, Any, Body]) -> Response:
        async def held() -> Body:
            try:
                async with self.slots.one():
                    return await within(self._settings.request_seconds, work)
            finally:
                work.close()

        return reply(await unless_gone(held(), request.receive))

    def _note(self, request: Request, asked: BaseModel) -> None:
        if self._settings.log_prompts:
            request.scope["state"]["log"] = {"prompt": asked.model_dump(mode="json")}


async def read(request: Request, model: type[M]) -> M:
    """The body of ``request`` as ``model``. Raises ``Refusal`` (4xx) that says what is wrong and where."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        # Also what keeps pages of other origins out: they cannot send this type without asking first.
        raise Refusal(415, "send JSON: Content-Type: application/json", code="unsupported_media_type")
    try:
        return model.model_validate_json(await request.body())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])[:200]
        message = f"{place}: {first['msg']}" if place else first["msg"]
        code = "invalid_json" if first["type"] == "json_invalid" else "invalid_request"
        raise Refusal(400, message, code=code, param=place or None) from None


def make_app(service: Service, *, keys: Keys | None = None, hosts: Sequence[str] | None = None) -> App:
    """The ASGI application; ``hosts`` as in :class:`Guard` (its default where ``None``)."""
    keys = keys or Keys()
    gateway = Gateway(service, keys_needed=bool(keys))
    known = {} if hosts is None else {"hosts": hosts}
    return Guard(gateway, settings=service.settings, keys=keys, metrics=service.metrics, **known)
