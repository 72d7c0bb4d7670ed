"""``algorand-coder launch``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import load_run, run_options
from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.launch.order import Estimate, Order, Plan

_SKY = ("runpod", "lambda", "aws", "gcp", "azure", "kubernetes", "vast", "nebius")
_SUFFIX = {"modal": ".py", "colab": ".ipynb"}

_gpu = click.option("--gpu", "gpu_name", default="A100-80GB", show_default=True, help="The GPU, as SkyPilot spells it.")
_price = click.option(
    "--price", type=click.FloatRange(min=0), help="Dollars an hour for one GPU, where you know better."
)
_dry_run = click.option("--dry-run", is_flag=True, help="Show what would be sent and its cost, rent nothing.")


class _Training(click.Group):
    """``launch --on …`` is ``launch train --on …``."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Parsed by ``train`` where no command is named."""
        renting = any(arg == "--on" or arg.startswith("--on=") for arg in args)
        return super().parse_args(context, ["train", *args] if renting and args[0].startswith("-") else args)


@click.group("launch", cls=_Training, epilog="Example: algorand-coder launch --on runpod --config laptop --dry-run")
def command() -> None:
    """Rent a GPU with your own account, to train or to serve. SkyPilot or Modal does the renting.

    Call it in a checkout, which is sent along without what Git ignores. Options alone, `launch --on runpod`, train.
    """


@command.command("train", epilog="Example: algorand-coder launch train --on runpod --config qwen2.5-coder-7b --dry-run")
@run_options
@click.option("--on", "platform", type=click.Choice([*_SKY, "modal", "colab"]), required=True, help="Where to rent.")
@_gpu
@_price
@_dry_run
def train(  # noqa: PLR0917
    config: str,
    run_dir: Path | None,
    overrides: tuple[str, ...],
    platform: str,
    gpu_name: str,
    price: float | None,
    dry_run: bool,
) -> None:
    """Send the data set, train, bring the adapter back, stop the machine. For Colab a notebook is written."""
    from algorand_coder.launch import colab, modal, skypilot
    from algorand_coder.launch.fits import expect_fit, through_unsloth
    from algorand_coder.launch.order import Order, gpu

    loaded, run_folder = load_run(config, run_dir, overrides)
    if run_folder.is_absolute():
        raise UserError(f"{run_folder}: launch sends the checkout: give a run folder inside it")
    _expect_checkout()
    order = Order(config, overrides, run_folder, gpu(gpu_name), through_unsloth(loaded.train))
    expect_fit(loaded.train, order.gpu)
    maker = {"modal": modal, "colab": colab}.get(platform, skypilot)
    text = maker.render(order, platform)
    expected = _estimate(order, platform, loaded.train.base_model, loaded.train.epochs, price)
    file = run_folder / "launch" / f"{order.name}-{platform}{_SUFFIX.get(platform, '.yaml')}"
    _write(text, file, dry_run)
    _tell(order, platform, expected)
    if platform == "colab":
        click.echo("open the notebook in Colab; it says what to upload and what to bring back")
        return
    _carry_out((modal if platform == "modal" else skypilot).plan(order, file), dry_run)


@command.command("serve", epilog="Example: algorand-coder launch serve runs/laptop/export --on modal --dry-run")
@click.argument("model")
@click.option("--on", "platform", type=click.Choice([*_SKY, "modal"]), required=True, help="Where to rent.")
@_gpu
@click.option(
    "--context", type=click.IntRange(min=1024), help="Tokens of prompt and answer  [default: 32768, or fewer]"
)
@_price
@click.option(
    "--out", type=click.Path(path_type=Path), default="runs/launch", show_default=True, help="Folder to write."
)
@_dry_run
def serve(  # noqa: PLR0917
    model: str, platform: str, gpu_name: str, context: int | None, price: float | None, out: Path, dry_run: bool
) -> None:
    """Serve MODEL from a rented GPU: vLLM, and the gateway in front of it, behind the API keys in your environment.

    MODEL is a folder that `export` wrote, an adapter's or a run's folder, or owner/name on the hub. The machine stops
    when nobody has asked for 20 minutes, and starts again with the next request, which takes minutes.
    """
    from algorand_coder.launch import modal, skypilot
    from algorand_coder.launch.deployment import UNUSED_MINUTES, deployment
    from algorand_coder.launch.fits import expect_serving_fit
    from algorand_coder.launch.order import Price, gpu
    from algorand_coder.launch.order import price as listed

    _expect_checkout()
    wanted = deployment(model, gpu(gpu_name), context, os.environ)
    fit = expect_serving_fit(wanted)
    maker = modal if platform == "modal" else skypilot
    file = out / f"{wanted.name}-{platform}{_SUFFIX.get(platform, '.yaml')}"
    _write(maker.render_service(wanted, platform), file, dry_run)
    click.echo(fit)
    known = Price(price, "today", "given") if price is not None else listed(platform, gpu_name)
    cost = f"${known.dollars} an hour ({known.source}, {known.date})" if known else "no price on file (give --price)"
    click.echo(
        f"{gpu_name} at {platform}: {cost} while it runs; it stops {UNUSED_MINUTES} minutes after the last request"
    )
    click.echo(maker.SERVICE_NOTE.format(name=wanted.name))
    _carry_out(maker.service_plan(wanted, file), dry_run)


def _expect_checkout() -> None:
    if not Path("pyproject.toml").is_file():
        raise UserError("launch sends the checkout: call it in the checkout's folder")


def _write(text: str, file: Path, dry_run: bool) -> None:
    if dry_run:
        click.echo(text)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    click.echo(f"wrote {file}")


def _carry_out(plan: Plan, dry_run: bool) -> None:
    from algorand_coder.launch.carry_out import carry_out

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
