"""Secrets in code: mnemonics whose checksum is right, private keys, access tokens."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[A-Za-z]+")
_RUN = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{3,8}+(?![A-Za-z])"
    r"(?:[\s\d,;:'\"`+\\|.&*/#>()\[\]{}_-]{1,40}+[A-Za-z]{3,8}+(?![A-Za-z])){11,}+"
)
"""Twelve or more words of 3 to 8 letters (as all of BIP-39's are) with nothing but punctuation or digits between."""
_KEY_NAMES = ("private", "secret", "signing", "sk", "seed")
# A block's seed is public: `seed` counts where a variable is declared, not as a field.
_NAMED = (
    r"(?i)(?:(?:private_?key|secret_?key|signing_?key|(?:const|let|var)\s+\w*seed)\w*|\bsk\d*)['\"]?"
    r"\s*(?::\s*[A-Z]\w*\s*)?[:=]\s*"
)
_PATTERNS = (
    ("private-key", ("private key",), re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")),
    (
        "private-key",
        _KEY_NAMES,
        re.compile(
            _NAMED + r"(?:[\w.]+\(\s*)*['\"`]"
            r"(?:0x)?(?:[0-9a-f]{64}|[0-9a-f]{128}|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==)['\"`]"
        ),
    ),
    (
        "private-key",
        _KEY_NAMES,
        re.compile(
            _NAMED + r"(?:new\s+)?(?:Uint8Array|Buffer)?(?:\.from)?(?:\(\d+\))?\s*\(?"
            r"\s*\[\s*(?:(?:0x[0-9a-f]{1,2}|\d{1,3})\s*,\s*){31,63}(?:0x[0-9a-f]{1,2}|\d{1,3})\s*,?\s*\]"
        ),
    ),
    ("token", ("gh", "glpat-"), re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{50,}|\bglpat-[\w-]{20,}")),
    ("token", ("akia", "asia"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("token", ("aiza", "npm_"), re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b|\bnpm_[A-Za-z0-9]{36}\b")),
    ("token", ("sk-", "xox"), re.compile(r"\bsk-(?:[a-z]+-)?[A-Za-z0-9_-]{32,}|\bxox[baprs]-[A-Za-z0-9-]{10,}")),
    ("token", ("eyj",), re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")),
)
"""Kind, lower-case words of which one must be there (cheap to look for), and the pattern itself."""
_ASSIGNED_WORDS = ("key", "token", "secret", "passw")
_ASSIGNED = re.compile(
    r"(?i)(?:(?:api[_-]?key|access_?key|auth_?token|api_?token|secret|password|passwd)\w*|(?:_|\b)token)['\"]?"
    # A literal that stands in for an unset variable of the environment is a value as well.
    r"\s*[:=]\s*(?:[\w.]+\s*(?:\|\||\?\?)\s*)?['\"`](?=[^'\"`]*\d)([A-Za-z0-9+/=_-]{20,})['\"`]"
)


@lru_cache(maxsize=1)
def _bip39() -> tuple[Any, dict[str, int]]:
    from mnemonic import Mnemonic

    known = Mnemonic("english")
    return known, {word: index for index, word in enumerate(known.wordlist)}


def find_secret(text: str, entropy: float = 3.5) -> str:
    """The kind of the first secret in ``text`` (``mnemonic``, ``private-key``, ``token``), or an empty string.

    The secret itself is never returned: rejects are written to disk.
    """
    if has_mnemonic(text):
        return "mnemonic"
    lowered = text.lower()
    for kind, words, pattern in _PATTERNS:
        if any(word in lowered for word in words) and pattern.search(text):
            return kind
    assigned = any(word in lowered for word in _ASSIGNED_WORDS)
    if assigned and any(bits_per_char(match[1]) >= entropy for match in _ASSIGNED.finditer(text)):
        return "token"
    return ""


def has_mnemonic(text: str) -> bool:
    """Whether ``text`` holds 25 words of an Algorand account or 12 or 24 words of BIP-39, checksum right."""
    _, places = _bip39()
    for match in _RUN.finditer(text):
        run: list[str] = []
        for word in (*_WORD.findall(match[0].lower()), ""):
            if word in places:
                run.append(word)
            elif run:
                if _any_valid(run):
                    return True
                run = []
    return False


def _any_valid(words: Sequence[str]) -> bool:
    known, _ = _bip39()
    if len(words) < 12:
        return False
    if any(is_algorand_mnemonic(words[i : i + 25]) for i in range(len(words) - 24)):
        return True
    # Shorter windows inside prose pass their 4-bit or 8-bit checksum by chance: only a whole run counts.
    return len(words) in {12, 24} and len(set(words)) > 2 and bool(known.check(" ".join(words)))


def is_algorand_mnemonic(words: Sequence[str]) -> bool:
    """Whether 25 words are an account's mnemonic: 24 words of 11 bits, least significant first, and a checksum.

    The checksum is the first 11 bits of SHA-512/256 of the 32-byte key (algosdk, ``mnemonic.ts``).
    """
    _, places = _bip39()
    if len(words) != 25 or any(word not in places for word in words):
        return False
    number = sum(places[word] << (11 * index) for index, word in enumerate(words[:24]))
    raw = number.to_bytes(33, "little")
    if raw[32] != 0:
        return False
    digest = hashlib.new("sha512_256", raw[:32]).digest()
    return places[words[24]] == int.from_bytes(digest[:2], "little") & 0x7FF


def bits_per_char(text: str) -> float:
    """Shannon entropy of the characters of ``text``; 0 for one repeated character (the LocalNet token)."""
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values()) if text else 0.0
