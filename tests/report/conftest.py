"""A factory for run folders: every stage's outputs as the stages write them, with hostile text planted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.collect.outcome import Outcome as Collected
from algorand_coder.collect.outcome import refused, skipped
from algorand_coder.collect.sources import Get, Source
from algorand_coder.dataset.leakage import Leak
from algorand_coder.evaluate.judging import AnswerRow
from algorand_coder.evaluate.scores import score
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
from algorand_coder.train.history import HeldOut, History, Step

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
        versions["benchmark"] = "0123456789abcdef"
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
        files = {
            name: tuple(
                SourceFile(f"{name}-{j}", "x", "ts", Provenance(name, "1", f"src/{j}.ts", "MIT"))
                for j in range(20 + 9 * i)
            )
            for i, name in enumerate(names)
        }

        def source(name: str, tier: Any, licence: str) -> Source:
            return Source(name=name, tier=tier, licence=licence, get=Get(npm=f"{name}@9.2.0"))

        outcomes = [
            Collected(source(name, "official", "MIT"), "fetched", "", f"{name}@9.2.0", "MIT", files[name])
            for name in names
        ]
        outcomes.append(refused(source("devportal", "educational", "none"), "no licence found: not used"))
        outcomes.append(skipped(source("reti", "community", "MIT"), f"git host not reachable {HOSTILE}"))
        (folder / "sources.json").write_text(json.dumps([outcome.entry for outcome in outcomes]))
        collected = [file for outcome in outcomes for file in outcome.files]
        write_table(folder / "files.parquet", SourceFile, collected)
        write_table(folder / "rejects.parquet", Reject, [Reject("collect", "r", "vendored", "", "", "reti", "")])
        self.finish("collect", {"files": len(collected)}, 41.2)

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
        shares = {"transactions": 1.0, "contracts": 1.2, "state": 0.9, "assets": 0.8, "errors": 1.1}
        steps = tuple(Step(n, 0.35 + 2.1 * 0.985**n + (n % 5) * 0.02, 2e-4, 1.0, 500, 120.0) for n in range(1, 181))
        losses = {n: 0.52 + 1.7 * 0.98**n for n in range(0, 181, 30)}
        held_out = tuple(
            HeldOut(n, loss, 4000, {name: loss * share for name, share in shares.items()}) for n, loss in losses.items()
        )
        History(steps, held_out).write(folder / "history.json")
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
        rows = answers(problems)
        names = {"base": "SmolLM2-135M-Instruct", "tuned": "SmolLM2-135M-Instruct with adapter"}
        found = score(rows, names, bootstrap_samples=200, seed=17)
        (folder / "scores.json").write_text(json.dumps(found))
        write_table(folder / "answers.parquet", AnswerRow, rows)
        self.finish("evaluate", {}, 131.0, ["train"])


def answers(problems: int) -> list[AnswerRow]:
    """Rows of both models: the base fails all, the tuned model type-checks every fifth and compiles every tenth."""
    message = f"Cannot find name 'algosdk'. {HOSTILE}"
    finding = Diagnostic(Level.TYPES, "main.ts", 1, 15, "TS2304", message, "Import it.")
    parsed, typed = LevelResult(Level.PARSE, Outcome.PASSED), LevelResult(Level.TYPES, Outcome.PASSED)
    wrong = Verdict("k", (parsed, LevelResult(Level.TYPES, Outcome.FAILED, (finding,))))
    fault = Diagnostic(Level.COMPILE, "contract.algo.ts", 3, 1, "puya", "no such type")
    rows = []
    for n in range(problems):
        contract = n % 2 == 0
        rows.append(answer(n, "base", wrong, f"algod.pay(receiver) // {HOSTILE}\n", contract))
        verdict = wrong
        if n % 5 == 0:
            outcome = Outcome.PASSED if n % 10 == 0 else Outcome.FAILED
            last = LevelResult(Level.COMPILE, outcome, () if n % 10 == 0 else (fault,))
            verdict = Verdict("k", (parsed, typed, last) if contract else (parsed, typed))
        rows.append(answer(n, "tuned", verdict, "" if n == 3 else CODE.format(name=f"Case{n}", number=n), contract))
    return rows


def answer(n: int, model: str, verdict: Verdict, code: str, contract: bool) -> AnswerRow:
    prompt = f"Write something for case {n}.\n\n```ts\nexport declare const case{n}: string\n```"
    outcomes = dict.fromkeys(("parse", "types", "compile"), "failed") | {"deploy": "", "behave": ""}
    outcomes |= {result.level.value: result.outcome.value for result in verdict.levels}
    if not contract:
        outcomes["compile"] = ""
    return AnswerRow(
        problem=f"problem-{n:02d}",
        model=model,
        category=list(Category)[n % 5].value,
        difficulty="easy",
        kind="contract" if contract else "client",
        family=f"family-{n}",
        seen=n % 3 == 0,
        prompt=prompt,
        messages="[]",
        answer=f"Sure! Here is the code. {HOSTILE}",
        code=code,
        parse=outcomes["parse"],
        types=outcomes["types"],
        compile=outcomes["compile"],
        deploy=outcomes["deploy"],
        behave=outcomes["behave"],
        verdict=verdict,
        prompt_tokens=80,
        completion_tokens=120,
        finish="length" if n == 3 else "stop",
    )


@pytest.fixture
def run_factory(tmp_path: Path) -> RunFactory:
    return RunFactory(tmp_path / "runs" / "laptop")


@pytest.fixture
def hostile() -> str:
    return HOSTILE
