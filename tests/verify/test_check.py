"""``algorand-coder check`` as a person and as a program sees it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from algorand_coder.cli import _run
from algorand_coder.pipeline import write_table
from algorand_coder.records import Category, Kind, Pair, Provenance
from algorand_coder.verify import sources
from tests.verify.samples import COUNTER, OLD_PAYMENT, PAYMENT, TEALSCRIPT, UNTYPED_SUM

PITFALLS = Path(__file__).parent / "pitfalls"


@pytest.fixture
def folder(tools: None, tmp_path: Path) -> Path:
    (tmp_path / "pay.ts").write_text(PAYMENT)
    (tmp_path / "old.ts").write_text(OLD_PAYMENT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "uses.ts").write_text("import { pay } from '../pay'\nexport const send = pay\n")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "skipped.ts").write_text("not even code")
    (tmp_path / "types.d.ts").write_text("export type A = 1")
    return tmp_path


def test_json_is_one_array_with_the_agreed_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "counter.algo.ts").write_text(UNTYPED_SUM)
    assert _run(["check", str(folder), "--json", "--no-cache"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [Path(row["file"]).name for row in rows] == ["counter.algo.ts", "old.ts", "pay.ts", "uses.ts"]
    assert all(set(row) == {"file", "outcome", "level", "diagnostics", "seconds"} for row in rows)
    contract, old, pay, uses = rows
    assert (contract["outcome"], contract["level"]) == ("failed", "compile")
    assert (old["outcome"], old["level"]) == ("failed", "types")
    assert (pay["outcome"], pay["diagnostics"], uses["outcome"]) == ("passed", [], "passed")
    [finding] = old["diagnostics"]
    assert set(finding) == {"level", "line", "column", "code", "message"}
    assert (finding["line"], finding["code"]) == (5, "TS2353")


def test_people_see_the_line_a_caret_and_advice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", str(folder / "old.ts"), "--level", "types", "--no-cache"]) == 1
    out = capsys.readouterr().out
    code, caret = re.search(r"     5 │ (.*)\n       │ (.*)\n", out).groups()  # type: ignore[union-attr]
    assert code[caret.index("^") :].startswith("from: sender")
    assert "hint: algosdk 3 and algokit-utils say sender" in out
    assert "1 judged: 1 failed" in out


def test_sarif_names_rule_file_and_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", str(folder / "old.ts"), "--level", "types", "--sarif", "--no-cache"]) == 1
    log = json.loads(capsys.readouterr().out)
    [result] = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (log["version"], result["ruleId"]) == ("2.1.0", "TS2353")
    assert place["artifactLocation"]["uri"].endswith("old.ts") and place["region"]["startLine"] == 5


def test_findings_in_imported_files_name_where_those_lie(
    tools: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proj" / "src" / "my lib ü").mkdir(parents=True)
    (tmp_path / "proj" / "src" / "my lib ü" / "c #1.ts").write_text("export const n: string = 1\n")
    (tmp_path / "proj" / "src" / "app.ts").write_text("import { n } from './my lib ü/c #1'\nexport const m = n\n")

    def said(path: str, form: str) -> str:
        assert _run(["check", path, "--level", "types", *form.split(), "--no-cache"]) == 1
        return capsys.readouterr().out

    for path, shown, uri in [
        ("proj/src/app.ts", "proj/src/my lib ü/c #1.ts", "proj/src/my%20lib%20%C3%BC/c%20%231.ts"),
        (f"{tmp_path}/proj/src/app.ts", f"{tmp_path}/proj/src/my lib ü/c #1.ts", None),
        ("proj/src/my lib ü/c #1.ts", "proj/src/my lib ü/c #1.ts", "proj/src/my%20lib%20%C3%BC/c%20%231.ts"),
    ]:
        [result] = json.loads(said(path, "--sarif"))["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == (uri or quote(shown))
        assert place["region"] == {"startLine": 1, "startColumn": 14}
        [finding] = json.loads(said(path, "--json"))[0]["diagnostics"]
        assert finding["line"] == 1 or finding["message"].startswith(f"{shown}:1:14: ")
        assert f"{shown}:1:14" in said(path, "").replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.ts"], "nowhere.ts: no such file or folder"),
        (["pyproject.toml"], "not something to judge"),
        (["--level", "types", "--watch", "--json", "pay.ts"], "--watch goes with"),
    ],
)
def test_bad_input_is_one_line_and_code_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_what_a_disk_cannot_give_is_one_line_and_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(path: str) -> str:
        assert _run(["check", path]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        return error

    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "a.ts").symlink_to("b.ts")
    (tmp_path / "loop" / "b.ts").symlink_to("a.ts")
    assert "a.ts: cannot be read" in said(str(tmp_path / "loop"))
    assert "a.ts: cannot be read" in said(str(tmp_path / "loop" / "a.ts"))
    assert "cannot be read: File name too long" in said("x" * 300)
    assert "cannot be read: File name too long" in said("x" * 300 + ".ts")
    (tmp_path / "pay.ts").write_text(PAYMENT)
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path / "pay.ts"))
    assert "the cache cannot be created" in said(str(tmp_path / "pay.ts"))


def test_long_names_are_no_trouble(tmp_path: Path) -> None:
    code = f"import {{ a }} from './{'x' * 300}'\nexport const b = a\n"
    (tmp_path / f"{'y' * 250}.ts").write_text(code)
    assert len(list(sources.from_paths([tmp_path]))) == 1


def test_a_check_program_checks_the_contract_of_its_name(tmp_path: Path) -> None:
    for name in ("vault.ts", "vault.algo.ts", "vault.check.ts", "pay.mts", "pay.check.ts"):
        (tmp_path / name).write_text("export const a = 1\n")
    checks = {Path(item.name).name: item.candidate.check for item in sources.from_paths([tmp_path])}
    assert checks == {"vault.algo.ts": "vault.check.ts", "vault.ts": "", "pay.mts": "pay.check.ts"}
    assert sources.from_file(tmp_path / "vault.check.ts").candidate.check == ""


def test_what_cannot_be_judged_is_code_2(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.verify.test_faults import missing

    monkeypatch.setattr("algorand_coder.verify.toolchain.ensure", missing)
    assert _run(["check", str(folder / "pay.ts"), "--no-cache"]) == 2
    assert "doctor --fix" in capsys.readouterr().out


def test_standard_input(tools: None) -> None:
    command = [sys.executable, "-m", "algorand_coder.cli", "check", "-", "--json", "--level", "types", "--no-cache"]
    done = subprocess.run(command, input=b"export const a: string = '\xff'", capture_output=True, check=False)
    [row] = json.loads(done.stdout)
    assert done.returncode == 1
    assert (row["file"], row["diagnostics"][0]["code"]) == ("<stdin>", "hygiene/encoding")


def pair(number: int, output: str, **more: object) -> Pair:
    source = Provenance("generated", "1", "patterns", "MIT", "generated")
    return Pair(
        f"p{number}", f"Task {number}", "", output, "patterns", Category.TRANSACTIONS, Kind.CLIENT, "utils9", "s", "l",
        False, (source,), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_data_set_is_judged_row_by_row(tools: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    helper = {"helper.ts": "export const answer: number = 42\n"}
    uses = "import { answer } from './helper'\nexport const twice = answer * 2\n"
    pairs = [pair(1, PAYMENT), pair(2, OLD_PAYMENT), pair(3, uses, entry="uses.ts", support=helper)]
    write_table(tmp_path / "pairs.parquet", Pair, pairs)
    assert _run(["check", str(tmp_path / "pairs.parquet"), "--no-cache"]) == 1
    out = capsys.readouterr().out
    assert "pairs.parquet#p2" in out and "pairs.parquet#p3" not in out and "3 judged: 2 passed, 1 failed" in out
    rows = [{"instruction": each.instruction, "input": "", "output": each.output} for each in pairs]
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert _run(["check", str(tmp_path / "train.jsonl"), "--no-cache"]) == 1
    assert "train.jsonl#2" in capsys.readouterr().out
    (tmp_path / "lines.jsonl").write_text(
        "\n\r\n" + json.dumps({"output": "export const a = '\u2028\x85'"}, ensure_ascii=False) + "\r\n\n"
    )
    [row] = sources.from_paths([tmp_path / "lines.jsonl"])
    assert (Path(row.name).name, row.candidate.files[row.own]) == ("lines.jsonl#3", "export const a = '\u2028\x85'")
    (tmp_path / "train.jsonl").write_text('{"instruction": "x"}\n')
    assert _run(["check", str(tmp_path / "train.jsonl")]) == 2
    assert "line 1 has no text under 'output'" in capsys.readouterr().err


def test_watch_judges_again_when_a_file_changes(folder: Path) -> None:
    command = [
        sys.executable,
        "-u",
        "-m",
        "algorand_coder.cli",
        "check",
        str(folder / "pay.ts"),
        "--watch",
        "--level",
        "types",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "1 passed" in process.stdout.readline()
        (folder / "pay.ts").write_text(OLD_PAYMENT)
        deadline = time.monotonic() + 60
        while "1 failed" not in (line := process.stdout.readline()) and time.monotonic() < deadline:
            assert line
        process.terminate()


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        (PAYMENT, "", Kind.CLIENT),
        (COUNTER, "", Kind.CONTRACT),
        (COUNTER, "counter.algo.ts", Kind.CONTRACT),
        (TEALSCRIPT, "", Kind.TEALSCRIPT),
        ("export class L extends LogicSig {}", "l.algo.ts", Kind.LOGICSIG),
        (
            "import { uint64 } from '@algorandfoundation/algorand-typescript'\nexport type A = uint64",
            "a.ts",
            Kind.CLIENT,
        ),
        ("export class Reader extends Base {}", "reader.ts", Kind.CLIENT),
    ],
)
def test_what_code_is(code: str, name: str, kind: Kind) -> None:
    assert sources.detect_kind(code, name) == kind


def test_a_file_comes_with_what_it_imports(folder: Path) -> None:
    item = sources.from_file(folder / "sub" / "uses.ts")
    assert sorted(item.candidate.files) == ["pay.ts", "sub/uses.ts"]
    assert item.own == item.candidate.entry == "sub/uses.ts"


BASE = """\
import { Contract, GlobalState, arc4, uint64 } from '@algorandfoundation/algorand-typescript'
export class Point extends arc4.Struct<{ x: arc4.Uint64 }> {}
export abstract class Base extends Contract {
  n = GlobalState<uint64>({ initialValue: 0 })
}
"""
HELPER = """\
import { uint64 } from '@algorandfoundation/algorand-typescript'
export function twice(x: uint64): uint64 {
  return x * 2
}
"""
CHILD = """\
import { uint64 } from '@algorandfoundation/algorand-typescript'
import { Base } from './base/base.algo'
import { twice } from './helper.algo'
export class Child extends Base {
  add(x: uint64): uint64 {
    this.n.value = this.n.value + twice(x)
    return this.n.value
  }
}
"""


def test_what_contracts_of_a_folder_import_need_be_no_contract(
    tools: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "base.algo.ts").write_text(BASE)
    (tmp_path / "helper.algo.ts").write_text(HELPER)
    (tmp_path / "child.algo.ts").write_text(CHILD)
    assert _run(["check", str(tmp_path), "--no-cache"]) == 0
    assert "3 judged: 3 passed" in capsys.readouterr().out
    (tmp_path / "lone.algo.ts").write_text(HELPER)
    assert _run(["check", str(tmp_path), "--json", "--no-cache"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [Path(row["file"]).name for row in rows if row["outcome"] != "passed"] == ["lone.algo.ts"]
    assert _run(["check", str(tmp_path / "helper.algo.ts"), "--no-cache"]) == 1


def test_a_contract_that_another_file_imports_is_still_one(tmp_path: Path) -> None:
    (tmp_path / "child.algo.ts").write_text(COUNTER)
    (tmp_path / "plain.algo.ts").write_text("export default class extends Contract {}")
    (tmp_path / "app.ts").write_text("import { Counter } from './child.algo'\nimport P from './plain.algo'\n")
    kinds = {Path(item.name).name: item.candidate.kind for item in sources.from_paths([tmp_path])}
    assert kinds == {"app.ts": Kind.CLIENT, "child.algo.ts": Kind.CONTRACT, "plain.algo.ts": Kind.CONTRACT}


def test_what_is_imported_may_lie_in_a_hidden_folder_and_begin_with_a_byte_order_mark(
    tools: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".gen").mkdir()
    (tmp_path / ".gen" / "z.ts").write_text("export const z = 1\n")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "data.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    code = "import { z } from '../.gen/z'\nimport data from './data.json'\nexport const y: number = z + data.a\n"
    (tmp_path / "src" / "y.ts").write_text(code)
    assert _run(["check", str(tmp_path), "--level", "types", "--no-cache"]) == 0
    assert "1 judged: 1 passed" in capsys.readouterr().out
