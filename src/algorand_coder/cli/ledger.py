"""``algorand-coder ledger``: the embedded ledger for developers."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click

from algorand_coder.errors import UserError


@click.command(
    epilog="Example: algorand-coder ledger --ephemeral",
    context_settings={"max_content_width": 110},
)
@click.option("--port", default=4001, show_default=True, type=click.IntRange(1, 65535), help="Port of algod.")
@click.option("--kmd-port", default=4002, show_default=True, type=click.IntRange(1, 65535), help="Port of KMD.")
@click.option("--indexer-port", default=8980, show_default=True, type=click.IntRange(1, 65535), help="Port of indexer.")
@click.option("--ephemeral", is_flag=True, help="Any free ports instead, so that it stands beside a running LocalNet.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def command(port: int, kmd_port: int, indexer_port: int, ephemeral: bool, host: str) -> None:
    """Run a private Algorand ledger that any client can use, without Docker.

    Every transaction is evaluated by go-algorand itself; each accepted group makes a block. The usual LocalNet
    addresses, token, wallet and dispenser work. State is gone when it stops.
    """
    from algorand_coder.ledger import EmbeddedLedger, environment

    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    with EmbeddedLedger() as ledger:
        wanted = (0, 0, 0) if ephemeral else (port, kmd_port, indexer_port)
        try:
            ports = ledger.open_ports(*wanted, host=host)
        except OSError as error:
            raise UserError(
                f"cannot listen on ports {', '.join(map(str, wanted))} of {host} ({error.strerror}): "
                "stop what uses them, or run: algorand-coder ledger --ephemeral"
            ) from error
        about = ledger.describe()
        click.echo(f"# {about}")
        for limit in about.limits:
            click.echo(f"# limit: {limit}")
        for name, value in environment(ports, host).items():
            click.echo(f"export {name}={value}")
        click.echo("# ready; Ctrl-C stops it")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        stopped.wait()
        click.echo("# stopped", err=True)
