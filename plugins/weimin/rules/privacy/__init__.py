"""Family P: no record, picture or document contains personal data of a private person (house.md).

- `scan_text`: front matter and prose of a record (`text.py`); `scan_values`: the same text with escapes decoded.
- `scan_picture` and `scan_document`: attachments; their texts go through the same detectors, their metadata through readers
  of EXIF, XMP, IPTC, Office files and PDF.

Detectors (`identity`, `phone`, `card`, `plate`, `house_number`, `mail`, `account`) return `Hit`s: a code, a range, and the
masked value. The value itself never leaves the text, because messages are public. `detect.py` runs all of them in one pass.
"""

from weimin.rules.privacy.document import scan_document
from weimin.rules.privacy.picture import scan_picture
from weimin.rules.privacy.text import scan_text
from weimin.rules.privacy.values import scan_values

__all__ = ["scan_document", "scan_picture", "scan_text", "scan_values"]
