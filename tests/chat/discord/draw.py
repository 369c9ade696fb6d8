"""Draws messages as a page that looks much like Discord, to judge a change of `render` by eye. Uses no network.

`python -m tests.chat.discord.draw > page.html` draws a few of every kind; with `FILE` it draws the JSON messages in it.
A picture of it: `chromium --headless --no-sandbox --screenshot=page.png --window-size=760,1400 page.html`.
"""

from __future__ import annotations

import html
import json
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.chat.discord.render import render_post, render_reply
from bot.commands.command import Page, Reply
from bot.core.messages import Fact, Message, Section
from bot.core.stories.alert import Due, Source, StoryState, compose_alert

STYLE = """
body{background:#313338;color:#dbdee1;font:16px/1.375 sans-serif;margin:16px;max-width:680px}
body{overflow-wrap:anywhere}
h2{color:#949ba4;font-size:12px;font-weight:600;margin:36px 0 0}
.embed img{max-width:100%;border-radius:4px;margin-top:14px;display:block}
.menu{background:#1e1f22;color:#949ba4;border-radius:4px;padding:9px 12px;max-width:400px;font-size:14px}
.answers{color:#949ba4;font-size:13px;margin:24px 0 -22px}
.name{color:#fff;font-weight:600;margin-top:28px}
.tag{background:#5865f2;border-radius:3px;font-size:10px;padding:1px 5px}
.embed{background:#2b2d31;border-left:4px solid;border-radius:4px;max-width:516px;margin:4px 0}
.embed{padding:8px 16px 14px 12px;font-size:14px}
.author{color:#f2f3f5;font-weight:600;margin-top:8px}
.title{font-size:16px;font-weight:600;margin-top:8px;color:#f2f3f5}
a{color:#00a8fc;text-decoration:none}
.text{margin-top:8px;white-space:pre-wrap}
.footer{font-size:12px;color:#b5bac1;margin-top:10px}
.time{background:#3f4248;border-radius:3px;padding:0 2px}
.row{margin-top:4px}
.button{display:inline-block;background:#4e5058;color:#fff;border-radius:4px;padding:6px 14px;font-size:14px}
.button{margin:2px 6px 2px 0}
.button.s1{background:#5865f2}
"""
TOKEN = re.compile(
    r"\\([^0-9A-Za-z\s])|\*\*(.+?)\*\*|\[((?:[^\]\\]|\\.)+)\]\(([^)]*)\)|<t:(\d+):(\w)>|^- ", re.MULTILINE
)
TIMES = {"t": "%H:%M", "D": "%-d %B %Y", "f": "%-d %B %Y %H:%M"}


def draw(messages: list[dict[str, Any]]) -> str:
    """A whole page. A message may have beside it `drawn_as`, a caption of ours; `answers`, the words of the message
    above; `files`, pictures by name as addresses that hold them."""
    head = '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">'
    return f"{head}<style>{STYLE}</style>{''.join(map(_message, messages))}"


def _message(message: dict[str, Any]) -> str:
    caption = f"<h2>{html.escape(message['drawn_as'])}</h2>" if "drawn_as" in message else ""
    above = f"<div class=answers>↱ {html.escape(message['answers'])}</div>" if "answers" in message else ""
    files = message.get("files", {})
    rows = ("".join(map(_button, row["components"])) for row in message.get("components", ()))
    return (
        caption
        + above
        + (
            "<div class=name>Lodewire <span class=tag>APP</span></div>"
            + (f"<div>{marked(message['content'])}</div>" if message.get("content") else "")
            + "".join(_embed(embed, files) for embed in message["embeds"])
            + "".join(f"<div class=row>{row}</div>" for row in rows)
        )
    )


def _embed(embed: dict[str, Any], files: dict[str, str]) -> str:
    title = marked(embed.get("title", ""))
    if embed.get("url"):
        title = f'<a href="{html.escape(embed["url"])}">{title}</a>'
    parts = (
        ("author", html.escape(embed.get("author", {}).get("name", ""))),
        ("title", title),
        ("text", marked(embed.get("description", ""))),
        ("footer", html.escape(embed.get("footer", {}).get("text", ""))),
    )
    inner = "".join(f"<div class={name}>{words}</div>" for name, words in parts if words)
    picture = files.get(embed.get("image", {}).get("url", "").removeprefix("attachment://"))
    if picture:
        text, mark, footer = inner.partition("<div class=footer>")
        inner = f'{text}<img src="{picture}">{mark}{footer}'
    return f'<div class=embed style="border-color:#{embed.get("color", 0):06x}">{inner}</div>'


def _button(button: dict[str, Any]) -> str:
    if "options" in button:
        return f"<div class=menu>{html.escape(button['placeholder'])} ⌄</div>"
    mark = " ↗" if "url" in button else ""
    return f'<span class="button s{button["style"]}">{html.escape(button["label"])}{mark}</span>'


def marked(text: str) -> str:
    """Discord's markdown as HTML, as far as the bot uses it."""
    done, at = "", 0
    for match in TOKEN.finditer(text):
        done += html.escape(text[at : match.start()]) + _token(match)
        at = match.end()
    return done + html.escape(text[at:])


def _token(match: re.Match[str]) -> str:
    sign, bold, words, url, seconds, style = match.groups()
    if sign:
        return html.escape(sign)
    if bold:
        return f"<b>{marked(bold)}</b>"
    if words:
        return f'<a href="{html.escape(url)}">{marked(words)}</a>'
    if seconds:
        return f"<span class=time>{datetime.fromtimestamp(int(seconds), UTC).strftime(TIMES[style])}</span>"
    return " • "


def samples() -> list[dict[str, Any]]:
    """One alert, two in one message, an answer, a notice, replies."""
    alerts = [_alert(1), _alert(2)]
    denied = Section(body=(("Denied: the ministry says that no roadmap has been ordered.",),), footer="Story K7Q2")
    notice = Section(
        kicker="Lodewire",
        title="Posts wait for you",
        body=(('I cannot write in #minerals: the permission "Send Messages" is missing.',),),
    )
    topics = Section(title="Topics", lines=tuple((f"Topic {n} · follow topic-{n}",) for n in range(1, 11)))
    following = Section(
        title="Following Rare earths",
        body=(("New stories on it are shown in this channel.",),),
        facts=(Fact("Expect", ("about 4 a week",)), Fact("Latest match", ("K7Q2, A roadmap (its alert follows now)",))),
    )
    return [
        render_post(Message((alerts[0],)), "key"),
        render_post(Message(tuple(alerts)), "key"),
        render_post(Message((denied,)), "key", is_answer=True),
        render_post(Message((notice,)), "key"),
        render_reply(Reply(Message((following,)), choices=("following", "unfollow rare-earths"))),
        render_reply(Reply(Message((topics,)), page=Page(1, 3, 27, "topic list page:2"))),
    ]


def _alert(rev: int) -> Section:
    at = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
    sources = [("Kremlin", 0), ("Reuters", 1), ("Mining Weekly", 2), ("Interfax", 1), ("RIA", 1)][: 1 + 4 * (rev - 1)]
    state = StoryState(
        id=1000 + rev, rev=rev, headline="Putin orders a roadmap for rare-earth extraction by 1 December",
        summary="Vladimir Putin has ordered the government to draw up a roadmap for the long-term development of the "
        "extraction and production of rare and rare-earth metals. The order sets 1 December as the date.",
        url=f"https://kremlin.example/orders/{rev}", change="+4 sources", changed_at=at,
        sources=tuple(Source(name, tier, f"https://x.example/{name}", at) for name, tier in sources),
        deadlines=(Due(date(2025, 12, 1), "deadline", "roadmap for rare-earth extraction", "the government of Russia",
                       rev == 1),),
        topics=("Export controls", "Rare earths"), why='"rare earth", roadmap',
    )  # fmt: skip
    return compose_alert(state, date(2025, 11, 4))


if __name__ == "__main__":
    shown = json.loads(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else samples()
    print(draw(shown))
