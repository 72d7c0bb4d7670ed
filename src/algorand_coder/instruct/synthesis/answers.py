"""From a model's reply to the fields that were asked for, or a short, stable reason why there are none."""

from __future__ import annotations

import json
import re

from algorand_coder.generate.endpoints import Failure, Reply
from algorand_coder.syntax.answers import extract_code

MIN_INSTRUCTION, MAX_INSTRUCTION = 20, 2_000
"""Characters."""
_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_REFUSAL = re.compile(
    r"\A\W*(?:I(?:'m| am) sorry|Sorry|I can(?:'t|not)|I(?:'m| am) (?:unable|not able)|I won't)\b", re.I
)
_DESCRIBES = re.compile(r"\A(?:This|The) (?:function|code|class|method|contract|snippet|module)\b", re.I)


class Useless(Exception):
    """A reply that gives no pair; ``str(error)`` is the reason."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.detail = detail


def fields(outcome: Reply | Failure) -> dict[str, str]:
    """The JSON object in a reply, its values as text. Raises ``Useless`` with the reason where there is none."""
    if isinstance(outcome, Failure):
        raise Useless(outcome.reason, outcome.detail)
    if outcome.finish == "refusal":
        raise Useless("refusal", outcome.text)
    fenced = _FENCE.match(outcome.text)
    text = (fenced[1] if fenced else outcome.text).strip()
    try:
        # Models put bare line breaks into strings; strict JSON would refuse the answer for that alone.
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        if outcome.finish == "length":
            raise Useless("truncated", text[-200:]) from None
        raise Useless("refusal" if _REFUSAL.match(text) else "malformed-json", f"{error}: {text[:200]}") from None
    if not isinstance(found, dict):
        raise Useless("malformed-json", f"not an object: {text[:200]}")
    return {str(name): value.strip() for name, value in found.items() if isinstance(value, str)}


def instruction(found: dict[str, str]) -> str:
    """The request. Raises ``Useless`` for one that is missing, quotes code, or describes instead of asking."""
    text = " ".join(found.get("instruction", "").split())
    if not MIN_INSTRUCTION <= len(text) <= MAX_INSTRUCTION:
        raise Useless("no-instruction", f"{len(text)} characters")
    if "```" in text:
        raise Useless("quotes-code", text)
    if _DESCRIBES.match(text):
        raise Useless("describes-code", text)
    return text


def solution(found: dict[str, str]) -> str:
    """The code of a problem. Raises ``Useless`` where there is none."""
    code = extract_code(found.get("code", ""), ())
    if not code:
        raise Useless("no-code", found.get("code", "")[:200])
    return code
