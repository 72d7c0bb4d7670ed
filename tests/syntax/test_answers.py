"""Shapes of answers that models really give, each with the code that is to come out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.syntax.answers import extract_code

CODE = "import { algo } from '@algorandfoundation/algokit-utils'\n\nexport function one(): number {\n  return 1\n}\n"
OTHER = "import { one } from './main'\n\nconsole.log(one())\n"
SHORT = "export const x = 1\n"
BETTER = "export const x = 2\n"
GENERIC = "export function first<T>(items: T[]): T | undefined {\n  return items.length > 0 ? items[0] : undefined\n}\n"
DOCS = (
    "/**\n * Pays.\n * ```ts\n * await pay()\n * ```\n */\nexport async function pay(): Promise<string> {\n"
    "  return `paid ${1}`\n}\n"
)
TEMPLATE = "export const readme = `\n\\`\\`\\`ts\nconst a = 1\n\\`\\`\\`\n`\n"
BROKEN = "export function one(: number {\n  return 1\n"


def fenced(code: str, tag: str = "typescript", mark: str = "```") -> str:
    return f"{mark}{tag}\n{code}{mark}\n"


ESCAPED = GENERIC.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

SHAPES: dict[str, tuple[str, str]] = {
    "plain code": (CODE, CODE),
    "plain code, no final newline": (CODE.rstrip(), CODE),
    "plain code between blank lines": ("\n\n" + CODE + "\n\n", CODE),
    "code with a documented example": (DOCS, DOCS),
    "typescript fence": (fenced(CODE), CODE),
    "ts fence": (fenced(CODE, "ts"), CODE),
    "tsx fence": (fenced(CODE, "tsx"), CODE),
    "javascript fence": (fenced(CODE, "javascript"), CODE),
    "fence without a language": (fenced(CODE, ""), CODE),
    "capital language": (fenced(CODE, "TypeScript"), CODE),
    "language and title": (fenced(CODE, 'ts title="main.ts"'), CODE),
    "language and braces": (fenced(CODE, "ts {1,3}"), CODE),
    "space before the language": (fenced(CODE, " ts"), CODE),
    "tilde fence": (fenced(CODE, "ts", "~~~"), CODE),
    "four backticks": (fenced(CODE, "ts", "````"), CODE),
    "prose around": (f"Sure! Here it is:\n\n{fenced(CODE)}\nHope this helps.", CODE),
    "prose on the fence's line": (f"Here it is: {fenced(CODE)}", CODE),
    "fence that is never closed": (f"Here:\n```ts\n{CODE}", CODE),
    "closing fence on the last line of code": (f"```ts\n{CODE.rstrip()}```", CODE),
    "one-line fence": ("```ts export const x = 1 ```", SHORT),
    "answer, then usage": (fenced(CODE) + "\nUse it like this:\n" + fenced(OTHER), CODE),
    "usage, then answer": ("First a use:\n" + fenced(OTHER) + "\nThe code:\n" + fenced(CODE), CODE),
    "shell, then code": (fenced("npm install algosdk\n", "bash") + fenced(CODE), CODE),
    "code, then output": (fenced(CODE) + fenced("1\n", "text"), CODE),
    "code, then JSON": (fenced(CODE) + fenced('{ "strict": true }\n', "json"), CODE),
    "longer shell than code": (fenced("npm install algosdk\n" * 20, "bash") + fenced(SHORT, "ts"), SHORT),
    "draft, then better version": (
        fenced(SHORT) + "Better:\n" + fenced("export const x = 2\n"),
        "export const x = 2\n",
    ),
    "imports in a block of their own": (
        fenced("import algosdk from 'algosdk'\n", "ts") + "and\n" + fenced(GENERIC, "ts"),
        "import algosdk from 'algosdk'\n" + GENERIC,
    ),
    "documented example inside a fence": (fenced(DOCS), DOCS),
    "escaped backticks in a template": (fenced(TEMPLATE), TEMPLATE),
    "fence in a Markdown fence": (fenced(f"# Answer\n\n{fenced(CODE, 'ts')}\nDone.\n", "markdown"), CODE),
    "fence in a longer Markdown fence": (fenced(f"# Answer\n\n{fenced(CODE, 'ts')}", "md", "````"), CODE),
    "block in a list": (
        "1. Write\n   ```ts\n" + "".join(f"   {line}\n" for line in SHORT.splitlines()) + "   ```\n",
        SHORT,
    ),
    "Windows line ends": (f"Here:\r\n{fenced(CODE)}".replace("\n", "\r\n"), CODE),
    "old Macintosh line ends": (fenced(SHORT).replace("\n", "\r"), SHORT),
    "byte order mark": ("\ufeff" + CODE, CODE),
    "no fence, prose around": (f"Here is the function:\n\n{CODE}\nThis returns one, as you asked.", CODE),
    "no fence, prose before": (f"Of course. The code follows.\n{CODE}", CODE),
    "no fence, prose after": (f"{CODE}\nNote: this function doesn't use the network.", CODE),
    "language name as first line": (f"typescript\n{CODE}", CODE),
    "thinking before": (f"<think>\nMaybe ```ts\nconst wrong = 1\n```\n</think>\n{fenced(CODE)}", CODE),
    "thinking, then bare code": (f"<think>I need a function.</think>\n{CODE}", CODE),
    "thinking whose start is missing": (f"I should export it.\n</think>\n{fenced(CODE)}", CODE),
    "thinking that never ends": (f"<think>Let me see.\n{fenced(CODE)}", CODE),
    "thinking in capitals": (f"<THINKING>hm</THINKING>{CODE}", CODE),
    "JSON object": (json.dumps({"code": CODE}), CODE),
    "JSON with explanation": (json.dumps({"explanation": "It returns\none.", "code": CODE}), CODE),
    "JSON of files": (json.dumps({"files": [{"path": "main.ts", "content": CODE}]}), CODE),
    "JSON string": (json.dumps(CODE), CODE),
    "JSON holding a fence": (json.dumps({"answer": fenced(CODE)}), CODE),
    "JSON in a fence": (fenced(json.dumps({"code": CODE}) + "\n", "json"), CODE),
    "escaped newlines": (SHORT.rstrip() + "\\n" + GENERIC.replace("\n", "\\n"), SHORT + GENERIC),
    "HTML entities": (fenced(ESCAPED), GENERIC),
    "HTML entities, no fence": (ESCAPED, GENERIC),
    "code tag": (f"<code>\n{CODE}</code>", CODE),
    "answer tag around a fence": (f"<answer>\n{fenced(CODE)}</answer>", CODE),
    "file tag with a path": (f'<file path="main.ts">\n{CODE}</file>', CODE),
    "end-of-turn tokens": (f"{fenced(CODE)}<|im_end|>", CODE),
    "bare code and end-of-turn token": (f"{CODE}<|endoftext|>", CODE),
    "broken code in a fence": (fenced(BROKEN), BROKEN),
    "broken code, no fence": (BROKEN, BROKEN),
    "code cut in the middle": (f"```ts\n{CODE[:60]}", CODE[:60].rstrip() + "\n"),
    "statements only": ("await client.send.call({ method: 'go' })\n", "await client.send.call({ method: 'go' })\n"),
    "refusal": ("I'm sorry, but I can't help with that.", ""),
    "one word": ("Sorry", ""),
    "nothing": ("", ""),
    "blank": (" \n\t\n", ""),
    "only shell": (fenced("npm install algosdk && npm test\n", "bash"), ""),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str) -> None:
    answer, expected = SHAPES[shape]
    assert extract_code(answer) == expected


def test_the_block_that_exports_what_was_asked_for_wins() -> None:
    longer = "export function helper(): void {\n  // much longer than the answer itself\n  helper()\n}\n"
    answer = fenced("export class Vault {}\n") + fenced(longer)
    assert extract_code(answer) == longer
    assert extract_code(answer, ["Vault"]) == "export class Vault {}\n"


def test_deeply_nested_json_is_survived() -> None:
    assert extract_code("[" * 200_000) == ""
    assert extract_code('{"a":' * 5_000 + "1" + "}" * 5_000) == ""


_MARKS = [
    "```",
    "```ts\n",
    "~~~",
    "````",
    "\n",
    "<think>",
    "</think>",
    "{",
    "}",
    '"',
    "\\n",
    "&lt;",
    "<code>",
    "</code>",
]
_PIECES = st.sampled_from([*_MARKS, CODE, BROKEN])


@given(st.lists(_PIECES | st.text(max_size=12), max_size=12).map("".join))
def test_never_raises_and_gives_one_final_newline(answer: str) -> None:
    code = extract_code(answer)
    assert code == "" or (code.endswith("\n") and not code.endswith("\n\n") and code.strip())


_NAMES = st.from_regex(r"[a-z][a-zA-Z]{0,8}", fullmatch=True).map(lambda name: name + "_")
_STATEMENTS = st.one_of(
    st.builds("import {{ {} }} from 'algosdk'".format, _NAMES),
    st.builds("export const {} = {}".format, _NAMES, st.integers(0, 999)),
    st.builds("export function {}(a: bigint): bigint {{\n  return a + {}n\n}}".format, _NAMES, st.integers(0, 9)),
    st.builds("// note: {}\nexport type {} = {{ a: Array<string> }}".format, _NAMES, _NAMES),
    st.builds("/**\n * ```ts\n * {}()\n * ```\n */\nexport async function {}() {{}}".format, _NAMES, _NAMES),
)


@given(st.lists(_STATEMENTS, min_size=1, max_size=5).map(lambda parts: "\n".join(parts) + "\n"))
def test_code_is_left_alone_however_it_is_wrapped(code: str) -> None:
    assert extract_code(code) == code
    assert extract_code(extract_code(code)) == code
    assert extract_code(f"Here you are:\n\n```typescript\n{code}```\n\nAnything else?") == code
    assert extract_code(json.dumps({"code": code})) == code
