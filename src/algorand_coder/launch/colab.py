"""A Colab notebook for the same run, for whoever has a browser and an account: train there, download the adapter."""

from __future__ import annotations

import json
from typing import Any

from algorand_coder.launch.order import Order
from algorand_coder.launch.templates import template


def render(order: Order, platform: str) -> str:
    """The notebook (nbformat 4.5) as JSON. The data set is uploaded by hand: a notebook cannot reach this machine."""
    text = template("colab.md.j2").render(
        run=order.run_folder.as_posix(),
        command=order.train_command.replace(".venv/bin/", ""),
        gpu=order.gpu.name,
        requirements=order.requirements,
    )
    notebook: dict[str, Any] = {
        "cells": [_cell(number, part) for number, part in enumerate(text.strip().split("\n---\n"))],
        "metadata": {
            "accelerator": "GPU",
            "colab": {"gpuType": order.gpu.name, "name": order.name},
            "kernelspec": {"display_name": "Python 3", "name": "python3"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1) + "\n"


def _cell(number: int, part: str) -> dict[str, Any]:
    code = part.strip().startswith("#!code")
    source = part.strip().removeprefix("#!code").strip()
    cell: dict[str, Any] = {
        "cell_type": "code" if code else "markdown",
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return {**cell, "execution_count": None, "outputs": []} if code else cell
