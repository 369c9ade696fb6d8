"""How Spanish writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, NUMERIC, YEAR, Language, counted, listed, numbered, one_of

MONTHS = numbered(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
) | {"setiembre": 9, "ene": 1, "feb": 2, "abr": 4, "jun": 6, "jul": 7, "ago": 8, "sept": 9, "oct": 10, "nov": 11, "dic": 12}  # fmt: skip
WEEKDAYS = counted("lunes martes miércoles jueves viernes sábado domingo") | {"miercoles": 2, "sabado": 5}
NUMBERS = numbered("un dos tres cuatro cinco seis siete ocho nueve diez once doce") | {
    "primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "una": 1, "quince": 15,
    "veinte": 20, "treinta": 30, "sesenta": 60, "noventa": 90, "primera": 1, "segunda": 2, "último": 4, "i": 1, "ii": 2,
    "iii": 3, "iv": 4,
}  # fmt: skip
UNITS = {
    "día": "day", "días": "day", "semana": "week", "semanas": "week", "mes": "month", "meses": "month", "año": "year",
    "años": "year", "días hábiles": "workday", "días laborables": "workday", "días bursátiles": "workday",
    "días naturales": "day", "días corridos": "day", "jornadas": "day", "dias": "day",
}  # fmt: skip
FEASTS = {"navidad": "12-25", "nochebuena": "12-24", "nochevieja": "12-31", "año nuevo": "1-1"}
WORDS = UNITS | FEASTS | {
    "trimestre": "quarter", "semestre": "half", "mitad": "half", "mañana": "tomorrow", "pasado mañana": "overmorrow",
    "primavera": "spring", "verano": "summer", "otoño": "autumn", "invierno": "winter", "principios": "early",
    "comienzos": "early", "inicios": "early",
}  # fmt: skip
MONTH = rf"(?P<month>{one_of(MONTHS)})\b"
IN_YEAR = rf"(?:(?:,|\s+de|\s+del)?\s+(?:año\s+)?{YEAR}|\s+del (?:año )?(?P<next>próximo(?: año)?|año (?:próximo|que viene|entrante))|\s+próximo|(?P<this>\s+de este año|\s+del (?:presente|año en curso|corriente)(?: año)?))?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})(?: \(\d+\))?\s+(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>primer|primero|primera|segundo|segunda|tercer|tercero|cuarto|último|IV|I{1,3})"
DAYNAME = rf"(?:(?:{one_of(WEEKDAYS)}),?\s+(?:día\s+)?)"
ANCHOR = (
    r"(?P<anchor>(?:(?!\b(?:debe|deben|deberá|deberán|puede|pueden|podrá|podrán|será|serán|para)\b)[^,.;]){3,60}(?!\w))"
)
FROM = r"(?P<from>\s+(?:desde|tras|después de|a partir de|contados (?:a partir|desde)|siguientes (?:a|al)|posteriores (?:a|al)|de)(?:l|\s+de|\s+a)?\s+)"
FILL = r"(?:(?:el|la|los|a|al|de|del|en|día|próximo|próxima|este|esta|mediados|fecha|finalizar|cierre de)\s+){0,4}"

SPANISH = Language(
    name="es",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    closes=r"\b(?:fin|cierre)",
    trigger=rf"\b(?:{one_of(MONTHS)}|{one_of(WEEKDAYS)}|mañana|días?|dias|semanas?|mes|meses|años?|trimestre|semestre|mitad|primavera|verano|otoño|invierno|navidad|nochebuena|nochevieja)\b",
    forms=(
        ("day", rf"(?P<ordinal>primer|segundo|tercer|cuarto)\s+(?P<weekday>{one_of(WEEKDAYS)})\s+de\s+{MONTH}{IN_YEAR}"),
        ("within", rf"\bplazo (?:máximo )?de\s+{COUNT}{FROM}{ANCHOR}"),
        ("count", rf"\ba los {COUNT}{FROM}{ANCHOR}"),
        ("week_of", rf"\b(?:la )?semana del (?:{DAYNAME})?(?P<day>\d{{1,2}})\s+de\s+{MONTH}{IN_YEAR}"),
        ("day", ISO),
        ("day", NUMERIC),
        *listed(r"y|o", rf"de\s+{MONTH}{IN_YEAR}"),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})\s*(?:[-–]|al|a|y|hasta el)\s*{DAYNAME}?(?P<last>\d{{1,2}})\s+de\s+{MONTH}{IN_YEAR}"),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})(?:º|ro|°)?\s+de\s+{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:en un plazo (?:máximo )?de|en el plazo de|dentro de(?: un plazo de)?(?: los)?(?: próximos)?|en los|en un máximo de)\s+{COUNT}{FROM}{ANCHOR}"),
        ("within", rf"\b(?:en un plazo (?:máximo )?(?:de|no mayor a)|en el plazo de|dentro de los(?: próximos)?|dentro de un plazo de|en un máximo de|en los próximos)\s+{COUNT}"),
        ("within", rf"\b(?:tiene[n]?|tendrá[n]?|dio|da|dan|otorg\w+|conced\w+|dispone[n]?|dispondrá[n]?|plazo de|cuenta[n]? con)\s+(?:(?!\d)\w+\s+){{0,4}}?(?P<span>{COUNT})(?=(?:\s+de plazo)?\s+para\b)"),
        ("count", rf"\b(?:dentro de|en)\s+{COUNT}"),
        ("end", rf"\b(?:a )?(?:finales|fines|fin|final)\s+de(?:l mes de)?\s+{MONTH}{IN_YEAR}"),
        ("end", rf"\b(?:finales|fines|fin|final|cierre)\s+del\s+{ORDINAL}\s+(?P<unit>trimestre|semestre){IN_YEAR}"),
        ("end", r"\b(?:a |el |del )?(?:finales|fines|fin|final|cierre)\s+(?:de|del|de la|de este|de esta)\s+(?:presente\s+)?(?P<unit>semana|mes|trimestre|semestre|año)(?:\s+(?P<next>próxim[oa]|que viene)|\s+en curso)?\b"),
        ("end", rf"\b(?:finales|fines|fin|cierre)\s+de(?:l año)?\s+{YEAR}"),
        ("later", r"\b(?:más adelante|más tarde) (?:en |en la |en el )?(?:este|esta|el|la) (?P<unit>semana|mes|año)\b"),
        ("part", rf"\b(?P<part>principios|comienzos|inicios) (?:de|del año) (?:{YEAR}|(?P<next>próximo(?: año)?|año próximo|que viene))"),
        ("period", r"\b(?:la |el |las |los )?(?P<next>próxim[ao]) (?P<unit>semana|mes|trimestre)\b"),
        ("period", r"\b(?:la |el )?(?P<unit>semana|mes|trimestre) (?P<next>próxim[ao]|que viene|entrante)\b"),
        ("quarter", rf"\b{ORDINAL}\s+trimestre\b{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+(?:semestre|mitad(?: del año| de año)?)\b{IN_YEAR}"),
        ("mid", rf"\b(?:mediados|mitad) de(?:l año)? {YEAR}"),
        ("mid", rf"\b(?:mediados|mitad)\s+de\s+{MONTH}{IN_YEAR}"),
        ("season", rf"\b(?:la|el|(?P<now>est[ea])|próxim[ao]|para el|para la)\s+(?P<season>primavera|verano|otoño|invierno)\b(?! austral| boreal){IN_YEAR}"),
        ("fixed", rf"\b(?P<feast>{one_of(FEASTS)})\b"),
        ("month", rf"(?<!\d de )\b(?:principios de |comienzos de |inicios de )?{MONTH}{IN_YEAR}(?!\s*\d)"),
        ("weekday", rf"\b(?P<coming>próximo) (?P<weekday>{one_of(WEEKDAYS)})\b(?!\s+\d)"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})(?: (?P<coming>próximo|que viene))?\b(?!\s+\d)"),
        ("relative", r"(?<!la )(?<!esta )(?<!por la )\b(?P<unit>pasado mañana|mañana)\b"),
        ("day_of_month", r"\b(?:el|al|del|hasta el) (?:día )?(?P<span>(?P<day>\d{1,2}) (?:del (?:presente|mes en curso|corriente)|de este mes))\b"),
        ("year", r"\b(?P<year>20\d\d)\b(?![-/–.]\d)"),
    ),
    heads=(
        ("refused: of last year", r"◆(?=(?:\s+al\s+◆)?\s+del (?:año )?(?:pasado|anterior))"),
        ("refused: the earliest", r"\bno\b[^◆;.,]{0,40}\bantes de(?:l)?\s+◆|◆ como (?:muy pronto|mínimo)"),
        ("refused: counted from", r"◆\s+(?:contados\s+)?(?:a partir|desde|siguientes|posteriores)\b[^◆;,]{0,12}◆"),
        ("refused: moved away from", r"(?:prorrog|aplaz|ampli|pospu|traslad|posterg|exten[ds]|extiend|retras)\w*\b[^;◆]{0,60}\bdel\s+◆(?=\s+(?:al|hasta el)\b)|\bdel\s+◆(?=\s+(?:al|hasta el)\s+◆[^.;]{0,30}\b(?:prorrog|aplaz|ampli|pospu|traslad|posterg))|\b(?:inicialmente|originalmente|antes (?:prevista?o?|fijad[oa]))\b[^◆;]{0,40}◆|\ben lugar del\s+◆"),
        ("refused: past", r"(?<=, )(?!previst|programad|convocad|fijad|esperad|anunciad|citad|señalad)\w{3,}(?:ad[oa]s?|id[oa]s?) (?:(?:el|este|esta) )?(?:pasado )?◆"),
        ("refused: recurring", r"\b(?:cada|todos los|todas las)\s+◆,?(?: ◆,)? (?:y|o) ◆"),
        ("refused: recurring", r"\b(?:cada|todos los|todas las)\s+(?:\w+\s+)?◆|◆ de cada\b|\banualmente\b[^◆]{0,20}◆"),
        ("refused: a period reported on", r"\b(?:trimestre|ejercicio|semestre|año|período|periodo|meses)\s+(?:terminad[oa]s?|finalizad[oa]s?|cerrad[oa]s?|concluid[oa]s?|fiscal)\s+(?:el\s+|al\s+|en\s+)?◆|\bejercicio(?: fiscal)?(?: de)? ◆"),
        ("refused: a contract's month", r"\b(?:entrega|contratos?|futuros?|vencimiento)\s+(?:para\s+|a\s+|en\s+|de\s+)?(?:entrega\s+en\s+)?◆(?=[^.;]{0,40}\b(?:cerr|sub|baj|cay|cotiz|perd|gan)\w+)|\bpara entrega en\s+◆"),
        ("refused: a name", r"\b(?:[Ll]ey|[Dd]ecreto|[Dd]irectiva|[Rr]eglamento|[Oo]rden|[Rr]esolución|[Aa]cuerdo|[Cc]ódigo)(?: (?!antes|para|hasta)\w+){0,3}?(?: (?:n[.°º]+ ?)?[\d./-]+)?,? (?:de|del|de fecha)\s+◆|\bAgenda\s◆"),
        ("refused: past", r"\b(?:pasad[oa]|últim[oa])\s+(?:el\s+|la\s+)?◆|◆ pasado\b|\bpublicad[oa]s? el\s+◆|◆ últimos?\b|◆(?= del mismo año| de ese año| de aquel año)|\bdata\w* del?\s+◆"),
        ("refused: a stock on a day", r"\b(?:al|a)\s+◆(?=,?[^.;]{0,60}\b(?:tenía|ascendía|sumaba|contaba|era|acumulaba)\b)"),
        ("until", rf"\bhasta\s+{FILL}◆"),
        ("through", r"\b(?:del|desde el)\s+◆\s+(?:al|hasta el)\s+◆"),
        ("end", r"\b(?:expir\w+|caduc\w+|vence\w*|vencer\w+|termina\w*|concluy\w+|finaliza el contrato|perder\w* vigencia|extingu\w+)\b[^◆;]{0,40}◆"),
        ("on", rf"\b(?:previst[oa]s?|programad[oa]s?|fijad[oa]s?|esperad[oa]s?|se esperan?|convocad[oa]s?|anunciad[oa]s?|citad[oa]s?)\s+(?:\w+\s+){{0,2}}para\s+{FILL}◆"),
        ("from", r"\bdel\s+◆(?=\s+(?:al|hasta el)\s+◆)"),
        ("occasion", r"\bantes de(?:l| la| los| las) [\w-]+(?: [\w-]+){0,2} del?\s◆"),
        ("by", rf"\b(?:antes (?:del|de)|a más tardar|como máximo|como muy tarde|de aquí a|no más tarde del?|de cara al?|previo al?)\s+{FILL}◆|◆ como (?:máximo|fecha límite|muy tarde)"),
        ("toward", rf"\bpara\s+{FILL}◆"),
        ("by", r"\b(?:cierra\w*|cerrará\w*|finaliza\w*|vence el plazo)\s+(?:el\s+)?(?:próximo\s+)?◆"),
        ("start", r"\b(?:entra\w* en (?:vigor|vigencia)|entrará\w* en (?:vigor|vigencia)|se aplica\w*|rige\w*|regirá\w*|surt\w+ efecto\w*|vigencia)\b[^◆;]{0,40}◆"),
        ("from", rf"\b(?:a partir de|a partir|a contar de)l?\s+{FILL}◆"),
        ("since", rf"\bdesde\s+{FILL}◆"),
        ("to", r"\b(?:prorrog\w+|aplaz\w+|pospus\w+|posponer|pospuest\w+|postergad?\w+|extend\w+|extiend\w+|ampli\w+|traslad\w+|adelant\w+|reprogram\w+)\b[^;]{0,60}\b(?:al|hasta el|hasta|para el|para|a)\s+◆"),
        ("on", rf"\b(?:el|la|en el|en la|en|este|para|durante|los días)\s+{FILL}◆"),
    ),
    topics=(
        ("effective", r"\b(?:(?:veda|prohibición|restricci\w+|inscripci\w+|registro|tarifas?|aranceles?)\b[^◆;.]{0,30}\b(?:comienza|comenzará|inicia|iniciará|empieza|empezará)\w*|entra\w* en (?:vigor|vigencia)|entrará\w* en (?:vigor|vigencia)|se aplica\w*|regir\w*|rige\w*|surt\w+ efecto\w*|aplicará\w*|aplicarse|obligatori\w+|pagará\w*)\b"),
        ("expiry", r"\b(?:expir\w+|caduc\w+|venc(?:e|en|erá|erán)\b(?! el plazo)|válid\w+|validez|vigente\w*|vigencia|termina\w* (?:el|la) (?:contrato|licencia|permiso))\b"),
        ("deadline", r"\b(?:plazo|fecha límite|cierra|cierran|cierre|recepción|presentación de|inscripci\w+|postulaci\w+|límite|deberá\w*|debe|deben|tope)\b"),
        ("event", r"\b(?:votar\w*|se reun\w+|celebrar\w*|debatir\w*|audiencia|vista|conferencia|cumbre|reunión|asamblea|junta|feria|juicio|elecci\w+|huelga|apertura|subasta|licitaci\w+|resultados|lanzamiento|inaugura\w*|sesión)\b"),
    ),
    ahead=r"\b(?:se instala[n]?|debe|deben|deberá\w*|va a|van a|puede|pueden|previst[oa]s?|prevé|prevén|programad[oa]s?|fijad[oa]s? para|próxim[oa]s?|vence\w*|cierra\w*|entra\w* en vigor|expira\w*|caduca\w*|comienza\w*|empieza\w*|inicia(?:n)?|arranca\w*|abre\w*|se celebra\w*|se reúne\w*|finaliza\w*|termina\w*|concluye\w*|reanuda\w*|rige\w*|tiene[n]? (?:hasta|plazo|que)|ha de|han de|prorrog\w+|aplaz\w+|postergad?\w+|pospuso|ampli[óa]\w*|extendi\w+|citad[oa]s?|convocad[oa]s?|sigue|seguirá|vota(?:n)?|recibe[n]?|juega[n]?|decide|viaja|visita"
    r"|(?!\w*(?:además|atrás|quizás|jamás|detrás)\b)\w*(?:ará|erá|irá|drá|brá|rrá|arán|erán|irán|drán|brán|rrán|aré|eré|iré|aremos|eremos|iremos))\b",
    weak=r"\b(?:a|de|para|en) \w{2,}(?:ar|er|ir)(?:se|lo|la|los|las)?\b",
    perhaps=r"\b(?:quizás?|tal vez|posiblemente|acaso)\b",
    soft=r"\b(?:debería\w*|prevé\w*|espera\w*|esperan|planea\w*|planean|busca\w*|pretende\w*|proyecta\w*|estima\w*|confía\w*|aspira\w*|contempla\w*|apunta a)\b",
    past=r"\b(?:\w{2,}(?:ó|aron|ieron|eron|aba|aban)|(?:hab|ten|pod|deb|hac|dec|quer|sab|ven|segu|exist|cre|part|viv|permit|inclu)ían?|fue|fueron|era|eran|estaba|había[n]?|dijo|dijeron|hizo|hubo|dio|vio|puso|tuvo|estuvo|ha[n]? (?:sido )?\w+[aei]do|ha[n]? (?:hecho|dicho|puesto|visto|escrito|abierto|muerto|vuelto)|tras haber|publicad[oa]s?|firmad[oa]s?|aprobad[oa]s?|anunciad[oa]s?|pasad[oa]s?)\b",
    maybe=r"\b(?:podría[n]?|quizás?|tal vez|posiblemente|eventual\w*|habría[n]?|si no \w+|en caso de|a lo sumo|tan pronto como|hipotétic\w+)\b",
    recurs=r"\b(?:cada año|cada mes|anualmente|todos los años|generalmente|normalmente|habitualmente|suelen?|por lo general)\b",
    cancelled=r"\b(?:no se (?:celebrar|realizar|har)\w+|no tendr\w+ lugar|no prosper\w+|neg(?:ó|aron|aba) (?:\w+ ){0,3}?que|niegan? que|desmint\w+|desmient\w+|desconvoc\w+|suspend(?:ió|ieron) (?:la|el) (?:huelga|paro|marcha|reunión|sesión|partido)|cancel(?:ó|ad[oa]s?|aron|ación)|retirad[oa]s?|rechaz(?:ó|ad[oa]s?)|sin (?:nueva )?fecha|suspendid[oa]s? sin|suspendida|anulad[oa]s?|descartad[oa]s?|hasta ahora|fue suspendid[oa]|quedó sin efecto|indefinidamente|no cumpli\w+)\b",
    moves=r"\b(?:aplaz\w+|prorrog\w+|posp\w+|posterg\w+|traslad\w+|ampl[ií]\w+|reprogram\w+)\b",
    anew=r"\b(?:nuev[oa]s?|ahora|en su lugar|reprogram\w+|reemplaz\w+)\b",
    breaks=r"[;•|]|,\s+(?=(?:dijo|informó|señaló|según|pero|y|que|cuando|mientras|aunque|tras|anunció|afirmó|explicó|indicó|cuy[oa]s?|donde|quien|advirtió|precisó|agregó|añadió)\b)|\b(?:que|quien|cuando|mientras|aunque|donde|cuyo|cuya)\b(?!\s*◆)(?! viene)",
    lasts=r"\b(?:exposición|válid\w+|vigente\w*|en vigor|suspend\w+|suspensión|prórrog\w+ (?:la|el) (?:veda|prohibición|tregua|moratoria|licencia|permiso|contrato)|vigencia|moratoria|prohibi\w+|tregua|huelga|paro|licencia|permiso|exen\w+|regirá\w*|rige\w*|durará\w*|seguirá\w*|permanec\w+|mantendr\w+|mantien\w+|veda)\b",
    asks=r"\b(?:plazo|presentar|presentación|inscripci\w+|solicitudes|postulaci\w+|ofertas|consulta pública|observaciones|alegaciones|recepción|candidaturas|propuestas)\b",
    joins=r"^[^.;◆]{0,30}\b(?:y|e|o)\b[^.;◆]{0,30}$|^,\s*$",
    dated=r"\b(?:firmad[oa]|publicad[oa]|emitid[oa]|de fecha)\s+(?:el\s+)?((?:\w+\.?,?\s*){1,4})",
    today=r"publicación|hoy|anuncio|presente|esta (?:resolución|orden|convocatoria)|notificación",
    owes=r"\b(?:orden|exig|pid|inst|encarg|oblig)\w*\s+(?:al|a la|a los|a las|a)\s+(?P<who>(?:(?!\w+(?:ar|er|ir)\b)[\w-]+\s){1,5})(?:a\s)?(?=\w+(?:ar|er|ir)(?:se)?\b)|\b(?:debe|deben|deberá|deberán|va a|van a|puede|pueden|podrá|podrán|tiene[n]? (?=hasta|plazo)|(?:tiene|tienen|tendrá|tendrán|dispone[n]?)\s+(?:de\s+)?◆\s+(?:de plazo\s+)?para\b|tiene[n]? que|ha[n]? de|debería[n]?)\b",
    epithets=r"próxim[oa]s?",
    passive=r"\s*(?:ser|estar)\b|\s*\w+(?:ar|er|ir)se\b|\s*(?:comenzar|empezar|iniciarse|reanudarse|arrancar|terminar|concluir|finalizar|celebrarse|expirar|vencer|entrar en)\s*(?=$|[◆.,;]|(?:en|a|al|el|con|para|vigor)\b)",
    intro=r"(?:dentro|según|tras|en|con|para|por|desde|a|de|que|si|además|asimismo|sin embargo)\b",
    pronouns=r"(?:él|ella|ellos|ellas|usted|ustedes|esto|nosotros|esta|estos|estas|quien|quienes|todos)",
    acts=r"(?:obras|trabajos|construcción|producción|negociaciones|entregas?|operaciones|pagos?)",
    things=r"\s(?:el|la|los|las|un|una|sus?)\s",
    says=r"\b(?:dijo|anunció|informó|señaló|afirmó)(?:\s+el\s+◆)?\s+que\s+",
    trims=r"\b(?:los días|el|la|los|las|un|una|unos|unas|de|del|y|e|o|pero|que|a|al|en|para|por|con|hasta|antes|desde|se|no|es|son|será|serán|fue|ha|han|debe|deben|más tardar|su|sus|este|esta|día|próximo|próxima|lo|aquí|partir|vence|entrará)\b",
)  # fmt: skip
