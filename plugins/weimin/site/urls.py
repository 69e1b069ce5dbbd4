"""Addresses: from identity, never from titles (docs/reference/interface.md, "Addresses of the site")."""

from __future__ import annotations

from urllib.parse import urlsplit

from weimin.model.record import parse_ref


def file_of(address: str) -> str:
    """The file below the output folder that answers an address without a root: `/321300/` → `321300/index.html`."""
    path = address.partition("#")[0].removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def address_of(path: str) -> str:
    """The address without a root that a file below the output folder answers: the inverse of `file_of`."""
    folder, _, name = path.rpartition("/")
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{path}"


class Urls:
    """Every link of the site. `root` is the path of base_url (a site may live below a folder), else empty."""

    def __init__(self, base_url: str = "") -> None:
        self.base = base_url.rstrip("/")
        self.root = urlsplit(self.base).path

    def to(self, address: str) -> str:
        """A link to an address of the site."""
        return self.root + address

    def absolute(self, address: str) -> str:
        """With scheme and host; only where base_url is set."""
        return self.base + address

    def asset(self, name: str) -> str:
        return self.to(f"/theme/{name}")

    def platform(self, code: str) -> str:
        return self.to(f"/{code}/")

    def dossier(self, dossier: str, anchor: str | None = None) -> str:
        return self.to(f"/{dossier}/" + (f"#{anchor}" if anchor else ""))

    def event(self, dossier: str, stem: str) -> str:
        return self.to(f"/{dossier}/{stem}.html")

    def platform_record(self, code: str, folder: str, stem: str, line: str | None = None) -> str:
        """A project list, plan, guidance or rule of a platform; opinions are counted on the platform's page."""
        if folder == "opinions":
            return self.to(f"/{code}/#opinions")
        return self.to(f"/{code}/{folder}/{stem}.html" + (f"#{line}" if line else ""))

    def rule(self, code: str) -> str:
        return self.to(f"/rules/{code}/")

    def clause(self, anchor: str) -> str:
        return self.to(f"/rules/#{anchor}")

    def ref(self, text: str, dossier: str = "") -> str:
        """The link that a reference stands for, seen from `dossier`; empty if it is none of the forms."""
        try:
            ref = parse_ref(text)
        except ValueError:
            return ""
        if ref.dossier or (ref.platform is None and dossier):
            return self.dossier(ref.dossier or dossier, ref.line or ref.stem)
        if ref.platform and ref.folder and ref.stem:
            return self.platform_record(ref.platform, ref.folder, ref.stem, ref.line)
        return self.platform(ref.platform) if ref.platform else ""
