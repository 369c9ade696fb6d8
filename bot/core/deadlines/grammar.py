"""The words of dates and cues, one table a language. Data; the rules that read it are in `find`.

A cue is a pattern before (or, in Chinese and Japanese, after) a date; its type says what the date is. More specific
cues stand before general ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MONTHS_EN = "january february march april may june july august september october november december".split()
MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
MONTHS_DE = "januar februar märz april mai juni juli august september oktober november dezember".split()
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS_EN = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+"
CLOCK_EN = (
    r"(?:(?:midnight|noon|\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?)(?:\s+(?:eastern|central|pacific|local)(?: time)?)?\s+on\s+)?"
)


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes dates and announces them. `cues`: (type, pattern); `around`: {cue} and {date} in order."""

    cues: tuple[tuple[str, str], ...]
    date: str
    months: dict[str, int] = field(default_factory=dict)
    around: str = r"\b(?:{cue})\s+{date}"
    off: str = r"(?!)"  # words of a sentence that takes its date back, or only supposes it
    what: str = r"(?!)"
    who: str = r"(?!)"


def _months(names: list[str], short: int = 3) -> dict[str, int]:
    """Month names and their first letters, as they are written with or without a full stop."""
    table = {name: number for number, name in enumerate(names, start=1)}
    return table | {name[:short]: number for number, name in enumerate(names, start=1)} | {"sept": 9}


def _named(names: list[str], form: str) -> str:
    letters = "|".join(sorted({*names, *(name[:3] for name in names), "sept"}, key=len, reverse=True))
    return form.replace("MONTH", rf"(?P<month>{letters})\b\.?")


NUMERIC = r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b"

LANGUAGES: dict[str, Language] = {
    "en": Language(
        cues=(
            ("effective", r"(?:takes?|took|taking|came|comes?|coming|goes|going|go) (?:into )?(?:effect|force) (?:on|from)"
             r"|effective(?: from| on| as of)?|(?:starts?|starting|begins?|beginning|applies|apply|applicable)(?: on| from)"
             r"|as of|kicks? in on|becomes? law on"),
            ("expiry", r"(?:expires?|expiring|lapses?|runs? out|ends?|valid|suspended|suspension runs?|halted|extended)"
             r"(?: on| until| till| through| to)|through"),
            ("event", r"(?:scheduled|slated|set|due|planned)(?: to [\w -]{1,30})? (?:for|on)"
             r"|(?:vote|hearing|auction|summit|meeting|meet|results?) (?:is |are )?on"),
            ("deadline", r"(?:no|not) later than|on or before|(?:is |are )?due(?: by| on)?|deadline(?: is| of|:| for [\w ]+ is)?"
             r"|open until|by|before|until|till"),
        ),
        months=_months(MONTHS_EN),
        date=rf"{CLOCK_EN}(?:the end of )?(?:{DAYS_EN})?(?:"
        + _named(MONTHS_EN, r"MONTH\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>20\d\d))?")
        + ")|"
        + _named(MONTHS_EN, rf"{CLOCK_EN}(?:{DAYS_EN})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?MONTH(?:,?\s+(?P<year>20\d\d))?"),
        off=r"\b(?:cancel|withdr[ae]w|scrapp?ed|rejected|no longer|could come as early|might|if approved)",
        what=r"(?:(?:[a-z]+-)*[a-z]+ ){0,2}(?:roadmap|plan|strategy|list|report|rules?|comments?|bids?|proposals?|offers?|ban"
        r"|tariffs?|quotas?|licen[cs]es?|draft|applications?|review|suspension|truce)"
        r"(?: (?:for|on|of) (?:the )?(?:[\w-]+ ){0,3}[\w-]+)?",
        who=r"(?:order\w*|instruct\w*|direct\w*|told|task\w*|give\w*|ask\w*) (?:the |its |his |her )?"
        r"((?:government|cabinet|ministry|commission|agency|department|regulator|council|parliament)(?: of [A-Z]\w+)?)",
    ),
    "ru": Language(
        cues=(
            ("effective", r"вступ\w+ в силу(?: с)?|начиная с|с"),
            ("expiry", r"действ\w+ до|истека\w+|продл\w+ до|приостановлен\w* до"),
            ("deadline", r"не позднее|в срок до|срок\w*(?: —| -)?(?: до)?|до"),
        ),
        months=_months(MONTHS_RU),
        date=_named(MONTHS_RU, r"(?P<day>\d{1,2})(?:-го)?\s+MONTH(?:\s+(?P<year>20\d\d))?"),
        off=r"\b(?:отмен|отклон|отозва|не будет)",
        what=r"дорожн\w+ карт\w+(?: \w+){0,5}|план\w*(?: \w+){0,3}|перечень(?: \w+){0,3}|стратеги\w+(?: \w+){0,3}",
        who=r"(?:поруч\w+|обяза\w+) (правительств\w+|кабинет\w+ министров|министерств\w+|минпромторг\w*)",
    ),
    "de": Language(
        cues=(
            ("effective", r"(?:tritt|treten)(?: \w+)? (?:am|zum|ab)|gilt ab|ab(?: dem)?"),
            ("expiry", r"(?:läuft|laufen) (?:bis|am)|gültig bis|befristet bis"),
            ("deadline", r"spätestens(?: bis)?(?: zum| am)?|bis(?: spätestens)?(?: zum)?|vor dem"),
        ),
        months=_months(MONTHS_DE),
        date=_named(MONTHS_DE, r"(?P<day>\d{1,2})\.\s*MONTH(?:\s+(?P<year>20\d\d))?"),
        off=r"\b(?:abgesagt|zurückgezogen|abgelehnt)",
        what=r"Fahrplan\w*|Strategie\w*|Plan|Liste|Bericht|Stellungnahmen?",
    ),
    "fr": Language(
        cues=(
            ("effective", r"(?:entr\w+ en vigueur|s'applique\w*|à compter|à partir)(?: le| du)?"),
            ("expiry", r"(?:expire\w*|prend fin|valable jusqu'au)(?: le)?"),
            ("deadline", r"jusqu['’]au|d['’]ici(?: au| le)?|avant le|au plus tard le"),
        ),
        months=_months(MONTHS_FR, 4),
        date=_named(MONTHS_FR, r"(?P<day>\d{1,2})(?:er)?\s+MONTH(?:\s+(?P<year>20\d\d))?"),
        off=r"\b(?:annulé|retiré|rejeté)",
        what=r"feuille de route(?: \w+){0,4}|plan(?: \w+){0,3}|stratégie(?: \w+){0,3}|observations",
    ),
    "es": Language(
        cues=(
            ("effective", r"(?:entra\w* en vigor|a partir|se aplica\w*)(?: el| del)?"),
            ("expiry", r"(?:vence\w*|expira\w*|válido hasta)(?: el)?"),
            ("deadline", r"antes del|hasta el|a más tardar el|para el"),
        ),
        months=_months(MONTHS_ES),
        date=_named(MONTHS_ES, r"(?P<day>\d{1,2})\s+de\s+MONTH(?:\s+(?:de|del)\s+(?P<year>20\d\d))?"),
        off=r"\b(?:cancelad|retirad|rechazad)",
        what=r"hoja de ruta(?: \w+){0,4}|plan(?: \w+){0,3}|estrategia(?: \w+){0,3}",
    ),
    "zh": Language(
        cues=(
            ("effective", r"(?:日)?(?:起|开始|正式)(?:施行|实施|生效|执行)?|生效|实施"),
            ("expiry", r"到期|失效|为止|止"),
            ("deadline", r"(?:之)?前|以前|截止"),
        ),
        date=r"(?:(?P<year>20\d\d)年)?(?P<number>\d{1,2})月(?P<day>\d{1,2})日",
        around=r"{date}(?:{cue})",
        off=r"取消|撤回|暂缓",
        what=r"(?:(?:稀土|锂|镓|锗|锑|石墨|钨|关键矿产|矿产|出口)[\u4e00-\u9fff]{0,6})?(?:路线图|计划|规划|清单|方案|报告|禁令|措施|规定)",
        who=r"(政府|国务院|商务部|内阁|工信部|发改委)",
    ),
    "ja": Language(
        cues=(
            ("effective", r"(?:から|より)(?:施行|適用|実施)?|に(?:施行|発効)"),
            ("expiry", r"に(?:失効|期限)|まで有効"),
            ("deadline", r"まで(?:に)?|締め切り|を期限"),
        ),
        date=r"(?:(?P<year>20\d\d)年)?(?P<number>\d{1,2})月(?P<day>\d{1,2})日",
        around=r"{date}(?:{cue})",
        off=r"中止|撤回|延期",
        what=r"[\u4e00-\u9fff\u30a0-\u30ff]{0,8}(?:工程表|計画|戦略|リスト|規制|方針)",
        who=r"(政府|経産省|経済産業省|内閣)",
    ),
}  # fmt: skip


def compile_cues(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each type with the pattern that finds a cue and its date. Alternative forms of a date are separate patterns."""
    forms = [*language.date.split("|" + CLOCK_EN)] if CLOCK_EN in language.date else [language.date]
    forms = [form if number == 0 else CLOCK_EN + form for number, form in enumerate(forms)]
    forms = [*forms, NUMERIC] if "{cue})\\s+" in language.around else forms
    return tuple(
        (kind, re.compile(language.around.replace("{cue}", cue).replace("{date}", form), re.IGNORECASE))
        for kind, cue in language.cues
        for form in forms
    )
