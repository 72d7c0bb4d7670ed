"""Models behind endpoints by name: the shipped ``models.yaml``, a file of one's own, or a bare address."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import Field

from algorand_coder.errors import UserError, nearest
from algorand_coder.pipeline.config import Section, parse

MODELS = Path(__file__).parents[2] / "data" / "config" / "models.yaml"
_PATIENT = {"concurrency": 4, "timeout_seconds": 1800.0}
"""For a bare address on this machine: a CPU may answer there, and a request that is given up is work thrown away."""


class EndpointConfig(Section):
    """One model behind one address. Nothing secret: the key is named by the variable that holds it."""

    provider: Literal["openai", "anthropic"] = "openai"
    """Which protocol: OpenAI's chat completions (vLLM, llama.cpp, Ollama, … speak it too) or Anthropic's messages."""
    base_url: str = Field(pattern=r"^https?://\S+$")
    model: str = Field(min_length=1)
    """What the endpoint calls the model."""
    api_key_env: str = ""
    """Environment variable that holds the key; empty where the endpoint asks for none."""
    price: str = ""
    """Row of ``prices.yaml``; empty where answers cost nothing, as on hardware of one's own."""
    sampling: bool = True
    """Whether the model takes temperature, top_p and seed; some refuse requests that carry them."""
    thinking_tokens: int = Field(default=0, ge=0, le=100_000)
    """Room for thinking, added to every request's limit on tokens."""
    concurrency: int = Field(default=8, ge=1, le=256)
    timeout_seconds: float = Field(default=180.0, gt=0, le=3600)
    """For one attempt, from sending to the last byte."""
    attempts: int = Field(default=6, ge=1, le=20)
    backoff_seconds: float = Field(default=1.0, gt=0, le=60)
    """Longest first wait after a failed attempt; doubled after each further one, drawn at random below that."""
    extra: dict[str, Any] = Field(default={})
    """Further fields of the request's body, for example ``chat_template_kwargs``."""

    @property
    def local(self) -> bool:
        """Whether the address is this very machine."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def key(self) -> str:
        """The key, or an empty string."""
        return os.environ.get(self.api_key_env, "").strip() if self.api_key_env else ""

    @property
    def missing_key(self) -> str:
        """The variable that has to be set before the model can be asked; empty when nothing is missing."""
        return self.api_key_env if self.api_key_env and not self.key else ""


def resolve(name: str) -> EndpointConfig:
    """The model called ``name``: in ``models.yaml``, as ``FILE.yaml#name``, or as ``http://host:port/v1#model``.

    Raises ``UserError`` with one line for a name that nothing is known of and for a faulty file.
    """
    place, _, inner = name.rpartition("#")
    if place.startswith(("http://", "https://")):
        found = parse(EndpointConfig, {"base_url": place, "model": inner}, name)
        return found.model_copy(update=_PATIENT) if found.local else found
    known = _read(Path(place) if place else MODELS)
    if inner not in known:
        hint = nearest(inner, known) or f" (known: {', '.join(known)})"
        raise UserError(f"no model {inner!r} in {place or 'models.yaml'}{hint}")
    return parse(EndpointConfig, known[inner], f"{place or 'models.yaml'}, model {inner!r}")


def label_of(name: str) -> str:
    """What a model is called in results: ``name`` without a folder or an address."""
    return name.rpartition("#")[2]


def configured() -> list[str]:
    """Names in the shipped ``models.yaml``."""
    return list(_read(MODELS))


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        models = data["models"]
        if not all(isinstance(model, dict) for model in models.values()):
            raise TypeError
    except OSError as error:
        raise UserError(f"cannot read the models in {path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError):
        raise UserError(f"{path}: expected 'models:' with a mapping of names to endpoints, as in models.yaml") from None
    return dict(models)
