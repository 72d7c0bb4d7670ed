"""A Modal app for the same run: paid by the second, the adapter comes back through a volume.

https://modal.com/docs/reference
"""

from __future__ import annotations

from pathlib import Path

from algorand_coder.launch.order import Order, Plan
from algorand_coder.launch.skypilot import installation, sent
from algorand_coder.launch.templates import template

HOURS = 24
"""The longest that Modal lets one call run."""


def render(order: Order, platform: str) -> str:
    """The app as a Python file: ``modal run FILE`` trains and writes the adapter into the run folder."""
    return template("modal_app.py.j2").render(
        name=order.name,
        gpu=order.gpu.name,
        run=order.run_folder.as_posix(),
        stages=sent(order),
        setup=installation(order),
        command=order.train_command,
        seconds=HOURS * 3600,
    )


def plan(order: Order, task: Path) -> Plan:
    """What carries the app out; Modal ends the machine by itself."""
    return Plan((("modal", "run", str(task)),))
