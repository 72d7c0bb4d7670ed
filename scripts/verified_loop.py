"""What the gateway's verifier is worth: the benchmark's type-check rate with its loop on and off, same model.

Both arms may spend the same tokens on a problem: off, one answer may have all of them; on, they are divided among the
samples and the rounds of repair. The gateway judges what it can see, an answer by itself; the rates are of the
benchmark's own verdicts, which no round of repair has seen.

    .venv/bin/python scripts/verified_loop.py runs/laptop/train/adapter --problems 40
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from algorand_coder.evaluate.problems import load_problems, sample

PROGRAM = str(Path(sys.executable).with_name("algorand-coder"))
NAME = "served"
OFF, ON = "loop-off", "loop-on"
_READY = 600.0
_LONGEST = 3600


@contextmanager
def gateway(source: Sequence[str], tokens: int) -> Iterator[str]:
    """A gateway over ``source`` on a free port, ready; its address."""
    limits = {"model": NAME, "max_tokens": tokens, "request_seconds": _LONGEST, "stall_seconds": _LONGEST}
    limits |= {"judge_seconds": _LONGEST, "wait_seconds": _LONGEST, "warm": "false"}
    options = [part for key, value in limits.items() for part in ("--set", f"{key}={value}")]
    command = [PROGRAM, "serve", *source, "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            found = re.search(r"http://[^\s;]+", process.stdout.readline() if process.stdout else "")
            if found is None:
                raise SystemExit(f"{' '.join(command)} does not start: call it by itself to see why")
            _wait(found[0])
            yield found[0]
        finally:
            process.terminate()


def _wait(url: str) -> None:
    end = time.monotonic() + _READY
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise SystemExit("the model does not get ready")


def arms(url: str, tokens: int, samples: int, rounds: int, at_once: int) -> dict[str, Any]:
    """``models.yaml`` with the two arms."""
    endpoint = {
        "base_url": f"{url}/v1",
        "model": NAME,
        "concurrency": at_once,
        "timeout_seconds": _LONGEST,
        "attempts": 1,
    }
    verify = {"level": "compile", "n": samples, "rounds": rounds}
    share = tokens // (samples * (rounds + 1))
    return {
        "models": {
            OFF: {**endpoint, "extra": {"max_tokens": tokens}},
            ON: {**endpoint, "extra": {"max_tokens": share, "verify": verify}},
        }
    }


def evaluate(models: dict[str, Any], problems: Sequence[str], folder: Path) -> dict[str, Any]:
    """The scores of both arms."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "arms.yaml").write_text(yaml.safe_dump(models), encoding="utf-8")
    command = [PROGRAM, "evaluate", "--run-dir", str(folder), "--force", "--set", "evaluate.level=types"]
    command += ["--set", f"evaluate.problems={json.dumps(problems)}", "--set", "evaluate.inspect_logs=false"]
    command += ["--set", "evaluate.most_problems=0"]
    for arm in (OFF, ON):
        command += ["--model", f"{folder / 'arms.yaml'}#{arm}"]
    subprocess.run(command, check=True)
    scores: dict[str, Any] = json.loads((folder / "evaluate" / "scores.json").read_text(encoding="utf-8"))
    return scores


def shown(scores: dict[str, Any]) -> Iterator[str]:
    """The figures in words."""
    for arm, model in scores["models"].items():
        rate, answers = model["rates"]["types"], model["answers"]
        yield (
            f"{arm}: {rate['passed']:g}/{rate['n']} type-check, {rate['rate']:.0%} "
            f"(95 % interval {rate['low']:.0%} to {rate['high']:.0%}); "
            f"{model['completion_tokens'] / answers:.0f} tokens an answer"
        )
    for each in scores["comparisons"]:
        change = each["levels"].get("types")
        if change:
            low, high = change["low"] * 100, change["high"] * 100
            yield (
                f"difference {change['difference'] * 100:+.0f} points (95 % {low:+.0f} to {high:+.0f}), "
                f"p {change['p']:.3f}, n = {change['n']}"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default="", help="what algorand-coder serve takes")
    parser.add_argument("--endpoint", default="", help="an endpoint that has the model, in place of MODEL")
    parser.add_argument("--problems", type=int, default=0, help="at most so many, always the same ones (0: all)")
    parser.add_argument("--tokens", type=int, default=960, help="tokens that may be spent on a problem")
    parser.add_argument("--samples", type=int, default=1, help="answers in a round")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of repair")
    parser.add_argument("--at-once", type=int, default=1, help="problems asked side by side")
    parser.add_argument("--out", type=Path, default=Path("runs/verified-loop"))
    given = parser.parse_args()
    if bool(given.model) == bool(given.endpoint):
        parser.error("give either MODEL or --endpoint URL")
    # The gateway is not told of files that a problem gives: with them it would refuse right answers.
    alone = [problem for problem in load_problems() if not problem.context]
    problems = [problem.id for problem in sample(alone, given.problems)]
    source = [given.model] if given.model else ["--endpoint", given.endpoint]
    with gateway(source, given.tokens) as url:
        models = arms(url, given.tokens, given.samples, given.rounds, given.at_once)
        scores = evaluate(models, problems, given.out)
    print("\n".join(shown(scores)))


if __name__ == "__main__":
    main()
