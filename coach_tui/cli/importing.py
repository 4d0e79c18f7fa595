"""`coach-tui import FILE`: a roster or an export, shown first, then saved whole or not at all."""

from __future__ import annotations

from coach_tui.cli.context import ATTENTION, DONE, USAGE, out
from coach_tui.cli.taking_in import NOT_CHANGED, add_options, go_ahead
from coach_tui.cli.words import readable
from coach_tui.presentation.errors import explain
from coach_tui.presentation.rows import aligned
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument("file", help="a roster (.csv, .tsv, .xlsx) or an export (.json)")
    add_options(parser)
    parser.add_argument(
        "--column",
        action="append",
        type=readable,
        default=[],
        metavar="FIELD=COLUMN",
        help="where a guess is wrong: --column name='Staff member'",
    )


def run(arguments: Namespace, context: Context) -> int:
    """Show what would be added, changed and skipped; ask when there is somebody to ask.

    Where there is no store yet, none is made before the go-ahead. Exit code 1 says that a row was
    left out because it could not be read.
    """
    from contextlib import ExitStack

    from coach_tui.coaching.desk import empty_desk
    from coach_tui.coaching.moving import ExchangeError

    take_in = _archive if arguments.file.lower().endswith(".json") else _roster
    with ExitStack() as at_the_end:

        def stored() -> Desk:
            opened = context.desk(create=True)
            at_the_end.callback(opened.close)
            return opened

        try:
            if context.has_store():
                desk = stored()
                return take_in(desk, arguments, context, lambda: desk)
            empty = empty_desk(context.clock, context.settings().rules)
            return take_in(empty, arguments, context, stored)
        except ExchangeError as error:
            return context.fail(f"{error} {NOT_CHANGED}", USAGE)


def _roster(desk: Desk, arguments: Namespace, context: Context, stored: Callable[[], Desk]) -> int:
    """Plan over `desk`; after the go-ahead save with the desk that `stored` gives."""
    from coach_tui.coaching.moving import rows_of

    chosen = dict(one.partition("=")[::2] for one in arguments.column)
    plan = desk.moving.plan_roster(arguments.file, chosen)
    for field, column in plan.columns.items():
        out(f"{field:14} from column {visible(column)!r}")
    if plan.ignored_columns:
        out(f"not used: {visible(', '.join(plan.ignored_columns))}")
    for remark in plan.remarks:
        out(visible(remark))
    rows = [(f"line {row.line}", row.verdict, row.name, row.why) for row in rows_of(plan)]
    out()
    for line in aligned(rows, (12, 8, 30, 0)):
        out(line)
    out()
    out(
        f"{len(plan.added)} to add, {len(plan.changed)} to change, "
        f"{len(plan.skipped)} skipped, {len(plan.bad)} bad"
    )
    bad = ATTENTION if plan.bad else DONE
    count = len(plan.records())
    if not go_ahead(arguments, count):
        return bad
    try:
        stored().moving.apply_roster(arguments.file, chosen, plan)
    except ValueError as error:
        return context.fail(f"{explain(error)}. {NOT_CHANGED}", USAGE)
    out(f"Imported {plural(count, 'row')}.")
    return bad


def _archive(desk: Desk, arguments: Namespace, context: Context, stored: Callable[[], Desk]) -> int:
    """Plan over `desk`; after the go-ahead save with the desk that `stored` gives."""
    try:
        with open(arguments.file, "rb") as file:
            content = file.read()
    except OSError as error:
        return context.fail(f"{arguments.file}: {error.strerror}. {NOT_CHANGED}", USAGE)
    plan = desk.moving.plan_archive(content)
    for refused in plan.refused:
        out(f"refused: {visible(str(refused.problem))}")
    out(
        f"{len(plan.added)} to add, {len(plan.changed)} to change, "
        f"{len(plan.skipped)} skipped, {len(plan.refused)} refused"
    )
    refused_any = ATTENTION if plan.refused else DONE
    if not go_ahead(arguments, len(plan.records())):
        return refused_any
    saving = stored()
    if saving is not desk:
        plan = saving.moving.plan_archive(content)
    saving.moving.apply_archive(plan)
    out(f"Imported {plural(len(plan.records()), 'record')}.")
    return refused_any
