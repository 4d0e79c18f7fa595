"""`coach-tui`: finds the command, runs it, turns errors into one line and an exit code. Plain."""

from __future__ import annotations

import gc
import os
import sys

from coach_tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any, Protocol

    from coach_tui.cli.context import Context
    from coach_tui.coaching.clock import Clock

    class CommandModule(Protocol):
        """What each command's module holds."""

        def arguments(self, parser: ArgumentParser) -> None:
            """Add the command's arguments."""
            ...

        def run(self, arguments: Namespace, context: Context) -> int:
            """Do what the command says; returns the exit code."""
            ...


COMMANDS = {
    "status": ("status", "who is due, overdue or owed something, in plain text"),
    "today": ("today", "what is owed and due now, each with why"),
    "agenda": ("agenda", "what is owed, and what is planned or due on which day"),
    "show": ("show", "one teacher: how things stand, and what happened"),
    "note": ("note", "add lines to a teacher's observation notes"),
    "import": ("importing", "take in a roster (.csv, .xlsx) or an export (.json)"),
    "assess": ("assess", "take in self-assessments from a table (.csv, .xlsx)"),
    "district": ("district", "take in days off from the district's calendar (.ics)"),
    "export": ("exporting", "write everything as JSON"),
    "ics": ("ics", "your appointments as a file for other calendars"),
    "backup": ("backup", "write the whole store to one new file"),
    "restore": ("restore", "go back to a backup"),
    "doctor": ("doctor", "look through the whole store, and put right what is wrong"),
    "forget": ("forget", "take everything about somebody out of the store, for good"),
    "lock": ("lock", "encrypt the caseload with a passphrase, or change what opens it"),
    "unlock": ("unlock", "take the encryption off again"),
    "lint": ("lint", "what the low-inference check asks about notes taken elsewhere"),
    "paths": ("paths", "where the store and the settings are"),
    "keys": ("keys", "every key of the app"),
    "sample": ("sample", "fill an empty store with a made-up caseload"),
}
"""Each command with the module that holds it and what it is for."""

QUICK = ("status", "today", "agenda")
"""Commands whose usual words are read without argparse: each module has `plain_arguments`."""


def _command_of(argv: list[str]) -> str | None:
    """Return the command that `argv` names: its first word that is no option nor its value."""
    value_follows = False
    for word in argv:
        if value_follows or word.startswith("-"):
            value_follows = word == "--store"
            continue
        return word if word in COMMANDS else None
    return None


def _module(name: str) -> CommandModule:
    __import__(f"coach_tui.cli.{name}")
    module: CommandModule = sys.modules[f"coach_tui.cli.{name}"]
    return module


def main(argv: list[str] | None = None, clock: Clock | None = None) -> int:
    """Run `coach-tui` with `argv`; returns the exit code, as docs/manual.md has them."""
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        print(f"coach-tui {__version__}")
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    # What is no text goes to argparse, whose arguments say what they take.
    if words[:1] and words[0] in QUICK and "".join(words).isprintable():
        quick = _module(words[0])
        plain = quick.plain_arguments(words[1:])  # type: ignore[attr-defined]  # those of QUICK have it
        if plain is not None:
            return _run(quick, plain, clock)
    from coach_tui.cli.parser import parser_for

    named = _command_of(words)
    module = _module(COMMANDS[named][0]) if named else None
    try:
        parser = parser_for(COMMANDS, named, module)
        arguments = parser.parse_args(words)
        if arguments.demo and named:
            parser.error("--demo opens the app and takes no command")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    if arguments.version:
        print(f"coach-tui {__version__}")
        return 0
    if arguments.no_color:
        os.environ["NO_COLOR"] = "1"
    return _run(module or _module("opening"), arguments, clock)


def script() -> int:
    """Run `coach-tui` as a process of its own, which ends with it; returns the exit code.

    A quick command is over before there is anything for the garbage collector, and what the app
    loads until its first screen stays: there it turns the collector on.
    """
    if _command_of(sys.argv[1:]) in (None, *QUICK):
        gc.disable()
    code = main()
    gc.freeze()  # or all that was loaded would be looked through once more at the very end
    return code


def _run(module: CommandModule, arguments: Any, clock: Clock | None) -> int:
    from coach_tui.cli.context import DONE, STORE_UNUSABLE, USAGE, Context
    from coach_tui.coaching.clock import SystemClock
    from coach_tui.coaching.settings import SettingsError
    from coach_tui.store.errors import StoreError

    context = Context(arguments.store, clock or SystemClock())
    try:
        code = module.run(arguments, context)
        sys.stdout.flush()
        return code
    except StoreError as error:
        return context.fail(str(error), STORE_UNUSABLE)
    except SettingsError as error:
        return context.fail(str(error), USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return context.fail("stopped", USAGE)
    except Exception as error:  # noqa: BLE001 - whatever it is, no traceback may show note text
        return context.fail(_unexpected(error), STORE_UNUSABLE)


def _unexpected(error: Exception) -> str:
    """Name an error nobody expected, without its words; with COACH_TUI_DEBUG, raise it."""
    if os.environ.get("COACH_TUI_DEBUG"):
        raise error
    from coach_tui.presentation.errors import unexpected

    return f"{unexpected(error)} COACH_TUI_DEBUG=1 shows more."
