"""An Ollama Modelfile: the chat template put into Ollama's language, proven on conversations; stops and parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.export import gotemplate
from algorand_coder.generate.chat import SYSTEM_PROMPT, Message, messages, render, with_answer

_ASKED, _TOLD = "What is a box?", "A box\n\nholds bytes."
_PLAIN = messages(_ASKED, system="")
_LONG = [*with_answer(messages("First {x}", "input"), "```ts\nconst a = 1n\n```"), *messages("And then?", system="")]
SAMPLES: tuple[Sequence[Message], ...] = (
    _PLAIN,
    messages(_ASKED),
    messages("Zwei Wörter\nund 🙂", "const x: uint64 = 1n", system="Be brief."),
    _LONG,
    [*with_answer(_PLAIN, _TOLD), *messages("Another?", system="")],
    [*with_answer(_LONG, "export class A {}"), *messages("Last one", system="")],
)
"""Conversations on which both templates must agree."""
_LARGEST_CONTEXT = 8_192


def modelfile(tokenizer: Any, weights: str, context: int, stops: Sequence[str], switches: dict[str, Any]) -> str:
    """The Modelfile for the GGUF file ``weights``; ``context`` is the model's, ``stops`` end an answer.

    Raises ``UserError`` when the chat template cannot be put into Ollama's language.
    """
    lines = [
        f"FROM ./{weights}",
        f'TEMPLATE """{go_template(tokenizer, switches)}"""',
        f'SYSTEM """{SYSTEM_PROMPT}"""',
        *(f'PARAMETER stop "{stop}"' for stop in stops),
        "PARAMETER temperature 0",
        f"PARAMETER num_ctx {min(context, _LARGEST_CONTEXT)}",
    ]
    return "\n".join(lines) + "\n"


def stops(tokenizer: Any, ids: Sequence[int]) -> list[str]:
    """What ends an answer, as text: the tokens ``ids`` of the generation config, and the tokenizer's own end."""
    found = [tokenizer.decode([token]) for token in ids] + [tokenizer.eos_token]
    return list(dict.fromkeys(text for text in found if text))


def go_template(tokenizer: Any, switches: dict[str, Any]) -> str:
    """The chat template in Go's language, learnt from what it makes of marked messages, then proven on :data:`SAMPLES`.

    Raises ``UserError`` where the two disagree: such a template does more than frame each message.
    """

    def text(*turns: Message, ask: bool = False) -> str:
        return render(tokenizer, turns, ask=ask, **switches)

    def turn(role: str, content: str) -> Message:
        return {"role": role, "content": content}

    try:
        system, user = turn("system", "SYSTEM-MARK"), turn("user", "USER-MARK")
        before_system, after_system = _around(text(system), "SYSTEM-MARK")
        head = before_system + "SYSTEM-MARK" + after_system
        asked = text(system, user)
        before_user, after_user = _around(asked.removeprefix(head), "USER-MARK")
        answered = text(system, user, turn("assistant", "ANSWER-MARK"), turn("user", "SECOND-MARK"))
        before_answer, rest = _around(answered.removeprefix(asked), "ANSWER-MARK")
        after_answer = rest.removesuffix(before_user + "SECOND-MARK" + after_user)
        default = text(user).removesuffix(before_user + "USER-MARK" + after_user)
        opening = text(system, user, ask=True).removeprefix(asked)
    except Exception as error:  # templates raise what they like
        raise UserError(f"{_CANNOT} ({type(error).__name__}: {' '.join(str(error).split())[:120]})") from None
    made = (
        f"{{{{ if .System }}}}{before_system}{{{{ .System }}}}{after_system}{{{{ else }}}}{default}{{{{ end }}}}"
        "{{ range .Messages }}"
        f'{{{{ if eq .Role "user" }}}}{before_user}{{{{ .Content }}}}{after_user}'
        f'{{{{ else if eq .Role "assistant" }}}}{before_answer}{{{{ .Content }}}}{after_answer}{{{{ end }}}}'
        "{{ end }}"
        f"{opening}"
    )
    try:
        off = [sample for sample in SAMPLES if gotemplate.render(made, sample) != text(*sample, ask=True)]
    except ValueError as error:
        raise UserError(f"{_CANNOT} ({error})") from None
    if off or '"""' in made:
        raise UserError(f"{_CANNOT} (it renders {len(off)} of {len(SAMPLES)} sample conversations differently)")
    return made


_CANNOT = "the chat template cannot be put into Ollama's language: serve the GGUF file with llama.cpp, which reads it"


def _around(text: str, mark: str) -> tuple[str, str]:
    before, found, after = text.partition(mark)
    if not found or mark in after:
        raise ValueError(f"{mark} does not stand in it once")
    return before, after
