"""Draws events as a page that looks much like Element, to judge a change of `render` by eye. Uses no network.

`formatted_body` is put into the page as it is: what stands there is what a client gets.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

STYLE = """
body{background:#fff;color:#1b1d22;font:15px/1.47 Inter,sans-serif;margin:16px;max-width:760px}
body{overflow-wrap:anywhere}
h2{color:#656d77;font-size:12px;font-weight:600;margin:32px 0 0}
.name{color:#0467dd;font-weight:600;margin-top:10px}
.notice{color:#656d77}
.edited,.answers{color:#808994;font-size:12px}
.answers{border-left:2px solid #c1c6cd;padding-left:8px;margin:6px 0 0}
.reactions span{display:inline-block;border:1px solid #e1e6ec;border-radius:12px;padding:1px 8px;margin:4px 4px 0 0}
p{margin:0 0 10px}
a{color:#0467dd;text-decoration:none}
code{background:#f0f2f5;border-radius:4px;padding:1px 4px;font-size:13px}
ul{margin:0 0 10px;padding-left:22px}
hr{border:0;border-top:1px solid #e1e6ec}
img{max-width:100%;border-radius:8px;display:block}
@media (prefers-color-scheme:dark){body{background:#101317;color:#ebeef2}code{background:#26282d}}
"""


def draw(events: Sequence[dict[str, Any]]) -> str:
    """A whole page of contents. Beside them: `drawn_as`, a caption of ours; `answers`, the words of the message above;
    `picture`, an address that holds the picture."""
    head = '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">'
    return f"{head}<style>{STYLE}</style>{''.join(map(_event, events))}"


def _event(event: dict[str, Any]) -> str:
    caption = f"<h2>{html.escape(event['drawn_as'])}</h2>" if "drawn_as" in event else ""
    content = event.get("m.new_content", event)
    if "picture" in event:
        alt = html.escape(content["body"])
        return f'{caption}<img src="{event["picture"]}" alt="{alt}"><p class=edited>{alt}</p>'
    above = f"<div class=answers>{html.escape(event['answers'])}</div>" if "answers" in event else ""
    kind = " class=notice" if content["msgtype"] == "m.notice" else ""
    edited = "<span class=edited>(edited)</span>" if "m.new_content" in event else ""
    return f"{caption}<div class=name>Lodewire</div>{above}<div{kind}>{content['formatted_body']}</div>{edited}"
