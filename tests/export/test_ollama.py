"""A Modelfile's template says what the chat template says, in Go's own engine too where Go is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.export import gotemplate
from algorand_coder.export.ollama import SAMPLES, go_template, modelfile, stops
from algorand_coder.generate.chat import render
from tests.export.conftest import TARGETS, Adapted

CHATML = (
    "{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ else }}{{ end }}{{ range .Messages }}"
    '{{ if eq .Role "user" }}<|im_start|>user\n{{ .Content }}<|im_end|>\n{{ else if eq .Role "assistant" }}'
    "<|im_start|>assistant\n{{ .Content }}<|im_end|>\n{{ end }}{{ end }}<|im_start|>assistant\n"
)
GO = """package main

import ("encoding/json"; "os"; "strings"; "text/template")

type Message struct { Role, Content string }

func main() {
	var in struct { Template string; Samples [][]Message }
	json.NewDecoder(os.Stdin).Decode(&in)
	t := template.Must(template.New("").Parse(in.Template))
	out := []string{}
	for _, messages := range in.Samples {
		system := []string{}
		for _, m := range messages { if m.Role == "system" { system = append(system, m.Content) } }
		var text strings.Builder
		data := map[string]any{"System": strings.Join(system, "\\n\\n"), "Messages": messages}
		if err := t.Execute(&text, data); err != nil { panic(err) }
		out = append(out, text.String())
	}
	json.NewEncoder(os.Stdout).Encode(out)
}
"""


@pytest.fixture
def tokenizer_of(adapted: Adapted) -> Callable[[str], Any]:
    def load(architecture: str) -> Any:
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(str(adapted(architecture).parent / "base"))

    return load


def switches(architecture: str) -> dict[str, Any]:
    return {"enable_thinking": False} if architecture == "nemotron-h" else {}


def test_the_template_of_chatml_is_as_one_would_write_it(tokenizer_of: Callable[[str], Any]) -> None:
    assert go_template(tokenizer_of("qwen3-moe"), {}) == CHATML


@pytest.mark.parametrize("architecture", sorted(TARGETS))
def test_both_templates_render_the_same(architecture: str, tokenizer_of: Callable[[str], Any]) -> None:
    tokenizer, given = tokenizer_of(architecture), switches(architecture)
    made = go_template(tokenizer, given)
    for sample in SAMPLES:
        assert gotemplate.render(made, sample) == render(tokenizer, sample, ask=True, **given)


@pytest.mark.slow
def test_go_itself_renders_the_same(tokenizer_of: Callable[[str], Any], tmp_path: Path) -> None:
    """Our renderer stands for Go's engine, and this is what says that it may; Go is no tool of this project."""
    go = shutil.which("go")
    if go is None:
        pytest.skip("go is not installed")
    (tmp_path / "main.go").write_text(GO)
    for architecture in sorted(TARGETS):
        tokenizer, given = tokenizer_of(architecture), switches(architecture)
        samples = [[{"Role": m["role"], "Content": m["content"]} for m in sample] for sample in SAMPLES]
        asked = json.dumps({"Template": go_template(tokenizer, given), "Samples": samples})
        done = subprocess.run(
            [go, "run", "main.go"], cwd=tmp_path, input=asked, capture_output=True, text=True, check=True
        )
        assert json.loads(done.stdout) == [render(tokenizer, sample, ask=True, **given) for sample in SAMPLES]


def test_the_default_system_message_is_kept(tokenizer_of: Callable[[str], Any]) -> None:
    assert "{{ else }}<|im_start|>system\nYou are Qwen" in go_template(tokenizer_of("qwen2"), {})


def test_what_the_template_is_always_given_is_in_the_text(tokenizer_of: Callable[[str], Any]) -> None:
    tokenizer = tokenizer_of("nemotron-h")
    assert go_template(tokenizer, {"enable_thinking": False}).endswith("<think></think>")
    assert go_template(tokenizer, {}).endswith("<think>\n")


@pytest.mark.parametrize(
    "template",
    [
        "{% for m in messages %}{{ loop.index }}:{{ m.role }}:{{ m.content }};{% endfor %}",
        "{% for m in messages %}<{{ m.role }}>{{ m.content | upper }};{% endfor %}",
        "{% if messages | length > 2 %}{{ raise_exception('too long') }}{% endif %}x",
        "{% for m in messages %}{{ '{{ .Role }}' }}{{ m.role }}{{ m.content }};{% endfor %}",
    ],
)
def test_a_template_that_does_more_than_frame_messages_is_refused(
    template: str, tokenizer_of: Callable[[str], Any]
) -> None:
    tokenizer = tokenizer_of("qwen2")
    tokenizer.chat_template = template
    with pytest.raises(UserError, match="cannot be put into Ollama's language"):
        go_template(tokenizer, {})


def test_a_modelfile_has_weights_template_system_stops_and_parameters(tokenizer_of: Callable[[str], Any]) -> None:
    tokenizer = tokenizer_of("qwen3-moe")
    found = stops(tokenizer, tokenizer.convert_tokens_to_ids(["<|im_end|>", "<|endoftext|>"]))
    assert found == ["<|im_end|>", "<|endoftext|>"]
    text = modelfile(tokenizer, "m.gguf", 262_144, found, {})
    assert text.startswith(f'FROM ./m.gguf\nTEMPLATE """{CHATML}"""\nSYSTEM """You write Algorand TypeScript')
    assert text.endswith(
        'PARAMETER stop "<|im_end|>"\nPARAMETER stop "<|endoftext|>"\nPARAMETER temperature 0\nPARAMETER num_ctx 8192\n'
    )


@pytest.mark.parametrize(
    "template", ["{{ .Tools }}", "{{ if .Tools }}x{{ end }}", "{{ range .Messages }}x", "x{{ end }}"]
)
def test_the_renderer_refuses_what_it_does_not_know(template: str) -> None:
    with pytest.raises((ValueError, StopIteration)):
        gotemplate.render(template, SAMPLES[0])
