"""The demo's script: outlets, what they publish and when, and how their feeds look at a moment. Pure; asks no clock.

The story itself is data, `config/demo.toml`; nothing here knows a headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from string import Formatter
from typing import Annotated, Any, Literal
from xml.etree import ElementTree as ET

import msgspec
from msgspec.structs import replace

from bot.core.errors import SettingsError

WINDOW = 15  # items a feed shows at most, newest first
COUNTS = frozenset(
    {"items", "alerts", "ignored", "silent", "edits", "reminders", "changes", "requests", "unchanged"}
)  # what the closing may tell
ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # Atom wants `updated` of a feed without entries too

Aware = Annotated[datetime, msgspec.Meta(tz=True)]
Words = Annotated[str, msgspec.Meta(min_length=1)]
PathName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")]  # stands in an address


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when to when the demo's time runs, and how many real seconds that takes."""

    start: Aware
    end: Aware
    seconds: Annotated[float, msgspec.Meta(gt=0)]


class NextStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to try after the demo: what to type, and what it does."""

    command: Words
    does: Words


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said at the end. `sentences` may hold the names in COUNTS in braces."""

    sentences: tuple[Words, ...]
    next: tuple[NextStep, ...]

    def tell(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """The sentences with their numbers; `counts` has every name in COUNTS."""
        return tuple(sentence.format_map(counts) for sentence in self.sentences)


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented outlet. `tier` as in FeedSpec: 0 official, 1 wire, 2 others."""

    id: PathName
    title: Words
    lang: Words
    tier: Annotated[int, msgspec.Meta(ge=0, le=2)]
    format: Literal["rss", "atom"]


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A later correction by the outlet; what is None stays."""

    at: Aware
    title: Words | None = None
    text: Words | None = None


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of an outlet. `text` is HTML; `expect` names the topics it matches; `decoy`: what noise looks like.

    `number` counts the outlet's items from 1 and stands in its address; `read_script` gives it.
    """

    outlet: str
    at: Aware
    title: Words
    text: Words
    expect: tuple[str, ...]
    decoy: str = ""
    edit: Edit | None = None
    number: int = 0

    def as_of(self, now: datetime) -> Scene:
        """The item as it reads at `now`: a correction is applied and kept in `edit`, or is not known yet."""
        if self.edit is None or self.edit.at > now:
            return replace(self, edit=None)
        return replace(self, title=self.edit.title or self.title, text=self.edit.text or self.text)

    @property
    def changed_at(self) -> datetime:
        """When it was last touched. Ask it of what `as_of` returned."""
        return self.edit.at if self.edit else self.at


class Script(msgspec.Struct, frozen=True):
    """The whole demo. `scenes` are in the order of their times."""

    clock: Clock
    closing: Closing
    outlets: tuple[Outlet, ...]
    scenes: tuple[Scene, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that an item is expected to match, by name."""
        return tuple(sorted({topic for scene in self.scenes for topic in scene.expect}))

    def is_silent(self, scene: Scene) -> bool:
        """Whether an item belongs to the back catalogue, which the first look remembers and nobody is told of."""
        return scene.at <= self.clock.start

    def visible_at(self, outlet: str, now: datetime) -> tuple[Scene, ...]:
        """An outlet's items as they read at `now`, newest first, all of them; a feed shows the first WINDOW."""
        published = [scene for scene in self.scenes if scene.outlet == outlet and scene.at <= now]
        return tuple(scene.as_of(now) for scene in reversed(published))


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written."""

    clock: Clock
    closing: Closing
    outlet: tuple[Outlet, ...]
    item: tuple[Scene, ...]


def read_script(table: Mapping[str, Any]) -> Script:
    """The script that a parsed TOML file holds. Raises SettingsError that says what is wrong and where."""
    try:
        written = msgspec.convert(table, _Written)
    except msgspec.ValidationError as error:
        raise _refuse([str(error)]) from error
    problems = [*_clock_problems(written.clock), *_closing_problems(written.closing), *_item_problems(written)]
    if problems:
        raise _refuse(problems)
    return Script(written.clock, written.closing, written.outlet, _number(written.item))


def _refuse(problems: Sequence[str]) -> SettingsError:
    return SettingsError(f"The demo's script is wrong: {'; '.join(problems)}.", "Mend config/demo.toml.")


def _number(scenes: Iterable[Scene]) -> tuple[Scene, ...]:
    """The items in the order of their times, each numbered within its outlet."""
    counted: Counter[str] = Counter()
    numbered = []
    for scene in sorted(scenes, key=lambda scene: scene.at):
        counted[scene.outlet] += 1
        numbered.append(replace(scene, number=counted[scene.outlet]))
    return tuple(numbered)


def _clock_problems(clock: Clock) -> Iterable[str]:
    if clock.end <= clock.start:
        yield "[clock] ends before it starts"


def _closing_problems(closing: Closing) -> Iterable[str]:
    for number, sentence in enumerate(closing.sentences, 1):
        try:
            names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        except ValueError as error:
            yield f"[closing] sentence {number} cannot be read: {error}"
            continue
        if unknown := sorted(names - COUNTS):
            yield f"[closing] sentence {number} has the unknown {{{unknown[0]}}}; known are {', '.join(sorted(COUNTS))}"


def _item_problems(written: _Written) -> Iterable[str]:
    outlets = [outlet.id for outlet in written.outlet]
    if len(set(outlets)) < len(outlets):
        yield "two outlets have the same id"
    for scene in written.item:
        name = f'the item "{scene.title}"'
        if scene.outlet not in outlets:
            yield f"{name} names the unknown outlet {scene.outlet}; known are {', '.join(outlets)}"
        if scene.at > written.clock.end:
            yield f"{name} comes after the end of the clock"
        if scene.edit is not None and scene.edit.at <= scene.at:
            yield f"{name} is edited before it is published"
        if scene.edit is not None and not (scene.edit.title or scene.edit.text):
            yield f"{name} has an edit that changes nothing"


def article_path(scene: Scene) -> str:
    """Where an item's page is, from the server's root."""
    return f"/{scene.outlet}/{scene.number}"


def feed_xml(outlet: Outlet, scenes: Sequence[Scene], origin: str) -> bytes:
    """The outlet's feed with the first WINDOW of `scenes`, newest first. `origin`: `http://host:port`, for links.

    The same input gives the same bytes: there is no time of making in it.
    """
    make = _rss if outlet.format == "rss" else _atom
    root = make(outlet, scenes[:WINDOW], origin)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _rss(outlet: Outlet, scenes: Sequence[Scene], origin: str) -> ET.Element:
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    about = f"{outlet.title}: a feed of the Lodewire demo."
    _fill(channel, title=outlet.title, link=f"{origin}/{outlet.id}.xml", description=about, language=outlet.lang)
    for scene in scenes:
        item = ET.SubElement(channel, "item")
        _fill(item, title=scene.title, link=origin + article_path(scene), description=scene.text)
        ET.SubElement(item, "guid", isPermaLink="false").text = _guid(scene)
        _fill(item, pubDate=format_datetime(scene.at))
    return root


def _atom(outlet: Outlet, scenes: Sequence[Scene], origin: str) -> ET.Element:
    root = ET.Element("feed", {"xmlns": ATOM, XML_LANG: outlet.lang})
    touched = max((scene.changed_at for scene in scenes), default=NEVER)
    _fill(root, id=f"tag:demo.lodewire.example,2025:{outlet.id}", title=outlet.title, updated=touched.isoformat())
    ET.SubElement(root, "link", rel="self", href=f"{origin}/{outlet.id}.xml")
    _fill(ET.SubElement(root, "author"), name=outlet.title)
    for scene in scenes:
        entry = ET.SubElement(root, "entry")
        _fill(entry, id=_guid(scene), title=scene.title)
        _fill(entry, published=scene.at.isoformat(), updated=scene.changed_at.isoformat())
        ET.SubElement(entry, "link", rel="alternate", href=origin + article_path(scene))
        ET.SubElement(entry, "content", type="html").text = scene.text
    return root


def _fill(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _guid(scene: Scene) -> str:
    return f"tag:demo.lodewire.example,2025:{scene.outlet}/{scene.number}"
