"""A documentation example made into a module: an exported function whose parameters are what it takes for granted.

What the example computes is returned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from algorand_coder.instruct.docs_lifting import NAME, Call, lift, text_of
from algorand_coder.instruct.docs_phrasing import named
from algorand_coder.syntax.parsing import parse_bytes, query

_DECLARE = re.compile(r"^declare const (\w+): (.+)$", re.MULTILINE)
_MODULE_LEVEL = frozenset(
    {
        "export_statement",
        "class_declaration",
        "abstract_class_declaration",
        "interface_declaration",
        "enum_declaration",
        "internal_module",
        "ambient_declaration",
    }
)
_LITERALS = "(pair key: [(property_identifier) (string)] @key value: (_) @value)"
_SCALAR = re.compile(r"-?[\d_]+(?:\.\d+)?n?|'[^'\n]*'|\"[^\"\n]*\"|true|false|\(-?[\d_.]+\)\.\w+\(\)")
QUOTES = "'\""
MAX_NAME_WORDS = 6
_STOPPING = "to for from with using by in on at of that which into between via as when where so and or pointing s"
_STOP = frozenset(_STOPPING.split())
_ARTICLES = frozenset({"a", "an", "the", "given", "this", "that", "all", "any", "its", "it", "one", "some"})
_RESERVED = frozenset({"delete", "new", "return", "import", "export", "default", "function", "class", "switch", "void"})


_METHOD_HEAD = re.compile(
    r"(?P<modifiers>(?:(?:public|private|protected|static|override|async|readonly|\*)\s*)*)(?=[A-Za-z_$][\w$]*\s*[<(])"
)
_VARIANT = re.compile(r"^//[ \t]*(?:\w+ example|example|or|with|using|without|basic|advanced|simple)\b.*$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Module:
    """A documentation example as a module."""

    code: str
    """Without imports."""
    function: str
    """Name of the function it was wrapped into; empty when it already was a module."""
    parameters: tuple[str, ...]
    """``name: Type`` of each parameter."""
    values: tuple[str, ...]
    """Scalar options that the code sets, as ``key: value``."""


def as_module(code: str, context: str, request: str, call: Call | None = None) -> Module:
    """Make ``code`` a module.

    ``context`` holds ``declare const`` lines, ``request`` names the function, and ``call`` is the documented
    function that the example calls.
    """
    code = _without_conflicting_fees(_last_variant(code, call))
    names = set(NAME.findall(code))
    parameters = {name: kind for name, kind in _DECLARE.findall(context) if name in names}
    values = option_values(code)
    root = parse_bytes(code.encode()).root_node
    if any(node.type in _MODULE_LEVEL for node in root.named_children) or _only_functions(root):
        return Module(_exported(code, root), "", (), values)
    code, lifted = lift(code, call, parameters)
    parameters |= lifted
    taken = set(re.findall(r"(?<![.\w$])[A-Za-z_$][\w$]*", _without_strings(code))) | set(parameters)
    function = function_name(request, taken)
    results = _results(code)
    if not results:
        code = _returning_last(code)
    is_async = re.search(r"\bawait\b", code) is not None
    body = [f"  {line}" if line.strip() else "" for line in code.rstrip().split("\n")]
    semicolon = ";" if re.search(r";\s*$", code, re.MULTILINE) else ""
    if results:
        body.append(f"  return {results[0] if len(results) == 1 else '{ ' + ', '.join(results) + ' }'}{semicolon}")
    signature = [f"{name}: {type_}" for name, type_ in parameters.items()]
    head = f"export {'async ' if is_async else ''}function {function}({', '.join(signature)}) {{"
    if len(head) > 100:
        listed = "".join(f"  {parameter},\n" for parameter in signature)
        head = f"export {'async ' if is_async else ''}function {function}(\n{listed}) {{"
    return Module("\n".join([head, *body, "}"]), function, tuple(signature), option_values(code))


def option_values(code: str) -> tuple[str, ...]:
    """``key: value`` of every scalar option in ``code``, in order, each once."""
    raw = code.encode()
    found: dict[str, None] = {}
    captures = QueryCursor(query("ts", _LITERALS)).captures(parse_bytes(raw).root_node)
    pairs = zip(
        sorted(captures.get("key", []), key=lambda n: n.start_byte),
        sorted(captures.get("value", []), key=lambda n: n.start_byte),
        strict=False,
    )
    for key, value in pairs:
        text = text_of(value)
        if _SCALAR.fullmatch(text):
            found.setdefault(f"{text_of(key).strip(QUOTES)}: {text}")
    return tuple(found)


def function_name(request: str, taken: set[str]) -> str:
    """A camel-case name out of a request's first words: *send a payment to …* → ``sendPayment``."""
    request = re.sub(r"^return\b", "get", request).replace("Algorand Standard Asset", "asset")
    request = re.sub(r"^(\w+) (?:and|or) \w+(?= )", r"\1", re.sub(r"\([^)]*\)|'s\b", " ", request))
    words: list[str] = []
    for word in re.findall(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*|[,.;:]", request):
        stops = word.lower() in _STOP or not word[0].isalnum()
        if len(words) == 1 and word.lower() in {"for", "on", "in"}:
            continue
        if words and stops:
            break
        if word.lower() not in _ARTICLES and word[0].isalnum():
            words += [part for part in named(word.replace("-", "_")).split() if not words or part != words[-1]]
        if len(words) >= MAX_NAME_WORDS:
            break
    parts = [word if word.isupper() else word.lower() for word in words]
    name = "".join(part if i == 0 else part[:1].upper() + part[1:] for i, part in enumerate(parts)) or "run"
    name = name[:1].lower() + name[1:]
    while name in taken or name in _RESERVED or name[0].isdigit():
        name = f"run{name[:1].upper()}{name[1:]}" if not name.startswith("run") else f"{name}Example"
    return name


def _last_variant(code: str, call: Call | None) -> str:
    """Of several ways to make the same call, each under its own comment, the last and fullest."""
    headers = list(_VARIANT.finditer(code))
    if call is None or len(headers) < 2 or code[: headers[0].start()].strip():
        return code
    last = code[headers[-1].end() :].strip("\n")
    return last if f"{call.name}(" in last else code


def _results(code: str) -> list[str]:
    """Top-level constants that nothing uses: what the example is about."""
    root = parse_bytes(code.encode()).root_node
    if any(node.type == "return_statement" for node in root.named_children):
        return []
    names: list[str] = []
    for node in root.named_children:
        if node.type != "lexical_declaration":
            continue
        for declarator in node.named_children:
            target = declarator.child_by_field_name("name")
            if target is not None and target.type == "identifier":
                names.append(text_of(target))
            elif target is not None:
                names += re.findall(r"(?<![:\w])\b[a-zA-Z_]\w*\b(?!\s*:)", text_of(target))
    bare = _without_strings(code)
    return [
        name for name in dict.fromkeys(names) if len(re.findall(rf"(?<![\w.]){re.escape(name)}\b(?!\s*:)", bare)) == 1
    ]


def _returning_last(code: str) -> str:
    """``code`` with its last statement returned, when that is an awaited call."""
    raw = code.encode()
    root = parse_bytes(raw).root_node
    statements = [node for node in root.named_children if node.type != "comment"]
    last = statements[-1] if statements else None
    if last is None or last.type != "expression_statement" or last.named_children[0].type != "await_expression":
        return code
    return (raw[: last.start_byte] + b"return " + raw[last.start_byte :]).decode()


def _only_functions(root: Node) -> bool:
    kinds = [node.type for node in root.named_children if node.type != "comment"]
    return bool(kinds) and all(kind in {"function_declaration", "type_alias_declaration"} for kind in kinds)


def _exported(code: str, root: Node) -> str:
    """``code`` with its top-level functions and classes exported."""
    raw = code.encode()
    for node in reversed(root.named_children):
        if node.type in {"function_declaration", "class_declaration", "abstract_class_declaration"}:
            raw = raw[: node.start_byte] + b"export " + raw[node.start_byte :]
    return raw.decode()


def _without_conflicting_fees(code: str) -> str:
    """A static fee excludes an extra fee, yet option listings set both: keep the extra fee and its cap."""
    if "extraFee" not in code or "staticFee" not in code:
        return code
    lines = code.split("\n")
    kept = [
        line
        for line in lines
        if not re.match(r"\s*staticFee:", line)
        and "Max fee doesn't make sense" not in line
        and "already specified, but here for completeness" not in line
    ]
    return "\n".join(kept)


def _without_strings(code: str) -> str:
    return re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", re.sub(r"//[^\n]*", "", code))


def as_function(method: str) -> str:
    """A method that does not use its class, as a function: modifiers off, indentation of the class taken back."""
    head = _METHOD_HEAD.match(method)
    if head is None:
        return method
    words = head["modifiers"].split()
    start = f"{'async ' if 'async' in words else ''}function{'*' if '*' in words else ''} "
    first, _, rest = method[head.end("modifiers") :].partition("\n")
    return f"{start}{first}\n{_aligned(rest)}" if rest else f"{start}{first}"


def _aligned(body: str) -> str:
    """``body`` with its least indentation being that of its last line, the closing brace."""
    last = body.rsplit("\n", 1)[-1]
    margin = len(last) - len(last.lstrip())
    return "\n".join(line[margin:] if line[:margin].isspace() else line for line in body.split("\n"))


def signature_of(code: str) -> str:
    """The head of a function declaration up to its body, on one line; empty where there is none."""
    root = parse_bytes(code.encode()).root_node
    for node in _functions(root):
        body = node.child_by_field_name("body")
        if body is not None:
            head = code.encode()[_outer(node).start_byte : body.start_byte].decode("utf-8", "replace")
            return " ".join(re.sub(r"=>\s*$", "", head).split())
    return ""


def _functions(root: Node) -> Sequence[Node]:
    kinds = "[(function_declaration) (arrow_function) (function_expression)] @function"
    return sorted(QueryCursor(query("ts", kinds)).captures(root).get("function", []), key=lambda n: n.start_byte)


def _outer(node: Node) -> Node:
    while node.parent is not None and node.parent.type != "program":
        node = node.parent
    return node
