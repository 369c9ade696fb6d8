"""`feed add`: looks at a feed, a site or a page, shows what it would bring, and polls it for this place after a yes.

Where there is no way outside, the feed is added unseen and asked at the next poll.
"""

from __future__ import annotations

from bot.commands.command import Call, Command, Desk, Outside, Parameter, Reply, Unclear, Who
from bot.commands.replies import blocks, counted, fact, linked
from bot.core.errors import CommandError, FeedError, FeedTrouble
from bot.core.messages import Line, Moment, Section
from bot.core.model import TITLE_LIMIT, FeedSpec, Item
from bot.core.probe import Probe, rhythm_words
from bot.core.text.urls import http_url, shown_url
from bot.storage import feeds

YES = "yes"
LATER = "The site may be down. Write it again in a while."
ADVICE = {
    FeedTrouble.DNS: "Check how the address is spelled.",
    FeedTrouble.TLS: "Its owner must mend that; until then it cannot be read safely.",
    FeedTrouble.TIMEOUT: LATER,
    FeedTrouble.CONNECTION: LATER,
    FeedTrouble.SERVER: LATER,
    FeedTrouble.LIMITED: "The site asks for patience. Write it again in an hour.",
    FeedTrouble.REFUSED: "Only addresses on the open Internet are read.",
    FeedTrouble.BLOCKED: "It lets people in, and no programs: ask its publisher, or look for another source.",
    FeedTrouble.CLIENT: "Open the address in a browser, and copy it from there.",
    FeedTrouble.GONE: "Look on the site for its new feed.",
    FeedTrouble.EMPTY: "Look on the site for another feed.",
    FeedTrouble.NOT_A_FEED: "Look on the site for a link called RSS, Atom or feed, or watch the page itself: page:yes.",
}
PAGE_ADVICE = {
    FeedTrouble.NOT_A_FEED: 'Name the rows of its news by a CSS selector, such as rows:"ul.news > li".',
    FeedTrouble.REFUSED: "Ask the site's owner, or look for a feed: feed add with the address of the site finds one.",
}


async def look_at(outside: Outside, call: Call) -> Probe:
    """What the address is. Raises CommandError with what to do."""
    url, is_page = _address(call), "page" in call.arguments or "rows" in call.arguments
    try:
        if is_page:
            return await outside.probe_page(url, str(call.arguments.get("rows", "")))
        return await outside.probe(url)
    except FeedError as error:
        advice = ADVICE.get(error.trouble, "Look for another feed of the site.")
        if is_page and error.trouble in PAGE_ADVICE:
            advice = PAGE_ADVICE[error.trouble]
        is_watchable = error.trouble is FeedTrouble.NOT_A_FEED and not is_page
        choices = (f"feed add {url} page:yes",) if is_watchable else ()
        raise Unclear(error.message, f"Nothing was changed. {advice}", choices) from error


def _address(call: Call) -> str:
    typed = str(call.arguments["url"]).strip("<>")
    url = http_url(typed) or (http_url(f"https://{typed}") if "." in typed and ":" not in typed else None)
    if url is None:
        raise CommandError(f'"{typed}" is no web address.', "Nothing was changed. It begins with https:// or http://.")
    return url


async def run_add(desk: Desk, call: Call) -> Reply:
    """Show what a feed would bring; with `yes`, or unseen where nothing can be looked at, poll it for this place."""
    probe = desk.found
    if probe is not None and probe.found:
        return _offer_feeds(desk, call, probe)
    url = probe.url if probe else _address(call)
    if await _is_polled(desk, url):
        return blocks(
            desk, Section(body=(("This feed is polled for this place already. Nothing was changed.",),)),
            choices=("feed list",),
        )  # fmt: skip
    await _require_room(desk)
    if probe is not None and call.arguments.get("confirm") != YES:
        return _preview(desk, call, probe)
    return await _add(desk, call, url, probe)


async def _is_polled(desk: Desk, url: str) -> bool:
    known = await feeds.list_feeds(desk.tx, desk.tenant)
    return feeds.normal_url(url) in {feed.url for feed in known}


async def _require_room(desk: Desk) -> None:
    most = desk.limits.feeds
    if await feeds.count_feeds(desk.tx, desk.tenant) >= most:
        raise Unclear(
            f"{most} own feeds are in use here, and no more are allowed.",
            "Nothing was changed. Write feed list to see them, and remove one.",
            ("feed list",),
        )


async def _add(desk: Desk, call: Call, url: str, probe: Probe | None) -> Reply:
    title = _title(call) or (probe.title if probe else "")
    spec = FeedSpec(
        url, title[:TITLE_LIMIT], recipe=probe.recipe if probe else None, full_text=call.arguments.get("full") == YES
    )
    await feeds.add_feed(desk.tx, desk.tenant, spec, desk.now, desk.channel)
    often = ", and then once an hour" if spec.recipe else ""
    said = f"It is read within minutes{often}. What stands on it now is remembered without alerts; what comes is news."
    facts = (*((fact("Title", title),) if title else ()), fact("Address", url))
    return blocks(
        desk,
        Section(title="Page added" if spec.recipe else "Feed added", body=((said,),), facts=facts),
        choices=("feed list", f"feed remove {url}"),
    )


def _preview(desk: Desk, call: Call, probe: Probe) -> Reply:
    title = _title(call) or probe.title
    rhythm = rhythm_words(probe.dates, desk.now) or "not known yet: its items are few, or carry no dates"
    section = Section(
        kicker="Are these the news?" if probe.recipe else "Is this the feed?",
        title=title or shown_url(probe.url),
        body=(("It is not polled for this place yet. What stands on it now would bring no alert.",),),
        facts=(
            fact("Address", probe.url),
            *((fact("Rows", probe.recipe.rows),) if probe.recipe else ()),
            fact("Language", probe.lang or "not stated"),
            fact("Rhythm", f"{rhythm}; {counted(probe.total, 'item', 'items')} on it now"),
        ),
        lines=tuple(map(_headline, probe.latest)) or (("It is empty at present.",),),
    )
    return blocks(
        desk, section, choices=(_typed(probe.url, _title(call), f"{YES}{_page_words(probe)}{_full_words(call)}"),)
    )


def _headline(item: Item) -> Line:
    said = linked(item.title or "Untitled", item.url)
    return (said, " · ", Moment(item.published, "day")) if item.published else (said,)


def _offer_feeds(desk: Desk, call: Call, probe: Probe) -> Reply:
    section = Section(
        title="Which feed of this site?",
        body=((f"{shown_url(probe.url)} is a web page that names {len(probe.found)} feeds. Nothing was changed.",),),
        lines=tuple((linked(feed.title or "Untitled", feed.url), f" · {shown_url(feed.url)}") for feed in probe.found),
    )
    return blocks(
        desk, section, choices=tuple(_typed(feed.url, _title(call), _full_words(call).strip()) for feed in probe.found)
    )


def _page_words(probe: Probe) -> str:
    return f' rows:"{probe.recipe.rows}"' if probe.recipe else ""


def _full_words(call: Call) -> str:
    return " full:yes" if call.arguments.get("full") == YES else ""


def _title(call: Call) -> str:
    return str(call.arguments.get("title", ""))[:TITLE_LIMIT]


def _typed(url: str, title: str, yes: str = "") -> str:
    return " ".join(word for word in ("feed add", url, yes, title) if word)


FEED_ADD = Command(
    "add",
    "poll a feed for this place alone",
    run_add,
    (
        Parameter("url", "text", "the address of a feed, or of a site that has one", required=True),
        Parameter("confirm", "choice", "yes: poll it, as it was shown", choices=(YES,)),
        Parameter("page", "choice", "yes: it has no feed, watch the page itself", choices=(YES,)),
        Parameter("full", "choice", "yes: its items are teasers, read the page behind each", choices=(YES,)),
        Parameter("title", "rest", "what it is called"),
        Parameter("rows", "text", "of a page: the CSS selector of its news, such as rows:ul.news>li"),
    ),
    Who.MODERATOR,
    (
        "feed add https://example.org/feed.xml",
        "feed add https://example.org/feed.xml yes Example News",
        "feed add https://example.org/press page:yes",
    ),
    ahead=look_at,
)
