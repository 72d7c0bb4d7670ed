"""Synthesis: what is asked, what becomes of every reply, and what it costs."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import Failure, Reply
from algorand_coder.generate.prompts import PROMPTS, render
from algorand_coder.instruct.config import SynthesisConfig
from algorand_coder.instruct.docs import UNRESOLVED
from algorand_coder.instruct.patterns.base import reserved_families
from algorand_coder.instruct.synthesis import Synthesis, answers, synthesise
from algorand_coder.instruct.synthesis.answers import Useless
from algorand_coder.instruct.synthesis.estimate import estimates
from algorand_coder.instruct.synthesis.material import seeds, standing_alone
from algorand_coder.instruct.synthesis.strategy import plan
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.tables import to_plain, write_table
from algorand_coder.records import Candidate, Kind, Level, Outcome, Unit
from algorand_coder.verify import Verifier
from tests.generate.standin import MODEL, StandIn
from tests.instruct.synthesis_samples import check, says, unit

ROOT = Path(__file__).parents[2]
UNITS = [unit(f"amount{number}") for number in range(26)]
REQUESTS = 40


def models_file(folder: Path, server: StandIn, **changes: Any) -> str:
    """The name of a model behind ``server``, with short waits and the price of gpt-4o."""
    settings = {
        "base_url": f"{server.address}/v1",
        "model": "synthetic",
        "price": "gpt-4o",
        "timeout_seconds": 1.5,
        "backoff_seconds": 0.02,
        **changes,
    }
    path = folder / "models.yaml"
    path.write_text(json.dumps({"models": {"stand-in": settings}}))
    return f"{path}#stand-in"


def config(model: str, **changes: Any) -> SynthesisConfig:
    return SynthesisConfig.model_validate({"model": model, "max_requests": REQUESTS, "max_tokens": 100, **changes})


def run(folder: Path, settings: SynthesisConfig, units: Sequence[Unit] = UNITS) -> tuple[Synthesis, str]:
    """What came of it, and what was said."""
    out = io.StringIO()
    progress = Progress(Console(file=out, width=400))
    made = synthesise(units, [], settings, 1, check=check, progress=progress, folder=folder / "answers")
    return made, out.getvalue()


def plain(made: Synthesis) -> str:
    return json.dumps([to_plain(each) for each in (*made.pairs, *made.rejects)])


def test_instructions_come_first_and_problems_fill_up(tmp_path: Path) -> None:
    with StandIn(says) as server:
        made, said = run(tmp_path, config(models_file(tmp_path, server)))
    mined = [pair for pair in made.pairs if pair.mined]
    built = [pair for pair in made.pairs if not pair.mined]
    assert (len(mined), len(built) + len(made.rejects)) == (26, 14)
    first = mined[0]
    assert first.output.startswith("export function amount0(")
    assert first.instruction == "Write a function `amount0` that doubles the amount it is given."
    assert first.provenance[0].source == "npm/example"
    assert first.provenance[1].revision == f"synthesis-1 {MODEL}"
    assert first.provenance[1].path.startswith("synthesis-instruction.md.j2@")
    assert {pair.provenance[0].revision for pair in built} == {f"synthesis-1 {MODEL}"}
    assert all(pair.lineage.startswith("synthesis/unit-") for pair in built)
    assert {pair.kind for pair in built} == {Kind.CLIENT, Kind.CONTRACT}
    assert len({pair.category for pair in built}) == 5
    assert made.report["bill"]["answers"] == REQUESTS
    assert "40 answers of " in said
    assert re.search(r"for \$0\.02 \(40 bought now\)", said)


FAULTS = {"429": 0.1, "429-after": 0.05, "500": 0.1, "timeout": 0.05, "cut": 0.1, "malformed": 0.05, "refusal": 0.1}


def faulty(turn: str) -> list[str]:
    """The faults above in their proportions, drawn by the turn."""
    draw, edge = (sum(turn.encode()) * 7919 % 1000) / 1000, 0.0
    for fault, share in FAULTS.items():
        edge += share
        if draw < edge:
            return [fault]
    return []


def prose(turn: str) -> str:
    """Every seventh reply is no JSON."""
    return says(turn) if sum(turn.encode()) % 7 else "Certainly! Here is the task: {"


def test_faults_cost_no_answer_and_a_resumed_run_ends_the_same(tmp_path: Path) -> None:
    with StandIn(prose, faulty, retry_after="0.05") as server:
        settings = config(models_file(tmp_path, server))
        made, told = run(tmp_path, settings)
        again, said = run(tmp_path, settings)
        asked = plan(UNITS, [], settings, 1, check, private=True)
    turns = [order.request.messages[-1]["content"] for order in asked]
    expected = Counter(
        "refusal" if faulty(turn) == ["refusal"] else "malformed-json" if prose(turn) != says(turn) else "fine"
        for turn in turns
    )
    reasons = Counter(reject.reason.removeprefix("synthesis/") for reject in made.rejects)
    assert reasons["refusal"] == expected["refusal"] > 0
    assert reasons["malformed-json"] == expected["malformed-json"] > 0
    assert f"{reasons['malformed-json']:,} malformed-json" in told.partition("answers of no use: ")[2]
    assert len(made.pairs) + reasons["same-answer"] == expected["fine"]
    assert set(server.books.billed.values()) == {1}
    assert server.books.billed.total() == REQUESTS
    assert plain(again) == plain(made)
    assert "(0 bought now)" in said


def test_a_spent_budget_stops_the_buying_and_more_money_goes_on(tmp_path: Path) -> None:
    with StandIn(says) as server:
        name = models_file(tmp_path, server)
        short, said = run(tmp_path, config(name, budget_dollars=0.02))
        kept = server.books.billed.total()
        same, _ = run(tmp_path, config(name, budget_dollars=0.02))
        whole, _ = run(tmp_path, config(name))
        fresh, _ = run(tmp_path / "fresh", config(name))
    assert 0 < kept < REQUESTS
    assert short.report["bill"]["dollars"] <= 0.02
    assert f"{REQUESTS - kept} requests did not fit into the budget of $0.02" in said
    assert plain(short) == plain(same)
    assert plain(whole) == plain(fresh)
    assert short.pairs == whole.pairs[: len(short.pairs)]


SCRIPT = """
import sys
from pathlib import Path
from tests.instruct.test_synthesis import config, plain, run
made, _ = run(Path(sys.argv[1]), config(sys.argv[2]))
print(plain(made))
"""


@pytest.mark.slow
def test_kill_9_loses_nothing_and_buys_nothing_twice(tmp_path: Path) -> None:
    with StandIn(says, delay=0.1) as server:
        name = models_file(tmp_path, server, timeout_seconds=20, concurrency=4)
        command = [sys.executable, "-c", SCRIPT, str(tmp_path), name]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        end = time.monotonic() + 200
        while server.books.billed.total() < 15 and time.monotonic() < end:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert server.books.billed.total() < REQUESTS
        resumed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        server.delay = 0.0
        billed = dict(server.books.billed)
        fresh, _ = run(tmp_path / "fresh", config(name))
    assert resumed.stdout.strip() == plain(fresh)
    assert set(billed.values()) == {1}
    assert len(billed) == REQUESTS


def test_without_a_model_or_a_key_nothing_is_asked_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    made, said = run(tmp_path, config(""))
    assert made.pairs == []
    assert "synthesis skipped: no model is configured" in said
    made, said = run(tmp_path, config("gpt-4o"))
    assert made.report == {
        "skipped": "gpt-4o needs a key in OPENAI_API_KEY; set it and run 'algorand-coder instruct --force'"
    }
    assert "synthesis skipped: gpt-4o needs a key in OPENAI_API_KEY" in said


def test_private_code_is_shown_to_this_machine_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = unit("secret", private=True)
    assert standing_alone([secret], (), private=False) == []
    assert seeds([], [secret], 1, private=False) == []
    assert [code.unit for code in standing_alone([secret], (), private=True)] == [secret]
    with StandIn(says) as server:
        made, _ = run(tmp_path, config(models_file(tmp_path, server), max_requests=3), [secret])
    assert all(any(each.private for each in pair.provenance) for pair in made.pairs)


def test_only_accepted_code_without_a_pair_is_shown() -> None:
    wrong = unit("wrong")
    lost = unit("lost", context=f"{UNRESOLVED}Client")
    old = unit("old", doc="@deprecated use another")
    method = unit(
        "Bank.pay", unit_kind="method", code="public async pay(to: string) {\n    const x = to\n    return x\n  }"
    )
    found = plan([UNITS[0], wrong, lost, old, method], [], config("", max_requests=3), 1, check)
    codes = [order.code.unit.id for order in found if order.code]
    assert codes == ["unit-amount0", "unit-Bank.pay"]
    assert standing_alone(UNITS[:2], {"unit-amount0"}, private=True)[0].unit.id == "unit-amount1"
    code = next(order.code for order in found if order.code and order.code.unit.id == "unit-Bank.pay")
    assert code.output.startswith("export async function pay(to: string) {")


def test_few_snippets_give_further_samples_of_the_same_question() -> None:
    keys = [order.request.key for order in plan(UNITS[:1], [], config("", max_requests=60), 1)]
    assert len(set(keys)) == 60


def reply(text: str, finish: Any = "stop") -> Reply:
    return Reply(text, finish, 1, 1, "m")


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Failure("timeout", "slow"), "timeout"),
        (reply("", "refusal"), "refusal"),
        (reply("I'm sorry, but I can't help with that."), "refusal"),
        (reply('{"instruction": "Write', "length"), "truncated"),
        (reply("Sure! {"), "malformed-json"),
        (reply("[1, 2]"), "malformed-json"),
        (reply('{"code": "x"}'), "no-instruction"),
        (reply('{"instruction": "Write ```ts it all```, please do."}'), "quotes-code"),
        (reply('{"instruction": "This function doubles what it is given."}'), "describes-code"),
    ],
)
def test_useless_replies_have_short_stable_reasons(outcome: Reply | Failure, reason: str) -> None:
    with pytest.raises(Useless) as error:
        answers.instruction(answers.fields(outcome))
    assert str(error.value) == reason


def test_slips_of_models_are_forgiven() -> None:
    fenced = (
        '```json\n{"instruction": "Write a function\nthat doubles.", "code": "```ts\\nexport const a = 1\\n```"}\n```'
    )
    found = answers.fields(reply(fenced))
    assert answers.instruction(found) == "Write a function that doubles."
    assert answers.solution(found) == "export const a = 1\n"


def test_tasks_of_the_benchmark_are_refused(tmp_path: Path) -> None:
    multisig = "export function build(multisig: string): string {\n  return `${multisig}: Multisig`\n}\n"

    def reserved(turn: str) -> str:
        return json.dumps({"instruction": "Write a function that builds it.", "code": multisig})

    with StandIn(reserved) as server:
        made, _ = run(tmp_path, config(models_file(tmp_path, server), max_requests=2), UNITS[:1])
    assert "synthesis/reserved-family" in {reject.reason for reject in made.rejects}
    problem = plan(UNITS[:1], [], config("", max_requests=2), 1)[-1].request.messages[-1]["content"]
    assert all(family.about in problem for family in reserved_families())


def test_the_estimate_names_requests_tokens_and_dollars() -> None:
    settings = config("gpt-4o", max_requests=4000)
    asked = plan(UNITS, [], settings, 1)
    at_once = estimates(asked, settings)[0]
    assert at_once.requests == {"instruction": 26, "problem": 3974}
    assert at_once.dollars == pytest.approx(
        at_once.prompt_tokens * 2.5e-6 + at_once.completion_tokens * 10e-6, abs=0.01
    )
    assert at_once.dollars < at_once.dollars_at_most
    halved = estimates(asked, settings.model_copy(update={"batch": True}))[0]
    assert halved.dollars == pytest.approx(at_once.dollars / 2, abs=0.01)
    names = [each.model for each in estimates(asked, settings.model_copy(update={"model": ""}))]
    assert {"gpt-4o", "claude-sonnet"} < set(names)


def test_the_command_estimates_and_asks_nobody(tmp_path: Path) -> None:
    from algorand_coder.cli.instruct import command

    (tmp_path / "refine").mkdir()
    write_table(tmp_path / "refine" / "units.parquet", Unit, UNITS)
    runner = CliRunner()
    where = ["--run-dir", str(tmp_path), "--estimate"]
    table = runner.invoke(command, where, catch_exceptions=False)
    assert table.exit_code == 0
    assert "claude-sonnet" in table.output
    assert "Spending ends at $50.00" in table.output
    found = json.loads(runner.invoke(command, [*where, "--json"], catch_exceptions=False).output)
    assert {"requests", "prompt_tokens", "completion_tokens", "dollars", "dollars_at_most"} <= set(found[0])
    with pytest.raises(UserError, match="run 'algorand-coder refine' first"):
        runner.invoke(command, ["--run-dir", str(tmp_path / "none"), "--estimate"], catch_exceptions=False)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Kind.CLIENT, Kind.CONTRACT])
def test_what_the_documentation_shows_compiles(kind: Kind, require_tool: Callable[..., str]) -> None:
    require_tool("node")
    text = render(f"documentation-{kind.value}.md")
    blocks = re.findall(r"```ts\n(.*?)```", text, re.DOTALL)
    assert blocks
    with Verifier(level=Level.COMPILE, workers=1) as verifier:
        for verdict in verifier.check([Candidate.single(code, kind) for code in blocks]):
            if verdict.outcome is Outcome.UNJUDGED:
                require_tool("the verifier", "")
            assert verdict.outcome is Outcome.PASSED, verdict.diagnostics
            assert not verdict.deprecated


def test_prompts_hold_no_unfilled_places() -> None:
    for path in PROMPTS.glob("*.md"):
        assert "{{" not in path.read_text(encoding="utf-8")
