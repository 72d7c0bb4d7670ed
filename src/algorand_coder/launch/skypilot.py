"""A SkyPilot task: one machine on any cloud it knows, stopped when training ends or stalls.

https://docs.skypilot.co/en/latest/reference/yaml-spec.html
"""

from __future__ import annotations

from pathlib import Path

import yaml

from algorand_coder.errors import UserError
from algorand_coder.launch.order import Order, Plan

IDLE_MINUTES = 20
"""A machine whose job has ended, however it ended, goes away after this long, even if nobody fetches anything."""
_SEES_GPU = ".venv/bin/python -c \"import torch; assert torch.cuda.is_available(), 'torch sees no GPU'\""


class _Dumper(yaml.SafeDumper):
    """Scripts are written as blocks that a person can read."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def render(order: Order, platform: str) -> str:
    """The task as YAML. The checkout is sent without what Git ignores; the run's data is sent beside it."""
    run = order.run_folder.as_posix()
    mounts = {f"~/sky_workdir/{run}/{stage}": f"{run}/{stage}" for stage in sent(order)}
    task = {
        "name": order.name,
        "resources": {
            "infra": platform,
            "accelerators": f"{order.gpu.name}:1",
            "disk_size": order.disk_gb,
            "autostop": {"idle_minutes": IDLE_MINUTES, "down": True},
        },
        "workdir": ".",
        "file_mounts": mounts,
        "setup": "\n".join(("set -e", *installation(order), _SEES_GPU, "")),
        "run": f"{order.train_command}\n",
    }
    return yaml.dump(task, Dumper=_Dumper, sort_keys=False, width=120)


def installation(order: Order) -> tuple[str, str]:
    """The commands that install the checkout on a machine of its own."""
    return "python3 -m venv .venv", f".venv/bin/pip install -q {order.requirements}"


def sent(order: Order) -> list[str]:
    """The finished stages of the run that training needs, as they are: their manifests say that nothing has changed.

    Raises ``UserError`` when there is no data set yet.
    """
    stages = ("collect", "extract", "refine", "instruct", "dataset")
    found = [stage for stage in stages if (order.run_folder / stage / "manifest.json").is_file()]
    if "dataset" not in found:
        raise UserError(
            f"{order.run_folder}: no finished data set to send: "
            f"algorand-coder run --config {order.config} --until dataset"
        )
    return found


def plan(order: Order, task: Path) -> Plan:
    """What carries out ``task``: train, bring the adapter back, stop the machine."""
    run = order.run_folder.as_posix()
    launch = ("sky", "launch", "-y", "-c", order.name, str(task))
    fetch = ("rsync", "-az", f"{order.name}:~/sky_workdir/{run}/train/", f"{run}/train/")
    return Plan((launch, fetch), ("sky", "down", "-y", order.name))
