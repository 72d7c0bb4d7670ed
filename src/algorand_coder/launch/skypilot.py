"""SkyPilot tasks for any cloud it knows: a machine that trains and is stopped, and a service on SkyServe.

https://docs.skypilot.co/en/latest/reference/yaml-spec.html
https://docs.skypilot.co/en/latest/serving/service-yaml-spec.html
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from algorand_coder.errors import UserError
from algorand_coder.launch.deployment import PORT, START_MINUTES, UNUSED_MINUTES, VLLM, Deployment
from algorand_coder.launch.order import Order, Plan

IDLE_MINUTES = 20
"""A machine whose job has ended, however it ended, goes away after this long, even if nobody fetches anything."""
SERVICE_NOTE = (
    "sky serve status shows the address. It is plain HTTP, also from SkyServe to the machine: whoever sits on the way "
    "reads keys and prompts; Modal's is HTTPS. SkyServe's controller is a small machine that costs money, too. "
    "To end the service: sky serve down {name}"
)
_PYTHON = "3.12"
"""Of the gateway and of vLLM."""
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
    return _yaml(task)


def _yaml(task: dict[str, Any]) -> str:
    return yaml.dump(task, Dumper=_Dumper, sort_keys=False, width=120)


def installation(order: Order) -> tuple[str, ...]:
    """The commands that install the checkout on a machine of its own."""
    return *_environment("3.11"), f".venv/bin/pip install -q {order.requirements}"


def _environment(python: str) -> tuple[str, ...]:
    """The commands that make ``.venv``. uv brings the Python: that of a rented machine may be too old."""
    uv = ("python3 -m venv .uv", ".uv/bin/pip install -q uv")
    return *uv, f".uv/bin/uv venv -q --seed --python {python} .venv"


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


def gateway() -> tuple[str, ...]:
    """The commands that install the checkout's gateway into ``.venv``, compilers included: no answer waits for them."""
    return (
        ".venv/bin/pip install -q -c constraints.txt -e '.[serve,ledger]'",
        ".venv/bin/algorand-coder doctor --fix || true",
        "printf 'export const ready = 1\\n' > /tmp/ready.ts",
        ".venv/bin/algorand-coder check --no-cache /tmp/ready.ts",
    )


def render_service(deployment: Deployment, platform: str) -> str:
    """The service as YAML: one machine while there are requests, none without."""
    task: dict[str, Any] = {
        "name": deployment.name,
        "resources": {
            "infra": platform,
            "accelerators": f"{deployment.gpu.name}:1",
            "disk_size": deployment.disk_gb,
            "ports": PORT,
        },
        "service": {
            "readiness_probe": {"path": "/readyz", "initial_delay_seconds": START_MINUTES * 60},
            "replica_policy": {
                "min_replicas": 0,
                "max_replicas": 1,
                "target_qps_per_replica": 1,
                "downscale_delay_seconds": UNUSED_MINUTES * 60,
            },
        },
        # Handed over by `sky serve up --secret NAME`; this file holds no key.
        "secrets": dict.fromkeys(deployment.secrets),
        "workdir": ".",
    }
    if deployment.folder:
        task["file_mounts"] = {"~/model": str(deployment.folder)}
    vllm = (f".uv/bin/uv venv -q --seed --python {_PYTHON} .vllm", f".vllm/bin/pip install -q vllm=={VLLM}")
    task["setup"] = "\n".join(("set -e", *_environment(_PYTHON), *gateway(), *vllm, ""))
    serve = deployment.command("~/model" if deployment.folder else deployment.model)
    task["run"] = f'export PATH="$PATH:$PWD/.vllm/bin"\n{serve}\n'
    return _yaml(task)


def service_plan(deployment: Deployment, file: Path) -> Plan:
    """What brings the service up."""
    handed = tuple(word for name in deployment.secrets for word in ("--secret", name))
    return Plan((("sky", "serve", "up", "-y", "-n", deployment.name, *handed, str(file)),))
