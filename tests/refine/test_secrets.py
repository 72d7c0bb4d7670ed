"""Secrets that work are found, text that looks like them is not. None of these accounts holds anything."""

from __future__ import annotations

import hashlib
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from algorand_coder.refine.secrets import bits_per_char, find_secret, is_algorand_mnemonic

from .conftest import against, unit

BIP39 = Mnemonic("english")


def account_words(key: bytes) -> list[str]:
    """The mnemonic of a 32-byte key, written after the specification and apart from the code under test."""
    bits = "".join(f"{byte:08b}"[::-1] for byte in key) + "00000000"
    places = [int(bits[i : i + 11][::-1], 2) for i in range(0, 264, 11)]
    digest = hashlib.new("sha512_256", key).digest()
    checksum = digest[0] | ((digest[1] & 0b111) << 8)
    return [BIP39.wordlist[place] for place in (*places, checksum)]


@given(st.binary(min_size=32, max_size=32))
def test_every_account_mnemonic_is_found(key: bytes) -> None:
    words = account_words(key)
    assert is_algorand_mnemonic(words)
    assert find_secret(f"const account = algosdk.mnemonicToSecretKey('{' '.join(words)}')") == "mnemonic"


def test_the_mnemonic_of_the_zero_key_is_the_known_one() -> None:
    assert account_words(bytes(32)) == ["abandon"] * 24 + ["invest"]


@pytest.mark.parametrize("joint", [" ", ", ", "', '", "\n * ", "' +\n  '", "-", "  ", "\n12. ", ") (", "], ["])
def test_however_it_is_written(joint: str) -> None:
    words = account_words(bytes(range(32)))
    assert find_secret("words: " + joint.join(words)) == "mnemonic"
    assert find_secret("use this phrase " + joint.join(words) + " and go") == "mnemonic"
    assert find_secret(joint.join(words).upper()) == "mnemonic"


def test_a_wrong_checksum_is_no_secret() -> None:
    words = account_words(bytes(range(32)))
    other = BIP39.wordlist[(BIP39.wordlist.index(words[24]) + 1) % 2048]
    assert find_secret(" ".join([*words[:24], other])) == ""
    assert find_secret(" ".join(words[:20])) == ""


def test_bits_beyond_the_key_are_no_account() -> None:
    words = account_words(bytes(range(32)))
    words[23] = BIP39.wordlist[BIP39.wordlist.index(words[23]) + 8]
    assert not is_algorand_mnemonic(words)


def test_wallet_phrases_of_other_standards() -> None:
    for strength in (128, 256):
        phrase = BIP39.to_mnemonic(random.Random(strength).randbytes(strength // 8))
        assert find_secret(f"const phrase = '{phrase}'") == "mnemonic"


PEM = "-----BEGIN " + "EC PRIVATE KEY-----"
TOKEN = "q7Zp2Lk9Xv4Rt6Wy8Bn3"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PEM, "private-key"),
        ("const privateKey = '" + "0f1e2d3c4b5a6978" * 4 + "'", "private-key"),
        ("sk: Buffer.from('" + "0f1e2d3c4b5a6978" * 8 + "', 'hex')", "private-key"),
        ("const secretKey = new Uint8Array([" + "12, 200, 7, 9, " * 8 + "])", "private-key"),
        ("token = 'gh" + "p_" + "a1B2" * 9 + "'", "token"),
        ("id: 'AKIA" + "ABCD1234EFGH5678'", "token"),
        (f"const apiKey = '{TOKEN}'", "token"),
        (f'"password": "{TOKEN}"', "token"),
        (f'headers: {{ "X-API-Key": "{TOKEN}" }}', "token"),
        (f"const API_KEY = process.env.API_KEY || '{TOKEN}'", "token"),
        (f"{{ server: 'localhost', token: '{TOKEN}' }}", "token"),
        (f"ALGOD_TOKEN: '{TOKEN}'", "token"),
        ("sk: Uint8Array(64) [\n  " + "81, 210,\n  " * 32 + "]", "private-key"),
        ("const seed = base64ToBytes(\n  '" + "Ab3/" * 10 + "xyz='\n)", "private-key"),
    ],
)
def test_keys_and_tokens(text: str, kind: str) -> None:
    assert find_secret(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "const token = '" + "a" * 64 + "'",
        "const apiKey = 'your-api-key'",
        "const secret = process.env.SECRET_TOKEN_OF_THE_DEPLOYER",
        "const privateKey: Uint8Array = account.sk",
        "const hash = '" + "0f1e2d3c4b5a6978" * 4 + "'",
        "task risk desk: ask for a key, a token, a secret",
        "the quick brown fox jumps over the lazy dog and then some more words follow it in the same sentence here",
        "const passwordHint = 'see the manual'",
        "token: 'your-own-algod-api-token'",
        "block: { seed: base64ToBytes('" + "Ab3/" * 10 + "xyz=') }",
        "const skey = '" + "Ab3/" * 10 + "xyz='",
    ],
)
def test_what_looks_alike(text: str) -> None:
    assert find_secret(text) == ""


def test_secrets_in_context_and_documentation_count_and_are_not_repeated() -> None:
    words = " ".join(account_words(bytes(range(32))))
    assert against(unit(context=f"const M = '{words}'")) == ["secret"]
    assert against(unit(doc=words)) == ["secret"]


def test_entropy() -> None:
    assert bits_per_char("") == 0
    assert bits_per_char("aaaa") == 0
    assert bits_per_char("abcd") == 2


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    find_secret(text)


def test_long_literals_take_no_long_time() -> None:
    """A rule that starts anew at every letter of a word would need minutes."""
    program = "const approval = '" + "aB3xYz9Q" * 40_000 + "'"
    started = time.process_time()
    assert find_secret(program) == ""
    assert time.process_time() - started < 2
