"""Which level of the network the name of a party or government body tells: 样例镇党委 is a body of a township.

The level is that of the division whose name stands right before the word for the body. Where a name tells no division
(党工委, 领导小组), or one that exists on two levels (开发区, 园区), it tells no level, and nothing is concluded.
"""

from __future__ import annotations

import re

from weimin.model.place import Level

_BODY = (
    "(?:党委|党工委|党组|党总支|党支部|党组织|党群|党政|人民政府|政府|办事处|委员会|委会|两委|支委|支部|委|人大|政协)"
)
_DIVISIONS: tuple[tuple[str, frozenset[Level]], ...] = (
    ("开发区|高新区|新区|园区|景区|小区|片区|校区|库区|矿区|林区|牧区|灌区|辖区|地区", frozenset()),
    ("省|自治区", frozenset()),
    ("社区|村|村民|居民|居", frozenset({Level.VILLAGE})),
    ("镇|乡|街道", frozenset({Level.TOWNSHIP})),
    ("县|区|旗", frozenset({Level.COUNTY})),
    ("市", frozenset({Level.CITY, Level.COUNTY})),  # a county may be a 县级市
)
_NAMED = re.compile("|".join(f"(?:{words})(?={_BODY})" for words, _ in _DIVISIONS))
_LEVELS = {word: levels for words, levels in _DIVISIONS for word in words.split("|")}


def levels_named(body: str) -> frozenset[Level]:
    """The levels on which a body of this name can be; empty if the name tells none. A text may name several bodies."""
    return frozenset(level for word in _NAMED.findall(body) for level in _LEVELS[word])
