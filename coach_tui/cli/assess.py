"""`coach-tui assess FILE`: self-assessments from a table, shown first, then saved."""

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

    from coach_tui.cli.context import Context
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import PracticeProfile
    from coach_tui.exchange.assessments import AssessmentPlan


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `assess`."""
    parser.add_argument("file", help="a table (.csv, .tsv, .xlsx), one row a person")
    parser.add_argument(
        "--profile",
        type=readable,
        default="",
        metavar="NAME",
        help="the practice profile, with its version where there are several",
    )
    add_options(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Show what would be taken in and what not; ask when there is somebody to ask.

    Exit code 1 says that a row was left out, 2 that the file or the profile cannot be used.
    """
    from coach_tui.exchange.errors import ExchangeError

    desk = context.desk()
    try:
        profile = _profile(desk, arguments.profile)
        plan = desk.assessing.plan_import(arguments.file, profile)
        _show(desk, plan, profile)
        if go_ahead(arguments, len(plan.rows)):
            saved = desk.assessing.take_in(plan, profile)
            out(f"Imported {plural(saved, 'self-assessment')}.")
    except (ExchangeError, ValueError) as error:
        return context.fail(f"{explain(error).removesuffix('.')}. {NOT_CHANGED}", USAGE)
    finally:
        desk.close()
    return ATTENTION if plan.refused else DONE


def _profile(desk: Desk, named: str) -> PracticeProfile:
    """Return the profile that is meant. Raises `ValueError` for none or more than one."""
    wanted = " ".join(named.casefold().split())
    everything = desk.profiles.all()
    found = [one for one in everything if not wanted or wanted in _names(one)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(f"{one.profile} {one.version} ({one.title})" for one in found or everything)
    what = "more than one practice profile is meant" if found else f"no profile is called {named!r}"
    raise ValueError(f"{what}: say which with --profile: {known}")


def _names(profile: PracticeProfile) -> set[str]:
    names = (profile.profile.casefold(), " ".join(profile.title.casefold().split()))
    version = profile.version.casefold()
    return {*names, *(f"{name} {version}" for name in names)}


def _show(desk: Desk, plan: AssessmentPlan, profile: PracticeProfile) -> None:
    """Print a row a person: how many functions were looked at, never a level (rule R5)."""
    out(f"{visible(profile.title)} {visible(profile.version)}")
    out()
    rows = []
    for row in plan.rows:
        verdict = "replace" if desk.assessing.is_there(row, profile) else "add"
        looked_at = sum(level is not None for level in row.levels.values())
        what = f"{row.window.value}, {row.day}, {plural(looked_at, 'function')}"
        name = desk.coachees.get(row.coachee).name
        rows.append((row.line_number, (f"line {row.line_number}", verdict, name, what)))
    rows += [(line, (f"line {line}", "BAD", "", why)) for line, why in plan.refused]
    for line in aligned([cells for _, cells in sorted(rows)], (12, 8, 30, 0)):
        out(line)
    out()
    out(f"{len(plan.rows)} to take in, {len(plan.refused)} bad")
