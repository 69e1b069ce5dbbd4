"""Clauses of the plan for which there is no rule, and why. With the table of codes, they account for every clause."""

from __future__ import annotations

CLAUSES_WITHOUT_RULE: dict[str, str] = {
    "1": "讲的是指导思想，没有哪一份记录能说明做到了没有。其中“围绕为民办实事项目协商”一句，由三（三）1 的规则核对。",
    "2.2": "讲的是原则。广泛听取意见的做法落在协商主体和意见答复上，由三（三）2、三（三）5 的规则核对。",
    "2.3": "鼓励各地创新平台和形式，做法不求一律，没有可以核对的标准。",
    "2.4": "讲的是质量和成效，不能由记录算出来。满意率、落实情况在网站上如实公布，由大家自己判断。",
    "3.1": "讲的是总目标，落在后面各条；四级平台、五个步骤、结果公布由那些条文的规则核对。",
    "4.1": "讲的是领导和保障的格局。领导小组由三（二）的规则核对，其余没有可以核对的标准。",
}
"""Anchor of `rules/2019-implementation-plan` → reason, for the public."""
