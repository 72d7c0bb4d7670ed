"""Files that nobody wrote for us: refused with a reason or read as they are, in time that grows with their size."""

from __future__ import annotations

import time

import pytest

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.context import UNRESOLVED
from algorand_coder.extract.reading import ReadTask, read_file
from tests.extract.conftest import Extract, source_file

LONG = 250_000
MANY = 20_000
HEAD = "import { AlgoAmount } from 'x'\nimport algosdk from 'algosdk'\n"


@pytest.mark.parametrize("line", ["const data = '" + "x" * LONG + "'", "f(" * (LONG // 2), "a:" * (LONG // 2)])
def test_a_line_of_250_000_characters_is_refused_with_its_length(line: str) -> None:
    facts = read_file(ReadTask(source_file("src/a.ts", f"export const a = 1\n{line}\n"), ExtractConfig()))
    assert (facts.dropped, facts.detail) == ("long-lines", f"{len(line)} characters in one line")
    assert not facts.drafts


@pytest.mark.parametrize("line", ["a: 'b', " * (LONG // 8), "import " * (LONG // 7)])
def test_an_example_with_such_a_line_cannot_stand_alone(line: str, extract: Extract) -> None:
    units = extract({"README.md": f"# Title\n\n```ts\n{line}\n```\n"})
    assert len(units) == 1
    assert units[0].context.startswith(f"{UNRESOLVED}a line of ")


@pytest.mark.parametrize(
    "text",
    [
        "\n" * MANY,
        " \n" * MANY,
        "import \n" * MANY,
        "export \n" * MANY,
        "/*\n" * MANY,
        "/**\n * @example\n" * MANY,
        "```ts\n" * MANY,
        "class A extends B {\n" * 500,
        "a ? (\n" * 2_000,
        "`${\n" * 2_000,
        "// generated\n" * MANY + "x",
        "\u2028" * MANY,
        "export const APP_SPEC\n" * 2_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_reading_takes_time_by_size_and_not_by_its_square(text: str, extract: Extract) -> None:
    started = time.process_time()
    extract({"src/a.ts": HEAD + text, "b.md": HEAD + text, "c.md": f"```ts\n{HEAD}{text}\n```\n"})
    assert time.process_time() - started < 15
