"""Stories a day as a picture: a bar a day, the busiest ones named. As wide as a phone's screen.

The words beside it say all that is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.commands.command import Attachment
from bot.commands.replies import counted
from bot.commands.timeline import DPI, LOOKS, USUAL, WIDTH_IN, Look, day_name, font_for
from bot.core.stories.names import story_name
from bot.core.text.plain import shortened
from bot.core.trend import Peak

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT_IN, ROW_IN = 2.9, 0.42
WRAP = 52
TICKS = 4


@dataclass(frozen=True, slots=True)
class Bars:
    """What the picture tells: of what, how many on each day, oldest first, and the busiest days."""

    title: str
    days: Sequence[tuple[date, int]]
    peaks: Sequence[Peak]


def bars_file(bars: Bars, look: str = "light") -> Attachment:
    """The picture, and the same in words. Slow: a third of a second, for a thread."""
    from matplotlib.figure import Figure  # here: large, and few ask for it

    colours, below = LOOKS[look], ROW_IN * len(bars.peaks) + 0.1
    tall = HEIGHT_IN + below
    figure = Figure(figsize=(WIDTH_IN, tall), dpi=DPI, facecolor=colours.paper)
    axes = figure.add_axes((0.09, (below + 0.32) / tall, 0.87, (HEIGHT_IN - 0.78) / tall))
    _draw_bars(axes, bars, colours)
    _draw_axes(axes, bars, colours)
    title = bars.title if font_for(bars.title) else "Your query"
    figure.text(0.04, 1 - 0.22 / tall, f"{shortened(title, WRAP - 18)}: stories a day", color=colours.ink, fontsize=11,
                fontweight="bold", va="center", family=[font_for(title) or USUAL])  # fmt: skip
    _draw_names(figure, bars.peaks, colours, tall)
    out = BytesIO()
    figure.savefig(out, format="png", facecolor=colours.paper)
    return Attachment("trend.png", "image/png", out.getvalue(), in_words(bars))


def in_words(bars: Bars) -> str:
    """What the picture shows: `Stories a day on Gallium, 6 Oct to 4 Nov 2025: 41 in all; the busiest days: ...`."""
    (first, _), (last, _) = bars.days[0], bars.days[-1]
    total = sum(count for _, count in bars.days)
    named = "; ".join(
        f"{peak.count} on {day_name(peak.day)} ({story_name(peak.story.story)}: {shortened(peak.story.headline, 120)})"
        for peak in bars.peaks
    )
    busiest = f"; the busiest days: {named}" if named else ""
    return f"Stories a day on {bars.title}, {day_name(first)} to {day_name(last)} {last.year}: {total} in all{busiest}."


def _draw_bars(axes: Axes, bars: Bars, look: Look) -> None:
    marked = {peak.day: number for number, peak in enumerate(bars.peaks, start=1)}
    counts = [count for _, count in bars.days]
    colours = [look.soon if day in marked else look.line for day, _ in bars.days]
    axes.bar(range(len(counts)), counts, width=0.78, color=colours)
    for place, (day, count) in enumerate(bars.days):
        if day in marked:
            axes.annotate(str(marked[day]), (place, count), (0, 3), textcoords="offset points", ha="center",
                          color=look.soon, fontsize=10, fontweight="bold")  # fmt: skip


def _draw_axes(axes: Axes, bars: Bars, look: Look) -> None:
    from matplotlib.ticker import MaxNLocator

    last, most = len(bars.days) - 1, max(count for _, count in bars.days)
    axes.set_facecolor(look.paper)
    axes.set_xlim(-0.7, last + 0.7)
    axes.set_ylim(0, max(most * 1.15, 1))
    places = sorted({round(last * number / TICKS) for number in range(TICKS + 1)})
    axes.set_xticks(places, [day_name(bars.days[place][0]) for place in places])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.tick_params(colors=look.quiet, labelsize=9, length=0)
    axes.grid(axis="y", color=look.line, alpha=0.35, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.line)


def _draw_names(figure: Figure, peaks: Sequence[Peak], look: Look, tall: float) -> None:
    """Below the bars, what each numbered day was about."""
    for number, peak in enumerate(peaks, start=1):
        height = (ROW_IN * (len(peaks) - number + 0.5) + 0.06) / tall
        font = font_for(peak.story.headline)
        words = peak.story.headline if font else "(words in the list)"
        said = (
            f"{day_name(peak.day)}, {counted(peak.count, 'story', 'stories')}: {words} · {story_name(peak.story.story)}"
        )
        lines = wrap(said, WRAP + 12, max_lines=2, placeholder=f" ... · {story_name(peak.story.story)}")
        figure.text(0.04, height, str(number), color=look.soon, fontsize=10, fontweight="bold", va="center")
        figure.text(0.085, height, "\n".join(lines), color=look.ink, fontsize=9, va="center", linespacing=1.2,
                    family=[font or USUAL])  # fmt: skip
