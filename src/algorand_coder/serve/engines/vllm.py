"""vLLM: big models on GPUs."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.chat import ADAPTER_RECORD, adapter_template
from algorand_coder.generate.environment import prepare
from algorand_coder.serve.engines.choosing import Source
from algorand_coder.serve.engines.process import ProcessEngine

log = logging.getLogger(__name__)

PROGRAM = "vllm"
_MEND = "install it in an environment of its own (pip install vllm) and put its bin folder on PATH"


def available() -> bool:
    """Whether vLLM is installed and there is a GPU for it."""
    return bool(shutil.which(PROGRAM) and shutil.which("nvidia-smi"))


def make(source: Source, arguments: Sequence[str], stall: float, longest: float) -> ProcessEngine:
    """An engine over ``source``; ``arguments`` go to ``vllm serve`` as they are.

    Raises ``MissingTool`` where vLLM is not installed, ``UserError`` for an adapter that it would not use whole.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise MissingTool(f"vLLM is not installed: {_MEND}")
    name = "algorand-coder"
    trained = as_trained(Path(source.adapter or source.weights)) or _switches(_from_hub(source))

    def command(port: int) -> list[str]:
        line = [program, "serve", source.weights, "--host", "127.0.0.1", "--port", str(port)]
        if source.revision:
            line += ["--revision", source.revision]
        if source.adapter:
            # Listed first, the adapter is what requests are answered with.
            line += ["--enable-lora", "--lora-modules", f"{name}={source.adapter}"]
            line += ["--served-model-name", f"{name}-base", "--max-lora-rank", str(source.rank)]
        else:
            line += ["--served-model-name", name]
        return [*line, *trained, *arguments]

    return ProcessEngine(
        "vLLM",
        command,
        key_variable="VLLM_API_KEY",
        environment={"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"},
        model=name,
        stall=stall,
        longest=longest,
    )


def as_trained(weights: Path) -> list[str]:
    """Options that put before the model what an adapter or an export was trained with, whatever its base brings.

    None for weights of other making. Raises ``UserError`` for an adapter that vLLM would not use whole.
    """
    try:
        config = json.loads((weights / "adapter_config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        config = {}
    if config.get("target_parameters"):
        # vLLM loads such adapters without those weights and without a word (vllm#41384, vllm#52194).
        raise UserError(f"vLLM drops the experts of {weights}: export it merged, and serve that")
    found = adapter_template(weights)
    if found is None:
        return []
    template, switches = found
    return ["--chat-template", str(template), *_switches(switches)]


def _switches(switches: dict[str, Any]) -> list[str]:
    return ["--default-chat-template-kwargs", json.dumps(switches)] if switches else []


def _from_hub(source: Source) -> dict[str, Any]:
    """What the chat template of an export on the hub is given; vLLM itself fetches the template with the weights.

    Without a connection it is the record in the hub's cache, where vLLM finds the weights too.
    """
    if source.adapter or Path(source.weights).exists() or source.weights.count("/") != 1:
        return {}
    prepare()
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import RemoteEntryNotFoundError

    try:
        record = Path(hf_hub_download(source.weights, ADAPTER_RECORD, revision=source.revision or None))
        return dict(json.loads(record.read_text(encoding="utf-8")).get("chat_template_kwargs", {}))
    except RemoteEntryNotFoundError:
        pass  # weights of other making
    except Exception as error:  # the client raises its own, requests' and httpx' errors
        log.warning("no record read", extra={"data": {"model": source.weights, "reason": type(error).__name__}})
    return {}
