"""From what documentation says of code to what a developer would ask for.

*Adds x to y.* becomes *add x to y*, ready for "Write a function to …". A sentence that does not begin
with a verb, after the usual openings (*This method …*, *Helper function to …*) are taken off, is no request.
"""

from __future__ import annotations

import re

from algorand_coder.instruct.docs_prose import lower_first, paragraphs, plain, refers_elsewhere, sentences
from algorand_coder.instruct.docs_verbs import BASE, GERUND, SURE, THIRD

_OPENING = re.compile(
    r"^(?:"
    r"(?:the |this )?(?:following|next|above|below)?\s*(?:\w+ )?(?:example|snippet|code|sample)s?(?: below)?"
    r" (?:shows?|demonstrates?|illustrates?)(?: you)? how to"
    r"|(?:a|an|the|this|these)?\s*(?:small|simple|convenience|convenient|generic|internal|async|static|pure|main|core)?\s*"
    r"(?:helper|utility|util|convenience|factory|wrapper)?\s*"
    r"(?:function|methods?|helper|utility|util|class|hook|module|type guard|lambda|routine|call|snippet|code|example|"
    r"builder)"
    r"(?:\s+(?:to|that|which|for|will|can be used to|is used to|used to|lets you|allows you to|allows|shows how to|"
    r"demonstrates how to|should))?"
    r"|helper:"
    r"|(?:can|may|could|should|must) be used to|(?:is )?used to|use(?:d)? (?:this )?to|intended to|responsible for"
    r"|(?:here(?:'s| is)|below is|the following(?: \w+){0,2} is) (?:an? |the )?(?:\w+ ){0,2}(?:of )?how to"
    r"|an? example (?:of how to|of|showing how to|that)"
    r"|you can(?: also| then| now)?|you(?:'ll| will)? (?:need|want|have) to|if you want to|to|how to|it(?: will| can)?"
    r"|allows (?:you|users|the caller|callers) to|lets you|this"
    r")(?:\s+|$)",
    re.IGNORECASE,
)
_GUARD = re.compile(r"^(?:A )?type[- ]guard(?::\s*|\s+for\s+(?:an?\s+|the\s+)?(?P<type>[\w`.]+)\s*$)", re.IGNORECASE)
_GIVEN = re.compile(r"^Given (?P<given>[^,]{3,90}), (?P<action>.+)$", re.IGNORECASE | re.DOTALL)
_ADVERB = re.compile(r"^(?!(?:only|apply|supply|reply|multiply|rely)\b)[A-Z]?[a-z]+ly\s+(?=[a-z])")
_MODAL = re.compile(
    r"^(?:will|can|should|simply|just|also|then|now|first|optionally|automatically|safely|properly)\s+", re.I
)
_PURPOSE_COMMA = re.compile(r"^(?:In order to|To)\s+([^,]{6,120}),\s+.*$", re.DOTALL | re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:,?\s+(?:from|to|for|with|by|of|in|on|using|e\.g|such as|like|either|where))+$", re.IGNORECASE
)
_CREATING = re.compile(r"^create an? create (.+) transaction$")
_DANGLING = re.compile(
    r"^\s(?:it|them|this|that|these|those|will|is|are|was|were|has|have|should|must|can|may|here)(?:\s|$)",
    re.IGNORECASE,
)
_CHAINED = re.compile(
    r"(?P<link>(?:,|;)?\s(?:and|or|then|and then|but)\s(?:also\s|then\s|alternatively\s)?|,\s)(?P<verb>[a-z]+s)"
    r"(?=\s(?:a|an|the|it|its|all|any|each|every|them|their|whether|that|true|false|null|undefined|one|if|when|for|"
    r"with|to|in|into|from|back|up|out|`)\b|\s`)"
)
_SURELY_CHAINED = re.compile(
    rf"(?P<link>\s(?:and|or|then)\s(?:also\s|then\s)?|,\s)(?P<verb>{'|'.join(sorted(SURE))})(?=\s)"
)
_DIRECT_PAIR = re.compile(r"^(?P<link>\s(?:and|or|/)\s|/)(?P<verb>[a-z]+s)\b")


def request(text: str, name: str = "") -> str:
    """The first sentence of ``text`` as a verb phrase in base form, or an empty string when it is not one.

    ``name`` is the documented symbol: *waitForConfirmation waits until …* loses its subject.
    """
    blocks = paragraphs(plain(text))
    found = sentences(blocks[0]) if blocks else []
    return sentence_request(found[0], name) if found else ""


def sentence_request(sentence: str, name: str = "") -> str:
    """As :func:`request`, for one plain sentence."""
    body = sentence.strip().rstrip(" .:;!")
    purpose = _PURPOSE_COMMA.match(body)
    if purpose:
        body = f"to {purpose[1]}"
    body = _without_subject(_GUARD.sub(_guarded, body), name)
    given = _GIVEN.match(body)
    if given:
        action = sentence_request(given["action"])
        return f"{action}, given {lower_first(given['given'])}" if action else ""
    for _ in range(3):
        shorter = _MODAL.sub("", _OPENING.sub("", body, count=1).strip())
        if shorter == body or not shorter:
            break
        if _verb(body.split()[0]) and not _verb(shorter.split()[0]):
            break
        body = shorter
    adverb = _ADVERB.match(body)
    if adverb:
        body = body[adverb.end() :]
    words = body.split(" ", 1)
    base = _verb(words[0])
    if not base or (words[0].lower() in GERUND and words[0].lower() not in BASE and len(words) == 1):
        return ""
    rest = f" {words[1]}" if len(words) > 1 else ""
    if words[0].lower() in THIRD and words[0].lower() not in BASE:
        rest = _DIRECT_PAIR.sub(_to_base, rest)
        rest = _SURELY_CHAINED.sub(_to_base, _CHAINED.sub(_to_base, rest))
    if not rest.strip() or refers_elsewhere(rest) or _DANGLING.match(rest):
        return ""
    found = f"{adverb[0].lower() if adverb else ''}{base}{rest}"
    found = _CREATING.sub(_creation, _TRAILING.sub("", found))
    return found if " " in found else ""


def detail(sentence: str, name: str = "") -> str:
    """A further sentence of the documentation as a remark in a request, or an empty string to leave it out."""
    body = sentence.strip()
    if (
        re.match(r"^[A-Z]{3,}:", body)
        or refers_elsewhere(body)
        or len(body) < 12
        or len(body) > 240
        or body.endswith(":")
    ):
        return ""
    body = re.sub(r"^(?:\*?\s*(?:note|remarks?|warning|important|n\.?b\.?)\b\s*:?\s*(?:that\s)?)", "", body, flags=re.I)
    body = re.sub(r"^(?:this|the) (?:function|method|helper|utility|class)s?\b", "It", body, flags=re.I)
    if name and re.match(rf"{re.escape(name)}\s", body, re.I):
        body = f"It {body[len(name) :].strip()}"
    if (
        re.match(
            r"^(?:you|your|it's|default|also|use|used|useful|typically|usually|very|must|should|can)\b", body, re.I
        )
        or "you " in body.lower()
    ):
        return ""
    body = body[:1].upper() + body[1:]
    return body if body.endswith((".", "!", "?", ")")) else f"{body}."


def _without_subject(body: str, name: str) -> str:
    """Take the symbol's own name off the front: *encodeUint64 converts …*."""
    if name:
        head = re.match(
            rf"^`?{re.escape(name.rsplit('.', maxsplit=1)[-1])}(?:\(\))?`?\s*(?:[-–:]\s*)?", body, re.IGNORECASE
        )
        rest = body[head.end() :].strip() if head and body[head.end() - 1] in " \t:-–" else ""
        if rest and (rest.split()[0].rstrip(",") in THIRD or not _verb(body.split(maxsplit=1)[0])):
            return rest
    return body


def _creation(match: re.Match[str]) -> str:
    article = "an" if match[1][0] in "aeiouAEIOU" else "a"
    return f"create a transaction that creates {article} {match[1]}"


def _guarded(match: re.Match[str]) -> str:
    return f"check whether a value is a {match['type']}" if match["type"] else ""


def _verb(word: str) -> str:
    """Base form of a sentence's first word when that word is a verb of documentation."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    if word.lower() != lower and not re.fullmatch(r"[A-Za-z]+[,]?", word):
        return ""
    if lower in BASE:
        return lower
    return THIRD.get(lower) or GERUND.get(lower, "")


def _to_base(match: re.Match[str]) -> str:
    verb = THIRD.get(match["verb"]) if match["verb"] not in BASE else ""
    return f"{match['link']}{verb}" if verb else match[0]


def named(name: str) -> str:
    """The words of a camel-case or snake-case name, in small letters; abbreviations keep their capitals."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+", " ", name)
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in spaced.split())


def as_phrase(title: str) -> str:
    """An example's title as a remark: *Using mnemonic* → *using mnemonic*."""
    return lower_first(plain(title).rstrip(" .:"))
