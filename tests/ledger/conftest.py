"""A chain for tests, and transactions without a client library."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from nacl.signing import SigningKey

from algorand_coder.errors import MissingTool
from algorand_coder.ledger import binary, snapshot
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, app_address, canonical, group_id, pack
from algorand_coder.ledger.transactions import Confirmed


class Actor:
    """Somebody with a key who builds, signs and sends."""

    def __init__(self, chain: Chain, key: SigningKey) -> None:
        self.chain = chain
        self.key = key
        self.address = bytes(key.verify_key)
        self._notes = 0

    def txn(self, kind: str, **fields: Any) -> Wire:
        """A transaction of this account, distinct from all others."""
        self._notes += 1
        first = self.chain.state.round
        return canonical(
            {
                "type": kind,
                "snd": self.address,
                "fee": 1000,
                "fv": first,
                "lv": first + 1000,
                "gen": snapshot.GENESIS_ID,
                "gh": snapshot.base().genesis_hash,
                "note": self._notes.to_bytes(4, "big"),
                **fields,
            }
        )

    def sign(self, transaction: Wire) -> Wire:
        return {"sig": self.key.sign(b"TX" + pack(transaction)).signature, "txn": transaction}

    def send(self, kind: str, **fields: Any) -> Confirmed:
        return self.chain.submit([self.sign(self.txn(kind, **fields))])[0]

    def pay(self, receiver: bytes, amount: int, **fields: Any) -> Confirmed:
        return self.send("pay", rcv=receiver, amt=amount, **fields)

    def create(self, teal: str, **fields: Any) -> int:
        """An application; gives its identifier."""
        program, _ = self.chain.compile(teal.encode())
        clear, _ = self.chain.compile(f"{teal.splitlines()[0]}\nint 1".encode())
        created: int = self.send("appl", apap=program, apsu=clear, **fields).effects["apid"]
        return created

    def fund(self, app: int, amount: int) -> None:
        self.pay(app_address(app), amount)


def grouped(transactions: Sequence[Wire]) -> list[Wire]:
    """Transactions that belong together."""
    identifier = group_id(transactions)
    return [{**t, "grp": identifier} for t in transactions]


@pytest.fixture(scope="session")
def jig() -> str:
    """The ledger's executable: skipped without it, a failure in CI."""
    try:
        return str(binary.executable())
    except MissingTool as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def module_chain(jig: str) -> Iterator[Chain]:
    with Chain() as chain:
        yield chain


@pytest.fixture
def chain(module_chain: Chain) -> Chain:
    """A fresh chain."""
    module_chain.reset()
    return module_chain


@pytest.fixture
def rich(chain: Chain) -> Actor:
    return Actor(chain, snapshot.funded_keys()[0])


@pytest.fixture
def alice(chain: Chain, rich: Actor) -> Actor:
    """Somebody with 100 Algos."""
    actor = Actor(chain, SigningKey(b"a" * 32))
    rich.pay(actor.address, 100_000_000)
    return actor


@pytest.fixture
def bob(chain: Chain, rich: Actor) -> Actor:
    actor = Actor(chain, SigningKey(b"b" * 32))
    rich.pay(actor.address, 100_000_000)
    return actor
