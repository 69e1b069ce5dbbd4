"""The expectation for each row of the shared manifest: by which adapter it is carried over, and the code and line of its
problem.

`line` is that of the manifest unless a row says otherwise. `ACCEPTED`: nothing to refuse, displayed literally.
"""

from __future__ import annotations

from collections.abc import Callable

import carry_over as carry

ACCEPTED = "accepted"

Carry = Callable[[bytes], tuple[str, bytes]]


def _utf16(encoding: str) -> Carry:
    return lambda sample: carry.as_utf16(sample, encoding)


RECORDS: dict[str, tuple[Carry, str, int]] = {
    "002-gbk.md": (carry.as_topic, "F101", 4),
    "005-utf16le.md": (_utf16("utf-16-le"), "F101", 1),
    "006-utf16be-nobom.md": (_utf16("utf-16-be"), "F101", 4),
    "007-latin1-mixed.md": (carry.as_topic, "F101", 16),
    "009-surrogate-utf8.md": (carry.as_topic, "F101", 4),
    "010-overlong.md": (carry.as_topic, "F101", 4),
    "012-control.md": (carry.as_topic, "F110", 4),
    "013-vertical-tab.md": (carry.as_topic, "F110", 15),
    "016-noncharacter.md": (carry.as_topic, "F110", 4),
    "018-cr-only.md": (carry.as_topic, "F102", 1),
    "020-nfd.md": (carry.as_topic, "F115", 4),
    "021-cjk-compat.md": (carry.as_topic, "F115", 4),
    "022-zero-width.md": (carry.as_topic, "F110", 4),
    "023-bidi.md": (carry.as_topic, "F110", 9),
    "024-tag-chars.md": (carry.as_topic, "F110", 4),
    "025-variation-selector.md": (carry.as_topic, "F110", 4),
    "026-hangul-filler.md": (carry.as_topic, "F110", 4),
    "031-cut-in-front-matter.md": (carry.as_topic, "F111", 1),
    "032-conflict-markers.md": (carry.as_topic, "F116", 5),
    "034-huge-5mb.md": (carry.as_topic, "F106", 1),
    "035-no-front-matter.md": (carry.as_topic, "F111", 1),
    "036-blank-first-line.md": (carry.as_topic, "F111", 1),
    "039-not-mapping.md": (carry.as_topic, "F103", 2),
    "040-scalar-fm.md": (carry.as_topic, "F103", 2),
    "042-tab-indent.md": (carry.as_topic, "F103", 9),
    "043-fullwidth-colon.md": (carry.as_topic, "F103", 5),
    "044-missing-space.md": (carry.as_topic, "F103", 5),
    "045-unclosed-quote.md": (carry.as_topic, "F103", 4),
    "046-colon-in-value.md": (carry.as_topic, "F103", 4),
    "047-dup-key.md": (carry.as_topic, "F104", 6),
    "048-dup-nested-key.md": (carry.as_topic, "F104", 12),
    "049-dup-key-case.md": (carry.as_topic, "F104", 6),
    "050-key-trailing-space.md": (carry.as_topic, "S104", 5),
    "051-multi-doc.md": (carry.as_topic, "F103", 7),
    "053-custom-tag.md": (carry.as_topic, "F105", 4),
    "054-binary-tag.md": (carry.as_topic, "F105", 4),
    "055-anchor-alias.md": (carry.as_topic, "F105", 7),
    "056-alias-bomb.md": (carry.as_topic, "F105", 13),
    "057-merge-bomb.md": (carry.as_topic, "F105", 13),
    "058-self-alias.md": (carry.as_topic, "F105", 13),
    "059-deep-flow.md": (carry.as_topic, "F106", 13),
    "060-deep-flow-small.md": (carry.as_topic, "F106", 13),
    "062-many-keys.md": (carry.as_topic, "F106", 2501),
    "063-complex-key.md": (carry.as_topic, "F103", 13),
    "064-long-scalar.md": (carry.as_topic, "F106", 8),
    "065-escaped-control.md": (carry.as_topic, "F110", 8),
    "066-escaped-bidi.md": (carry.as_topic, "F110", 8),
    "067-escaped-surrogate.md": (carry.as_topic, "F103", 8),
    "068-sexagesimal.md": (carry.as_topic, "F106", 8),
    "070-yes-no.md": (carry.flag_as_partial, "S102", 8),
    "073-title-number.md": (carry.title_as_news, ACCEPTED, 0),
    "074-title-list.md": (carry.title_as_news, "S102", 4),
    "076-title-empty.md": (carry.title_as_news, "S102", 4),
    "079-missing-stage.md": (carry.as_topic, "S101", 1),
    "080-unknown-field.md": (carry.as_topic, "S104", 13),
    "081-unknown-stage.md": (carry.as_topic, "S103", 5),
    "112-count-sum.md": (carry.count_as_ballots, ACCEPTED, 0),  # W502 adds up
    "115-count-nan.md": (carry.count_as_ballots, "S102", 9),
    "116-count-inf.md": (carry.count_as_ballots, "S102", 9),
    "117-count-string.md": (carry.count_as_ballots, ACCEPTED, 0),  # "80" in quotes is the number 80
    "120-count-underscore.md": (carry.count_as_ballots, "S102", 9),
    "123-count-fullwidth.md": (carry.count_as_ballots, "S102", 9),
    "124-count-exp.md": (carry.count_as_ballots, "S102", 9),
    "125-count-overflow.md": (
        carry.count_as_ballots,
        ACCEPTED,
        0,
    ),  # an integer; W502 compares it with the ballots issued
    "131-xss-jsonld.md": (carry.title_as_news, ACCEPTED, 0),
    "132-xss-platform.md": (carry.platform_as_name, ACCEPTED, 0),
    "133-jinja.md": (carry.title_as_news, ACCEPTED, 0),
    "137-csv-at.md": (carry.platform_as_name, ACCEPTED, 0),
    "139-title-newline.md": (carry.title_as_news, "S105", 4),
    "140-title-long.md": (carry.title_as_news, "S106", 4),
    "142-title-kangxi.md": (carry.title_as_news, "F115", 4),
    "143-title-cyrillic.md": (carry.title_as_news, "F115", 4),
    "144-url-js.md": (carry.url_as_source, "S105", 8),
    "145-url-data.md": (carry.url_as_source, "S105", 8),
    "146-url-http.md": (carry.url_as_source, ACCEPTED, 0),  # old reports have no other address
    "147-url-proto-relative.md": (carry.url_as_source, "S105", 8),
    "148-url-backslash.md": (carry.url_as_source, "S105", 8),
    "150-url-idn.md": (carry.url_as_source, "S105", 8),
    "152-url-file.md": (carry.url_as_source, "S105", 8),
    "154-url-port.md": (carry.url_as_source, ACCEPTED, 0),  # a link and no more: nothing of ours ever follows it
    "155-path-dotdot.md": (carry.path_as_reference, "S105", 8),
    "156-path-abs.md": (carry.path_as_reference, "S105", 8),
    "157-path-encoded.md": (carry.path_as_reference, "S105", 8),
    "159-path-attach.md": (carry.path_as_reference, "S105", 8),
    "162-path-unc.md": (carry.path_as_reference, "S105", 8),
    "164-path-null.md": (carry.path_as_reference, "F110", 8),
}

DATES = ("084", "085", "087", "089", "090", "092", "093", "096", "097", "098", "099", "100", "101")
"""Rows whose fault is the value of `date`, line 6: refused with one of `DATE_CODES`."""

DATE_CODES = frozenset({"S105", "S106"})

UNKNOWN_FIELDS = ("166", "167", "168", "170", "171", "173", "174", "176", "177", "180")
"""Rows that add a key that Pelican would obey, line 13: S104."""

IN_THE_PATH = ("071", "072", "103", "104", "107", "108", "109")
"""Rows whose fault is the id: ours is in the path, so F108."""

ENDINGS = ("238-rst-include.rst", "240-rst-raw-url.rst", "242-json-dup.json", "244-double-ext.md.html")
"""Rows whose fault is the file's ending: F108."""

PROSE = range(183, 215)
"""Rows whose fault is in the prose: F112 and the limits of prose, covered by `prose/` and its tests."""

PRIVACY = range(217, 238)
"""Rows with personal data in the prose, and one that only looks so: family P, covered by `rules/privacy/` and its tests."""

ATTACHMENTS: dict[str, tuple[str, str]] = {
    "001-exif-gps.jpg": (ACCEPTED, "P104"),
    "002-xmp-gps.png": (ACCEPTED, "P104"),
    "003-trailing-zip.jpg": ("F113", ""),
    "005-script.svg": ("F113", ""),
    "007-bomb.png": ("F106", ""),
    "010-gif-js.gif": ("F113", ""),
    "011-upper.JPG": ("F108", ""),
    "012-中文 名.jpg": ("F108", ""),
    "013-double.jpg.exe": ("F113", ""),
    "015-tiff.tif": ("F113", ""),
    "020-js.pdf": ("F113", ""),
    "021-launch.pdf": ("F113", ""),
    "022-uri-open.pdf": ("F113", ""),
    "023-pii-text.pdf": (ACCEPTED, "P108"),
    "026-embedded.pdf": ("F113", ""),
    "028-not-a.pdf": ("F113", ""),
    "030-zip-slip.zip": ("F113", ""),
    "031-bomb.xlsx": ("F113", ""),
    "032-macro.docm": ("F113", ""),
    "033.htaccess": ("F113", ""),
    "034-sw.js": ("F113", ""),
    "035-CNAME": ("F113", ""),
    "036-_redirects": ("F113", ""),
    "037-_headers": ("F113", ""),
    "038-index.html": ("F113", ""),
    "039-robots.txt": ("F113", ""),
    "040-crossdomain.xml": ("F113", ""),
    "041-csv-formula.csv": ("F113", ""),
}
"""Attachments: the code, and for one whose form is right the code of family P that its content has."""

MADE = {
    "034-huge-5mb.md",
    "059-deep-flow.md",
    "060-deep-flow-small.md",
    "062-many-keys.md",
    "064-long-scalar.md",
    "068-sexagesimal.md",
    "007-bomb.png",
}
"""Samples too large to keep: `made_samples.py` makes them."""
