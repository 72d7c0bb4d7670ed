"""The wording of requests: which frame, which details of the documentation, what the input shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from algorand_coder.instruct.docs_lifting import Call
from algorand_coder.instruct.docs_phrasing import as_phrase, detail, named, request, sentence_request
from algorand_coder.instruct.docs_prose import described, lower_first, paragraphs, plain, sentences, upper_first
from algorand_coder.instruct.docs_snippets import Module, signature_of
from algorand_coder.records import Unit

MAX_DETAILS = 2
MAX_VALUES = 18
_TAG = re.compile(r"^@(\w+)[ \t]*(.*)$", re.MULTILINE)
_PARAMETER = re.compile(r"^(?:\{[^}]*\}\s*)?\[?([\w.$]+)[^\s\]]*\]?\s*[-–—:]?\s*(.*)$", re.DOTALL)
_GENERIC_TITLE = re.compile(
    r"(?:a |the )?(?:basic|simple|advanced|full|complete|minimal|quick|usage|typical)?"
    r"\s*(?:usage|examples?|use|sample|case)?(?:\s*\d+)?",
    re.IGNORECASE,
)
# Some documentation repeats the type's or the result's name before describing it.
_REPEATED_TYPE = re.compile(
    r"^(?:[A-Z]\w*[a-z]\w*(?:\[\])?|[a-z]+[A-Z]\w*)\s+"
    r"(?!(?:that|with|containing|of|or|for|if|to|which|in|where)\b)(?=[a-z(])"
)
_CODE_SPAN = re.compile(r"`([^`\n]*)`")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")

_NAMED_FRAMES = (
    "Write a TypeScript function `{name}` to {goal}.",
    "Implement `{name}`, a function to {goal}.",
    "Write `{name}` in TypeScript. It should {goal}.",
    "Create a function called `{name}` to {goal}.",
)
_PLAIN_FRAMES = (
    "Write a TypeScript function to {goal}.",
    "Implement a function to {goal}.",
    "I need a TypeScript helper to {goal}.",
    "{Goal}.",
    "Write the function with this signature. It should {goal}.",
)
_EXAMPLE_FRAMES = (
    "{Goal}.",
    "Write a function to {goal}.",
    "Write TypeScript code to {goal}.",
    "Show how to {goal}{with}.",
    "How do I {goal}{with}?",
    "Write a function `{name}` to {goal}{with}.",
    "I want to {goal}{with}. Write the function.",
    "{Goal}. Call the function `{name}`.",
)


@dataclass(frozen=True, slots=True)
class Request:
    """Instruction and input of a pair, without the supporting files."""

    instruction: str
    input: str


def for_function(unit: Unit) -> Request | None:
    """A request for a documented function, or ``None`` when its documentation does not say what it does."""
    prose, tags = split_doc(unit.doc)
    goal = request(prose, unit.name)
    if not goal:
        return None
    named_style = pick(unit.id, "style", 2) == 0
    frames = _NAMED_FRAMES if named_style else _PLAIN_FRAMES
    opening = _framed(frames[pick(unit.id, "frame", len(frames))], goal, unit.name)
    signature = signature_of(unit.code)
    parts = [" ".join([opening, *_details(prose, unit.name)])]
    parts += _parameters(tags, signature) + _returns(tags, goal)
    show = "" if named_style and not unit.context else signature
    return Request("\n".join(parts), f"Signature: {show}" if show else "")


def for_class(unit: Unit) -> Request | None:
    """A request for a documented class, or ``None`` when its documentation does not say what it is."""
    prose, _ = split_doc(unit.doc)
    blocks = paragraphs(plain(prose))
    found = sentences(blocks[0]) if blocks else []
    if not found:
        return None
    first = re.sub(rf"^`?{re.escape(unit.name)}`? is (?=an? )", "", found[0].rstrip(" .:"))
    goal = sentence_request(first, unit.name)
    thrown = re.match(r"^(?:An? |The )?(?:\w+ )?error (?:that is )?(?:thrown|raised) (.+)$", first, re.IGNORECASE)
    base = re.search(r"\bextends\s+([\w.]+)", unit.code)
    parent = f" that extends `{base[1]}`" if base else ""
    if thrown:
        opening = f"Write an error class `{unit.name}`{parent}, thrown {thrown[1]}."
    elif goal and " - " not in goal:
        opening = f"Write a TypeScript class `{unit.name}`{parent} to {goal}."
    elif re.match(r"^(?:an?|the)?\s*[\w'`-]+(?:\s+[\w'`().,/-]+)+$", first, re.IGNORECASE) and len(first) < 200:
        opening = f"Write a TypeScript class `{unit.name}`{parent}: {_with_article(lower_first(first))}."
    else:
        return None
    members = [name for name in _public_members(unit.code) if name != "constructor"]
    shape = f"Public members: {', '.join(f'`{name}`' for name in members)}." if members else ""
    return Request("\n".join(part for part in (" ".join([opening, *_details(prose, unit.name)]), shape) if part), "")


def goal_of_example(unit: Unit) -> str:
    """What an example does, as a verb phrase in base form; empty when the prose does not say."""
    prose, tags = split_doc(unit.doc)
    title = next((text for tag, text in tags if tag == "example"), "")
    if unit.provenance.path.endswith((".md", ".mdx")):
        return _goal_of_document(unit.doc)
    owner, _, member = unit.name.rpartition(".")
    option = _option_of_query(owner, member, prose)
    if option:
        # The remark says what the option does; an example that switches it off does the opposite.
        return "" if f".{member}(false)" in unit.code else option
    goal = re.sub(r"^return(?= )", "get", request(prose, "" if member == "constructor" else unit.name))
    if title and not _GENERIC_TITLE.fullmatch(title.strip(" .:*")) and len(title) < 90:
        remark = as_phrase(title)
        wish = sentence_request(title)
        if wish and not wish.startswith("use "):
            return wish
        if wish:
            remark = f"using {wish.removeprefix('use ')}"
        if goal and re.match(r"^(?:using|with|by|without|from|for|in|via)\b", remark, re.IGNORECASE):
            return f"{goal}, {remark}" if "," in goal else f"{goal} {remark}"
        if goal and re.fullmatch(r"[\w ,/`'-]+", remark):
            return f"{goal} ({remark})"
    return goal


def for_example(unit: Unit, goal: str, module: Module) -> Request:
    """The request for an example whose code became ``module``."""
    frames = [f for f in _EXAMPLE_FRAMES if module.function or "{name}" not in f]
    if ":" in goal:
        frames = [f for f in frames if "?" not in f and "want" not in f]
    frame = frames[pick(unit.id, "example", len(frames))]
    if not module.function and "function" in frame:
        frame = _EXAMPLE_FRAMES[0]
    text = _framed(frame, goal, module.function).replace("{with}", _library(unit, goal))
    shown = [f"Parameters: {', '.join(module.parameters)}"] if module.parameters else []
    if module.values:
        shown.append(f"Values: {', '.join(module.values[:MAX_VALUES])}")
    return Request(text, "\n".join(shown))


def documented_call(unit: Unit) -> Call | None:
    """The function whose documentation an example stands in, with its parameters in the order documented."""
    if unit.provenance.path.endswith((".md", ".mdx")) or not unit.name:
        return None
    _, tags = split_doc(unit.doc)
    names = [match[1] for tag, text in tags if tag == "param" and (match := _PARAMETER.match(text))]
    return Call(unit.name.rpartition(".")[2], tuple(name for name in names if "." not in name))


def split_doc(doc: str) -> tuple[str, list[tuple[str, str]]]:
    """The prose of a unit's documentation and its tags, as (tag, text)."""
    match = _TAG.search(doc)
    prose = doc[: match.start()] if match else doc
    return prose.strip(), [(tag[1], tag[2].strip()) for tag in _TAG.finditer(doc)]


def only_known_names(instruction: str, code: str) -> str:
    """Take the code marks off names that ``code`` does not contain: they are words, not identifiers."""
    known = set(_IDENTIFIER.findall(code))

    def unmark(span: re.Match[str]) -> str:
        names = _IDENTIFIER.findall(re.sub(r"'[^']*'|\"[^\"]*\"", " ", span[1]))
        return span[0] if names and all(name in known for name in names) else span[1]

    return _CODE_SPAN.sub(unmark, instruction)


def _goal_of_document(doc: str) -> str:
    """Goal of a README example: the paragraph before it, else the nearest heading that is a verb phrase."""
    lines = doc.split("\n")
    headings = [line[2:] for line in lines if line.startswith("# ")]
    prose = " ".join(line for line in lines if not line.startswith("# "))
    found = sentences(" ".join(plain(prose).split()))
    for sentence in reversed(found[-2:]):
        goal = sentence_request(sentence)
        if goal and len(goal) < 200:
            return goal
    # "Round Out of Range" is a title; what can be asked for is written as a sentence.
    title = plain(headings[-1]) if headings else ""
    return "" if len(re.findall(r"\s[A-Z][a-z]", title)) > 1 else sentence_request(title)


def _option_of_query(owner: str, member: str, prose: str) -> str:
    """Goal for the example of a query builder's option: *LookupAccountAssets.limit*."""
    words = named(owner).split()
    if (
        not owner
        or member == "constructor"
        or not words
        or words[0] not in {"lookup", "search", "get"}
        or len(words) < 2
    ):
        return ""
    found = sentences(" ".join(plain(prose).split()))
    if not found:
        return ""
    remark = lower_first(found[0].rstrip(" .:,"))
    query = f"{'look up' if words[0] == 'lookup' else words[0]} {' '.join(words[1:])}"
    return f"{query} and set `{member}`: {remark}"


def _framed(frame: str, goal: str, name: str) -> str:
    goal = goal.rstrip(" .")
    return frame.replace("{goal}", goal).replace("{Goal}", upper_first(goal)).replace("{name}", name)


def _library(unit: Unit, goal: str) -> str:
    text = f"{unit.imports}\n{unit.context}"
    if ":" in goal or "algosdk" in goal.lower() or "algokit" in goal.lower() or "client" in goal.lower():
        return ""
    if "algokit-utils" in text:
        return " with algokit-utils"
    return " with algosdk" if "algosdk" in text else ""


def _details(prose: str, name: str) -> list[str]:
    """Further sentences of the documentation that describe behaviour."""
    blocks = paragraphs(plain(prose))
    rest = [s for block in blocks[:3] for s in sentences(block)][1:]
    return [text for sentence in rest if (text := detail(sentence, name))][:MAX_DETAILS]


def _parameters(tags: list[tuple[str, str]], signature: str) -> list[str]:
    """One line a documented parameter whose description says more than its name."""
    lines = []
    for tag, text in tags:
        match = _PARAMETER.match(text) if tag in {"param", "params", "arg"} else None
        if not match:
            continue
        name, about = match[1], described(match[2])
        said = set(re.findall(r"[a-z]{2,}", re.sub(r"\([^)]*\)", "", about.lower()))) - {
            "the",
            "a",
            "an",
            "of",
            "to",
            "for",
        }
        if (
            " " in about
            and name.split(".")[0] in _IDENTIFIER.findall(signature)
            and said - set(named(name).lower().split())
        ):
            lines.append(f"- `{name}`: {lower_first(about)}")
    return ["Parameters:", *lines] if lines else []


def _returns(tags: list[tuple[str, str]], goal: str) -> list[str]:
    for tag, text in tags:
        if tag in {"return", "returns"}:
            about = re.sub(r"^returns?\s+", "", described(text), flags=re.IGNORECASE)
            about = _REPEATED_TYPE.sub("", about)
            about = "" if about.startswith("(") or " " not in about else re.sub(r"^(?=if\b)", "true ", about)
            words = set(re.findall(r"\w{4,}", about.lower())) - set(re.findall(r"\w{4,}", goal.lower()))
            return [f"Returns {lower_first(about)}."] if words and 3 < len(about) < 240 else []
    return []


def _public_members(code: str) -> list[str]:
    """Names of methods and accessors at the first level of a class, private ones left out."""
    pattern = r"^(?: {2}|\t| {4})(?:public |static |async |get |set |override |\*)*([A-Za-z]\w*)\s*(?:<[^>\n]*>)?\("
    found = re.findall(pattern, code, re.MULTILINE)
    indent = min((len(m) for m in re.findall(r"^( +)(?:\w)", code, re.MULTILINE)), default=2)
    exact = re.findall(pattern.replace("(?: {2}|\\t| {4})", f"(?: {{{indent}}}|\\t)"), code, re.MULTILINE)
    names = [n for n in (exact or found) if n not in {"if", "for", "while", "switch", "return", "super", "catch"}]
    return list(dict.fromkeys(names))


def _with_article(phrase: str) -> str:
    if re.match(r"^(?:an?|the|base|utility|wrapper)\b", phrase, re.IGNORECASE) and not phrase.startswith(
        ("base", "utility", "wrapper")
    ):
        return phrase
    return f"{'an' if phrase[:1] in 'aeiou' else 'a'} {phrase}"


def pick(key: str, salt: str, count: int) -> int:
    """A choice that depends on ``key`` alone, so that a unit is always phrased the same."""
    return int.from_bytes(sha256(f"{salt}\x00{key}".encode()).digest()[:4]) % count
