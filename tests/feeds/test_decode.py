"""Bytes to text: what the bytes are, before what anybody says they are."""

from __future__ import annotations

from encodings.aliases import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.decode import decode

NEWS = "<rss>Экспорт галлия</rss>"


def declared(charset: str, text: str = NEWS) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>{text}'


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_mark_or_a_wide_start_decides(charset: str) -> None:
    """Byte order marks, and the zeros of UTF-16 without one, are believed before any label; the mark is gone."""
    assert (NEWS, ()) == decode(NEWS.encode(charset), "text/xml; charset=windows-1251")


@pytest.mark.parametrize("http", ["", "text/xml", "text/xml; charset=windows-1251", "text/xml; charset=nonsense"])
@pytest.mark.parametrize("label", ["utf-8", "windows-1251", "utf-16", "iso-8859-1", "no-such-charset"])
def test_valid_utf8_is_utf8(http: str, label: str) -> None:
    """No other encoding looks like it by chance: it wins over HTTP and over the document."""
    text = declared(label)
    assert text == decode(text.encode(), http)[0]


def test_a_wrong_label_is_reported() -> None:
    """For whoever asks why a feed looks odd; a right one, or one that nothing depends on, is not."""
    assert ("It is labelled cp1251 and is UTF-8.",) == decode(declared("windows-1251").encode())[1]
    assert () == decode(declared("utf-8").encode())[1]
    assert () == decode(declared("windows-1251", "<rss>Ores</rss>").encode())[1]


@pytest.mark.parametrize(
    ("label", "actual", "text"),
    [
        ("windows-1251", "cp1251", "Экспорт"),
        ("koi8-r", "koi8-r", "Экспорт"),
        ("iso-8859-1", "cp1252", "“curbs” – €5"),
        ("us-ascii", "cp1252", "“curbs”"),
        ("latin1", "cp1252", "“curbs”"),
        ("iso-8859-9", "cp1254", "“ğ”"),
        ("tis-620", "cp874", "“แร่”"),
        ("gb2312", "gb18030", "稀土鎵镕"),
        ("gbk", "gb18030", "稀土𠀀"),
        ("shift_jis", "cp932", "①レアアース㈱"),
        ("x-sjis", "cp932", "①レアアース"),
        ("x-cp1251", "cp1251", "Экспорт"),
        ("x-gbk", "gb18030", "稀土𠀀"),
        ("euc-kr", "cp949", "희토류 똠"),
        ("big5", "big5hkscs", "稀土嘅"),
        ("iso-2022-jp", "iso2022_jp", "レアアース"),
    ],
)
@pytest.mark.parametrize("place", ["http", "document"])
def test_labels_mean_what_browsers_take_them_for(label: str, actual: str, text: str, place: str) -> None:
    """The larger code page of that name: what was written with it is read whole."""
    document = declared(label, text) if place == "document" else f"<rss>{text}</rss>"
    http = f'text/xml; Charset="{label}"' if place == "http" else "text/xml"
    assert (document, ()) == decode(document.encode(actual), http)


def test_http_goes_before_the_document() -> None:
    """Of two labels under which the bytes mean something, that of the transport."""
    assert declared("koi8-r") == decode(declared("koi8-r").encode("cp1251"), "text/xml; charset=windows-1251")[0]


def test_a_default_of_servers_gives_way() -> None:
    """Latin-1 is what servers say of what they do not know; a document that knows better is believed."""
    text = declared("windows-1251")
    assert text == decode(text.encode("cp1251"), "text/xml; charset=ISO-8859-1")[0]


def test_a_label_of_utf8_over_other_bytes_gives_way() -> None:
    """HTTP says UTF-8 and the document knows better."""
    assert declared("windows-1251") == decode(declared("windows-1251").encode("cp1251"), "text/xml; charset=utf-8")[0]


def test_without_a_label_it_is_windows_1252() -> None:
    """As browsers do for Western pages."""
    assert "<rss>“curbs”</rss>" == decode("<rss>“curbs”</rss>".encode("cp1252"))[0]


@pytest.mark.parametrize("http", ["", "text/xml; charset=iso-8859-1"])
@pytest.mark.parametrize(
    ("actual", "text"),
    [
        ("cp1251", "<rss>Экспорт галлия и германия ограничен</rss>"),
        ("koi8-r", "<rss>Экспорт галлия и германия ограничен</rss>"),
        ("cp1252", "<rss>L’été à Genève, où les prix élevés pèsent déjà sur l’industrie</rss>"),
    ],
)
def test_russian_without_a_label_is_known(actual: str, text: str, http: str) -> None:
    """By its words of nothing but high bytes, which Western pages do not have."""
    assert text == decode(text.encode(actual), http)[0]


def test_a_few_broken_bytes_do_not_spoil_utf8() -> None:
    """What is nearly all UTF-8 stays it; the loss is reported. A last letter that was cut off is left out silently."""
    text, problems = decode((NEWS * 3).encode().replace(b"</rss>", b"\xff</rss>", 1))
    assert (NEWS * 3).replace("</rss>", "\ufffd</rss>", 1) == text
    assert 1 == len(problems)
    assert ("<rss>Экспор", ()) == decode("<rss>Экспорт".encode()[:-1])


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "raw-unicode-escape", "punycode", "idna", "undefined"])
def test_encodings_that_are_no_encodings_are_no_labels(label: str) -> None:
    """Some would turn innocent bytes into markup, one raises whatever it is given."""
    body = rb"\u003cb\u003e +ADw-b+AD4- " + b"\xe9 "
    assert body.decode("cp1252") == decode(body, f"text/xml; charset={label}")[0]


@given(st.binary(max_size=200), st.sampled_from(sorted({*aliases, *aliases.values(), "undefined", "idna", "x-sjis"})))
def test_no_bytes_and_no_label_make_it_raise(body: bytes, label: str) -> None:
    """Every codec Python knows, over bytes it was never meant for."""
    document = f'<?xml version="1.0" encoding="{label}"?>'.encode() + body
    for text, _ in (decode(body, f"text/xml; charset={label}"), decode(document), decode(b"\xff" + body, label)):
        assert isinstance(text, str)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b\ufeff\0")), st.text(max_size=60))
def test_utf8_comes_back_as_it_went(text: str, http: str) -> None:
    """Whatever HTTP says, but for encodings that are switched by escapes."""
    if "hz" not in http.lower():
        assert text == decode(text.encode(), http)[0]
