"""``POST /v2/transactions/simulate``: a group is tried on a copy of the ledger.

Transactions without a signature are authorised by the proxy signer; references that a program lacks are found by
trying (``resources``); extra opcode budget comes from helper calls, 700 each, as far as the group has room for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from algorand_coder.ledger import binary, proxy
from algorand_coder.ledger.attempt import Attempt
from algorand_coder.ledger.chain import Chain
from algorand_coder.ledger.codec import Wire, txid
from algorand_coder.ledger.errors import Rejected, Unsupported
from algorand_coder.ledger.resources import (
    BUDGET_PER_CALL,
    MAX_GROUP,
    SHARING_VERSION,
    Group,
    Need,
    missing,
    report,
)
from algorand_coder.ledger.transactions import expect_one_group, pending_info, walk
from algorand_coder.ledger.wording import with_apps

MAX_ATTEMPTS = 160
_BLAMED = re.compile(r"transaction ([A-Z2-7]{52}):")
_BUDGET = re.compile(r"dynamic cost budget exceeded")
_LOGS = re.compile(r"too many log calls in program|program logs too large")


class BadRequest(Exception):
    """The request itself is wrong; algod answers 400 with this text."""


@dataclass(frozen=True, slots=True)
class Request:
    """A simulate request, decoded."""

    signed: Sequence[Wire]
    empty_signatures: bool
    unnamed_resources: bool
    more_logging: bool
    extra_budget: int

    @classmethod
    def parse(cls, body: Wire) -> Request:
        """From the wire. Raises ``BadRequest`` in algod's words."""
        groups = body.get("txn-groups") or []
        budget = body.get("extra-opcode-budget") or 0
        readable = isinstance(groups, list) and all(isinstance(g, dict) for g in groups) and isinstance(budget, int)
        if not readable or not all(isinstance(g.get("txns", []), list) for g in groups):
            raise BadRequest("failed to decode object: not a simulate request")
        if len(groups) != 1:
            raise BadRequest(f"expected 1 transaction group, got {len(groups)}")
        if body.get("round"):
            raise Unsupported("simulation at an earlier round")
        signed = groups[0].get("txns") or []
        if not signed:
            raise BadRequest("empty txgroup")
        if len(signed) > MAX_GROUP:
            raise BadRequest(f"transaction group size {len(signed)} exceeds protocol max {MAX_GROUP}")
        return cls(
            signed=signed,
            empty_signatures=bool(body.get("allow-empty-signatures")),
            unnamed_resources=bool(body.get("allow-unnamed-resources")),
            more_logging=bool(body.get("allow-more-logging")),
            extra_budget=budget,
        )


def simulate(chain: Chain, request: Request) -> Wire:
    """The response body. Raises ``Unsupported`` where only a newer node could answer, and ``LedgerFault``."""
    trial = _Trial(chain, request)
    answer = trial.run()
    overrides: Wire = {}
    if request.empty_signatures:
        overrides["allow-empty-signatures"] = True
    if request.unnamed_resources:
        overrides["allow-unnamed-resources"] = True
    if request.extra_budget:
        overrides["extra-opcode-budget"] = request.extra_budget
    body: Wire = {"version": 2, "last-round": chain.state.round, "txn-groups": [answer]}
    return {**body, "eval-overrides": overrides} if overrides else body


@dataclass(slots=True)
class _Trial:
    chain: Chain
    request: Request
    group: Group = field(init=False)
    found: list[tuple[Need, int]] = field(default_factory=list)
    """What was missing, with the index of the transaction that wanted it."""
    refused: set[Need] = field(default_factory=set)
    """Alternatives that were tried and did not help."""
    complaint: str = ""
    """The last refusal that asked for a reference."""
    proxied: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.group = Group([dict(item["txn"]) for item in self.request.signed], self.chain.richest())
        unsigned = {i for i, item in enumerate(self.request.signed) if not _has_signature(item)}
        self.proxied = unsigned if self.request.empty_signatures else set()

    def run(self) -> Wire:
        """One group result."""
        everybody = {i for i, item in enumerate(self.request.signed) if "lsig" not in item}
        if self.proxied != everybody:
            with self.chain.attempt() as attempt:
                attempt.rekey(self.group.transactions[i]["snd"] for i in self.proxied)
                outcome = self._evaluate(attempt)
            if not isinstance(outcome, Rejected) or not self._mend(outcome):
                return self._answer(outcome)
            # The group now differs from the one that was signed: the proxy speaks for everybody.
            self.proxied = everybody
        with self.chain.attempt() as attempt:
            attempt.rekey({self.group.payer, *(self.group.transactions[i]["snd"] for i in self.proxied)})
            for _ in range(MAX_ATTEMPTS):
                outcome = self._evaluate(attempt)
                if not isinstance(outcome, Rejected) or not self._mend(outcome):
                    return self._answer(outcome)
        raise Unsupported(f"a simulation that lacks more than {MAX_ATTEMPTS} references")

    def _mend(self, refusal: Rejected) -> bool:
        return self._supply(refusal) or self._raise_budget(refusal)

    def _answer(self, outcome: binary.Evaluated | Rejected) -> Wire:
        return self._failure(outcome) if isinstance(outcome, Rejected) else self._success(outcome)

    def _evaluate(self, attempt: Attempt) -> binary.Evaluated | Rejected:
        signed = []
        for index, transaction in enumerate(self.group.transactions):
            if index in self.proxied or index >= self.group.own:
                signed.append(proxy.sign(transaction))
            else:
                signed.append({**self.request.signed[index], "txn": transaction})
        try:
            expect_one_group(signed)
            return attempt.evaluate(signed)
        except Rejected as refusal:
            if self.request.more_logging and _LOGS.search(str(refusal)):
                raise Unsupported("simulation with more logging than the protocol allows") from refusal
            return refusal

    def _supply(self, refusal: Rejected) -> bool:
        """Give the group what the refusal says it lacks; false when that is nothing, or nothing that can be given."""
        if not self.request.unnamed_resources:
            return False
        index = self._blamed(refusal)
        shared = self._version(index) >= SHARING_VERSION
        complaint = _BLAMED.sub("", str(refusal))
        if complaint == self.complaint and self.found and self.found[-1][0].kind == "box":
            # The reference did not help: it was another application's box. Its place in the group stays used.
            self.refused.add(self.found.pop()[0])
        self.complaint = complaint
        for need in missing(str(refusal), self._running(index, refusal)):
            known = need.kind != "io" and any(need == other for other, _ in self.found)
            if known or need in self.refused or not self.group.give(need, index, shared=shared):
                continue
            self.found.append((need, index))
            self.group.seal()
            return True
        return False

    def _raise_budget(self, refusal: Rejected) -> bool:
        if not self.request.extra_budget or not _BUDGET.search(str(refusal)):
            return False
        room = MAX_GROUP - len(self.group.transactions)
        wanted = -(-self.request.extra_budget // BUDGET_PER_CALL) - (len(self.group.transactions) - self.group.own)
        if wanted <= 0:
            return False
        if room == 0:
            raise Unsupported(f"simulation with {self.request.extra_budget} units of extra opcode budget")
        self.group.pad(min(room, wanted))
        self.group.seal()
        return True

    def _blamed(self, refusal: Rejected) -> int:
        match = _BLAMED.search(str(refusal))
        identifiers = [txid(t) for t in self.group.transactions]
        if match and match[1] in identifiers[: self.group.own]:
            return identifiers.index(match[1])
        calls = (i for i, t in enumerate(self.group.transactions) if t["type"] == "appl")
        return next(calls, 0)

    def _version(self, index: int) -> int:
        call = self.group.transactions[index]
        program = call.get("apap", b"")
        if call.get("apid"):
            known = self.chain.find("app", call["apid"])
            program = known[0].get("approv", b"") if known else b""
        return program[0] if program else SHARING_VERSION

    def _running(self, index: int, refusal: Rejected) -> list[int]:
        """Applications that may have been running when the refusal came, likeliest first."""
        own = self.group.transactions[index].get("apid", 0)
        others = [app for t in self.group.transactions for app in t.get("apfa", [])]
        others += [t["apid"] for t in self.group.transactions if t.get("apid") and t["apid"] != own]
        nested = "inner tx" in str(refusal)
        return list(dict.fromkeys([*others, own] if nested else [own, *others]))

    def _success(self, outcome: binary.Evaluated) -> Wire:
        entries = outcome.block.get("txns", [])[: self.group.own]
        calls = 0
        results = []
        for signed, entry in zip(self.request.signed, entries, strict=True):
            calls += sum(item["txn"]["type"] == "appl" for item in walk(entry))
            results.append({"txn-result": pending_info(entry, signed, None)})
        answer: Wire = {"txn-results": results}
        if calls:
            answer["app-budget-added"] = calls * BUDGET_PER_CALL + self.request.extra_budget
        for place, result in enumerate(results):
            private = [n for n, i in self.found if i == place and not self._is_shared(n, i)]
            if private:
                result["unnamed-resources-accessed"] = report(private)
        shared = [n for n, i in self.found if self._is_shared(n, i)]
        return {**answer, "unnamed-resources-accessed": report(shared)} if shared else answer

    def _is_shared(self, need: Need, index: int) -> bool:
        return need.kind in {"box", "io"} or self._version(index) >= SHARING_VERSION

    def _failure(self, refusal: Rejected) -> Wire:
        message = str(refusal)
        for transaction, signed in zip(self.group.transactions, self.request.signed, strict=False):
            message = message.replace(txid(transaction), txid(signed["txn"]))
        message = with_apps(message, [signed["txn"] for signed in self.request.signed], self.chain.state)
        results = [{"txn-result": {"pool-error": "", "txn": signed}} for signed in self.request.signed]
        return {"txn-results": results, "failure-message": message, "failed-at": [self._blamed(refusal)]}


def _has_signature(signed: Wire) -> bool:
    return any(key in signed for key in ("sig", "msig", "lsig"))
