"""Made-up personal data for the tests. Nothing here is anybody's: regions, days and digits are drawn, check digits computed."""

from __future__ import annotations

import random
from datetime import date, timedelta

REGIONS = ("321300", "321302", "321311", "321322", "321323", "321324", "110101", "440300", "620102", "130102")
_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]


def identity(draw: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(33_000))
    body = f"{draw.choice(REGIONS)}{born:%Y%m%d}{draw.randrange(1, 1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def short_identity(draw: random.Random) -> str:
    born = date(1930, 1, 1) + timedelta(days=draw.randrange(22_000))
    return f"{draw.choice(REGIONS)}{born:%y%m%d}{draw.randrange(1, 1000):03d}"


def mobile(draw: random.Random) -> str:
    return f"1{draw.randrange(3, 10)}{draw.randrange(10**9):09d}"


def card(draw: random.Random) -> str:
    prefix, length = draw.choice((("62", 19), ("62", 16), ("62", 17), ("62", 18), ("9558", 19), ("4", 16), ("52", 16)))
    body = prefix + "".join(draw.choice("0123456789") for _ in range(length - len(prefix) - 1))
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    return body + str(-(doubled + sum(int(digit) for digit in body[-2::-2])) % 10)


def credit_code(draw: random.Random) -> str:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    tail = alphabet if draw.random() < 0.5 else alphabet[:10]
    body = draw.choice(("11", "12", "51", "52", "54", "91", "92", "93")) + draw.choice(REGIONS)
    body += "".join(draw.choice(tail) for _ in range(9))
    total = sum(alphabet.index(char) * 3**place for place, char in enumerate(body))
    return body + alphabet[-total % 31]


def plate(draw: random.Random) -> str:
    head = draw.choice("苏皖沪京豫鲁") + draw.choice("ABCDEFGHJKLMN")
    figures = "".join(draw.choice("0123456789") for _ in range(5))
    shape = draw.randrange(4)
    if shape == 0:
        return f"{head}{figures}"
    if shape == 1:
        return f"{head}{draw.choice('ABCHK')}{figures[:4]}"
    if shape == 2:
        return f"{head}{draw.choice('DF')}{figures}"
    return f"{head}{figures[:3]}{draw.choice('ABCHK')}{figures[3]}"


def mail(draw: random.Random) -> str:
    name = draw.choice(("zhang", "li.wei", "wang_fang", "chen88", "x")) + str(draw.randrange(1, 9999))
    return f"{name}@{draw.choice(('163.com', 'qq.com', 'sina.cn', 'foxmail.com', 'jsgov.com', 'gov.cn.net'))}"


def qq_number(draw: random.Random) -> str:
    return str(draw.randrange(10_000, 10**10))


def wechat_account(draw: random.Random) -> str:
    return (
        draw.choice(("zhang", "wxid", "li_wei", "Chen")) + draw.choice(("_", "", "-")) + str(draw.randrange(10, 9999))
    )


def house(draw: random.Random) -> str:
    room = f"{draw.randrange(1, 30)}0{draw.randrange(1, 9)}"
    block, unit = draw.randrange(1, 60), draw.randrange(1, 6)
    shapes = (
        f"{block}幢{unit}单元{room}室",
        f"{block}栋{unit}单元{room}",
        f"{block}号楼{room}室",
        f"{unit}单元{room}室",
        f"{unit}组{block}号",
        f"{block}号{room}室",
        f"{block}幢{room}室",
    )
    return draw.choice(shapes)
