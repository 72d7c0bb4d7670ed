"""An engine inside this process: transformers weights, decoding in batches. For small models and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD, Conversation, chat_template_hash, encode, read_record, render
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.generate.precision import Precision, best_precision

Finish = Literal["stop", "length"]
Pick = Callable[[Any, Sequence[int]], Any]
"""Chooses the next token of each row: logits ``(rows, vocabulary)`` and the rows' numbers in the batch → token ids."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One answer. ``finish`` is ``stop`` at the model's own end, ``length`` where the token limit cut it."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    finish: Finish


@dataclass(frozen=True, slots=True)
class Sampling:
    """Draw tokens in place of the likeliest one; ``temperature`` above 0, ``top_p`` of the mass (Holtzman 2020)."""

    temperature: float
    top_p: float = 1.0


class TransformersEngine:
    """Base weights, with or without a LoRA adapter merged into them in memory.

    ``device`` is ``cuda`` where there is one, else ``cpu``; ``precision`` is what that device computes fastest. An
    adapter is merged in float32 before the weights are rounded.
    """

    def __init__(
        self,
        model_dir: Path | str,
        adapter: Path | str | None = None,
        device: str | None = None,
        precision: Precision | None = None,
        switches: Mapping[str, Any] | None = None,
    ) -> None:
        """``switches`` go to the chat template, over those that the weights were trained with."""
        prepare(offline=True)
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        quiet_transformers()
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.precision = precision or best_precision(self.device)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(str(model_dir))
        model: Any = AutoModelForCausalLM.from_pretrained(str(model_dir), dtype=torch.float32)
        if adapter is not None:
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, str(adapter)).merge_and_unload()
        self.model = model.to(getattr(torch, self.precision)).to(self.device).eval()
        self._attention = str(self.model.config._attn_implementation)
        self.template_hash = chat_template_hash(self.tokenizer)
        self.switches = {**template_switches(adapter or model_dir, self.template_hash), **(switches or {})}
        self._stops = _stop_ids(self.model, self.tokenizer)
        self._context = int(getattr(self.model.config.get_text_config(), "max_position_embeddings", 0) or 1 << 30)

    def generate(
        self,
        conversations: Sequence[Conversation],
        max_new_tokens: int = 512,
        batch_size: int = 16,
        progress: Callable[[int], None] | None = None,
    ) -> list[str]:
        """The texts of :meth:`complete`."""
        return [answer.text for answer in self.complete(conversations, max_new_tokens, batch_size, progress)]

    def complete(  # noqa: PLR0917
        self,
        conversations: Sequence[Conversation],
        max_new_tokens: int = 512,
        batch_size: int = 16,
        progress: Callable[[int], None] | None = None,
        sampling: Sampling | None = None,
        seeds: Sequence[int] = (),
    ) -> list[Generation]:
        """Answer each conversation, in the order given; the same call gives the same answers.

        Greedily, or by ``sampling`` with one of ``seeds`` a conversation: the same question may come several times
        under several seeds. Prompts of like length share a batch, padded on the left. ``progress`` hears how many
        answers are newly done. Raises ``UserError`` for a prompt that leaves no room for ``max_new_tokens`` in the
        model's context.
        """
        prompts = [self.prompt_ids(item) for item in conversations]
        for index, prompt in enumerate(prompts):
            if not self.fits(prompt, max_new_tokens):
                raise UserError(
                    f"prompt {index} has {len(prompt):,} tokens; with {max_new_tokens:,} new ones that exceeds the "
                    f"model's context of {self._context:,}: shorten it or lower max_new_tokens"
                )
        order = sorted(range(len(prompts)), key=lambda index: (-len(prompts[index]), index))
        answers: dict[int, Generation] = {}
        for start in range(0, len(order), batch_size):
            chunk = order[start : start + batch_size]
            pick = _Draws(sampling, [seeds[index] for index in chunk]) if sampling else _likeliest
            asked = [prompts[index] for index in chunk]
            made = self._decode(asked, max_new_tokens, pick, progress or (lambda _: None))
            for index, tokens in zip(chunk, made, strict=True):
                stopped = bool(tokens) and tokens[-1] in self._stops
                text = self.tokenizer.decode(tokens[:-1] if stopped else tokens, skip_special_tokens=True)
                answers[index] = Generation(text, len(prompts[index]), len(tokens), "stop" if stopped else "length")
        return [answers[index] for index in range(len(prompts))]

    def prompt_ids(self, conversation: Conversation) -> list[int]:
        """The tokens that ask for an answer to ``conversation``."""
        return encode(self.tokenizer, render(self.tokenizer, conversation, ask=True, **self.switches))

    def fits(self, prompt: Sequence[int], max_new_tokens: int) -> bool:
        """Whether ``prompt`` leaves room for an answer of ``max_new_tokens`` in the model's context."""
        return len(prompt) + max_new_tokens <= self._context

    def _decode(
        self, prompts: list[list[int]], limit: int, pick: Pick, progress: Callable[[int], None]
    ) -> list[list[int]]:
        """Decoding with a key-value cache. Rows that have ended leave the batch, so they cost nothing more."""
        import torch

        width = max(len(prompt) for prompt in prompts)
        pad = self.tokenizer.pad_token_id or 0
        made: list[list[int]] = [[] for _ in prompts]
        rows = list(range(len(prompts)))
        ids = torch.tensor([[pad] * (width - len(p)) + p for p in prompts], device=self.device)
        mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts], device=self.device)
        positions = (mask.cumsum(-1) - 1).clamp(min=0)
        cache: Any = None
        self.model.set_attn_implementation(self._attention)
        with torch.inference_mode():
            for _ in range(limit):
                out = self.model(
                    input_ids=ids,
                    attention_mask=mask,
                    position_ids=positions,
                    past_key_values=cache,
                    use_cache=True,
                    logits_to_keep=1,
                )
                if cache is None and self.device == "cpu" and self.precision == "bfloat16":
                    # PyTorch's fused attention in bfloat16 takes four times as long as plain products for one query.
                    self.model.set_attn_implementation("eager")
                cache = out.past_key_values
                chosen = pick(out.logits[:, -1], rows)
                for row, token in zip(rows, chosen.tolist(), strict=True):
                    made[row].append(token)
                alive = [slot for slot, row in enumerate(rows) if made[row][-1] not in self._stops]
                if len(alive) < len(rows):
                    progress(len(rows) - len(alive))
                    if not alive:
                        return made
                    keep = torch.tensor(alive, device=self.device)
                    cache.batch_select_indices(keep)
                    mask, positions, chosen = mask[keep], positions[keep], chosen[keep]
                    rows = [rows[slot] for slot in alive]
                ids = chosen[:, None]
                mask = torch.cat([mask, mask.new_ones(len(rows), 1)], dim=1)
                positions = positions[:, -1:] + 1
        progress(len(rows))
        return made


def _likeliest(logits: Any, rows: Sequence[int]) -> Any:
    return logits.argmax(-1)


class _Draws:
    """Samples each row with random numbers of its own, so that a row's answer depends on its seed alone."""

    def __init__(self, sampling: Sampling, seeds: Sequence[int]) -> None:
        import torch

        self._sampling = sampling
        self._dice = [torch.Generator().manual_seed(seed % 2**63) for seed in seeds]

    def __call__(self, logits: Any, rows: Sequence[int]) -> Any:
        import torch

        shares = torch.softmax(logits.float() / self._sampling.temperature, -1)
        ordered, tokens = shares.sort(-1, descending=True)
        before = ordered.cumsum(-1) - ordered
        mass = ordered.masked_fill(before >= self._sampling.top_p, 0.0).cumsum(-1)
        drawn = torch.stack([torch.rand(1, generator=self._dice[row]) for row in rows]).to(mass.device)
        place = (mass <= drawn * mass[:, -1:]).sum(-1, keepdim=True).clamp(max=mass.shape[-1] - 1)
        return tokens.gather(-1, place)[:, 0]


def template_switches(weights: Path | str, template_hash: str) -> dict[str, Any]:
    """The template switches that ``weights``, an adapter or a whole model, were trained with.

    None for a base model, and for weights of other making. Raises ``UserError`` when they were trained under another
    chat template than the tokenizer has.
    """
    record = read_record(Path(weights))
    trained_with = record.get("chat_template_sha256", template_hash)
    if trained_with != template_hash:
        raise UserError(
            f"{weights} was trained under another chat template ({trained_with[:12]}) than this base model has "
            f"({template_hash[:12]}): use the base model and revision named in its {ADAPTER_RECORD}"
        )
    return dict(record.get("chat_template_kwargs", {}))


def _stop_ids(model: Any, tokenizer: Any) -> frozenset[int]:
    """Every token that ends an answer: the tokenizer's and all of the generation config's."""
    declared = model.generation_config.eos_token_id
    ids = declared if isinstance(declared, list) else [declared]
    return frozenset(int(token) for token in [*ids, tokenizer.eos_token_id] if token is not None)
