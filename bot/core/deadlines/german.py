"""How German writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, YEAR, Language, counted, numbered, one_of

MONTHS = numbered("januar februar märz april mai juni juli august september oktober november dezember") | {"jänner": 1}
WEEKDAYS = counted("montag dienstag mittwoch donnerstag freitag samstag sonntag") | {"sonnabend": 5}
NUMBERS = numbered("einem zwei drei vier fünf sechs sieben acht neun zehn") | {
    "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "einer": 1, "eines": 1, "dreißig": 30,
}  # fmt: skip
UNITS = {
    "tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week", "monat": "month",
    "monats": "month", "monate": "month", "monaten": "month", "jahr": "year", "jahrs": "year", "jahres": "year",
    "jahren": "year", "werktagen": "workday", "arbeitstagen": "workday",
}  # fmt: skip
WORDS = UNITS | {
    "quartals": "quarter",
    "quartal": "quarter",
    "halbjahr": "half",
    "halbjahres": "half",
    "morgen": "tomorrow",
}
MONTH = rf"(?P<month>{one_of(MONTHS)})\b"
IN_YEAR = rf"(?:\s+{YEAR}|\s+(?P<next>nächsten|kommenden) Jahres)?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})\s+(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>[1-4]\.|ersten|zweiten|dritten|vierten)"

GERMAN = Language(
    name="de",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    forms=(
        ("day", ISO),
        ("day", r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d)\b"),
        ("day", rf"\b(?:(?:{one_of(WEEKDAYS)}),?\s+(?:(?:den|dem)\s+)?)?(?P<day>\d{{1,2}})\.\s*{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:binnen|innerhalb von|innerhalb)\s+{COUNT}(?:\s+(?:nach|ab)\s+(?P<anchor>[^,.;]{{3,60}}))?"),
        ("count", rf"\bin\s+{COUNT}"),
        ("end", rf"\bEnde\s+{MONTH}{IN_YEAR}"),
        ("end", rf"\bEnde des\s+{ORDINAL}\s+(?P<unit>Quartals|Halbjahres){IN_YEAR}"),
        ("end", r"\b(?:zum )?Ende (?:des|der) (?:(?P<next>nächsten|kommenden)\s+)?(?P<unit>Woche|Monats|Quartals|Jahres)\b"),
        ("end", r"\b(?P<unit>Jahr|Monat)(?:es|s)?ende\b"),
        ("end", rf"\bEnde\s+{YEAR}"),
        ("period", r"\b(?P<next>nächste|kommende)[nrsm]?\s+(?P<unit>Woche|Monat|Quartal)\b"),
        ("quarter", rf"\b{ORDINAL}\s+Quartal{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+Halbjahr{IN_YEAR}"),
        ("mid", rf"\bMitte\s+{MONTH}{IN_YEAR}"),
        ("month", rf"(?<!\d\. )\b{MONTH}{IN_YEAR}"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})\b"),
    ),
    cues=(
        ("refused", r"\bvom\s+◆\s+(?:auf|bis)\b"),
        ("expiry", r"\b(?:läuft|laufen|gilt|gelten|gültig|befristet|ausgesetzt|verlängert)\b[^◆;]{0,40}\bbis\s+(?:zum\s+|einschließlich\s+)?◆"),
        ("expiry", r"\b(?:läuft|laufen|endet|enden)\b[^◆;]{0,30}◆|◆\s+(?:aus|ab)\s*(?:[.,;]|$)|◆[^.;]{0,20}\b(?:ausläuft|endet|abläuft)\b"),
        ("effective", r"\b(?:tritt|treten)\b[^◆;]{0,40}◆[^.;]{0,20}\bin Kraft|◆[^.;]{0,40}\bin Kraft (?:tritt|treten)"
         r"|\b(?:gilt|gelten|greift|greifen|beginnt|startet)\b[^◆;]{0,30}\b(?:ab|am|zum)\s+(?:dem\s+)?◆|\bab (?:dem )?◆"),
        ("deadline", r"\b(?:bis|spätestens|vor)\s+(?:spätestens\s+)?(?:zum\s+|am\s+|dem\s+|\d{1,2}(?:[:.]\d\d)?\s+Uhr\s+am\s+)?◆|◆within"
         r"|\b(?:Frist|Einsendeschluss|Stichtag|Abgabetermin|Anmeldeschluss)\b[^◆;]{0,50}◆|\b(?:endet|schließt)\b[^◆;]{0,20}◆"),
        ("event", r"\b(?:wird|werden|will|wollen|soll|sollen|berät|beraten|entscheidet|entscheiden|stimmt|trifft|treffen|"
         r"tagt|verhandelt|findet|geplant|plant|planen)\b[^◆;]{0,90}\b(?:am|im|in|für(?: den)?|auf(?: den)?)\s+(?:kommenden\s+|nächsten\s+)?◆"),
        ("event", r"\b(?:am|im)\s+(?:kommenden\s+|nächsten\s+)?◆\s+(?:wird|werden|will|soll|berät|entscheidet|stimmt|trifft|tagt)\b"),
    ),
    ahead=r"\b(?:wird|werden|will|wollen|soll|sollen|muss|müssen|berät|beraten|entscheide[tn]|stimmt|trifft|tagt|tritt|läuft|"
    r"endet|bis|geplant|plant|kommende[nrs]?|nächste[nrs]?|findet)\b",
    past=r"\b(?:war|waren|wurde|wurden|hat|hatte|haben|sagte|teilte|erklärte|verfügte)\b[^;]{0,60}◆"
    r"|\b(?:vergangene[nrs]?|letzte[nrs]?|vorige[nrs]?)\s+◆|◆\s+(?:sagte|teilte|erklärte|wurde|hat|hatte)\b",
    refuse=r"\b(?:abgesagt|zurückgezogen|abgelehnt|gestrichen|könnte frühestens|jede[nrs]?)\b",
    today=r"Veröffentlichung|heute",
    joins=r"^[^.;]{0,25}\bund\b[^.;]{0,25}$",
    what=r"Fahrplan\w*|\w*[Ss]trategie\w*|\w*[Pp]lan|\w*[Ll]iste|Bericht|Stellungnahmen?|\w*[Vv]erordnung|\w*[Gg]esetz|\w+frist|\w*[Vv]erbot",
)  # fmt: skip
