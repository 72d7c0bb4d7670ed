"""What is known of a chain at one round: accounts, boxes, applications and assets, and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from algorand_coder.ledger import snapshot
from algorand_coder.ledger.codec import Wire, raw
from algorand_coder.ledger.transactions import Confirmed, creations, deletions, executed_apps, touched, walk


@dataclass(frozen=True, slots=True)
class Creatable:
    """An application or asset, existing or deleted."""

    creator: bytes
    created_round: int
    deleted_round: int = 0


@dataclass(slots=True)
class State:
    """Everything but the ledger folder itself. Accounts are in the node's own short names."""

    round: int = 1
    accounts: dict[bytes, Wire] = field(default_factory=dict)
    stale: set[bytes] = field(default_factory=set)
    """Accounts that changed and that the node has not reported since."""
    boxes: dict[bytes, bytes] = field(default_factory=dict)
    creatables: dict[tuple[str, int], Creatable] = field(default_factory=dict)
    blocks: dict[int, Wire] = field(default_factory=dict)
    transactions: dict[str, Confirmed] = field(default_factory=dict)
    by_round: dict[int, tuple[Confirmed, ...]] = field(default_factory=dict)

    @classmethod
    def genesis(cls, first: Wire) -> State:
        """The state of the prepared ledger whose first block is ``first``: three funded accounts."""
        base = snapshot.base()
        accounts: dict[bytes, Wire] = {base.rewards_pool: {"algo": base.rewards_pool_balance}}
        for key, stake in zip(snapshot.funded_keys(), snapshot.STAKES, strict=True):
            accounts[bytes(key.verify_key)] = {"algo": stake}
        return cls(round=first["rnd"], accounts=accounts, blocks={first["rnd"]: first})

    def fork(self) -> State:
        """An independent copy. Records are replaced and never changed in place, so sharing them is safe."""
        return State(
            self.round,
            dict(self.accounts),
            set(self.stale),
            dict(self.boxes),
            dict(self.creatables),
            dict(self.blocks),
            dict(self.transactions),
            dict(self.by_round),
        )

    def advance(
        self,
        block: Wire,
        confirmed: Sequence[Confirmed],
        accounts: Mapping[str | bytes, Wire],
        boxes: Mapping[str | bytes, str | bytes],
    ) -> None:
        """Take in one block with the accounts and boxes that the node reported after it."""
        self.round = block["rnd"]
        self.blocks[self.round] = block
        self.by_round[self.round] = tuple(confirmed)
        self.transactions.update({c.txid: c for c in confirmed})
        entries = [c.effects for c in confirmed]
        self._note_creatables(entries)
        reported = {raw(address): record for address, record in accounts.items()}
        self.accounts.update(reported)
        self.stale = (self.stale | self._changed(entries)) - set(reported)
        self.boxes = {raw(name): raw(content) for name, content in boxes.items()}

    def refresh(self, accounts: Mapping[bytes, Wire]) -> None:
        """Take in accounts as the node reports them now."""
        self.accounts.update(accounts)
        self.stale -= set(accounts)

    def _note_creatables(self, entries: Sequence[Wire]) -> None:
        for entry in entries:
            for made in creations(entry):
                self.creatables[made.kind, made.id] = Creatable(made.creator, self.round)
            for key in deletions(entry):
                if key in self.creatables:
                    gone = self.creatables[key]
                    self.creatables[key] = Creatable(gone.creator, gone.created_round, self.round)

    def _changed(self, entries: Sequence[Wire]) -> set[bytes]:
        base = snapshot.base()
        changed = {base.fee_sink, base.rewards_pool}
        for entry in entries:
            used = {("app", app) for app in executed_apps(entry)}
            used |= {("asset", item["txn"].get("caid", 0)) for item in walk(entry)}
            changed |= touched(entry) | {self.creatables[key].creator for key in used if key in self.creatables}
        return changed
