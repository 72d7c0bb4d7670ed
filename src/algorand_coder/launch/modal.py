"""Modal apps, paid by the second: one that trains, whose adapter comes back through a volume, and one that serves.

https://modal.com/docs/reference
"""

from __future__ import annotations

from pathlib import Path

from algorand_coder.launch.deployment import PORT, START_MINUTES, UNUSED_MINUTES, VLLM, Deployment
from algorand_coder.launch.order import Order, Plan
from algorand_coder.launch.skypilot import gateway, installation, sent
from algorand_coder.launch.templates import template
from algorand_coder.serve.settings import ServeSettings

HOURS = 24
"""The longest that Modal lets one call run."""
SERVICE_NOTE = (
    "Modal prints the address, which is HTTPS and public; the keys guard it. To end the service: modal app stop {name}"
)
_WEIGHTS = "algorand-coder-weights"


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


def render_service(deployment: Deployment, platform: str) -> str:
    """The app as a Python file: ``modal deploy FILE`` gives the service an address."""
    allowed = ServeSettings()
    return template("modal_service.py.j2").render(
        model=deployment.model,
        name=deployment.name,
        gpu=deployment.gpu.name,
        vllm=VLLM,
        secrets=list(deployment.secrets),
        setup=["python -m venv .venv", *gateway()],
        command=deployment.command(f"/weights/{deployment.name}" if deployment.folder else deployment.model),
        port=PORT,
        concurrent=allowed.max_concurrent + allowed.max_waiting,
        request_seconds=int(allowed.request_seconds) + 60,
        start_seconds=START_MINUTES * 60,
        idle_seconds=UNUSED_MINUTES * 60,
    )


def service_plan(deployment: Deployment, file: Path) -> Plan:
    """What deploys the app and puts a folder of weights on its volume."""
    deploy = ("modal", "deploy", str(file))
    if not deployment.folder:
        return Plan((deploy,))
    # The deployment makes the volume; no machine starts before the first request.
    put = ("modal", "volume", "put", "--force", _WEIGHTS, str(deployment.folder), f"/{deployment.name}")
    return Plan((deploy, put))
