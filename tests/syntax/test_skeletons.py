"""Skeletons ignore words and formatting, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.syntax import code_tokens, skeleton, skeleton_tokens, strip_comments

PAYMENT = """
/** Pays. */
export async function pay(algorand: AlgorandClient, to: string): Promise<string> {
  // one payment
  const result = await algorand.send.payment({ sender: to, amount: (1).algo(), note: `hi ${to}` });
  return result.txIds[0];
}
"""
RENAMED = """
export async function transfer(client: Client, who: string): Promise<string> {
  const r = await client.send.asset({ from: who, total: (25).algo(), memo: `bye now ${who}`, })
  return r.ids[1]
}
"""


def test_names_literals_comments_and_formatting_do_not_count() -> None:
    assert skeleton_tokens(PAYMENT) == skeleton_tokens(RENAMED)
    assert skeleton(PAYMENT) == skeleton(RENAMED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a + b", "a - b"),
        ("f(a)", "f(a, b)"),
        ("let x: number = 1", "let x: string = 1"),
        ("const x = 1", "let x = 1"),
        ("x = 'a'", "x = 1"),
        ("if (a) b()", "if (a) { b() } else { c() }"),
        ("async function f() {}", "function f() {}"),
        ("`a${b}`", "`a`"),
        ("x = null", "x = undefined"),
    ],
)
def test_structure_counts(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = 'x';", 'a = "yy"'),
        ("f(a, b,)", "f(c, d)"),
        ("const x = [1, 2,];", "const x = [3, 4]"),
        ("if (true) {}", "if (false) {\n // nothing\n}"),
        ("x = /a+/g", "x = /b/"),
        ("x = 'a\\nb'", "x = ''"),
    ],
)
def test_wording_does_not(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_tsx_needs_its_own_grammar() -> None:
    code = "const view = <Wallet name='a'>text {value}</Wallet>"
    other = "const page = <Button kind='b'>words {count}</Button>"
    assert skeleton(code, "tsx") == skeleton(other, "tsx")


def test_strip_comments_leaves_strings_alone() -> None:
    assert strip_comments("const a = 'http://x' // gone\n/* gone */ b") == "const a = 'http://x'  \n  b"


def test_code_tokens_have_no_comments() -> None:
    assert code_tokens("pay(1) // now\n") == ["pay", "(", "1", ")"]


def test_non_ascii_text_keeps_offsets_right() -> None:
    assert strip_comments("const ä = 'é' // ü\nnext") == "const ä = 'é'  \nnext"


@given(st.text(max_size=200))
def test_any_text_has_a_skeleton(text: str) -> None:
    assert skeleton(text) == skeleton(text)
    assert isinstance(code_tokens(text), list)


@given(st.from_regex(r"[a-z][a-zA-Z0-9]{0,8}", fullmatch=True))
def test_renaming_keeps_the_skeleton(name: str) -> None:
    keywords = {"do", "if", "in", "of", "as", "is", "new", "let", "var", "for", "try", "get", "set", "any"}
    if name in keywords or skeleton_tokens(name) != ("id",):
        return
    assert skeleton(f"const {name}1 = {name}2.{name}3({name}4)") == skeleton("const a = b.c(d)")
