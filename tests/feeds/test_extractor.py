"""The text of a page is made out by a process that is ended when it takes too long or too much."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import psutil
import pytest

from bot.core.model import TEXT_LIMIT, Page
from bot.feeds.extractor import Extractor

pytestmark = pytest.mark.asyncio

SAID = "The ministry said on Thursday that exports of gallium need a licence from December, and named seven minerals. "
URL = "https://wire.example/1"


def page(inside: str, head: str = "", encoding: str = "utf-8", content_type: str = "text/html") -> Page:
    """A page with these words in its article."""
    nav = "<nav><a href=/sport>Sport and results</a></nav>"
    markup = (
        f"<!doctype html><html><head>{head}</head><body>{nav}<article><h1>News</h1>{inside}</article></body></html>"
    )
    return Page(URL, markup.encode(encoding), content_type)


def story(words: str = SAID, count: int = 6) -> str:
    """Paragraphs enough to be an article."""
    return "".join(f"<p>{words} This is paragraph {number} of the report.</p>" for number in range(count))


async def until(is_so: Callable[[], object]) -> None:
    """Wait some seconds at most."""
    for _ in range(200):
        if is_so():
            return
        await asyncio.sleep(0.03)


def children() -> list[psutil.Process]:
    """The processes of ours that run an extraction."""
    found = psutil.Process().children(recursive=True)
    return [child for child in found if "bot.feeds.extract" in " ".join(child.cmdline())]


async def test_an_article_is_found() -> None:
    """Its paragraphs, a line each, without the page's frame and without markup."""
    text = await Extractor().extract(
        page(story("The <b>ministry</b> &amp; its <script>x()</script>office said " + SAID))
    )
    assert 6 == text.count("The ministry & its office said")
    assert "Sport" not in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("head", "content_type"),
    [("<meta charset=windows-1251>", "text/html"), ("", "text/html; charset=windows-1251")],
    ids=["said by the page", "said by the server"],
)
async def test_an_old_encoding_is_read(head: str, content_type: str) -> None:
    """By what the page or its server says of it."""
    said = "Министерство торговли объявило в четверг, что экспорт галлия с декабря требует лицензии. "
    assert said.strip() in await Extractor().extract(page(story(said), head, "cp1251", content_type))


async def test_hidden_characters_go() -> None:
    """What is made out is cleaned as the texts of feeds are: nothing turns the text around, nothing is hidden in it."""
    text = await Extractor().extract(page(story(f"\u202e\u200b{SAID}")))
    assert SAID.strip() in text
    assert not {"\u202e", "\u200b"} & set(text)


async def test_a_text_has_its_bound() -> None:
    """A book is cut where the text of a feed would be."""
    chapters = (f"<p>In chapter {n} the ministry named mineral {n} and its licence {n * 7}.</p>" for n in range(9_000))
    assert 0.9 * TEXT_LIMIT < len(await Extractor().extract(page("".join(chapters)))) <= TEXT_LIMIT


@pytest.mark.parametrize("markup", ["", "<p>", "\0\0\0", "&#0;" * 1000, "<" * 10_000, "<div>" * 50_000])
async def test_what_is_no_article_gives_nothing(markup: str) -> None:
    """No page raises."""
    assert "" == await Extractor().extract(Page(URL, markup.encode(), "text/html"))


async def test_a_page_that_holds_its_reader_is_left() -> None:
    """Line breaks by the hundred thousand take the extractor minutes: it is ended in time and leaves nothing."""
    began = time.monotonic()
    assert "" == await Extractor(seconds=1.5).extract(page("gallium<br><br>" * 130_000))
    assert time.monotonic() - began < 6
    assert [] == children()


async def test_a_page_that_fills_the_memory_is_left() -> None:
    """Beyond its bound the process gets no more, and ends; the memory of this one does not grow by it."""
    hungry = page("gallium<br><br>" * 15_000)
    assert "gallium" in await Extractor(seconds=30).extract(hungry)
    assert "" == await Extractor(seconds=30, megabytes=75).extract(hungry)
    assert SAID.strip() in await Extractor(seconds=30, megabytes=75).extract(page(story()))


async def test_nothing_runs_on_after_the_stop() -> None:
    """A wait that is cancelled takes its process along."""
    asked = asyncio.create_task(Extractor().extract(page("gallium<br><br>" * 130_000)))
    await until(children)
    await asyncio.sleep(0.5)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await until(lambda: not children())
    assert [] == children()


async def test_the_process_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings come by the environment, too: it is not handed on to what reads strangers' pages."""
    monkeypatch.setenv("LODEWIRE_DISCORD__TOKEN", "secret")
    asked = asyncio.create_task(Extractor(seconds=2).extract(page("gallium<br><br>" * 130_000)))
    await until(children)
    assert "LODEWIRE_DISCORD__TOKEN" not in children()[0].environ()
    await asked
