"""A text that may leave: built of a few kinds of blocks, written as Markdown, plain text or HTML.

What a user wrote is literal in all three: a bracket, a star or a tag is shown as it was typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class Format(StrEnum):
    """How a document is written; the values are what files end with."""

    MARKDOWN = "md"
    TEXT = "txt"
    HTML = "html"


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or quotation; its literal `text` may have line breaks."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A title and its blocks, in their order."""

    title: str
    blocks: tuple[Block, ...] = ()

    def heading(self, text: str) -> Document:
        """Return the document with a heading added."""
        return self._with(BlockKind.HEADING, text)

    def paragraph(self, text: str) -> Document:
        """Return the document with a paragraph added."""
        return self._with(BlockKind.PARAGRAPH, text)

    def item(self, text: str) -> Document:
        """Return the document with an item of a list added."""
        return self._with(BlockKind.ITEM, text)

    def quote(self, text: str) -> Document:
        """Return the document with a quotation added."""
        return self._with(BlockKind.QUOTE, text)

    def _with(self, kind: BlockKind, text: str) -> Document:
        return replace(self, blocks=(*self.blocks, Block(kind, text)))

    def changed(self, change: Callable[[str], str]) -> Document:
        """Return the document with `change` made to its title and the text of each block."""
        blocks = tuple(Block(block.kind, change(block.text)) for block in self.blocks)
        return Document(change(self.title), blocks)

    def written(self, form: Format) -> str:
        """Return the document as text in this format, ending with one line break."""
        return _WRITERS[form](self)


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_<]|\](?=[(\[:])|~(?=~)|&(?=[#\w]+;))")
"""What Markdown would read as more than itself, wherever it stands in a line."""
_STARTS_A_BLOCK = re.compile(r"^(\s*)([-+=>#~|])|^(\s*\d+)([.)])")


def _lines(text: str) -> list[str]:
    """Return the lines of a text without what could order a terminal or turn the direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return [_CONTROL.sub(" ", line).rstrip() for line in text.split("\n")]


def _escaped(line: str) -> str:
    line = _MARKDOWN.sub(r"\\\1", line)
    return _STARTS_A_BLOCK.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", line)


def _markdown(document: Document) -> str:
    def block(one: Block) -> str:
        lines = [_escaped(line.strip()) for line in _lines(one.text)]
        if one.kind is BlockKind.HEADING:
            return f"## {' '.join(lines)}"
        if one.kind is BlockKind.ITEM:
            return "- " + "\\\n  ".join(line for line in lines if line)
        if one.kind is BlockKind.QUOTE:
            return "> " + "\\\n> ".join(line for line in lines if line)
        return "\\\n".join(line for line in lines if line)

    return _joined(
        f"# {' '.join(_escaped(line) for line in _lines(document.title))}", document, block
    )


def _text(document: Document) -> str:
    def block(one: Block) -> str:
        lines = _lines(one.text)
        if one.kind is BlockKind.HEADING:
            return " ".join(lines).upper()
        if one.kind is BlockKind.ITEM:
            return "- " + "\n  ".join(lines)
        if one.kind is BlockKind.QUOTE:
            return "    " + "\n    ".join(lines)
        return "\n".join(lines)

    title = " ".join(_lines(document.title))
    return _joined(f"{title}\n{'=' * min(len(title), 78)}", document, block)


def _joined(title: str, document: Document, write: Callable[[Block], str]) -> str:
    """Put an empty line between blocks, but not between the items of one list."""
    pieces, before = [title], None
    for block in document.blocks:
        in_list = block.kind is BlockKind.ITEM and before is BlockKind.ITEM
        pieces.append("\n" if in_list else "\n\n")
        pieces.append(write(block))
        before = block.kind
    return "".join(pieces) + "\n"


_TAGS = {BlockKind.HEADING: "h2", BlockKind.PARAGRAPH: "p", BlockKind.QUOTE: "blockquote"}


def _html(document: Document) -> str:
    def literal(text: str) -> str:
        return "<br>\n".join(html.escape(line) for line in _lines(text))

    title = literal(document.title)
    head = f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>'
    pieces, in_list = [head, f"<h1>{title}</h1>"], False
    for block in document.blocks:
        is_item = block.kind is BlockKind.ITEM
        if is_item != in_list:
            pieces.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        tag = "li" if is_item else _TAGS[block.kind]
        pieces.append(f"<{tag}>{literal(block.text)}</{tag}>")
    if in_list:
        pieces.append("</ul>")
    return "\n".join([*pieces, "</html>"]) + "\n"


_WRITERS: dict[Format, Callable[[Document], str]] = {
    Format.MARKDOWN: _markdown,
    Format.TEXT: _text,
    Format.HTML: _html,
}
