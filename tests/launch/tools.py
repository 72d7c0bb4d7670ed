"""Reads rendered files with the platforms' own tools; run by an environment that has them. A JSON line a file."""

import json
import runpy
import sys

import modal
import nbformat
import sky

for path in sys.argv[1:]:
    if path.endswith(".yaml"):
        task = sky.Task.from_yaml(path)
        [asked] = task.resources
        cloud, gpus, down = str(asked.cloud).lower(), asked.accelerators, asked.autostop_config.down
        print(json.dumps({"name": task.name, "cloud": cloud, "accelerators": gpus, "autostop": down, "run": task.run}))
    elif path.endswith(".py"):
        found = runpy.run_path(path)
        functions = sorted(name for name, each in found.items() if isinstance(each, modal.Function))
        print(json.dumps({"name": found["app"].name, "functions": functions}))
    else:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        print(json.dumps({"name": notebook.metadata.colab.name}))
