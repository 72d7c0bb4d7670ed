"""Anthropic's Messages API and its message batches."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import anthropic

from algorand_coder.generate.endpoints.config import EndpointConfig
from algorand_coder.generate.endpoints.exchange import Failure, Finish, Reason, Reply, Request
from algorand_coder.generate.endpoints.provider import attempt, failed_item, judged, timed

_CLOCKS_APART = 300.0
"""Seconds by which the provider's clock may differ from ours."""


class AnthropicProvider:
    """Speaks to one model; retries are the caller's."""

    def __init__(self, config: EndpointConfig) -> None:
        self._config = config
        self._client = anthropic.AsyncAnthropic(
            api_key=config.key or "none",
            base_url=config.base_url,
            max_retries=0,
            timeout=config.timeout_seconds,
            # A proxy for the way out has no business between two programs on one machine.
            http_client=anthropic.DefaultAsyncHttpxClient(trust_env=False) if config.local else None,
        )

    async def ask(self, request: Request, key: str) -> Reply:
        """One attempt."""
        create = self._client.messages.with_raw_response.create
        body = _body(self._config, request)
        extra = {field: body.pop(field) for field in list(body) if field in self._config.extra}
        headers = {"Idempotency-Key": key}

        async def once() -> Reply:
            got = await attempt(
                self._config, anthropic, lambda: create(**body, extra_body=extra or None, extra_headers=headers)
            )
            async with judged(self._config, anthropic):
                return _reply(got)

        return await timed(once())

    async def submit(self, requests: Mapping[str, Request], mark: str) -> str:
        """Start the batch."""
        items: list[Any] = [
            {"custom_id": key, "params": _body(self._config, request)} for key, request in requests.items()
        ]
        async with judged(self._config, anthropic):
            return (await self._client.messages.batches.create(requests=items)).id

    async def orphans(self, mark: str, since: float, count: int) -> list[str]:
        """Batches of the right size and age: the API keeps no mark, the caller knows its keys in the results."""
        found = []
        async with judged(self._config, anthropic):
            async for batch in self._client.messages.batches.list(limit=100):
                if batch.created_at < datetime.fromtimestamp(since - _CLOCKS_APART, UTC):
                    break
                counts = batch.request_counts
                total = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
                if total == count:
                    found.append(batch.id)
        return found

    async def finished(self, batch: str) -> tuple[bool, int]:
        """Whether the batch has ended, and how many of its requests have."""
        async with judged(self._config, anthropic):
            found = await self._client.messages.batches.retrieve(batch)
            counts = found.request_counts
            done = counts.succeeded + counts.errored + counts.canceled + counts.expired
            return found.processing_status == "ended", done

    async def results(self, batch: str) -> AsyncIterator[tuple[str, Reply | Failure]]:
        """Outcomes by key."""
        async with judged(self._config, anthropic):
            async for item in await self._client.messages.batches.results(batch):
                yield item.custom_id, _outcome(item.result.model_dump(mode="json"))

    async def close(self) -> None:
        """Close connections."""
        await self._client.close()


def _body(config: EndpointConfig, request: Request) -> dict[str, Any]:
    system = "\n\n".join(message["content"] for message in request.messages if message["role"] == "system")
    body: dict[str, Any] = {
        "model": config.model,
        "messages": [dict(message) for message in request.messages if message["role"] != "system"],
        "max_tokens": request.max_tokens + config.thinking_tokens,
    }
    if system:
        body["system"] = system
    if config.sampling:
        chosen = {"temperature": request.temperature, "top_p": request.top_p}
        body.update({name: value for name, value in chosen.items() if value is not None})
    return {**body, **config.extra}


def _reply(body: Mapping[str, Any]) -> Reply:
    usage = body["usage"]
    reason = body.get("stop_reason")
    finish: Finish = "length" if reason in {"max_tokens", "model_context_window_exceeded"} else "stop"
    if reason == "refusal":
        finish = "refusal"
    text = "".join(block["text"] for block in body["content"] if block["type"] == "text")
    cached = int(usage.get("cache_creation_input_tokens") or 0) + int(usage.get("cache_read_input_tokens") or 0)
    prompt, completion = int(usage["input_tokens"]) + cached, int(usage["output_tokens"])
    return Reply(text, finish, prompt, completion, str(body.get("model", "")))


def _outcome(result: Mapping[str, Any]) -> Reply | Failure:
    if result["type"] != "succeeded":
        kind = str(((result.get("error") or {}).get("error") or {}).get("type", ""))
        reason: Reason = "invalid-request" if kind == "invalid_request_error" else "server"
        return failed_item(reason, (result.get("error") or {}).get("error") or result["type"])
    try:
        return _reply(result["message"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return failed_item("malformed", error)
