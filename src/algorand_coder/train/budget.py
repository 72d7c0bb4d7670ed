"""How many tokens to train on where time is short: measured once on this machine, then kept for the whole run."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

SHARES = (1.0, 0.8, 0.64, 0.5, 0.4, 0.32, 0.25, 0.2)
"""The budget is one of these shares of ``max_train_tokens``: small differences in speed must not change the run.

The last one is the floor. A busy machine overruns the time rather than train a model that has learnt nothing.
"""


def token_budget(
    max_tokens: int | None, max_minutes: float | None, work: Path, measure: Callable[[], float]
) -> tuple[int | None, float | None]:
    """Tokens to train on in all, and the measured speed in tokens a second (``None`` where nothing was measured).

    The answer is kept in ``work``, so a run that goes on after a kill trains what it began with.
    """
    if max_tokens is None or max_minutes is None:
        return max_tokens, None
    kept = work / "budget.json"
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        return int(known["tokens"]), float(known["tokens_per_second"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    speed = measure()
    affordable = speed * max_minutes * 60
    share = next((share for share in SHARES if max_tokens * share <= affordable), SHARES[-1])
    tokens = int(max_tokens * share)
    temporary = kept.with_suffix(".tmp")
    temporary.write_text(json.dumps({"tokens": tokens, "tokens_per_second": round(speed, 1)}), encoding="utf-8")
    os.replace(temporary, kept)
    return tokens, speed
