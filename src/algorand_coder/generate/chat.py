"""Conversations: the system prompt, the one way a pair becomes messages, and the chat template's identity.

Training, evaluation and serving must put the same text before the model; a template that differs between them
costs more than most hyper-parameters (LLaMA-Factory#2509: 26 % against 57 %). Its hash travels with the adapter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError

ADAPTER_RECORD = "algorand-coder.json"
"""Beside an adapter's weights, and those of an export: the base model, and the chat template's hash and switches that
it was trained with."""
ADAPTER_TEMPLATE = "chat_template.jinja"
"""Beside an adapter's weights: the chat template itself, for servers that would take the base model's."""

Message = dict[str, str]
Conversation = Sequence[Message]


@cache
def _system_prompt() -> str:
    return files(__package__).joinpath("system_prompt.txt").read_text(encoding="utf-8").strip()


SYSTEM_PROMPT: str = _system_prompt()
"""The system message of every conversation. Short on purpose: each row pays for its tokens again."""


def messages(instruction: str, input: str = "", *, system: str | None = None) -> list[Message]:
    """The conversation that asks for code: system message, then ``instruction`` with ``input`` below it.

    ``system`` replaces :data:`SYSTEM_PROMPT`; an empty string leaves the system message out.
    """
    system = SYSTEM_PROMPT if system is None else system
    user = instruction.strip() + (f"\n\n{input.strip()}" if input.strip() else "")
    head = [{"role": "system", "content": system}] if system else []
    return [*head, {"role": "user", "content": user}]


def with_answer(conversation: Conversation, output: str) -> list[Message]:
    """``conversation`` closed by the assistant's ``output``: one training row."""
    return [*conversation, {"role": "assistant", "content": output}]


def chat_template_hash(tokenizer: Any) -> str:
    """SHA-256 (hex) of the tokenizer's chat template.

    Raises ``UserError`` where the tokenizer has no template, or several without a default.
    """
    return _hash(template_text(tokenizer))


def read_record(folder: Path) -> dict[str, Any]:
    """What stands in :data:`ADAPTER_RECORD` of a folder of weights; nothing for weights of other making."""
    try:
        found = json.loads((folder / ADAPTER_RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise UserError(f"{folder / ADAPTER_RECORD}: not readable as JSON: {error}") from None
    return dict(found)


def adapter_template(weights: Path) -> tuple[Path, dict[str, Any]] | None:
    """The chat template that an adapter or a model carries and the switches it was trained with.

    ``None`` for weights of other making. Raises ``UserError`` where that file is missing or not the template of the
    training.
    """
    record = read_record(weights)
    if not record:
        return None
    path = weights / ADAPTER_TEMPLATE
    trained_with = str(record.get("chat_template_sha256", ""))
    if not path.is_file() or _hash(path.read_bytes().decode("utf-8")) != trained_with:
        raise UserError(
            f"{path} is not the chat template the weights were trained under ({trained_with[:12]}): put that back, or "
            "train again"
        )
    return path, dict(record.get("chat_template_kwargs", {}))


def render(tokenizer: Any, conversation: Conversation, *, ask: bool, **switches: Any) -> str:
    """The exact text before the model; ``ask`` appends the template's opening of the assistant's turn.

    ``switches`` are handed to the template, for example ``enable_thinking=False``.
    """
    template_text(tokenizer)
    text = tokenizer.apply_chat_template(list(conversation), tokenize=False, add_generation_prompt=ask, **switches)
    return str(text)


def encode(tokenizer: Any, text: str) -> list[int]:
    """Token ids of rendered text. Nothing is added: a template already wrote its special tokens."""
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    return [int(token) for token in ids]


def template_text(tokenizer: Any) -> str:
    """The tokenizer's chat template; see :func:`chat_template_hash` for what it raises."""
    template = tokenizer.chat_template
    if isinstance(template, dict):
        template = template.get("default")
    if not template:
        name = getattr(tokenizer, "name_or_path", "") or "the tokenizer"
        raise UserError(
            f"{name} has no chat template: choose an instruct model, or add chat_template.jinja to its folder"
        )
    return str(template)


def _hash(template: str) -> str:
    return sha256(template.encode("utf-8")).hexdigest()
