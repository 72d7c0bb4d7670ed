"""Golden cases: shapes that real SDK documentation has, in words of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.instruct.docs_phrasing import detail, named, request
from algorand_coder.instruct.docs_prose import described, lower_first, paragraphs, plain, sentences
from algorand_coder.instruct.docs_verbs import BASE, GERUND, THIRD, base_of, gerund, third

GOLDEN = [
    # third person, base form, gerund
    ("Adds a coin to the purse.", "", "add a coin to the purse"),
    ("Send a coin to a friend.", "", "send a coin to a friend"),
    ("Creating a new purse", "", "create a new purse"),
    ("Fetches the purse and returns its balance.", "", "fetch the purse and return its balance"),
    (
        "Signs the bytes with the key, and returns the signature.",
        "",
        "sign the bytes with the key, and return the signature",
    ),
    (
        "Checks out the purse, parses the state and builds a summary",
        "",
        "check out the purse, parse the state and build a summary",
    ),
    ("Freezes or unfreezes a purse.", "", "freeze or unfreeze a purse"),
    ("Applies fees and carries them over.", "", "apply fees and carries them over"),
    ("Sets keys and locks", "", "set keys and locks"),
    # the symbol's own name as subject
    ("countCoins counts the coins of a purse.", "countCoins", "count the coins of a purse"),
    ("`countCoins()` counts the coins of a purse.", "Purse.countCoins", "count the coins of a purse"),
    ("Limit the results of a search.", "limit", "limit the results of a search"),
    ("Broadcast a signed transaction", "broadcast", "broadcast a signed transaction"),
    # openings that say nothing
    ("This function returns the purse of an account.", "", "return the purse of an account"),
    ("This method will open the purse.", "", "open the purse"),
    ("Helper function to derive a key from a seed.", "", "derive a key from a seed"),
    ("Utility that converts bytes to text.", "", "convert bytes to text"),
    ("A simple helper to wait for a round.", "", "wait for a round"),
    ("Helper: convert bytes to hex", "", "convert bytes to hex"),
    ("Used to look up a purse by its name.", "", "look up a purse by its name"),
    ("Can be used to filter a list of purses.", "", "filter a list of purses"),
    ("Methods for sending a payment.", "", "send a payment"),
    ("A class that manages the purses of an account.", "", "manage the purses of an account"),
    ("Allows you to pay from several purses.", "", "pay from several purses"),
    ("You can open a purse without a key.", "", "open a purse without a key"),
    ("Here is an example of how to open a purse:", "", "open a purse"),
    ("The example below shows how to open a purse.", "", "open a purse"),
    ("To open a purse, call `open` with its key:", "", "open a purse"),
    ("In order to open a purse, you need a key.", "", "open a purse"),
    ("How to open a purse", "", "open a purse"),
    # type guards, conditions, adverbs
    ("Type guard for Purse.", "", "check whether a value is a Purse"),
    ("Type guard: Check if a value is a purse", "", "check if a value is a purse"),
    ("Given a purse and a key, returns the coins inside.", "", "return the coins inside, given a purse and a key"),
    ("Securely removes a key from memory.", "", "securely remove a key from memory"),
    ("Idempotently create a purse.", "", "idempotently create a purse"),
    # markup
    ("Opens a {@link Purse} with [a key](https://example.org/key).", "", "open a `Purse` with a key"),
    ("Opens {@linkcode Purse | the purse}.", "", "open the purse"),
    ("Opens **every** purse of `owner`.", "", "open every purse of `owner`"),
    ("Gets a purse (see https://example.org/purse).", "", "get a purse"),
    # endings and repetitions
    ("Creates a purse from", "", "create a purse"),
    ("Create a create purse transaction.", "", "create a transaction that creates a purse"),
    ("Opens a purse. It must have a key.", "", "open a purse"),
    ("Opens a purse, e.g. yours. Fails otherwise.", "", "open a purse, e.g. yours"),
    ("First paragraph opens nothing\n\nOpens a purse.", "", ""),
    # no request
    ("The purse of an account.", "", ""),
    ("Purse information", "", ""),
    ("If true, only open purses are returned.", "", ""),
    ("Opens it.", "", ""),
    ("Swap will be from one purse to the other", "", ""),
    ("Transfer is done in two steps.", "", ""),
    ("See the figure below.", "", ""),
    ("Opens the purse shown in the figure below.", "", ""),
    ("Returns", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "name", "expected"), GOLDEN)
def test_documentation_to_request(text: str, name: str, expected: str) -> None:
    assert request(text, name) == expected


def test_there_are_enough_golden_cases() -> None:
    assert len(GOLDEN) >= 40


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("Note: the purse must be open", "", "The purse must be open."),
        ("This function throws when the purse is empty.", "", "It throws when the purse is empty."),
        ("openPurse fails without a key.", "openPurse", "It fails without a key."),
        ("See the documentation of purses.", "", ""),
        ("You should close the purse afterwards.", "", ""),
        ("SECURITY: never share the key with anyone.", "", ""),
        ("For example:", "", ""),
        ("Short.", "", ""),
    ],
)
def test_details(sentence: str, name: str, expected: str) -> None:
    assert detail(sentence, name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- the purse to open.", "the purse to open"),
        ("{Purse} - the purse", "the purse"),
        ("our purse", "the purse"),
        ("the purse. See below for more.", "the purse"),
        ("the purse. Must be open.", "the purse. Must be open"),
    ],
)
def test_descriptions_of_parameters(text: str, expected: str) -> None:
    assert described(text) == expected


def test_plain_text_keeps_code_and_snake_case() -> None:
    assert plain("Use `a_b_c` of some_long_name, **not** <b>x</b> 🚀") == "Use `a_b_c` of some_long_name, not x"
    assert plain("![logo](x.png) [text](y)") == "text"


def test_sentences_and_paragraphs() -> None:
    assert sentences("One, i.e. first. Two! Three? Four") == ["One, i.e. first.", "Two!", "Three?", "Four"]
    assert paragraphs("a\nb\n\n- c\n- d") == ["a b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The purse", "the purse"),
        ("ABI value", "ABI value"),
        ("AlgorandClient", "AlgorandClient"),
        ("A purse", "a purse"),
    ],
)
def test_small_first_letters_spare_names(text: str, expected: str) -> None:
    assert lower_first(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("lookupAssetByID", "lookup asset by ID"), ("PQ_KEY", "PQ KEY"), ("ABIMethod", "ABI method"), ("a2b", "a2b")],
)
def test_names_as_words(name: str, expected: str) -> None:
    assert named(name) == expected


@given(st.sampled_from(sorted(BASE)))
def test_verb_forms_lead_back_to_the_base(verb: str) -> None:
    assert base_of(verb) == verb
    assert base_of(third(verb)) in {verb, third(verb)}
    assert THIRD[third(verb)] == verb or THIRD[third(verb)] in BASE
    assert GERUND[gerund(verb)] in BASE


@given(st.text(max_size=200))
def test_any_text_is_a_request_or_none(text: str) -> None:
    found = request(text)
    assert "{@" not in found
    assert "](" not in found
    assert not found or base_of(found.split()[0]) or found.split()[0].endswith("ly")
