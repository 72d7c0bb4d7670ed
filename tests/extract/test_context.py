"""What travels with a unit: package imports stay, published internals are rewritten, the rest is context."""

from __future__ import annotations

import re

import pytest

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.context import UNRESOLVED, render_imports, uses_semicolons
from algorand_coder.extract.facts import Import
from algorand_coder.records import Unit
from algorand_coder.syntax import has_error
from tests.extract.conftest import CONFIG, Extract

LEDGER = "ledgerlib@1.0.0"


def unit(units: list[Unit], name: str) -> Unit:
    return next(u for u in units if u.name == name)


def test_package_imports_stay_and_only_those_used(extract: Extract) -> None:
    code = "import sdk, { Coin, Purse } from 'coinlib'\nexport function f(c: Coin) {\n  return sdk.spend(c)\n}\n"
    found = unit(extract({"src/a.ts": code}), "f")
    assert found.imports == "import sdk, { Coin } from 'coinlib'"
    assert found.context == ""


def test_internals_of_a_published_package_are_imported_from_it(extract: Extract) -> None:
    files: dict[object, str] = {
        ("src/index.ts", "ledgerlib", LEDGER): "export * from './core'\nexport { hidden as shown } from './inner'\n",
        ("src/core.ts", "ledgerlib", LEDGER): "export class Coin {}\nexport const MINT = 1\n",
        (
            "src/inner.ts",
            "ledgerlib",
            LEDGER,
        ): "export function hidden() {}\nexport function secret() {\n  return 1\n}\n",
        ("src/use.ts", "ledgerlib", LEDGER): (
            "import { Coin } from './core.js'\nimport { hidden, secret } from './inner'\n"
            "export function use(c: Coin) {\n  hidden()\n  return secret()\n}\n"
        ),
    }
    found = unit(extract(files), "use")
    assert found.imports == "import { Coin, shown as hidden } from 'ledgerlib'\nimport { secret } from './context'"
    assert found.context == "export function secret() {\n  return 1\n}"


def test_another_version_of_a_published_package_is_not_rewritten(extract: Extract) -> None:
    files: dict[object, str] = {
        ("src/index.ts", "ledgerlib", "ledgerlib@0.9.0"): "export * from './core'\n",
        ("src/core.ts", "ledgerlib", "ledgerlib@0.9.0"): "export class Coin {}\n",
        ("src/use.ts", "ledgerlib", "ledgerlib@0.9.0"): (
            "import { Coin } from './core'\nexport function use(c: Coin) {\n  return c\n}\n"
        ),
    }
    found = unit(extract(files), "use")
    assert found.imports == "import { Coin } from './context'"
    assert found.context == "export class Coin {}"


def test_deep_entry_points_and_modules_of_types_alone(extract: Extract) -> None:
    files: dict[object, str] = {
        ("src/types/coin.ts", "deeplib", "deeplib@2.0.0"): "export class Coin {}\n",
        ("src/money.ts", "deeplib", "deeplib@2.0.0"): (
            "import { Coin } from './types/coin'\nimport { Shape } from './types/shapes'\n"
            "export function pay(c: Coin, s: Shape) {\n  return [c, s]\n}\n"
        ),
        ("src/shop.ts", "deeplib", "deeplib@2.0.0"): (
            "import { pay } from './money'\nexport function shop() {\n  return pay\n}\n"
        ),
    }
    units = extract(files)
    assert unit(units, "pay").imports == (
        "import { Coin } from 'deeplib/types/coin'\nimport { Shape } from 'deeplib/types/shapes'"
    )
    assert unit(units, "shop").imports == "import { pay } from 'deeplib'"


def test_declarations_come_along_in_the_order_they_need(extract: Extract) -> None:
    files: dict[object, str] = {
        "src/rates.ts": (
            "import { Decimal } from 'decimals'\nconst BASE = new Decimal(2)\nexport const RATE = BASE.times(3)\n"
        ),
        "src/use.ts": (
            "import { RATE } from './rates'\ntype Amount = { value: number }\n"
            "export function cost(amount: Amount) {\n  return RATE.times(amount.value)\n}\n"
        ),
    }
    found = unit(extract(files), "cost")
    assert found.imports == "import { Amount, RATE } from './context'"
    assert found.context == (
        "import { Decimal } from 'decimals'\n\nexport type Amount = { value: number }\n\n"
        "export const BASE = new Decimal(2)\n\nexport const RATE = BASE.times(3)"
    )


def test_namespaces_aliases_defaults_and_path_aliases(extract: Extract) -> None:
    files: dict[object, str] = {
        "src/maths.ts": "export const add = (a: number) => a\nexport const sub = (a: number) => a\n",
        "src/main.ts": "function start() {}\nexport default start\n",
        "src/use.ts": (
            "import * as maths from './maths'\nimport begin from '@/main'\nimport { add as plus } from 'src/maths'\n"
            "export function run() {\n  begin()\n  return maths.sub(plus(1))\n}\n"
        ),
    }
    found = unit(extract(files), "run")
    assert found.imports.split("\n") == [
        "import * as maths from './context'",
        "import { start as begin, add as plus } from './context'",
    ]
    assert "export const sub" in found.context
    assert "export const add" in found.context


LONG_BODY = "".join(f"  step{i}()\n" for i in range(200))


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"src/a.ts": "import { x } from './gone'\nexport function f() {\n  return x\n}\n"},
            "f comes|x comes from ./gone",
        ),
        (
            {
                "src/a.ts": "const a = 1\nfunction pick() { return a }\nexport function f() {\n  return pick()\n}\n",
                "src/b.ts": ("import { f as g } from './a'\nconst a = 2\nexport function h() {\n  return g() + a\n}\n"),
            },
            "two declarations named a",
        ),
        ({"src/a.ts": "function f() {\n  return g()\n}\nfunction g() {\n  return f()\n}\n"}, "need each other"),
        (
            {"src/a.ts": f"class Big {{\n  run() {{\n{LONG_BODY}  }}\n}}\nfunction f(b: Big) {{\n  b.run()\n}}\n"},
            "lines",
        ),
    ],
)
def test_what_cannot_stand_alone_says_why(files: dict[object, str], reason: str, extract: Extract) -> None:
    units = [u for u in extract(files) if u.context.startswith(UNRESOLVED)]
    assert any(re.search(reason, u.context) for u in units)
    assert all(u.imports == "" for u in units)


def test_methods_that_use_their_class_do_not_stand_alone(extract: Extract) -> None:
    run = "  /** Runs. */\n  run() {\n    return RATE\n  }\n"
    body = f"{run}  go() {{\n    return this.run()\n  }}\n  get size() {{\n    return 1\n  }}\n"
    units = extract({"src/a.ts": f"const RATE = 2\nexport class A {{\n{body}}}\n"})
    assert [(u.unit_kind, u.name) for u in units] == [
        ("class", "A"),
        ("method", "A.run"),
        ("method", "A.go"),
        ("method", "A.size"),
    ]
    assert units[1].doc == "Runs."
    assert units[1].context == "export const RATE = 2"
    assert units[2].context.startswith(UNRESOLVED)
    assert units[3].context.startswith(UNRESOLVED)


def test_namespace_members_inside_the_context_lose_their_prefix(extract: Extract) -> None:
    files: dict[object, str] = {
        "src/maths.ts": "export function add(a: number) {\n  return a\n}\n",
        "src/rates.ts": "import * as maths from './maths'\nexport const RATE = maths.add(2)\n",
        "src/use.ts": "import { RATE } from './rates'\nexport function use() {\n  return RATE\n}\n",
    }
    found = unit(extract(files), "use")
    assert found.context == "export function add(a: number) {\n  return a\n}\n\nexport const RATE = add(2)"


def test_bounds_are_configured(extract: Extract) -> None:
    code = "const a = 1\nconst b = a\nexport function f() {\n  return b\n}\n"
    assert unit(extract({"src/a.ts": code}), "f").context
    tight = ExtractConfig(**{**CONFIG.model_dump(), "max_context_declarations": 1})
    assert unit(extract({"src/a.ts": code}, tight), "f").context.startswith(UNRESOLVED)


def test_context_and_imports_parse(extract: Extract) -> None:
    code = (
        "import type { T } from 'tlib'\nconst enum Mode { A }\n"
        "abstract class Base<X extends T> { abstract go(x: X): T }"
        "\nexport async function* walk(b: Base<T>, m: Mode) {\n  yield [b, m]\n}\n"
    )
    found = unit(extract({"src/a.ts": code}), "walk")
    assert not has_error(found.imports)
    assert not has_error(found.context)
    assert not has_error(found.code)


def test_imports_are_rendered_once_sorted_and_in_the_style_of_the_code() -> None:
    entries = [
        Import("./context", "z", "z"),
        Import("lib", "default", "lib"),
        Import("lib", "b", "b", True),
        Import("lib", "A", "A"),
        Import("types", "T", "T", True),
        Import("side", "", ""),
        Import("lib", "A", "A"),
    ]
    assert render_imports(entries, semicolons=True) == (
        "import lib, { A, type b } from 'lib';\nimport 'side';\nimport type { T } from 'types';\n"
        "import { z } from './context';"
    )
    assert uses_semicolons("a();\nb();\n")
    assert not uses_semicolons("a()\nb()\n")
