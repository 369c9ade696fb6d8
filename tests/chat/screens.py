"""Draws what people see, one page a platform, and takes pictures of the pages, to judge a change by eye.

`python -m tests.chat.screens FOLDER` writes `discord.html` and `matrix.html`, and a PNG of each message at the width of
a phone and of a desk where Chromium is installed. Real commands answer over a fresh database; nothing is sent, and
nothing is compared: whoever changed a message looks.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat.discord import render as discord
from bot.chat.matrix import render as matrix
from bot.commands.command import Reply
from bot.core.messages import Message, Section
from bot.core.outbox import Op, Outgoing
from bot.core.stories.alert import SHORT_SUMMARY, Due, Source, StoryState, compose_alert
from bot.core.stories.changes import Said, compose_change
from bot.core.stories.listing import Ahead, Entry, Head, Part, compose_list
from bot.core.stories.names import story_name
from bot.core.stories.reminder import Occasion, compose_reminder
from bot.core.stories.said import Change, write_changes
from bot.core.summary import summarise
from bot.locale import tongue_of
from bot.storage.database import Database
from bot.storage.upgrade import upgrade
from tests.chat.discord import draw as discord_page
from tests.chat.matrix import draw as matrix_page
from tests.clock import Clock
from tests.commands.newsroom import GALLIUM, RARE, open_newsroom

WIDTHS = {"phone": 390, "desk": 1000}
HEIGHT = 1_200
AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
TODAY = AT.date()
ZONE = "Europe/Berlin"
NAMES = ("Kremlin", "Reuters", "Mining Weekly", "Interfax", "RIA", "Fastmarkets", "Argus")
SUMMARY = (
    "Vladimir Putin has ordered the government to draw up a roadmap for the long-term development of the extraction "
    "and production of rare and rare-earth metals. The order sets 1 December as the date, and names the prime "
    "minister, Mikhail Mishustin, as responsible."
)
ROADMAP = Due(date(2025, 12, 1), "deadline", "roadmap for rare-earth extraction", "the government of Russia", True)
STORY = StoryState(
    1001, 1, "Putin orders a roadmap for rare-earth extraction by 1 December", SUMMARY,
    "https://kremlin.example/orders/1", "", AT,
    tuple(Source(name, 0 if name == "Kremlin" else 1, f"https://{name.split()[0].lower()}.example/1", AT)
          for name in NAMES[:1]),
    (ROADMAP, replace(ROADMAP, on=date(2026, 3, 1), what="report on it", is_confirmed=False)),
    ("Strategies and roadmaps", "Rare earths"), '"rare earth", roadmap', 2,
)  # fmt: skip
CHANGES = (Change("sources", more=6), Change("moved", day=date(2025, 12, 1), new_day=date(2025, 12, 5)))
EDITED = replace(
    STORY, rev=4, change=write_changes(*CHANGES), changed_at=AT + timedelta(hours=3),
    sources=tuple(Source(name, 0 if name == "Kremlin" else 1, f"https://{name.split()[0].lower()}.example/1",
                         AT + timedelta(minutes=9 * number)) for number, name in enumerate(NAMES)),
    deadlines=(replace(ROADMAP, on=date(2025, 12, 5), sources=3),), follows=(998, "Russia weighs a plan"),
)  # fmt: skip
DENIED = Said("denied", AT + timedelta(hours=5), write_changes(Change("word", "the Kremlin", "Reuters")),
              "There is no order with a date in it, and none is being prepared.",
              "https://reuters.example/2")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing that people see: a message that is posted, or a reply. `above`: what it answers."""

    name: str
    shown: Message | Reply
    above: str = ""
    is_edit: bool = False


def posts() -> list[Screen]:
    """What comes unasked."""
    short = summarise(STORY.headline, SUMMARY, ("roadmap",), SHORT_SUMMARY)
    full, compact = compose_alert(STORY, TODAY), compose_alert(replace(STORY, summary=short), TODAY, "compact")
    edited = compose_alert(replace(EDITED, summary=short), TODAY, "compact")
    german = compose_alert(EDITED, TODAY, tongue=tongue_of("de"))
    denied = compose_alert(replace(EDITED, turns=(DENIED,)), TODAY)
    answer = compose_change(DENIED, STORY.id, STORY.headline, STORY.url)
    return [
        Screen("alert in full", _message(full)),
        Screen("alert compact", _message(compact)),
        Screen("alert edited", _message(compose_alert(EDITED, TODAY)), is_edit=True),
        Screen("alert compact, edited", _message(edited), is_edit=True),
        Screen("alert in German", Message((german,), ZONE, lang="de"), is_edit=True),
        Screen("alert denied", _message(denied), is_edit=True),
        Screen("answer of a denial", _message(answer), above=STORY.headline),
        Screen("two alerts at once", _message(full, replace_title(compact, "China widens licensing of gallium"))),
        Screen("reminder", _message(reminder())),
        Screen("digest", listed("digest")),
        Screen("message of too many", listed("rolling")),
    ]


def replace_title(section: Section, title: str) -> Section:
    """The same alert of another story."""
    return Section(section.kicker, title, "https://wire.example/2", section.body, section.facts, footer=section.footer)


def _message(*sections: Section) -> Message:
    return Message(sections, ZONE)


def reminder() -> Section:
    """A week before."""
    quote = "The cabinet is to approve a detailed roadmap for the extraction of rare-earth metals by December 1."
    occasion = Occasion(1001, ROADMAP.on, "day", "deadline", ROADMAP.what, ROADMAP.who, quote, "Kremlin", TODAY,
                        "https://kremlin.example/orders/1")  # fmt: skip
    return compose_reminder(occasion, "lead:7", ROADMAP.on - timedelta(days=7))


def listed(form: str) -> Message:
    """A list of six stories on three topics."""
    told = (
        ("Putin orders a roadmap for rare-earth extraction by 1 December", "Kremlin", "Rare earths", 2),
        ("Lynas reports record output of NdPr oxide in the September quarter", "Reuters", "Rare earths", 0),
        ("China adds five elements to its list of licensed exports", "MOFCOM", "Export controls", 2),
        ("Zambia suspends exports of cobalt for 60 days", "Mining Weekly", "Export controls", 1),
        ("Chile opens bids on four lithium salt flats", "El Mercurio", "Lithium and batteries", 1),
        ("Lithium carbonate hits a six-month high in Asia", "Argus", "Lithium and batteries", 0),
    )
    entries = [
        Entry(1001 + number, headline, f"https://wire.example/{number}", source, AT + timedelta(minutes=number), weight,
              topic, number)
        for number, (headline, source, topic, weight) in enumerate(told)
    ]  # fmt: skip
    dates = [Ahead(ROADMAP, f"{story_name(1001)}.1", "https://kremlin.example/orders/1")] if form == "digest" else []
    return compose_list(
        Part(Head(form, TODAY, 9 if form == "rolling" else 6), entries, dates, 3 * (form == "rolling")), ZONE
    )


async def replies(folder: Path) -> list[Screen]:
    """What is answered, by the shipped commands over real rows."""
    clock = Clock(AT + timedelta(hours=3))
    url = f"sqlite:///{folder}/news.db"
    await asyncio.to_thread(upgrade, url)
    room = await open_newsroom(await Database.open(url), clock)
    await room.said("settings zone Berlin")
    for typed in ("follow rare-earths", "follow gallium weight: notable", 'follow "export ban" AND NOT coal'):
        await room.said(typed)
    for age in (0, 1, 1, 2, 5, 5, 5, 6, 9, 12, 12, 13, 17, 20):
        await room.tell(
            f"Rare earth mine {age} wins a licence to export oxide", SUMMARY, on=[RARE], age=timedelta(days=age)
        )
    story = await room.tell(STORY.headline, SUMMARY, on=[RARE])
    tender = await room.tell("Gallium tender opens in Kazakhstan", SUMMARY, on=[GALLIUM])
    for number, day, what in ((story, 5, "roadmap for rare-earth extraction"), (tender, 14, "bids on gallium"),
                              (tender, 40, "award of the gallium tender")):  # fmt: skip
        await room.date(number, TODAY + timedelta(days=day), what, 0.4 if day == 14 else 0.9)
    name = story_name(story)
    asked = ("following", f"why {name}", "trend rare-earths 21", "trend rare-earths 21 picture:dark", "deadline list",
             "try (gallium OR licence AND export", "follow galium", "settings language de", "settings",
             "help settings")  # fmt: skip
    found = [Screen(typed, await room.ask(typed), above=typed) for typed in asked]
    await room.database.close()
    return found


def address(body: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(body).decode()}"


def on_discord(screen: Screen) -> list[dict[str, Any]]:
    """The screen as Discord gets it."""
    beside: dict[str, Any] = {"drawn_as": screen.name} | ({"answers": screen.above} if screen.above else {})
    if isinstance(screen.shown, Message):
        return [discord.render_post(screen.shown, "key", is_answer=bool(screen.above)) | beside]
    files = {one.name: address(one.body) for one in screen.shown.files if one.kind == "image/png"}
    return [discord.render_reply(screen.shown) | beside | {"files": files}]


def on_matrix(screen: Screen) -> list[dict[str, Any]]:
    """The screen as Matrix gets it: a message, and a picture after it."""
    beside: dict[str, Any] = {"drawn_as": screen.name} | ({"answers": screen.above} if screen.above else {})
    if isinstance(screen.shown, Message):
        post = Outgoing("key", Op.EDIT if screen.is_edit else Op.POST, "!room", screen.shown, ("$a",))
        return [(matrix.edit_content(post) if screen.is_edit else matrix.post_content(post)) | beside]
    pictures = [
        matrix.file_content(one, "mxc://x/y", "$a") | {"picture": address(one.body)}
        for one in screen.shown.files
        if one.kind == "image/png"
    ]
    return [matrix.reply_content(screen.shown, "$a", prefix="!news") | beside, *pictures]


def photograph(program: str, page: Path, width: int, picture: Path) -> None:
    """A picture of a page by Chromium, with a profile of its own that is thrown away."""
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
             "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
    with tempfile.TemporaryDirectory() as profile:
        window = f"--window-size={width},{HEIGHT}"
        size = (f"--user-data-dir={profile}", window, f"--screenshot={picture}", page.resolve().as_uri())
        subprocess.run([program, *flags, *size], check=True, timeout=60, capture_output=True)


def write_pages(folder: Path, screens: Sequence[Screen]) -> None:
    """A page of all on each platform; where Chromium is, pictures of each screen."""
    drawn: dict[str, tuple[Callable[[Screen], list[dict[str, Any]]], Callable[..., str]]] = {
        "discord": (on_discord, discord_page.draw),
        "matrix": (on_matrix, matrix_page.draw),
    }
    program = shutil.which("chromium")
    for platform, (shown, draw) in drawn.items():
        page = folder / f"{platform}.html"
        page.write_text(draw([one for screen in screens for one in shown(screen)]), "utf-8")
        for number, screen in enumerate(screens if program else ()):
            single = folder / "one.html"
            single.write_text(draw(shown(screen)), "utf-8")
            for name, width in WIDTHS.items():
                photograph(str(program), single, width, folder / f"{platform}-{number:02}-{name}.png")
            single.unlink()


def main(folder: Path) -> None:
    """Write all into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as rows:
        screens = [*posts(), *asyncio.run(replies(Path(rows)))]
    write_pages(folder, screens)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
