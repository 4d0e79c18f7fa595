"""`coach-tui sample`: a made-up caseload in an empty store."""

from __future__ import annotations

from coach_tui.cli.context import DONE, USAGE, out
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk

MOST_COACHEE_YEARS = 4_500
"""Coachees times years: some 60 000 observations, held in memory while they are made."""


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `sample`."""
    parser.add_argument("--coachees", type=int, default=16, metavar="N", help="how many (16)")
    parser.add_argument("--years", type=int, default=1, metavar="N", help="years of history (1)")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="another N, other people")


def run(arguments: Namespace, context: Context) -> int:
    """Fill the store; refuses one that holds anybody."""
    coachees, years = arguments.coachees, arguments.years
    if min(coachees, years) < 1 or coachees * years > MOST_COACHEE_YEARS:
        return context.fail(
            f"a sample has at least one of each, and coachees times years is at most "
            f"{MOST_COACHEE_YEARS}",
            USAGE,
        )
    desk = context.desk(create=True)
    try:
        if desk.is_set_up or desk.coachees.all():
            return context.fail(
                f"{context.directory} holds a caseload already; nothing was changed", USAGE
            )
        count = fill(desk, coachees, years, arguments.seed)
    finally:
        desk.close()
    out(f"Filled {visible(context.directory)} with {plural(count, 'made-up record')}.")
    return DONE


def fill(desk: Desk, coachees: int, years: int, seed: int) -> int:
    """Save a generated caseload in one transaction; returns how many records it has."""
    from coach_tui.coaching.sample.generator import generate

    now = desk.clock.now()
    zone = desk.clock.local(now).tzinfo
    assert zone is not None
    records = generate(
        desk.ledger.today(), seed=seed, coachees=coachees, years=years, timezone=zone
    )
    desk.ledger.save("Sample caseload", *records)
    return len(records)
