"""The live view of a run in a terminal: a bar, the figures of the last step, and the measurements so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from algorand_coder.pipeline.progress import Progress
from algorand_coder.train.history import HeldOut, Step

CURVE = " ▁▂▃▄▅▆▇█"
STEPS_SHOWN, MEASUREMENTS_SHOWN = 60, 6


class LiveView:
    """What is on the screen; a monitor like the others."""

    def __init__(self, stage: str, total: int) -> None:
        self._bar = RichProgress(
            TextColumn("[bold]{task.fields[stage]:>9}[/]  optimizer steps"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._task = self._bar.add_task("", total=total, stage=stage)
        self._losses: deque[float] = deque(maxlen=STEPS_SHOWN)
        self._last: Step | None = None
        self._points: list[HeldOut] = []

    def step(self, step: Step) -> None:
        """Show ``step`` as the last one."""
        self._last = step
        self._losses.append(step.loss)
        self._bar.update(self._task, completed=step.step)

    def held_out(self, point: HeldOut) -> None:
        """Add a measurement."""
        self._points.append(point)

    def __rich__(self) -> RenderableType:
        parts: list[RenderableType] = [self._bar]
        if self._last is not None:
            parts.append(Text.assemble((f"{'':>11}loss ", "dim"), f"{self._last.loss:.4f} ", curve(self._losses)))
            parts.append(_figures(self._last))
        if self._points:
            parts.append(_measurements(self._points))
        return Group(*parts)


@contextmanager
def live_view(progress: Progress, stage: str, total: int) -> Iterator[LiveView | None]:
    """The view on ``progress``'s terminal; ``None`` where there is none, and a line instead."""
    if progress.quiet or not progress.console.is_terminal:
        progress.note(stage, f"optimizer steps ({total:,}) …")
        yield None
        return
    view = LiveView(stage, total)
    with Live(view, console=progress.console, refresh_per_second=4, transient=True):
        yield view


def curve(values: deque[float]) -> str:
    """``values`` as a line of blocks, the highest full."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(CURVE[1 + round((value - low) / span * (len(CURVE) - 2))] for value in values)


def _figures(step: Step) -> Table:
    figures = {
        "perplexity": f"{step.perplexity:.2f}",
        "lr": f"{step.learning_rate:.2e}",
        "grad norm": f"{step.grad_norm:.3f}",
        "tokens/s": f"{step.tokens_per_second:,.0f}",
        "waiting for rows": f"{step.loader_share:.1%}",
    }
    if step.mfu is not None:
        figures["MFU"] = f"{step.mfu:.1%}"
    if step.device_bytes:
        figures["GPU memory"] = f"{step.device_bytes / 2**30:.1f} GiB"
    table = Table.grid(padding=(0, 2))
    table.add_row("", *(f"[dim]{name}[/] {value}" for name, value in figures.items()))
    return table


def _measurements(points: list[HeldOut]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for name in ("", "step", "validation loss", "perplexity", "type-checks"):
        table.add_column(name, justify="right", style="dim" if not name else "")
    for point in points[-MEASUREMENTS_SHOWN:]:
        compiled = "" if point.compiled is None else f"{point.compiled}/{point.answered}"
        table.add_row("", f"{point.step:,}", f"{point.loss:.4f}", f"{point.perplexity:.2f}", compiled)
    return table
