from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.extract.jsdoc import parse_jsdoc
from algorand_coder.extract.markdown import examples, fences


def test_jsdoc_text_keeps_prose_and_tags_without_marks() -> None:
    parsed = parse_jsdoc(
        """/**
     * Adds a coin.
     *
     * * first
     * @param purse where it goes,
     *   and stays
     * @returns the purse
     */"""
    )
    assert parsed.text == "Adds a coin.\n\n* first\n@param purse where it goes, and stays\n@returns the purse"
    assert parsed.examples == ()


def test_examples_by_tag_by_heading_and_without_fence() -> None:
    parsed = parse_jsdoc(
        """/**
 * Sends.
 *
 * #### Example
 * ```typescript
 * await send(1)
 * ```
 * Details follow.
 * @example Two at once
 * ```ts
 * await send(2)
 * ```
 * @example
 * const plain = send(3)
 * @example <caption>With a caption</caption>
 * send(4)
 * @example
 * ```json
 * {"not": "code"}
 * ```
 */"""
    )
    assert [(e.title, e.code) for e in parsed.examples] == [
        ("", "await send(1)"),
        ("Two at once", "await send(2)"),
        ("", "const plain = send(3)"),
        ("With a caption", "send(4)"),
    ]
    assert parsed.text.split() == ["Sends.", "Details", "follow."]


def test_tags_inside_a_fence_are_code() -> None:
    parsed = parse_jsdoc("/**\n * @example\n * ```ts\n * class A {\n *   @readonly\n *   b() {}\n * }\n * ```\n */")
    assert parsed.examples[0].code == "class A {\n  @readonly\n  b() {}\n}"


def test_other_comments_are_not_jsdoc() -> None:
    assert parse_jsdoc("/* @example x() */").examples == ()
    assert parse_jsdoc("// hello").text == ""
    assert parse_jsdoc("/**/").text == ""


def test_lines_of_an_example_count_from_the_comment() -> None:
    parsed = parse_jsdoc("/**\n * Text.\n * @example\n * ```ts\n * go()\n * ```\n */")
    assert parsed.examples[0].line == 4


README = """# Shop

Intro.

## Buying a coin

To buy a coin, call buy:

```ts
buy()
```

Text between.

- first way
- second way:

  ```typescript
  buy('twice')
    indented()
  ```

```sh
npm install
```

### Inner
```ts
inner()
```

## Selling
```ts
sell()
```
"""


def test_markdown_examples_with_headings_and_the_paragraph_before() -> None:
    found = examples(README)
    assert [(e.headings, e.prose, e.code) for e in found] == [
        (("Shop", "Buying a coin"), "To buy a coin, call buy:", "buy()"),
        (("Shop", "Buying a coin"), "second way:", "buy('twice')\n  indented()"),
        (("Shop", "Buying a coin", "Inner"), "", "inner()"),
        (("Shop", "Selling"), "", "sell()"),
    ]
    lines = README.split("\n")
    assert lines[found[0].line - 1] == "buy()"


def test_an_unclosed_fence_is_no_example() -> None:
    assert fences("```ts\nopen()\n") == []
    assert fences("````ts\n```\nstill()\n````\n")[0].code == "```\nstill()"


@given(st.lists(st.from_regex(r"[a-z ]{0,20}", fullmatch=True), max_size=6), st.sampled_from(["```", "~~~", "````"]))
def test_a_fence_gives_back_its_lines(lines: list[str], mark: str) -> None:
    text = "\n".join(["before", f"{mark}ts", *lines, mark, "after"])
    found = fences(text)
    assert [fence.code for fence in found] == ["\n".join(lines)]
    assert text.split("\n")[found[0].line : found[0].end_line - 1] == lines
