"""Copyright lines: kept as they stand, never mistaken for the words of a licence."""

from __future__ import annotations

import pytest

from algorand_coder.collect.notices import copyright_lines, notices

from .conftest import ISC, MIT, manifest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MIT, ["Copyright (c) 2026 The algorand-coder authors"]),
        (ISC, []),
        (
            "Copyright 2022 Jo Doe\n   Copyright   (C) 2023  Ann  Roe \n",
            ["Copyright 2022 Jo Doe", "Copyright (C) 2023 Ann Roe"],
        ),
        (" * © 2021 Someone\n", ["© 2021 Someone"]),
        ("Copyright Someone Ltd.\n", ["Copyright Someone Ltd."]),
        (
            "Portions Copyright (c) 2001 Other\nCopyright 2020 A\nCopyright 2020 A\n",
            ["Portions Copyright (c) 2001 Other", "Copyright 2020 A"],
        ),
        ("   Copyright [yyyy] [name of copyright owner]\n", []),
        ("      (c) You must retain, in the Source form of any Derivative Works\n", []),
        ("copyright notice and this permission notice appear in all copies.\n", []),
        ("copyright and related rights in 1976\n", []),
        ("Copyright (C) 2007 Free Software Foundation, Inc.\n", []),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert copyright_lines(text) == expected


def test_every_text_that_names_a_holder_outermost_first() -> None:
    files = {
        "packages/a/LICENSE": b"Copyright 2021 A\n",
        "LICENSE": MIT.encode(),
        "NOTICE": b"Product\nCopyright 2024 B\n",
        "src/a.ts": b"// Copyright 2020 not a licence text\n",
        "package.json": manifest(author="C").encode(),
    }
    assert notices(files) == [
        {"path": "LICENSE", "copyright": ["Copyright (c) 2026 The algorand-coder authors"]},
        {"path": "NOTICE", "copyright": ["Copyright 2024 B"]},
        {"path": "packages/a/LICENSE", "copyright": ["Copyright 2021 A"]},
    ]


@pytest.mark.parametrize("author", ["Jo Doe <jo@example.org> (https://example.org)", {"name": "Jo Doe"}])
def test_the_author_stands_in_without_addresses(author: object) -> None:
    files = {"LICENSE": ISC.encode(), "package.json": manifest(author=author).encode()}
    assert notices(files) == [{"path": "package.json", "copyright": ["Jo Doe"]}]


@pytest.mark.parametrize("author", [None, 3, ["x"], {}, {"name": 1}])
def test_no_author_is_no_notice(author: object) -> None:
    assert notices({"package.json": manifest(author=author).encode()}) == []
