from __future__ import annotations

from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import SYSTEM_PROMPT, chat_template_hash, messages, render, with_answer


class Tokenizer:
    """The two members of a tokenizer that chat needs."""

    name_or_path = "some/model"

    def __init__(self, template: Any) -> None:
        self.chat_template = template

    def apply_chat_template(self, conversation: list[dict[str, str]], **options: Any) -> str:
        text = "".join(f"[{m['role']}]{m['content']}" for m in conversation)
        return text + ("[assistant]" if options["add_generation_prompt"] else "") + str(options.get("thinking", ""))


def test_a_pair_becomes_system_and_user_message() -> None:
    conversation = messages(" Send a payment. ", "sender: string")
    assert [m["role"] for m in conversation] == ["system", "user"]
    assert conversation[0]["content"] == SYSTEM_PROMPT
    assert conversation[1]["content"] == "Send a payment.\n\nsender: string"


def test_blank_input_and_empty_system_prompt_leave_nothing_behind() -> None:
    assert messages("Send.", "  ", system="") == [{"role": "user", "content": "Send."}]


def test_the_answer_closes_the_conversation_without_changing_it() -> None:
    asked = messages("Send.")
    row = with_answer(asked, "code")
    assert row[:-1] == asked
    assert row[-1] == {"role": "assistant", "content": "code"}


def test_template_hash_depends_on_the_template_alone() -> None:
    assert chat_template_hash(Tokenizer("a")) == chat_template_hash(Tokenizer({"default": "a", "tool_use": "b"}))
    assert chat_template_hash(Tokenizer("a")) != chat_template_hash(Tokenizer("b"))


@pytest.mark.parametrize("template", [None, "", {"tool_use": "x"}])
def test_a_base_without_template_is_one_clear_line(template: Any) -> None:
    with pytest.raises(UserError, match="some/model has no chat template"):
        chat_template_hash(Tokenizer(template))
    with pytest.raises(UserError, match="no chat template"):
        render(Tokenizer(template), messages("x"), ask=True)


def test_switches_reach_the_template() -> None:
    assert (
        render(Tokenizer("t"), [{"role": "user", "content": "q"}], ask=True, thinking="off") == "[user]q[assistant]off"
    )
