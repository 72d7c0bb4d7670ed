"""``algorand-coder ledger``, as a developer starts and stops it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

COMMAND = [sys.executable, "-m", "algorand_coder.cli", "ledger"]


def test_it_serves_until_interrupted(jig: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "--ephemeral"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        exported = {}
        for line in process.stdout:
            if line.startswith("# ready"):
                break
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").strip().partition("=")
                exported[name] = value
        url = f"{exported['ALGOD_SERVER']}:{exported['ALGOD_PORT']}/versions"
        with urllib.request.urlopen(url, timeout=20) as answer:
            assert json.load(answer)["genesis_id"] == "dockernet-v1"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "# stopped\n")


def test_a_taken_port_is_one_line_with_the_remedy(jig: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "algorand-coder ledger --ephemeral" in done.stderr and len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["extra"]])
def test_bad_arguments_are_refused(arguments: list[str]) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "Traceback" not in done.stderr
