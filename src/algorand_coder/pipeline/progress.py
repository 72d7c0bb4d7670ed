"""Progress of long work: live bars in a terminal, plain lines elsewhere. Everything goes to stderr."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

T = TypeVar("T")

_BESIDE_THE_BAR = 80
"""Characters that a long line needs for all the rest."""


class Bar:
    """One running bar; ``advance`` after each finished item."""

    def __init__(self, rich: RichProgress | None, task: TaskID | None) -> None:
        self._rich, self._task = rich, task

    def advance(self, count: int = 1, note: str = "") -> None:
        """Count ``count`` more items as done; ``note`` replaces the text at the end of the bar."""
        if self._rich is not None and self._task is not None:
            self._rich.update(self._task, advance=count)
            if note:
                self._rich.update(self._task, note=note)


class Progress:
    """Where stages report to a person."""

    def __init__(self, console: Console | None = None, quiet: bool = False) -> None:
        self.console = console or Console(stderr=True)
        self.quiet = quiet

    def note(self, stage: str, message: str) -> None:
        """One line about ``stage``."""
        if not self.quiet:
            self.console.print(f"[bold]{stage:>9}[/]  {message}", highlight=False, soft_wrap=True)

    @contextmanager
    def bar(self, stage: str, what: str, total: int | None) -> Iterator[Bar]:
        """A bar over ``total`` items of ``what`` (unknown length when ``None``)."""
        if self.quiet or not self.console.is_terminal:
            if not self.quiet:
                self.note(stage, f"{what}{f' ({total:,})' if total else ''} …")
            yield Bar(None, None)
            return
        columns = (
            TextColumn("[bold]{task.fields[stage]:>9}[/]  {task.description}"),
            # In a narrow terminal the bar gives way, not the figures.
            BarColumn(bar_width=max(4, min(40, self.console.width - _BESIDE_THE_BAR))),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
        )
        with RichProgress(*columns, console=self.console, transient=True) as rich:
            yield Bar(rich, rich.add_task(what, total=total, stage=stage, note=""))

    def track(self, stage: str, what: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """Iterate ``items`` under a bar."""
        if total is None and isinstance(items, Sized):
            total = len(items)
        with self.bar(stage, what, total) as bar:
            for item in items:
                yield item
                bar.advance()
