"""`make bench`: measure every budget, print a table, write results.json beside this file."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import parts, report
from benchmarks.workplace import Workplace

RESULTS = Path(__file__).with_name("results.json")


def main(argv: list[str] | None = None) -> int:
    """Measure the parts asked for, all of them by default; return 0, over a budget or not."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(parts.PARTS)}")
    parser.add_argument("--rounds", type=int, default=15, help="how often each thing is done")
    parser.add_argument(
        "--folder", help="where throw-away stores go: a real disk, not a memory one"
    )
    asked = parser.parse_args(argv)
    if unknown := set(asked.parts) - set(parts.PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    lines: list[report.Line] = []
    with tempfile.TemporaryDirectory(prefix="coach-tui-bench-", dir=asked.folder) as folder:
        workplace = Workplace(Path(folder))
        for name, measure in parts.PARTS.items():
            if asked.parts and name not in asked.parts:
                continue
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            lines += measure(workplace, asked.rounds)
    print(report.table(lines))
    report.write(lines, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
