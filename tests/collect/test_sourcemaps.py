"""Originals out of source maps, whatever build tools and attackers write into them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.collect.sourcemaps import clean_path, originals

from .conftest import source_map


@pytest.mark.parametrize(
    ("map_path", "root", "source", "expected"),
    [
        ("dist/index.js.map", "", "../src/index.ts", "src/index.ts"),
        ("index.js.map", "", "../src/index.ts", "src/index.ts"),
        ("types/a.js.map", "", "../../src/types/a.ts", "src/types/a.ts"),
        ("packages/abi/src/x.js.map", "", "../../../../packages/abi/src/x.ts", "packages/abi/src/x.ts"),
        ("dist/a.js.map", "../", "src/a.ts", "src/a.ts"),
        ("dist/a.js.map", "", "webpack://algosdk/./src/a.ts", "src/a.ts"),
        ("dist/a.js.map", "webpack:///", "./src/a.ts?a1b2", "src/a.ts"),
        ("dist/a.js.map", "", "file:///home/someone/secret/project/src/a.ts", "src/a.ts"),
        ("dist/a.js.map", "", "/home/someone/project/src/lib/src/a.ts", "src/a.ts"),
        ("dist/a.js.map", "", "/etc/passwd.ts", "passwd.ts"),
        ("dist/a.js.map", "", "C:\\Users\\someone\\project\\src\\a.ts", "src/a.ts"),
        ("dist/a.js.map", "/home/someone/project", "src/a.ts", "src/a.ts"),
        ("dist/a.js.map", "", "..\\src\\a.ts", "src/a.ts"),
        ("dist/a.js.map", "", "../../../../../../../../etc/a.ts", "etc/a.ts"),
        ("dist/a.js.map", "", "../src/%2e%2e/%2e%2e/a.ts", "a.ts"),
        ("dist/a.js.map", "", "../src/a\x00.ts", None),
        ("dist/a.js.map", "", "", "dist"),
        ("dist/a.js.map", "", "x" * 2_000 + ".ts", None),
    ],
)
def test_paths(map_path: str, root: str, source: str, expected: str | None) -> None:
    assert clean_path(map_path, root, source) == expected


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_path_climbs_out_or_is_absolute(source: str, root: str) -> None:
    path = clean_path("dist/a.js.map", root, source)
    assert path is None or (not path.startswith("/") and ".." not in path.split("/") and "\\" not in path)


def test_only_typescript_with_content_is_taken() -> None:
    raw = source_map({"../src/a.ts": "a", "../src/b.js": "b", "../src/c.ts": None, "../src/d.tsx": "d"}).encode()
    assert list(originals("dist/x.js.map", raw)) == [("src/a.ts", "a"), ("src/d.tsx", "d")]


def test_index_maps() -> None:
    inner = json.loads(source_map({"../src/a.ts": "a"}))
    raw = json.dumps({"version": 3, "sections": [{"map": inner}, {"map": 7}, {"map": {"sections": [{"map": inner}]}}]})
    assert list(originals("dist/x.js.map", raw.encode())) == [("src/a.ts", "a")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"sources": 3}',
        b'{"sources": ["a.ts"], "sourcesContent": "a"}',
        b'{"sources": [1, null, {}], "sourcesContent": ["a", "b", "c"]}',
        b'{"sections": {"a": 1}}',
        b"[" * 100_000,
    ],
)
def test_broken_maps_give_nothing(raw: bytes) -> None:
    assert list(originals("dist/x.js.map", raw)) == []


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(raw: bytes) -> None:
    list(originals("a.map", raw))
