"""Opening a store that something happened to, and saying what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.store.engine import Severity
from coach_tui.store.errors import StoreError
from torture.subject import open_store
from torture.work import difference, fault_in, number_of, state_of

if TYPE_CHECKING:
    from pathlib import Path

    from torture.subject import Store
    from torture.work import Work


def fault_after(folder: Path, acknowledged: Work, *, goes_on: bool = True, ahead: int = 1) -> str:
    """Return what is wrong with the store in `folder`; nothing when it holds what it must.

    That is all that was acknowledged, or that and the commits in flight, `ahead` of them at most.
    It must open without damage, be writable, and, with `goes_on`, take the next commit and hold
    that when opened again.
    """
    try:
        with open_store(folder) as engine:
            found = state_of(engine)
            fault = fault_in(found, acknowledged, ahead) or _unusable(engine)
            if fault or not goes_on:
                return fault
            work = acknowledged.copy()
            work.at(number_of(found))
            work.do(engine)
        with open_store(folder) as engine:
            return difference(state_of(engine), work.state)
    except StoreError as error:
        return f"refused: {error}"


def number_in(folder: Path) -> int:
    """Return the commit that the store in `folder` has come to."""
    with open_store(folder) as engine:
        return number_of(state_of(engine))


def _unusable(engine: Store) -> str:
    if engine.read_only:
        return f"opened for reading only: {engine.read_only}"
    damage = [notice for notice in engine.notices if notice.severity is Severity.DAMAGE]
    return f"said to be damaged: {damage[0].text}" if damage else ""
