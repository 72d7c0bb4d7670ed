"""The container files: what can be said of them without a container engine."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml
from click.testing import CliRunner

from algorand_coder.cli.serve import command

FOLDER = Path(__file__).parent.parent.parent / "integrations/container"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text())
CONTAINER = (FOLDER / "Containerfile").read_text()


def test_only_the_gateway_is_reachable_and_only_from_this_machine() -> None:
    engine, gateway = COMPOSE["services"]["engine"], COMPOSE["services"]["gateway"]
    assert "ports" not in engine
    assert all(port.startswith("127.0.0.1:") for port in gateway["ports"])
    assert engine["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_gateways_command_line_is_one_that_it_takes() -> None:
    words = COMPOSE["services"]["gateway"]["command"]
    assert words[0] == "serve"
    shown = CliRunner().invoke(command, ["--help"]).output
    for option in (word for word in words if word.startswith("--")):
        assert option in shown
    assert command.make_context("serve", list(words[1:]), resilient_parsing=True).params["host"] == "0.0.0.0"


def test_secrets_are_given_and_never_written_down() -> None:
    text = (FOLDER / "compose.yaml").read_text()
    for name in ("ENGINE_KEY", "MODEL_FOLDER", "KEYS_FILE"):
        assert f"${{{name}:?" in text
    assert "--keys" in COMPOSE["services"]["gateway"]["command"]


def test_the_image_runs_as_a_user_of_its_own_with_pinned_versions() -> None:
    assert re.search(r"^USER (?!root)", CONTAINER, re.MULTILINE)
    assert "-c constraints.txt" in CONTAINER
    assert all("latest" not in line for line in CONTAINER.splitlines() if line.startswith("FROM"))
    copied = [shlex.split(line)[1:-1] for line in CONTAINER.splitlines() if re.match(r"COPY (?!--from)", line)]
    root = FOLDER.parent.parent
    assert all((root / name).exists() for names in copied for name in names)
