"""The table of all codes (docs/reference/rules.md, "The rules"): one row each, never reused or renumbered.

The function of a rule is in the room that finds the problem (F and S in `records`, A in `history`, L, W and P in
`rules`); this table has what reports and pages need to know about it. Tests compare the table with functions, cases and
pages in both directions.
"""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.dates import SINCE
from weimin.model.finding import Severity

E, D, N = Severity.ERROR, Severity.DUTY, Severity.NOTICE


class Code(msgspec.Struct, frozen=True):
    """A row of the table. `requirement`: what is required, as a positive sentence in Chinese.

    `clause`: an anchor of the plan (`3.3.4`), or of this site's own rules (`house#files`; docs/reference/rules.md, `house`).
    `parameter`: name of the parameter with the days or the threshold. `gate`: the step that has to wait while the duty is
    open (`rules/gates.py`), or `closing`. `since`: the first day on which the rule holds; a record that stood on the main
    branch before, unchanged, gets a notice instead of an error (`engine/preexisting.py`). None: it has always held.
    """

    code: str
    slug: str
    severity: Severity
    requirement: str
    clause: str
    parameter: str = ""
    gate: str = ""
    since: date | None = None

    @property
    def family(self) -> str:
        return self.code[0]


_ROWS = (
    Code("F101", "not-utf8", E, "文件用 UTF-8 编码保存。", "house#files"),
    Code("F102", "bom-or-crlf", E, "文件开头没有 BOM，换行只用 LF。", "house#files"),
    Code("F103", "yaml-syntax", E, "字段部分是写对了的 YAML。", "house#files"),
    Code("F104", "duplicate-key", E, "同一处的字段名不重复。", "house#files"),
    Code("F105", "yaml-anchor-or-tag", E, "不用 YAML 的锚点、别名和标签。", "house#files"),
    Code("F106", "too-large", E, "文件的大小、层数和长度在限度以内。", "house#files"),
    Code("F107", "symlink-or-submodule", E, "记录是普通文件，不是符号链接或子模块。", "house#files"),
    Code("F108", "unknown-place", E, "每个文件都放在约定的位置，用约定的文件名。", "house#files"),
    Code("F109", "name-collision", E, "文件名不与别的文件名或固定网址相撞。", "house#files"),
    Code("F110", "hidden-character", E, "文字里没有看不见的字符。", "house#files"),
    Code("F111", "front-matter-missing", E, ".md 记录以 --- 包住的字段部分开头。", "house#files"),
    Code("F112", "unsafe-markup", E, "正文只用 Markdown，不用 HTML、脚本和不安全的链接。", "house#files"),
    Code("F113", "attachment-kind", E, "附件是 jpg、png、webp 或 pdf，内容与扩展名一致。", "house#files"),
    Code("F114", "executable-or-hook", E, "content/ 下没有可执行文件和 Git 的属性、钩子、过滤器。", "house#files"),
    Code("F115", "confusable-or-unnormalised", E, "文字是 NFC 规范形式，标题和名称里没有形近的异码字。", "house#files"),
    Code("F116", "conflict-marker", E, "文件里没有合并冲突的标记。", "house#files"),
    Code("S101", "missing-field", E, "必填的字段都写了。", "house#fields"),
    Code("S102", "wrong-type", E, "字段的值是应有的类型。", "house#fields"),
    Code("S103", "value-not-allowed", E, "有固定选项的字段从选项里选。", "house#fields"),
    Code("S104", "unknown-field", E, "只写这种记录有的字段。", "house#fields"),
    Code("S105", "bad-format", E, "日期、代码、编号、网址按约定的格式写。", "house#fields"),
    Code("S106", "out-of-range", E, "数值、长度和条数在范围以内。", "house#fields"),
    Code("L101", "broken-reference", E, "引用的平台、卷宗、记录和条目都存在。", "house#links"),
    Code("L102", "duplicate-line-id", E, "同一卷宗里每一条的编号（s1、m1、d1、u1）只用一次。", "house#links"),
    Code("L103", "parent-platform-missing", E, "平台的上一级平台已经建档。", "house#links"),
    Code("L104", "dossier-without-topic", E, "每个卷宗都有议题（topic.md）。", "house#links"),
    Code("L105", "unknown-line", E, "跟踪、回应所指的条目在卷宗里找得到。", "house#links"),
    Code("L106", "number-out-of-sequence", N, "卷宗编号逐年按顺序给，不跳号。", "house#links"),
    Code("L107", "correction-does-not-fit", E, "更正里的原值与记录现在的值一致。", "house#links"),
    Code("L108", "exemption-stale", N, "豁免没有过期，也仍然需要。", "house#links"),
    Code("W101", "topic-without-source", E, "议题写明从哪里来。", "3.3.3"),
    Code(
        "W102",
        "opinion-untriaged",
        D,
        "收到的社情民意要及时处理（列为议题、转办、上报、答复或不予采用）。",
        "3.3.3",
        "triage_days",
    ),
    Code("W103", "opinion-unanswered", D, "社情民意要给答复。", "3.3.5", "response_days"),
    Code("W104", "topic-outside-livelihood", E, "议题属于民生领域；领域为其他的，写明对应的实事项目或理由。", "3.3.1"),
    Code(
        "W105", "topic-not-approved", D, "要求先审定的议题，协商前由同级党委审定。", "2.1", "topic_approval", "step 2"
    ),
    Code(
        "W106",
        "notice-too-short",
        N,
        "议题公示的天数足够：规则定了几天的够几天，没有定的参考本站的天数。",
        "house#notice",
        "notice_days",
    ),
    Code("W120", "impossible-date", E, "记录里的日期互相对得上。", "3.3.3", since=SINCE),
    Code("W121", "irregular-date", N, "事情的先后与通常的一样；不一样的照实公布。", "3.3.3"),
    Code("W122", "date-ahead", E, "写成已经发生的事，日期已经到了。", "house#trail", since=SINCE),
    Code("W131", "number-not-shortened", E, "乡镇、村居的规则只缩短天数，不另定、不放宽。", "3.2", since=SINCE),
    Code("W141", "closed-platform-consults", E, "撤并了的平台不再开展协商。", "3.2", since=SINCE),
    Code(
        "W142",
        "counts-do-not-add-up",
        E,
        "写明的数对得上：选项只列一次，各项之和不超过总数，范围的上限不低于下限。",
        "house#ballots",
    ),
    Code(
        "W201", "parties-incomplete", E, "协商有委员、参加单位、乡贤或群众一方，也有同级党政组织或部门一方。", "3.3.2"
    ),
    Code("W202", "consulted-after-decision", N, "选定与方案的协商在决策之前和决策之中。", "4.3"),
    Code("W203", "invited-without-reason", E, "邀请其他社会组织、企业、专家和相关人员的，写明理由。", "3.3.2"),
    Code("W204", "method-detail-missing", E, "每种协商方式写明它应有的内容。", "3.3.3"),
    Code("W205", "joint-platform-not-below", N, "参与协商的平台在搭台平台的下级。", "3.2"),
    Code("W206", "votes-do-not-add-up", E, "表决票数不多于参加人数。", "house#ballots"),
    Code("W207", "step-skipped", E, "按五个步骤进行；略过的步骤写明理由。", "3.3.3"),
    Code("W208", "dates-go-back", E, "后面的事不早于它所依据的事。", "3.3.3"),
    Code("W209", "not-by-cppcc", E, "为民协商由政协组织搭台。", "3.3.2"),
    Code("W210", "gate-passed-late", N, "前一步该办的事在下一步之前办好。", "house#steps"),
    Code("W401", "measure-without-followup", D, "每项落实事项都有跟踪监督。", "3.3.4", "followup_days", "evaluation"),
    Code("W402", "measure-overdue", D, "落实事项在写明的期限内完成。", "3.3.4"),
    Code("W403", "behind-without-reason", E, "进度滞后或停止的写明原因。", "3.3.4"),
    Code("W404", "done-below-target", N, "完成的数量达到目标。", "3.3.4"),
    Code("W501", "evaluation-missing", D, "落实事项完成后开展民主评议。", "3.3.3", "evaluation_days"),
    Code(
        "W502",
        "ballots-impossible",
        E,
        "评议票数对得上：收回不多于发出，各项之和等于有效票，到会不多于应到。",
        "house#ballots",
    ),
    Code(
        "W503",
        "low-satisfaction-undecided",
        D,
        "满意率低的，决定再协商或写明不再协商的理由。",
        "house#discretion",
        "reconsult_decision_days",
        "closing",
    ),
    Code("W504", "reconsultation-not-held", D, "决定再协商的，按期再协商。", "3.3.4", "reconsult_days"),
    Code("W505", "rate-not-recomputable", N, "公布的满意率能用票数复算。", "house#ballots"),
    Code("W601", "outcome-missing", D, "协商之后形成协商成果。", "3.3.4", "outcome_days", "followup"),
    Code("W602", "result-not-reported", D, "协商结果报送同级党政组织。", "3.3.4", "report_days", "evaluation"),
    Code("W603", "measure-without-unit-or-due", E, "落实事项写明责任单位和期限。", "3.3.4"),
    Code(
        "W604", "dissent-unexplained", D, "对持不同意见的群众做好解释说明。", "3.3.4", "explanation_days", "evaluation"
    ),
    Code(
        "W605", "matter-not-reported-up", D, "全局性情况、苗头性问题、建设性意见及时上报。", "3.3.4", "report_up_days"
    ),
    Code("W606", "suggestion-unanswered", D, "意见建议要有采纳反馈。", "3.3.5", "response_days", "evaluation"),
    Code("W607", "publication-undecided", D, "决定协商结果是否向社会公布。", "house#discretion", "publication_days"),
    Code("W608", "withheld-without-reason", E, "决定不公布的写明理由。", "3.3.4"),
    Code("W609", "declined-without-reason", E, "未采纳的意见写明理由。", "3.3.5"),
    Code("W610", "withheld-text-present", E, "决定不公布的成果和不公开的上报事项不写内容。", "house#withheld"),
    Code("W611", "addressee-not-above", E, "上报事项报给上级平台。", "3.3.4"),
    Code("W612", "matter-unanswered", D, "上报事项要有答复。", "3.3.5", "response_days"),
    Code("W613", "announced-nowhere", N, "决定公布的结果写明公布渠道。", "3.3.5"),
    Code("W614", "addressee-of-another-level", N, "协商结果报送的是同级党政组织。", "3.3.4"),
    Code("W701", "platform-late", N, "市县乡平台在 2019 年 11 月底前、村居联系点在 12 月底前建成并开展协商。", "4.4"),
    Code("W702", "leading-group-incomplete", D, "市、县（区）成立领导小组，职务齐全。", "3.2"),
    Code("W703", "county-without-rules", D, "县（区）制定镇村两级为民协商工作规则。", "3.2"),
    Code("W704", "no-member-contact", D, "乡村两级平台是政协委员的履职联系点。", "4.3"),
    Code("W705", "plan-missing", D, "为民协商纳入年度计划。", "4.2", "plan_due"),
    Code(
        "W706",
        "platform-idle",
        D,
        "平台每年开展协商的次数足够：规则定了几次的够几次，没有定的参考本站的次数。",
        "3.3.1",
        "consultations_per_year",
    ),
    Code("W707", "parameter-without-clause", E, "规则里的每个数字都写明出自哪一条。", "3.3.6"),
    Code("W708", "implementing-measures-missing", D, "市政协办公室制定具体实施办法。", "3.3.6"),
    Code("W709", "assessment-missing", D, "为民协商列入年度考核和履职评估。", "4.2", "assessment_due"),
    Code("W710", "item-not-consulted", N, "实事项目清单里的项目当年都开展了协商。", "3.3.1"),
    Code("W711", "no-guidance", N, "市、县（区）每年对下级平台有示范引导或指导。", "3.2"),
    Code("A101", "record-deleted", E, "公布过的记录不删除。", "house#trail"),
    Code("A102", "record-moved", E, "公布过的记录不改名、不移动。", "house#trail"),
    Code("A103", "published-record-edited", E, "公布过的内容只用更正来改。", "house#trail"),
    Code("A104", "future-dated", E, "记录的日期不在提交之后。", "house#trail"),
    Code("A105", "filed-late", N, "事情发生后及时入档，迟了的标明补录。", "house#late", "filed_late_days"),
    Code("A106", "outside-jurisdiction", E, "只改自己平台和下级平台的记录。", "house#trail"),
    Code("A107", "unsigned", E, "要求签名的，每次提交都有签名。", "house#trail"),
    Code("A108", "history-rewritten", E, "已发布的历史不改写。", "house#trail"),
    Code("A109", "ballots-changed", E, "评议票数不改，只能重新评议。", "house#trail"),
    Code("A110", "rule-changed-backwards", E, "规则里的数字不倒追。", "house#trail"),
    Code("A111", "code-and-records-together", E, "记录与评判它的程序不在一次改动里一起改。", "house#trail"),
    Code("A112", "change-hidden-in-merge", E, "改动不藏在合并提交里。", "house#trail"),
    Code("A113", "self-approved", E, "改动与批准不是同一人签名。", "house#trail"),
    Code("A114", "happened-after-commit", E, "写成已经发生的事，日期不在提交之后。", "house#trail", since=SINCE),
    Code("P101", "id-number", E, "不写身份证号码。", "house#privacy"),
    Code("P102", "phone-number", E, "不写个人电话号码。", "house#privacy"),
    Code("P103", "bank-card", E, "不写银行卡号。", "house#privacy"),
    Code("P104", "photo-location", E, "照片里没有拍摄位置和设备序号。", "house#privacy"),
    Code("P105", "number-plate", E, "不写车牌号。", "house#privacy"),
    Code("P106", "private-email", E, "不写个人邮箱。", "house#privacy"),
    Code("P107", "house-number", E, "不写门牌（幢、单元、室）。", "house#privacy"),
    Code("P108", "document-metadata", E, "附件的文字和属性里没有上述个人信息。", "house#privacy"),
)

CODES: dict[str, Code] = {row.code: row for row in _ROWS}

RULE_FAMILIES = {"F": "文件", "S": "字段", "L": "关联", "W": "流程", "A": "留痕", "P": "隐私"}
STEPS = {1: "征集社情民意", 2: "商讨实事项目", 3: "协商实施状况", 4: "跟踪监督", 5: "民主评议"}
