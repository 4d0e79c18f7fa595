"""`coach-tui doctor`: look through the whole store, and put right what was found."""

from __future__ import annotations

from coach_tui.cli.asking import agreed, can_ask
from coach_tui.cli.context import ATTENTION, DONE, USAGE, out, out_json
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.examining import Examining, Finding

FORMAT, VERSION = "coach-tui doctor", 1


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `doctor`."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fix", action="store_true", help="put right what can be")
    how.add_argument("--accept", action="store_true", help="take what was changed by hand as it is")
    parser.add_argument("--yes", action="store_true", help="do not ask; for scripts")
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


def run(arguments: Namespace, context: Context) -> int:
    """Print every finding, the worst first; with 1 when something is damaged or stands open.

    What is put aside by `--fix` is never removed.
    """
    from coach_tui.coaching.examining import Examining
    from coach_tui.store.errors import NoStore

    if not context.has_store() and not context.has_remains():
        raise NoStore(context.directory)
    cipher = context.cipher_of(context.directory) if context.has_store() else None
    examining = Examining(context.directory, context.session(), context.clock, cipher)
    done: list[Finding] = []
    accepted: list[tuple[str, str]] = []
    if arguments.fix or arguments.accept:
        if not _go_ahead(arguments):
            return context.fail("there is nobody to ask: --yes does it without asking", USAGE)
        done, accepted = _put_right(arguments, examining)
    found = examining.look()
    bad = any(one.severity != "note" for one in found)
    if arguments.json:
        out_json(_as_json(found, done, accepted))
    else:
        _as_text(found, done, accepted)
    return ATTENTION if bad else DONE


def _go_ahead(arguments: Namespace) -> bool:
    if arguments.yes:
        return True
    what = "Take what was changed by hand as it is" if arguments.accept else "Put it right"
    return can_ask() and agreed(f"{what}? [y/N] ")


def _put_right(
    arguments: Namespace, examining: Examining
) -> tuple[list[Finding], list[tuple[str, str]]]:
    if arguments.accept:
        return [], examining.accept()
    return examining.fix(), []


def _as_text(found: list[Finding], done: list[Finding], accepted: list[tuple[str, str]]) -> None:
    for one in done:
        out(f"put right  {visible(one.where)}: {visible(one.text)}")
    for table, id in accepted:
        out(f"accepted   {visible(table)}/{visible(id)}")
    for one in found:
        out(f"{one.severity:9}  {visible(one.where)}: {visible(one.text)}")
    if not found:
        out("Everything was looked through: nothing is wrong.")
    else:
        out(plural(len(found), "finding"))


def _as_json(
    found: list[Finding], done: list[Finding], accepted: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return the documented, versioned shape of `doctor --json`."""

    def plain(findings: list[Finding]) -> list[dict[str, str]]:
        return [
            {"severity": str(one.severity), "where": one.where, "text": one.text}
            for one in findings
        ]

    return {
        "format": FORMAT,
        "version": VERSION,
        "findings": plain(found),
        "put_right": plain(done),
        "accepted": [f"{table}/{id}" for table, id in accepted],
    }
