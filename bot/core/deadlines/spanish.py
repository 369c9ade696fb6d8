"""How Spanish writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, YEAR, Language, counted, numbered, one_of

MONTHS = numbered(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
) | {"setiembre": 9}  # fmt: skip
WEEKDAYS = counted("lunes martes miércoles jueves viernes sábado domingo")
NUMBERS = numbered("un dos tres cuatro cinco seis siete ocho nueve diez") | {
    "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "una": 1, "quince": 15, "treinta": 30,
}  # fmt: skip
UNITS = {
    "día": "day", "días": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month", "año": "year",
    "años": "year", "días hábiles": "workday", "días laborables": "workday",
}  # fmt: skip
WORDS = UNITS | {"trimestre": "quarter", "semestre": "half", "mañana": "tomorrow"}
MONTH = rf"(?P<month>{one_of(MONTHS)})\b"
IN_YEAR = rf"(?:\s+(?:de|del)\s+(?:año\s+)?{YEAR}|\s+del (?:próximo año|año (?P<next>próximo|que viene))|\s+próximo)?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})\s+(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>primer|segundo|tercer|cuarto)"

SPANISH = Language(
    name="es",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    forms=(
        ("day", ISO),
        ("day", r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)\b"),
        ("day", rf"\b(?:(?:{one_of(WEEKDAYS)}),?\s+)?(?P<day>\d{{1,2}})\s+de\s+{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:en un plazo de|en el plazo de|dentro de los próximos)\s+{COUNT}(?:\s+(?:desde|tras|a partir de)\s+(?P<anchor>[^,.;]{{3,60}}))?"),
        ("count", rf"\b(?:dentro de|en)\s+{COUNT}"),
        ("end", rf"\b(?:a )?(?:finales|fines|fin)\s+de\s+{MONTH}{IN_YEAR}"),
        ("end", r"\b(?:a |el )?(?:finales|fines|fin|final)\s+(?:de|del)\s+(?P<unit>semana|mes|trimestre|semestre|año)(?:\s+(?P<next>próximo))?\b"),
        ("end", rf"\b(?:finales|fines|fin)\s+de\s+{YEAR}"),
        ("period", r"\b(?:la |el )?(?P<next>próxim[ao]) (?P<unit>semana|mes|trimestre)\b"),
        ("quarter", rf"\b{ORDINAL}\s+trimestre{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+semestre{IN_YEAR}"),
        ("mid", rf"\bmediados\s+de\s+{MONTH}{IN_YEAR}"),
        ("month", rf"(?<!\d de )\b{MONTH}{IN_YEAR}"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})\b"),
    ),
    cues=(
        ("refused", r"\bdel\s+◆\s+al\b"),
        ("expiry", r"\b(?:expira\w*|caduca\w*|vence\w*|vencerá\w*)\b[^◆;]{0,30}◆"),
        ("expiry", r"\b(?:válid\w+|vigente\w*|en vigor|suspendid\w+|prorrog\w+|vigencia)\b[^◆;]{0,40}\bhasta\s+(?:el\s+)?◆"),
        ("effective", r"\b(?:entra\w* en vigor|entrará\w* en vigor|se aplica\w*|rige|regirá|a partir)\b[^◆;]{0,30}◆"),
        ("deadline", r"\b(?:antes (?:del|de)|hasta(?: el)?|a más tardar(?: el)?|para(?: el)?|como máximo el)\s+◆|◆within"
         r"|\b(?:plazo|fecha límite|cierra|cierran|cierre|vencimiento)\b[^◆;]{0,60}◆"),
        ("event", r"\b(?:votará\w*|se reunirá\w*|celebrará\w*|presentará\w*|debatirá\w*|publicará\w*|será\w*|prevé\w*|previst\w+|"
         r"programad\w+|debería\w*|debe\w*|\w{2,}(?:ará|erá|irá)n?)\b[^◆;]{0,90}\b(?:el|en|para)\s+(?:próximo\s+|el\s+)?◆"),
    ),
    ahead=r"\b(?:debe\w*|deberá\w*|debería\w*|va a|van a|previst\w+|prevé\w*|programad\w+|próxim\w+|antes de|antes del|hasta|"
    r"entra\w* en vigor|vence\w*|cierra\w*|\w{2,}(?:ará|erá|irá)n?)\b",
    past=r"\b(?:\w+(?:ó|aron|ieron)|fue|fueron|era|estaba|había|ha)\b[^;]{0,30}◆|◆\s+pasado|\bpasado\s+◆",
    refuse=r"\b(?:cancelad\w+|retirad\w+|rechazad\w+|aplazad\w+ sin fecha|podría tan pronto|cada)\b|\bhasta ahora\b",
    today=r"publicación|hoy",
    joins=r"^[^.;]{0,25}\by\b[^.;]{0,25}$",
    what=r"hoja de ruta(?: \w+){0,4}|plan(?: \w+){0,3}|estrategia(?: \w+){0,3}|consulta pública|ley de \w+|decreto(?: \w+){0,3}",
)  # fmt: skip
