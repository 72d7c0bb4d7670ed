"""Strategy *served*: what ``algorand-coder serve --collect`` kept, judged again like everything else.

A served answer is a pair as it stands. A served repair is a pair only while the verifier still refuses the code that
it starts from. Both stay private: their rows are never pushed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.instruct.strategy import Material, Trial, as_drafted
from algorand_coder.pipeline.tables import from_plain
from algorand_coder.records import Candidate, Outcome, Pair

NAME = "served"
ANSWER, REPAIR = "served", "served-repair"
_SHOWN = re.compile(r"\A```ts\n(.*?)\n```", re.DOTALL)


class ServedStrategy:
    """Pairs of a file that the gateway wrote; without a configured file there are none."""

    name = NAME

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """Trials in the order of the file, each pair once.

        Raises ``UserError`` when the configured file cannot be read or a line of it is no served pair.
        """
        seen: set[str] = set()
        for pair in read(Path(config.path)) if config.path else []:
            if pair.id not in seen:
                seen.add(pair.id)
                yield trial_of(pair)


def read(path: Path) -> list[Pair]:
    """The pairs of ``path``; a last line that a kill cut off is left out.

    Raises ``UserError`` when there is no such file, or another line is no served pair.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"instruct.served.path: {path} cannot be read ({error}); give the pairs.jsonl of a gateway"
        ) from None
    lines = text.split("\n")
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            pair = from_plain(Pair, json.loads(line))
            if pair.strategy not in {ANSWER, REPAIR}:
                raise ValueError(f"strategy {pair.strategy!r}")
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                break
            raise UserError(f"{path}:{number}: no pair of the gateway ({error}); remove the line") from None
        found.append(pair)
    return found


def trial_of(pair: Pair) -> Trial:
    """The trial of ``pair``; for a repair it includes the code that its input begins with."""
    operator = "repair" if pair.strategy == REPAIR else "answer"
    origins = tuple(replace(origin, path=f"{NAME}/{operator}", private=True) for origin in pair.provenance)
    drafted = replace(pair, provenance=origins)
    broken = _SHOWN.match(pair.input) if pair.strategy == REPAIR else None
    if broken is None:
        return Trial(drafted)
    accepted = pair.candidate()
    files = {**accepted.files, accepted.entry: f"{broken[1]}\n"}
    return Trial(drafted, Candidate(files, accepted.entry, pair.kind, pair.target), Outcome.FAILED, as_drafted)
