"""What goes to an endpoint and what comes back: a request, and a reply or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from algorand_coder.generate.chat import Message
from algorand_coder.records import digest

Finish = Literal["stop", "length", "refusal"]

Reason = Literal["timeout", "connection", "rate-limit", "server", "malformed", "invalid-request", "over-budget"]


@dataclass(frozen=True)
class Request:
    """One question with everything that decides its answer."""

    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    sample: int = 0
    """Which of several answers to the same question; also what is added to the seed."""

    @property
    def key(self) -> str:
        """Content address: equal requests have equal keys on every machine."""
        sampling = [self.temperature, self.top_p, self.seed, self.sample]
        return digest([[dict(message) for message in self.messages], self.max_tokens, *sampling])

    @property
    def most_prompt_tokens(self) -> int:
        """More tokens than any tokenizer makes of the messages: one a byte, some for each turn and the template."""
        return sum(len(message["content"].encode("utf-8")) + 16 for message in self.messages) + 256


@dataclass(frozen=True)
class Reply:
    """What a model gave back. ``refusal`` is the model's or its provider's own word for it.

    Lone surrogates of ``text``, which no file of ours can hold, are replaced by question marks.
    """

    text: str
    finish: Finish
    prompt_tokens: int
    completion_tokens: int
    model: str
    """The model that answered, as the endpoint names it."""
    dollars: float = 0.0
    """Price when it was bought."""
    seconds: float = field(default=0.0, compare=False)
    """From sending to the last byte of the attempt that succeeded; 0 for a batch."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text.encode("utf-8", "replace").decode("utf-8"))


@dataclass(frozen=True)
class Failure:
    """Why there is no reply. Never a statement about the model, and never kept: the next run asks again."""

    reason: Reason
    detail: str


@dataclass(frozen=True)
class Bill:
    """What a set of requests came to, whenever their answers were bought."""

    answers: int = 0
    bought: int = 0
    """Answers that were not on disk before."""
    failures: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dollars: float = 0.0
    unsettled_dollars: float = 0.0
    """Upper bound of what attempts may have cost whose answer never arrived."""

    def plus(self, reply: Reply | Failure, *, bought: bool) -> Bill:
        """This bill with one more outcome."""
        if isinstance(reply, Failure):
            return replace(self, failures=self.failures + 1)
        return replace(
            self,
            answers=self.answers + 1,
            bought=self.bought + bought,
            prompt_tokens=self.prompt_tokens + reply.prompt_tokens,
            completion_tokens=self.completion_tokens + reply.completion_tokens,
            dollars=self.dollars + reply.dollars,
        )


class Trouble(Exception):
    """One attempt that gave no answer."""

    def __init__(
        self, reason: Reason, detail: str, *, again: bool = True, paid: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.again = again
        """Whether another attempt may fare better."""
        self.paid = paid
        """Whether the provider may bill the attempt nevertheless."""
        self.wait = wait
        """Seconds that the endpoint asked to be left alone."""
