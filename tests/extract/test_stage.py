"""The stage as a whole: units, spans, dialects, rejects, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.reading import ReadTask, read_file
from algorand_coder.extract.stage import STAGE, run
from algorand_coder.pipeline import Engine, StageContext, read_table, write_table
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Kind, Reject, SourceFile, Unit
from tests.extract.conftest import CONFIG, Extract, source_file

LIBRARY = """
import { Coin } from "coinlib"

/**
 * Counts coins.
 * @param coins what to count
 */
export function count(coins: Coin[]): number {
  // each is one
  return coins.length
}

/** Doubles. */
export const double = (n: number): number => n * 2

export default class Purse {
  private coins: Coin[] = []

  /** Puts one in. */
  put(coin: Coin) {
    this.coins.push(coin)
  }
}

export const LIMIT = 5
"""

TESTS = """
import { count } from './purse'
describe('purse', () => {
  describe('counting', () => {
    it('counts nothing', () => { expect(count([])).toBe(0) })
  })
  test.skip('later', async () => {})
})
it('stands alone', () => { expect(1).toBe(1) })
"""


def run_stage(
    folder: Path, files: list[SourceFile], engine: Engine, config: ExtractConfig = CONFIG
) -> dict[str, object]:
    collected = folder / "collect"
    out = folder / "extract"
    collected.mkdir(parents=True)
    out.mkdir()
    write_table(collected / "files.parquet", SourceFile, files)
    progress = Progress(Console(quiet=True))
    context = StageContext(out, {"collect": collected}, config, seed=1, engine=engine, progress=progress)
    return run(context)


def test_units_of_a_library(extract: Extract) -> None:
    units = extract({"src/purse.ts": LIBRARY, "src/purse.test.ts": TESTS})
    assert [(u.unit_kind, u.name) for u in units] == [
        ("function", "count"),
        ("function", "double"),
        ("class", "Purse"),
        ("method", "Purse.put"),
        ("test", "purse > counting > counts nothing"),
        ("test", "purse > later"),
        ("test", "stands alone"),
    ]
    count = units[0]
    assert count.doc == "Counts coins.\n@param coins what to count"
    assert count.imports == "import { Coin } from 'coinlib'"
    assert (count.metrics.lines, count.metrics.complexity) == (4, 1)
    # One comment line inside and four of JSDoc, over four lines of code and the JSDoc.
    assert count.metrics.comment_ratio == pytest.approx(5 / 8)
    assert count.provenance.start_line == 7
    assert len({u.id for u in units}) == len(units)


def test_spans_reproduce_the_code(extract: Extract) -> None:
    lines = LIBRARY.lstrip("\n").split("\n")
    for unit in extract({"src/purse.ts": LIBRARY}):
        span = "\n".join(lines[unit.provenance.start_line - 1 : unit.provenance.end_line])
        assert unit.code in span
        assert span.strip().endswith(unit.code.split("\n")[-1])


def test_a_contract_file_is_one_unit(extract: Extract) -> None:
    text = """
        import { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
        const STEP: uint64 = 2
        /** Counts in steps. */
        export class Steps extends Contract {
          next(n: uint64): uint64 { return n + STEP }
        }
    """
    units = extract({"contracts/steps.algo.ts": text})
    assert [(u.unit_kind, u.name, u.kind, u.doc) for u in units] == [
        ("contract", "Steps", Kind.CONTRACT, "Counts in steps.")
    ]
    assert units[0].code.startswith("import { Contract")
    assert units[0].imports == units[0].context == ""
    relative = extract({"contracts/steps.algo.ts": text + "\nimport { other } from './other.algo'\n"})
    assert "./other.algo" in relative[0].context


SCRIPT = """
    /** Deploys the counter. */
    import { AlgorandClient } from '@algorandfoundation/algokit-utils'
    const algorand = AlgorandClient.fromEnvironment()
    async function deploy() {
      return algorand.account.fromEnvironment('DEPLOYER')
    }
    await deploy()
"""


def test_a_deploy_script_is_a_unit_as_a_whole(extract: Extract) -> None:
    units = extract({"deploy/counter.ts": SCRIPT, "src/counter.ts": SCRIPT})
    assert [(u.unit_kind, u.name, u.provenance.path) for u in units] == [
        ("function", "deploy", "deploy/counter.ts"),
        ("script", "counter", "deploy/counter.ts"),
        ("function", "deploy", "src/counter.ts"),
    ]
    script = units[1]
    assert (script.doc, script.imports, script.context) == ("Deploys the counter.", "", "")
    assert script.code.endswith("await deploy()\n")
    relative = extract({"deploy.ts": SCRIPT + "\n    import './setup'\n"})[-1]
    assert relative.context == "// unresolved: the script imports ./setup"
    assert extract({"deploy/x.ts": "describe('a', () => { it('b', () => { c() }) })\n"})[0].unit_kind != "script"


def test_same_bytes_on_one_process_and_on_several(tmp_path: Path) -> None:
    files = [source_file(f"src/m{i}.ts", LIBRARY.replace("count", f"count{i}")) for i in range(40)]
    counts = [
        run_stage(tmp_path / name, files, engine)
        for name, engine in [("one", Engine("local", 1)), ("two", Engine("local", 2)), ("again", Engine("local", 1))]
    ]
    assert counts[0] == counts[1] == counts[2]
    for table in ("units.parquet", "rejects.parquet"):
        first, *others = [(tmp_path / name / "extract" / table).read_bytes() for name in ("one", "two", "again")]
        assert all(other == first for other in others)


def test_every_file_is_accounted_for(tmp_path: Path) -> None:
    files = [
        source_file("src/a.ts", LIBRARY),
        source_file("src/a.d.ts", LIBRARY),
        source_file("dist/a.ts", LIBRARY),
        source_file("README.md", "# Title\n\nRuns:\n\n```ts\nconsole.log(1)\n```\n"),
    ]
    counts = run_stage(tmp_path, files, Engine("local", 1))
    rejects = read_table(tmp_path / "extract/rejects.parquet", Reject)
    units = read_table(tmp_path / "extract/units.parquet", Unit)
    assert counts["files"] == 4
    assert counts["rejected_files"] == {"excluded-folder": 1, "type-declarations": 1}
    assert sorted(r.name for r in rejects) == ["dist/a.ts", "src/a.d.ts"]
    assert all(r.excerpt for r in rejects)
    assert counts["units"] == len(units) == 5
    assert counts["standing_alone"] == 4


@given(st.text(max_size=400))
def test_any_text_is_read_without_failing(text: str) -> None:
    for language, path in (("ts", "src/a.ts"), ("md", "a.md")):
        file = source_file(path, "", language=language)
        noisy = SourceFile(file.id, text, language, file.provenance)
        facts = read_file(ReadTask(noisy, CONFIG))
        assert all(draft.code.strip() for draft in facts.drafts)


def test_config_says_what_it_refuses() -> None:
    with pytest.raises(ValueError, match="folder name without"):
        ExtractConfig(excluded_folders=("a/b",))


def test_the_stage_names_its_code() -> None:
    assert STAGE.name == "extract"
    assert STAGE.consumes == ("collect",)
