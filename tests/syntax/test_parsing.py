"""Parsing never fails; errors and comments are found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.syntax import comment_spans, error_count, has_error, language_of, parse


def test_errors_are_seen() -> None:
    assert not has_error("const a: number = 1")
    assert has_error("const a: = 1")
    assert has_error("function f( {")
    assert error_count("const a = 1") == 0
    assert error_count("function f( {") >= 1


def test_generic_arrow_and_cast_parse_in_ts() -> None:
    assert not has_error("const f = <T>(x: T) => x; const y = <string>value")
    assert has_error("const y = <string>value", "tsx")


def test_comment_spans_are_byte_offsets() -> None:
    code = "const é = 1 // ü\n/** doc */ f()"
    raw = code.encode()
    assert [raw[a:b].decode() for a, b in comment_spans(code)] == ["// ü", "/** doc */"]


def test_comment_markers_inside_strings_are_not_comments() -> None:
    assert comment_spans("const a = 'https://x'; const b = `/* no */`") == []


@pytest.mark.parametrize(
    ("path", "language"),
    [("a/b.ts", "ts"), ("x.algo.ts", "ts"), ("a.mts", "ts"), ("v.tsx", "tsx"), ("a.js", None), ("README.md", None)],
)
def test_language_by_suffix(path: str, language: str | None) -> None:
    assert language_of(path) == language


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no grammar for language 'py'"):
        parse("x", "py")


def test_parsers_are_not_shared_between_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        trees = list(pool.map(lambda i: parse(f"const a{i} = {i}").root_node.has_error, range(200)))
    assert not any(trees)


@given(st.text(alphabet=st.characters(), max_size=100))
def test_parse_takes_any_text(text: str) -> None:
    parse(text)
    has_error(text)


def test_lone_surrogates_are_tolerated() -> None:
    assert parse("const a = '\ud800'").root_node.type == "program"
