"""What the protocols share: how one attempt is made, and what an error of it means."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.endpoints.config import EndpointConfig
from algorand_coder.generate.endpoints.exchange import Failure, Reason, Reply, Request, Trouble

MAX_WAIT = 300.0
"""Seconds that an endpoint may ask to be left alone; longer waits are cut."""
_SPENT = ("insufficient_quota", "billing", "spend limit", "credit balance")


class Provider(Protocol):
    """One protocol, spoken through its official SDK."""

    async def ask(self, request: Request, key: str) -> Reply:
        """One attempt. Raises ``Trouble`` when it gives no answer, ``UserError`` when none ever will."""
        ...

    async def submit(self, requests: Mapping[str, Request], mark: str) -> str:
        """Hand in a batch of requests by key; its name. ``mark`` is attached where the provider can."""
        ...

    async def orphans(self, mark: str, since: float, count: int) -> list[str]:
        """Batches that may be the one that was handed in as ``mark`` and never named to us."""
        ...

    async def finished(self, batch: str) -> tuple[bool, int]:
        """Whether a batch has ended, and how many of its requests have."""
        ...

    def results(self, batch: str) -> AsyncIterator[tuple[str, Reply | Failure]]:
        """Outcomes of an ended batch by key."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...


def open_provider(config: EndpointConfig) -> Provider:
    """The provider that ``config`` names. Raises ``MissingTool`` when its SDK is not installed."""
    try:
        if config.provider == "anthropic":
            from algorand_coder.generate.endpoints.anthropic_provider import AnthropicProvider

            return AnthropicProvider(config)
        from algorand_coder.generate.endpoints.openai_provider import OpenAIProvider

        return OpenAIProvider(config)
    except ModuleNotFoundError as error:
        raise MissingTool(
            f"asking {config.model} needs the package {error.name}: pip install 'algorand-coder[llm]'"
        ) from None


async def attempt(config: EndpointConfig, sdk: Any, call: Callable[[], Awaitable[Any]]) -> dict[str, Any]:
    """The JSON body that ``call`` (a raw response of ``sdk``) gives within the config's time.

    Raises what :func:`judged` makes of an error.
    """
    async with judged(config, sdk):
        async with asyncio.timeout(config.timeout_seconds):
            raw = await call()
            await raw.http_response.aread()
        body = raw.http_response.json()
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return body


@asynccontextmanager
async def judged(config: EndpointConfig, sdk: Any) -> AsyncIterator[None]:
    """Turn errors of ``sdk`` into ``Trouble`` or, where no repetition can help, into ``UserError``."""
    import httpx2

    try:
        yield
    except (TimeoutError, sdk.APITimeoutError, httpx2.TimeoutException):
        detail = f"no whole answer within {config.timeout_seconds:g} s"
        raise Trouble("timeout", detail, paid=True) from None
    except sdk.APIStatusError as error:
        raise _of_status(config, error) from None
    except (sdk.APIConnectionError, httpx2.TransportError) as error:
        refused = isinstance(error.__cause__ or error, httpx2.ConnectError)
        raise Trouble("connection", _brief(error.__cause__ or error), paid=not refused) from None
    except (sdk.APIError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Trouble("malformed", f"the response is not what the protocol says ({_brief(error)})", paid=True) from None


async def timed(attempt_: Awaitable[Reply]) -> Reply:
    """The reply with the seconds that it took."""
    started = time.monotonic()
    reply = await attempt_
    return replace(reply, seconds=round(time.monotonic() - started, 3))


def _of_status(config: EndpointConfig, error: Any) -> Exception:
    status, said = int(error.status_code), _brief(error)
    where = f"{config.base_url} (model {config.model})"
    if status in {401, 403}:
        mend = f"set {config.api_key_env} to a valid key" if config.api_key_env else "name its api_key_env in the model"
        return UserError(f"{where} refused the key (HTTP {status}): {mend}")
    if status == 404:
        return UserError(f"{where} was not found (HTTP 404): correct the model's name or address")
    if status == 402 or (status == 429 and any(word in f"{said} {error.body}".lower() for word in _SPENT)):
        return UserError(f"{where} says that the account may not spend more (HTTP {status}): {said}")
    wait = retry_after(error.response.headers)
    if status == 429:
        return Trouble("rate-limit", f"HTTP 429 {said}", wait=wait)
    if status in {408, 409, 425} or status >= 500:
        return Trouble("server", f"HTTP {status} {said}", wait=wait)
    return Trouble("invalid-request", f"HTTP {status} {said}", again=False)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a response asks to wait (RFC 9110, 10.2.3: seconds or a date), at most :data:`MAX_WAIT`."""
    said = headers.get("retry-after", "").strip()
    try:
        seconds = float(said)
    except ValueError:
        try:
            date = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return None
        aware = date if date.tzinfo else date.replace(tzinfo=UTC)
        seconds = (aware - datetime.now(UTC)).total_seconds()
    return None if math.isnan(seconds) else min(max(seconds, 0.0), MAX_WAIT)


def failed_item(reason: Reason, what: Any) -> Failure:
    """The outcome of one request of a batch that brought no answer."""
    return Failure(reason, " ".join(str(what).split())[:300])


def _brief(error: BaseException) -> str:
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
