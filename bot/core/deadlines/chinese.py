"""How Chinese writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, Language, numbered

NUMBERS = numbered("一 二 三 四 五 六 七 八 九 十") | {
    "两": 2,
    "十五": 15,
    "二十": 20,
    "三十": 30,
    "六十": 60,
    "九十": 90,
}
WEEKDAYS = numbered("一 二 三 四 五 六") | {"日": 7, "天": 7}
WORDS = {
    "日": "day", "天": "day", "周": "week", "个月": "month", "年": "year", "工作日": "workday", "个工作日": "workday",
    "月": "month", "季度": "quarter", "本月": "month", "明天": "tomorrow", "明日": "tomorrow",
}  # fmt: skip
MONTH = r"(?P<month>\d{1,2})月"
IN_YEAR = r"(?:(?P<year>20\d\d)年|(?P<next>明年)|今年)?"
COUNT = r"(?P<count>\d{1,3}|[一二两三四五六九]?十五?|[一二两三四五六七八九])(?P<unit>个?工作日|天|日|周|个月|年)"

CHINESE = Language(
    name="zh",
    months={},
    weekdays={name: number - 1 for name, number in WEEKDAYS.items()},
    numbers=NUMBERS,
    words=WORDS,
    forms=(
        ("day", ISO),
        ("day", rf"{IN_YEAR}{MONTH}(?P<day>\d{{1,2}})[日号](?:(?:上午|下午)?\d{{1,2}}[时点:]\d{{0,2}}分?)?"),
        ("within", rf"(?<![\d月]){COUNT}(?:之内|以内|内)"),
        ("end", rf"{IN_YEAR}{MONTH}(?:底|末)"),
        ("end", r"(?P<year>20\d\d)年(?:底|末|内)"),
        ("end", r"(?:今|(?P<next>明))?(?P<unit>年)(?:底|末|内)"),
        ("end", r"(?:本|这个|(?P<next>下个?))?(?P<unit>月|季度)(?:底|末)"),
        ("period", r"(?P<next>下)个?(?P<unit>周|月|季度)(?![一二三四五六日天底末])"),
        ("quarter", rf"{IN_YEAR}第?(?P<ordinal>[一二三四1-4])季度"),
        ("half", rf"{IN_YEAR}(?P<ordinal>[上下])半年"),
        ("month", rf"{IN_YEAR}{MONTH}(?![\d合])"),
        ("weekday", r"(?P<next>下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"),
        ("relative", r"(?P<unit>明天|明日)"),
    ),
    cues=(
        ("expiry", r"(?:有效期|期限|延长|延期|暂停|持续)[^◆；。]{0,15}(?:至|到)◆|(?:于|将于|在)?◆[^，。；]{0,6}(?:到期|失效|届满|为止|终止|结束)"),
        ("effective", r"(?:自|从)◆[^。；]{0,4}(?:起|开始)|◆(?:起|开始)|(?:于|将于)?◆[^，。；]{0,6}(?:生效|实施|施行|执行)"),
        ("deadline", r"◆(?:之?前|以前|截止|止)|(?:截止|截至|期限|最后期限)[^◆。；]{0,12}◆|不(?:迟|晚)于◆|◆within"),
        ("event", r"(?:将于|将在|拟于|定于|计划于|计划在|预计)◆|◆[^，。；]{0,4}(?:将|举行|召开|公布)"),
    ),
    ahead=r"将|拟|定于|计划|预计|须|应|要求|前|截止|至|下",
    past=r"(?:已于|已在|曾于|上)◆|◆[^，。；]{0,8}(?:发布了|已经|曾)",
    refuse=r"取消|撤回|暂缓|否决|期货|合约|财报|每年|每月",
    joins=r"^[^。；]{0,10}[和及、][^。；]{0,10}$",
    what=r"(?:(?:稀土|锂|镓|锗|锑|石墨|钨|钴|关键矿产|关键原材料|矿产|出口|整改)[\u4e00-\u9fff]{0,6})?(?:路线图|计划|规划|清单|方案|报告|禁令|措施|规定|管制|指标)",
    who=r"(政府|国务院|商务部|内阁|工信部|发改委|公司)",
)  # fmt: skip
