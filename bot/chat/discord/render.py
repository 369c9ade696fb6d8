"""A message as Discord takes it: one embed a section, and a row of buttons. Pure; the limits are Discord's own.

Every post carries its key in a button's custom_id: the history shows no nonce, so that is how a post is found again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.chat.discord.markdown import LONGEST_URL, MORE, cleaned, escaped, line_markdown, masked
from bot.commands.command import Reply
from bot.commands.controls import Control, controls_of
from bot.core.messages import Message, Section
from bot.core.tongue import Tongue, noted
from bot.locale import tongue_of

Payload = dict[str, Any]

EMBEDS, EMBED_SUM = 10, 6_000
TITLE, DESCRIPTION, AUTHOR, FOOTER = 256, 4_096, 256, 300
LABEL, CUSTOM_ID, BUTTON_URL, ROW, ROWS = 80, 100, 512, 5, 5
COLOURS = {"Urgent": 0xD83A42, "Notable": 0xE0A030}
PLAIN_COLOUR = 0x4A6FA5
PRIMARY, SECONDARY, LINK = 1, 2, 5

OPTIONS, OPTION = 25, 100

MARK = "lw"
SAY = f"{MARK}:say:"
WHICH = f"{MARK}:which"
READ = noted("Read the source")


def render_post(message: Message, key: str, *, is_answer: bool = False) -> Payload:
    """A post: what is said, the controls of its stories, and a link where it is about one."""
    tongue = tongue_of(message.lang)
    tells_news = is_answer or any(s.facts or s.url or s.controls for s in message.sections)
    row = _controls(controls_of(message), key, tongue) if tells_news else [_button("Status", f"{MARK}:status:{key}")]
    rows = list(_menus(message.picks, key))[: ROWS - 1]
    if len(message.sections) == 1 and (url := message.sections[0].url) and len(url) <= BUTTON_URL:
        row.append({"type": 2, "style": LINK, "label": tongue.say(READ), "url": url})
    said = _said(message)
    called = " ".join(f"<@&{role}>" for role in message.calls if role.isdecimal())
    if called:
        said["content"] = " ".join(filter(None, (called, said.get("content", ""))))
    rows += [_row(row[at : at + ROW]) for at in range(0, len(row), ROW)]
    return {**said, "components": rows}


def render_reply(reply: Reply) -> Payload:
    """A reply to a person: what is said, and buttons for the commands to go on with."""
    words = list(dict.fromkeys(reply.choices))
    short = [text for text in words if len(SAY + text) <= CUSTOM_ID]
    buttons = [_button(text, SAY + text, SECONDARY) for text in short]
    if reply.page is not None and reply.page.next and len(SAY + reply.page.next) <= CUSTOM_ID:
        following = f"Page {reply.page.number + 1} of {reply.page.pages}"
        buttons = [button for button in buttons if button["custom_id"] != SAY + reply.page.next]
        buttons.insert(0, _button(following, SAY + reply.page.next, PRIMARY))
    said = _said(reply.message)
    pictures = [one.name for one in reply.files if one.kind.startswith("image/")]
    for embed, name in zip(said["embeds"], pictures, strict=False):
        embed["image"] = {"url": f"attachment://{name}"}
    long = [text for text in words if text not in short]
    if long:
        note = f"Next: {escaped(' | '.join(map(cleaned, long)), 1_500)}"
        said["content"] = "\n".join(filter(None, (said.get("content", ""), note)))
    shown = buttons[: ROW * ROWS]
    return {**said, "components": [_row(shown[at : at + ROW]) for at in range(0, len(shown), ROW)]}


def key_of(custom_id: str) -> str | None:
    """The key of the post that a control of ours belongs to, or None where it is no such control."""
    mark, _, rest = custom_id.partition(":")
    name, _, key = rest.partition(":")
    return key if mark == MARK and key and name != "say" else None


def fits_whole(message: Message) -> bool:
    """Whether Discord shows a message with no line left out."""
    tongue = tongue_of(message.lang)
    embeds = [_embed(section, EMBED_SUM, tongue, is_repeated=False) for section in message.sections]
    is_cut = any(embed.get("description", "").endswith(f"\n{MORE}") for embed in embeds)
    return len(embeds) <= EMBEDS and sum(map(embed_length, embeds)) <= EMBED_SUM and not is_cut


def _said(message: Message) -> Payload:
    """The embeds; of sections too many for one message the last ones are counted."""
    shown = message.sections[:EMBEDS]
    embeds = list(_embeds(shown, tongue_of(message.lang)))
    rest = len(message.sections) - len(shown)
    return {"embeds": embeds, **({"content": f"+{rest} more"} if rest else {})}


def _embeds(sections: Sequence[Section], tongue: Tongue) -> Iterator[Payload]:
    """All as it is where that is within the sum; else each section gets its share of what is left of it."""
    whole = [_embed(section, EMBED_SUM, tongue, is_repeated=False) for section in sections]
    has_room = sum(map(embed_length, whole)) <= EMBED_SUM
    left, seen = EMBED_SUM, set[str]()
    for number, section in enumerate(sections):
        share = EMBED_SUM if has_room else left // (len(sections) - number)
        embed = _embed(section, share, tongue, is_repeated=section.url in seen)
        left -= embed_length(embed)
        seen.add(section.url or "")
        yield embed


def embed_length(embed: Payload) -> int:
    """The characters that count towards the sum."""
    named = embed.get("author", {}).get("name", ""), embed.get("footer", {}).get("text", "")
    return sum(map(len, (embed.get("title", ""), embed.get("description", ""), *named)))


def _embed(section: Section, share: int, tongue: Tongue, *, is_repeated: bool) -> Payload:
    """One section, at most `share` characters. Of embeds with one address Discord shows the first alone."""
    embed: Payload = {"color": _colour(section.kicker, tongue)}
    if kicker := cleaned(section.kicker, min(AUTHOR, share // 4)):
        embed["author"] = {"name": kicker}
    if title := escaped(cleaned(section.title), min(TITLE, share // 2)):
        embed["title"] = title
    can_link = section.url is not None and len(section.url) <= LONGEST_URL
    if can_link and not is_repeated and title:
        embed["url"] = section.url
    if footer := cleaned(section.footer, min(FOOTER, share // 4)):
        embed["footer"] = {"text": footer}
    room = min(DESCRIPTION, share - embed_length(embed))
    blocks = list(_blocks(section, room))
    if section.url and can_link and "url" not in embed:
        blocks.append([masked(tongue.say(READ), section.url)])
    if description := _fitting(blocks, room):
        embed["description"] = description
    return embed


def _blocks(section: Section, room: int) -> Iterator[list[str]]:
    """Paragraphs, labelled lines and a list: parted by empty lines, each line short enough for itself."""
    for line in section.body:
        yield [line_markdown(line, room)]
    yield [f"**{escaped(cleaned(fact.label, 60))}:** {line_markdown(fact.line, max(room - 130, 1))}"
           for fact in section.facts]  # fmt: skip
    yield [f"- {line_markdown(line, max(room - 2, 1))}" for line in section.lines]


def _fitting(blocks: Sequence[Sequence[str]], room: int) -> str:
    """The lines that fit, whole ones only, with an ellipsis where some are left out."""
    done = ""
    for block in filter(None, blocks):
        for number, line in enumerate(block):
            gap = "" if not done else "\n\n" if number == 0 else "\n"
            if len(done) + len(gap) + len(line) > room - 2:
                return f"{done}\n{MORE}" if done else line[: room - 2]
            done += gap + line
    return done


def _colour(kicker: str, tongue: Tongue) -> int:
    words = kicker.split(" · ")
    return next((colour for word, colour in COLOURS.items() if tongue.say(word) in words), PLAIN_COLOUR)


def _controls(controls: Sequence[Control], key: str, tongue: Tongue) -> list[Payload]:
    return [_button(tongue.say(control.label), f"{MARK}:{control.name}:{key}") for control in controls]


def _menus(picks: Sequence[tuple[str, str]], key: str) -> Iterator[Payload]:
    """Menus to choose one of many stories from, each in a row of its own."""
    for at in range(0, len(picks), OPTIONS):
        some = picks[at : at + OPTIONS]
        options = [{"label": cleaned(words, OPTION) or name, "value": name, "description": f"Story {name}"}
                   for name, words in some]  # fmt: skip
        which = f"Which story? {at + 1} to {at + len(some)}" if len(picks) > OPTIONS else "Which story?"
        menu = {"type": 3, "custom_id": f"{WHICH}{at // OPTIONS}:{key}", "placeholder": which, "options": options}
        yield {"type": 1, "components": [menu]}


def _button(label: str, custom_id: str, style: int = SECONDARY) -> Payload:
    return {"type": 2, "style": style, "label": cleaned(label, LABEL), "custom_id": custom_id}


def _row(buttons: Sequence[Payload]) -> Payload:
    return {"type": 1, "components": list(buttons)}
