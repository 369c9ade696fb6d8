"""How English writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, YEAR, Language, counted, numbered, one_of

MONTHS = numbered("january february march april may june july august september october november december", short=3) | {
    "sept": 9
}
WEEKDAYS = (
    counted("monday tuesday wednesday thursday friday saturday sunday")
    | counted("mon tue wed thu fri sat sun")
    | {"tues": 1, "thur": 3, "thurs": 3}
)
NUMBERS = (
    numbered("one two three four five six seven eight nine ten eleven twelve")
    | numbered("first second third fourth")
    | {"fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90, "a": 1, "q1": 1, "q2": 2, "q3": 3, "q4": 4}
)
UNITS = {unit + s: unit for unit in ("day", "week", "month", "year") for s in ("", "s")}
WORKDAYS = {f"{kind} {day}": "workday" for kind in ("working", "business") for day in ("day", "days")}
WORDS = {**UNITS, **WORKDAYS, "tomorrow": "tomorrow", "quarter": "quarter", "half": "half"}

MONTH = r"(?P<month>(?-i:[A-Z])(?:" + "|".join(sorted({m[1:] for m in MONTHS}, key=len, reverse=True)) + r"))\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
WEEKDAY = rf"(?:{one_of(WEEKDAYS)})\b\.?"
ORDINAL = r"(?P<ordinal>first|second|third|fourth)"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})[ -](?:calendar )?(?P<unit>{one_of(UNITS | WORKDAYS)})\b"
ANCHOR = r"(?P<anchor>(?:(?!\b(?:and|to|or|by|but)\b)(?:(?-i:[A-Z][a-z]{2,3})\.|[^,.;])){3,60})"
NEXT = r"(?:,? (?:of )?(?P<next>next) year| this year| of the year)?"
IN_YEAR = rf"(?:(?:,\s*|\s+(?:of\s+)?){YEAR})?{NEXT}"
FILL = (
    r"(?:(?:the|about|around|midnight|noon|close of business|COB|on|at|to|and including|late|early|\d{1,2}(?:[:.]\d\d)?"
    r"(?:\s*[ap]\.?m\.?)?|UTC|GMT|CET|E[SD]?T|local|eastern|Brussels|London|time)\s+){0,6}"
)
"""What may stand between a preposition and its date."""

STOP = (
    r"(?:by|before|until|till|on|in|at|from|to|is|are|will|must|has|have|had|was|were|be|and|or|no|not|appl\w+|takes?|goes|said|"
    r"says|that|which|due|according|as|with)\b"
)
"""Words that end the name of a thing."""

UNTIL = r"(?:until|till|through|up to|to)"

ENGLISH = Language(
    name="en",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    forms=(
        ("count", rf"\b{COUNT}\s+(?:from|after)\s+{ANCHOR}"),
        ("day", ISO),
        (
            "day",
            rf"\b(?:{WEEKDAY},?\s+)?{MONTH}\s+{DAY}(?![\d%]|[.,:]\d)(?:\s*[-–]\s*\d{{1,2}}\b)?(?:,?\s+{YEAR})?{NEXT}",
        ),
        ("day", rf"\b(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}(?:\s*[-–]\s*\d{{1,2}})?\s+(?:of\s+)?{MONTH}{IN_YEAR}"),
        ("within", rf"\bwithin\s+(?:the next\s+)?{COUNT}(?:\s+(?:of|from|after)\s+{ANCHOR})?"),
        ("count", rf"\bin\s+(?:the next\s+)?{COUNT}"),
        ("end", rf"\b(?:the )?end of (?:the )?{MONTH}{IN_YEAR}"),
        ("end", rf"\b(?:the )?end of (?:the )?{ORDINAL} (?P<unit>quarter|half){IN_YEAR}"),
        ("end", r"\b(?:the )?end of (?:the|this|(?P<next>next)) (?:calendar )?(?P<unit>week|month|quarter|year)\b"),
        ("end", r"\b(?P<unit>year|month)[- ]end\b"),
        ("end", rf"\b(?:the )?end of {YEAR}"),
        ("period", r"\b(?:the )?(?P<next>next) (?P<unit>week|month|quarter)\b"),
        ("quarter", rf"\b(?:the )?(?:{ORDINAL} quarter|(?-i:Q(?P<count>[1-4])))\b{IN_YEAR}"),
        ("half", rf"\b(?:the )?{ORDINAL} half\b{IN_YEAR}"),
        ("mid", rf"\bmid[- ]{MONTH}{IN_YEAR}"),
        ("month", rf"\b{MONTH}{IN_YEAR}(?!\s*\d)"),
        ("weekday", rf"\b(?:next )?(?P<weekday>{one_of(WEEKDAYS)})\b"),
        ("relative", r"\b(?P<unit>tomorrow)\b"),
    ),
    cues=(
        ("refused", rf"\b(?:extend|postpon|delay|push|mov|shift)\w*\b[^◆;]{{0,40}}\bfrom\s+{FILL}◆\s+(?:to|until)\b"),
        ("deadline", r"\b(?:deadline|(?:closing|due|cut-?off) date|cut-?off)\b[^◆;]{0,70}◆"),
        ("expiry", r"\b(?:expir\w+|laps(?:e|es|ing)|runs? out|(?:which|that|period|licen[cs]e|ban|truce|deal|contract|pause|offer|"
         r"waiver|exemption|suspension)\b[^◆;,]{0,30} ends?|ends (?:on|at))\b[^◆;]{0,20}◆"),
        ("expiry", rf"\b(?:valid|in (?:place|force|effect)|suspended|paused|halted|exempt\w*|extend\w*|renewed|remains?|stays?|"
         rf"lasts?|runs?|postponed)\b[^◆;]{{0,40}}\b{UNTIL}\s+{FILL}◆"),
        ("effective", r"\b(?:(?:take|come|go|enter|put)(?:s|es|ing)?\b (?:in|into)?\s*(?:effect|force|law)|effective|kicks? in|"
         r"becomes? (?:law|effective|mandatory|binding)|appl(?:y|ies|icable)|start(?:s|ing)?|begin(?:s|ning)?|"
         r"with effect from)\b[^◆;.]{0,30}◆"),
        ("effective", rf"^\W*(?:as of|from)\s+{FILL}◆[^.]{{0,60}}\b(?:will|must|ha(?:s|ve) to|need)\b"),
        ("effective", rf"\b(?:will|must|shall|to)\b[^◆;]{{0,80}}\b(?:as of|as from|from)\s+{FILL}◆"),
        ("deadline", rf"\b(?:by|before|no later than|not later than|on or before|until|till)\s+{FILL}◆"),
        ("deadline", rf"(?<!was )(?<!were )\bdue(?: in| by| on)?\s+{FILL}◆"),
        ("expiry", r"\b(?:lasts?|extended|suspended|paused|valid|runs?)\b[^◆;]{0,30}◆count"),
        ("deadline", rf"\b(?:may|can|must|will|accept\w*|open|file|submit)\b[^◆;]{{0,60}}\bthrough\s+{FILL}◆"),
        ("deadline", r"◆within|\b(?:clos(?:e|es|ing)|must|ha(?:s|ve)|g[ia]ve[sn]?)\b[^◆;]{0,40}◆count"),
        ("deadline", rf"\bclos(?:e|es|ing)\s+{FILL}◆"),
        ("event", rf"\b(?:scheduled|slated|planned|set|expected|due)\b[^◆;]{{0,50}}\b(?:for|on|in|at)\s+{FILL}◆"),
        ("event", rf"\b(?:vote|hearing|auction|summit|results?|ruling|talks|ministerial|meets?|votes)\b[^◆;]{{0,40}}\bon\s+{FILL}◆"),
        ("event", rf"\b(?:moved|rescheduled|postponed|delayed|brought forward|pushed back)\b[^◆;]{{0,20}}\b(?:to|until)\s+{FILL}◆"),
        ("event", r"^\W*(?:on|in)\s+◆[^.;]{0,80}\b(?:will|is to|are to)\b"),
        ("event", r"\b(?:will|shall|is to|are to|votes?|meets?|scheduled|due)\b[^◆;]{0,90}\s◆period"),
        ("event", rf"\b(?:will|shall|should|plans?|aims?|intends?|is to|are to)\b[^◆;]{{0,90}}\b(?:on|in|for|at)\s+{FILL}◆"),
    ),
    ahead=r"\b(?:will|shall|must|ha(?:s|ve) until|is to|are to|is due|are due|to be|plans?|planned|scheduled|slated|set|"
    r"effective|takes effect|applies|ha(?:s|ve)|g[ia]ve[sn]?|order\w*|direct\w*|requir\w*|instruct\w*|should|expected|aims?|wants?|votes?|meets?|close|closes|starts?|begins?|expires?|ends|runs? out|by|before|until|due)\b[^;]{0,160}◆"
    r"|^\W*(?:on|in|by|from|starting)?\s*◆[^.;]{0,80}\b(?:will|is to|are to|must)\b",
    past=r"(?<!be )\b(?:said|told|held|met|made|fell|rose|began|took|came|went|(?!scheduled|slated|planned|expected|needed|proposed)\w{2,}ed)"
    rf"\s+(?:(?!by|before|until|till|for|to|no)[a-z]+ ){{0,2}}?(?:on\s+|in\s+|last\s+)?{FILL}◆|\blast\s+◆"
    r"|\b(?:rose|fell|grew|dropped|climbed|slipped|gained|jumped|declined|was|were|had)\s+(?:[a-z]+ )?(?:by|before|until)\s+◆",
    refuse=r"\b(?:cancel(?:s|led|ed)|scrapp|shelved|rejected|would have|jok(?:ed|ing)|withdrawn|might|if approved|"
    r"could come|as early as|did not|failed to|until now)\b"
    r"|\bhad been (?:due|set|planned|scheduled|expected)\b[^◆;]{0,30}◆|\bcould\b[^◆;]{0,40}◆"
    r"|\b(?:quarter|year|months?|half|week|period)s? (?:that )?(?:end(?:ed|ing)|to)\s[^◆]{0,12}◆"
    r"|\b(?:every|each)\b[^◆]{0,20}◆|◆[- ](?:dated|delivery|contract|futures)\b"
    r"|\bas of\s+◆[^.]{0,60}\b(?:held|had|stood|was|were|totall?ed)\b|◆ (?:of )?(?:two|three|\d+) years ago",
    dated=r"\b(?:signed|published|issued|adopted|dated)\s+(?:on\s+)?((?:\w+\.?,?\s*){1,4})",
    today=r"\b(?:publication|today|now|announcement)\b",
    joins=r"^[^.;]{0,30}\band\b[^.;]{0,30}$",
    what=r"(?:(?:[a-z]+-)*[a-z]+ ){0,2}(?:roadmap|plan|strategy|list|report|rules?|comments?|bids?|proposals?|offers?|ban"
    r"|tariffs?|quotas?|licen[cs]es?|draft|applications?|review|suspension|truce|hearing|vote|testimony|dut(?:y|ies)|levy"
    r"|contracts?|permits?|ruling|exports?)\b"
    rf"(?: (?:for|on|of) (?:the )?(?:(?!{STOP}|(?:{one_of(MONTHS)})\b)[\w-]+ ?){{1,5}})?",
    who=r"\b(?:order\w*|instruct\w*|direct\w*|told|task\w*|give\w*|ask\w*) (?:the |its |his |her )?"
    r"((?:government|cabinet|ministry|commission|agency|department|regulator|council|parliament)(?: of [A-Z]\w+)?)",
)  # fmt: skip
