"""``make bench``: every speed beside its raw counterpart, measured in one run on one machine."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent))

NAMES = ("verify", "ledger", "scoring", "serve", "extract", "duplicates")


def main() -> None:
    chosen = sys.argv[1:] or NAMES
    console = Console()
    for name in chosen:
        table = Table(title=name, title_justify="left")
        for column in ("what", "measured", "beside", "ratio", "aim"):
            table.add_column(column)
        for row in importlib.import_module(f"bench_{name}").run():
            table.add_row(*row)
        console.print(table)


if __name__ == "__main__":
    main()
