"""Family P: nothing that belongs to a private person stands in a record, a picture or a document (house.md)."""

from weimin.rules.privacy.document import scan_document
from weimin.rules.privacy.picture import scan_picture
from weimin.rules.privacy.text import scan_text
from weimin.rules.privacy.values import scan_values

__all__ = ["scan_document", "scan_picture", "scan_text", "scan_values"]
