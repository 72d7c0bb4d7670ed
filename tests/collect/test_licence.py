"""Whose word counts about a file's licence, and that contradictions refuse it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from algorand_coder.collect.config import LICENCES
from algorand_coder.collect.licence import Licences, identify, read_expression

from .conftest import APACHE_NOTICE, ISC, MIT

ALLOWED = [name for name, on in LICENCES.items() if on]


def ruling(files: Mapping[str, str], path: str = "src/a.ts", text: str = "") -> tuple[str, str]:
    found = Licences({name: content.encode() for name, content in files.items()}, ALLOWED).of(path, text)
    return found.licence, found.reason


def package(licence: object) -> str:
    return json.dumps({"name": "x", "license": licence})


def test_texts_are_recognised_and_prose_is_not() -> None:
    assert identify(MIT) == {"MIT"}
    assert identify(ISC) == {"ISC"}
    assert identify(APACHE_NOTICE) == {"Apache-2.0"}
    assert identify("# goal license\n\nShow the software license. Prints MIT and Apache licence names.") == frozenset()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"LICENSE": MIT}, ("MIT", "")),
        ({"package.json": package("ISC")}, ("ISC", "")),
        ({"LICENSE": MIT, "package.json": package("MIT")}, ("MIT", "")),
        ({"LICENSE": MIT, "package.json": package("SEE LICENSE IN LICENSE")}, ("MIT", "")),
        ({"LICENSE": MIT, "package.json": package("")}, ("MIT", "")),
        ({"package.json": package({"type": "MIT"})}, ("MIT", "")),
        ({"package.json": package("MIT OR GPL-3.0-only")}, ("MIT", "")),
        ({"package.json": package("MIT AND ISC")}, ("ISC AND MIT", "")),
        ({"package.json": package("MIT AND GPL-3.0-only")}, ("", "licence-not-allowed")),
        ({"package.json": package("AGPL-3.0-only")}, ("", "licence-not-allowed")),
        ({"package.json": package("MIT WITH Classpath-exception-2.0")}, ("", "licence-none")),
        ({"package.json": package("UNLICENSED")}, ("", "licence-none")),
        ({"package.json": package("a word that is no licence")}, ("", "licence-none")),
        ({"package.json": "{ not json"}, ("", "licence-none")),
        ({}, ("", "licence-none")),
        ({"LICENSE": "All rights reserved."}, ("", "licence-none")),
        ({"LICENSE": MIT, "package.json": package("ISC")}, ("", "licence-conflict")),
        ({"LICENSE": MIT, "package.json": package("UNLICENSED")}, ("", "licence-conflict")),
        ({"LICENSE": APACHE_NOTICE, "package.json": package("ISC")}, ("", "licence-conflict")),
        ({"LICENSE": MIT, "COPYING": ISC}, ("ISC AND MIT", "")),
        ({"LICENSE-MIT": MIT, "LICENSE-APACHE": APACHE_NOTICE, "package.json": package("MIT OR Apache-2.0")},
         ("Apache-2.0", "")),
    ],
)  # fmt: skip
def test_claims_at_the_root(files: Mapping[str, str], expected: tuple[str, str]) -> None:
    assert ruling(files) == expected


def test_the_nearest_text_counts() -> None:
    files = {"LICENSE": MIT, "packages/a/LICENSE": ISC}
    assert ruling(files, "packages/a/src/x.ts") == ("ISC", "")
    assert ruling(files, "packages/b/src/x.ts") == ("MIT", "")


def test_a_manifest_above_a_nearer_text_is_silent_about_it() -> None:
    files = {"package.json": package("MIT"), "packages/a/LICENSE": ISC}
    assert ruling(files, "packages/a/src/x.ts") == ("ISC", "")


def test_a_nearer_manifest_that_differs_from_the_text_above_is_a_conflict() -> None:
    files = {"LICENSE": MIT, "packages/a/package.json": package("ISC")}
    assert ruling(files, "packages/a/src/x.ts") == ("", "licence-conflict")
    assert ruling(files, "src/x.ts") == ("MIT", "")


def test_spdx_headers() -> None:
    header = "// SPDX-License-Identifier: {}\nexport const a = 1\n"
    assert ruling({}, text=header.format("MIT")) == ("MIT", "")
    assert ruling({"LICENSE": MIT}, text=header.format("MIT")) == ("MIT", "")
    assert ruling({"LICENSE": MIT}, text=header.format("GPL-3.0-only")) == ("", "licence-conflict")
    assert ruling({}, text="/* SPDX-License-Identifier: Apache-2.0 */") == ("Apache-2.0", "")


def test_code_and_data_files_named_after_licences_hold_none() -> None:
    assert ruling({"LicenseManager.arc56.json": MIT, "license.ts": MIT}) == ("", "licence-none")


def test_the_config_switches_licences_off() -> None:
    assert Licences({"LICENSE": MIT.encode()}, ["ISC"]).of("a.ts", "").reason == "licence-not-allowed"


def test_conflicts_name_their_evidence() -> None:
    found = Licences({"LICENSE": MIT.encode(), "package.json": package("ISC").encode()}, ALLOWED).root()
    assert found.detail == "LICENSE: MIT; package.json: ISC"


def test_expressions() -> None:
    assert read_expression("mit", "x").ids == {"MIT"}
    assert read_expression("(MIT OR Apache-2.0)", "x").choice
    assert read_expression("MIT OR (ISC AND X11)", "x").ids == frozenset()
