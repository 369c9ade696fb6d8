"""How French writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, YEAR, Language, counted, numbered, one_of

MONTHS = numbered("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
WEEKDAYS = counted("lundi mardi mercredi jeudi vendredi samedi dimanche")
NUMBERS = numbered("un deux trois quatre cinq six sept huit neuf dix") | {
    "premier": 1, "deuxième": 2, "second": 2, "troisième": 3, "quatrième": 4, "une": 1, "trente": 30, "quinze": 15,
}  # fmt: skip
UNITS = {
    "jour": "day", "jours": "day", "semaine": "week", "semaines": "week", "mois": "month", "an": "year", "ans": "year",
    "année": "year", "jours ouvrables": "workday", "jours ouvrés": "workday",
}  # fmt: skip
WORDS = UNITS | {"trimestre": "quarter", "semestre": "half", "demain": "tomorrow", "l'année": "year"}
MONTH = rf"(?P<month>{one_of(MONTHS)})\b"
IN_YEAR = rf"(?:\s+{YEAR}|\s+prochain|\s+de l['’]année (?P<next>prochaine))?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})\s+(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>premier|1er|deuxième|2e|second|troisième|3e|quatrième|4e)"

FRENCH = Language(
    name="fr",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS | {"1er": 1, "2e": 2, "3e": 3, "4e": 4},
    words=WORDS,
    forms=(
        ("day", ISO),
        ("day", r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)\b"),
        ("day", rf"\b(?:(?:{one_of(WEEKDAYS)})\s+)?(?P<day>\d{{1,2}})(?:er)?\s+{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:sous|dans (?:un délai|les) de|dans un délai de|dans les)\s+{COUNT}(?:\s+(?:suivant|après|à compter de)\s+(?P<anchor>[^,.;]{{3,60}}))?"),
        ("count", rf"\b(?:dans|d['’]ici)\s+{COUNT}"),
        ("end", rf"\b(?:la )?fin\s+(?:du mois de\s+|de\s+|d['’])?{MONTH}{IN_YEAR}"),
        ("end", rf"\b(?:la )?fin du\s+{ORDINAL}\s+(?P<unit>trimestre|semestre){IN_YEAR}"),
        ("end", r"\b(?:la )?fin (?:du|de la|de) (?:l['’])?(?P<unit>mois|semaine|trimestre|semestre|année)(?:\s+(?P<next>prochaine?))?\b"),
        ("end", rf"\b(?:la )?fin\s+{YEAR}"),
        ("period", r"\b(?:la |le )?(?P<unit>semaine|mois|trimestre) (?P<next>prochaine?)\b"),
        ("quarter", rf"\b{ORDINAL}\s+trimestre{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+semestre{IN_YEAR}"),
        ("mid", rf"\b(?:la )?mi-{MONTH}{IN_YEAR}"),
        ("month", rf"\b{MONTH}{IN_YEAR}"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})\b"),
        ("relative", r"\b(?P<unit>demain)\b"),
    ),
    cues=(
        ("refused", r"\bdu\s+◆\s+au\b"),
        ("expiry", r"\b(?:expire\w*|prend\w* fin|échoi\w*|arrive\w* à (?:échéance|expiration))\b[^◆;]{0,40}◆"),
        ("expiry", r"\b(?:valable\w*|en vigueur|suspendu\w*|prolong\w+|reporté\w*|maintenu\w*)\b[^◆;]{0,40}\bjusqu['’](?:au|à|en)\s+◆"),
        ("effective", r"\b(?:entre\w* en (?:vigueur|application)|s['’]appliqu\w*|prend\w* effet|à compter|à partir)\b[^◆;]{0,30}◆"),
        ("deadline", r"(?:\bjusqu['’](?:au|à|en)|\bd['’]ici(?: au| le| la| à)?|\bavant(?: le| la)?|\bau plus tard(?: le| à la)?)\s+(?:\d{1,2}\s?h(?:\d\d)?\s+le\s+)?◆|◆within"
         r"|\b(?:date limite|délai|échéance|clôture)\b[^◆;]{0,60}◆"),
        ("event", r"\b(?:aura|auront|se tiendra|se tiendront|se réunira|se réuniront|votera|voteront|examinera|examineront|"
         r"sera|seront|doit|doivent|prévue?s?|débattra|publiera|présentera|\w+eront|\w{2,}[eir]ra)\b[^◆;]{0,90}◆"),
    ),
    ahead=r"\b(?:doit|doivent|devra\w*|va|vont|prévue?s?|aura|auront|sera|seront|d['’]ici|avant|jusqu['’]\w+|au plus tard|expire\w*|"
    r"entre\w* en vigueur|\w+eront|\w{2,}[eir]ra|prochaine?)\b",
    past=r"\b(?:a|ont|était|étaient|avait|est|sont)\s+(?:été\s+)?\w+(?:é|ée|és|ées|u|is|it)\s+(?:le\s+|en\s+|de [^◆]{1,20} en\s+)?◆|◆\s+dernier",
    refuse=r"\b(?:annulée?s?|retirée?s?|rejetée?s?|abandonnée?s?|pourrait dès|chaque)\b",
    today=r"publication|aujourd",
    joins=r"^[^.;]{0,25}\bet\b[^.;]{0,25}$",
    what=r"feuille de route(?: \w+){0,4}|plan(?: \w+){0,3}|stratégie(?: \w+){0,3}|observations|moratoire(?: \w+){0,3}|décret(?: \w+){0,3}",
)  # fmt: skip
