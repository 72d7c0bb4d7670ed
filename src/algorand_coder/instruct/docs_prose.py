"""Documentation prose made plain: markup, links and references to the page around it are gone."""

from __future__ import annotations

import re

_LINK_TAG = re.compile(r"\{@(?:link|linkcode|linkplain)\s+([^}|\s]+)(?:\s*\|\s*|\s+)?([^}]*)\}")
_OTHER_TAG = re.compile(r"\{@\w+[^}]*\}")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_REFERENCE_LINK = re.compile(r"\[([^\]]+)\]\[[^\]]*\]")
_WIKI = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_URL = re.compile(r"<?https?://\S+")
_SEE_URL = re.compile(
    r"\s*\(?(?:see|ref|reference|source|more info|based on|taken from|spec)?:?\s*<?https?://[^\s)>]+[)>]?", re.I
)
_HTML = re.compile(r"</?[a-zA-Z][^>]{0,80}>")
_EMPHASIS = re.compile(r"(\*\*|__|\*(?=\w)|(?<=\w)\*|(?<![\w`])_(?=\w)|(?<=\w)_(?![\w`]))")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[A-Z`\"'(µ])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|incl|no|resp)\.|\bN\.B\.)$", re.IGNORECASE)
_REFERS_ELSEWHERE = re.compile(
    r"\b(?:see|refer to|above|below|following|figure|diagram|screenshot|todo|fixme|deprecated|legacy|tutorial|"
    r"this (?:page|guide|section|document|doc|example|sample|file)|click|read more|learn more|more (?:info|details)|"
    r"we|we'll|our|us|I|please)\b",
    re.IGNORECASE,
)
_TYPE_PREFIX = re.compile(r"^\{[^}]*\}\s*")


def plain(text: str) -> str:
    """``text`` without links, tags, emphasis, images and bare addresses; code spans stay."""
    text = _LINK_TAG.sub(lambda m: m[2].strip() or f"`{m[1]}`", text)
    text = _OTHER_TAG.sub("", text)
    text = _WIKI.sub(lambda m: m[2] or m[1], text)
    text = _IMAGE.sub("", text)
    text = _REFERENCE_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _URL.sub("", _SEE_URL.sub("", text))
    text = re.sub(r"\s\(\s*\)", "", _EMOJI.sub("", text))
    pieces, position = [], 0
    for span in _CODE_SPAN.finditer(text):
        pieces += [_EMPHASIS.sub("", _HTML.sub("", text[position : span.start()])), span[0]]
        position = span.end()
    pieces.append(_EMPHASIS.sub("", _HTML.sub("", text[position:])))
    text = "".join(pieces).replace("``", "")
    return re.sub(r"[ \t]+", " ", re.sub(r"\s+([,.;:])(?=\s|$)", r"\1", text)).strip()


def paragraphs(text: str) -> list[str]:
    """Paragraphs of ``text`` as single lines; lists are taken apart into their items."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        marked = _BULLET.sub("\x00", block)
        found += [" ".join(part.split()) for part in marked.split("\x00")]
    return [part for part in found if part]


def sentences(text: str) -> list[str]:
    """Sentences of one paragraph; abbreviations such as *e.g.* do not end one."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece.strip())
    return [sentence for sentence in found if sentence]


def refers_elsewhere(sentence: str) -> bool:
    """Whether ``sentence`` needs the page around it, speaks of the authors, or is marked as old."""
    return _REFERS_ELSEWHERE.search(_CODE_SPAN.sub("", sentence)) is not None


def described(text: str) -> str:
    """The text of a ``@param`` or ``@returns`` tag: plain, without type, leading dash and final period."""
    text = plain(_TYPE_PREFIX.sub("", text.strip()))
    text = re.sub(r"\bour\b", "the", re.sub(r"^(?:[-–—:]+\s*)+", "", text))
    first = sentences(" ".join(_BULLET.sub(" ", text).split()))
    kept = first[:1] + [s for s in first[1:2] if not refers_elsewhere(s)]
    return " ".join(kept).rstrip(" .:;,")


def lower_first(text: str) -> str:
    """``text`` with a small first letter, unless the first word is a name or an abbreviation."""
    word = re.match(r"[\w`'’-]+", text)
    if word is None or (len(word[0]) > 1 and (word[0][1:] != word[0][1:].lower())):
        return text
    if word[0] in {"I", "Algorand", "Algo", "Algos", "Node", "Pera", "Tinyman", "Folks"}:
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]
