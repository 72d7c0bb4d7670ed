"""The KMD service, as far as clients of a LocalNet use it: wallets, keys, signing.

Paths follow KMD's: https://dev.algorand.co/reference/rest-api/kmd/ . Wallets live as long as the ledger.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from nacl.signing import SigningKey

from algorand_coder.ledger import snapshot
from algorand_coder.ledger.codec import Wire, b64, canonical, decode_address, encode_address, pack, unpack
from algorand_coder.ledger.http import HttpError, Request, Response, Router, reply

DEFAULT_WALLET = "unencrypted-default-wallet"
_HANDLE_SECONDS = 60


@dataclass(slots=True)
class _Wallet:
    id: str
    name: str
    password: str
    keys: dict[str, SigningKey] = field(default_factory=dict)

    def shape(self) -> Wire:
        return {
            "id": self.id,
            "name": self.name,
            "driver_name": "sqlite",
            "driver_version": 1,
            "mnemonic_ux": False,
            "supported_txs": ["pay", "keyreg"],
        }


def add_routes(router: Router) -> Wallets:
    """Serve wallets; the default one holds the funded accounts."""
    service = Wallets()
    for method, path, handler in (
        ("GET", "/v1/wallets", service.listing),
        ("POST", "/v1/wallet", service.create),
        ("POST", "/v1/wallet/init", service.init),
        ("POST", "/v1/wallet/release", service.release),
        ("POST", "/v1/wallet/renew", service.info),
        ("POST", "/v1/wallet/info", service.info),
        ("POST", "/v1/wallet/rename", service.rename),
        ("POST", "/v1/key", service.generate),
        ("DELETE", "/v1/key", service.delete),
        ("POST", "/v1/key/import", service.import_),
        ("POST", "/v1/key/export", service.export),
        ("POST", "/v1/key/list", service.keys),
        ("POST", "/v1/transaction/sign", service.sign),
    ):
        router.add(method, path, _json(handler))
    for path in ("list", "import", "export", "sign", "signprogram"):
        router.lack("POST", f"/v1/multisig/{path}")
    router.lack("DELETE", "/v1/multisig")
    router.lack("POST", "/v1/master-key/export")
    router.lack("POST", "/v1/program/sign")
    router.lack("GET", "/swagger.json")
    router.add("GET", "/versions", lambda _: reply({"versions": ["v1"]}))
    return service


def _json(handler: Callable[[Wire], Wire]) -> Callable[[Request], Response]:
    def serve(request: Request) -> Response:
        try:
            body = json.loads(request.body or b"{}")
        except ValueError as error:
            raise HttpError(400, f"failed to decode request body: {error}") from error
        if not isinstance(body, dict):
            raise HttpError(400, "failed to decode request body: not an object")
        return reply(handler(body))

    return serve


class Wallets:
    """All wallets of one ledger."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Only the default wallet, holding the funded accounts."""
        with self._lock:
            default = _Wallet("00000000000000000000000000000001", DEFAULT_WALLET, "")
            default.keys = {encode_address(bytes(key.verify_key)): key for key in snapshot.funded_keys()}
            self._wallets = {default.id: default}
            self._handles: dict[str, _Wallet] = {}

    def listing(self, body: Wire) -> Wire:
        return {"wallets": [wallet.shape() for wallet in self._wallets.values()]}

    def create(self, body: Wire) -> Wire:
        name = str(body.get("wallet_name", ""))
        if any(wallet.name == name for wallet in self._wallets.values()):
            raise HttpError(400, "wallet with same name already exists")
        wallet = _Wallet(secrets.token_hex(16), name, str(body.get("wallet_password", "")))
        with self._lock:
            self._wallets[wallet.id] = wallet
        return {"wallet": wallet.shape()}

    def init(self, body: Wire) -> Wire:
        wallet = self._wallets.get(str(body.get("wallet_id", "")))
        if wallet is None:
            raise HttpError(404, "wallet does not exist")
        if wallet.password != str(body.get("wallet_password", "")):
            raise HttpError(401, "wrong password")
        handle = f"{wallet.id}.{secrets.token_hex(16)}"
        with self._lock:
            self._handles[handle] = wallet
        return {"wallet_handle_token": handle}

    def release(self, body: Wire) -> Wire:
        with self._lock:
            self._handles.pop(str(body.get("wallet_handle_token", "")), None)
        return {}

    def info(self, body: Wire) -> Wire:
        wallet = self._open(body)
        return {"wallet_handle": {"expires_seconds": _HANDLE_SECONDS, "wallet": wallet.shape()}}

    def rename(self, body: Wire) -> Wire:
        wallet = self._wallets.get(str(body.get("wallet_id", "")))
        if wallet is None:
            raise HttpError(404, "wallet does not exist")
        wallet.name = str(body.get("wallet_name", ""))
        return {"wallet": wallet.shape()}

    def generate(self, body: Wire) -> Wire:
        return self._keep(self._open(body), SigningKey.generate())

    def import_(self, body: Wire) -> Wire:
        wallet = self._open(body)
        return self._keep(wallet, SigningKey(_bytes(body, "private_key")[:32]))

    def export(self, body: Wire) -> Wire:
        key = self._key(body, str(body.get("address", "")))
        return {"private_key": b64(bytes(key) + bytes(key.verify_key))}

    def delete(self, body: Wire) -> Wire:
        self._open(body).keys.pop(str(body.get("address", "")), None)
        return {}

    def keys(self, body: Wire) -> Wire:
        return {"addresses": [*self._open(body).keys]}

    def sign(self, body: Wire) -> Wire:
        try:
            transaction = unpack(_bytes(body, "transaction"))
            sender = encode_address(transaction["snd"])
        except (ValueError, KeyError, TypeError) as error:
            raise HttpError(400, f"failed to decode transaction: {error}") from error
        signer = encode_address(_bytes(body, "public_key")) if body.get("public_key") else sender
        signature = self._key(body, signer).sign(b"TX" + pack(canonical(transaction))).signature
        signed: Wire = {"sig": signature, "txn": transaction}
        if signer != sender:
            signed["sgnr"] = decode_address(signer)
        return {"signed_transaction": b64(pack(signed))}

    def _keep(self, wallet: _Wallet, key: SigningKey) -> Wire:
        address = encode_address(bytes(key.verify_key))
        with self._lock:
            wallet.keys[address] = key
        return {"address": address}

    def _open(self, body: Wire) -> _Wallet:
        wallet = self._handles.get(str(body.get("wallet_handle_token", "")))
        if wallet is None:
            raise HttpError(400, "handle does not exist")
        return wallet

    def _key(self, body: Wire, address: str) -> SigningKey:
        key = self._open(body).keys.get(address)
        if key is None:
            raise HttpError(404, "key does not exist in this wallet")
        return key


def _bytes(body: Wire, name: str) -> bytes:
    try:
        return base64.b64decode(str(body.get(name, "")), validate=True)
    except ValueError as error:
        raise HttpError(400, f"failed to decode {name}: {error}") from error
