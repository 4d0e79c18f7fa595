"""Documents as Markdown, plain text and HTML: what a user wrote is literal in all of them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coach_tui.presentation.documents import Document, Format

DOCUMENT = (
    Document("Follow-up")
    .heading("Precise praise")
    .quote('09:14 T "what do you notice?"')
    .paragraph("You waited [5 s].\nThen you asked *again*.")
    .item("one <b>step</b>")
    .item("1. two & three")
    .paragraph("- not a list")
)


def test_markdown() -> None:
    assert DOCUMENT.written(Format.MARKDOWN) == (
        "# Follow-up\n\n"
        "## Precise praise\n\n"
        '> 09:14 T "what do you notice?"\n\n'
        "You waited [5 s].\\\nThen you asked \\*again\\*.\n\n"
        "- one \\<b>step\\</b>\n"
        "- 1\\. two & three\n\n"
        "\\- not a list\n"
    )


def test_plain_text() -> None:
    assert DOCUMENT.written(Format.TEXT) == (
        "Follow-up\n=========\n\n"
        "PRECISE PRAISE\n\n"
        '    09:14 T "what do you notice?"\n\n'
        "You waited [5 s].\nThen you asked *again*.\n\n"
        "- one <b>step</b>\n"
        "- 1. two & three\n\n"
        "- not a list\n"
    )


def test_html() -> None:
    page = DOCUMENT.written(Format.HTML)
    assert "<title>Follow-up</title>" in page
    assert "<ul>\n<li>one &lt;b&gt;step&lt;/b&gt;</li>\n<li>1. two &amp; three</li>\n</ul>" in page
    assert page.endswith("<p>- not a list</p>\n</html>\n")
    assert Document("x").item("last").written(Format.HTML).endswith("</li>\n</ul>\n</html>\n")


def test_a_change_reaches_every_word() -> None:
    shouted = Document("a").heading("b").quote("c").changed(str.upper)
    assert shouted == Document("A").heading("B").quote("C")


@pytest.mark.parametrize("form", Format)
def test_nothing_that_orders_a_terminal_gets_out(form: Format) -> None:
    written = Document("\x1b[2J").paragraph("a\x1b]0;x\x07b\u202ec\x9bm").written(form)
    assert not set(written) & set("\x1b\x07\u202e\x9b")


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


PRINTABLE = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40
).filter(str.strip)


@given(PRINTABLE)
@example("[a]: b")
@example("![a](b) [a][b] <a@b.c> http://a.b")
@example("&amp; &#35; \\& __a__ ~~b~~ `c` ***")
@example("a\\")
def test_what_was_written_is_read_as_it_was_written(words: str) -> None:
    reader = Words()
    reader.feed(Document("t").paragraph(words).written(Format.HTML))
    assert reader.tags == ["html", "meta", "title", "h1", "p"]
    assert words.rstrip() in "".join(reader.words)
    reader = Words()
    rendered = MarkdownIt("commonmark").render(
        Document("t").paragraph(words).written(Format.MARKDOWN)
    )
    reader.feed(rendered)
    assert reader.tags == ["h1", "p"]
    assert "".join(reader.words).split("\n", 1)[1].strip() == words.strip()
