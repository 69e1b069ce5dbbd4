"""Whether a name in a file's properties is that of a person; offices and programs have names there too."""

from __future__ import annotations

import re

_OFFICE = re.compile(
    r"政协|党委|政府|委员会|办公室|人大|法院|检察院|街道|社区|村委|居委|联络|中心|公司|集团|学校|大学|医院|报社|日报|电视台|网$|[局部处科室厅院社站所队]$",
)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤仲臧卓"
_CHINESE = re.compile(rf"[{_SURNAMES}][\u4e00-\u9fff·]{{1,3}}")
_LATIN = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}")
_MACHINE = re.compile(r"(?:Microsoft|Windows|Office|Adobe|Word|Kingsoft|Libre|Open|Mac|Apple|Default|User|Admin)", re.I)


def is_office(name: str) -> bool:
    return bool(_OFFICE.search(name))


def is_person(name: str) -> bool:
    """Whether a name looks like a person's: a common surname and one to three characters, or `Zhang San`."""
    name = name.strip()
    if is_office(name) or _MACHINE.match(name):
        return False
    return bool(_CHINESE.fullmatch(name) or _LATIN.fullmatch(name))
