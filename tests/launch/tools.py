"""Reads rendered files with the platforms' own tools; run by an environment that has them. A JSON line a file."""

import json
import runpy
import sys
from typing import Any

import modal
import nbformat
import sky


def service(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "probe": found.readiness_path,
        "replicas": [found.min_replicas, found.max_replicas],
        "idle_seconds": found.downscale_delay_seconds,
    }


def function(found: Any) -> dict[str, Any]:
    """As Modal's client keeps it: it tells no one what a decorator was given."""
    inner = next(value for name, value in vars(found).items() if name.startswith("_sync_original"))
    info, web = inner._function_info, inner._webhook_config
    return {
        "gpus": info.gpus,
        "volumes": {path: volume.name for path, volume in info.volumes.items()},
        "secrets": info.secrets,
        "seconds": [info.startup_timeout, info.timeout],
        "port": web.web_server_port if web else None,
    }


for path in sys.argv[1:]:
    if path.endswith(".yaml"):
        task = sky.Task.from_yaml(path)
        [asked] = task.resources
        cloud, gpus, stop = str(asked.cloud).lower(), asked.accelerators, asked.autostop_config
        told = {"name": task.name, "cloud": cloud, "accelerators": gpus, "autostop": stop.down if stop else None}
        told |= {"ports": asked.ports, "service": service(task.service), "mounts": task.file_mounts}
        print(json.dumps({**told, "run": task.run}))
    elif path.endswith(".py"):
        found = runpy.run_path(path)
        functions = {name: function(each) for name, each in found.items() if isinstance(each, modal.Function)}
        print(json.dumps({"name": found["app"].name, "functions": functions}))
    else:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        print(json.dumps({"name": notebook.metadata.colab.name}))
