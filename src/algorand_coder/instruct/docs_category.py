"""Which of the plan's five categories a documented piece of code belongs to, by what it names and calls."""

from __future__ import annotations

import re

from algorand_coder.records import Category

_MARKS: tuple[tuple[Category, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Category.ERRORS,
        re.compile(r"\berrors?\b|\bexception|\bfail(?:s|ed|ure)?\b", re.IGNORECASE),
        re.compile(r"extends (?:\w*Error|URLTokenBaseHTTPError)\b|\bcatch\b|LogicError|ErrorTransformer"),
    ),
    (
        Category.STATE,
        re.compile(r"\b(?:global|local|app|application)[ -]?states?\b|\bbox(?:es)?\b|\bstate\b", re.IGNORECASE),
        re.compile(r"[gG]lobalState|[lL]ocalState|[bB]ox(?:Name|Value|Identifier|es)?\b|keyValue|tealKeyValue"),
    ),
    (
        Category.ASSETS,
        re.compile(
            r"\bassets?\b|\bASAs?\b|\bopt(?:s|ed|ing)?[ -]?(?:in|out)\b|\bfreez|\bclawback|\btokens?\b", re.IGNORECASE
        ),
        re.compile(r"\b[aA]sset(?!ert)\w*|optIn|optOut|clawback|frozen"),
    ),
    (
        Category.CONTRACTS,
        re.compile(
            r"\b(?:app|application|smart contract|contract|ABI|ARC-?4|ARC-?32|ARC-?56|TEAL|logic ?sig\w*|method call|"
            r"source map|deploy\w*|program)s?\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\bABI\w+|\b[aA]pp(?:Client|Factory|Id|Spec|Call|Create|Update|Delete|Manager|Deployer)\w*|[tT]eal\b|LogicSig"
        ),
    ),
    (
        Category.TRANSACTIONS,
        re.compile(
            r"\btransactions?\b|\btxns?\b|\bpay(?:ment)?s?\b|\bsign\w*\b|\bgroups?\b|\baccounts?\b|\bfees?\b",
            re.IGNORECASE,
        ),
        re.compile(r"[tT]xn|[tT]ransaction|[pP]ayment|[sS]igner|addPayment|[mM]nemonic|[aA]ddress"),
    ),
)


def category_of(prose: str, name: str, code: str) -> Category:
    """The best fit; prose and name count double against code, and a tie goes to the more specific category."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[._]", " ", name)
    best, score = Category.TRANSACTIONS, 1
    for category, in_prose, in_code in _MARKS:
        points = 3 * min(2, len(in_prose.findall(prose))) + 3 * bool(in_prose.search(words))
        points += min(3, len(in_code.findall(code)))
        if points > score:
            best, score = category, points
    return best
