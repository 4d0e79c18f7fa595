"""A line as it was understood. Plain."""

from __future__ import annotations

from typing import NamedTuple


class Typed(NamedTuple):
    """Words of a line with who spoke and what kind it is, in the words of the records.

    `speaker` is `T`, `C`, `S`, `S3`, `G2` or empty; `kind` a word of `LineKind`; `tags` words of
    `LineTag`, each once, in the order of that list; `labels` the look-fors and priority groups
    that tags of these two kinds mean.
    """

    text: str
    speaker: str = ""
    kind: str = "action"
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
