"""Doing something in a process of its own, with a bound on its memory."""

from __future__ import annotations

import multiprocessing
import resource
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

MEMORY = 2 << 30
"""Bytes that the process may have mapped."""


def apart(function: Callable[..., Result], *given: object) -> Result:
    """Return what `function` returns, a module's own, called in another process.

    Raises RuntimeError when the process ends without an answer.
    """
    context = multiprocessing.get_context("forkserver")
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(writing, function, given), daemon=True)
    process.start()
    writing.close()
    try:
        result: Result = reading.recv()
    except EOFError:
        raise RuntimeError(f"{function.__name__} ended without an answer") from None
    finally:
        process.join()
        reading.close()
    return result


def _answer(
    writing: Connection, function: Callable[..., object], given: tuple[object, ...]
) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    writing.send(function(*given))
    writing.close()
