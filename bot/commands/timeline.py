"""Dates as a picture: one line down the page, a mark a date, at distances that tell how far apart they are.

As wide as a phone's screen; the words beside it say all that is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from bot.commands.command import Attachment

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 12
WIDTH_IN, DPI = 4.8, 150  # 720 pixels
NEAREST, FARTHEST_APART = 1.0, 2.2
"""How many rows lie between two dates: a day apart or less, and a month or more."""

WRAP, LINES = 40, 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A date of the picture. `label` is what is due; `name` what its story is called; `kind`: English."""

    due: date
    label: str
    name: str
    is_sure: bool
    kind: str = "a date"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, each at least 7 to 1 on `paper`."""

    paper: str
    ink: str
    quiet: str
    line: str
    soon: str


LOOKS = {
    "light": Look("#ffffff", "#1b1f24", "#444c56", "#8c959f", "#a40e26"),
    "dark": Look("#1e2228", "#f0f3f6", "#c3cad3", "#6e7781", "#ffb3ba"),
}


def timeline_file(marks: Sequence[Mark], today: date, look: str = "light") -> Attachment:
    """The picture of the first dates, and the same in words. Slow: a third of a second, for a thread."""
    from matplotlib.figure import Figure  # here: large, and few ask for it

    shown, colours = marks[:MOST], LOOKS[look]
    heights = _heights(shown, today)
    tall = 0.62 * (heights[-1] + 1.6)
    figure = Figure(figsize=(WIDTH_IN, tall), dpi=DPI, facecolor=colours.paper)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(heights[-1] + 0.8, -0.8)
    axes.plot([0.27, 0.27], [0, heights[-1]], color=colours.line, linewidth=2, zorder=1)
    _draw_today(axes, today, colours)
    for mark, height in zip(shown, heights[1:], strict=True):
        _draw(axes, mark, height, today, colours)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=colours.paper)
    return Attachment("dates.png", "image/png", out.getvalue(), in_words(shown, today))


def in_words(marks: Sequence[Mark], today: date) -> str:
    """What the picture shows: `Timeline from today, 4 Nov 2025: 1 Dec, in 27 days: roadmap (K7Q2); ...`."""
    told = "; ".join(f"{day_name(mark.due)}, {left(mark.due, today)}: {mark.label} ({mark.name})" for mark in marks)
    return f"Timeline from today, {day_name(today)} {today.year}: {told}."


def day_name(day: date) -> str:
    """`1 Dec`."""
    return f"{day.day} {day:%b}"


def left(due: date, today: date) -> str:
    """`today`, `tomorrow`, `in 27 days`."""
    days = (due - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _heights(marks: Sequence[Mark], today: date) -> list[float]:
    """How far down today and each date stand, in rows."""
    heights, before = [0.0], today
    for mark in marks:
        days = (mark.due - before).days
        heights.append(heights[-1] + min(FARTHEST_APART, NEAREST + days / 30 * (FARTHEST_APART - NEAREST)))
        before = mark.due
    return heights


def _draw_today(axes: Axes, today: date, look: Look) -> None:
    axes.scatter([0.27], [0], s=40, color=look.paper, edgecolors=look.quiet, linewidths=2, zorder=2)
    axes.text(0.22, 0, day_name(today), ha="right", va="center", color=look.quiet, fontsize=9)
    axes.text(0.32, 0, "today", ha="left", va="center", color=look.quiet, fontsize=9)


def _draw(axes: Axes, mark: Mark, height: float, today: date, look: Look) -> None:
    is_soon = (mark.due - today).days <= 7
    colour = look.soon if is_soon else look.ink
    face = colour if mark.is_sure else look.paper
    axes.scatter([0.27], [height], s=70, color=face, edgecolors=colour, linewidths=2, zorder=3)
    axes.text(0.22, height, f"{mark.due:%a} {day_name(mark.due)}", ha="right", va="center", color=colour,
              fontsize=10, fontweight="bold")  # fmt: skip
    sure = "" if mark.is_sure else ", unconfirmed"
    font = font_for(mark.label)
    label = mark.label if font else f"{mark.kind} (words in the list)"
    said = f"{_wrapped(label)}\n{left(mark.due, today)}{sure} · {mark.name}"
    axes.text(0.32, height, said, ha="left", va="center", color=look.ink, fontsize=9.5, linespacing=1.25,
              family=[font or USUAL])  # fmt: skip


def _wrapped(text: str) -> str:
    from textwrap import wrap

    return "\n".join(wrap(text, WRAP, max_lines=LINES, placeholder=" ..."))


USUAL = "DejaVu Sans"
FAR_EASTERN = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP", "Source Han Sans SC", "Source Han Sans JP",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans",
    "Microsoft YaHei", "Yu Gothic", "SimHei", "IPAGothic", "Unifont",
)  # fmt: skip
"""Fonts of a system that have Han and kana; matplotlib brings none."""


def font_for(text: str) -> str | None:
    """A font of this machine with every letter of a text; None where there is none."""
    from matplotlib.font_manager import findfont, fontManager, get_font

    there = {font.name for font in fontManager.ttflist}
    for name in (USUAL, *(name for name in FAR_EASTERN if name in there)):
        known = get_font(findfont(name)).get_charmap()
        if all(ord(letter) in known for letter in text if not letter.isspace()):
            return name
    return None
