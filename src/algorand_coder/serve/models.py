"""The models a server offers, by name, and which of them answer a request in which order."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.errors import nearest
from algorand_coder.serve import router
from algorand_coder.serve.failures import Refusal
from algorand_coder.serve.solving import Model

AUTO = "auto"
"""Name under which the router chooses."""


@dataclass(frozen=True)
class Models:
    """The tuned model, and a general one where one is configured."""

    tuned: Model
    general: Model | None = None

    @property
    def all(self) -> list[Model]:
        """Every model with an engine of its own."""
        return [self.tuned, *([self.general] if self.general else [])]

    @property
    def names(self) -> list[str]:
        """Names a request may ask for."""
        return [model.name for model in self.all] + ([AUTO] if self.general else [])

    def choose(self, name: str | None, request: str) -> tuple[list[Model], str]:
        """Who answers ``request``, best first, and why. A model asked for by name has no stand-in.

        Raises ``Refusal`` (404) for a name that nobody has.
        """
        if name is None:
            name = AUTO if self.general else self.tuned.name
        if name == AUTO and self.general:
            decided = router.decide(request)
            order = [self.tuned, self.general] if decided.to == "tuned" else [self.general, self.tuned]
            return order, f"router: {decided.task}"
        for model in self.all:
            if model.name == name:
                return [model], "asked for by name"
        known = ", ".join(self.names)
        message = f"no model {name[:100]!r}; this server has: {known}{nearest(name, self.names)}"
        raise Refusal(404, message, code="model_not_found", param="model")

    async def start(self) -> None:
        """Start every engine."""
        for model in self.all:
            await model.engine.start()

    async def stop(self) -> None:
        """Stop every engine."""
        for model in self.all:
            await model.engine.stop()
