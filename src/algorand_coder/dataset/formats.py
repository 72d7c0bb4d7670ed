"""The shapes a row is written in: the plan's Alpaca fields, and chat messages."""

from __future__ import annotations

import re
from typing import Any

from algorand_coder.generate.chat import messages, with_answer
from algorand_coder.records import Pair

_FENCE_LINE = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)


def alpaca(pair: Pair) -> dict[str, str]:
    """Exactly ``instruction``, ``input``, ``output``, in this order."""
    return {"instruction": pair.instruction, "input": pair.input, "output": pair.output}


def chat(pair: Pair) -> dict[str, Any]:
    """System, user and assistant message; the assistant's holds the code in a fence, as models are asked to answer."""
    return {
        "messages": with_answer(messages(pair.instruction, pair.input), fenced(pair.output)),
        "id": pair.id,
        "category": str(pair.category),
        "kind": str(pair.kind),
    }


def fenced(code: str) -> str:
    """``code`` as a Markdown block; the fence is longer than any line of the code that would close it."""
    longest = max((len(run) for run in _FENCE_LINE.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}typescript\n{code.strip()}\n{fence}"
