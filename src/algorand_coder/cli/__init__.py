"""The ``algorand-coder`` command: one thin file a subcommand, imported only when it is called."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from algorand_coder import __version__
from algorand_coder.errors import UserError, nearest

COMMANDS: dict[str, str] = {
    "run": "Everything, end to end: sources to a measured model and a report.",
    "collect": "Fetch the sources: pinned, licensed, hashed.",
    "extract": "Cut files into functions, methods, classes, contracts, tests, examples.",
    "refine": "Filter, deduplicate and decontaminate the units.",
    "instruct": "Turn units and patterns into instruction pairs that the verifier accepts.",
    "dataset": "Check diversity, split, and write the data set with its card.",
    "train": "Fine-tune the base model on the data set.",
    "sample": "Put training prompts to a model; accepted answers become a data set.",
    "rft": "Fine-tune on those: rejection-sampling fine-tuning.",
    "dpo": "Train on: prefer accepted code to refused code.",
    "grpo": "Train on: the verifier's verdicts are the reward.",
    "launch": "Rent a GPU: for the train stage, or to serve a model.",
    "evaluate": "Measure base and tuned model on the benchmark.",
    "gate": "Ask whether a run is good enough to go on; the exit code says it.",
    "report": "Write report.html and summary.json of a run.",
    "bench": "List, show and check the benchmark's problems.",
    "export": "Merge an adapter, prove it, and write safetensors, GGUF, an Ollama Modelfile.",
    "serve": "Serve a model behind a gateway that verifies and repairs its answers.",
    "mcp": "Offer verified code to coding agents over MCP; set them up for it.",
    "route": "Show which model would answer a request, and how often the rules are right.",
    "costs": "Put measured, listed and estimated dollars beside the plan's budget.",
    "retarget": "Say what another version of an Algorand package would break in data and benchmark.",
    "check": "Judge TypeScript files as the pipeline does.",
    "ledger": "Start an Algorand ledger of your own, for any client.",
    "doctor": "List every tool with its version; say what is missing and how to mend it.",
}
"""Every subcommand with its one line of help, so that ``--help`` imports none of them."""


class LazyGroup(click.Group):
    """Imports ``algorand_coder.cli.<name>`` when a subcommand is called, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"algorand_coder.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UserError(f"unknown command {args[0]!r}{nearest(args[0], COMMANDS)}; see algorand-coder --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    epilog="Example: algorand-coder run --config laptop",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="algorand-coder")
def cli() -> None:
    """Build, measure and serve an Algorand-native code model.

    Nothing counts until the verifier has accepted it: not a training pair, not a score, not an answer.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point: user errors are one line on stderr and exit code 2; a traceback means a bug."""
    sys.exit(_run(argv))


def _run(argv: Sequence[str] | None) -> int:
    try:
        result: Any = cli.main(args=list(argv) if argv is not None else None, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return _complain(error.format_message())
    except UserError as error:
        return _complain(str(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _complain("stopped; finished stages are kept, the same command goes on from there", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            where = f" at {error.filename}" if error.filename else ""
            return _complain(f"the disk is full{where}: free some space and run the same command again")
        raise


def _complain(message: str, code: int = 2) -> int:
    print(f"algorand-coder: {message}", file=sys.stderr)
    return code
