"""AlgoKit LocalNet: is one running at its usual address, which node is it, and how the judge uses it."""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from nacl.signing import SigningKey

from algorand_coder.errors import MissingTool
from algorand_coder.ledger.client import Transport
from algorand_coder.ledger.errors import LedgerFault

ALGOD = "http://127.0.0.1:4001"
KMD = "http://127.0.0.1:4002"
INDEXER = "http://127.0.0.1:8980"
TIMEOUT_SECONDS = 0.5
_TOKEN = "a" * 64
_ANSWER_SECONDS = 90.0
_NETWORKS = frozenset({"dockernet-v1", "devnet-v1", "sandnet-v1"})
_AVM_OF_CONSENSUS = {"v38": 9, "v39": 10, "v40": 11, "v41": 12}
_DEFAULT_WALLET = "unencrypted-default-wallet"


@dataclass(frozen=True, slots=True)
class Found:
    """A LocalNet that answered."""

    software: str
    consensus: str
    avm: int
    """From the consensus version where that is a known one, otherwise 0."""
    algod: str
    kmd: str
    indexer: str
    """Addresses of its services."""


def detect(
    algod: str = ALGOD, kmd: str = KMD, indexer: str = INDEXER, timeout: float = TIMEOUT_SECONDS
) -> Found | None:
    """The LocalNet at ``algod``; ``None`` when nothing answers within ``timeout`` seconds, or something else does."""
    try:
        about = _json(*_ask(algod + "/versions", timeout=timeout))
        status = _json(*_ask(algod + "/v2/status", timeout=timeout))
    except LedgerFault:
        return None
    build = about.get("build")
    if about.get("genesis_id") not in _NETWORKS or not isinstance(build, dict):
        return None
    consensus = str(status.get("last-version", ""))
    version = ".".join(str(build.get(part, 0)) for part in ("major", "minor", "build_number"))
    avm = _AVM_OF_CONSENSUS.get(consensus.rpartition("/")[2], 0)
    return Found(f"go-algorand {version}", consensus, avm, algod, kmd, indexer)


def address(found: Found, usual: int) -> tuple[str, int]:
    """Host and port of the service that usually listens on port ``usual``."""
    services = zip((ALGOD, KMD, INDEXER), (found.algod, found.kmd, found.indexer), strict=True)
    url = next(urlsplit(actual) for known, actual in services if known.endswith(f":{usual}"))
    return url.hostname or "127.0.0.1", url.port or usual


def missing() -> MissingTool:
    """What to tell a user who asked for a LocalNet that is not there."""
    return MissingTool(f"no LocalNet answers at {ALGOD}: algokit localnet start")


def transport(url: str) -> Transport:
    """How ``client.NodeClient`` reaches a node at ``url``."""

    def ask(method: str, path: str, body: bytes) -> tuple[int, bytes]:
        return _ask(url + path, method, body)

    return ask


def funded_key(found: Found) -> SigningKey:
    """The key of the richest account in KMD's default wallet. Raises ``LedgerFault``."""

    def balance(address: str) -> int:
        return int(_json(*_ask(f"{found.algod}/v2/accounts/{address}?exclude=all")).get("amount", 0))

    def kmd(path: str, **fields: str) -> dict[str, Any]:
        body = json.dumps(fields).encode()
        return _json(*_ask(found.kmd + path, "POST" if fields else "GET", body if fields else b""))

    try:
        wallet = next(w for w in kmd("/v1/wallets")["wallets"] if w["name"] == _DEFAULT_WALLET)
        handle = kmd("/v1/wallet/init", wallet_id=wallet["id"], wallet_password="")["wallet_handle_token"]
        addresses = kmd("/v1/key/list", wallet_handle_token=handle)["addresses"]
        richest = max(addresses, key=balance)
        key = kmd("/v1/key/export", wallet_handle_token=handle, wallet_password="", address=richest)["private_key"]
    except (KeyError, StopIteration, ValueError) as error:
        raise LedgerFault(f"KMD at {found.kmd} has no funded account to give: {error!r}") from error
    return SigningKey(base64.b64decode(key)[:32])


def _ask(url: str, method: str = "GET", body: bytes = b"", timeout: float = _ANSWER_SECONDS) -> tuple[int, bytes]:
    headers = {"X-Algo-API-Token": _TOKEN, "X-KMD-API-Token": _TOKEN}
    request = urllib.request.Request(url, body or None, headers, method=method)  # noqa: S310  a constant http address
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError as error:
        raise LedgerFault(f"nothing answers at {url}: {error}") from error


def _json(status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) and status < 300 else {}
