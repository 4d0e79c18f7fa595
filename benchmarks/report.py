"""The table that is printed and the file that is written: ratios beside their budgets."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measured thing: what it is, the figure, its unit and the most it may be."""

    what: str
    figure: float
    unit: str
    budget: float | None = None
    digits: int = 2

    @property
    def verdict(self) -> str:
        """Return `within`, `OVER`, or nothing where there is no budget."""
        if self.budget is None:
            return ""
        return "within" if round(self.figure, self.digits) <= self.budget else "OVER"


def machine() -> dict[str, str]:
    """Return what the figures depend on: the machine's name, processor, system and Python."""
    return {
        "machine": platform.node(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def table(lines: list[Line]) -> str:
    """Return the lines as aligned text, under a header that names the machine."""
    rows = [("what", "measured", "at most", "")]
    for line in lines:
        budget = "" if line.budget is None else f"{line.budget:g}"
        rows.append((line.what, f"{line.figure:.{line.digits}f} {line.unit}", budget, line.verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    shown = [
        f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {budget:>{widths[2]}}  {verdict}".rstrip()
        for what, figure, budget, verdict in rows
    ]
    header = [f"{name}: {value}" for name, value in machine().items()]
    return "\n".join([*header, "", *shown])


def write(lines: list[Line], file: Path) -> None:
    """Write the same as JSON to `file`."""
    results = [
        {
            "what": line.what,
            "figure": round(line.figure, 4),
            "unit": line.unit,
            "at_most": line.budget,
            "within": None if line.budget is None else line.verdict == "within",
        }
        for line in lines
    ]
    content = {"format": 1, "machine": machine(), "results": results}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
