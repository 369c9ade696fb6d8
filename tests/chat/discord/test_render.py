"""A message as Discord takes it: in its order, within its limits, and with feed text as text only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord.markdown import cleaned, escaped
from bot.chat.discord.render import SAY, embed_length, key_of, render_post, render_reply
from bot.commands.command import Page, Reply
from bot.commands.controls import CONTROLS
from bot.core.messages import Fact, Link, Message, Moment, Section
from tests.chat.discord_world import read, words_of
from tests.fakediscord.checks import find_violations

AT = datetime(2025, 11, 4, 6, 12, tzinfo=UTC)
ALERT = Section(
    kicker="Urgent · Export controls",
    title="Cabinet told to draw up a roadmap",
    url="https://wire.example/a_b?c=1",
    body=(("The order is dated Tuesday.",),),
    facts=(Fact("Sources", ("First: ", Link("Wire", "https://wire.example/a (1)"), ", ", Moment(AT, "time"))),),
    footer="Story K7Q2",
)
POST = "POST /channels/{channel_id}/messages"
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
sections = st.builds(
    Section,
    kicker=words,
    title=words,
    url=st.none() | st.just("https://wire.example/x") | st.just("https://wire.example/" + "y" * 600),
    body=st.lists(st.tuples(words), max_size=4).map(tuple),
    facts=st.lists(st.builds(Fact, words, st.tuples(words)), max_size=8).map(tuple),
    lines=st.lists(st.tuples(words), max_size=12).map(tuple),
    footer=words,
)


def posted(*shown: Section, key: str = "key-1") -> dict:
    """The payload of a post, with what the client adds."""
    return {**render_post(Message(shown), key), "allowed_mentions": {"parse": []}}


def test_an_alert_reads_from_top_to_bottom() -> None:
    """Kind, headline, summary, facts, id: one embed, linked, with native times; colour repeats the weight's word."""
    [embed] = posted(ALERT)["embeds"]
    assert embed["author"] == {"name": "Urgent · Export controls"}
    assert (embed["title"], embed["url"]) == (ALERT.title, ALERT.url)
    assert embed["description"] == (
        "The order is dated Tuesday.\n\n"
        f"**Sources:** First: [Wire](https://wire.example/a%20%281%29), <t:{int(AT.timestamp())}:t>"
    )
    assert embed["footer"] == {"text": "Story K7Q2"}
    assert embed["color"] != posted(Section(kicker="Export controls"))["embeds"][0]["color"]


def test_every_post_carries_its_key() -> None:
    """An alert, an answer and a notice: each has a button whose id leads back to the key."""
    notice = Section(kicker="Lodewire", title="Posts wait for you", body=(("Grant it.",),))
    answer = Section(body=(("It was denied.",),))
    alert = [control.name for control in CONTROLS]
    for payload, names in (
        (posted(ALERT), alert),
        (render_post(Message((answer,)), "key-1", is_answer=True), alert),
        (posted(notice), ["status"]),
    ):
        ids = [button["custom_id"] for button in payload["components"][0]["components"] if "custom_id" in button]
        assert ids == [f"lw:{name}:key-1" for name in names]
        assert key_of(ids[0]) == "key-1"
    assert key_of(f"{SAY}following") is None
    assert key_of("somebody-elses") is None


def test_a_link_button_only_where_it_fits() -> None:
    """One story with an address of at most 512 characters has a link button; longer ones keep the linked headline."""
    controls, links = posted(ALERT)["components"]
    said = ["Why", "Remind me", "Sources", "Less like this", "Mute story"]
    assert said == [button["label"] for button in controls["components"]], "a row has five"
    assert [ALERT.url] == [button["url"] for button in links["components"]]
    long = Section(title="T", url="https://wire.example/" + "u" * 600)
    assert [] == [b for b in posted(long)["components"][0]["components"] if "url" in b]
    assert posted(long)["embeds"][0]["url"] == long.url


def test_one_address_twice_is_shown_twice() -> None:
    """Discord shows only the first of two embeds with one address: the second is linked in its text."""
    first, second = posted(ALERT, ALERT)["embeds"]
    assert first["url"] == ALERT.url
    assert "url" not in second
    assert f"]({ALERT.url})" in second["description"]


@given(st.lists(sections, min_size=1, max_size=12))
def test_whatever_is_said_discord_takes_it(shown: list[Section]) -> None:
    """Any message fits the official description and the limits that it does not state; none is empty by trimming."""
    body = posted(*shown)
    if not any(map(embed_length, body["embeds"])):
        return  # nothing was said
    assert [] == find_violations(POST, {}, body)
    assert len(body["embeds"]) == min(len(shown), 10)


@given(words)
def test_escaped_words_read_as_they_were(text: str) -> None:
    """What a person sees is what the feed wrote, but for what nobody can see."""
    assert cleaned(read(escaped(text))) == cleaned(text)


@pytest.mark.parametrize("words", ["**b**", "<@80351110224678912>", "<t:0:R>", "[x](https://evil.example)", "||s||",
                                   "# h", "> q", "- i", "1. n", "-# s", "`c`", "~~x~~", "_u_", "@everyone", "<#1>",
                                   "<:e:1>", "</news:1>", "\\*", "+ i", ">>> q"])  # fmt: skip
def test_no_mark_means_anything(words: str) -> None:
    """Each sign that Discord's markdown knows has a backslash before it, where it would mean something."""
    shown = escaped(words)
    assert shown.startswith("\\") or shown.startswith("1\\.")
    assert read(shown) == words


def test_a_cut_leaves_no_loose_backslash() -> None:
    """Cut anywhere, the last sign is whole."""
    for limit in range(1, 40):
        cut = escaped("*" * 30, limit)
        assert len(cut) <= limit
        assert not cut.removesuffix("…").replace("\\*", "")


def test_a_long_message_says_that_it_was_cut() -> None:
    """Whole lines are left out at the end, with an ellipsis; headline and id stay."""
    long = Section(title="Head", lines=tuple((f"line {n} " + "x" * 90,) for n in range(99)), footer="Story K7Q2")
    [embed] = posted(long)["embeds"]
    assert embed["description"].endswith("\n…")
    assert embed["footer"]["text"] == "Story K7Q2"
    assert "line 30" in embed["description"]


def test_a_reply_offers_its_choices_as_buttons() -> None:
    """Choices are buttons that say a command, the next page first; one too long for an id is written out."""
    long = "follow " + "x" * 100
    reply = Reply(Message((Section(title="Topics"),)), choices=("following", long, "following"),
                  page=Page(1, 3, 25, "topic list page:2"))  # fmt: skip
    payload = render_reply(reply)
    buttons = payload["components"][0]["components"]
    assert [(b["label"], b["custom_id"]) for b in buttons] == [
        ("Page 2 of 3", f"{SAY}topic list page:2"),
        ("following", f"{SAY}following"),
    ]
    assert long in words_of(payload)


def test_many_sections_are_counted() -> None:
    """More than ten embeds are not possible: the rest is a number, not silence."""
    assert posted(*[ALERT] * 12)["content"] == "+2 more"
