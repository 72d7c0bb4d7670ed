"""Models behind endpoints: synthetic answers with known outcomes give exactly the known rates, whatever goes wrong."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import comb
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from algorand_coder import sandbox
from algorand_coder.cli.evaluate import command
from algorand_coder.errors import UserError
from algorand_coder.evaluate.judging import AnswerRow
from algorand_coder.evaluate.problems import Problem, Solution, load_problems, without_comments_for_us
from algorand_coder.generate.endpoints import client
from algorand_coder.pipeline import read_table
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.verify import Verifier
from tests.generate.standin import COMPLETION_TOKENS, PROMPT_TOKENS, StandIn

PROBLEMS = load_problems()[:50]
IDS = [problem.id for problem in PROBLEMS[:10]]
SAMPLES = 4
SEED = 17
"""The default seed of a run."""
ONE = PROMPT_TOKENS * 2.5e-6 + COMPLETION_TOKENS * 10e-6


def tidy(code: str) -> str:
    """Code as it is found in an answer."""
    return without_comments_for_us(code).strip("\n").rstrip() + "\n"


KNOWN = {tidy(solution.code): solution for problem in PROBLEMS for solution in (problem.reference, *problem.wrong)}


def verdict_on(candidate: Candidate, deepest: Level) -> Verdict:
    """What is known of a solution: the reference passes, a wrong one fails where it says."""
    solution = KNOWN[candidate.files[candidate.entry]]
    results = []
    for level in Level:
        if level.depth > deepest.depth:
            break
        if level == solution.fails_at:
            finding = Diagnostic(level, candidate.entry, 3, 7, "TS2322", "known to be wrong", "look again")
            results.append(LevelResult(level, Outcome.FAILED, (finding,)))
            break
        results.append(LevelResult(level, Outcome.PASSED))
    return Verdict(candidate.key, tuple(results))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Candidate]:
    """A verifier that knows the benchmark's solutions; the list holds what it was asked."""
    asked: list[Candidate] = []

    def check(self: Verifier, candidates: Sequence[Candidate], level: Level | None = None, progress: Any = None) -> Any:
        asked.extend(candidates)
        return [verdict_on(candidate, level or Level.BEHAVE) for candidate in candidates]

    monkeypatch.setattr(Verifier, "check", check)
    monkeypatch.setattr(sandbox, "unavailable", lambda: "")
    monkeypatch.setattr(client, "cache_dir", lambda name: tmp_path / "cache")
    return asked


Role = tuple[str, str]
"""What the server says (``reference``, ``wrong`` or ``garbage``) and the fault on the way."""
ROLES: tuple[Role, ...] = (
    ("reference", ""),
    ("wrong", ""),
    ("reference", "slow"),
    ("garbage", ""),
    ("reference", "cut"),
    ("wrong", "429"),
    ("reference", "429-after"),
    ("reference", "hang-up"),
    ("wrong", "malformed"),
    ("reference", "500"),
)
"""In turn, over all problems and samples: 20 of each in 200."""
GARBAGE = "I would start by thinking about the weather on the ledger."


class Script:
    """Which answer each question gets."""

    def __init__(self, lost: int = 0) -> None:
        self.lost = lost
        self._numbers = {" ".join(p.header.statement.split()): number for number, p in enumerate(PROBLEMS)}

    def number(self, turn: str) -> int:
        """Which of the 200 answers a turn asks for."""
        text, _, seed = turn.rpartition("#")
        statement = next(each for each in self._numbers if each in " ".join(text.split()))
        return self._numbers[statement] * SAMPLES + int(seed) - SEED

    def solution(self, number: int) -> Solution | None:
        problem, said = PROBLEMS[number // SAMPLES], ROLES[number % len(ROLES)][0]
        return {"reference": problem.reference, "wrong": problem.wrong[0], "garbage": None}[said]

    def answer(self, turn: str) -> str:
        solution = self.solution(self.number(turn))
        return f"Sure:\n\n```ts\n{tidy(solution.code)}```\n" if solution else GARBAGE

    def faults(self, turn: str) -> list[str]:
        number = self.number(turn)
        if number < self.lost:
            return ["503"] * 99
        fault = ROLES[number % len(ROLES)][1]
        return [fault] if fault else []


def reference(turn: str) -> str:
    """The right answer to a turn."""
    asked = " ".join(turn.split())
    problem = next(each for each in PROBLEMS if " ".join(each.header.statement.split()) in asked)
    return f"```ts\n{tidy(problem.reference.code)}```"


def known(script: Script) -> dict[str, list[tuple[int, int]]]:
    """For each level, passed and judged answers of each problem that it applies to."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, problem in enumerate(PROBLEMS):
        numbers = [n for n in range(index * SAMPLES, (index + 1) * SAMPLES) if n >= script.lost]
        for level in problem.levels:
            found[level.value].append((sum(passes(problem, script.solution(n), level) for n in numbers), len(numbers)))
    return found


def passes(problem: Problem, solution: Solution | None, level: Level) -> bool:
    if solution is None:
        return False
    return solution.fails_at is None or solution.fails_at.depth > level.depth


@pytest.fixture
def models(tmp_path: Path) -> Callable[..., str]:
    """``models(server)`` is the name of the model behind ``server``."""

    def name(server: StandIn, **changes: Any) -> str:
        settings = {
            "base_url": f"{server.address}/v1",
            "model": "synthetic",
            "price": "gpt-4o",
            "timeout_seconds": 30,
            "backoff_seconds": 0.01,
            "attempts": 3,
            "concurrency": 16,
            **changes,
        }
        path = tmp_path / "models.yaml"
        path.write_text(json.dumps({"models": {"stand-in": settings}}))
        return f"{path}#stand-in"

    return name


def evaluate(folder: Path, *names: str, **settings: Any) -> Result:
    """The command on ``PROBLEMS``."""
    values = {"problems": [problem.id for problem in PROBLEMS], "bootstrap_samples": 200, **settings}
    options = [part for key, value in values.items() for part in ("--set", f"evaluate.{key}={json.dumps(value)}")]
    chosen = [part for name in names for part in ("--model", name)]
    return CliRunner().invoke(command, ["--run-dir", str(folder), *options, *chosen], catch_exceptions=False)


@pytest.fixture(scope="module")
def inspect_there() -> Iterator[None]:
    pytest.importorskip("inspect_ai")
    yield


def scores(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "evaluate" / "synthetic-scores.json").read_text())
    return found


@pytest.mark.usefixtures("inspect_there")
def test_200_synthetic_answers_give_exactly_the_known_rates(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str]
) -> None:
    script = Script(lost=2)
    run = tmp_path / "run"
    with StandIn(script.answer, script.faults, by_seed=True, retry_after="0.05") as server:
        done = evaluate(run, models(server), samples=SAMPLES, temperature=0.8)
        assert done.exit_code == 0
        answers = server.books.billed.total()
        hits = server.books.hits.total()
    assert answers == 198
    assert set(server.books.billed.values()) == {1}
    faulty = sum(1 for n in range(2, 200) if ROLES[n % 10][1] not in {"", "slow"})
    assert hits == 198 + faulty + 2 * 3
    figures = scores(run)
    model = figures["models"]["stand-in"]
    expected = known(script)
    assert set(model["rates"]) == set(expected)
    for level, counts in expected.items():
        rate = model["rates"][level]
        assert (rate["passed"], rate["n"]) == (sum(c for c, _ in counts), sum(n for _, n in counts))
        shares = [c / n for c, n in counts if n]
        assert rate["rate"] == pytest.approx(sum(shares) / len(shares), abs=1e-4)
        for k, value in model["pass_at_k"][level].items():
            chances = [1 - comb(n - c, int(k)) / comb(n, int(k)) for c, n in counts]
            assert value == pytest.approx(sum(chances) / len(chances), abs=1e-4)
    assert (figures["valid"], figures["synthetic"], figures["samples"]) == (True, True, SAMPLES)
    assert figures["unjudged"]["answers"] == 2
    assert all("no answer: server: HTTP 503" in reason for reason in figures["unjudged"]["reasons"])
    assert model["no_code"] == 2 + sum(1 for n in range(2, 200) if ROLES[n % 10][0] == "garbage")
    assert model["dollars"] == pytest.approx(198 * ONE, abs=1e-6)
    solved = sum(
        passes(PROBLEMS[n // SAMPLES], script.solution(n), PROBLEMS[n // SAMPLES].deepest_level) for n in range(2, 200)
    )
    assert model["solved"] == solved
    assert model["dollars_per_solved"] == pytest.approx(198 * ONE / solved, abs=1e-6)
    counts = json.loads((run / "evaluate" / "manifest.json").read_text())["counts"]
    assert counts["models"]["stand-in"]["seconds_per_solved"] > 0
    check_rescoring(run, figures)


def check_rescoring(run: Path, figures: dict[str, Any]) -> None:
    """The log alone gives the same scores, and holds what an answer depended on."""
    from inspect_ai.log import read_eval_log

    logs = run / "evaluate" / "logs"
    again = CliRunner().invoke(command, ["--rescore", str(logs), "--json"], catch_exceptions=False)
    found = json.loads(again.output)
    assert found == {key: figures[key] for key in found}
    assert {"models", "paired", "comparisons", "valid", "unjudged"} <= set(found)
    log = read_eval_log(str(next(logs.glob("*.eval"))))
    about = log.eval.metadata
    assert about["sampling"] == {"temperature": 0.8, "top_p": None, "seed": SEED}
    assert {"chat_template_sha256", "versions", "prompts", "benchmark", "max_new_tokens"} <= set(about)
    assert {(sample.id, sample.epoch) for sample in log.samples} == {
        (problem.id, epoch + 1) for problem in PROBLEMS for epoch in range(SAMPLES)
    }
    first = log.samples[10]
    assert first.scores["types"].answer.strip() in first.output.completion or first.output.completion == GARBAGE
    assert first.metadata["served"] == "synthetic-recording"


def test_models_of_two_runs_are_compared_from_their_logs(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first run answers half with references, the second all: recordings here, so that the page is refused."""
    pytest.importorskip("inspect_ai")
    script = Script()
    for run, says in (("first", script.answer), ("second", reference)):
        monkeypatch.setattr(client, "cache_dir", lambda name, run=run: tmp_path / f"cache-{run}")
        with StandIn(says, by_seed=True) as server:
            evaluate(tmp_path / run, models(server), problems=IDS)
    logs = [part for run in ("first", "second") for part in ("--rescore", str(tmp_path / run / "evaluate" / "logs"))]
    done = CliRunner().invoke(command, [*logs, "--json"], catch_exceptions=False)
    figures = json.loads(done.output)
    assert list(figures["models"]) == ["first/stand-in", "second/stand-in"]
    wanted = sum(ROLES[n * SAMPLES % 10][0] == "reference" for n in range(len(IDS)))
    solved = [figures["models"][label]["solved"] for label in figures["models"]]
    assert solved == [wanted, len(IDS)]
    compared = figures["comparisons"][0]["levels"]["behave"]
    assert (compared["only_first"], compared["only_second"]) == (0, len(IDS) - wanted)
    with pytest.raises(UserError, match="synthetic recordings"):
        CliRunner().invoke(command, [*logs, "--results", str(tmp_path / "page")], catch_exceptions=False)
    assert not (tmp_path / "page").exists()


def test_synthetic_recordings_never_enter_a_results_page(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str]
) -> None:
    from algorand_coder.report import write_results
    from algorand_coder.report.run_data import read_run
    from algorand_coder.report.samples import sample_answers
    from algorand_coder.report.summary import scores_of

    with StandIn(lambda turn: GARBAGE) as server:
        done = evaluate(tmp_path / "run", models(server), inspect_logs=False)
    assert "SYNTHETIC" in done.stderr
    names = {path.name for path in (tmp_path / "run" / "evaluate").iterdir()}
    assert names == {"manifest.json", "synthetic-answers.parquet", "synthetic-scores.json"}
    run = read_run(tmp_path / "run")
    assert scores_of(run) is None
    assert sample_answers(run) == ([], 0)
    assert write_results(tmp_path / "run") is None


def test_more_than_one_percent_without_an_answer_is_no_result(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str]
) -> None:
    script = Script(lost=3)
    with StandIn(script.answer, script.faults, by_seed=True, retry_after="0.05") as server:
        name = models(server)
        done = evaluate(tmp_path, name, samples=SAMPLES, temperature=0.8, inspect_logs=False)
        assert scores(tmp_path)["valid"] is False
        assert "INVALID: 3 answers (1.5%) could not be judged (no answer: server" in done.stderr
        bought = server.books.billed.total()
        script.lost = 0
        again = evaluate(tmp_path, name, samples=SAMPLES, temperature=0.8, inspect_logs=False, bootstrap_samples=201)
        assert again.exit_code == 0
    # Only what is missing is bought when the endpoint is well again.
    assert server.books.billed.total() == bought + 3 == 200
    assert set(server.books.billed.values()) == {1}
    assert scores(tmp_path)["valid"] is True


def test_models_from_elsewhere_leave_the_results_of_a_run_alone(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    own = tmp_path / "runs" / "laptop" / "evaluate"
    own.mkdir(parents=True)
    (own / "scores.json").write_text("{}")
    with StandIn(lambda turn: GARBAGE) as server:
        name = models(server)
        options = ["--set", 'evaluate.problems=["cloakroom"]', "--set", "evaluate.inspect_logs=false"]
        chosen = ["--model", name, "--model", f"{name}+docs"]
        done = CliRunner().invoke(command, [*options, *chosen], catch_exceptions=False)
    assert done.exit_code == 0
    assert (own / "scores.json").read_text() == "{}"
    assert (tmp_path / "runs" / "stand-in-vs-stand-in+docs" / "evaluate" / "synthetic-scores.json").is_file()


def test_documentation_is_put_before_the_task(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str]
) -> None:
    with StandIn(lambda turn: GARBAGE) as server:
        name = models(server)
        evaluate(tmp_path, name, f"{name}+docs", inspect_logs=False)
        turns = [body["messages"][-1]["content"] for body in server.books.bodies]
    plain, helped = turns[: len(PROBLEMS)], turns[len(PROBLEMS) :]
    assert not any("## The task" in turn for turn in plain)
    assert all(turn.startswith("## @algorandfoundation/") for turn in helped)
    assert Counter(turn.split("\n## The task\n\n")[1] for turn in helped) == Counter(plain)
    figures = scores(tmp_path)
    assert list(figures["models"]) == ["stand-in", "stand-in+docs"]
    compared = figures["comparisons"][0]
    assert (compared["first"], compared["second"]) == ("stand-in", "stand-in+docs")
    assert compared["levels"]["parse"]["n"] == len(PROBLEMS)


def test_the_compiler_speaks_in_rounds_and_the_harness_stays_hidden(
    tmp_path: Path, judged: list[Candidate], models: Callable[..., str]
) -> None:
    """First prose, then a wrong solution that fails to compile, then the reference."""
    chosen = [p for p in PROBLEMS if p.wrong[0].fails_at and p.wrong[0].fails_at.depth <= Level.COMPILE.depth][:6]
    ids = [problem.id for problem in chosen]

    class Talk(StandIn):
        def make(self, turn: str, key: str) -> str:
            body = next(each for each in reversed(self.books.bodies) if each["messages"][-1]["content"] == turn)
            asked = " ".join(body["messages"][1]["content"].split())
            problem = next(p for p in chosen if " ".join(p.header.statement.split()) in asked)
            said = [GARBAGE, problem.wrong[0].code, problem.reference.code][len(body["messages"]) // 2 - 1]
            text = said if said == GARBAGE else f"```ts\n{tidy(said)}```"
            self.answer = lambda turn: text
            return super().make(turn, key)

    with Talk(idempotent=False) as server:
        evaluate(tmp_path, models(server, concurrency=1) + "+repair", problems=ids, repair_rounds=2)
        bodies = server.books.bodies
    rows = read_table(tmp_path / "evaluate" / "synthetic-answers.parquet", AnswerRow)
    assert all(row.solved for row in rows)
    assert [len(body["messages"]) for body in bodies] == [2] * 6 + [4] * 6 + [6] * 6
    last = [turn["content"] for turn in json.loads(rows[0].messages)]
    assert "There is no TypeScript in the answer." in last[3]
    assert re.search(r"TS2322 known to be wrong\n  hint: look again", last[5])
    assert {row.prompt_tokens for row in rows} == {3 * PROMPT_TOKENS}
    assert rows[0].dollars == pytest.approx(3 * ONE)
    in_rounds = [candidate for candidate in judged if not candidate.check]
    shown = {name for candidate in in_rounds for name in candidate.files if name != candidate.entry}
    assert shown <= {name for problem in chosen for name in problem.context}
    figures = scores(tmp_path)
    again = CliRunner().invoke(
        command, ["--rescore", str(tmp_path / "evaluate" / "logs"), "--json"], catch_exceptions=False
    )
    assert json.loads(again.output)["models"] == figures["models"]


def test_settings_that_make_no_sense_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(UserError, match="needs a key: set the environment variable OPENAI_API_KEY"):
        evaluate(tmp_path, "gpt-4o")
    assert not (tmp_path / "evaluate").exists()
    with pytest.raises(UserError, match="no model 'gpt-5o'"):
        evaluate(tmp_path, "gpt-5o+docs")
    with pytest.raises(UserError, match="two models would be called 'm'"):
        evaluate(tmp_path, "http://localhost:1/v1#m", "http://localhost:2/v1#m")
    with pytest.raises(UserError, match=r"evaluate\.samples=2 needs evaluate\.temperature above 0"):
        evaluate(tmp_path, "http://localhost:1/v1#m", samples=2)
    with pytest.raises(UserError, match="'train', which is not in"):
        evaluate(tmp_path, "base")
    (tmp_path / "no.eval").write_text("no log")
    with pytest.raises(UserError, match="cannot be read as an Inspect log"):
        CliRunner().invoke(command, ["--rescore", str(tmp_path / "no.eval")], catch_exceptions=False)
