"""The synthesis strategy: orders out, replies in, every one of them a candidate pair or a reject with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, Reply, label_of, resolve
from algorand_coder.generate.endpoints.exchange import Failure
from algorand_coder.generate.prompts import prompt_id
from algorand_coder.instruct.config import SynthesisConfig
from algorand_coder.instruct.docs_category import category_of
from algorand_coder.instruct.patterns.strategy import touched
from algorand_coder.instruct.synthesis import answers
from algorand_coder.instruct.synthesis.answers import Useless
from algorand_coder.instruct.synthesis.material import seeds, standing_alone
from algorand_coder.instruct.synthesis.orders import PROMPT, Order, orders
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import (
    DEFAULT_TARGET,
    Candidate,
    Category,
    Kind,
    Outcome,
    Pair,
    Provenance,
    Reject,
    Unit,
    Verdict,
    digest,
)
from algorand_coder.syntax import skeleton

NAME = "synthesis"
STAGE = "instruct"
VERSION = "synthesis-1"
EXCERPT = 600

Check = Callable[[Sequence[Candidate]], Sequence[Verdict]]


@dataclass(frozen=True)
class Synthesis:
    """Candidate pairs, replies that gave none, and what the manifest says about it all."""

    pairs: list[Pair] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)


def plan(
    units: Sequence[Unit],
    accepted: Sequence[Pair],
    config: SynthesisConfig,
    seed: int,
    check: Check | None = None,
    *,
    private: bool = False,
) -> list[Order]:
    """Everything that is to be asked. With ``check``, instructions are asked only for code that it accepts."""
    taken = {pair.lineage for pair in accepted}
    codes = standing_alone(units, taken, private=private)
    if check is not None and codes:
        verdicts = check([code.candidate() for code in codes])
        codes = [
            code
            for code, verdict in zip(codes, verdicts, strict=True)
            if verdict.outcome is Outcome.PASSED and not verdict.deprecated
        ]
    return orders(codes, seeds(accepted, units, seed, private=private), config, seed)


def synthesise(
    units: Sequence[Unit],
    accepted: Sequence[Pair],
    config: SynthesisConfig,
    seed: int,
    *,
    check: Check,
    progress: Progress,
    folder: Path | None = None,
) -> Synthesis:
    """Ask the configured model; ``folder`` keeps its answers (default: the user's cache).

    Skipped with a note where no model is configured or its key is missing. Raises ``UserError`` when the endpoint
    refuses the key or is gone; what was answered by then is kept.
    """
    skipped = _why_not(config)
    if skipped:
        progress.note(STAGE, f"synthesis skipped: {skipped}")
        return Synthesis(report={"skipped": skipped})
    model = resolve(config.model)
    todo = plan(units, accepted, config, seed, check, private=model.local)
    endpoint = Endpoint(model, folder=folder, batch=config.batch)
    with progress.bar(STAGE, f"requests to {label_of(config.model)}", len(todo)) as bar:
        outcomes = endpoint.complete([o.request for o in todo], budget=config.budget_dollars, progress=bar.advance)
    made = _sorted(todo, outcomes)
    made.report.update(_report(config, model, endpoint))
    progress.note(STAGE, _said(made, endpoint, config))
    return made


def _why_not(config: SynthesisConfig) -> str:
    if not config.model:
        return (
            "no model is configured (set instruct.synthesis.model, for example to claude-sonnet; "
            "'algorand-coder instruct --estimate' says what it costs)"
        )
    missing = resolve(config.model).missing_key
    if missing:
        return f"{label_of(config.model)} needs a key in {missing}; set it and run 'algorand-coder instruct --force'"
    return ""


def _sorted(todo: Sequence[Order], outcomes: Sequence[Reply | Failure]) -> Synthesis:
    made = Synthesis()
    seen: set[str] = set()
    for order, outcome in zip(todo, outcomes, strict=True):
        try:
            found = answers.fields(outcome)
            pair = _pair(order, found, outcome.model if isinstance(outcome, Reply) else "")
            if pair.id in seen:
                raise Useless("same-answer", pair.instruction)
            seen.add(pair.id)
            made.pairs.append(pair)
        except Useless as error:
            made.rejects.append(_reject(order, error, outcome))
    return made


def _pair(order: Order, found: dict[str, str], model: str) -> Pair:
    asked = answers.instruction(found)
    maker = Provenance("generated", f"{VERSION} {model}", prompt_id(PROMPT[order.task]), "MIT", "generated")
    if order.code is not None:
        unit = order.code.unit
        given = [
            f"Given these declarations in `{name}`:\n\n```ts\n{text.rstrip()}\n```"
            for name, text in order.code.support.items()
        ]
        contract = unit.kind is not Kind.CLIENT
        return Pair(
            id=digest([NAME, unit.id])[:24],
            instruction=asked,
            input="\n\n".join(given),
            output=order.code.output,
            strategy=NAME,
            category=Category.CONTRACTS if contract else category_of(asked, unit.name, unit.code),
            kind=unit.kind,
            target=unit.target,
            skeleton=skeleton(order.code.output),
            lineage=unit.id,
            mined=True,
            provenance=(unit.provenance, maker),
            support=order.code.support,
        )
    output = answers.solution(found)
    reserved = touched(output)
    if reserved:
        raise Useless("reserved-family", ", ".join(reserved))
    return Pair(
        id=digest([NAME, asked, found.get("input", ""), output])[:24],
        instruction=asked,
        input=found.get("input", ""),
        output=output,
        strategy=NAME,
        category=order.category or Category.TRANSACTIONS,
        kind=order.kind,
        target=DEFAULT_TARGET,
        skeleton=skeleton(output),
        lineage=f"{NAME}/{order.snippet.id if order.snippet else ''}",
        mined=False,
        provenance=(maker, *(order.snippet.provenance if order.snippet else ())),
    )


def _reject(order: Order, error: Useless, outcome: Reply | Failure) -> Reject:
    return Reject(
        stage=STAGE,
        subject=digest([NAME, order.request.key])[:24],
        reason=f"{NAME}/{error}",
        detail=" ".join(error.detail.split())[:300],
        name=f"{NAME}/{order.task}",
        source=order.code.unit.provenance.source if order.code else "generated",
        excerpt=outcome.text[:EXCERPT] if isinstance(outcome, Reply) else "",
    )


def _report(config: SynthesisConfig, model: EndpointConfig, endpoint: Endpoint) -> dict[str, Any]:
    return {
        "model": label_of(config.model),
        "served_as": model.model,
        "batch": config.batch,
        "price": endpoint.price.note,
        "budget_dollars": config.budget_dollars,
        "prompts": {name: prompt_id(name) for name in sorted(PROMPT.values())},
        "bill": asdict(endpoint.bill),
    }


def _said(made: Synthesis, endpoint: Endpoint, config: SynthesisConfig) -> str:
    bill = endpoint.bill
    said = (
        f"{bill.answers:,} answers of {label_of(config.model)} for ${bill.dollars:,.2f} ({bill.bought:,} bought now): "
        f"{len(made.pairs):,} candidate pairs"
    )
    if bill.unsettled_dollars:
        said += f"; attempts without an answer may have cost up to ${bill.unsettled_dollars:,.2f} more"
    over = sum(1 for reject in made.rejects if reject.reason.endswith("/over-budget"))
    if over:
        said += f"; {over:,} requests did not fit into the budget of ${config.budget_dollars:,.2f}"
    useless = Counter(reject.reason.removeprefix(f"{NAME}/") for reject in made.rejects if reject.excerpt)
    if useless:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in useless.most_common())
        said += f"; answers of no use: {reasons} (rejects.parquet shows them)"
    failed = bill.failures - over
    if failed:
        said += f"; {failed:,} requests failed: 'algorand-coder instruct --force' asks them again"
    return said
