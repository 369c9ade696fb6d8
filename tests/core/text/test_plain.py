"""Markup to plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.model import TITLE_LIMIT
from bot.core.text.plain import clean_title, cut_at_word, language_tag, plain_text, strip_hidden

MARKUP = st.lists(
    st.sampled_from(
        [
            *"<p> </p> <b> </b> <br> <br/> <script> </script> <style> </style> <!-- -->".split(),
            *"<![CDATA[ ]]> <td> </td> <li> < > & &amp;".split(),
            *"&lt; &gt; &amp;lt; &#60; &#x3c; &#0; &nbsp; &zwj; &bogus; &#8217 a ore 稀土 é 5 @everyone".split(),
            *[
                '<a href="',
                '">',
                "<img src=x onerror=alert(1)>",
                "<svg/onload=",
                " ",
                "\n",
                "\n\n",
                "\0",
                "\x1b[31m",
                "\u202e",
                "\ud800",
            ],
        ]
    ),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<b>b</b><i>c</i> <span>d</span>", "abc d"),
        ("a  b\t c\xa0d", "a b c d"),
        ("One\nline\n\nTwo", "One line\nTwo"),
        ("<p>One\nline</p>", "One line"),
        ("a &amp; b &lt; c &#8217; &hellip;", "a & b < c ’ …"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("US&amp;#8217;s", "US’s"),
        ("&amp;amp;amp;", "&amp;"),
        ("The &lt;title&gt; tag of R&amp;amp;D", "The <title> tag of R&D"),
        ("The &lt;script&gt; tag", "The <script> tag"),
        ("&lt;a href='x'&gt;Ores", "Ores"),
        ("&amp;lt;b&amp;gt; &amp;#8217;", "&lt;b&gt; &#8217;"),
        ("&amp;notatall; &amp;copy;", "&notatall; ©"),
        ("5 < 7 and 8 > 6", "5 < 7 and 8 > 6"),
        ("a <- b <3", "a <- b <3"),
        ("if x<y then", "if x<y then"),
        ("<script>alert(1)</script>Ores<style>p{}</style>", "Ores"),
        ("<iframe src=x>no</iframe><noscript>no</noscript><svg><text>no</text></svg>Ores", "Ores"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Ores", "Ores"),
        ("<!-- hidden -->Ores<!-- cut", "Ores"),
        ("Ores <a href='x", "Ores"),
        ('<img src="x" alt="no">Ores', "Ores"),
        ("<p hidden>Ores", "Ores"),
        ("<title>T</title>Ores", "Ores"),
    ],
)
def test_markup_becomes_what_a_person_reads(markup: str, text: str) -> None:
    """Lines for blocks, words as they were, nothing of tags, scripts and comments; escaped twice is read twice."""
    assert text == plain_text(markup, 1_000)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\0b\x08c\x7fd", "abcd"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b[31mred\x1b[0m \x1b]0;title\x07x", "red x"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\ufeffc\xadd", "abcd"),
        ("\ud800a\udfff\ufffe", "a"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("a\u200cb\u200d", "ab"),
        ("é 稀土 Привет 🔬", "é 稀土 Привет 🔬"),
    ],
)
def test_what_nobody_sees_is_dropped(text: str, clean: str) -> None:
    """Controls, terminal sequences, direction marks, zero-widths and lone surrogates; joiners stay where they join."""
    assert clean == strip_hidden(text)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two"),
        ("one two three", 7, "one two"),
        ("one two three", 6, "one"),
        ("稀土稀土", 3, "稀土稀"),
        ("a " + "b" * 200, 150, "a " + "b" * 148),
        ("one", 0, ""),
        ("one", -1, ""),
        ("", -1, ""),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, cut: str) -> None:
    """Where one ends within the last hundred characters; else at the limit."""
    assert cut == cut_at_word(text, limit)


@given(st.text(), st.integers(-5, 300))
def test_a_cut_text_is_a_beginning(text: str, limit: int) -> None:
    """Never longer than the limit, and nothing is added."""
    kept = cut_at_word(text, limit)
    assert len(kept) <= max(limit, 0)
    assert text.startswith(kept)


def test_a_title_is_one_line() -> None:
    """Blocks and newlines are blanks; at most TITLE_LIMIT characters of whole words."""
    assert "One Two three" == clean_title("<p>One</p><p>Two\nthree</p>")
    title = clean_title("ore " * TITLE_LIMIT)
    assert TITLE_LIMIT - 4 <= len(title) <= TITLE_LIMIT
    assert title.endswith("ore")


def test_a_mention_stays_what_it_is() -> None:
    """Plain text says what was written; that it mentions nobody is for the platform that shows it."""
    assert "@everyone <@1> ores" == clean_title("@everyone &lt;@1&gt; ores")


@given(MARKUP, st.integers(0, 60))
def test_nothing_hidden_and_nothing_too_long_comes_out(markup: str, limit: int) -> None:
    """Any mixture of tags, entities and hidden characters: within the limit, storable, folded."""
    text = plain_text(markup, limit)
    assert len(text) <= limit
    assert text == strip_hidden(text.encode().decode())
    assert "\n\n" not in text
    assert "  " not in text


@given(st.text(), st.integers(0, 60))
def test_no_text_makes_it_raise(markup: str, limit: int) -> None:
    """Titles too: one line, no longer than their limit."""
    assert len(plain_text(markup, limit)) <= limit
    assert clean_title(markup).splitlines() in ([], [clean_title(markup)])


@given(st.lists(st.text("abc<&", min_size=1, max_size=5), max_size=6))
def test_plain_words_stay_plain_words(words: list[str]) -> None:
    """Escaped once, as feeds should: signs that look like markup come back as they were, unless they make a tag."""
    written = " ".join(words)
    assume(not any(f"<{tag}" in written for tag in "abc"))
    escaped = written.replace("&", "&amp;").replace("<", "&lt;")
    assert written == plain_text(escaped, 1_000)


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("en", "en"),
        (" pt-BR ", "pt-BR"),
        ("zh_CN", "zh-CN"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("", None),
        ("e", None),
        ("English (US)", None),
        ("en\0", None),
        ("\ud800", None),
        ("en-" * 20 + "x", None),
        ("english-language", "english-language"),
    ],
)
def test_a_language_has_a_shape(raw: str, tag: str | None) -> None:
    """What has none cannot be one, and might be something no database takes."""
    assert tag == language_tag(raw)


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<a b=c>",
        "<",
        "&",
        "&lt;",
        "<!--",
        "<p",
        "<script>",
        "a='",
        "\x1b[",
        "\u200d",
        "&amp;lt;",
        "<td><table>",
    ],
)
def test_a_megabyte_made_to_keep_it_busy_does_not(piece: str) -> None:
    """Deep nests, dense tags and unended things are read within seconds, on a busy machine."""
    started = time.thread_time()
    plain_text(piece * (1_000_000 // len(piece)), 10_000)
    assert time.thread_time() - started < 10
