"""What requests and answers look like: OpenAI's shapes, and ours for verified code. Unknown fields are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from algorand_coder.records import DEFAULT_TARGET, Diagnostic, Kind, Level, LevelResult, Outcome, Verdict

Target = Literal["utils9", "utils10"]
Files = Annotated[dict[str, str], Field(max_length=50)]


class Strict(BaseModel):
    """Base of all requests."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class TextPart(Strict):
    """Part of a message; only text can be sent."""

    type: Literal["text"]
    text: str


class ChatMessage(Strict):
    """A turn of a conversation. What clients echo from earlier answers is accepted and not passed on."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[TextPart] | None = None
    name: str | None = None
    tool_calls: list[dict[str, JsonValue]] | None = None
    tool_call_id: str | None = None
    refusal: JsonValue = Field(default=None, exclude=True)
    annotations: JsonValue = Field(default=None, exclude=True)
    audio: JsonValue = Field(default=None, exclude=True)
    function_call: JsonValue = Field(default=None, exclude=True)
    reasoning_content: JsonValue = Field(default=None, exclude=True)

    @property
    def text(self) -> str:
        """The content as plain text."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class VerifyOptions(Strict):
    """Sample ``n`` answers, verify them, repair with the real diagnostics for up to ``rounds`` rounds."""

    level: Level = Field(default=Level.COMPILE, description="How deep answers are judged.")
    n: int = Field(default=1, ge=1, le=64, description="Answers sampled in each round.")
    rounds: int = Field(default=2, ge=0, le=16, description="Rounds of repair after the first.")
    kind: Kind | None = Field(default=None, description="What the code is; told from the code when left out.")
    target: Target = DEFAULT_TARGET  # type: ignore[assignment]
    files: Files = Field(default={}, description="Files the code may import, path to text.")


class StreamOptions(Strict):
    """Options of a stream."""

    include_usage: bool = False
    include_obfuscation: bool = Field(default=False, exclude=True)


class _Sampling(Strict):
    model: str = Field(max_length=200)
    stream: bool = False
    stream_options: StreamOptions | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    top_k: int | None = Field(default=None, ge=-1, le=100_000)
    min_p: float | None = Field(default=None, ge=0, le=1)
    n: int | None = Field(default=None, ge=1, le=64)
    stop: str | Annotated[list[str], Field(max_length=16)] | None = None
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    presence_penalty: float | None = Field(default=None, ge=-2, le=2)
    frequency_penalty: float | None = Field(default=None, ge=-2, le=2)
    repetition_penalty: float | None = Field(default=None, gt=0, le=10)
    logit_bias: dict[str, float] | None = None
    user: str | None = Field(default=None, exclude=True)
    verify: VerifyOptions | None = Field(default=None, exclude=True, description="Ask for a verified answer.")
    collect: bool = Field(
        default=True, exclude=True, description="False keeps this request out of what the server collects."
    )


class ChatRequest(_Sampling):
    """Body of ``POST /v1/chat/completions``."""

    messages: list[ChatMessage] = Field(min_length=1, max_length=1_000)
    max_tokens: int | None = Field(default=None, ge=1)
    max_completion_tokens: int | None = Field(default=None, ge=1)
    logprobs: bool | None = None
    top_logprobs: int | None = Field(default=None, ge=0, le=20)
    response_format: dict[str, JsonValue] | None = None
    tools: list[dict[str, JsonValue]] | None = Field(default=None, max_length=128)
    tool_choice: str | dict[str, JsonValue] | None = None
    parallel_tool_calls: bool | None = None
    reasoning_effort: str | None = None
    chat_template_kwargs: dict[str, JsonValue] | None = None
    metadata: dict[str, JsonValue] | None = Field(default=None, exclude=True)
    store: bool | None = Field(default=None, exclude=True)
    service_tier: str | None = Field(default=None, exclude=True)
    safety_identifier: str | None = Field(default=None, exclude=True)
    prompt_cache_key: str | None = Field(default=None, exclude=True)
    modalities: list[Literal["text"]] | None = Field(default=None, exclude=True)


class CompletionRequest(_Sampling):
    """Body of ``POST /v1/completions``."""

    prompt: str | Annotated[list[str], Field(min_length=1, max_length=64)]
    max_tokens: int | None = Field(default=None, ge=1)
    echo: bool | None = None
    suffix: str | None = None
    logprobs: int | None = Field(default=None, ge=0, le=20)
    best_of: int | None = Field(default=None, ge=1, le=64)


class GenerateRequest(Strict):
    """Body of ``POST /v1/generate``: a request in words, answered with verified code."""

    instruction: str = Field(min_length=1, description="What code to generate")
    context: str = Field(default="", description="Optional context (existing code, types, etc.)")
    files: Files = Field(default={}, description="Files the code may import, path to text; shown to the model too.")
    kind: Kind | None = Field(default=None, description="What the code is; told from the code when left out.")
    target: Target = DEFAULT_TARGET  # type: ignore[assignment]
    level: Level = Level.COMPILE
    n: int = Field(default=1, ge=1, le=64, description="Answers sampled in each round.")
    rounds: int = Field(default=2, ge=0, le=16, description="Rounds of repair after the first.")
    model: str | None = Field(default=None, max_length=200, description="A name from /v1/models; else the router's.")
    max_tokens: int | None = Field(default=None, ge=1)
    temperature: float | None = Field(default=None, ge=0, le=2)
    seed: int | None = Field(default=None, ge=-(2**63), lt=2**63)
    stream: bool = Field(default=False, description="Server-sent events: tokens, verdicts and repairs as they happen.")
    collect: bool = Field(default=True, description="False keeps this request out of what the server collects.")


class CheckRequest(Strict):
    """Body of ``POST /v1/check``: code to judge, one file or several."""

    code: str = Field(default="", description="One file's text.")
    files: Files = Field(default={}, description="Several files, path to text, in place of ``code`` or beside it.")
    entry: str = Field(default="", description="Which of ``files`` is judged; its only one when left out.")
    kind: Kind | None = None
    target: Target = DEFAULT_TARGET  # type: ignore[assignment]
    level: Level = Level.COMPILE


class Finding(BaseModel):
    """One diagnostic; line and column count from 1, 0 where a tool gives none."""

    level: Level
    file: str
    line: int
    column: int
    code: str
    message: str
    hint: str

    @classmethod
    def of(cls, found: Diagnostic) -> Finding:
        """The same as a response."""
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


class Check(BaseModel):
    """What one level said."""

    level: Level
    outcome: Outcome
    seconds: float
    reason: str
    diagnostics: list[Finding]

    @classmethod
    def of(cls, result: LevelResult) -> Check:
        """The same as a response."""
        found = [Finding.of(each) for each in result.diagnostics[:MAX_FINDINGS]]
        return cls(
            level=result.level,
            outcome=result.outcome,
            seconds=round(result.seconds, 3),
            reason=result.reason,
            diagnostics=found,
        )


LEVELS = tuple(level for level in Level if level != Level.BEHAVE)
"""Levels that can be asked for; behaviour is judged by a check program, which no request brings."""
MAX_FINDINGS = 40
"""Diagnostics that a response lists for one level."""


class Attempt(BaseModel):
    """One answer of a model and what became of it."""

    round: int = Field(description="0 is the first, each further one a repair.")
    sample: int
    model: str
    outcome: Outcome
    level: Level | None = Field(description="The deepest level that was looked at.")
    findings: int = Field(description="How many diagnostics there were.")
    tokens: int = Field(description="Tokens the engine counted for the answer, 0 where it did not say.")


class Checked(BaseModel):
    """Answer of ``POST /v1/check``."""

    outcome: Outcome
    kind: Kind
    versions: dict[str, str]
    checks: list[Check]
    warnings: list[str]


class Generated(Checked):
    """Answer of ``POST /v1/generate``: the best code that was found, and how good it is."""

    code: str
    attempts: list[Attempt]
    model: str
    route: str = Field(description="Why this model answered.")
    tokens: int


class ErrorDetail(BaseModel):
    """What went wrong."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorBody(BaseModel):
    """Every error has this shape."""

    error: ErrorDetail


def checks_of(verdict: Verdict) -> list[Check]:
    """The levels of ``verdict`` as a response."""
    return [Check.of(result) for result in verdict.levels]


def shown_versions(versions: dict[str, str], target: str) -> dict[str, str]:
    """Those of the verifier's ``versions`` that matter to whoever uses code for ``target``."""
    utils = versions["algokit-utils-10" if target == "utils10" else "algokit-utils"]
    others = ("algosdk", "algorand-typescript", "puya-ts", "puya", "typescript")
    return {"algokit-utils": utils, **{name: versions[name] for name in others}}


def conversation_of(messages: Sequence[ChatMessage]) -> list[dict[str, Any]]:
    """Messages as an engine takes them."""
    return [message.model_dump(exclude_none=True) for message in messages]
