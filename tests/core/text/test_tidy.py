"""Tidy markup read without a parser: whatever it takes on, the parser would have read the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.text import plain
from bot.core.text.spaces import fold_lines
from bot.core.text.tidy import BLOCKS, INLINE, VOID, tidy_text

NAMES = sorted(BLOCKS | INLINE | {*VOID, "table", "td", "script", "pre", "dl", "title", "button"})
ATTRIBUTES = ("", "", " class=x", ' href="a" title="q r"', " hidden", " a='b'", " href=http://x/", ' x:y="1"', "/")
WORDS = (
    *("word", " lead", "trail ", "\n", "a\n\nb", "\x85", "x > y", '"q"', "é", "日本", "&amp;", "&nbsp;", "&#8217;"),
    *("&#10;", "&#x1;", "&notit;", "&lt;b&gt;", "&#128;", "&#13;", "&NewLine;", "&zwj;", "&nosuch;", "& ", "<", "<3"),
)


@st.composite
def markup(draw: st.DrawFn, depth: int = 0) -> str:
    """Elements, words, references and now and then a tag without its other half."""
    pieces = []
    for _ in range(draw(st.integers(0, 3))):
        name, attributes = draw(st.sampled_from(NAMES)), draw(st.sampled_from(ATTRIBUTES))
        kind = draw(st.integers(0, 9))
        if kind < 4:
            pieces.append(draw(st.sampled_from(WORDS)))
        elif name in VOID or kind == 4:
            pieces.append(f"<{name}{attributes}>" if name in VOID or draw(st.booleans()) else f"</{name}>")
        elif depth < 4:
            pieces.append(f"<{name}{attributes}>{draw(markup(depth + 1))}</{name}>")
    return "".join(pieces)


@given(markup())
@example("<h2>a<h1>b</h1>c</h2>d")
@example("<ul><li>a<li>b</li></ul>c")
@example("<p>\x85&zwj;日本</p>")
def test_tidy_markup_reads_as_by_the_parser(source: str) -> None:
    """For any markup: what is read without a parser is, once folded, what the parser gives."""
    source = plain.strip_hidden(source)
    quick = tidy_text(source)
    root = plain.LexborHTMLParser(plain._close(source)).root
    if quick is not None and root is not None and plain._has_tag(source):
        slow = "".join(plain._pieces(root))
        assert fold_lines(plain.strip_hidden(slow)) == fold_lines(plain.strip_hidden(quick))


@pytest.mark.parametrize(
    "source",
    [
        "<p>a<b>c</p></b>",
        "<p>a",
        "a</p>",
        "<script>x</script>",
        "<p>a < b</p>",
        "<p>a & b</p>",
        "<li>a</li>",
        "<p>&#10;</p>",
        "<!-- a --><p>b</p>",
        "<table><tr><td>a</td></tr></table>",
    ],
)
def test_what_is_not_tidy_is_left_to_the_parser(source: str) -> None:
    """Tags crossed, unclosed, out of place or of other kinds, loose signs, comments, line ends by reference."""
    assert tidy_text(source) is None


def test_an_article_is_tidy() -> None:
    """What most articles are made of is read: paragraphs, links, lists, headings, pictures, references."""
    link = '<a href="https://x.example/?a=1&amp;b=2">c</a>'
    source = f'<h2>A</h2>\n<p>b {link}&#8217;s<br/>d</p><ul><li>e</li></ul><img src="f" alt="g" />'
    assert "\nA\n \nb c’s\nd\n\n\ne\n\n" == tidy_text(source)
