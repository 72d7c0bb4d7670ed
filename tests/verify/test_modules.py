"""Imports that exist for types alone, and names that a module exports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.syntax import has_error
from algorand_coder.verify.modules import exported, without_types


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("import { A, b } from './x'\nexport const z: A = b", "import { b } from './x'\nexport const z: A = b"),
        ("import Def, { A } from 'm'\nlet a: A = Def()", "import Def, { } from 'm'\nlet a: A = Def()"),
        ("import Def, * as ns from 'm'\nlet a: ns.T = Def()", "import Def from 'm'\nlet a: ns.T = Def()"),
        ("import { b as A } from 'm'\nconst c = [] as A[]", ";\nconst c = [] as A[]"),
        ("run()\nimport T from 't'\n(b as T)()", "run()\n;\n(b as T)()"),
        ("import T from 't'\nlet q: typeof T", ";\nlet q: typeof T"),
        ("import { é, B } from 'm'\nlet q: B = é", "import { é, } from 'm'\nlet q: B = é"),
        ("import { importKey, b } from 'm'\nb()", "import { b } from 'm'\nb()"),
    ],
)
def test_what_only_types_use_is_blanked_in_place(code: str, left: str) -> None:
    found = without_types(code)
    assert " ".join(found.split(" ")).split() == left.split()
    assert [len(line) for line in found.splitlines()] == [len(line) for line in code.splitlines()]


@pytest.mark.parametrize(
    "code",
    [
        "import 'x'\nlet a: T",
        "import {X} from 'x'\nclass Y extends X {}",
        "import {X} from 'x'\n@X\nclass Y {}",
        "import {X} from 'x'\nexport { X }",
        "import {X} from 'x'\nexport default X",
        "import {X} from 'x'\nconst a = { X }",
        "import {X} from 'x'\nconst a = `${X}`",
        "import {X} from 'x'\nconst a = X.Y as X",
        "import {X} from 'x'\nlet a: X = (",
    ],
)
def test_what_a_value_needs_stays(code: str) -> None:
    assert without_types(code) == code


NAMES = st.lists(st.sampled_from("ABCDE"), min_size=1, max_size=5, unique=True)


@given(NAMES, st.sets(st.sampled_from("ABCDE")), st.booleans())
def test_values_are_kept_and_types_are_not(names: list[str], values: set[str], comma: bool) -> None:
    uses = "".join(f"use({name})\n" if name in values else f"let {name.lower()}: {name}\n" for name in names)
    found = without_types(f"import {{ {', '.join(names)}{',' * comma} }} from './m'\n{uses}")
    assert not has_error(found)
    first = found.splitlines()[0]
    assert [name for name in names if name in first] == [name for name in names if name in values]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("export async function drive() {}\nexport const verify = () => {}, a = 1", {"drive", "verify", "a"}),
        ("async function drive() {}\nexport { drive, x as verify }", {"drive", "verify"}),
        ("/*\nexport function drive() {}\n*/\n// export function a() {}\nexport default function b() {}", set()),
        ("export { verify } from './x'\nexport * from './y'", set()),
        ("\ufeffexport function verify() {}", {"verify"}),
    ],
)
def test_names_that_are_exported(code: str, names: set[str]) -> None:
    assert exported(code) == names
