"""R11: whatever is broken in a file, the program says so by its own errors, within bounds."""

from __future__ import annotations

import io
import json
import random
import shutil
import signal
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

from coach_tui.domain.records import Coachee
from coach_tui.exchange.archive import read_archive, to_archive
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.roster import roster_from_bytes
from coach_tui.store import snapshot, summary
from coach_tui.store.errors import StoreError
from torture.apart import apart
from torture.interrupted import memory_folder
from torture.planting import in_place_of
from torture.recording import Disk
from torture.subject import open_store, opened
from torture.tally import Row, Tally
from torture.work import BEGIN, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SEED = 111
LONGEST_SECONDS = 20
"""What nothing may take: a bound against never ending, not a measure."""

CONTROLS = 100

_PIECES = (
    b"null",
    b"[" * 5000,
    b'{"a":' * 2000,
    b"NaN",
    b"1e999",
    b"9" * 400,
    b'"',
    b"\\ud800",
    b"\x00",
    b"\xff\xfe",
    b"\n",
    b"{}",
    b"-1",
    b'"document":7',
)
"""What is put into a file, somewhere."""


class TooLong(Exception):
    """It took longer than anything may take."""


def measure(place: Path, count: int) -> list[Row]:
    """Break each file of a store, and each kind of file that can be taken in, `count` times."""
    del place
    return [
        Row(
            "R11",
            "broken files of a store, opened",
            apart(stores_broken, count),
            "reads a snapshot with bare json.loads",
            apart(stores_broken, CONTROLS, True),
        ),
        Row(
            "R11",
            f"broken files, taken in: {', '.join(IMPORTS)}",
            apart(imports_broken, count),
            "takes in with bare json.loads",
            apart(imports_broken, CONTROLS, True),
        ),
    ]


def broken(content: bytes, chance: random.Random) -> bytes:
    """Return the content, broken in some way."""
    if not content:
        return chance.randbytes(20)
    at = chance.randrange(len(content))
    to = min(len(content), at + chance.randrange(1, 60))
    match chance.randrange(8):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[to:]
        case 2:
            return content[:to] + content[at:]
        case 3:
            return content[:at] + chance.randbytes(to - at) + content[to:]
        case 4:
            return (
                content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
            )
        case 5:
            return chance.randbytes(chance.randrange(200))
        case 6:
            lines = content.split(b"\n")
            chance.shuffle(lines)
            return b"\n".join(lines)
        case _:
            return content[:at] + chance.choice(_PIECES) + content[at:]


@contextmanager
def _bounded() -> Iterator[None]:
    def overran(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, overran)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _fault(does: Callable[[], object], named: type[Exception]) -> str:
    """Do it; return what came that was no error by name."""
    try:
        with _bounded():
            does()
    except named:
        return ""
    except Exception as error:  # noqa: BLE001 - whatever escapes is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} escaped from {Path(last.filename).name}:{last.lineno}"
    return ""


# ------------------------------------------------------------------------------------------ stores


def stores_broken(count: int, bare: bool = False) -> Tally:
    """Break one file of a store at a time and open it, `count` times for each file."""
    tally, chance = Tally(), random.Random(SEED)
    disk = _a_store()
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        for name, content in disk.files().items():
            for _ in range(count):
                broken_disk = disk.copy()
                broken_disk.content[disk.names[name]] = broken(content, chance)
                broken_disk.write_to(folder)
                tally.count(_fault_in_store(folder, name, bare=bare))
                shutil.rmtree(folder)
    return tally


def _a_store() -> Disk:
    work = Work(SEED, longest_text=80)
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        for _ in range(2):
            with open_store(folder) as engine:
                for _ in range(3):
                    work.do(engine)
                engine.compact()
        engine = opened(folder)
        work.do(engine)
        disk = Disk.of(folder)
        engine.close()
    return disk


def _fault_in_store(folder: Path, name: str, *, bare: bool) -> str:
    def opens() -> None:
        with open_store(folder) as engine:
            engine.check()
            engine.changes(0)

    if bare:
        with in_place_of(snapshot, "parse", lambda data, _: json.loads(data)):
            fault = _fault(opens, StoreError)
    else:
        fault = _fault(lambda: summary.read(str(folder)), StoreError) or _fault(opens, StoreError)
    return fault and f"{name}: {fault}"


# ---------------------------------------------------------------------------------- files taken in


def _archive() -> bytes:
    someone = Coachee(id="ana", created_at=BEGIN, updated_at=BEGIN, name="Ana Ruiz")
    return to_archive([someone], exported_at=BEGIN)


def _roster() -> bytes:
    return (
        'Name;Building;Grade\r\nRuiz, Ana;Hill;3\r\n\u00d6zil, Bea;"Mill; north";K-2\r\n'.encode()
    )


def _workbook() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Name", "Building"])
    sheet.append(["Ana Ruiz", "Hill"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


IMPORTS: dict[str, tuple[Callable[[], bytes], Callable[[bytes], object]]] = {
    "an export": (_archive, read_archive),
    "a roster": (_roster, lambda content: roster_from_bytes(content, name="r", extension=".csv")),
    "a workbook": (
        _workbook,
        lambda content: roster_from_bytes(content, name="r", extension=".xlsx"),
    ),
}
"""Each kind of file that can be taken in: a right one, and what reads it."""


def imports_broken(count: int, bare: bool = False) -> Tally:
    """Break a right file and take it in, `count` times for each kind."""
    tally, chance = Tally(), random.Random(SEED)
    for name, (right, read) in IMPORTS.items():
        content = right()
        reader: Callable[[bytes], object] = json.loads if bare else read
        for _ in range(count):
            changed = broken(content, chance)
            fault = _fault(lambda changed=changed, reader=reader: reader(changed), ExchangeError)  # type: ignore[misc]
            tally.count(fault and f"{name}: {fault}")
    return tally
