"""Stage ``sample``: training prompts only, nothing sampled twice, accepted and distinct answers as a data set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.pipeline import read_table
from algorand_coder.posttrain import rft, sample
from algorand_coder.posttrain.config import SampleConfig
from algorand_coder.posttrain.sampling import EndpointSampler, Question, Sample, read_journal, sample_all
from algorand_coder.posttrain.tasks import choose_tasks
from algorand_coder.records import Outcome, Pair
from algorand_coder.similarity.evaluation_sets import benchmark_tasks
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.rows import read_chat
from tests.posttrain.conftest import StandIn, carry_out, repair, row

ASKED: list[tuple[str, int]] = []
ROWS = [row(number) for number in range(6)]


class Sampler:
    """Answers in portions of four, and dies before the portion ``dies`` is out."""

    name = "stand-in"

    def __init__(self, dies: int = -1) -> None:
        self._dies = dies

    def fits(self, asked: Pair) -> bool:
        return asked.id != "row-008"

    def ask(self, questions: Sequence[Question], done: Callable[[int], None]) -> Iterable[list[Sample]]:
        for start in range(0, len(questions), 4):
            if start == 4 * self._dies:
                raise KeyboardInterrupt
            portion = questions[start : start + 4]
            ASKED.extend((question.row.id, question.sample) for question in portion)
            done(len(portion))
            yield [Sample(q.row.id, q.sample, answer(q), "stop") for q in portion]


def answer(question: Question) -> str:
    """The first is the known answer, the second another good one, the third is wrong, the fourth as the second."""
    known = question.row.output
    if question.sample == 0:
        return known
    if question.sample == 2:
        return known.replace("bigint", "BROKEN")
    return f"```ts\n{known.replace('  return', '  if (total < 0n) total = 0n' + chr(10) + '  return')}```"


@pytest.fixture(autouse=True)
def clean() -> None:
    ASKED.clear()


def test_a_kill_costs_one_portion_and_nothing_is_asked_twice(tmp_path: Path) -> None:
    whole = sample_all(Sampler, ROWS, 3, tmp_path / "whole.jsonl", lambda _: None)
    questions, journal = set(ASKED), tmp_path / "killed.jsonl"
    assert len(questions) == len(ASKED) == len(whole) == 18
    ASKED.clear()
    with pytest.raises(KeyboardInterrupt):
        sample_all(lambda: Sampler(dies=2), ROWS, 3, journal, lambda _: None)
    with journal.open("a") as torn:
        torn.write('\n[{"row": "row-000", "sam')  # what a kill leaves of the line it interrupts
    assert len(read_journal(journal)) == 8
    done: list[int] = []
    assert sample_all(Sampler, ROWS, 3, journal, done.append) == whole
    assert set(ASKED) == questions and len(ASKED) == 18
    assert sum(done) == 18 and done[0] == 8

    def nobody() -> Sampler:
        raise AssertionError("a finished journal needs no model")

    assert sample_all(nobody, ROWS, 3, journal, lambda _: None) == whole


def test_a_fault_is_asked_again_and_an_answer_is_not(tmp_path: Path) -> None:
    journal = tmp_path / "answers.jsonl"
    faults = [{"row": "row-000", "sample": 0, "text": "", "finish": "none", "error": "timeout: 3 s"}]
    kept = [{"row": "row-000", "sample": 1, "text": "old", "finish": "stop", "error": ""}]
    journal.write_text("\n".join(map(json.dumps, (faults, kept))))
    found = sample_all(Sampler, [row(0)], 2, journal, lambda _: None)
    assert ASKED == [("row-000", 0)]
    assert [each.text for each in found] == [row(0).output, "old"]


def config(train: TrainConfig, **changed: Any) -> SampleConfig:
    return SampleConfig(train=train, **{"start": "base", "samples": 4, **changed})


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, stand_in: None) -> None:
    monkeypatch.setattr(sample, "open_sampler", lambda context: Sampler())


@pytest.mark.usefixtures("answered")
def test_accepted_and_distinct_answers_become_a_data_set(run_folder: Path, twin_config: TrainConfig) -> None:
    report = carry_out(sample.STAGE, run_folder, config(twin_config))
    counts, folder = report.manifest.counts, run_folder / "sample"
    asked = {name for name, _ in ASKED}
    assert not asked & {f"row-{n:03d}" for n in range(8, 12)}, "too long, and held out"
    assert counts["left_out"] == {"too-long": 1} and counts["prompts"] == len(asked) == 17
    assert counts["answers"] == 68
    assert counts["by_outcome"] == {"failed": 17, "passed": 51}
    assert counts["by_level"] == {"failed": {"parse": 9, "types": 8}, "passed": {"types": 51}, "unjudged": {}}
    # The wrong answer to a repair is the broken code that it shows; rows of one number modulo 4 share a structure.
    refused = {"held-out": 12, "same-structure": 22, "types/TS2304": 8, "dodge/copies-the-prompt": 9}
    assert counts["refused_by_reason"] == refused
    assert counts["kept"] == 17 == counts["prompts_solved"]

    pairs = {pair.id: pair for pair in read_table(folder / "pairs.parquet", Pair)}
    sides = json.loads((folder / "splits.json").read_text())
    assert set(sides) == set(pairs)
    kept = [pair for pair in pairs.values() if pair.strategy == "sample"]
    assert len(kept) == 17 and {sides[pair.id] for pair in kept} == {"train"}
    one = next(pair for pair in kept if pair.provenance[-1].path == "sample/row-001")
    assert (one.instruction, one.lineage) == (row(1).instruction, row(1).lineage)
    assert one.provenance[-1].revision == "sample-1 qwen2" and one.provenance[0] == row(1).provenance[0]
    assert "total < 0n" in one.output and "```" not in one.output
    assert len(read_chat(folder / "train.chat.jsonl")) == 18 + 17 == counts["train"]
    validation = run_folder / "dataset" / "validation.chat.jsonl"
    assert (folder / "validation.chat.jsonl").read_text() == validation.read_text()
    answers = read_table(folder / "answers.parquet", sample.Answer)
    assert [each.sample for each in answers[:4]] == [0, 1, 2, 3]
    assert answers[2].outcome is Outcome.FAILED and "BROKEN" in answers[2].text


@pytest.mark.usefixtures("answered")
def test_the_train_stage_takes_it(run_folder: Path, twin_config: TrainConfig) -> None:
    carry_out(sample.STAGE, run_folder, config(twin_config, originals=False))
    train = twin_config.model_copy(update={"epochs": 1, "max_steps": 1, "validation_rows": 2})
    manifest = carry_out(rft.STAGE, run_folder, train).manifest
    assert manifest.stage == "rft" and set(manifest.inputs) == {"sample"}
    assert manifest.counts["train_rows"] == 17
    assert (run_folder / "rft" / "adapter" / "adapter_model.safetensors").is_file()


@pytest.mark.usefixtures("stand_in")
def test_the_engine_answers_with_the_adapter(run_folder: Path, adapter: Path, twin_config: TrainConfig) -> None:
    chosen = config(twin_config, start="train", samples=2, max_prompts=3, max_new_tokens=16, batch_size=4)
    manifest = carry_out(sample.STAGE, run_folder, chosen).manifest
    assert set(manifest.inputs) == {"dataset", "train"}
    assert manifest.counts["model"] == "qwen2+train"
    answers = read_table(run_folder / "sample" / "answers.parquet", sample.Answer)
    assert len(answers) == 6 and all(each.text for each in answers)
    texts = [each.text for each in answers]
    assert len(set(texts)) == 6, "each is drawn by itself"
    (run_folder / "sample").rename(run_folder / "before")
    assert carry_out(sample.STAGE, run_folder, chosen).manifest.outputs == manifest.outputs


@pytest.mark.usefixtures("stand_in")
def test_when_nothing_can_be_judged_the_answers_stay(
    run_folder: Path, twin_config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "open_sampler", lambda context: Sampler())
    monkeypatch.setattr("tests.posttrain.test_sample.answer", lambda question: question.row.output + "// UNJUDGED")
    with pytest.raises(UserError, match=r"not one of 68 answers could be judged .no node.: run .*doctor"):
        carry_out(sample.STAGE, run_folder, config(twin_config))
    ASKED.clear()
    monkeypatch.undo()
    monkeypatch.setattr(sample, "Verifier", StandIn)
    with pytest.raises(UserError):
        carry_out(sample.STAGE, run_folder, config(twin_config))
    assert ASKED == []


def test_no_prompt_of_an_evaluation_set_is_ever_put() -> None:
    task = next(each for each in benchmark_tasks() if each.solutions)
    asks_it = replace(row(1), id="text", instruction=task.text)
    shows_it = replace(repair(row(2)), id="code", input=f"```ts\n{task.solutions[0]}\n```")
    descends = replace(row(3), id="lineage", lineage=f"patterns/{task.name}/1")
    tasks = choose_tasks([row(0), asks_it, shows_it, descends], seed=1, count=None)
    assert [each.id for each in tasks.rows] == ["row-000"]
    assert tasks.left_out == {"evaluation-set": 3}
    with pytest.raises(UserError, match="none of 1 training rows can be asked"):
        choose_tasks([asks_it], seed=1, count=None)


def test_an_answer_that_is_a_benchmark_solution_is_not_kept(twin_config: TrainConfig) -> None:
    from algorand_coder.posttrain.judging import Judged
    from algorand_coder.posttrain.tasks import Rows
    from algorand_coder.records import Level

    task = next(each for each in benchmark_tasks() if each.solutions)
    found = Judged(task.solutions[0], Outcome.PASSED, Level.TYPES, "", "", 1.0)
    got = [Sample("row-001", 0, task.solutions[0], "stop")]
    sifted = sample.sift(Rows([row(1)], []), [row(1)], got, [found], config(twin_config), "m")
    assert sifted.kept == [] and sifted.answers[0].reason == "benchmark-contamination"
    lost = [replace(got[0], error="timeout: 3 s", text="")]
    sifted = sample.sift(Rows([row(1)], []), [row(1)], lost, [found], config(twin_config), "m")
    assert (sifted.answers[0].outcome, sifted.answers[0].reason) == (Outcome.UNJUDGED, "unjudged/no-answer")


def test_prompts_come_evenly_from_the_categories_and_always_the_same() -> None:
    rows = [row(number) for number in range(12)]
    chosen = choose_tasks(rows, seed=3, count=6).rows
    assert sorted(each.category for each in chosen) == ["assets"] * 2 + ["state"] * 2 + ["transactions"] * 2
    assert chosen == choose_tasks(rows[::-1], seed=3, count=6).rows != choose_tasks(rows, seed=4, count=6).rows


def test_an_endpoint_answers_within_its_budget_and_once(
    tmp_path: Path, twin_config: TrainConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, Failure, Reply

    seen: list[Any] = []

    def complete(self: Any, requests: Any, *, budget: float, progress: Any) -> list[Any]:
        seen.append((requests, budget))
        return [Reply("code", "stop", 1, 1, "m"), Failure("over-budget", "could exceed the budget of $1.00")]

    monkeypatch.setattr(Endpoint, "complete", complete)
    model = EndpointConfig(base_url="http://127.0.0.1:1/v1", model="m")
    sampler = EndpointSampler("m", model, config(twin_config, budget_dollars=1.0), 7, tmp_path)
    (portion,) = sampler.ask([Question(row(0), 0), Question(row(0), 1)], lambda _: None)
    assert [each.text for each in portion] == ["code", ""]
    assert portion[1].error.startswith("over-budget")
    requests, budget = seen[0]
    assert budget == 1.0 and [r.sample for r in requests] == [0, 1] and requests[0].temperature == 0.8
    assert requests[0].key != requests[1].key
    for _ in range(2):
        answers = sample_all(lambda: sampler, [row(0)], 2, None, lambda _: None)
        assert [each.text for each in answers] == ["code", ""]
    assert [len(requests) for requests, _ in seen] == [2, 2, 2], "what is known still counts for the budget"
