"""How French writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, NUMERIC, YEAR, Language, counted, listed, numbered, one_of

MONTHS = numbered("janvier février mars avril mai juin juillet août septembre octobre novembre décembre") | {
    "aout": 8, "fevrier": 2, "decembre": 12, "janv": 1, "févr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11,
    "déc": 12,
}  # fmt: skip
WEEKDAYS = counted("lundi mardi mercredi jeudi vendredi samedi dimanche")
NTHS = {"huitième": 8, "dixième": 10, "quinzième": 15, "vingtième": 20, "trentième": 30, "soixantième": 60}
NUMBERS = numbered("un deux trois quatre cinq six sept huit neuf dix onze douze") | {
    "premier": 1, "deuxième": 2, "second": 2, "troisième": 3, "quatrième": 4, "une": 1, "trente": 30, "quinze": 15,
    "vingt": 20, "soixante": 60, "première": 1, "seconde": 2, "dernier": 4, "1er": 1, "2e": 2, "3e": 3, "4e": 4,
    "1re": 1, "t1": 1, "t2": 2, "t3": 3, "t4": 4, "quatre-vingt-dix": 90, "deuxieme": 2,
} | NTHS  # fmt: skip
UNITS = {
    "jour": "day", "jours": "day", "semaine": "week", "semaines": "week", "mois": "month", "an": "year", "ans": "year",
    "année": "year", "jours ouvrables": "workday", "jours ouvrés": "workday", "jours de bourse": "workday",
    "jours calendaires": "day", "jours francs": "day",
}  # fmt: skip
FEASTS = {"noël": "12-25", "nouvel an": "1-1", "la toussaint": "11-1"}
WORDS = UNITS | FEASTS | {
    "trimestre": "quarter", "semestre": "half", "demain": "tomorrow", "après-demain": "overmorrow", "l'année": "year",
    "printemps": "spring", "été": "summer", "automne": "autumn", "hiver": "winter", "rentrée": "autumn",
    "début": "early",
}  # fmt: skip
MONTH = rf"(?P<month>{one_of(MONTHS)})\b"
IN_YEAR = rf"(?:\s+{YEAR}|\s+prochain|\s+de (?:l['’]année|l['’]an) (?P<next>prochaine?)|(?P<this>\s+de cette année))?"
COUNT = rf"(?P<count>\d{{1,3}}|{one_of(NUMBERS)})(?: \(\d+\))?\s+(?P<unit>{one_of(UNITS)})\b"
ORDINAL = r"(?P<ordinal>premier|première|1er|1re|deuxième|2e|second|seconde|troisième|3e|quatrième|4e|dernier)"
DAYNAME = rf"(?:(?:{one_of(WEEKDAYS)}),?\s+)"
ANCHOR = r"(?P<anchor>(?:(?!\b(?:doit|doivent|devra|devront|peut|peuvent|pourra|pourront|est|sont|sera|seront)\b)[^,.;]){3,60}(?!\w))"
FROM = r"(?P<from>\s+(?:suivant|après|à compter d[eu]|à partir d[eu]|qui suivent|qui suit|depuis|de)\s+)"
FILL = r"(?:(?:le|la|au|à|du|de|en|l['’]|cette|ce|début|courant|environ|tard|la date du|minuit|prochain)\s*){0,4}\s*"

FRENCH = Language(
    name="fr",
    months=MONTHS,
    weekdays=WEEKDAYS,
    numbers=NUMBERS,
    words=WORDS,
    closes=r"\bfin",
    trigger=rf"\b(?:{one_of(MONTHS)}|mi-\w+|{one_of(WEEKDAYS)}|demain|jours?|semaines?|mois|année|ans?|trimestre|semestre|printemps|été|automne|hiver|rentrée|noël|nouvel an|toussaint)\b",
    forms=(
        ("week_of", rf"\b(?:la )?semaine du (?:{DAYNAME})?(?P<day>\d{{1,2}})(?:er)?\s+{MONTH}{IN_YEAR}"),
        ("count", rf"\b(?:le|au) (?:(?P<count>\d{{1,3}}|{one_of(NTHS)})(?:e|ème)? )(?P<unit>jour)(?P<from>\s+(?:suivant|après|qui suit)\s+){ANCHOR}"),
        ("day", ISO),
        ("day", NUMERIC),
        *listed(r"et|ou", rf"{MONTH}{IN_YEAR}"),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})(?:er)?\s*(?:[-–]|au|et|jusqu['’]au)\s*{DAYNAME}?(?P<last>\d{{1,2}})\s+{MONTH}{IN_YEAR}"),
        ("day", rf"\b{DAYNAME}?(?P<day>\d{{1,2}})(?:er)?\s+{MONTH}{IN_YEAR}"),
        ("day", rf"(?P<ordinal>premier|deuxième|troisième|quatrième)\s+(?P<weekday>{one_of(WEEKDAYS)})\s+(?:de|d['’])\s*{MONTH}{IN_YEAR}"),
        ("within", rf"\b(?:sous|dans (?:un délai|les) de|dans un délai (?:maximum |maximal )?de|dans le délai de|dans les|au plus tard)\s+(?:prochaine?s\s+)?{COUNT}{FROM}{ANCHOR}"),
        ("within", rf"\b(?:sous|dans un délai (?:maximum |maximal )?de|dans le délai de|dans les|sous un délai de)\s+{COUNT}(?:\s+qui suivent)?"),
        ("within", rf"\b(?:a|ont|avait|avaient|auront|aura|dispose(?:nt|ra|ront)?|accorde\w*|laisse\w*|donne\w*)\s+(?:(?!\d)[\w’']+\s+){{0,5}}?(?P<span>{COUNT})(?=\s+pour\b)"),
        ("count", rf"\b(?:dans|d['’]ici)\s+{COUNT}"),
        ("end", rf"\b(?:la )?fin\s+(?:du mois de\s+|du mois d['’]|de\s+|d['’])?{MONTH}{IN_YEAR}"),
        ("end", rf"\b(?:la )?fin du\s+{ORDINAL}\s+(?P<unit>trimestre|semestre){IN_YEAR}"),
        ("end", r"\b(?:la )?fin (?:du|de la|de|de l['’]|de cette|de ce)\s?(?P<unit>mois|semaine|trimestre|semestre|année)(?:\s+(?P<next>prochaine?)|\s+en cours)?\b"),
        ("end", rf"\b(?:la )?fin\s+(?:de l['’]année\s+)?{YEAR}"),
        ("later", r"\bplus tard (?:dans|cette|ce|dans la|dans le|dans l['’]) ?(?P<unit>semaine|mois|année)\b"),
        ("later", r"\b(?:d['’]ici la fin de |dans le courant de |courant de )(?:l['’]|la )(?P<unit>année|semaine)\b"),
        ("part", rf"\b(?P<part>début) (?:{YEAR}|de l['’]année (?P<next>prochaine))"),
        ("mid", rf"\b(?:mi-|milieu (?:de l['’]année )?){YEAR}"),
        ("mid", rf"\b(?:la )?mi-{MONTH}{IN_YEAR}"),
        ("period", r"\b(?:la |le )?(?P<unit>semaine|mois|trimestre) (?P<next>prochaine?|suivante?)\b"),
        ("quarter", rf"\b{ORDINAL}\s+trimestre\b{IN_YEAR}"),
        ("quarter", rf"\bT(?P<ordinal>[1-4])\b{IN_YEAR}"),
        ("half", rf"\b{ORDINAL}\s+(?:semestre|moitié (?:de l['’]année|de)){IN_YEAR}"),
        ("half", rf"\bS(?P<ordinal>[12])\s+{YEAR}"),
        ("season", rf"\b(?:au|à l['’]|(?P<now>cet|ce)|dès le|d['’]ici l['’]|d['’]ici le|avant l['’]|avant le|à la|prochain)\s?(?P<season>printemps|été|automne|hiver|rentrée)\b(?! par| à| de (?:se|la))(?: prochain)?{IN_YEAR}"),
        ("fixed", rf"\b(?P<feast>{one_of(FEASTS)})\b"),
        ("month", rf"(?<!\d )(?<!\der )\b(?:début |courant )?{MONTH}{IN_YEAR}(?!\s*\d)"),
        ("weekday", rf"\b(?P<weekday>{one_of(WEEKDAYS)})(?:\s+(?P<coming>prochain))?\b(?!\s+\d)"),
        ("relative", r"\b(?P<unit>après-demain|demain)\b"),
        ("day_of_month", r"\b(?:au|le|jusqu['’]au|du) (?P<span>(?P<day>\d{1,2}) (?:du mois|de ce mois|courant))\b"),
        ("year", r"\b(?P<year>20\d\d)\b(?![-/–.]\d)"),
    ),
    heads=(
        ("refused: of last year", r"◆(?=(?:\s+au\s+◆)?\s+(?:de )?l['’]an(?:née)? (?:derni|pass)\w+)"),
        ("refused: the earliest", r"\b(?:pas|aucune?)\b[^◆;.,]{0,40}\bavant\s+(?:le\s+|la\s+)?◆|◆ au plus tôt"),
        ("refused: moved away from", r"\b(?:initialement|d['’]abord|auparavant|précédemment)\b[^◆;]{0,40}◆|(?:repouss|report|prolong|décal|avanc|prorog|renvoy|étend)\w*\b[^;◆]{0,60}\bdu\s+◆(?=\s+au\b)|\bdu\s+◆(?=\s+au\s+◆[^.;]{0,30}\b(?:repouss|report|prolong|prorog|décal))|\bau lieu du\s+◆|◆(?=,?\s+(?:a|ont|est|sont)\s+(?:été\s+)?(?:prorog|report|repouss|prolong)\w+)"),
        ("refused: recurring", r"\b(?:chaque|tous les|toutes les|chaque année,? (?:au|le|avant le))\s+(?:\w+\s+)?◆|\ble ◆ de chaque\b|\bannuellement\b[^◆]{0,20}◆"),
        ("refused: a period reported on", r"\b(?:trimestre|exercice|semestre|année|période|mois)\s+(?:clos|close|achevée?|terminée?|fiscale?)\s*(?:le|au|fin|en)?\s*◆|\bexercice ◆"),
        ("refused: a contract's month", r"\b(?:échéance|livraison|contrats?|à terme|livrable)\s+(?:en\s+|pour\s+|de\s+|d['’]|fin\s+)?◆(?![^.;]{0,30}\b(?:doit|expire))"),
        ("refused: a name", r"\b(?:[Ll]oi|[Oo]rdonnance|[Dd]écret|[Dd]irective|[Rr]èglement|[Aa]rrêté|[Dd]écision|[Aa]ccord|[Cc]ode)s?(?: \w+){0,3}?(?: n[°o] ?[\w/-]+)? du\s+◆"),
        ("refused: past", r"\b(?:depuis|dernier)\s+(?:le\s+|la\s+)?◆|◆ derni(?:er|ère)|\bdaté du\s+◆|\ble ◆ derniers?\b|\bpublié le ◆|◆(?= de la même année| de cette année-là)|\b(?:dat\w+ d[eu]|remont\w+ (?:à|au))\s*◆"),
        ("refused: a stock on a day", r"\bau\s+◆(?=,?[^.;]{0,60}\b(?:s['’]élevai\w+|disposait|comptait|était|détenait|atteignait)\b)"),
        ("refused: past", r"(?<![^,:(] )(?<![\w'’])(?!plus|depuis|(?:vous|nous|tous|sous|lieu|jeu|tenue|revue|venue) |prévu|attendu|programm|fixé|convoqu|annonc|appel|cité|invité|reprogramm)(?:\w{2,}(?:ée?s?|ue?s?)|\w*(?:pris|mis|clos)e?s?|(?:sort|part|fin|réun)ie?s?|\w+verte?s?) (?:le |ce )?◆"),
        ("refused: recurring", r"\b(?:chaque|tous les|toutes les)\s+◆,?(?: ◆,)? (?:et|ou) ◆"),
        ("until", rf"\bjusqu['’](?:au|à|en)\s*{FILL}◆"),
        ("through", r"\bdu\s+◆\s+au\s+◆"),
        ("end", r"\b(?:expire\w*|expirera|prend\w* fin|prendra fin|échoi\w*|arriv\w+ à (?:échéance|expiration|son terme)|s['’]achève\w*|caduque?|cess\w+ d(?:e s['’]appliquer|e produire|['’]être en)|viendr?\w* à échéance|abrog\w+)\b[^◆;]{0,40}◆"),
        ("on", rf"\b(?:prévue?s?|programmée?s?|attendue?s?|annoncée?s?|fixée?s?)\s+(?:\w+\s+){{0,2}}pour\s+{FILL}◆"),
        ("from", r"\bdu\s+◆(?=\s+au\s+◆)"),
        ("occasion", r"\bavant (?:le |la |les |l['’])[\w-]+(?: [\w-]+){0,2} d[eu']\s?◆"),
        ("by", rf"(?:\bd['’]ici(?: à| au| le| la)?|\bavant|\bau plus tard)\s+{FILL}◆|◆(?= au plus tard| dernier délai)"),
        ("toward", rf"\bpour\s+{FILL}◆"),
        ("by", r"\b(?:clôtur\w+|ferm\w+|(?:sera|seront|est|sont) clos\w*|s['’]achèv\w+|prendr\w* fin|se termin\w+)\s+(?:le\s+)?◆"),
        ("start", r"\b(?:entr\w+ en (?:vigueur|application)|prendr\w* effet|prend effet|applicables?|s['’]appliqu\w+)\b[^◆;]{0,40}◆"),
        ("from", rf"\b(?:à compter d[eu]|à partir d[eu]|dès|à dater du)\s*{FILL}◆|\bà (?:compter|partir) d['’]◆"),
        ("to", r"\b(?:repouss\w+|report\w+|prolong\w+|décal\w+|avanc\w+|prorog\w+|renvoy\w+|étend\w+)\b[^◆;]{0,50}(?:au|à|en|jusqu['’]au)\s+(?:\w+\s+)?◆|\bdu\s+◆\s+au\s+◆"),
        ("on", rf"\b(?:les?|la|en|au|à|ce|pour|courant)\s+{FILL}◆"),
    ),
    topics=(
        ("effective", r"\b(?:entr\w+ en (?:vigueur|application)|s['’]appliqu\w+|pren(?:d|dra|nent) effet|applicables?|obligatoires?|effecti\w+|instaur\w+)\b"),
        ("expiry", r"\b(?:expir\w+|prend\w* fin|arriv\w+ à (?:échéance|expiration|son terme)|valables?|validité|caduc|caduque|prescri\w+)\b"),
        ("deadline", r"\b(?:date limite|délai|clôture|dépôt|remise des|réception des|date butoir|au plus tard|inscriptions?|candidatures?|devra|devront)\b"),
        ("event", r"\b(?:rendez-vous|se tiendr\w+|se tient|se réuni\w+|voter\w*|vote|examin\w+|débattr\w+|audience|audition|conférence|sommet|réunion|assemblée|salon|procès|élections?|scrutin|décision|ouverture|lancement|enchères|résultats|publication)\b"),
    ),
    ahead=r"\b(?:(?:sont|est) (?:appelé|convoqué|attendu)\w*|(?:sera|seront|doit être|doivent être|devra être|devront être|va être|vont être|peut être|peuvent être|pourra être|pourront être)(?: \w+ment)?(?: \w+(?:é|ée|és|ées|i|is|it|u|us|ue|ues|erte?s?|ises?))?\b|doit|doivent|devra\w*|devront|va|vont|aller|peut|peuvent|pourra|pourront|prévue?s?|programmée?s?|fixée?s? (?:au|à)|est attendue?|sont attendue?s|appelée?s? à|tenus? de|prochaine?s?|entre\w* en vigueur|expire\w*|commence\w*|débute\w*|démarre\w*|s['’]ouvre\w*|se tient|se tiennent|se réuni(?:t|ssent)|s['’]achève\w*|se termine\w*|vote(?:nt)?|reçoi(?:t|vent)|affronte\w*|joue(?:nt)?|accueille\w*|reprend\w*|rouvre\w*|prend\w* (?:fin|effet)|arrive\w* à|reste\w*|demeure\w*|s['’]applique\w*|ont jusqu|a jusqu|dispose\w*|repouss\w+|report\w+|prolong\w+|prorog\w+|"
    r"(?!opéra\b|caméra\b|\w*(?:mois|trois|fois)\b)\w{2,}(?:er|ir|dr|tr|vr|ttr)(?:a|ai|as|ons|ez|ont)|sera|seront|aura|auront|fera|feront|ira|iront|verra|verront|viendra|viendront|tiendra|tiendront|pourra|voudra|faudra)\b",
    weak=r"\b(?:(?:de|à|d['’]) ?\w{2,}(?:er|ir|dre|tre)|prochaine?s?)\b",
    perhaps=r"\b(?:peut-être|éventuellement|sans doute)\b",
    soft=r"\b(?:devraient?|prévoi(?:t|ent)|envisag\w+|compte(?:nt)? \w+er|espèr\w+|souhait\w+|vis(?:e|ent)|attendue?s?|projet\w* de|table(?:nt)? sur|escompt\w+)\b",
    past=r"\b(?:ai|as|a|ont|avai(?:t|ent)|eu(?:t|rent)|s[’']est|se sont|étai(?:t|ent)|fut|furent|ayant|après avoir)\s+(?:été\s+|également\s+|aussi\s+|déjà\s+|encore\s+|ensuite\s+)*\w+(?:é|ée|és|ées|u|ue|us|ues|is|ise|it|ite|ert|erte|int|clos|mort|fait|oint)\b|\b(?:est|sont)\s+(?:\w+ment\s+)?(?:allée?|venue?|arrivée?|partie?|entrée?|sortie?|née?|morte?|tombée?|montée?|descendue?|restée?|devenue?|revenue?|passée?|décédée?|intervenue?|survenue?|apparue?|parvenue?)s?\b|\b(?:était|étaient|avait|avaient|\w{3,}(?:ait|aient|èrent|irent)|(?!lieu|milieu)\w{3,}(?:ée?s?|ue?s?) (?:le|en|lundi|mardi)(?= ))\b(?<!devraient)(?<!devrait)(?<!pourrait)(?<!pourraient)|\b(?:publiée?s?|signée?s?|adoptée?s?|lancée?s?|annoncée?s?|intervenue?s?|passée?s?|derni(?:er|ère))\b",
    maybe=r"\b(?:devai(?:t|ent)(?=[^.;]{0,60}, mais\b)|pourrai(?:t|ent)|serai(?:t|ent)|aurai(?:t|ent)|peut-être|éventuel\w*|au plus tôt|risque de|hypothèse|en cas de|si \w+ \w+ent)\b",
    recurs=r"\b(?:chaque année|chaque mois|tous les ans|annuellement|généralement|habituellement|d[\'’]ordinaire|d[\'’]habitude)\b",
    cancelled=r"\b(?:annul\w+|retir(?:é|ée|és|ées)\b|rejet(?:é|ée|és|ées|te)\b(?! (?:en|le|il y a)\b)|abandonn\w+|sine die|supprim\w+|n['’]aur(?:a|ont) (?:\w+ )?pas lieu|ne se tiendr\w+ pas|dément\w*|démenti\w*|n['’](?:a|ont) pas (?:été adopt\w+|recueilli|obtenu)|suspendue?s? sans|n['’]a pas (?:respecté|tenu)|renvoyée? sans)",
    moves=r"\b(?:report\w+|repouss\w+|prolong\w+|décal\w+|prorog\w+)\b",
    anew=r"\b(?:nouve\w+|plutôt|désormais|report\w+|remplac\w+)\b",
    breaks=r"[;•|]|,\s+(?=(?:a|ont|ai|avait|selon|mais|et|qui|que|dont|où|après|alors|tandis|soit|précise|indique|annonce|le \w+ (?:a|ayant))\b)|\b(?:qui|que|dont|où|après)\b(?!\s*◆)",
    lasts=r"\b(?:exposition|visibles?|valables?|en vigueur|suspen\w+|prolong\w+|maint\w+|moratoire|interdi\w+|trêve|grève|se poursui\w+|durer\w*|permis|licence|exempt\w+|dérogation|rest\w+|demeur\w+|proroge\w*|autorisé\w*|gel\w*|gelé\w*|contrat|accord|bail|concession)\b",
    asks=r"\b(?:consultation|enquête publique|candidatures?|offres|dépôt|inscriptions?|observations|réponses|demandes|dossiers|contributions|remise des)\b",
    joins=r"^[^.;◆]{0,30}\b(?:et|ou|puis)\b[^.;◆]{0,30}$|^,\s*$",
    dated=r"\b(?:signée?|publiée?|adoptée?|daté)\s+(?:le\s+|du\s+)?((?:\w+\.?,?\s*){1,4})",
    today=r"publication|aujourd|présente?|parution|annonce",
    owes=r"\b(?:demand|ordonn|enjoi|impos|invit|oblig|somm|charg)\w*\s+(?:aux?|à|l[ea]s?|l['’])\s*(?:l[ae]\s|l['’])?(?P<who>(?:(?!(?:de|d|à)\b)[\w’-]+\s){1,4})(?:de\s|d['’]|à\s)(?=\w+(?:er|ir|re)\b)|\b(?:doit|doivent|devra|devront|va|vont|peut|peuvent|pourra|pourront|(?:ont|a|auront|aura) (?=jusqu)|(?:ont|a|auront|aura|dispos(?:e|ent|era|eront))\s+(?:d['’]un délai\s+)?(?:de\s+)?◆\s+pour\b|est tenue? de|sont tenue?s de)\b",
    epithets=r"prochaine?s?",
    passive=r"\s*(?:être|parvenir)\b|\s*(?:commencer|débuter|démarrer|reprendre|s['’]achever|se tenir|expirer|entrer en|prendre (?:fin|effet))\s*(?=$|[◆.,;]|(?:en|à|au|le|dans|avec|pour|dès|vigueur)\b)",
    intro=r"(?:selon|après|dans|en|sur|avec|pour|par|depuis|d['’]après|à|que|si|ainsi|toutefois|cependant)\b",
    pronouns=r"(?:il|elle|ils|elles|on|nous|vous|je|ce|cela|ceux|celles|tous)",
    acts=r"(?:travaux|construction|production|négociations|pourparlers|livraisons?|exploitation|paiements?)",
    things=r"\s(?:le|la|les|l['’]|un|une|ses|son|sa|leurs?)\s?",
    says=r"\b(?:a|ont) (?:annoncé|déclaré|indiqué|précisé|affirmé)(?:\s+◆)?\s+qu['’]e?\s?",
    trims=r"\b(?:le|la|les|l|un|une|des|du|de|d|et|ou|mais|qui|que|à|au|aux|en|dans|pour|par|sur|avant|jusqu|d['’]ici|ici|ne|pas|se|s|est|sont|sera|seront|a|ont|doit|doivent|plus tard|ensuite|également|ce|cette|ces|son|sa|ses|il|elle|ils|elles|compter|partir|dès)\b['’]?",
)  # fmt: skip
