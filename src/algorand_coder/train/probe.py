"""How many answers of the model in training type-check: a handful of held-out requests, asked at every measurement.

A loss says how well the answers of others are predicted; this says whether its own would compile. It is a signal for
watching a run, not a benchmark: few requests, greedy decoding, types only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.generate.chat import encode, render
from algorand_coder.records import Candidate, Kind, Level, Outcome
from algorand_coder.train.rows import ChatRow

MAX_NEW_TOKENS = 512
BATCH = 8


@dataclass(frozen=True)
class CompileProbe:
    """Asks the requests of ``rows`` and has the answers type-checked."""

    rows: tuple[ChatRow, ...]
    template_kwargs: dict[str, Any]

    def __call__(self, model: Any, tokenizer: Any) -> tuple[int, int]:
        """Answers that type-check, and answers that could be judged; one without code does not type-check."""
        from algorand_coder.syntax.answers import extract_code
        from algorand_coder.verify import Verifier

        codes = [extract_code(text) for text in self._answers(model, tokenizer)]
        asked = [
            Candidate.single(code, Kind(row.kind)) for row, code in zip(self.rows, codes, strict=True) if code.strip()
        ]
        with Verifier(level=Level.TYPES, workers=1) as verifier:
            outcomes = [verdict.outcome for verdict in verifier.check(asked, Level.TYPES)] if asked else []
        passed = sum(outcome is Outcome.PASSED for outcome in outcomes)
        unjudged = sum(outcome is Outcome.UNJUDGED for outcome in outcomes)
        return passed, len(self.rows) - unjudged

    def _answers(self, model: Any, tokenizer: Any) -> list[str]:
        import torch

        asked = [render(tokenizer, row.messages[:-1], ask=True, **self.template_kwargs) for row in self.rows]
        prompts = [encode(tokenizer, text) for text in asked]
        pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
        device = next(model.parameters()).device
        was_training = model.training
        model.eval()
        answers = []
        for start in range(0, len(prompts), BATCH):
            batch = prompts[start : start + BATCH]
            width = max(map(len, batch))
            ids = torch.tensor([[pad] * (width - len(one)) + one for one in batch], device=device)
            mask = torch.tensor([[0] * (width - len(one)) + [1] * len(one) for one in batch], device=device)
            with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                made = model.generate(
                    input_ids=ids,
                    attention_mask=mask,
                    max_new_tokens=MAX_NEW_TOKENS,
                    do_sample=False,
                    use_cache=True,
                    pad_token_id=pad,
                )
            answers += tokenizer.batch_decode(made[:, width:], skip_special_tokens=True)
        model.train(was_training)
        return answers


def probe_of(rows: Sequence[ChatRow], count: int, template_kwargs: dict[str, Any]) -> CompileProbe | None:
    """A probe of ``count`` requests of one turn, the shortest answers first; ``None`` where there are none."""
    single = [row for row in rows if [m["role"] for m in row.messages].count("assistant") == 1]
    single = [row for row in single if row.kind in set(Kind)]
    chosen = sorted(single, key=lambda row: (len(row.messages[-1]["content"]), row.id))[:count]
    return CompileProbe(tuple(chosen), template_kwargs) if chosen else None
