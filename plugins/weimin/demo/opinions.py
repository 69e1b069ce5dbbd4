"""Opinions (社情民意) that did not become a topic, or not yet: forwarded, reported up, answered, declined, pending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from weimin.demo.versions import Version
from weimin.records.place import path_of


class _Opinion(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    on: str
    channel: str
    who: str
    theme: str
    text: str
    voices: Any = 1
    triage: Mapping[str, str] | None = None
    answered: str = ""


_OPINIONS = (
    _Opinion(
        at="990001001001",
        on="2026-09-02",
        channel="visit",
        who="resident",
        theme="环境卫生",
        text="菜场后门垃圾清运太晚",
        voices=3,
        triage={"decision": "forward", "date": "2026-09-06", "unit": "星河示范街道城管中队"},
        answered="2026-09-20",
    ),
    _Opinion(
        at="990001002",
        on="2026-08-19",
        channel="hotline",
        who="resident",
        theme="水电气网",
        text="高层夜间水压不足",
        voices={"about": 20, "as": "余"},
        triage={"decision": "report_up", "date": "2026-08-25", "to": "990001", "unit": "甲辰区水务部门"},
        answered="2026-09-30",
    ),
    _Opinion(
        at="990002001",
        on="2026-07-07",
        channel="wechat",
        who="member",
        theme="教育",
        text="暑期青少年活动场所少",
        voices=1,
        triage={"decision": "answer", "date": "2026-07-15"},
        answered="2026-07-15",
    ),
    _Opinion(
        at="990003001",
        on="2026-06-11",
        channel="letterbox",
        who="resident",
        theme="其他",
        text="希望减免自家的物业费",
        voices=1,
        triage={"decision": "decline", "date": "2026-06-18", "reason": "属于个人合同事项，已说明向物业公司提出"},
        answered="2026-06-19",
    ),
    _Opinion(
        at="990004001001",
        on="2026-09-08",
        channel="letterbox",
        who="resident",
        theme="交通出行",
        text="村口限高杆挡住了农用车",
        voices=6,
    ),
    _Opinion(
        at="990005002",
        on="2026-08-03",
        channel="phone",
        who="business",
        theme="就业社保",
        text="季节用工的工伤保险怎么缴",
        voices=2,
    ),
    _Opinion(
        at="990006001",
        on="2026-10-12",
        channel="web",
        who="resident",
        theme="医疗卫生",
        text="社区门诊周末不开",
        voices=4,
    ),
    _Opinion(
        at="990006001001",
        on="2026-04-20",
        channel="visit",
        who="resident",
        theme="水电气网",
        text="路灯线路老化，常跳闸",
        voices=6,
    ),
    _Opinion(
        at="990001003",
        on="2026-11-16",
        channel="web",
        who="resident",
        theme="公共安全",
        text="商铺二楼违规住人",
        voices=1,
    ),
    _Opinion(
        at="990000",
        on="2026-11-18",
        channel="web",
        who="organisation",
        theme="养老助残",
        text="盲道被共享单车占用",
        voices={"about": 50, "as": "多"},
    ),
    _Opinion(
        at="990002003",
        on="2026-06-30",
        channel="visit",
        who="sage",
        theme="乡村建设",
        text="古井保护标牌缺失",
        voices=1,
        triage={"decision": "forward", "date": "2026-07-10", "unit": "荷风示范镇文化站"},
    ),
    _Opinion(
        at="990003004004",
        on="2026-05-06",
        channel="visit",
        who="resident",
        theme="养老助残",
        text="高龄补贴认证要跑到县里",
        voices=12,
        triage={"decision": "report_up", "date": "2026-05-12", "to": "990003004"},
    ),
    _Opinion(
        at="990000",
        on="2026-03-25",
        channel="web",
        who="resident",
        theme="文化体育",
        text="体育馆周末开放时间太短",
        voices=35,
        triage={"decision": "forward", "date": "2026-04-01", "unit": "市体育部门"},
        answered="2026-05-20",
    ),
    _Opinion(
        at="990004003001",
        on="2025-09-15",
        channel="letterbox",
        who="resident",
        theme="环境卫生",
        text="加工点粉尘大，衣服不敢晾",
        voices=9,
        triage={"decision": "topic", "date": "2025-09-25", "to": "@mill"},
        answered="2025-10-10",
    ),
)
_MENDED = ("990002001", "2026-07-07")


def opinions(ids: Mapping[str, str]) -> Iterator[Version]:
    for opinion in _OPINIONS:
        yield from _opinion(opinion, ids)
    code, on = _MENDED
    raw = {
        "of": f"{code}/opinions/{on}",
        "changes": [{"field": "/voices", "from": 1, "to": 5}],
        "reason": "同一天还有四人提出同样的意见，漏记",
        "approved_by": "晨曦示范街道政协联络组",
    }
    path = path_of("correction", platform=code, stem=f"{on}-correction")
    yield Version(path=path, kind="correction", raw=raw, filed=date(2026, 7, 20), clerk=code, subject="更正：社情民意")


def _opinion(opinion: _Opinion, ids: Mapping[str, str]) -> Iterator[Version]:
    on = date.fromisoformat(opinion.on)
    raw: dict[str, Any] = {
        "channel": opinion.channel,
        "from": opinion.who,
        "voices": opinion.voices,
        "theme": opinion.theme,
    }
    raw["summary"] = opinion.text
    about: dict[str, Any] = {
        "path": path_of("opinion", platform=opinion.at, stem=opinion.on),
        "kind": "opinion",
        "clerk": opinion.at,
    }
    yield Version(raw=raw, filed=on + timedelta(days=1), subject="登记社情民意", **about)
    if opinion.triage is None:
        return
    triage = {k: ids[v[1:]] if v.startswith("@") else v for k, v in opinion.triage.items()}
    more = {"triage": triage} | ({"answered": opinion.answered} if opinion.answered else {})
    filed = date.fromisoformat(opinion.answered or opinion.triage["date"]) + timedelta(days=1)
    yield Version(raw=raw | more, filed=filed, subject="处理社情民意", **about)
