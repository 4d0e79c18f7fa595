"""`make torture`: try the store by force, print one table, write results.json beside this file.

Name bars to try only those, with a count to try them more or less often: `R1=1000 R3`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from torture import bars, report
from torture.tally import Row

RESULTS = Path(__file__).with_name("results.json")


def main(argv: list[str] | None = None) -> int:
    """Try the bars asked for, all of them by default; return 1 when a bar or a control is wrong."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("bars", nargs="*", metavar="bar[=count]", help=", ".join(bars.BARS))
    parser.add_argument(
        "--full", action="store_true", help="as often as the bars ask for; some minutes"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file that is written")
    parser.add_argument("--folder", help="where throw-away stores go: a real disk")
    asked = parser.parse_args(argv)
    counts = _counts(parser, asked.bars, full=asked.full)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="coach-tui-torture-", dir=asked.folder) as folder:
        for name, count in counts.items():
            begin = time.monotonic()
            place = Path(folder) / name
            place.mkdir()
            found = bars.BARS[name].measure(place, count)
            rows += found
            seconds = f"{time.monotonic() - begin:.0f} s"
            print(name, seconds, *(row.verdict for row in found), file=sys.stderr, flush=True)
        print(report.table(rows))
        report.write(rows, asked.results)
    return 0 if all(row.is_good for row in rows) else 1


def _counts(parser: argparse.ArgumentParser, words: list[str], *, full: bool) -> dict[str, int]:
    counts = {}
    for word in words or bars.BARS:
        name, _, number = word.partition("=")
        bar = bars.BARS.get(name.upper())
        if bar is None or (number and not number.isdecimal()):
            parser.error(f"there is no bar {word}: bars are {', '.join(bars.BARS)}")
        counts[name.upper()] = int(number) if number else bar.full if full else bar.usual
    return counts


if __name__ == "__main__":
    sys.exit(main())
