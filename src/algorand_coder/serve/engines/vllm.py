"""vLLM: big models on GPUs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from algorand_coder.errors import MissingTool
from algorand_coder.serve.engines.choosing import Source
from algorand_coder.serve.engines.process import ProcessEngine

PROGRAM = "vllm"
_MEND = "install it in an environment of its own (pip install vllm) and put its bin folder on PATH"


def available() -> bool:
    """Whether vLLM is installed and there is a GPU for it."""
    return bool(shutil.which(PROGRAM) and shutil.which("nvidia-smi"))


def make(source: Source, arguments: Sequence[str], stall: float, longest: float) -> ProcessEngine:
    """An engine over ``source``; ``arguments`` go to ``vllm serve`` as they are.

    Raises ``MissingTool`` where vLLM is not installed.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise MissingTool(f"vLLM is not installed: {_MEND}")
    name = "algorand-coder"

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
        return [*line, *arguments]

    return ProcessEngine(
        "vLLM",
        command,
        key_variable="VLLM_API_KEY",
        environment={"VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"},
        model=name,
        stall=stall,
        longest=longest,
    )
