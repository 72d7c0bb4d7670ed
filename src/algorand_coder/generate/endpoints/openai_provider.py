"""OpenAI's chat completions and batches, as OpenAI and every compatible server offer them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import openai

from algorand_coder.generate.endpoints.config import EndpointConfig
from algorand_coder.generate.endpoints.exchange import Failure, Finish, Reason, Reply, Request
from algorand_coder.generate.endpoints.provider import attempt, failed_item, judged, timed

_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_MARK = "algorand_coder"
_LOOK_BACK = 200
"""Batches that are looked through for one that was handed in and never named to us."""


class OpenAIProvider:
    """Speaks to one model; retries are the caller's."""

    def __init__(self, config: EndpointConfig) -> None:
        self._config = config
        self._client = openai.AsyncOpenAI(
            api_key=config.key or "none",
            base_url=config.base_url,
            max_retries=0,
            timeout=config.timeout_seconds,
            # A proxy for the way out has no business between two programs on one machine.
            http_client=openai.DefaultAsyncHttpxClient(trust_env=False) if config.local else None,
        )

    async def ask(self, request: Request, key: str) -> Reply:
        """One attempt."""
        create = self._client.chat.completions.with_raw_response.create
        body = _body(self._config, request)
        extra = {field: body.pop(field) for field in list(body) if field in self._config.extra}
        headers = {"Idempotency-Key": key}

        async def once() -> Reply:
            got = await attempt(
                self._config, openai, lambda: create(**body, extra_body=extra or None, extra_headers=headers)
            )
            async with judged(self._config, openai):
                return _reply(got)

        return await timed(once())

    async def submit(self, requests: Mapping[str, Request], mark: str) -> str:
        """Upload the requests and start the batch."""
        lines = [
            json.dumps(
                {
                    "custom_id": key,
                    "method": "POST",
                    "url": "/v1/chat/completions",
                    "body": _body(self._config, request),
                }
            )
            for key, request in requests.items()
        ]
        async with judged(self._config, openai):
            file = await self._client.files.create(
                file=(f"{mark}.jsonl", ("\n".join(lines) + "\n").encode()), purpose="batch"
            )
            batch = await self._client.batches.create(
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_MARK: mark},
            )
            return batch.id

    async def orphans(self, mark: str, since: float, count: int) -> list[str]:
        """The batch whose metadata carries ``mark``."""
        async with judged(self._config, openai):
            seen = 0
            async for batch in self._client.batches.list(limit=100):
                if (batch.metadata or {}).get(_MARK) == mark:
                    return [batch.id]
                seen += 1
                if batch.created_at < since - 3600 or seen >= _LOOK_BACK:
                    break
        return []

    async def finished(self, batch: str) -> tuple[bool, int]:
        """Whether the batch has ended, and how many of its requests have."""
        async with judged(self._config, openai):
            found = await self._client.batches.retrieve(batch)
            counts = found.request_counts
            return found.status in _ENDED, counts.completed + counts.failed if counts else 0

    async def results(self, batch: str) -> AsyncIterator[tuple[str, Reply | Failure]]:
        """Outcomes from the batch's output file and error file."""
        async with judged(self._config, openai):
            found = await self._client.batches.retrieve(batch)
            for file in (found.output_file_id, found.error_file_id):
                if file is None:
                    continue
                text = (await self._client.files.content(file)).text
                for line in filter(str.strip, text.split("\n")):
                    item = json.loads(line)
                    yield item["custom_id"], _outcome(item)

    async def close(self) -> None:
        """Close connections."""
        await self._client.close()


def _body(config: EndpointConfig, request: Request) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": config.model,
        "messages": [dict(message) for message in request.messages],
        "max_tokens": request.max_tokens + config.thinking_tokens,
    }
    if config.sampling:
        seed = None if request.seed is None else request.seed + request.sample
        chosen = {"temperature": request.temperature, "top_p": request.top_p, "seed": seed}
        body.update({name: value for name, value in chosen.items() if value is not None})
    return {**body, **config.extra}


def _reply(body: Mapping[str, Any]) -> Reply:
    choice = body["choices"][0]
    message, usage = choice["message"], body.get("usage") or {}
    refusal = message.get("refusal")
    finish: Finish = "length" if choice.get("finish_reason") == "length" else "stop"
    if refusal or choice.get("finish_reason") == "content_filter":
        finish = "refusal"
    text = refusal or message.get("content") or ""
    if not isinstance(text, str):
        raise TypeError("content is not text")
    prompt, completion = int(usage.get("prompt_tokens", 0)), int(usage.get("completion_tokens", 0))
    return Reply(text, finish, prompt, completion, str(body.get("model", "")))


def _outcome(item: Mapping[str, Any]) -> Reply | Failure:
    response = item.get("response") or {}
    status = response.get("status_code")
    if status != 200:
        wrong = status is not None and 400 <= status < 500 and status != 429
        reason: Reason = "invalid-request" if wrong else "server"
        return failed_item(reason, item.get("error") or response.get("body") or "no response")
    try:
        return _reply(response["body"])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        return failed_item("malformed", error)
