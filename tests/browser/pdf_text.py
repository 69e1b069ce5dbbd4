"""The words of a printed page, whichever code points the browser's PDF writer chose for their glyphs.

A font draws 民 and the radical ⺠ with one glyph. A PDF holds glyphs; which of the characters of a glyph stands in its table of
text is the writer's choice, and versions of Chromium choose differently. Both sides of a comparison are folded to one form: by
NFKC, which knows the Kangxi radicals (⽰ is 示), and by Unicode's EquivalentUnifiedIdeograph for the radicals that NFKC keeps.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from pypdf import PdfReader

RADICALS = "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"
UNIFIED = "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"
_FOLDED = str.maketrans(RADICALS, UNIFIED)


def plain(text: str) -> str:
    """Characters of one glyph are one character; white space is the layout's."""
    return re.sub(r"\s", "", normalize("NFKC", text).translate(_FOLDED))


def text_of(reader: PdfReader) -> str:
    """All that the pages say, `plain`."""
    return plain("".join(page.extract_text() for page in reader.pages))
