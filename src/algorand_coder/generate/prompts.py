"""Prompts are files under ``data/prompts``: rendered here, and named in records with the hash of their text."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2

from algorand_coder.records import digest

PROMPTS = Path(__file__).parents[1] / "data" / "prompts"


def render(name: str, **values: Any) -> str:
    """The prompt in file ``name`` with ``values`` filled in; an unknown or missing value is an error."""
    return _environment().get_template(name).render(**values).strip()


def prompt_id(name: str) -> str:
    """``name@hash``: equal means the same text."""
    return f"{name}@{sha256((PROMPTS / name).read_bytes()).hexdigest()[:8]}"


def prompts_fingerprint() -> str:
    """Hash of all prompts: equal means that models are asked the same."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(PROMPTS.iterdir()) if path.is_file()}
    return digest(files)[:16]


@cache
def _environment() -> jinja2.Environment:
    # Prompts are plain text: escaping for HTML would change the code in them.
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(PROMPTS),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
