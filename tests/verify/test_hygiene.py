from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.records import Candidate, Kind
from algorand_coder.verify import hygiene
from tests.verify.samples import PAYMENT


def rules(code: str, name: str = "main.ts") -> list[str]:
    return [found.code for found in hygiene.check(Candidate({name: code}, name, Kind.CLIENT))]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("// @ts-ignore\nexport const a: string = 1", "directive"),
        ("/* @ts-nocheck */\nexport const a: string = 1", "directive"),
        ("export const a = {\n  // @TS-Expect-Error it is fine\n  b: 1 + '' - 2,\n}", "directive"),
        ("declare global {\n  interface Array<T> { mine: T }\n}\nexport {}", "ambient"),
        ("declare module 'algosdk' {\n  export const x: any\n}", "ambient"),
        ("declare const algorand: any\nexport const x = algorand.y", "ambient"),
        ("export function f(): void {\n  // TODO: write this\n}", "placeholder"),
        ("export function f(): void {\n  // FIXME\n}", "placeholder"),
        ("export function f(): void {\n  // your code here\n}", "placeholder"),
        ("export function f(): void {\n  // ... rest of the code stays\n}", "placeholder"),
        ("export function f(): void {\n  // ...\n}", "placeholder"),
        ("export function f(): never {\n  throw new Error('Not implemented')\n}", "placeholder"),
        ("export function f(): never {\n  throw new Error(`f is not yet implemented`)\n}", "placeholder"),
        ("import { err } from 'x'\nexport function f() {\n  err('not implemented')\n}", "placeholder"),
        ("import '../../../node_modules/vitest/globals'\nexport const a = 1", "import"),
        ("import type { A } from /* so */ './node_modules/algosdk'\nexport type B = A", "import"),
        ("export * from '../Node_Modules/algosdk'", "import"),
        ("export const a = import(`../node_modules/algosdk`)", "import"),
        ("import a = require('/srv/node_modules/algosdk')\nexport const b = a", "import"),
        ("export type A = import('../node_modules/algosdk').Account", "import"),
        ('/// <reference path="../node_modules/vitest/globals.d.ts" />\nexport const a = 1', "import"),
        ("// nothing but words\nimport 'algosdk'\n", "empty"),
        ("", "empty"),
        ("export {}\n", "empty"),
    ],
)
def test_broken_rules(code: str, rule: str) -> None:
    assert rules(code) == [f"hygiene/{rule}"]


@pytest.mark.parametrize(
    "code",
    [
        PAYMENT,
        "export const a = '// @ts-ignore', b = `// TODO: ${a}`, c = /@ts-nocheck/",
        "export class A {\n  declare b: string\n}",
        "export const declare = 1\nexport const { x } = { ...{ x: declare } }",
        "// Adds an item to the todo list that a person keeps.\nexport const todo = ['TODO']",
        "// Fails where the feature is not implemented by the node.\nexport const a = 1",
        "export function f(reason: string): never {\n  throw new Error(`the node has no ${reason}`)\n}",
        "// Here the remaining balance is computed.\nexport const balance = 1",
        "console.log('a lone statement')",
        "import fs from 'node:fs'\nexport const a = fs.existsSync('./node_modules/algosdk')",
        "import { a } from './my_node_modules_list'\nexport const b = a",
        "export * from 'algosdk'",
        "export { AlgorandClient } from '@algorandfoundation/algokit-utils'",
    ],
)
def test_what_only_looks_like_it_is_fine(code: str) -> None:
    assert rules(code) == []


DIRECTIVES = st.sampled_from(["@ts-ignore", "@ts-nocheck", "@ts-expect-error", "TODO", "your code here"])


@given(DIRECTIVES, st.sampled_from(["'{}'", '"{}"', "`{}`", "`${{'{}'}}`"]))
def test_strings_may_say_anything(word: str, quotes: str) -> None:
    assert rules(f"export const text = {quotes.format('// ' + word)}\n") == []


@given(DIRECTIVES, st.sampled_from(["// {}", "/* {} */", "/** {} */", "/*\n * {}\n */"]), st.integers(0, 3))
def test_comments_may_not(word: str, comment: str, line: int) -> None:
    lines = ["export const a = 1", "export const b = 'x'", "export const c = `y`"]
    lines.insert(line, comment.format(word))
    assert rules("\n".join(lines)) != []


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd.ts", "../a.ts", "a/../../b.ts", "a//b.ts", "./a.ts", "a\\b.ts", "a\0.ts", "c:a.ts", ".hidden.ts",
        "node_modules/algosdk/index.ts", "a/Node_Modules/b.ts", "sub/.hidden.ts",
        "package.json", "tsconfig.json", "sub/tsconfig.build.json", "types.d.ts",
        "a.js", "readme.md", "a\nb.ts", "x" * 300 + ".ts", "a?.ts", "\ud800.ts", "dir/",
    ],
)  # fmt: skip
def test_hostile_paths_are_refused(path: str) -> None:
    found = hygiene.check(Candidate({path: PAYMENT, "main.ts": PAYMENT}, "main.ts", Kind.CLIENT))
    assert [each.code for each in found] == ["hygiene/path"]
    assert all(character.isprintable() for each in found for character in each.file)


def test_paths_that_collide_are_refused() -> None:
    assert rules_of({"A.ts": "export {}", "a.ts": PAYMENT}) == ["hygiene/path"]
    assert rules_of({"a.ts": "export {}", "a.ts/b.ts": PAYMENT}) == ["hygiene/path"]


def rules_of(files: dict[str, str]) -> list[str]:
    return [found.code for found in hygiene.check(Candidate(files, next(iter(files)), Kind.CLIENT))]


def test_limits_of_size_and_form() -> None:
    assert rules("export const a = '" + "x" * 200_000 + "'") == ["hygiene/size"]
    assert rules("export const a = 1\n" * 100_000) == ["hygiene/size"]
    assert rules("export const a = " + "[" * 500 + "]" * 500) == ["hygiene/nesting"]
    assert rules("export const a = '\0'") == ["hygiene/encoding"]
    assert rules("export const a = '\udcff'") == ["hygiene/encoding"]
    assert rules_of({"main.ts": PAYMENT, "a.json": "{"}) == ["hygiene/json"]
    assert rules_of({"main.ts": PAYMENT, "a.json": '\ufeff{"a": 1}'}) == []


def test_a_contract_needs_its_name() -> None:
    found = hygiene.check(Candidate({"main.ts": PAYMENT}, "main.ts", Kind.CONTRACT))
    assert [each.code for each in found] == ["hygiene/path"]


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    hygiene.check(Candidate({"main.ts": text}, "main.ts", Kind.CLIENT))
