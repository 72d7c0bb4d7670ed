"""What is kept for training, and above all what is not."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.records import Category, Kind
from algorand_coder.refine.secrets import find_secret
from algorand_coder.serve.collect import FILE, Collecting, read, redact
from algorand_coder.serve.settings import ServeSettings
from tests.serve.conftest import Factory, Stand
from tests.serve.scripted import BAD, GOOD


def collecting(folder: Path, **settings: Any) -> Collecting:
    return Collecting.into(folder, ServeSettings(**settings), find_secret)


def kept(gateway: Stand, result: str) -> int:
    line = f'algorand_coder_collected_pairs_total{{result="{result}"}} '
    found = [each for each in gateway.client.get("/metrics").text.split("\n") if each.startswith(line)]
    return int(float(found[0].rpartition(" ")[2])) if found else 0


def test_a_repaired_answer_becomes_two_pairs(make_stand: Factory, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with make_stand(collector=collecting(folder)) as gateway:
        gateway.post("/v1/generate", {"instruction": "REPAIR ME, an asset", "context": "types"})
        gateway.post("/v1/generate", {"instruction": "REPAIR ME, an asset", "context": "types"})
        assert (kept(gateway, "kept"), kept(gateway, "duplicate")) == (2, 2)
        assert gateway.client.get("/v1/info").json()["collects"] is True
    written, repaired = read(folder / FILE)
    assert (written.strategy, written.instruction, written.input) == ("served", "REPAIR ME, an asset", "types")
    assert written.output == repaired.output == GOOD
    assert (written.kind, written.category) == (Kind.CLIENT, Category.ASSETS)
    assert repaired.strategy == "served-repair"
    assert BAD.strip() in repaired.input
    assert "'from' does not exist (TS2353)" in repaired.input
    assert written.lineage == repaired.lineage
    for pair in (written, repaired):
        (source,) = pair.provenance
        assert (source.source, source.revision, source.licence) == ("served", "algorand-coder", "own")
        assert source.private
        assert pair.candidate().files["main.ts"] == GOOD
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with make_stand(collector=collecting(folder)) as gateway:
        gateway.post("/v1/generate", {"instruction": "REPAIR ME, an asset", "context": "types"})
        assert kept(gateway, "duplicate") == 2


def test_nothing_is_kept_that_failed_or_was_not_to_be_kept(make_stand: Factory, tmp_path: Path) -> None:
    with make_stand(collector=collecting(tmp_path)) as gateway:
        gateway.post("/v1/generate", {"instruction": "ALWAYS BAD", "rounds": 0})
        gateway.post("/v1/generate", {"instruction": "PAY", "collect": False})
        gateway.chat("PAY", verify={})
        assert kept(gateway, "not-verified") == 1
    assert read(tmp_path / FILE) == []


def test_without_the_option_nothing_is_kept(gateway: Stand) -> None:
    gateway.post("/v1/generate", {"instruction": "PAY"})
    assert gateway.client.get("/v1/info").json()["collects"] is False
    assert kept(gateway, "kept") == 0


def test_secrets_personal_data_and_excess_stay_out(make_stand: Factory, tmp_path: Path) -> None:
    token = "ghp_" + "a1B2" * 9
    with make_stand(collector=collecting(tmp_path, collect_characters=2_000)) as gateway:
        for instruction, result in (
            (f"PAY with {token}", "secret"),
            ("PAY " + "x" * 2_000, "too-long"),
        ):
            gateway.post("/v1/generate", {"instruction": instruction})
            assert kept(gateway, result) == 1, result
        gateway.script.answer = lambda body: "export const owner = 'ann@corp.example'\n"  # type: ignore[method-assign]
        gateway.post("/v1/generate", {"instruction": "whatever"})
        assert kept(gateway, "personal") == 1
    assert token not in (tmp_path / FILE).read_text()
    assert read(tmp_path / FILE) == []


def test_what_tells_who_asked_is_replaced(make_stand: Factory, tmp_path: Path) -> None:
    with make_stand(collector=collecting(tmp_path)) as gateway:
        gateway.post(
            "/v1/generate",
            {"instruction": "PAY ann@corp.example from /home/ann/app", "context": "https://ann:pw@10.1.2.3/x"},
        )
    (pair,) = read(tmp_path / FILE)
    assert pair.instruction == "PAY user@example.com from /home/user/app"
    assert pair.input == "https://192.0.2.1/x"


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:4001", "amount: 10.5.1", "a @ b", "import x from '@algorandfoundation/y'"]
)
def test_code_is_not_taken_for_personal_data(text: str) -> None:
    assert redact(text) == text


def test_collecting_stops_at_its_size(make_stand: Factory, tmp_path: Path) -> None:
    with make_stand(collector=collecting(tmp_path, collect_bytes=2_500)) as gateway:
        for number in range(4):
            gateway.post("/v1/generate", {"instruction": f"PAY {number}"})
        assert kept(gateway, "full") > 0
        assert kept(gateway, "kept") > 0
    assert (tmp_path / FILE).stat().st_size <= 2_500


def test_a_torn_line_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text(json.dumps({"id": "x"}) + "\n" + '{"id": "torn')
    assert read(path) == []
    assert collecting(tmp_path)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot collect into"):
        collecting(tmp_path / "file" / "x")
