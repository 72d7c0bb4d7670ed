from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train.rows import read_chat

USER, ASSISTANT = {"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}
SYSTEM = {"role": "system", "content": "s"}


def write(path: Path, *rows: Any) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows))
    return path


def test_rows_keep_id_category_and_turns(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.chat.jsonl",
        {"messages": [SYSTEM, USER, ASSISTANT], "id": "one", "category": "assets"},
        "",
        {"messages": [USER, ASSISTANT, USER, ASSISTANT]},
    )
    first, second = read_chat(path)
    assert (first.id, first.category, len(first.messages)) == ("one", "assets", 3)
    assert (second.id, second.category) == ("line 3", "")


def test_unicode_line_separators_do_not_cut_a_row(tmp_path: Path) -> None:
    text = json.dumps({"messages": [USER, {"role": "assistant", "content": "a\u2028b"}]}, ensure_ascii=False)
    assert read_chat(write(tmp_path / "t", text))[0].messages[1]["content"] == "a\u2028b"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{not json", ":2: not JSON"),
        ({"text": "x"}, "'messages' must be a non-empty list"),
        ({"messages": []}, "'messages' must be a non-empty list"),
        ({"messages": [USER]}, "ending with assistant; got user"),
        ({"messages": [SYSTEM]}, "got system"),
        ({"messages": [ASSISTANT, USER]}, "got assistant, user"),
        ({"messages": [USER, USER, ASSISTANT]}, "user and assistant in turn"),
        ({"messages": [USER, {"role": "tool", "content": "x"}]}, r"messages\[1\].role"),
        ({"messages": [USER, {"role": "assistant", "content": " \n"}]}, r"messages\[1\].content must be text"),
        ({"messages": [USER, {"role": "assistant", "content": None}]}, r"messages\[1\].content"),
    ],
)
def test_a_bad_row_names_file_line_and_field(tmp_path: Path, row: Any, complaint: str) -> None:
    path = write(tmp_path / "train.chat.jsonl", {"messages": [USER, ASSISTANT]}, row)
    with pytest.raises(UserError, match=complaint) as raised:
        read_chat(path)
    assert "train.chat.jsonl:2" in str(raised.value)


def test_missing_empty_and_binary_files_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is missing: run the dataset stage"):
        read_chat(tmp_path / "absent")
    with pytest.raises(UserError, match="holds no rows"):
        read_chat(write(tmp_path / "empty"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="not UTF-8"):
        read_chat(tmp_path / "binary")
