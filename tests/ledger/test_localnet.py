"""Finding a LocalNet: here, the embedded ledger plays one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from algorand_coder import sandbox
from algorand_coder.errors import MissingTool
from algorand_coder.ledger import EmbeddedLedger, LocalNet, localnet, open_session
from algorand_coder.ledger.deploy import deploy
from algorand_coder.sandbox import PrivateNetwork

from .test_deploy import assembled, specification


def test_one_that_runs_is_found_and_used(jig: str) -> None:
    with EmbeddedLedger() as running:
        ports = running.open_ports()
        algod, kmd, indexer = (f"http://127.0.0.1:{port}" for port in ports.values())
        found = localnet.detect(algod, kmd, indexer, timeout=20)
        assert found is not None and found.software == "go-algorand 3.17.0"
        with LocalNet(found) as session:
            assert str(session.describe()).startswith("localnet: go-algorand")
            approval, clear = assembled(running)
            made = deploy(session, specification(), approval, clear, fund_microalgo=300_000)
            assert session.node().balance(made.address) == 300_000
            assert running.chain.find("app", made.app_id) is not None
            assert session.environment() == running.environment()
            assert not session.reset()


ASK = """
import json, urllib.request
request = urllib.request.Request("http://localhost:4001/v2/status", headers={"X-Algo-API-Token": "a" * 64})
print(json.load(urllib.request.urlopen(request))["last-round"])
print(json.load(urllib.request.urlopen("http://localhost:8980/health"))["round"])
"""


def asking(network: PrivateNetwork) -> str:
    """What a sandboxed program is told at the usual addresses."""
    program = sandbox.python("main.py")
    result = sandbox.run(
        program.command, files={"main.py": ASK}, read_only=program.read_only, env=program.env, network=network
    )
    return result.out or result.err


def test_a_sandboxed_program_reaches_it_too(jig: str, require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    with EmbeddedLedger() as running:
        algod, kmd, indexer = (f"http://127.0.0.1:{port}" for port in running.open_ports().values())
        found = localnet.detect(algod, kmd, indexer, timeout=20)
        assert found is not None
        assert asking(LocalNet(found)) == "1\n1\n"


def test_many_ledgers_at_the_same_address_do_not_collide(jig: str, require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    with EmbeddedLedger() as one, EmbeddedLedger() as other:
        key = other.funded_key()
        sender = bytes(key.verify_key)
        other.node().send([{**other.node().header(sender), "type": "pay", "rcv": sender}], key)
        with ThreadPoolExecutor() as pool:
            assert list(pool.map(asking, [one, other, one])) == ["1\n1\n", "2\n2\n", "1\n1\n"]


def test_something_else_is_not_taken_for_one(jig: str) -> None:
    with EmbeddedLedger() as ledger:
        ports = ledger.open_ports()
        assert localnet.detect(f"http://127.0.0.1:{ports['indexer']}") is None
    assert localnet.detect("http://127.0.0.1:9") is None


def test_asking_for_one_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(localnet, "detect", lambda: None)
    with pytest.raises(MissingTool, match="algokit localnet start"):
        open_session("localnet")


def test_without_one_the_embedded_ledger_serves(jig: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(localnet, "detect", lambda: None)
    with open_session() as session:
        assert isinstance(session, EmbeddedLedger)
        with pytest.raises(RuntimeError, match="listens nowhere"):
            session.environment()
