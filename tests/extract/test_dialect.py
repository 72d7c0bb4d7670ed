"""The dialect of code: from what it uses and from the project around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.extract.dialect import dialect_of, file_dialect, kind_of, target_of
from algorand_coder.extract.projects import Project, Projects, major, read_projects
from algorand_coder.records import Kind
from tests.extract.conftest import Extract
from tests.extract.dialect_study import judge, mirror_at_hand, scores

ALGO_TS, TEALSCRIPT = "@algorandfoundation/algorand-typescript", "@algorandfoundation/tealscript"
UTILS = "@algorandfoundation/algokit-utils"


@pytest.mark.parametrize(
    ("text", "path", "project", "dialect"),
    [
        ("export const a = 1", "src/a.ts", Project(utils=9, algosdk=3), "none"),
        (f"import {{ AlgorandClient }} from '{UTILS}'", "src/a.ts", Project(), "utils9"),
        *((f"import {{ AlgorandClient }} from '{UTILS}'", "a.ts", Project(utils=v), f"utils{v}") for v in range(6, 11)),
        *(("import algosdk from 'algosdk'", "a.ts", Project(algosdk=v), f"algosdk{v}") for v in (1, 2, 3)),
        ("import algosdk from 'algosdk'", "a.ts", Project(), "algosdk3"),
        ("const algosdk = require('algosdk')", "a.ts", Project(algosdk=2), "algosdk2"),
        ("const sdk = await import('algosdk')", "a.ts", Project(), "algosdk3"),
        ("export { Address } from 'algosdk'", "a.ts", Project(), "algosdk3"),
        ("import algosdk from 'algosdk'\ninfo['confirmed-round']", "a.ts", Project(algosdk=3), "algosdk2"),
        (
            "import algosdk from 'algosdk'\nalgosdk.makePaymentTxnWithSuggestedParams(a)",
            "a.ts",
            Project(algosdk=1),
            "algosdk1",
        ),
        ("import algosdk from 'algosdk'\nalgosdk.decodeAddress(a).publicKey", "a.ts", Project(), "algosdk3"),
        (f"import {{ AlgoAmount }} from '{UTILS}'", "a.ts", Project(utils=9), "utils10"),
        (f"import {{ AlgoAmount }} from '{UTILS}/types/amount'", "a.ts", Project(utils=9), "utils9"),
        (f"import {{ Transaction }} from '{UTILS}/transact'", "a.ts", Project(), "utils10"),
        ("import { Address } from '@algorandfoundation/algokit-common'", "a.ts", Project(), "utils10"),
        (
            f"import algosdk from 'algosdk'\nimport {{ algo }} from '{UTILS}'",
            "a.ts",
            Project(utils=7, algosdk=2),
            "utils7",
        ),
        (f"import {{ Contract }} from '{ALGO_TS}'\nclass A extends Contract {{}}", "a.ts", Project(), "puya-ts"),
        (f"import {{ LogicSig }} from '{ALGO_TS}'\nclass A extends LogicSig {{}}", "a.algo.ts", Project(), "puya-ts"),
        (f"import {{ uint64 }} from '{ALGO_TS}'\nexport function f(a: uint64) {{}}", "lib/a.ts", Project(), "puya-ts"),
        (f"import {{ TestExecutionContext }} from '{ALGO_TS}-testing'", "a.spec.ts", Project(), "puya-ts"),
        (f"import {{ len }} from '{ALGO_TS}/op'\nimport {{ algo }} from '{UTILS}'", "e2e.ts", Project(), "utils9"),
        (
            f"import {{ Contract }} from '{TEALSCRIPT}'\nclass A extends Contract {{}}",
            "a.algo.ts",
            Project(),
            "tealscript",
        ),
        (
            "import { Contract } from '../../src/lib'\nclass A extends Contract {}",
            "x/a.algo.ts",
            Project(is_compiler=True, contracts="tealscript"),
            "tealscript",
        ),
        ("class A extends Contract { k = GlobalStateKey<uint64>() }", "a.md", Project(), "tealscript"),
        ("export const MAX = 4", "contracts/constants.algo.ts", Project(contracts="tealscript"), "tealscript"),
        ("export const MAX = 4", "contracts/constants.algo.ts", Project(), "puya-ts"),
        (
            "import { Contract } from './mine'\nclass A extends Contract {}",
            "a.ts",
            Project(contracts="puya-ts"),
            "none",
        ),
        ("import { encode } from './encoding'", "src/a.ts", Project(sdk="algosdk", algosdk=3), "algosdk3"),
        ("import algosdk from 'algosdk'\nimport { a } from './b'", "src/a.ts", Project(sdk="utils", utils=9), "utils9"),
        ("export const a = (b: number) => b + 1", "src/a.ts", Project(sdk="utils", utils=10), "none"),
        (f"const text = `\nimport {{ algo }} from '{UTILS}'\n`", "a.ts", Project(), "none"),
        (f"// import {{ algo }} from '{UTILS}'", "a.ts", Project(), "none"),
        (
            f"const code = `import {{ Contract }} from '{TEALSCRIPT}'\nclass A extends Contract {{}}`",
            "a.ts",
            Project(),
            "none",
        ),
        ("import '@algorandfoundation/algokit-utils-debug'", "a.ts", Project(), "none"),
    ],
)
def test_dialects(text: str, path: str, project: Project, dialect: str) -> None:
    assert file_dialect(text, path, project) == dialect


@pytest.mark.parametrize(
    ("code", "dialect", "kind"),
    [
        ("function f() {}", "puya-ts", Kind.CLIENT),
        ("class A extends Contract {}", "puya-ts", Kind.CONTRACT),
        ("class A extends arc4.Contract {}", "puya-ts", Kind.CONTRACT),
        ("class A extends classes(B, C) {}", "puya-ts", Kind.CONTRACT),
        ("class A extends LogicSig {}", "puya-ts", Kind.LOGICSIG),
        ("class A extends LogicSig {}", "tealscript", Kind.TEALSCRIPT),
        ("class A extends Contract {}", "utils9", Kind.CLIENT),
        ("const a = 'class A extends Contract {}'", "puya-ts", Kind.CLIENT),
    ],
)
def test_kinds(code: str, dialect: str, kind: Kind) -> None:
    assert kind_of(code, dialect) is kind


def test_targets_are_what_the_packages_serve() -> None:
    same = ("none", "algosdk3", "utils9", "puya-ts", "tealscript")
    assert {target_of(dialect) for dialect in same} == {"utils9"}
    assert [target_of(dialect) for dialect in ("utils6", "utils10", "algosdk2")] == ["utils6", "utils10", "algosdk2"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("9.2.2", 9),
        ("^9.0.0", 9),
        ("~2.9", 2),
        ("v5.5.0-beta.1", 5),
        ("10.0.0-beta.4", 10),
        (">=2.9.0 <3.0", 2),
        ("^2.10.0 || ^3.0.0", 3),
        ("3", 3),
        ("3.x", 3),
        ("*", 0),
        ("latest", 0),
        ("workspace:*", 0),
        ("0.0.0", 0),
        ("file:../dist", 0),
        ("git+https://example.org/a.git#v1.2.3", 0),
        ("", 0),
    ],
)
def test_majors(wanted: str, expected: int) -> None:
    assert major(wanted) == expected


def test_the_nearest_manifest_counts_and_the_list_fills_gaps() -> None:
    packages: dict[str, dict[str, Any]] = {
        "": {"name": "root", "devDependencies": {UTILS: "^8.0.0", "algosdk": "^3.0.0"}},
        "contracts": {"peerDependencies": {UTILS: "^7.1.0"}, "dependencies": {TEALSCRIPT: "^0.106.0"}},
        "odd": {"dependencies": ["algosdk"], "devDependencies": {UTILS: 9}},
    }
    projects = Projects(packages, target="algosdk2")
    assert projects.of("contracts/deploy/a.ts") == Project(utils=7, algosdk=3, contracts="tealscript")
    assert projects.of("a.ts") == projects.of("odd/a.ts") == Project(utils=8, algosdk=3)
    assert Projects({}, target="algosdk2").of("a.ts") == Project(algosdk=2)
    own = {"": {"name": UTILS, "version": "0.1.0", "dependencies": {"algosdk": "^3.5.2"}}}
    assert Projects(own, target="utils9").of("src/a.ts") == Project(utils=9, algosdk=3, sdk="utils")
    assert Projects({"": {"name": "algosdk", "version": "3.8.0"}}).of("src/a.ts") == Project(algosdk=3, sdk="algosdk")


def test_projects_come_from_the_collected_sources(tmp_path: Path) -> None:
    entry = {"name": "shop", "target": "utils9", "packages": {"": {"dependencies": {"algosdk": "^2.0.0"}}}}
    (tmp_path / "sources.json").write_text(json.dumps([entry, {"name": "bare"}]))
    found = read_projects(tmp_path)
    assert found["shop"].of("src/a.ts") == Project(utils=9, algosdk=2)
    assert found["bare"].of("src/a.ts") == Project()
    assert read_projects(tmp_path / "nowhere") == {}


def test_units_carry_the_target_of_their_project(extract: Extract) -> None:
    text = """
        import algosdk from 'algosdk'
        export function a(): string {
          return algosdk.generateAccount().addr
        }
        export function b(): number {
          return 1
        }
    """
    projects = {"shop": Projects({"": {"dependencies": {"algosdk": "^1.24.0"}}})}
    assert [unit.target for unit in extract({"src/a.ts": text}, projects=projects)] == ["algosdk1", "utils9"]


def test_unknown_dialects_are_told_from_modules_alone() -> None:
    assert dialect_of("", {"left-pad", "./a"}, Project(algosdk=3), contract=False) == "none"


@pytest.mark.slow
def test_precision_and_recall_on_labelled_files() -> None:
    judged = list(judge(mirror_at_hand()))
    if len(judged) < 200:
        pytest.skip(f"{len(judged)} labelled files are at hand, 200 are needed: set ALGORAND_CODER_MIRROR")
    found = scores(judged)
    assert min(score.precision for score in found) >= 0.95, found
    assert min(score.recall for score in found) >= 0.95, found
