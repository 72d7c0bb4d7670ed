"""``algorand-coder launch``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import load_run, run_options
from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.launch.order import Estimate, Order

_SKY = ("runpod", "lambda", "aws", "gcp", "azure", "kubernetes", "vast", "nebius")
_PLATFORMS = (*_SKY, "modal", "colab")
_SUFFIX = {"modal": ".py", "colab": ".ipynb"}


@click.command("launch", epilog="Example: algorand-coder launch --on runpod --config qwen2.5-coder-7b --dry-run")
@run_options
@click.option("--on", "platform", type=click.Choice(_PLATFORMS), required=True, help="Where to rent.")
@click.option("--gpu", "gpu_name", default="A100-80GB", show_default=True, help="The GPU, as SkyPilot spells it.")
@click.option("--price", type=click.FloatRange(min=0), help="Dollars an hour for one GPU, where you know better.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent and its cost, rent nothing.")
def command(  # noqa: PLR0917
    config: str,
    run_dir: Path | None,
    overrides: tuple[str, ...],
    platform: str,
    gpu_name: str,
    price: float | None,
    dry_run: bool,
) -> None:
    """Rent a GPU for the train stage: send the data set, train, bring the adapter back, stop the machine.

    Call it in a checkout. SkyPilot or Modal does the renting with your account; for Colab a notebook is written.
    """
    from algorand_coder.launch import colab, modal, skypilot
    from algorand_coder.launch.carry_out import carry_out
    from algorand_coder.launch.fits import expect_fit, through_unsloth
    from algorand_coder.launch.order import Order, gpu

    loaded, run_folder = load_run(config, run_dir, overrides)
    if not Path("pyproject.toml").is_file() or run_folder.is_absolute():
        raise UserError("launch sends the checkout: call it in the checkout's folder, with a run folder inside it")
    order = Order(config, overrides, run_folder, gpu(gpu_name), through_unsloth(loaded.train))
    expect_fit(loaded.train, order.gpu)
    maker = {"modal": modal, "colab": colab}.get(platform, skypilot)
    text = maker.render(order, platform)
    expected = _estimate(order, platform, loaded.train.base_model, loaded.train.epochs, price)
    file = run_folder / "launch" / f"{order.name}-{platform}{_SUFFIX.get(platform, '.yaml')}"
    if dry_run:
        click.echo(text)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        click.echo(f"wrote {file}")
    _tell(order, platform, expected)
    if platform == "colab":
        click.echo("open the notebook in Colab; it says what to upload and what to bring back")
        return
    plan = (modal if platform == "modal" else skypilot).plan(order, file)
    if dry_run:
        click.echo("\n".join(f"  {shlex.join(line)}" for line in (*plan.work, plan.stop) if line))
    else:
        carry_out(plan)


def _estimate(order: Order, platform: str, base_model: str, epochs: int, price: float | None) -> Estimate:
    from algorand_coder.launch.order import estimate
    from algorand_coder.train.dry_run import active_parameters, dataset_tokens

    tokens = epochs * dataset_tokens(order.run_folder / "dataset")
    return estimate(order, platform, tokens, active_parameters(base_model), price)


def _tell(order: Order, platform: str, expected: Estimate) -> None:
    best, worst = expected.hours
    hours = f"{best:.1f} to {worst:.1f} hours on one {order.gpu.name}"
    click.echo(f"{expected.tokens:,} training tokens in all epochs; {hours}, set-up included (estimate)")
    if expected.dollars and expected.price:
        (low, high), known = expected.dollars, expected.price
        click.echo(f"${low:.2f} to ${high:.2f} at ${known.dollars} an hour ({known.source}, {known.date})")
    else:
        click.echo(f"no price on file for {order.gpu.name} at {platform}: give --price for an estimate in dollars")
