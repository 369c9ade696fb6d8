"""What is due at a date and who owes it, in the words of the sentence. Picks words; never invents or translates any."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.deadlines.clauses import ITSELF, SHORT_VERB, SHORT_VERB_IN_CJK, Naming, find_naming
from bot.core.deadlines.judging import OCCASION, Verdict
from bot.core.deadlines.language import EFFECTIVE, EVENT, EXPIRY, Language, lower
from bot.core.deadlines.patterns import DATE
from bot.core.deadlines.phrases import AND, DATELINE, cut, first_part, noun, trim, trim_end, without_place
from bot.core.deadlines.view import View

LONGEST_WHAT, LONGEST_WHO = 140, 60
NEAR_BEHIND = 25
"""Characters between a date and the event that it describes: `the ◆ general election`."""

JOINED = re.compile(rf"[,;]|{AND}\s")
BROKEN = re.compile(r"[,;:.—–]")
MOVED = "refused: moved away from"
RELATIVE = re.compile(r",\s(?:which|who|whose|qui|dont|que|котор\w+)\s*\Z")


def name(view: View, number: int, verdict: Verdict, language: Language) -> tuple[str, str]:
    """What and who; either may be empty."""
    naming, speaker = _after_report(find_naming(view, view.places[number], verdict, language))
    owes = language.compiled.owes.search(view.plain, naming.start, naming.end)
    of_day = _of_the_day(naming)
    if owes is None or of_day or not _is_bidden(naming, owes):
        who = _bidden_before(naming)
        what = _clause(naming) if who else of_day or _named_by_the_way(naming) or _subject(naming)
        is_bare_verb = not of_day and any(lower(what) == lower(sign.words) for sign in view.tenses)
        what = _behind(naming) if is_bare_verb else what
        return cut(what, LONGEST_WHAT), cut(who, LONGEST_WHO)
    return _owed(naming, owes, speaker)


def _owed(naming: Naming, owes: re.Match[str], speaker: str) -> tuple[str, str]:
    """What and who around the verb that stands between them."""
    language, after = naming.language, owes.end()
    has_who = "who" in owes.re.groupindex and owes["who"] is not None
    who_from, who_to = owes.span("who") if has_who else (naming.start, owes.start())
    who = _relative_subject(naming) or noun(_words(naming, who_from, who_to), language)
    bearer = None if who else language.compiled.bearer.match(naming.view.marked, after, naming.end)
    if bearer:
        who, after = noun(naming.view.original(*bearer.span("who")), language), bearer.end("who")
    what = first_part(trim(_words(naming, after, naming.end), language))
    is_pronoun = language.compiled.pronouns.fullmatch(lower(who)) is not None
    who = (speaker if is_pronoun or not who else who) if what else who
    if not has_who and not bearer and _is_done_to_subject(naming, owes.end(), what):
        return cut(_happening(naming, who_from, "" if is_pronoun else who, what), LONGEST_WHAT), ""
    return cut(what or who, LONGEST_WHAT), cut(who, LONGEST_WHO) if (what and not is_pronoun) or speaker else ""


def _happening(naming: Naming, start: int, who: str, what: str) -> str:
    """A thing that is done or happens: with its verb where the word alone names nothing, or from before the clause."""
    view, language = naming.view, naming.language
    if who and " " not in who and " " in view.marked:
        is_bare = naming.verdict.type == EVENT or language.compiled.acts.fullmatch(lower(who))
        return _clause(naming, start) if is_bare else who
    if who or (who := _before_relative(naming)):
        return who
    first = min((sign.start for sign in (*view.tenses, *view.topics)), default=0)
    earlier = noun(view.original(0, first), language) if first < naming.start else ""
    is_pronoun = language.compiled.pronouns.fullmatch(lower(earlier)) is not None
    return (what if " " in what else "") if is_pronoun or not earlier else earlier


def _after_report(naming: Naming) -> tuple[Naming, str]:
    """What is told, without who tells it: `the miner said it will ..`; and who that is."""
    view, said = naming.view, None
    for match in naming.language.compiled.says.finditer(view.plain, 0, naming.place):
        said = match
    if said is None or said.end() < naming.start:
        return naming, ""
    start, _ = view.clause(max(0, said.start() - 1))
    dateline = DATELINE.match(view.marked) if start == 0 else None
    start = dateline.end() if dateline and dateline.end() < said.start() else start
    speaker = noun(view.original(start, said.start()), naming.language)
    return replace(naming, start=said.end()), speaker


def _is_bidden(naming: Naming, owes: re.Match[str]) -> bool:
    """Whether somebody is told to do what a bare infinitive says: whoever stands in the dative."""
    if owes.end() > owes.start():
        return True
    who = noun(_words(naming, naming.start, owes.start()), naming.language)
    return naming.language.compiled.bidden.match(lower(who)) is not None


def _bidden_before(naming: Naming) -> str:
    """Who the clause before calls on to do it: `fordert die Mitglieder auf, .. vorzulegen`."""
    bids = naming.language.compiled.bids.search(naming.view.plain, 0, naming.start)
    return noun(naming.view.original(*bids.span("who")), naming.language) if bids else ""


def _before_relative(naming: Naming) -> str:
    """The noun before a relative clause, in which the date stands or after which."""
    relative = RELATIVE.search(naming.view.plain, 0, naming.start)
    if relative is None:
        return ""
    start, _ = naming.view.clause(max(0, relative.start() - 1))
    start = max([start, *_by_the_way(naming, start, relative.start())])
    return noun(naming.view.original(start, relative.start()), naming.language)


def _by_the_way(naming: Naming, start: int, end: int) -> list[int]:
    """Where things begin that a preposition adds to a verb between two places, none of whose own verbs looks ahead."""
    view, is_epithet = naming.view, naming.language.compiled.epithets.fullmatch
    verbs = [sign for sign in view.tenses if start <= sign.start < end and not is_epithet(lower(sign.words))]
    if not verbs or verbs[-1].kind in ("ahead", "soft"):
        return []
    beside = naming.language.compiled.beside.finditer(view.plain, verbs[-1].end, end + 1)
    return [match.end() for match in beside if match.end() <= end]


def _named_by_the_way(naming: Naming) -> str:
    """What the sentence names without a verb of its own."""
    return _before_relative(naming) or _event_beside(naming)


def _of_the_day(naming: Naming) -> str:
    """The thing whose day is waited for: `ahead of Thursday's vote`, `avant le vote de jeudi`."""
    head, view = naming.verdict.head, naming.view
    if head is None or head.kind != OCCASION:
        return ""
    before = trim(view.original(head.start, naming.place), naming.language)
    return before or first_part(trim(view.original(naming.place + 1, naming.end), naming.language))


def _relative_subject(naming: Naming) -> str:
    """Whom a relative clause speaks of that begins with its verb: `the act, which passed and will apply from`."""
    first = min((sign.start for sign in naming.view.tenses), default=0)
    return _before_relative(naming) if naming.start <= first <= naming.start + 1 else ""


def _is_done_to_subject(naming: Naming, start: int, what: str) -> bool:
    """Whether the subject is the thing itself: it takes effect, ends, is filed, is held."""
    view, verdict = naming.view, naming.verdict
    if not what or (verdict.head is not None and verdict.head.kind in ITSELF):
        return True
    if naming.language.compiled.passive.match(view.plain, start, naming.end):
        return True
    if verdict.type == EVENT and len(what) <= (SHORT_VERB if " " in view.marked else SHORT_VERB_IN_CJK):
        return True
    topic = verdict.topic
    is_own = topic is not None and verdict.type in (EFFECTIVE, EXPIRY) and topic.kind == verdict.type
    return is_own and topic is not None and what.startswith(topic.words[:4])


def _subject(naming: Naming) -> str:
    """The words before the verb or the label's colon; of an event or a deed with an object, the clause."""
    view, language = naming.view, naming.language
    (verb, after_verb), is_deed = _verb(naming)
    before = noun(_words(naming, naming.start, verb), language)
    if not is_deed and language.compiled.pronouns.fullmatch(view.plain[naming.start : verb].strip()):
        return ""
    is_ended = view.marked[naming.place + 1 : naming.place + 2] == ","
    last = naming.place if is_ended else naming.end
    is_event = naming.verdict.type == EVENT and any(naming.start < one.start < last for one in view.tenses)
    is_deed = is_deed and _has_object(naming, after_verb)
    may_be_clause = bool(before) and " " in view.marked and (is_event or is_deed)
    if before and not may_be_clause:
        return before
    after = trim(without_place(_words(naming, naming.place + 1, naming.end)), language)
    has_object = trim(_words(naming, after_verb, naming.place), language) or (after and " " not in before)
    if before and not has_object and not is_deed and " " in before:  # `Work` alone names nothing
        return before
    return _clause(naming) if may_be_clause else first_part(after) or _clause(naming)


def _event_beside(naming: Naming) -> str:
    """The event that a date is said of by the way: `voted to remove him weeks before national elections in April`."""
    view, place, topic = naming.view, naming.place, naming.verdict.topic
    if topic is None or topic.kind != EVENT or naming.verdict.type != EVENT:
        return ""
    if topic.start > place:
        beside = naming.language.compiled.beside.finditer(view.plain, naming.start, place + 1)
        is_its_name = any(place - match.end() <= len("the ") for match in beside)
        is_near = topic.start - place <= NEAR_BEHIND and not BROKEN.search(view.marked, place + 1, topic.start)
        return trim(view.original(place + 1, topic.end), naming.language) if is_its_name and is_near else ""
    start = max(_by_the_way(naming, naming.start, topic.start), default=None)
    if start is None or BROKEN.search(view.marked, start, place):
        return ""
    return trim(without_place(view.original(start, place)), naming.language)


def _behind(naming: Naming) -> str:
    """What stands behind the date, unless that says something else: `Establish until ◆ a ban on exports`."""
    words = naming.view.original(naming.place + 1, naming.end).lstrip()
    return "" if JOINED.match(words) else first_part(trim(words, naming.language))


def _clause(naming: Naming, start: int | None = None) -> str:
    """All of the clause, but for the place that it begins with, and for what comes with other dates."""
    view, first = naming.view, naming.start if start is None else start
    other = _first_other_date(naming, first)
    end = next((place for place in view.places if naming.place < place < naming.end), naming.end)
    words = _words(replace(naming, end=end), first, end)
    if other < naming.place:
        words = f"{trim_end(view.original(first, other), naming.language)} {view.original(naming.place + 1, end)}"
    return first_part(trim(without_place(words), naming.language))


def _first_other_date(naming: Naming, start: int) -> int:
    """Where the first date stands that has words before it in the clause: the date itself at the latest."""
    view, heads = naming.view, naming.view.heads
    for place, written in zip(view.places, view.written, strict=True):
        is_named = written.form in ("year", "quarter", "half") or (place in heads and heads[place].kind == MOVED)
        if start < place < naming.place and not is_named and trim(view.original(start, place), naming.language):
            return place
    return naming.place


def _verb(naming: Naming) -> tuple[tuple[int, int], bool]:
    """Where the first verb before the date stands, and whether somebody does something by it."""
    view = naming.view
    is_adjective = naming.language.compiled.epithets.fullmatch
    found = [(sign.start, sign.end, True) for sign in view.tenses if not is_adjective(lower(sign.words))]
    for sign in view.topics:
        if sign.kind in (EFFECTIVE, EXPIRY):
            noun = sign.words.rfind(" ") + 1 if sign.words[sign.words.rfind(" ") + 1 :].startswith("end") else 0
            found.append((sign.start + noun, sign.end, False))
    other = _first_other_date(naming, naming.start)
    start, end, is_deed = min((one for one in found if naming.start <= one[0] < other), default=(other, other, False))
    return (start, end), is_deed and view.marked[:start].rstrip()[-1:] not in ",，"


def _has_object(naming: Naming, after_verb: int) -> bool:
    """Whether the verb has a thing that it is done to, before the date or behind it."""
    view, patterns = naming.view, naming.language.compiled
    if patterns.things.match(view.plain, naming.place + 1, naming.end):
        return True
    between = view.plain[after_verb : naming.place].strip()
    if DATE in between or patterns.intro.match(between) or patterns.passive.match(between):
        return False
    return " " in trim_end(between, naming.language)


def _words(naming: Naming, start: int, end: int) -> str:
    """The words between two places, without the date and what stands right at it."""
    view, place, head = naming.view, naming.place, naming.verdict.head
    if not start <= place < end:
        return _without_moved(naming, start, end)
    after = max(head.end if head and head.start <= place < head.end else 0, place + 1)
    before = trim_end(_without_moved(naming, start, place), naming.language)
    return f"{before} {view.original(min(after, end), end)}"


def _without_moved(naming: Naming, start: int, end: int) -> str:
    """The words between two places, without a date that no longer holds and what stands before it."""
    pieces = []
    for place, head in naming.view.heads.items():
        if head.kind == MOVED and start <= place < end:
            pieces.append(trim_end(naming.view.original(start, place), naming.language))
            start = place + 1
    return " ".join([*pieces, naming.view.original(start, end)])
