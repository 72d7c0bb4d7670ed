"""What an engine is: something that answers OpenAI-shaped requests, whole or as a stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, Literal, Protocol

Route = Literal["chat/completions", "completions"]
Body = dict[str, Any]


class Engine(Protocol):
    """One model that answers. Closing an iterator, or cancelling a call, stops the work for it."""

    async def start(self) -> None:
        """Begin to start up; ``alive`` says when it is done. Raises ``UserError`` when it never can be."""

    async def stop(self) -> None:
        """Let go of everything."""

    async def alive(self) -> bool:
        """Whether it would answer now."""

    async def complete(self, route: Route, body: Body) -> Body:
        """The whole answer. Raises ``EngineTrouble`` or ``Refusal``."""

    def stream(self, route: Route, body: Body) -> AsyncGenerator[Body]:
        """The chunks of a streamed answer, as they come; ends after the last one. Raises like ``complete``."""
