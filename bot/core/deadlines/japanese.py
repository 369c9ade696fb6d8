"""How Japanese writes dates, and what it says around them. Data; see `language` for the shape."""

# ruff: noqa: E501  (a pattern is read as one)
from __future__ import annotations

from bot.core.deadlines.language import ISO, NUMERIC, Language, counted, numbered

WORDS = {
    "日": "day", "日間": "day", "営業日": "workday", "週間": "week", "か月": "month", "カ月": "month", "ヶ月": "month", "ヵ月": "month",
    "年": "year", "月": "month", "週": "week", "四半期": "quarter", "明日": "tomorrow", "あす": "tomorrow",
    "あさって": "overmorrow", "明後日": "overmorrow", "今月": "month", "今週": "week", "今年": "year", "年内": "year",
    "春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter", "初め": "early", "初頭": "early", "前半": "early",
    "後半": "late",
}  # fmt: skip
MONTH = r"(?P<month>1[0-2]|0?[1-9])月"
YEARS = (
    r"(?:(?P<era>令和)(?P<year>\d{1,2})年)\s?",
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>来年|翌年)の?|(?P<this>今年の?|本年))?\s?",
)
DAY = r"(?P<day>\d{1,2})日"
BRACKET = r"(?:\s?[（(][月火水木金土日](?:曜日?)?(?:・祝)?[)）])?"
UNIT = r"(?P<unit>営業日|日間|日|週間|か月|カ月|ヶ月|ヵ月|年)"
TO = r"(?:から|より|[~〜～\-–—]|・|と)"
ANCHOR = r"(?P<anchor>[^、。◆]{2,20}?)(?:の(?:翌)?日)?(?:から|より)(?:起算して)?(?:、)?"
QUARTERS = tuple(
    ("months", rf"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>{first})月?[~〜～–−-]{first + 2}月期?")
    for first in (1, 4, 7, 10)
)
"""Quarters by their months."""


def _in_years(form: str, pattern: str) -> tuple[tuple[str, str], ...]:
    """The form with a year of an era, and with a plain year or none."""
    return tuple((form, year + pattern) for year in YEARS)


JAPANESE = Language(
    name="ja",
    months={str(number): number for number in range(1, 13)},
    weekdays=counted("月 火 水 木 金 土 日"),
    numbers=numbered("一 二 三 四 五 六 七 八 九 十") | {"1": 1},
    words=WORDS,
    trigger=r"[年月日週曜期]|あす|あさって|春|夏|秋|冬",
    forms=(
        ("day", ISO),
        ("day", NUMERIC),
        *_in_years("day", rf"{MONTH}{DAY}{BRACKET}{TO}(?:(?P<last_month>\d{{1,2}})月)?(?P<last>\d{{1,2}})日{BRACKET}(?!に(?:延|変|繰))"),
        *_in_years("day", rf"{MONTH}(?P<day>\d{{1,2}})[~〜～\-–・](?P<last>\d{{1,2}})日{BRACKET}"),
        *_in_years("day", rf"{MONTH}{DAY}{BRACKET}"),
        *_in_years("day", rf"{MONTH}の?第(?P<ordinal>[1-4一二三四])(?P<weekday>[月火水木金土日])曜日?"),
        ("within", rf"{ANCHOR}(?P<count>\d{{1,3}}){UNIT}(?:以内|内)"),
        ("within", rf"(?<![\d月])(?P<count>\d{{1,3}}){UNIT}以内"),
        ("count", rf"{ANCHOR}(?P<count>\d{{1,3}}){UNIT}を経過した日"),
        ("count", rf"(?<![\d月])(?P<count>\d{{1,3}}){UNIT}後(?=に)"),
        *_in_years("end", rf"{MONTH}末"),
        ("end", r"(?P<year>(?:19|20)\d\d)年末"),
        ("end", r"(?:今|本|(?P<next>来|翌))?(?P<unit>月|年|週)末(?!商戦|年始)"),
        ("end", r"(?P<unit>年)内(?!外)"),
        ("end", r"(?:今|本)(?P<unit>月|週|年)(?:中|内)"),
        ("mid", r"(?P<year>20\d\d)年(?:半ば|なかば|中頃)"),
        *_in_years("mid", rf"{MONTH}(?:中旬|半ば|なかば)"),
        ("period", r"(?P<next>来)(?P<unit>週|月)(?!の?[月火水木金土日]曜|末|\d)(?:中|前半|後半|上旬|中旬|下旬)?"),
        *_in_years("quarter", r"第(?P<ordinal>[1-4一二三四])四半期"),
        *QUARTERS,
        *_in_years("half", r"(?P<ordinal>上|下)半期"),
        ("part", r"(?:(?P<year>(?:19|20)\d\d)年|(?P<next>来年)の?)(?P<part>初め|初頭|前半|後半)"),
        *_in_years("month", rf"(?<!\d){MONTH}[~〜～\-–−]\d{{1,2}}月(?!期|\d)"),
        *_in_years("month", rf"(?<!\d){MONTH}(?!\d|期|限|物|渡し)(?:中|上旬|下旬|初め|前半|後半)?"),
        *_in_years("season", r"(?P<season>[春夏秋冬])(?=ごろ|頃|にも|に|まで)"),
        ("weekday", r"(?P<next>来週)の?(?P<weekday>[月火水木金土日])曜日?"),
        ("weekday", r"(?:今週の?)?(?P<weekday>[月火水木金土日])曜日?"),
        ("relative", r"(?P<unit>明日|あす|あさって|明後日)"),
        ("day_of_month", rf"(?P<next>来月)(?P<day>\d{{1,2}})日{BRACKET}"),
        ("day_of_month", rf"(?<![\d月第])(?:今月)?(?P<day>\d{{1,2}})日{BRACKET}(?![間後前分以\d])"),
        ("year", r"(?P<year>(?:20)\d\d)年(?!度|期|代|前|版)"),
    ),
    heads=(
        ("refused: the earliest", r"早くても◆|早くとも◆|早ければ◆"),
        ("refused: moved away from", r"◆(?:から|より)(?=◆(?:に|へ|まで)(?:延|変更|繰り|ずら))|(?:当初|もともと)[^◆、。]{0,8}◆|◆に(?=予定(?:され)?ていた|予定だった)"),
        ("refused: recurring", r"(?:毎年?|毎月|毎週|各)(?:の)?◆"),
        ("refused: a period reported on", r"◆(?=期(?:決算|の)|の(?:[^。、]{0,6})?(?:失業率|物価|指数|統計|収支|景況|機械受注)|の(?:輸出|輸入|生産|販売|貿易|消費)[^。]{0,20}(?:た|減|増))"),
        ("refused: a contract's month", r"◆(?=限|物|先物|渡し|積み)"),
        ("refused: a name", r"[（(][^）)◆]{0,20}◆(?=[^（(]{0,20}(?:号|改正|条約)[^（(]{0,10}[）)])|(?:昭和|平成)\d*年?◆"),
        ("refused: past", r"(?:先|昨年|前年|去年|前|同)(?:年|月|週)?の?◆"),
        ("until", r"(?:有効期限|有効期間|期限|期間)[はが、]?[^◆。]{0,6}◆(?:まで)?|◆まで(?=[^。、]{0,12}(?:開かれ|開催|有効|延長|停止|継続|禁止|維持|続|猶予|免除))"),
        ("end", r"◆(?:に|で|付で|をもって)(?=[^。]{0,10}(?:失効|終了|期限|満了|切れ|廃止|終わ))"),
        ("start", r"◆(?:から|より|に|付で|付けで|以降)?[^。◆]{0,16}(?=施行|発効|適用|導入)|(?:施行|発効|適用)(?:日|期日)[はがを][^◆。]{0,6}◆"),
        ("from", r"◆(?:から|より|以降)"),
        ("to", r"◆(?:に|へ|まで)(?=(?:延期|延長|変更|繰り下げ|繰り上げ|延ば|ずれ込))"),
        ("by", r"◆(?:までの?間?に?|までとする|迄|締め切り|締切|必着|を期限|が期限|をめど|を目途|を目処)|(?:締め切り|締切|期日|提出期限|しめきり|応募期限|申請期限|受付期間|募集期間|公募期間)[はがを：:]?[^◆。]{0,8}◆|◆中に|◆に(?=まとめ|取りまとめ)"),
        ("on", r"◆(?:に|で|の)?"),
    ),
    topics=(
        ("effective", r"施行|発効|適用|導入|開始|発動|解除|課す|引き上げ|引き下げ"),
        ("expiry", r"失効|終了|満了|切れ|有効期(?:限|間)|廃止"),
        ("deadline", r"締め切り|締切|期日|期限|提出|応募|申請|受け?付け?|必着|まとめる|募集"),
        ("event", r"開かれる|開く|開催|採決|会合|会談|協議|総会|公聴会|入札|開札|選挙|公表|発表|稼働|始まる|再開|訪問|訪[米中日欧韓]|帰国|営む|催|通夜|告別式|葬儀|開幕|閉幕|サミット|会議|上場|判決"),
    ),
    ahead=r"予定(?!していた|されていた|だった)|見通し|方針|見込み|計画(?=だ|して|。)|開かれる|開く(?=。|予定|閣議|会)|開催する|開催される|始まる|始める|まで(?=に|の)|する(?=。|方針|予定|見通し|と|ことが)|される(?=。|予定|見通し|と)|となる|なる(?=。|見通し)|れる(?=。|見通し|予定)|(?:行う|行なう|決める|まとめる|結ぶ|迎える|控える|続ける|続く|切れる|目指す|求める|受け付ける|入る|出る|訪れる|示す|設ける|施行|失効|発効|再開)(?=。|、|方針|予定|見通し|する|す|$)|(?<!てい)(?<!であ)[うくぐすつぬぶむる](?=。|」|$)|こと(?=。|$)|(?:べき|ねばならない|なければならない|ものとする|ことができる|とする|必要がある|だ(?=。))",
    perhaps=r"かもしれない|との観測|可能性がある",
    soft=r"目標|見込ん|予想|検討して|想定|めざす|期待",
    weak=r"(?!)",
    past=r"(?:[いきしちにびみりぎえけせてねべめれげぜっんか])(?:た|だ)(?=。|、|」|）|と|が|計画|ところ|$|ため|\w)(?<!した方針)|だった|(?:減|増|安|高)(?=。|、|の)|先(?:月|週)|昨年|前年",
    maybe=r"可能性|かもしれない|早ければ|恐れ|おそれ|場合は|もし|仮に|との観測|れば、",
    recurs=r"毎年|毎月|例年|通常|一般に",
    cancelled=r"否定し|報道を否定|行われない|開かれない|事実(?:では|でも)ない|中止(?:した|する|に|が|とな)|撤回|見送(?:る|った|り|ら)|否決|取りやめ|無期限|白紙|断念",
    moves=r"延期|延長|変更|繰り下げ|繰り上げ",
    anew=r"新たに|改めて|代わ|延期",
    breaks=r"[。；！？]",
    lasts=r"展覧会|展示|有効|期間|宣言|延長(?=する|した|され)|停止|継続|禁止|維持|猶予|免除|凍結|許可|続|税率|優遇",
    asks=r"応募|募集|申請|提出|受け?付|意見|公募",
    joins=r"^[、とや及びおよび・]{1,3}$",
    dated=r"(\d{1,2}月\d{1,2}日)に(?:署名|公布|発表)",
    today=r"告示|公告|公布|公示|発表|本|掲載|署名",
    verb_follows=True,
    bare_months=True,
    owes=r"[はが]、?(?=[^。]{0,60}(?:を|に))",
    passive=r".{0,60}(?:される|された|れる|られる|施行|発効|失効|開く|終了する)",
    intro=r"(?:また|一方|さらに|なお)",
    pronouns=r"(?:それ|これ|彼|彼女|我々|双方とも)",
    trims=r"(?:は|が|を|に|で|の|と|から|まで|までに|、|する|した|方針だ|予定だ|予定|見通しだ|見通し|方針|また|同|だ|とする|される|している)",
)  # fmt: skip
