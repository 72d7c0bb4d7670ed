"""llama.cpp's own server: GGUF files, on any machine."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.generate import llama_cpp
from algorand_coder.generate.chat import read_record
from algorand_coder.serve.engines.choosing import Source
from algorand_coder.serve.engines.process import ProcessEngine

PROGRAM = "llama-server"
_CONTEXT = 8_192
_SLOTS = 4


def available() -> bool:
    """Whether ``llama-server`` is installed."""
    return llama_cpp.program(PROGRAM) is not None


def make(source: Source, arguments: Sequence[str], stall: float, longest: float) -> ProcessEngine:
    """An engine over a GGUF file, with a GGUF adapter where there is one; ``arguments`` go on as they are.

    Raises ``MissingTool`` where llama.cpp is not installed.
    """
    program = str(llama_cpp.expect(PROGRAM))
    if not source.weights.endswith(".gguf"):
        raise UserError("llama.cpp needs a .gguf file: convert the model first, or choose --engine transformers")

    # The file holds the chat template; what the template is given stands beside it.
    switches = read_record(Path(source.weights).parent).get("chat_template_kwargs")

    def command(port: int) -> list[str]:
        line = [program, "--model", source.weights, "--alias", "algorand-coder", "--host", "127.0.0.1"]
        line += ["--port", str(port), "--parallel", str(_SLOTS), "--ctx-size", str(_CONTEXT * _SLOTS), "--jinja"]
        line += ["--threads", str(max(1, (os.cpu_count() or 2) - 1)), "--no-webui"]
        if source.adapter:
            line += ["--lora", source.adapter]
        if switches:
            line += ["--chat-template-kwargs", json.dumps(switches)]
        return [*line, *arguments]

    return ProcessEngine(
        "llama.cpp", command, key_variable="LLAMA_API_KEY", model="algorand-coder", stall=stall, longest=longest
    )
