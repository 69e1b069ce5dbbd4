"""The QR code of a page of the site."""

from __future__ import annotations

from weimin.share_images.qr import Qr, qr_of
from weimin.site.urls import Urls


def page_qr(urls: Urls, address: str) -> Qr | None:
    """The code of a page of the site; none where the site does not know its own address, or that is too long for one."""
    if not urls.base:
        return None
    try:
        return qr_of(urls.absolute(address))
    except ValueError:
        return None
