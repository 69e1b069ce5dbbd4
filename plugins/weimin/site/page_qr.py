"""The QR code of a page of the site."""

from __future__ import annotations

from weimin.share_images.qr import Qr, qr_of
from weimin.site.urls import Urls


def page_qr(urls: Urls, address: str) -> Qr | None:
    """The QR code of a page; None where the site does not know its address, or where the address is too long."""
    if not urls.base:
        return None
    try:
        return qr_of(urls.absolute(address))
    except ValueError:
        return None
