"""The words by which a text says what became of a thing, in seven languages. Data; `outcomes` reads by it."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

import re

DENIED, EXTENDED, WITHDRAWN, MISSED, MET = "denied", "extended", "withdrawn", "missed", "met"
ORDER = (DENIED, EXTENDED, MISSED, WITHDRAWN, MET)
"""Which is believed where a sentence has several: what takes more back first."""

WORDS = {
    DENIED: r"den(?:y|ies|ied)|refut(?:es|ed)|no such|(?:is|was) (?:not true|untrue|false)"
    r"|(?:rejects|dismisses) reports|dementier\w+|dément\w*|desm(?:iente|intió|entido)|niega",
    EXTENDED: r"extends|extended|extension|postpone[sd]|postponement|delay(?:s|ed)|push(?:es|ed) back|deferr?(?:s|ed)"
    r"|put(?:s)? off|reschedule[sd]|prolongs|prolonged|move[sd] (?:back |forward )?(?:the |its )?\w* ?to"
    r"|verlängert|verschoben|verschiebt|vertagt|prolong(?:e|é|ée)|report(?:é|ée|e)|repouss\w+"
    r"|prorrog\w+|aplaz\w+|pospuso|pospone|amplía",
    WITHDRAWN: r"withdraws|withdrew|withdrawn|cancels|cancell?ed|scraps|scrapped|revoke[sd]|repeal(?:s|ed)|drops"
    r"|dropped|call(?:s|ed) off|abandon(?:s|ed)|shelve[sd]|suspend(?:s|ed)|zurückgezogen|abgesagt|gestrichen|aufgehoben"
    r"|ausgesetzt|annul\w+|retir(?:e|é|ée|a|ó)|abrog\w+|suspendu\w*|cancel(?:a|ó)|deroga\w*|suspend(?:e|ió)",
    MISSED: r"miss(?:es|ed)(?: \w+){0,2} (?:deadline|date|cut-?off)|fail(?:s|ed) to|(?:did|has|have|had) not|overdue|(?:passes|passed|lapsed) without"
    r"|verfehlt|versäumt|nicht fristgerecht|manqu(?:e|é|ée)|n['’]a pas|incumpl\w+|no (?:aprobó|cumplió|publicó)",
    MET: r"approve[sd]|adopts|adopted|publishe[sd]|issue[sd]|release[sd]|signs|signed|submits|submitted|files|filed"
    r"|deliver(?:s|ed)|launche[sd]|(?:takes|took) effect|(?:enters|entered|comes|came|is) (?:into|in) force"
    r"|holds|held|opens|opened|conclude[sd]|complete[sd]|pass(?:es|ed)|presents|presented|unveil(?:s|ed)"
    r"|award(?:s|ed)|announce[sd]|ratifie[sd]|expire[sd]|votes|voted|decide[sd]|finali[sz]e[sd]|confirm(?:s|ed)"
    r"|verabschiedet|beschlossen|genehmigt|gebilligt|billigt|veröffentlicht|unterzeichnet|in kraft getreten|vorgelegt"
    r"|adopt(?:e|é|ée)|approuv\w+|publi(?:e|é|ée)|sign(?:e|é|ée)|entr(?:e|é|ée) en vigueur"
    r"|aprueba|aprobó|aprobad\w|adoptó|publica|publicó|firma|firmó|entró en vigor",
}  # fmt: skip
STEMS = {
    DENIED: "опроверг|否认|辟谣|否定",
    EXTENDED: "продлил|продлен|продлён|перенес|перенёс|отложи|отсроч|延期|延长|延長|推迟|延后",
    WITHDRAWN: "отменил|отменен|отменён|отозва|приостанов|取消|撤回|撤销|废止|暂停|中止|取り消",
    MISSED: "не утверд|не представ|не успел|не принял|сорвал|просроч|未能|逾期|未按期|间に合わ|間に合わ",
    MET: "утвердил|утвержден|утверждён|одобрил|одобрен|принял|принят|опубликовал|подписал|подписан|представил|вступил"
    "|завершил|批准|通过|发布|公布|印发|签署|提交|生效|完成|举行|承認|可決|公表|発表|施行|発効|署名",
}
"""Of languages that inflect or do not part their words: wherever they stand."""

MAYBE = re.compile(
    r"\b(?:may|might|could|would|should|consider\w*|propos\w+|asks?|asked|urge[sd]?|calls? (?:for|on)|wants?|seeks?"
    r"|plans?|weighs?|mulls?|expect\w*|likely|if|unless|until|yet to|not|never|will|könnte|soll|pourrait|podría"
    r"|может|могут|просит|предлагает|可能|拟|或将)\b[^.;。]{0,24}$|(?:может|могут|просит|предлагает|可能|拟|或将|建议)[^.;。]{0,12}$",
    re.IGNORECASE,
)
"""What stands before a sign and takes its force."""

CLAUSES = re.compile(
    r"[;,:]\s|[，；：、]|\s[–—-]\s|\b(?:as|while|whereas|before|ahead of|after|following|until|although|though|which|who)\b"
    r"|\b(?:vor|nach|während|bevor|nachdem|avant|après|antes de|después de|перед|после|пока|прежде чем)\b",
    re.IGNORECASE,
)
"""Where a sentence starts to speak of something else."""

NOT_ITSELF = re.compile(
    r"\b(?:drafts?|outlines?|chapters?|parts?|portions?|excerpts?|previews?|proposals?|statements?|forecasts?|portals?|criticis\w+"
    r"|criticiz\w+|calls|reminders?|due|deadline|looms|left|its own|their own|partial\w*|partly|entw[uü]rf\w*|teile?|frist"
    r"|eigene\w*|projet|partie|délai|borrador|parte|plazo|propi[oa]|проект\w*|част[ьи]\w*|глав[аы]|срок\w*|критик\w*|своей|собственн\w+)\b"
    r"|征求意见|草案|初稿|部分|期限|截止|临近|只剩|还剩|倒计时|本国|案の|素案|一部|期限",
    re.IGNORECASE,
)
"""What is a part of a thing, comes before it or is said about it; and what says that it is still due."""

BACKDATED = re.compile(r"\s*(?:back )?(?:in|im jahr|en|в)?\s*\(?(?:19|20)\d\d\b", re.IGNORECASE)
"""After a sign: it tells of another year."""

BETWEEN = frozenset(
    "was were is are has have had been being now finally officially formally on at in by to effect force the a an its late early "
    "today yesterday monday tuesday wednesday thursday friday saturday sunday midnight week this last wurde wurden worden ist "
    "sind hat am im nun montag dienstag mittwoch donnerstag freitag samstag sonntag a été est sont ont le la les lundi mardi "
    "mercredi jeudi vendredi fue ha sido está el los las был была было были уже официально в понедельник вторник среду четверг "
    "пятницу 已 被 正 式 获 于 周 日 了 将".split()
)
"""What may stand between a thing and the verb that says what was done to it."""

TURNS = frozenset(
    "that which who about for with to of and or but from against over into für mit zu von und oder über pour avec de et ou sur "
    "para con y o sobre о об для с и или на 对 就 关 和".split()
)
"""Between a verb and a thing: the thing is not what was done, but what something else is about."""

MOST_BETWEEN = 5
"""Words between a verb and its thing."""

SIGNS = {fate: re.compile(rf"\b(?:{WORDS[fate]})\b|{STEMS[fate]}", re.IGNORECASE) for fate in ORDER}
