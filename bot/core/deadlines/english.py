"""How English writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, NUMERIC, YEAR, Language, counted, listed, numbered, one_of

MONTHS = numbered("january february march april may june july august september october november december", short=3) | {
    "sept": 9
}
WEEKDAYS = (
    counted("monday tuesday wednesday thursday friday saturday sunday")
    | counted("mon tue wed thu fri sat sun")
    | {"tues": 1, "thur": 3, "thurs": 3}
)
NTHS = {"fifth": 5, "seventh": 7, "tenth": 10, "fourteenth": 14, "fifteenth": 15, "twentieth": 20, "twenty-first": 21,
        "thirtieth": 30, "forty-fifth": 45, "sixtieth": 60, "ninetieth": 90}  # fmt: skip
NUMBERS = (
    numbered("one two three four five six seven eight nine ten eleven twelve")
    | numbered("first second third fourth")
    | {"fourteen": 14, "fifteen": 15, "twenty": 20, "twenty-one": 21, "thirty": 30, "forty-five": 45, "sixty": 60,
       "ninety": 90, "a": 1, "an": 1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4, "last": 4}
    | NTHS
)  # fmt: skip
ORDINALS = NTHS.keys() | frozenset("first second third fourth 1st 2nd 3rd 4th final last q1 q2 q3 q4".split())
UNITS = {unit + s: unit for unit in ("day", "week", "month", "year") for s in ("", "s")}
WORKDAYS = {
    f"{kind} {day}": "workday"
    for kind in ("working", "business", "trading", "clear business")
    for day in ("day", "days")
}
FEASTS = {"christmas": "12-25", "christmas day": "12-25", "christmas eve": "12-24", "new year's eve": "12-31",
          "new year's day": "1-1", "new year": "1-1", "halloween": "10-31", "independence day": "7-4",
          "labor day": "9-mon-1", "thanksgiving": "11-thu-4", "memorial day": "5-mon-5"}  # fmt: skip
WORDS = {
    **UNITS, **WORKDAYS, **FEASTS, "tomorrow": "tomorrow", "day after tomorrow": "overmorrow", "quarter": "quarter", "q": "quarter",
    "half": "half", "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
    "early": "early", "late": "late", "later": "late",
}  # fmt: skip

MONTH = rf"(?P<month>{one_of(MONTHS)})\b\.?(?!-[a-z])"
OTHER_MONTH = MONTH.replace("month>", "last_month>")
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
TO = r"\s*(?:[-–—]|to|through|until|and)\s*"
WEEKDAY = rf"(?P<dayname>{one_of(WEEKDAYS)})\b\.?"
OTHER_WEEKDAY = rf"(?:{one_of(WEEKDAYS)})\b\.?"
ORDINAL = r"(?P<ordinal>first|second|third|fourth|final|1st|2nd|3rd|4th)"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of({name: 0 for name in NUMBERS if name not in ORDINALS})})(?: \(\d+\))?[ -](?:calendar |consecutive )?(?P<unit>{one_of(UNITS | WORKDAYS)})\b"
ANCHOR = r"(?P<anchor>(?:(?!\b(?:and|to|or|by|but|must|shall|may|will|should)\b)(?:[a-z]{3,4}\.|[^,.;])){3,60}(?!\w))"
FROM = r"(?P<from>\s+(?:of|from|after|following)\s+)"
NEXT = r"(?:,? (?:of )?(?P<next>next) year|(?P<this>,? this year)| of the year)?"
IN_YEAR = rf"(?:(?:,\s*|\s+(?:of\s+)?){YEAR})?{NEXT}"
FILL = r"(?:(?:the|about|around|approximately|close of (?:business|trading)|cob|on|at least|at|to|the latest|and including|late|early|local time|as early as|a|week|date)\s+){0,6}"
"""What may stand between a preposition and its date."""

PERMITTED = r"submit\w*|file[ds]?|appl\w+|comment|request\w*|lodge\w*|sen[dt]|inspect\w*|view\w*|regist\w+|collect\w*|import\w*|export\w*"
"""What people may do: `may apply from` sets a date, `may rise from` supposes one."""

SETS = r"(?:ha(?:s|ve)|g[ia]v(?:es?|en|ing)|gave|grant(?:s|ed)?|allow(?:s|ed)?)"
UNTIL = r"(?:until|till|through|up (?:to|until)|no later than|not later than)"
EVENTS = (
    r"vote[sd]?|hearings?|auctions?|summits?|results?|rulings?|talks|ministerial|meets?|meetings?|conferences?|elections?|"
    r"sessions?|forum|votes|decide|decision|visit|trial|webinars?|webcast|workshop|launch|ceremony|referendum|earnings|congress"
)

WAITED_FOR = r"(?:ahead of|before|await(?:s|ing|ed)?|wait(?:s|ing)? for|in time for)"

ENGLISH = Language(
    name="en",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    month_first=True,
    capitals=True,
    closes=r"\b(?:end|close|last|final|out|over)",
    trigger=rf"\b(?:{one_of(MONTHS)}|{one_of(WEEKDAYS)}|tomorrow|days?|weeks?|months?|years?|quarter|half|spring|summer|autumn|fall|winter|christmas|halloween)\b",
    forms=(
        ("week_of", rf"\b(?:the )?week (?:of|beginning|starting|commencing) (?:{WEEKDAY},? )?(?:{MONTH}\s+{DAY}){IN_YEAR}"),
        ("week_of", rf"\b(?:the )?week (?:of|beginning|starting|commencing) (?:{WEEKDAY},? )?{DAY}\s+{MONTH}{IN_YEAR}"),
        ("day", rf"(?P<ordinal>first|second|third|fourth) (?P<weekday>{one_of(WEEKDAYS)}) (?:of|in) {MONTH}{IN_YEAR}"),
        ("within", rf"\b{SETS}\s+(?:(?!\d)[\w'-]+\s+){{0,4}}?(?:an?(?: additional| extra| further)?\s+)?(?P<span>{COUNT})(?=(?:\s+(?:from|after)\s+(?P<anchor>[^;]{{1,30}}?))?\s+(?:to|in which to)\b|[ -]deadline)"),
        ("count", rf"\b{COUNT}{FROM.replace('of|', '')}{ANCHOR}"),
        ("count", rf"\b(?:on|from) the (?:(?P<count>\d{{1,3}}(?=st|nd|rd|th)|{one_of(NTHS)})(?:st|nd|rd|th)? )(?:calendar )?(?P<unit>day)(?P<from>\s+(?:after|following)\s+){ANCHOR}"),
        ("day", ISO),
        ("day", NUMERIC),
        ("day", rf"\b{MONTH}\s+\d{{1,2}},\s+(?P<span>(?P<day>\d{{1,2}}))(?=(?:,\s+\d{{1,2}})*,?\s+(?:and|or)\s+\d{{1,2}}\b(?!\s*%|\s+[a-z]+ed\b))"),
        ("day", rf"\b{MONTH}\s+\d{{1,2}}(?:,\s+\d{{1,2}}){{1,4}},?\s+(?:and|or)\s+(?P<span>(?P<day>\d{{1,2}}))\b(?!\s*%|\s+[a-z]+ed\b|[.,]\d)"),
        *listed(r"and|or", rf"(?:of\s+)?{MONTH}{IN_YEAR}"),
        ("day", rf"\b(?:{WEEKDAY},?\s+)?{MONTH}\s+{DAY}(?![\d%]|[.,:]\d)(?:(?:{TO}|\s*(?:[-–—]|through)\s*(?:{OTHER_WEEKDAY},?\s+)?{OTHER_MONTH}\s+)(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))?(?:,?\s+{YEAR})?{NEXT}"),
        ("day", rf"\b(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}{TO}(?:{OTHER_WEEKDAY},?\s+)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}{IN_YEAR}"),
        ("day", rf"\b(?:{WEEKDAY},?\s+)?(?:the\s+)?(?<!\d[.,])(?<!\$){DAY}(?:\s+day)?\s+(?:of\s+)?{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:comments?|submissions?|nominations?|applications?|objections)\b[^.;,◆]{{0,40}}\bfor\s+(?:a period of\s+|another\s+)?(?P<span>{COUNT})\b"),
        ("within", rf"\b(?:within|no later than|not later than|not more than)\s+(?:the (?:next|following|coming)\s+|a period of\s+)?{COUNT}(?!\s+(?:thereafter|later|before|prior))(?:{FROM}{ANCHOR})?"),
        ("count", rf"\bin\s+the (?:next|coming)\s+{COUNT}(?!['’])"),
        ("count", rf"\bin\s+(?:about\s+)?{COUNT}(?!['’])"),
        ("end", rf"\b(?:the )?(?:very )?(?:end|close|(?:last|final) day) of (?:the )?{MONTH}{IN_YEAR}"),
        ("end", rf"\b(?:the )?(?:end|close) of (?:the )?{ORDINAL} (?P<unit>quarter|half){IN_YEAR}"),
        ("end", r"\b(?:the )?(?:end|close) of (?:the|this|(?P<next>next)) (?:current |calendar )?(?P<unit>week|month|quarter|half|year)\b(?!['’]s)"),
        ("end", r"\b(?P<unit>year|month|quarter|week)(?:[- ]end|['’]s end)\b"),
        ("end", rf"\bend[- ]{MONTH}{IN_YEAR}"),
        ("end", rf"\b{MONTH}[- ]end\b{IN_YEAR}"),
        ("end", rf"\b(?:the )?end of (?P<unit>q)(?P<ordinal>[1-4])\b{IN_YEAR}"),
        ("end", r"\bend[- ](?:of[- ])?(?P<unit>year|month|quarter|week)\b"),
        ("end", r"\bbefore (?P<span>the (?P<unit>year|month|week|quarter) is (?:out|over))"),
        ("end", rf"\bend-{YEAR}"),
        ("end", rf"\b(?:the )?(?:(?:end|close) of|year-end) {YEAR}"),
        ("later", r"\b(?:later|late) (?:this|in the) (?P<unit>week|month|quarter|year)\b"),
        ("part", rf"\b(?P<part>early|late|later)(?: in| this)? (?:{YEAR}|(?P<next>next) year)"),
        ("mid", rf"\b(?:mid[- ]|middle of ){YEAR}"),
        ("mid", r"\bmid[- ](?P<next>next )?(?P<unit>month)\b"),
        ("period", rf"\b(?:the )?(?:early |late )?(?P<next>next|coming) (?P<unit>week|month|quarter)\b(?! \d|['’](?!s (?:[\w-]+ ){{0,3}}(?:{EVENTS})\b))(?:['’]s(?=\s))?"),
        ("quarter", rf"\b(?:the )?{ORDINAL}[- ]quarter\b{IN_YEAR}"),
        ("quarter", r"\bq(?P<ordinal>[1-4])[- ]?(?:cy)?['’]?(?P<year>20\d\d|2\d)\b"),
        ("quarter", r"\b(?P<ordinal>[1-4])q[- ]?['’]?(?P<year>20\d\d|2\d)\b"),
        ("half", r"\bh(?P<ordinal>[12])[- ]?(?:cy)?['’]?(?P<year>20\d\d|2\d)\b"),
        ("half", r"\b(?P<ordinal>[12])h[- ]?['’]?(?P<year>20\d\d|2\d)\b"),
        ("quarter", rf"\bQ(?P<ordinal>[1-4])\b{IN_YEAR}"),
        ("quarter", rf"\b(?P<ordinal>[1-4])Q\b{IN_YEAR}"),
        ("half", rf"\b(?:the )?(?P<ordinal>first|second|latter|1st|2nd) half\b(?! hour){IN_YEAR}"),
        ("half", rf"\bH(?P<ordinal>[12])\b(?![-–]\w){IN_YEAR}"),
        ("mid", rf"\bmid(?:dle of |[- ]){MONTH}{IN_YEAR}"),
        ("season", rf"\b(?:(?:(?:early|late|(?P<now>this)|next|the|in) ){{1,2}}|(?<=by )|(?<=until )|(?<=before ))(?P<low>(?P<season>spring|summer|autumn|fall|winter))\b(?! in| of (?:the )?[a-z]){IN_YEAR}"),
        ("fixed", rf"\b(?P<feast>{one_of(FEASTS)})\b"),
        ("month", rf"\b{MONTH}(?=\s+(?:and|or|to|through|[-–])\s+(?:{one_of(MONTHS)})[.,]?\s+(?:of\s+)?(?P<year>20\d\d)\b)"),
        ("month", rf"\b(?:early |late |early in |late in )?{MONTH}(?!['’]s\b){IN_YEAR}(?!\s*\d)"),
        ("weekday", rf"(?<!given )(?<!random )\b(?:(?:this|coming|(?P<next>next))\s+)?(?P<weekday>{one_of({name: 0 for name in WEEKDAYS if len(name) > 5})})\b(?!['’]s?\b| prayers| night football| shift)"),
        ("weekday", rf"\b{WAITED_FOR}\s+(?:the\s+|this\s+)?(?P<span>(?P<weekday>{one_of({name: 0 for name in WEEKDAYS if len(name) > 5})})['’]s)(?=\s)"),
        ("day_of_month", r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)(?: of (?:this|(?P<next>next)) month)?(?=[,.;]| (?:at|and|to)\b|$)"),
        ("relative", r"\b(?:the (?=day))?(?P<unit>day after tomorrow|(?P<low>tomorrow)(?<!shape tomorrow)(?<!build tomorrow)(?<!(?<!as )\bof tomorrow)(?<!about tomorrow)(?<!like tomorrow)(?<!what tomorrow)|^tomorrow)\b(?!['’]s)"),
        ("year", r"\b(?P<year>20\d\d)\b(?![-/–]\d)"),
    ),
    heads=(
        ("refused: of last year", r"◆(?=(?:\s+(?:to|through|until|and)\s+◆)?,?\s+(?:of )?last year\b)"),
        ("refused: the earliest", rf"\b(?:not|no|never|nor|t(?<=n['’]t))\b[^◆;.,]{{0,60}}\b(?:before|prior to)\s+{FILL}◆|\b(?:no|not) (?:earlier|sooner) than\s+{FILL}◆|◆ at the earliest"),
        ("refused: moved away from", rf"\b(?:moved|pushed back|postponed|extended|delayed|brought forward)\b[^;◆]{{0,30}}\bto\s+{FILL}◆,? (?:from|instead of)\s+{FILL}◆"),
        ("occasion", rf"\b{WAITED_FOR}\s+(?:the |this )?◆(?= (?:[\w-]+ ){{0,3}}(?:{EVENTS}|data|figures|report|deadline|release|opening|debate|statement|budget|speech|match|polls?|ballot)\b)"),
        ("on", rf"\b(?:before|ahead of|by|prior to|up to|until|after|in)\s+{FILL}◆(?=(?:[’']s)? (?:[a-z]+ ){{0,2}}(?:elections?|polls?|votes?|summit|hearings?|meetings?|referendum|ballot|expiry|launch|start|auction|talks)\b)"),
        ("refused: a thing of that day", r"\ban?\s+◆(?= (?!deadline|cut-?off|vote|hearing|election|start|meeting|launch|summit|auction|target|effective)[a-z])|\b(?:correction|the brief),?\s+◆"),
        ("refused: moved away from", rf"\b(?:extend|postpon|delay|push|mov|shift|chang|reschedul|bring|brought|defer)\w*\b[^◆;]{{0,110}}\bfrom\s+{FILL}◆(?=,?\s+(?:to|until)\b)|◆(?=,?[^.;◆]{{0,40}}\b(?:was|were|ha(?:s|ve) been|(?:is|are) being|will be)\s+(?:\w+ )?(?:extended|postponed|pushed|delayed|moved|deferred)\b[^.;]{{0,30}}\b(?:to|until)\b)|\bbetween\s+◆\s+and\s+◆"),
        ("refused: a period reported on", rf"\b(?:quarter|year|months?|half|weeks?|period|fiscal|results) (?:that )?(?:end(?:ed|ing)|through|to)\s+(?:on\s+)?{FILL}◆"),
        ("refused: a period reported on", rf"\b(?:fiscal|financial|business)(?: \w+)?(?: (?:year|quarter|half|period)| ◆) ends? (?:on )?{FILL}◆"),
        ("refused: a period reported on", r"\b(?:fiscal|financial)(?: year)?\s◆|\b(?:for|of) (?:the )?◆(?=\s+(?:results|earnings|revenue|sales|guidance|profit|net|of the fiscal))"),
        ("refused: recurring", r"\b(?:every|each)\s+◆\s+(?:through|until)\s+◆|\b(?:every|each|any|most|all)\b(?: (?:other|second|third))?(?: year)?(?: on| by| before)?(?: the)?\s+◆|◆(?= (?:of )?(?:each|every)\b)|\b(?:annually|yearly|each year|every year) (?:on|by|in|before)\s+◆"),
        ("refused: a contract's month", r"◆(?=(?:[- ]dated)?[- ](?:delivery|deliveries|contracts?|futures|settlement|loading|cargo(?:es)?|shipment|crude|copper|options)\b)|\bfor ◆(?= (?:delivery|settlement|loading))|\bfutures? (?:contract )?for\s+◆"),
        ("refused: a name", r"\b(?:Act|Law|Regulation|Directive|Decree|Order|Resolution|Agreement|Treaty|Decision)(?: \([A-Z]+\))?(?: No\.? ?[\w/]+)?,? (?:of|dated)\s+◆|(?<=[Vv]ision )◆|(?<=Agenda )◆"),
        ("refused: dated", r"\b(?:dated|(?<!be )signed|(?<!be )adopted on|(?<!be )published on|since|(?<!will )(?<!to )(?<!would )last|past|previous|updated:?|posted:?|published:?|issued:?)\s+(?:on\s+|the\s+)?◆|◆ ago\b|◆ (?:of )?(?:two|three|four|\w+ty|\d+) years ago|◆ last year|\bearlier (?:on\s+|in\s+)?◆|◆(?=,? (?:of )?(?:that|the same) year\b)|\bdat(?:es?|ed|ing) (?:back )?(?:from|to)\s+◆"),
        ("refused: a debt's maturity", r"\b(?:notes?|bonds?|debentures?|bills|loans?|gilts?|sukuk|convertibles?)\b[^◆;]{0,40}\b(?:due|maturing|mature|matures)\s+(?:on\s+|in\s+)?◆|\bmatur(?:e|es|ing|ity)\b[^◆;]{0,20}◆"),
        ("refused: a term of office", r"\b(?:his|her|their|whose|its president|\w+['’]s)\b(?: \w+){0,3} (?:term|tenure|presidency)\b[^◆;]{0,20}\b(?:ends?|expires?|runs?|ending)\b[^◆;]{0,20}◆"),
        ("refused: a period reported on", r"\b(?:figures|data|numbers|results|reports?|statistics|earnings|inflation|index|guidance|forecasts?)\s+(?:for|in|from)\s+(?:the\s+)?◆"),
        ("refused: had been planned", r"\b(?:had been|was to have|were to have|should have been|were supposed|was supposed|originally|initially|previously)\b(?: been)?(?: \w+){0,4} (?:by|for|on|in|until|before|to|at)?\s?◆"),
        ("refused: a stock on a day", r"\bas (?:of|at)\s+◆(?=[^.;]{0,60}\b(?:held|had|stood|was|were|totall?ed|has|have|is|are)\b)"),
        ("refused: had been planned", r"\b(?:was|were) (?:due|to|set|scheduled|supposed|meant|expected)\b[^.;◆]{0,40}◆(?=,? but\b)"),
        ("refused: told of the past", r"(?<=, )(?:\w+ly )?(?!scheduled|planned|expected|required|slated)[a-z]{3,}ed (?:late |early )?(?:on )?◆(?=,| (?:when|after|as|because|following|by|over|amid|in|at)\b)|\b(?:on )?◆(?= (?:\w+ly )?(?!limited|proposed|related|united)[a-z]{3,}ed (?:the|an?|its|his|her|their|that|it)\b)"),
        ("refused: no day", r"\bto before ◆"),
        ("refused: recurring", r"\b(?:every|each)\s+◆,?(?: ◆,)? (?:and|or) ◆"),
        ("refused: a contract's month", r"\bfor (?:delivery|shipment|settlement) (?:in|by|over) (?:the )?◆"),
        ("after", r"\b(?:after|following)\s+(?:an?|his|her|their|its)\s+(?:(?!planned|scheduled|upcoming)[\w-]+ ){1,4}(?:in|on)\s+◆"),
        ("for", r"\bfor\s+◆"),
        ("to", rf"\b(?:mov|reschedul|postpon|delay|defer|extend|shift|push|adjourn)\w*\b[^;◆]{{0,60}}\bfrom\s+{FILL}◆,?\s+(?:to|until)\s+{FILL}◆"),
        ("through", rf"\bfrom\s+{FILL}◆\s+(?:to|through|until)\s+{FILL}◆"),
        ("on", rf"\b(?:not|t(?<=n['’]t)) \w+(?: \w+)?\s+until\s+{FILL}◆"),
        ("until", rf"\b(?:until|till|through|up (?:to|until)|to and including|through to)\s+{FILL}◆"),
        ("until", rf"\b(?:valid|open|runs?|running|lasts?|extend\w*|prolong\w*|renew\w*)\b[^◆;]{{0,50}}\bto\s+{FILL}◆"),
        ("end", r"\b(?:expir\w+|laps(?:e|es|ing)|runs? out|running out|terminat(?:es?|ing)|ceas(?:e|es|ing) to (?:have effect|apply|be in force|operate))\b[^◆;,]{0,40}◆"),
        ("ends", rf"\bend(?:s|ing)?(?: on| at)?\s+{FILL}◆"),
        ("by", rf"\b(?:by|before|no later than|not later than|on or before|prior to|latest by|at the latest|ahead of|due(?: by| on| for)?)\s+{FILL}◆"),
        ("by", rf"\b(?<!market )(?<!markets )(?<!trading )(?:clos(?:e|es|ed|ing)|shut)s?(?: at| on)?\s+{FILL}◆"),
        ("by", r"◆ (?:deadline|cut-?off)\b|◆ at the latest"),
        ("start", r"\b(?:(?:take|come|go|enter|put)(?:s|es|ing)? (?:in|into)?\s?(?:effect|force|law)|effective|kicks? in|becom\w+ (?:law|effective|mandatory|binding)|with effect)\b[^◆;.,]{0,30}◆"),
        ("from", rf"\b(?:from|as of|as from|starting|beginning|commencing|on or after|with effect from)(?: on| in)?\s+{FILL}◆"),
        ("to", rf"\b(?:moved|rescheduled|postponed|delayed|brought forward|pushed back|deferred|adjourn\w*|extend\w*|shifted|changed)\b[^;]{{0,60}}\b(?:to|until|for)\s+{FILL}◆"),
        ("on", rf"\b(?:on|in|at|for|during|over)\s+{FILL}◆"),
    ),
    topics=(
        ("effective", r"\b(?:go(?:es)? on sale|(?:registration|applications?|nominations?|pre-?orders?)\b[^◆;.]{0,30}\b(?:opens?|starts?|begins?)|(?:controls|tariffs?|duties|duty|levy|levies|rules?|regulations?|ban|curbs|quotas?|sanctions?|fees?|surcharges?|restrictions?|requirements?)\b[^◆;,.]{0,50}\b(?:starts?|begins?)|(?:tariff|tax|levy|royalty|duty|fee)s?\b[^◆;.]{0,40}\b(?:rises?|increases?|falls?|will (?:rise|increase|fall|be (?:raised|cut)))\b|(?:take|taking|took|come|coming|came|go|going|enter|put)(?:s|es|ing)?\b (?:in|into)?\s?(?:effect|force|law)|effective(?! immediately)|kick(?:s|ing)? in|"
         r"becom\w+ (?:law|effective|mandatory|binding)|appl(?:y|ies|icable)|entry into force|phased? in|impos\w+|enforce\w*|implement\w*)\b"),
        ("expiry", r"\b(?:expir\w+|laps(?:e|es|ing)|run(?:s|ning)? out|terminat\w+|(?:ban|truce|deal|contract|pause|offer|licen[cs]e|permit|mandate|agreement|exclusivity(?: period)?|ceasefire|period|waiver|exemption|moratorium|sanctions?|suspension)s?\b(?: \w+){0,4}? end(?:s|ing)?|valid|validity|lasts|will last)\b"),
        ("deadline", r"\b(?:deadline|(?:closing|due|end|final|last|cut-?off) dates?|cut-?off|(?<!market )(?<!markets )clos(?:e|es|ing)(?! in\b)|(?:applications?|proposals?|submissions?|bids?|tenders?|nominations?|comments?|abstracts?|entries|offers?|papers)\s*:|due(?! to\b| in\b| back\b)|last day|submissions?(?: of)?|must|shall|long ?stop|ha(?:s|ve) to|time limit|applications? (?:open|accepted|period)|registration|no later)\b"),
        ("event", rf"\b(?:{EVENTS}|adjourn\w*|resum\w+|reopen\w*|tournament|championships?|festival|exhibition)\b"),
    ),
    ahead=r"(?:will|shall|won['’]t|['’]ll|must|should|would(?! have)|may (?:be )?(?:" + PERMITTED + r"))\b(?:\s+(?:\w+ly|not|also|then|be|have|soon|now|likely|first|again|only))*(?:\s+(?!◆|up\b)[\w-]+)?"
    r"|\b(?:is|are|be|was|were|being|been|['’]s|['’]re)\s+(?:(?:now|also|still|currently|tentatively|expected|due)\s+)*(?:due|set|scheduled|slated|planned|poised|required|obliged|about to|timed|billed|on track|on course|to(?= [a-z])|ready)\b(?:\s+to(?:\s+be)?\s+\w+)?"
    r"|\b(?:is|are|['’]re) (?:also |now |still )?(?:aiming|planning|preparing|meeting|holding|hosting|considering|heading|launching|opening|closing|returning|going|facing|seeking|extending|raising|imposing|introducing|visiting|travelling|traveling|leaving|arriving|moving|starting|ending|beginning|joining|delaying|reopening|restarting|expecting)\b(?:\s+to\s+(?:be\s+)?\w+)?"
    r"|\b(?:scheduled|slated|due|set|planned) (?:for|to|in|on|by)\b(?:\s+(?:be\s+)?(?=[a-z])(?!the\b)\w+)?|\b(?:due|deadline|upcoming|forthcoming|coming)\b"
    r"|\b(?:ha(?:s|ve) until|ha(?:s|ve) to \w+|(?:ha(?:s|ve|d) been |was |were |is |are )?(?:extended|postponed|rescheduled|delayed (?:until|to)|deferred (?:until|to)|suspended (?:until|through))|(?:ha(?:s|ve|d) |was |were |been )?(?:gave|given|granted)(?=[^.;]{0,40}(?:until|days|weeks|months|◆))|adjourned|adjourns|moved (?:the|to(?! [a-z]))|pushed back (?:to|until|the))\b"
    r"|\b(?:takes? effect|comes? into (?:force|effect)|goes? into effect|enters? into force|kicks? (?:in|off)|runs? (?:out|from|until)|go(?:es)? on sale|falls? due|begins|starts|expires?|closes|convenes|resumes|lapses|reconvenes|opens|ends|meets|takes place|takes office)\b",
    weak=r"can (?!not\b|no\b|only\b|be seen)[a-z]+\b|(?:is|are) (?!based|called|known|required|related)[a-z]{2,}ed\b|to(?<!failed to)(?<!refused to)(?<!declined to)(?<!managed to)(?<!came to)(?<!went to)(?<!continued to)(?<!began to)(?<!started to)(?<!used to)(?<!helped to)(?<!forced to)(?<!led to)(?<!first to)(?<!last to)(?<!latest to)(?<!only to)(?<!able to)(?<!ability to)(?<!according to)\s+(?:be\s+)?(?!the\b|a\b|an\b|its\b|their\b|his\b|her\b|our\b|this\b|that\b|about\b|parliament\b|market\b|around\b|nearly\b|more\b|less\b|all\b|some\b|it\b|them\b|him\b|us\b|court\b|end-|two\b|three\b|press\b|at\b|from\b|date\b|year\b|normal\b|before\b|\w+[^s\W]s\b)(?P<low>[a-z]{2,})"
    r"|(?=[movbsrcadhulfgnpt])(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bof )(?<!\bin )(?<!\bits )(?<!\bhis )(?:meet|votes?|open|begin|start|resume|close|convene|applies|apply|decides?|hears?|visits?|holds?|unveils?|launches?|publishes|faces|returns?|reopens?|gathers?|debates?|arrives?|leaves(?= (?:on )?◆| for\b)|retires?|considers?|becomes?|hosts?|plays?|takes on|travels|premieres|performs|runs|next|later)\b",
    perhaps=r"\b(?:perhaps|possibly|presumably|speculat\w+|if (?:it is |they are |this is )?(?:approved|passed|adopted|ratified|enacted|signed|confirmed))\b",
    soft=r"\b(?:is|are|was|were)?\s?(?:widely |now )?(?:expected|likely|projected|anticipated|forecast|tentatively)\b(?:\s+to(?:\s+be)?\s+\w+)?|\b(?:plans?|expects?|aims?|intends?|hop(?:es?|ing)|wants?|seeks?|planning|planned|target(?:s|ed|ing)?|proposes|looking)\b(?:\s+to\s+(?:be\s+)?\w+)?",
    past=r"\bha(?:s|ve|d) (?:\w+ly |also |already |not |since |been |long )*(?!to\b|until\b)\w+(?:ed|en|wn|ne|ld|id|ut|t)\b"
    r"|\b(?:last|previous|historic|recent) (?:visit|trip|meeting|summit|round|session|election)\b"
    r"|\b(?:said|told|held|met|made|fell|rose|began|took|came|went|grew|saw|led|sold|bought|sent|paid|lost|won|got|left|kept|hit|put|ran|spoke|wrote|broke|drew|fled|found|built|shut|stood|slid|sank|shot|struck|swore|brought|became|knew|thought|sought|fought|caught|taught|felt|meant|spent|dealt|gave up|cut off|sat|lay|flew|threw|chose|drove|rang|sang|swam|hid|bit|tore|wore|wept|woke|withdrew|overthrew|rebounded|was|were|did|had)\b"
    r"|(?=[a-z]{2,}ed\b)(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\btheir )(?<!\bhis )(?<!\bbe )(?<!\bof )(?!need|feed|speed|seed|indeed|exceed|proceed|succeed|hundred|united|scheduled|planned|required|supposed|limited|unlimited|related|rare|detailed)[a-z]{2,}ed\b",
    maybe=r"\b(?:(?:could|might)(?:\s+(?:not|also|still|be|have|soon|even|as|well|early))*(?:\s+(?!◆)\w+)?|may(?! (?:be )?(?:" + PERMITTED + r")\b)|would have|as (?:early|soon) as|possibly|perhaps|rumou?red|speculat\w+|jok(?:ed|ing)|if (?:approved|passed|adopted|ratified|confirmed)|what if|unlikely)\b",
    recurs=r"\b(?:each year|every year|annually|every (?:two|three|four|five) years|each (?:month|quarter)|every month|(?:generally|usually|typically|normally|often|routinely|ordinarily) (?!expect|seen)\w+|(?:generally|usually|typically|normally|often)\s*$)\b",
    cancelled=r"\b(?:(?:it|this|that)(?:[’']s| is| was)(?: not|n[’']t) (?:that|as if|as though|like)\b|cancel(?:s|led|ed|lation)|scrapp(?:ed|ing)|shelv(?:ed|ing)|reject(?:s|ed)\b(?: on ◆| ◆)? (?:an?|(?:the|its|his|her|their|\w+['’]s?) (?:[\w'’-]+ ){0,4}?(?:decision|plan|proposal|bid|request|motion|amendment|call|demand)s?)\b|(?:was|were|been|is|are) withdrawn|called off|(?:is|are) (?:now )?off(?=\s*[,.;:]|\s*$)|vot(?:ed|es) down|(?:was|were) (?:defeated|voted down)|did not pass|den(?:ies|ied|ying)(?: that)? (?:it|he|she|they) (?:would|will|was|is|had|plan)|(?:den(?:y|ies|ied|ying)|refut\w+|rebut\w+|dismiss\w+)\b[^.;◆,]{0,40}\b(?:reports?|claims?|rumou?rs?|suggestions?|speculation|that)\b|(?:lifted|ended|resolved|settled|averted|halted)(?: \w+){0,2} (?:early|ahead of (?:schedule|time))|call(?:s|ed) (?:false|untrue|fake|wrong|incorrect|baseless)|(?:suspend(?:ed)?|averted|put off|dropped) (?:the|an?|its|their) (?:\w+ )?(?:strike|walkout|protest|hearing|vote|meeting)|will not go ahead|will not take place|did not(?! \w+ until)|failed to|until now|abandon(?:ed|s)|indefinitely|struck down|missed (?:a|the|its|their))\b",
    moves=r"\b(?:moved|postponed|rescheduled|deferred|adjourned|extended|delayed|pushed back|brought forward|prolonged)\b",
    anew=r"\b(?:new|instead|resched\w+|postpon\w+|re-?open\w*|replac\w+|now|moved)\b",
    breaks=r"[;•|]|(?<=[a-z]{3})\.(?=(?!com\b|org\b|net\b|gov\b)[a-z]{2,}\b)|,\s+(?=(?:and|but|while|as|after|before|when|where|though|although|which|who|whose)\b)|\b(?:that|which|who|after|while|because|although|where|whereas)\b(?!\s*◆)|,\s(?=(?:he|she|it|they|an?|the [\w -]{2,40}|[A-Z][\w .'-]{2,40}) (?:said|told|added|reported|announced|wrote)\b)|[”\"](?= )",
    lasts=r"\b(?:valid|prolong\w*|(?:price |interest )?caps?|in (?:place|force|effect)|suspend\w*|suspension|paus\w+|halt\w*|exempt\w*|extend\w* the (?:ban|truce|waiver|pause|suspension|contract|licen[cs]e|permit|exemption|moratorium)|renew\w*|remain\w*|stays?|lasts?|truce|ban|banned|ceasefire|moratorium|waiver|licen[cs]e|permit|contract runs|mandate|tariff pause|exclusiv\w+|rate|quota|guarantee\w*|(?:tender |exchange |takeover )?offer(?! (?:letters|documents))|shutdown|closure|curfew|lockdown|freeze|embargo|keeps?|kept|runs?(?: [\w ]{1,30}?)? (?:until|through|till|to)|running until|will run)\b",
    asks=r"\b(?:comments?|consultation|applications?|submissions?|bids?|tenders?(?! offer)|nominations?|proposals?|entries|registration|expressions of interest|enrol\w+|public review|responses|acceptances?)\b",
    joins=r"^[^.;◆]{0,40}\b(?:and|or)\b[^.;◆]{0,40}$|^,\s*$",
    dated=r"\b(?:signed|published|issued|adopted|dated)(?: by [\w ]{1,30}?)?\s+(?:on\s+)?((?:\w+\.?,?\s*){1,4})",
    today=r"\b(?:publication|today|now|announcement|date of this|this (?:order|notice|rule|decision|announcement)|its publication|published|notice)\b",
    owes=r"\b(?:order(?:s|ed|ing)|instruct\w*|direct(?:s|ed|ing)|told|task(?:s|ed)|g[ia]v(?:es?|en)|gave|ask\w*|require[sd]?|oblige[sd]?|urge[sd]?|want(?:s|ed)?|call(?:s|ed) on)\s+(?P<who>(?:(?!to\b)[\w'’-]+\s){1,6})(?:\W*◆\s*(?:from\s+◆\s*)?)?to\s(?!have\b)"
    r"|\b(?:ha(?:s|ve|d)|will have) (?:until |till |up to )?◆(?:\s+from\s+◆)?,?\s+to\b|\b(?:will(?: also| then| now)?(?: have to)?|must|shall|should|would|(?:has|have|had) (?:until|to|◆|\w+ days)|may|can|(?:is|are|was|were|been) (?:to|due to|set to|scheduled to|required to|expected to|obliged to|likely to|told to|ordered to|instructed to|asked to|directed to|urged to)|(?<!the )(?<!\ba )(?<!its )(?<!their )(?:plan|expect|aim|intend|hope|want|seek|need|agree|promise|pledge)(?:s|ed|d)? to)\b",
    attributive=r"the ◆ (?!(?:and|or|to|through|for|in|at|on|of|when|as|if|with|deadline|cut-?off|elections?|vote|meeting|summit|hearing|session|conference|auction|launch|start)\b)[a-z]+",
    epithets=r"(?:next|later|coming|upcoming|forthcoming)",
    passive=r"\s*(?:be|been|being|now be|also be|stay|remain|run|last|continue)\b|\s*(?:start|begin|resume|open|close|expire|lapse|end|reopen|reconvene|convene|apply|wrap up|kick off|take (?:place|effect)|(?:come|go|enter) into)\b\s*(?=$|[◆.,;]|(?:in|at|on|with|from|for|by|before|after|later|as|again|to|force|effect)\b)",
    intro=r"(?:other than|amid|despite|over|while|although|even though|alongside|unlike|besides|under|in|on|according|after|with|for|from|by|since|as|at|before|during|if|that|saying|when|once|meanwhile|separately|however|instead|also|earlier)\b",
    says=r"\b(?:says?|said|announced|expects|reported|added|confirmed|told (?!to\b)[\w ]{2,20}?)(?:\s+(?:(?:on|in)\s+)?◆)?,?(?:\s+that)?\s+(?=(?:it|he|she|they|the|its?|an?|this|[a-z]+)\b(?! plans?\b))(?!by\b|on\b|in\b|at\b|to\b|for\b|before\b|until\b|from\b|the (?:deadline|cut-?off))",
    pronouns=r"(?:it|he|she|they|we|you|i|this|these|those|that|who|which|one|both|all|there|people|him|them)",
    acts=r"(?:works?|construction|production|operations?|mining|drilling|talks|negotiations|trading|voting|building|repairs|payments?|deliver(?:y|ies)|shipments?)",
    beside=r"\b(?:ahead of|before|after|in|at|for|until|attend\w*|with|to)\s+(?=[\w◆])",
    things=r"\s(?:the|its|their|an?)\s",
    trims=r"\b(?:ahead of|await(?:s|ing|ed)?|wait(?:s|ing)? for|currently|generally|officially|reportedly|the|an?|its|his|her|their|that|which|and|but|or|of|to|on|in|at|for|from|by|before|until|till|with|as|is|are|was|were|be|will|must|has|have|had|no|not|later|than|than that|also|so|now|due|under|starting|said|says|he|she|it|they|when|up to)\b",
)  # fmt: skip
