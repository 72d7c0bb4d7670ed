"""A factory for run folders: every stage's outputs as the stages write them, with hostile text planted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.dataset.leakage import Leak
from algorand_coder.pipeline import write_table
from algorand_coder.pipeline.manifest import Manifest, hash_outputs
from algorand_coder.records import (
    Category,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Metrics,
    Outcome,
    Pair,
    Provenance,
    Reject,
    SourceFile,
    Unit,
    Verdict,
    digest,
)

HOSTILE = "</pre><script>document.title='owned'</script><img src=x onerror=alert(1)>"
ORDER = ("collect", "extract", "refine", "instruct", "dataset", "train", "evaluate")

CODE = """import {{ AlgorandClient, algo }} from '@algorandfoundation/algokit-utils'

/** Pays {name} and waits until the network has confirmed it. */
export async function pay{name}(algorand: AlgorandClient, sender: string, receiver: string): Promise<string> {{
  const result = await algorand.send.payment({{
    sender,
    receiver,
    amount: algo({number}),
    note: 'invoice {number}',
  }})
  return result.txIds[0]
}}
"""


@dataclass(frozen=True)
class Answer:
    """A row of ``evaluate/answers.parquet``."""

    problem: str
    category: str
    model: str
    prompt: str
    answer: str
    code: str
    finish: str
    verdict: Verdict


class RunFactory:
    """Writes the stages of one run folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, until: str = "evaluate", problems: int = 24) -> Path:
        """All stages up to ``until``."""
        for name in ORDER[: ORDER.index(until) + 1]:
            getattr(self, name)(*([problems] if name == "evaluate" else []))
        return self.folder

    def finish(self, name: str, counts: dict[str, Any], seconds: float, consumes: Sequence[str] = ()) -> None:
        """Write the manifest, as the pipeline does at the end of a stage."""
        folder = self.folder / name
        inputs = {n: digest(json.loads((self.folder / n / "manifest.json").read_text())["outputs"]) for n in consumes}
        versions = {"algorand-coder": "0.1.0", "typescript": "7.0.2", "algokit-utils": "9.2.2", "puya": "5.9.1"}
        Manifest(
            name, "key", inputs, {"base_model": "SmolLM2-135M-Instruct"}, versions, hash_outputs(folder), counts,
            "2025-11-22T10:00:00+00:00", seconds,
        ).write(folder)  # fmt: skip

    def _folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def collect(self) -> None:
        folder = self._folder("collect")
        names = ["algokit-utils-ts", "js-algorand-sdk", "tinyman-js-sdk", "use-wallet", "pact-js-sdk"]
        fields = ("name", "status", "tier", "revision", "licence", "files", "reason")
        rows: list[tuple[Any, ...]] = [
            (name, "fetched", "official", f"@x/{name}@9.2.{i}", "MIT", 20 + 9 * i, "") for i, name in enumerate(names)
        ]
        rows.append(("devportal", "refused", "educational", "4f2a9c1", "", 0, "no licence found: not used"))
        rows.append(("reti", "skipped", "community", "", "MIT", 0, f"git host not reachable {HOSTILE}"))
        files = [
            SourceFile(f"f{i}-{j}", "x", "ts", Provenance(names[i], "1", f"src/{j}.ts", "MIT"))
            for i in range(len(names))
            for j in range(20 + 9 * i)
        ]
        (folder / "sources.json").write_text(json.dumps([dict(zip(fields, row, strict=True)) for row in rows]))
        write_table(folder / "files.parquet", SourceFile, files)
        self.finish("collect", {"files": len(files)}, 41.2)

    def _units(self, name: str, count: int, refused: dict[str, int], seconds: float, consumes: str) -> None:
        folder = self._folder(name)
        metrics = Metrics(12, 2, 0.1, 80, False)
        origin = Provenance("algokit-utils-ts", "1", "src/a.ts", "MIT")
        unit = Unit("u", "function", "pay", "code", "doc", "", "", Kind.CLIENT, "utils9", metrics, "s", origin)
        write_table(folder / "units.parquet", Unit, [replace(unit, id=f"u{i}") for i in range(count)])
        self._rejects(folder, name, refused)
        self.finish(name, {}, seconds, [consumes])

    def _rejects(self, folder: Path, name: str, refused: dict[str, int]) -> None:
        rows = [Reject(name, f"r{n}", why, "", "", "kit", "") for why, count in refused.items() for n in range(count)]
        write_table(folder / "rejects.parquet", Reject, rows)

    def extract(self) -> None:
        self._units("extract", 1480, {"generated": 31, "too-long-file": 12, "parse-error": 3}, 12.9, "collect")

    def refine(self) -> None:
        refused = {"too-short": 312, "near-duplicate": 140, "complexity": 51, "blocklist/algosdk-v1": 33, "secret": 2}
        self._units("refine", 942, refused, 8.4, "extract")

    def _pairs(self) -> list[Pair]:
        return [self._pair(n, n % 3 == 0) for n in range(420)]

    def _pair(self, n: int, mined: bool) -> Pair:
        revision = "@algorandfoundation/algokit-utils@9.2.2"
        dug = Provenance("algokit-utils-ts", revision, f"src/{n}.ts", "MIT", start_line=n + 1, end_line=n + 14)
        made = Provenance("generated", "patterns-1", "patterns/payments/simple", "MIT", "generated")
        instruction = f"Write `payOrder{n}`, which pays {n} Algo and waits for the confirmation."
        return Pair(
            id=f"pair{n}",
            instruction=instruction + (HOSTILE if n < 30 else ""),
            input="",
            output=CODE.format(name=f"Order{n}", number=n),
            strategy="docs" if mined else "patterns",
            category=list(Category)[n * n % 5 if mined else n % 5],
            kind=Kind.CONTRACT if n % 7 == 0 else Kind.CLIENT,
            target="utils9",
            skeleton=f"skeleton{n // 2}",
            lineage=f"patterns/payments/{n % 4}",
            mined=mined,
            provenance=(dug if mined else made,),
        )

    def instruct(self) -> None:
        folder = self._folder("instruct")
        write_table(folder / "pairs.parquet", Pair, self._pairs())
        self._rejects(folder, "instruct", {"types/TS2339": 210, "types/TS2307": 120, "compile/puya": 14, "parse": 9})
        self.finish("instruct", {}, 96.0, ["refine"])

    def dataset(self) -> None:
        folder = self._folder("dataset")
        pairs = self._pairs()
        write_table(folder / "pairs.parquet", Pair, pairs)
        leaks = [Leak(f"pair{n}", f"pair{n + 100}", ((n * 37) % 80) ** 1.0 / 100) for n in range(84)]
        write_table(folder / "leakage.parquet", Leak, leaks)
        grid = {
            strategy: {c.value: sum(p.strategy == strategy and p.category == c for p in pairs) for c in Category}
            for strategy in ("patterns", "docs")
        }
        counts = {
            "rows": 420,
            "train": 336,
            "validation": 84,
            "mined": 140,
            "built": 280,
            "distinct_skeletons": 210,
            "max_rows_per_skeleton": 2,
            "split_groups": 97,
            "by_strategy": {"patterns": 280, "docs": 140},
            "by_category": {c.value: sum(p.category == c for p in pairs) for c in Category},
            "by_kind": {"client": 360, "contract": 60},
            "by_target": {"utils9": 420},
            "by_licence": {"MIT": 402, "Apache-2.0": 18},
            "by_source": {"generated": 280, "algokit-utils-ts": 140},
            "by_strategy_and_category": grid,
            "validation_by_category": {c.value: 17 for c in Category},
            "private": 0,
            "refused": {"near-duplicate-output": 61, "skeleton-cap": 12, "instruction-names-absent": 5},
            "leakage": {"min": 0.02, "median": 0.31, "p90": 0.62, "p99": 0.76, "max": 0.79, "mean": 0.34},
        }
        self.finish("dataset", counts, 3.7, ["instruct"])

    def train(self) -> None:
        folder = self._folder("train")
        steps = [{"step": n, "loss": 0.35 + 2.1 * 0.985**n + (n % 5) * 0.02, "lr": 2e-4} for n in range(1, 181)]
        shares = {"transactions": 1.0, "contracts": 1.2, "state": 0.9, "assets": 0.8, "errors": 1.1}
        losses = {n: 0.52 + 1.7 * 0.98**n for n in range(0, 181, 30)}
        evals = [
            {"step": n, "loss": loss, "by_category": {name: loss * share for name, share in shares.items()}}
            for n, loss in losses.items()
        ]
        (folder / "history.json").write_text(json.dumps({"steps": steps, "eval": evals}))
        counts = {
            "train_rows": 300,
            "validation_rows": 60,
            "steps": 180,
            "train_tokens": 91234,
            "train_loss": 0.4712,
            "validation_loss_before": 2.22,
            "validation_loss": 0.565,
            "perplexity_before": 9.207,
            "perplexity": 1.759,
            "trainable_parameters": 1_843_200,
            "device": "cpu",
            "peak_rss_bytes": 3 * 2**30,
            "peak_device_bytes": None,
        }
        self.finish("train", counts, 402.0, ["dataset"])

    def evaluate(self, problems: int = 24) -> None:
        folder = self._folder("evaluate")
        (folder / "scores.json").write_text(json.dumps(scores(problems)))
        write_table(folder / "answers.parquet", Answer, answers(problems))
        self.finish("evaluate", {}, 131.0, ["train", "dataset"])


def rate(passed: int, n: int) -> dict[str, Any]:
    share = passed / n
    return {"passed": passed, "n": n, "rate": share, "low": max(0.0, share - 0.15), "high": min(1.0, share + 0.17)}


def scores(problems: int) -> dict[str, Any]:
    levels = {"base": {"parse": 9, "types": 0, "compile": 0}, "tuned": {"parse": 22, "types": 5, "compile": 4}}
    models = {
        role: {
            "name": "SmolLM2-135M-Instruct" + ("" if role == "base" else " + adapter"),
            "rates": {level: rate(passed, problems) for level, passed in found.items()},
            "by_category": {
                c.value: {level: rate(passed // 6, 5) for level, passed in found.items()} for c in Category
            },
            "by_group": {
                "seen": {level: rate(passed // 2, 12) for level, passed in found.items()},
                "unseen": {level: rate(passed // 3, 12) for level, passed in found.items()},
            },
            "invalid": 0,
            "no_code": 2 if role == "base" else 0,
            "cut_at_limit": 3,
            "failures": [
                {"level": "types", "code": "TS2304", "answers": 9},
                {"level": "parse", "code": "TS1005", "answers": 2},
            ],
        }
        for role, found in levels.items()
    }
    paired = {"types": {"difference": 0.208, "low": 0.05, "high": 0.37, "p": 0.03}}
    return {
        "models": models,
        "paired": paired,
        "problems": problems,
        "smoke_test": problems < 150,
        "valid": True,
        "unjudged": {"answers": 0, "share": 0.0, "reasons": {}},
    }


def answers(problems: int) -> list[Answer]:
    message = f"Cannot find name 'algosdk'. {HOSTILE}"
    finding = Diagnostic(Level.TYPES, "main.ts", 1, 15, "TS2304", message, "Import it.")
    parsed = LevelResult(Level.PARSE, Outcome.PASSED)
    good = Verdict("k", (parsed, LevelResult(Level.TYPES, Outcome.PASSED)))
    bad = Verdict("k", (parsed, LevelResult(Level.TYPES, Outcome.FAILED, (finding,))))
    rows = []
    for n in range(problems):
        prompt, category = (
            f"Write something for case {n}.\n\n```ts\nexport declare const case{n}: string\n```",
            list(Category)[n % 5],
        )
        codes = {
            "base": f"const algod = new algosdk.Algod()\nalgod.pay(receiver) // {HOSTILE}\n",
            "tuned": CODE.format(name=f"Case{n}", number=n),
        }
        for model, code in codes.items():
            verdict = good if model == "tuned" and n % 5 == 0 else bad
            rows.append(
                Answer(f"problem-{n:02d}", category, model, prompt, code, "" if n == 3 else code, "stop", verdict)
            )
    return rows


@pytest.fixture
def run_factory(tmp_path: Path) -> RunFactory:
    return RunFactory(tmp_path / "runs" / "laptop")


@pytest.fixture
def hostile() -> str:
    return HOSTILE
