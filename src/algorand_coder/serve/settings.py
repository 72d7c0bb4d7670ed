"""Limits and habits of the gateway; every value can be set from the command line."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ServeSettings(BaseModel):
    """What the gateway allows. Times are seconds, sizes are bytes or characters as named.

    No ``Section``: that would load the pipeline's tables, and an agent waits for its tools.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    model: str = Field(default="algorand-coder", min_length=1, max_length=200)
    """Name under which clients ask for the tuned model."""
    max_body_bytes: int = Field(default=1_000_000, ge=1_000)
    max_prompt_characters: int = Field(default=200_000, ge=100)
    max_concurrent: int = Field(default=64, ge=1)
    """Requests that are worked on at once."""
    max_waiting: int = Field(default=256, ge=0)
    """Requests that may wait for one of them to end; more are told to come back."""
    wait_seconds: float = Field(default=30.0, gt=0)
    body_seconds: float = Field(default=30.0, gt=0)
    """Time a client has to send its request."""
    request_seconds: float = Field(default=600.0, gt=0)
    """Time one request may take in all."""
    stall_seconds: float = Field(default=60.0, gt=0)
    """Silence of a streaming engine after which it is given up."""
    judge_seconds: float = Field(default=120.0, gt=0)
    """Time a verdict may take; after that the code could not be judged."""
    heartbeat_seconds: float = Field(default=15.0, gt=0)
    """Longest silence on a stream; a comment is sent then, so that nothing between here and the client gives up."""
    graceful_seconds: int = Field(default=20, ge=0)
    """Time requests have to end after a signal to stop."""
    default_tokens: int = Field(default=1_024, ge=1)
    max_tokens: int = Field(default=8_192, ge=1)
    """Tokens of one answer: when a request names no number, and at most."""
    max_samples: int = Field(default=8, ge=1, le=64)
    max_rounds: int = Field(default=4, ge=0, le=16)
    verdict_workers: int = Field(default=1, ge=1)
    """Contracts that are compiled side by side."""
    warm: bool = True
    """Start the compilers with the server, so that the first verdict takes no longer than the others."""
    log_prompts: bool = False
    collect_bytes: int = Field(default=100_000_000, ge=0)
    """Size at which collecting stops."""
    collect_characters: int = Field(default=40_000, ge=1)
    """Longest pair that is collected."""
