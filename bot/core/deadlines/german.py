"""How German writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, NUMERIC, YEAR, Language, counted, listed, numbered, one_of

MONTHS = numbered("januar februar märz april mai juni juli august september oktober november dezember") | {
    "jänner": 1, "feber": 2, "jan": 1, "feb": 2, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
WEEKDAYS = counted("montag dienstag mittwoch donnerstag freitag samstag sonntag") | {"sonnabend": 5}
NTHS = {"zehnten": 10, "vierzehnten": 14, "fünfzehnten": 15, "zwanzigsten": 20, "dreißigsten": 30, "sechzigsten": 60}
NUMBERS = numbered("einem zwei drei vier fünf sechs sieben acht neun zehn elf zwölf") | {
    "ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4, "einer": 1, "eines": 1, "eine": 1, "vierzehn": 14,
    "zwanzig": 20, "dreißig": 30, "sechzig": 60, "neunzig": 90, "erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4,
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "letzten": 4,
} | NTHS  # fmt: skip
UNITS = {
    "tag": "day", "tage": "day", "tagen": "day", "woche": "week", "wochen": "week", "monat": "month",
    "monats": "month", "monate": "month", "monaten": "month", "jahr": "year", "jahrs": "year", "jahres": "year",
    "jahre": "year", "jahren": "year", "werktagen": "workday", "arbeitstagen": "workday", "werktage": "workday",
    "arbeitstage": "workday", "kalendertagen": "day", "börsentagen": "workday", "handelstagen": "workday",
}  # fmt: skip
FEASTS = {
    "weihnachten": "12-25",
    "heiligabend": "12-24",
    "silvester": "12-31",
    "neujahr": "1-1",
    "jahreswechsel": "12-31",
}
WORDS = UNITS | FEASTS | {
    "quartals": "quarter", "quartal": "quarter", "halbjahr": "half", "halbjahres": "half",
    "morgen": "tomorrow", "übermorgen": "overmorrow", "frühjahr": "spring", "frühling": "spring", "sommer": "summer",
    "herbst": "autumn", "winter": "winter", "anfang": "early", "ende": "late",
}  # fmt: skip
MONTH = rf"(?P<month>{one_of(MONTHS)})\b(?!-)"
IN_YEAR = rf"(?:\s+{YEAR}|\s+(?P<next>nächsten|kommenden) Jahres|(?P<this>\s+(?:dieses|des laufenden) Jahres))?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})\s+(?:weiteren\s+|vollen\s+)?(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>[1-4]\.|erste[ns]?|zweite[ns]?|dritte[ns]?|vierte[ns]?|letzten)"
TO = r"\s*(?:[-–—/]|bis(?: zum)?|und|bis einschließlich)\s*"
DAYNAME = rf"(?:(?:{one_of(WEEKDAYS)})s?,?\s+(?:(?:den|dem)\s+)?)"
NEXT = r"(?:(?:kommende|nächste|darauffolgende)[nrsm]?\s+)"
ANCHOR = r"(?P<anchor>(?:(?!\b(?:sind|ist|muss|müssen|soll|sollen|kann|können|darf|dürfen|wird|werden|hat|haben|zu)\b)[^,.;]){3,60}(?!\w))"
FILL = r"(?:(?:zum|zur|am|dem|den|der|einschließlich|inklusive|etwa|spätestens|voraussichtlich|Ablauf des|kommenden|nächsten|in|im|rund|ca\.)\s+){0,4}"

GERMAN = Language(
    name="de",
    months=MONTHS,
    weekdays=WEEKDAYS,
    capitals=True,
    numbers=NUMBERS,
    words=WORDS,
    closes=r"ende",
    trigger=rf"\b(?:(?:{one_of(MONTHS)})\b|{one_of(WEEKDAYS)}|morgen|übermorgen|tag|woche|monat|jahr|quartal|halbjahr|frühjahr|sommer|herbst|winter|{one_of(FEASTS)}|werktag|arbeitstag)|(?:jahres|monats|quartals|wochen)(?:ende|anfang)",
    forms=(
        ("week_of", rf"\bWoche (?:vom|ab|ab dem) (?P<day>\d{{1,2}})\.\s*{MONTH}{IN_YEAR}"),
        ("count", rf"\b(?:am|ab dem|mit dem) (?:(?P<count>{one_of(NTHS)}|\d{{1,2}}(?=\.))\.? )(?P<unit>tage?)(?P<from>\s+nach\s+)(?={ANCHOR})"),
        ("day", ISO),
        ("day", NUMERIC),
        *listed(r"und|oder|sowie", rf"{MONTH}{IN_YEAR}", r"\."),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})\.{TO}{DAYNAME}?(?P<last>\d{{1,2}})\.\s*{MONTH}{IN_YEAR}"),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})\.\s*{MONTH}{IN_YEAR}"),
        ("day", rf"(?P<ordinal>ersten|zweiten|dritten|vierten)\s+(?P<weekday>{one_of(WEEKDAYS)})\s+(?:im|des)\s+(?:Monats\s+)?{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:binnen|innerhalb von|innerhalb|spätestens|längstens)\s+(?:der nächsten\s+|einer Frist von\s+)?{COUNT}(?P<from>\s+(?:nach|ab|von|seit)\s+){ANCHOR}"),
        ("within", rf"\b(?:binnen|innerhalb von|innerhalb|in den nächsten)\s+(?:der nächsten\s+|einer Frist von\s+)?{COUNT}"),
        ("within", rf"\b(?:hat|haben|bekommt|bekommen|erhält|erhalten|bleiben|gibt|gab)\s+(?:(?!\d)\w+\s+){{0,4}}?(?P<span>{COUNT})(?=\s+(?:Zeit|Frist|, um))"),
        ("count", rf"\bin\s+(?:rund\s+|etwa\s+)?{COUNT}"),
        ("end", rf"\bEnde\s+(?:des Monats\s+)?{MONTH}{IN_YEAR}"),
        ("end", rf"\bEnde des\s+{ORDINAL}\s+(?P<unit>Quartals|Halbjahres){IN_YEAR}"),
        ("end", r"\b(?:zum )?Ende (?:des|der|dieses|dieser) (?:laufenden\s+)?(?:(?P<next>nächsten|kommenden)\s+)?(?P<unit>Woche|Monats|Quartals|Halbjahres|Jahres)\b"),
        ("end", r"\b(?P<unit>Jahr|Monat|Quartal|Woche)(?:es|s|n)?ende\b"),
        ("end", rf"\b(?:Ende|Jahresende)\s+{YEAR}"),
        ("end", r"\bEnde (?P<next>nächsten|kommenden) (?P<unit>Jahres|Monats)\b"),
        ("later", r"\bim (?:weiteren Verlauf|Laufe|späteren Verlauf) (?:des|der|dieses|dieser) (?P<unit>Woche|Monats|Jahres)\b"),
        ("later", r"\bnoch (?:in diesem|diesen|in dieser|diese|dieses) (?P<unit>Woche|Monat|Jahr|Quartal)\b"),
        ("part", rf"\b(?P<part>Anfang) (?:{YEAR}|(?P<next>nächsten|kommenden) Jahres)"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})(?:s|abend)?(?: (?:und|bis) (?:{one_of(WEEKDAYS)}))? (?P<next>kommender|nächster|der kommenden|der nächsten) Woche\b"),
        ("period", rf"\b(?P<next>{NEXT})(?P<unit>Woche|Monat|Quartal)\b"),
        ("quarter", rf"\b{ORDINAL}\s+(?:Quartal|Vierteljahr)(?:s|es)?\b{IN_YEAR}"),
        ("quarter", rf"\bQ(?P<ordinal>[1-4])\b{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+(?:Halbjahr|Jahreshälfte)(?:s|es)?\b{IN_YEAR}"),
        ("mid", rf"\bMitte\s+(?:des Jahres\s+)?{YEAR}"),
        ("mid", rf"\bMitte\s+{MONTH}{IN_YEAR}"),
        ("season", rf"\b(?:im|zum|bis|auf|den|nächsten|kommenden|(?P<now>diesen)|Mitte|Ende)\s+(?P<season>Frühjahr|Frühling|Sommer|Herbst|Winter)s?\b{IN_YEAR}"),
        ("fixed", rf"\b(?P<feast>{one_of(FEASTS)})\b"),
        ("month", rf"(?<!\d\. )(?<!\d\.)\b(?:Anfang\s+|im Laufe des\s+)?{MONTH}{IN_YEAR}(?!\s*\d)"),
        ("weekday", rf"\b(?:(?:(?P<coming>kommenden|nächsten)|diesen)\s+)?(?P<weekday>{one_of(WEEKDAYS)})(?!(?:s|abend)?(?: und \w+)? (?:kommender|nächster|der kommenden) Woche)(?:s|abend|mittag|morgen|nachmittag|vormittag|mitternacht)?\b"),
        ("relative", r"(?<!am )(?<!heute )\b(?P<unit>übermorgen|(?P<low>morgen)|^morgen)\b"),
        ("day_of_month", r"\b(?:am|zum|bis zum|ab dem) (?P<span>(?P<day>\d{1,2})\.)(?= (?:des|dieses) Monats| [a-zäöü]|,)"),
        ("year", r"\b(?P<year>20\d\d)\b(?![-/–.]\d)"),
    ),
    heads=(
        ("refused: of last year", r"◆(?=(?:\s+bis(?: zum)?\s+◆)?\s+(?:(?:vergangenen|letzten|vorigen) Jahres|des Vorjahres)\b)"),
        ("refused: the earliest", r"\b(?:nicht|kein\w*)\b[^◆;.,]{0,40}\bvor\s+(?:dem\s+|der\s+)?◆"),
        ("refused: moved away from", r"\b(?:vom|von|statt am|statt|anstatt|anstelle des)\s+(?:\w+\s+)?◆(?=,?\s+(?:auf|bis)\b[^◆]{0,20}◆[^.;]{0,40}\b(?:verl\w+|versch\w+|verta\w+|ausge\w+|gescho\w+|erstreckt))|\b(?:verl\w+|versch\w+|verta\w+)\b[^◆;]{0,60}\bvom\s+◆(?=\s+(?:auf|bis))|\bnicht\s+(?:erst\s+)?(?:am|zum|ab|im)\s+◆(?=,?\s*sondern)|\bstatt\s+(?:wie geplant\s+)?(?:am\s+|zum\s+|ab\s+)?◆|\bursprünglich\b[^◆;]{0,30}◆|◆(?=\s+(?:geplant|angesetzt|vorgesehen|terminiert)\w*\s[^.;]{0,60}\bversch\w+)"),
        ("refused: past", r"\b(?:der|die|das|dem|den|des|eine?[rsmn]?) am ◆ (?!geplant|vorgesehen|angesetzt|erwartet|terminiert|anberaumt|angekündigt|fällig|\w+nd)[a-zäöüß]+(?:te[nrs]?|ene[nrs]?) \w"),
        ("refused: recurring", r"\b(?:jede[nrsm]?|immer)\s+◆,?(?: ◆,)? (?:und|oder) ◆"),
        ("refused: recurring", r"\b(?:jede[nrsm]?|jährlich|jeweils|immer|alle)\s+(?:\w+\s+){0,2}◆|\b◆ jede[nsm]? (?:Monats|Jahres)"),
        ("refused: a period reported on", r"\b(?:Quartal|Jahr|Monate|Halbjahr|Geschäftsjahr|Zeitraum)\s+(?:bis|zum|per|bis zum|bis Ende)\s+◆|\b(?:Geschäftsjahr|Geschäftsjahres|Saison)\s(?:◆\s?\(bis\s+(?:zum\s+)?)?◆|◆(?=\s+(?:endende|abgelaufene|beendete|auslaufende)[nrs]?\s+(?:Geschäftsjahr|Quartal|Halbjahr|Jahr))"),
        ("refused: a period reported on", r"\b(?:Zahlen|Daten|Statistik|Ergebnisse|Ausfuhren|Umsätze)\s+(?:für|zum|im|vom)\s+(?:den\s+|das\s+)?◆"),
        ("refused: a contract's month", r"\b(?:Lieferung|Kontrakt|Termin|Fälligkeit|Future)\w*\s+(?:im|in|per|zur Lieferung im|Lieferung)?\s*◆|◆-?(?:Kontrakt|Lieferung|Future)"),
        ("refused: a name", r"\b(?:\w*[Gg]esetz(?:es|e)?|\w*[Vv]erordnung|Richtlinie|Erlass|Beschluss(?:es)?|Bescheid(?:s|es)?|Urteil(?:s)?|Fassung|Bekanntmachung)(?: \([\w ]+\))?(?: [\w/]+)?\s+(?:vom|von)\s+◆|\bgeändert (?:am|durch)[^◆]{0,40}◆|\bAgenda\s◆"),
        ("refused: past", r"\b(?:seit|vergangene[nrsm]?|letzte[nrsm]?|vorige[nrsm]?|Stand:?|zuletzt)\s+(?:dem\s+|zum\s+|am\s+)?◆|◆(?= desselben Jahres| jenes Jahres)|\bstamm\w+ (?:vom|aus dem|von)\s+◆"),
        ("refused: a stock on a day", r"\b(?:zum|per) (?:Stichtag\s+)?◆(?=[^.;]{0,60}\b(?:verfügte|betrug|belief|hatte|lag|waren|war)\b)"),
        ("until", rf"\b(?:läuft|laufen|gilt|gelten|gültig|befristet|ausgesetzt|verlängert\w*|bleib\w+|andauer\w+|dauert|in Kraft)\b[^◆;]{{0,40}}\bbis\s+{FILL}◆"),
        ("until", rf"\bbis\s+{FILL}◆(?=\s+(?:zu sehen|befristet|gültig|ausgesetzt|begrenzt)\b)"),
        ("through", rf"\b(?:vom|von|ab)\s+{FILL}◆\s+bis\s+{FILL}◆"),
        ("end", r"\bmit Ablauf\s+(?:des|vom)\s+(?:\w+tags,?\s+(?:des\s+)?)?◆"),
        ("start", r"\b(?:tritt|treten|trete)\b[^◆;]{0,60}◆(?=[^.;◆]{0,40}\bin Kraft)|◆(?=[^.;◆]{0,50}\bin Kraft\b(?! ist))|\bin Kraft\b[^◆;,]{0,20}◆(?![^.;◆]{0,20}außer Kraft)"),
        ("end", r"◆(?=[^.;◆]{0,30}\b(?:außer Kraft|ausläuft|auslaufen|abläuft|erlischt|verfällt))|\b(?:läuft|laufen)\b[^◆;]{0,40}◆(?=\s+(?:aus|ab)\b)|◆(?=\s+(?:aus|ab)\s*(?:[.,;]|$))|\b(?:erlischt|verfällt|erlöschen|verfallen|ausläuft)\b[^◆;]{0,30}◆|\b(?:endet|enden|enden)\b[^◆;]{0,30}◆"),
        ("from", rf"\b(?:ab|mit Wirkung (?:zum|vom)|beginnend(?: am| mit)?|von)\s+(?:spätestens\s+)?{FILL}◆(?! bis)|\b◆ an\b"),
        ("from", r"\bvom\s+◆(?=\s+bis\s+(?:zum\s+)?◆)"),
        ("occasion", r"\bvor (?:der|dem|den) [\w-]+(?: [\w-]+){0,2} (?:am|vom|an diesem)\s◆"),
        ("by", rf"\b(?:bis|spätestens|vor|noch vor|bis spätestens|bis zum|Ablauf des)\s+{FILL}◆"),
        ("to", r"\bauf\s+(?:den\s+|die\s+|Anfang\s+)?◆(?=[^.;]{0,30}\b(?:verl\w+|versch\w+|verta\w+|gescho\w+|erstreckt|gelegt|datiert))|\b(?:verl\w+|versch\w+|verta\w+)\b[^◆;]{0,60}\b(?:auf|bis)\s+(?:den\s+|zum\s+)?◆"),
        ("on", rf"\b(?:am|im|in|zum|zur|für(?: den)?|den|Am)\s+{FILL}◆"),
    ),
    topics=(
        ("effective", r"\b(?:in Kraft|gilt|gelten|greift|greifen|wirksam|Inkrafttreten|eingeführt|erhoben|einführ\w+|verpflichtend|startet|starten)\b"),
        ("expiry", r"\b(?:läuft (?=[^.;]{0,50}\b(?:aus|ab)\b)|auslaufen|ausläuft|abläuft|endet|enden|erlischt|außer Kraft|befristet|gültig|Gültigkeit|Laufzeit|verfällt)\b"),
        ("deadline", r"\b(?:\w*[Ff]rist(?:ende)?|Einsendeschluss|Stichtag|Abgabetermin|Anmeldeschluss|Bewerbungsschluss|Annahmeschluss|Redaktionsschluss|\w*schluss|Schlusstermin|spätestens|einzureichen|eingereicht|vorzulegen|abzugeben|müssen|muss)\b"),
        ("event", r"\b(?:berät|beraten|entscheidet|entscheiden|stimmt|trifft|treffen|tagt|verhandelt|findet|stattfinden|Hauptversammlung|Anhörung|Sitzung|Messe|Konferenz|Gipfel|Wahl|Abstimmung|Auktion|Versteigerung|Eröffnung|Öffnung|Verhandlung|Termin|Geschäftsbericht|Zwischenbericht|Quartalszahlen|Quartalsmitteilung)\b"),
    ),
    ahead=r"\b(?:wird|werden|will|wollen|soll|sollen|muss|müssen|darf|dürfen|kann|können|berät|beraten|entscheidet|entscheiden|stimmt|stimmen|trifft|treffen|tagt|tagen|gibt|geben|spielt|spielen|empfängt|gastiert|tritt|treten|läuft|laufen|"
    r"endet|enden|gilt|gelten|beginnt|beginnen|startet|starten|eröffnet|öffnet|schließt|findet|finden|nimmt|geplant|plant|planen|ist zu|sind zu|hat zu|haben zu|haben noch|hat noch|bleibt|bleiben|kommt|kommen|geht|reist|erscheint|steht|stehen|legt|verhandelt|angesetzt|terminiert|vorgesehen|verpflichtet|einzureichen|vorzulegen|kommende[nrsm]?|nächste[nrsm]?|beabsichtigt|verkündet|veröffentlicht(?! wurde)|fällt|fallen|erwartet|ansteht|fällig|bekommt|erhält|auslaufen|ausläuft|abläuft|erlischt|verlängert|verschoben|vertagt|verschiebt|vertagt|lädt|dauert|verlässt|scheidet|wechselt|übernimmt|folgt|tritt|zahlen|zahlt|steigt|sinkt|wird)\b",
    perhaps=r"\b(?:möglicherweise|womöglich|eventuell|vielleicht|angeblich)\b",
    soft=r"\b(?:voraussichtlich|erwartet|rechnet|rechnen|hofft|hoffen|peilt|strebt|dürfte|dürften|angestrebt|anvisiert)\b",
    weak=r"(?!)",
    past=r"\b(?:war|waren|lief|liefen|wurde|wurden|hat(?! (?:noch|bis|zu)\b)|hatte|hatten|haben(?! (?:noch|bis|zu)\b)|sagte|sagten|teilte|teilten|erklärte|erklärten|verfügte|kündigte|hieß|begann|begannen|endete|endeten|fiel|fielen|stieg|stiegen|sank|sanken|ging|kam|kamen|gab|gaben|nahm|lag|stand|fand|trat|traf|trafen|unterzeichnete|beschloss|mitteilte|berichtete|schloss|kostete|gewann|verlor|legte|starb|ist \w+ (?:gestiegen|gefallen)|\w{3,}(?:ierte|elte|igte|chte|tete|llte)n?)\b",
    maybe=r"\b(?:könnte[nst]?|möglicherweise|womöglich|eventuell|vielleicht|frühestens|unter Umständen|falls|sollte[n]? (?=\w+ \w+(?:en)?,)|denkbar|wohl kaum)\b",
    recurs=r"\b(?:jährlich|jedes Jahr|jeden Monat|alljährlich|monatlich|in der Regel|üblicherweise|normalerweise|gewöhnlich|meistens)\b",
    cancelled=r"\b(?:find(?:et|en) (?:\w+ ){0,3}?nicht statt|keine mehrheit|dementier\w*|bestritt\w*|bestreite\w*|w(?:ies|eist)\b[^.;◆]{0,60}\bzurück|hätten?\b[^.;]{0,60}\bsollen|abgesagt|zurückgezogen|abgelehnt|gestrichen|entfällt|fällt aus|fallen aus|ausgefallen|aufgehoben|gekippt|auf unbestimmte Zeit|gescheitert|scheiterte|verworfen|hinfällig)\b",
    moves=r"\b(?:verschoben|verlegt|vertagt|verlängert)\b",
    anew=r"\b(?:neue[nrs]?|stattdessen|nun|verschoben|nachgeholt|ersetzt)\b",
    breaks=r"[;:•|](?!\s*◆)|(?<!◆ Zeit),\s",
    lasts=r"\b(?:Ausstellung|zu sehen|läuft|laufen|gilt|gelten|gültig|befristet|ausgesetzt|bleib\w+|andauer\w+|dauer(?:t|n)|in Kraft|Waffenruhe|Verbot|Genehmigung|Lizenz|Moratorium|Ausnahme|Streik|Aussetzung|verboten)\b",
    asks=r"\b(?:Bewerb\w+|Einwend\w+|Einwänd\w+|Angebots?\w*|Einreich\w+|Stellungnahme\w*|Anmelde\w+|Anträge|Antrags\w*|Konsultation\w*|Gebote|Unterlagen|Planunterlagen|Zeichnungs\w+|Annahme\w+|Abgabe\w+)\b",
    joins=r"^[^.;◆]{0,30}\b(?:und|sowie|oder)\b[^.;◆]{0,30}$|^,\s*$",
    dated=r"\b(?:unterzeichnet\w*|veröffentlicht\w*|vom|datiert)\s+(?:am\s+)?((?:\w+\.?,?\s*){1,4})",
    today=r"Veröffentlichung|heute|Bekanntmachung|Bekanntgabe|Verkündung|Inkrafttreten|jetzt",
    owes=r"\b(?:hat|haben)\s+(?:noch\s+)?(?:bis\s+(?:zum\s+)?)?◆\s+Zeit,?\s+(?:um\b)?|\b(?:wird|werden|will|wollen|soll|sollen|muss|müssen|kann|können|darf|dürfen|hat|haben)\b",
    epithets=r"(?:kommende|nächste)[nrsm]?",
    passive=r"[^.;]*\b(?:werden|zu \w+|vorliegen|eingehen|stattfinden)\s*\W*$",
    intro=r"(?:nach|laut|wie|gemäß|bei|unter|in|am|im|seit|ab|bis|mit|für|dass|wenn|zudem|auch|dann|danach)\b",
    pronouns=r"(?:wer|er|sie|es|wir|man|dies|diese|dieser|das|beide|alle|ihnen|ihm)",
    acts=r"(?:arbeiten|bau|produktion|förderung|gespräche|verhandlungen|lieferungen?|zahlungen?|betrieb)",
    bids=r"\b(?:forder|verpflicht|beauftrag|ersuch|wies|weist|ruf|rief|bitte|bat)\w*\s+(?P<who>[^,;◆]{3,60}?)(?:\s(?:auf|an|dazu))?,\s*$",
    bearer=r"\s*(?P<who>(?:die|der|das)\s+(?:[a-zäöüß]+\s+)?[A-ZÄÖÜ][\w-]+(?:\s(?:in|von|aus|bei|der|des)\s[A-ZÄÖÜ][\w-]+)*)\s+(?=(?:ihr|sein|ein|den|die|das|dem|der|über|mit|in|nach|auf|für|zu)\w*\b)",
    says=r"\b(?:sagte|erklärte|teilte mit|kündigte an)(?:\s+am\s+◆)?, (?:dass )?(?=\w)",
    things=r"\s(?:den|die|das|einen|eine|ein|ihre[n]?|seine[n]?)\s",
    trims=r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|und|oder|bis|spätestens|am|im|in|an|ab|zum|zur|vor|auf|für|mit|von|vom|noch|dann|auch|wird|werden|will|soll|sollen|muss|müssen|kann|können|hat|haben|sich|nicht|aus|tritt|läuft|gilt|findet|zu|sie|er|es|wie|dass|statt|sind|ist)\b",
)  # fmt: skip
