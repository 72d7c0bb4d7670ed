"""The code in a model's answer: out of fences, prose, JSON, thinking, and the slips that models make.

An answer that is code already is taken as it is. Otherwise every fenced block is a candidate; the one that most
looks like the TypeScript that was asked for wins. Nothing here raises: an answer without code gives ``""``.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from algorand_coder.syntax.parsing import parse

_TYPESCRIPT = frozenset({"ts", "typescript", "tsx", "mts", "cts", "algo.ts"})
_NEAR = frozenset({"", "js", "javascript", "jsx", "mjs", "node", "code"})
_MARKDOWN = frozenset({"markdown", "md", "mdx"})
_DECLARATIONS = frozenset(
    {
        "import_statement",
        "export_statement",
        "function_declaration",
        "generator_function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "interface_declaration",
        "type_alias_declaration",
        "enum_declaration",
        "lexical_declaration",
        "variable_declaration",
        "ambient_declaration",
    }
)
_CALLS = frozenset(
    {
        "await_expression",
        "call_expression",
        "new_expression",
        "assignment_expression",
        "augmented_assignment_expression",
        "update_expression",
    }
)

_THINKING = "think|thinking|thought|reasoning|reflection|scratchpad"
_THOUGHT = re.compile(rf"<({_THINKING})>.*?</\1>", re.DOTALL | re.IGNORECASE)
_THOUGHT_END = re.compile(rf"</(?:{_THINKING})>", re.IGNORECASE)
_THOUGHT_START = re.compile(rf"<(?:{_THINKING})>", re.IGNORECASE)
_WRAPPER = re.compile(r"<(code|answer|output|solution|typescript|file)\b[^>\n]*>\n?(.*?)(?:</\1>|\Z)", re.DOTALL | re.I)
_CHAT_TOKEN = re.compile(r"<\|[a-z_]+\|>|</s>", re.IGNORECASE)

_FENCE = re.compile(r"^(?P<before>.*?)(?P<fence>`{3,}|~{3,})[ \t]*(?P<tag>[\w+#.-]*)(?P<info>[^`\n]*)$")
_COMMENT = re.compile(r"^\s*(?:\*|//)")
"""A fence in a comment belongs to the code."""
_ONE_LINE = re.compile(r"^\s*`{3,}(?P<tag>[\w+#.-]*)[ \t]+(?P<code>[^`\n]+?)`{3,}\s*$")
_CODE_START = re.compile(
    r"""^\s*(?:
        import\s+(?:type\s+)?[\w{*'"]
      | export\s+(?:default|async|abstract|class|const|enum|function|interface|let|type|[{*])
      | (?:const|let|var)\s+[\w$\[{]+[^\n]*[:=,}\]] | (?:async\s+)?function\b\s*\*?\s*\w* \s*[(<]
      | (?:abstract\s+)?class\s+\w+[^\n]*\{ | interface\s+\w+[^\n]*\{ | type\s+\w+[^\n]*= | enum\s+\w+\s*\{
      | @\w+[(\s] | //\s | /\*
    )""",
    re.VERBOSE,
)
_LONE_TAG = re.compile(r"^\s*(?:typescript|ts|tsx)\s*\n", re.IGNORECASE)
_MAX_TRIM = 60
"""Trailing lines that may be prose; beyond that an answer is taken as it stands."""


@dataclass(frozen=True)
class _Block:
    tag: str
    text: str


def extract_code(answer: str, names: Collection[str] = ()) -> str:
    """The best TypeScript in ``answer``, ending in one newline; ``""`` when there is none. Never raises.

    ``names`` are the exports that were asked for: a block that exports more of them is preferred.
    """
    text = answer.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    if _is_code(text):
        return _tidy(text)
    text = _CHAT_TOKEN.sub("", without_thinking(text))
    if _is_code(text):
        return _tidy(text)
    return _tidy(_mend(_choose(text, names, depth=0)))


def _choose(text: str, names: Collection[str], depth: int) -> str:
    """The best code that ``text`` holds, in whatever wrapping."""
    wrapped = list(_json_strings(text))
    if wrapped:
        inner = [_choose(item, names, depth + 1) if depth < 3 else item for item in wrapped]
        return _best([_Block("", item) for item in inner if item.strip()], names)
    blocks = list(_expand(_fenced(text), names, depth))
    usable = [block for block in blocks if _language(block.tag) or _is_code(block.text)]
    if usable:
        return _best(usable, names)
    tagged = [_Block("", match[2]) for match in _WRAPPER.finditer(text) if match[2].strip()]
    if tagged and depth < 3:
        return _best([_Block("", _choose(block.text, names, depth + 1)) for block in tagged], names)
    return _unfenced(text)


def _expand(blocks: Iterator[_Block], names: Collection[str], depth: int) -> Iterator[_Block]:
    """Blocks that hold further wrapping (Markdown, JSON) replaced by what is in them."""
    for block in blocks:
        if depth < 3 and (
            block.tag in _MARKDOWN or (block.tag in {"json", "jsonc"} and list(_json_strings(block.text)))
        ):
            yield _Block("", _choose(block.text, names, depth + 1))
        else:
            yield block


def _best(blocks: list[_Block], names: Collection[str]) -> str:
    """The highest-ranked block, under the imports that an earlier block holds alone."""
    if not blocks:
        return ""
    ranked = max(range(len(blocks)), key=lambda index: (*_rank(blocks[index], names), index))
    chosen = blocks[ranked].text
    if not re.search(r"^\s*import\b", chosen, re.MULTILINE):
        heads = [block.text.strip("\n") for block in blocks[:ranked] if _only_imports(block.text)]
        return "\n".join([*heads, chosen])
    return chosen


def _rank(block: _Block, names: Collection[str]) -> tuple[int, int, bool, bool, int, int]:
    text = block.text
    exported = sum(1 for name in names if re.search(rf"^\s*export\b[^\n]*\b{re.escape(name)}\b", text, re.MULTILINE))
    language = _language(block.tag)
    has_export = bool(re.search(r"^\s*export\b", text, re.MULTILINE))
    return exported, min(language, 1), has_export, _is_code(text), language, len(text.strip())


def _language(tag: str) -> int:
    """2 for TypeScript, 1 for what is often meant as such, 0 for something else."""
    return 2 if tag in _TYPESCRIPT else 1 if tag in _NEAR else 0


def _fenced(text: str) -> Iterator[_Block]:
    """Every fenced block; the last may be cut off. Inside Markdown, inner fences belong to the block."""
    tag, fence, depth, lines = "", "", 0, list[str]()
    for line in text.split("\n"):
        if not fence and (single := _ONE_LINE.match(line)):
            yield _Block(single["tag"].lower(), single["code"] + "\n")
            continue
        found = None if _COMMENT.match(line) else _FENCE.match(line)
        if not fence:
            if found and _opens(found):
                tag, fence, depth, lines = _tag(found), found["fence"], 0, []
            continue
        if found and found["fence"].startswith(fence):
            named = bool(found["tag"] or found["info"].strip())
            at_start = not found["before"].strip()
            if tag in _MARKDOWN and at_start and (named or depth):
                depth += 1 if named else -1
            elif not named:
                if not at_start:
                    lines.append(found["before"])
                yield _Block(tag, _dedent(lines))
                fence = ""
                continue
            elif at_start and len(found["fence"]) == len(fence):
                yield _Block(tag, _dedent(lines))
                tag, lines = _tag(found), []
                continue
        lines.append(line)
    if fence:
        yield _Block(tag, _dedent(lines))


def _opens(found: re.Match[str]) -> bool:
    """Whether a fence opens a block: alone on its line, or after prose that leads up to it."""
    before = found["before"]
    if not before.strip():
        return True
    return not found["info"].strip() and "`" not in before


def _tag(found: re.Match[str]) -> str:
    return found["tag"].lower().removeprefix("language-").removeprefix(".")


def _dedent(lines: list[str]) -> str:
    """Lines without the indentation that all of them share (a block inside a list)."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    cut = min(indents, default=0)
    return "\n".join(line[cut:] for line in lines) + "\n"


def _json_strings(text: str) -> Iterator[str]:
    """Every string in ``text`` that could hold code, when ``text`` is JSON."""
    stripped = text.strip()
    if stripped[:1] not in {"{", "[", '"'}:
        return
    try:
        pending = [json.loads(stripped, strict=False)]
    except (ValueError, RecursionError):
        return
    while pending:
        value = pending.pop(0)
        if isinstance(value, str):
            if "\n" in value or _is_code(value):
                yield value
        elif isinstance(value, dict):
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)


def without_thinking(text: str) -> str:
    """``text`` after the model's thinking, whether or not its tags are complete."""
    text = _THOUGHT.sub("", text)
    text = _THOUGHT_END.split(text)[-1]
    start = _THOUGHT_START.search(text)
    if start is None:
        return text
    before, after = text[: start.start()], text[start.end() :]
    return before if before.strip() else after


def _unfenced(text: str) -> str:
    """Code between prose that no fence sets apart."""
    lines = _LONE_TAG.sub("", text).split("\n")
    start = next((index for index, line in enumerate(lines) if _CODE_START.match(line)), None)
    if start is None:
        escaped = text.replace("\\n", "\n")
        return _unfenced(escaped) if "\n" not in text.strip() and escaped != text else ""
    body = lines[start:]
    for end in range(len(body), max(0, len(body) - _MAX_TRIM), -1):
        candidate = "\n".join(body[:end])
        if _is_code(candidate):
            return candidate
    return "\n".join(body)


def _mend(code: str) -> str:
    """Undo escaping that breaks the syntax, when undoing it heals the syntax."""
    if _is_code(code):
        return code
    unquoted = code.replace("\\n", "\n").replace('\\"', '"').replace("\\t", "\t")
    without_tag = _LONE_TAG.sub("", code)
    for other in (without_tag, html.unescape(code), unquoted):
        if other != code and _is_code(other):
            return other
    return code


def _is_code(text: str) -> bool:
    """Whether ``text`` parses as TypeScript, holds a declaration or a call, and nothing that reads like prose.

    A lone word parses as an expression, and so does a fenced block: as a chain of tagged templates.
    """
    root = parse(text).root_node
    if root.has_error:
        return False
    expressions = [node.named_children[0] for node in root.named_children if node.type == "expression_statement"]
    if any(node.type not in _CALLS | {"string"} or node.text[:1] == b"`" for node in expressions if node.text):
        return False
    return any(node.type in _DECLARATIONS for node in root.named_children) or any(
        node.type in _CALLS for node in expressions
    )


def _only_imports(text: str) -> bool:
    root = parse(text).root_node
    kinds = {node.type for node in root.named_children}
    return "import_statement" in kinds and kinds <= {"import_statement", "comment"}


def _tidy(code: str) -> str:
    """``code`` without blank lines around it and with one newline at its end."""
    kept = code.strip("\n").rstrip()
    while kept and not kept.split("\n", 1)[0].strip():
        kept = kept.split("\n", 1)[1]
    return kept + "\n" if kept.strip() else ""
