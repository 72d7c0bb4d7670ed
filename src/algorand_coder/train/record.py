"""What an adapter must be used with: ``algorand-coder.json`` and the chat template beside its weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from algorand_coder.generate.chat import (
    ADAPTER_RECORD,
    ADAPTER_TEMPLATE,
    SYSTEM_PROMPT,
    chat_template_hash,
    template_text,
)
from algorand_coder.records import digest
from algorand_coder.train.config import TrainConfig


def write_record(adapter: Path, tokenizer: Any, config: TrainConfig, dtype: str) -> dict[str, Any]:
    """Write record and template into the adapter's folder; evaluation, export and serving hold theirs against them."""
    record = {
        "base_model": config.base_model,
        "base_revision": config.base_revision,
        "quantization": config.quantization,
        "dtype": dtype,
        "chat_template_sha256": chat_template_hash(tokenizer),
        "chat_template_kwargs": config.chat_template_kwargs,
        "system_prompt_sha256": digest(SYSTEM_PROMPT),
        "max_seq_length": config.max_seq_length,
    }
    (adapter / ADAPTER_TEMPLATE).write_bytes(template_text(tokenizer).encode("utf-8"))
    (adapter / ADAPTER_RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return record
