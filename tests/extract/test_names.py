from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.extract.names import index_names
from algorand_coder.syntax import parse


def free(code: str) -> set[str]:
    return index_names(parse(code).root_node).free(0, len(code.encode()))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("const a = b + c", {"b", "c"}),
        ("function f(x, { y, z: w }, ...rest) { return x + y + w + rest.length + q }", {"q"}),
        ("const f = (a = base) => a.base", {"base"}),
        ("const [p, q = r] = list; use(p, q)", {"r", "list", "use"}),
        ("type A<T> = { [K in keyof T]: B<K> }", {"B"}),
        ("let v: ns.Inner = ns.make()", {"ns"}),
        ("for (const item of items) item.run()", {"items"}),
        ("for (k in items) use(k)", {"k", "items", "use"}),
        ("try { go() } catch (error) { log(error) }", {"go", "log"}),
        (
            "class Box extends Base<Item> { size = count; get(key: Key) { return this.size } }",
            {"Base", "Item", "count", "Key"},
        ),
        ("const o = { short, long: value, method() { return inner } }", {"short", "value", "inner"}),
        ("import lib, { one as two, three } from 'lib'; two(three, lib)", set()),
        ("export { local as outside }", {"local"}),
        ("type R = X extends Promise<infer U> ? U : never", {"X", "Promise"}),
        ("enum Colour { Red = base }", {"base"}),
        ("interface I { [key: string]: V; call(a: A): B }", {"V", "A", "B"}),
        ("const t = `${name} and ${other.name}`", {"name", "other"}),
    ],
)
def test_free_names(code: str, expected: set[str]) -> None:
    assert free(code) == expected


@pytest.mark.parametrize(
    ("body", "complexity"),
    [
        ("return 1", 1),
        ("if (a) return 1", 2),
        ("if (a && b) return 1", 3),
        ("for (const x of xs) while (x) go()", 3),
        ("switch (a) { case 1: case 2: return 1; default: return 2 }", 3),
        ("return a ? b : c ?? d", 3),
        ("try { go() } catch { stop() }", 2),
    ],
)
def test_cyclomatic_complexity_counts_decisions(body: str, complexity: int) -> None:
    code = f"function f() {{ {body} }}"
    assert index_names(parse(code).root_node).complexity(0, len(code)) == complexity


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=8, unique=True), st.randoms())
def test_every_parameter_is_bound_and_every_other_name_is_free(names: list[str], random: object) -> None:
    prefixed = [f"v_{name}" for name in names]
    half = len(prefixed) // 2
    code = f"function run({', '.join(prefixed[:half])}) {{ return [{', '.join(prefixed)}] }}"
    assert free(code) == set(prefixed[half:])


def test_names_are_cut_at_the_span() -> None:
    code = "outside(); function f(a) { return a + b }"
    start = code.index("function")
    assert index_names(parse(code).root_node).free(start, len(code)) == {"b"}
