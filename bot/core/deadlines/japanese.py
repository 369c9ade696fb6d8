"""How Japanese writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, Language, counted, numbered

WORDS = {
    "日": "day", "営業日": "workday", "週間": "week", "か月": "month", "カ月": "month", "ヶ月": "month", "年": "year",
    "月": "month", "週": "week", "四半期": "quarter", "明日": "tomorrow", "あす": "tomorrow",
}  # fmt: skip
MONTH = r"(?P<month>\d{1,2})月"
IN_YEAR = r"(?:(?P<year>20\d\d)年|(?P<next>来年)|今年)?"

JAPANESE = Language(
    name="ja",
    months={},
    weekdays=counted("月 火 水 木 金 土 日"),
    numbers=numbered("一 二 三 四 五 六 七 八 九 十"),
    words=WORDS,
    forms=(
        ("day", ISO),
        ("day", rf"{IN_YEAR}{MONTH}(?P<day>\d{{1,2}})日(?:（[月火水木金土日]）)?(?:(?:午前|午後)?\d{{1,2}}時)?"),
        ("within", r"(?<![\d月])(?P<count>\d{1,3})(?P<unit>営業日|日|週間|か月|カ月|ヶ月|年)以内"),
        ("count", r"(?<![\d月])(?P<count>\d{1,3})(?P<unit>営業日|日|週間|か月|カ月|ヶ月|年)後"),
        ("end", rf"{IN_YEAR}{MONTH}末"),
        ("end", r"(?P<year>20\d\d)年末"),
        ("end", r"(?:今|(?P<next>来))?(?P<unit>月|年)末"),
        ("period", r"(?P<next>来)(?P<unit>週|月)(?!の?[月火水木金土日]曜|末)"),
        ("quarter", rf"{IN_YEAR}第(?P<ordinal>[1-4一二三四])四半期"),
        ("half", rf"{IN_YEAR}(?P<ordinal>[上下])(?:半期|期)"),
        ("month", rf"{IN_YEAR}{MONTH}(?!\d)(?:中|上旬|中旬|下旬)?"),
        ("weekday", r"(?:(?P<next>来週)の?|今週の?)?(?P<weekday>[月火水木金土日])曜日?"),
        ("relative", r"(?P<unit>明日|あす)"),
    ),
    cues=(
        ("expiry", r"◆(?:に|で)(?:失効|終了|期限|満了|切れ)|(?:有効期限|期限)[はが]◆|◆まで(?:有効|延長|停止|継続)"),
        ("effective", r"◆(?:から|より)[^。]{0,12}(?:施行|適用|実施|発効|始)|◆(?:に|付で)(?:施行|発効|適用)"),
        ("deadline", r"◆(?:まで(?:に)?|締め切り|締切|必着|を期限|が期限|をめど)|(?:締め切り|締切|期日)[はが]◆|◆within"),
        ("event", r"◆(?:に|から|の)?[^。、]{0,20}(?:開かれる|開く|開催|予定|見通し|採決|始まる|公表する|発表する|協議する)"),
    ),
    ahead=r"予定|見通し|方針|開かれる|開く|開催する|始まる|まで|する",
    past=r"先週の?◆|◆に?(?:発表した|公表した|開かれた|始まった|決めた|署名した)",
    refuse=r"中止|撤回|延期|見送|否決|毎年|毎月",
    what=r"[\u4e00-\u9fff\u30a0-\u30ff]{0,8}(?:工程表|計画|戦略|リスト|規制|方針|会合|見直し案)",
    who=r"(政府|経産省|経済産業省|内閣|JOGMEC)",
)  # fmt: skip
