"""Screenshots of the demo for review: each page type × device × mode, and one page with all of them."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import provision
from demo_site import built, compute_demo, served, write
from environment import say, speak_utf8
from page_samples import samples
from page_views import ARGUMENTS, DEVICES, MODES, context, show

TALLEST = 4000
"""CSS pixels; of a longer page only the beginning is taken."""


def screenshots(
    browser: Browser, address: str, pages: dict[str, str], folder: Path, modes: tuple[str, ...]
) -> Iterator[Path]:
    """Take the screenshots; yields each file."""
    for device, (width, _height) in DEVICES.items():
        with context(browser, device) as visitor:
            for name, path in pages.items():
                page = visitor.new_page()
                page.goto(address + path)
                for mode in modes:
                    show(page, mode)
                    height = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
                    file = folder / f"{name}-{device}-{mode}.png"
                    page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
                    yield file
                page.close()


def overview(taken: list[Path]) -> str:
    """An HTML page with all screenshots as small images, each a link to its file."""
    shown = "".join(
        f'<figure style="display:inline-block;width:200px;margin:8px;vertical-align:top"><a href="{escape(p.name)}">'
        f'<img src="{escape(p.name)}" alt="" style="width:100%"></a><figcaption>{escape(p.stem)}</figcaption></figure>'
        for p in taken
    )
    return f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>页面图</title><body>{shown}'


def main(arguments: list[str]) -> int:
    speak_utf8()
    parser = argparse.ArgumentParser(prog="screenshots", description="每种页面在每种设备、每种模式下的图片。")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="图片放在哪里；从其中的 index.html 看")
    parser.add_argument("types", nargs="*", metavar="页面种类", help="只要这些，例如 home dossier；不写就是全部")
    options = parser.parse_args(arguments)
    chromium = provision.executable(provision.CHROMIUM)
    if chromium is None:
        say("停下：缺少 Chromium。改法：apt install chromium")
        return 3
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = built(compute_demo(Path(work) / "demo"))
        pages = {name: addresses[0] for name, addresses in samples(site).items()}
        chosen = {name: pages[name] for name in options.types or pages}
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        with served(write(site, Path(work) / "site")) as address:
            taken = list(screenshots(browser, address, chosen, folder, MODES))
        browser.close()
    (folder / "index.html").write_text(overview(taken), encoding="utf-8")
    print(f"{len(taken)} 张图片 → {folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
