"""An error in words for the person at the keyboard: what happened, never a note's text. Plain."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def explain(error: BaseException) -> str:
    """Return what went wrong in one sentence.

    The problems of a record that breaks a rule are listed by field; pydantic is recognised by
    its shape, so that nothing here has to import it.
    """
    problems: Callable[..., list[dict[str, Any]]] | None = getattr(error, "errors", None)
    if problems is None or not callable(problems):
        return str(error) or type(error).__name__
    found = problems(include_url=False, include_input=False, include_context=False)
    said = []
    for problem in found[:3]:
        place = ".".join(str(part) for part in problem["loc"])
        words = str(problem["msg"]).removeprefix("Value error, ")
        said.append(f"{place.replace('_', ' ')}: {words}" if place else words)
    return "; ".join(said)


def unexpected(error: BaseException) -> str:
    """Name an error nobody expected by its kind and place: its words may hold note text."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = ""
    if last is not None:
        where = f" at {last.tb_frame.f_globals.get('__name__', '?')}:{last.tb_lineno}"
    kind = type(error).__name__
    return f"Something went wrong that should not ({kind}{where}). What was saved is safe."
