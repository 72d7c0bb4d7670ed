"""Sandboxed programs that wait for another question of their kind."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from algorand_coder.sandbox import Resident

_MOST_WAITING = 4


class Residents:
    """Those that wait, by what they are for; the longest waiting ends when there are too many. Threads may share it."""

    def __init__(self) -> None:
        self.mark = secrets.token_hex(16)
        """Opens each line for the judge. Known to no code under judgement, whose words a check may print."""
        self.cancel = threading.Event()
        """Set when nobody waits for verdicts any more: what still runs is ended."""
        self._waiting: list[tuple[str, Resident]] = []
        self._guard = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._waiting:
            self._waiting.pop()[1].close()

    @contextmanager
    def taken(self, label: str, start: Callable[[], Resident]) -> Iterator[tuple[Resident, bool]]:
        """One for ``label``, and whether it was just started; it waits again afterwards if it still runs."""
        waiting = self._wake(label)
        resident = waiting or start()
        try:
            yield resident, waiting is None
        except BaseException:
            resident.close()
            raise
        if resident.alive:
            self._keep(label, resident)
        else:
            resident.close()

    def _wake(self, label: str) -> Resident | None:
        while True:
            with self._guard:
                place = next((i for i, (known, _) in enumerate(self._waiting) if known == label), None)
                if place is None:
                    return None
                _, resident = self._waiting.pop(place)
            if resident.alive:
                return resident
            resident.close()

    def _keep(self, label: str, resident: Resident) -> None:
        with self._guard:
            self._waiting.append((label, resident))
            surplus = self._waiting.pop(0) if len(self._waiting) > _MOST_WAITING else None
        if surplus:
            surplus[1].close()
