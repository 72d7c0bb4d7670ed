"""What goes to a hub, seen by a stand-in that speaks the hub's protocol."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from algorand_coder.cli.dataset import command
from algorand_coder.dataset.finished import read_data_set
from algorand_coder.dataset.publish import FILES, prepare, push
from algorand_coder.errors import UserError
from algorand_coder.pipeline.stage import StageReport
from algorand_coder.records import Pair

MakePair = Callable[..., Pair]
RunDataset = Callable[..., StageReport]


@dataclass
class Hub:
    """Keeps what was committed."""

    address: str = ""
    created: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    refuses: bool = False


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def answer(self, value: Any, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            self.answer({"id": "me/set", "sha": "0" * 40, "siblings": [], "private": True})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if state.refuses:
                self.answer({"error": "token expired"}, 401)
            elif self.path == "/api/repos/create":
                state.created.append(json.loads(body))
                self.answer({"url": f"{state.address}/datasets/me/set", "name": "me/set"})
            elif "/preupload/" in self.path:
                paths = [file["path"] for file in json.loads(body)["files"]]
                self.answer({"files": [{"path": p, "uploadMode": "regular", "shouldIgnore": False} for p in paths]})
            elif "/commit/" in self.path:
                for line in body.splitlines():
                    entry = json.loads(line)
                    if entry["key"] == "file":
                        state.files[entry["value"]["path"]] = base64.b64decode(entry["value"]["content"])
                self.answer(
                    {
                        "commitUrl": f"{state.address}/datasets/me/set/commit/{'1' * 40}",
                        "commitOid": "1" * 40,
                        "success": True,
                    }
                )
            else:
                self.answer({"shouldIgnore": False})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HF_TOKEN", "hf_stand_in")
    hub_settings = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(hub_settings, "HF_HUB_OFFLINE", False)
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path) -> Path:
    run_dataset([make_pair(n) for n in range(20)])
    return tmp_path / "run"


def test_a_hub_gets_the_files_as_they_are_and_no_rejects(hub: Hub, run: Path) -> None:
    push(prepare(read_data_set(run)), "me/set", private=True, endpoint=hub.address)
    asked = hub.created[0]
    assert asked.get("visibility") == "private" or asked.get("private") is True
    assert asked["type"] == "dataset"
    assert set(hub.files) == set(FILES)
    for name, content in hub.files.items():
        assert content == (run / "dataset" / name).read_bytes()


def test_a_dry_run_says_what_would_go_and_sends_nothing(hub: Hub, run: Path) -> None:
    arguments = ["push", "me/set", "--dry-run", "--endpoint", hub.address, "--run-dir", str(run)]
    printed = CliRunner().invoke(command, arguments).stdout
    assert all(name in printed for name in FILES)
    assert "20 rows would go to me/set; nothing was sent" in printed
    assert (hub.created, hub.files) == ([], {})


def test_rows_of_private_sources_never_leave(
    hub: Hub, make_pair: MakePair, run_dataset: RunDataset, tmp_path: Path
) -> None:
    row = make_pair(3, mined=True)
    ours = replace(row, provenance=(replace(row.provenance[0], source="ours", licence="own", private=True),))
    run_dataset([ours, *(make_pair(n) for n in range(4, 9))])
    done = CliRunner().invoke(
        command, ["push", "me/set", "--run-dir", str(tmp_path / "run"), "--endpoint", hub.address]
    )
    assert isinstance(done.exception, UserError)
    assert "1 rows come from private sources (ours): nothing was sent" in str(done.exception)
    assert (hub.created, hub.files) == ([], {})


def test_files_that_were_altered_are_not_sent(run: Path) -> None:
    with (run / "dataset" / "train.jsonl").open("a") as out:
        out.write('{"instruction": "mine", "input": "", "output": "x"}\n')
    with pytest.raises(UserError, match=r"train\.jsonl is not as the stage wrote it"):
        prepare(read_data_set(run))


def test_a_hub_that_refuses_is_one_line(hub: Hub, run: Path) -> None:
    hub.refuses = True
    with pytest.raises(UserError, match="hf auth login") as caught:
        push(prepare(read_data_set(run)), "me/set", private=True, endpoint=hub.address)
    assert "\n" not in str(caught.value)


def test_a_place_that_is_none_is_told(run: Path) -> None:
    done = CliRunner().invoke(command, ["push", "set", "--run-dir", str(run)])
    assert "give OWNER/NAME" in str(done.exception)
