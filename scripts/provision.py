"""Tools that tests need besides Python packages: how each is found, and which packages install it."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from environment import say

MAC = "/Applications"
WINDOWS = os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")


class Tool(NamedTuple):
    """A tool. `mark`: the pytest marker of tests that need it. `commands`: names on the path; `places`: searched after it."""

    name: str
    mark: str
    commands: tuple[str, ...]
    packages: tuple[str, ...]
    places: tuple[str, ...] = ()


CHROMIUM = Tool(
    "Chromium",
    "browser",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"),
    ("chromium",),
    (
        f"{MAC}/Chromium.app/Contents/MacOS/Chromium",
        f"{MAC}/Google Chrome.app/Contents/MacOS/Google Chrome",
        f"{WINDOWS}/Microsoft/Edge/Application/msedge.exe",
    ),
)
CHINESE_FONT = Tool("中文字体", "browser", (), ("fontconfig", "fonts-wqy-zenhei"))
DRIVER_LIBRARY = Tool("libatomic", "browser", (), ("libatomic1",))  # the driver of the browser is linked against it
SSH_KEYGEN = Tool("ssh-keygen", "ssh", ("ssh-keygen",), ("openssh-client",))
NGINX = Tool("nginx", "nginx", ("nginx",), ("nginx-light",), ("/usr/sbin/nginx", "/opt/homebrew/bin/nginx"))
GNUMERIC = Tool("Gnumeric", "spreadsheet", ("ssconvert",), ("gnumeric",))  # 19 MB where Chromium is installed
LIBREOFFICE = Tool(  # 88 MB
    "LibreOffice",
    "office",
    ("soffice", "libreoffice"),
    ("libreoffice-calc-nogui",),
    (f"{MAC}/LibreOffice.app/Contents/MacOS/soffice", "C:/Program Files/LibreOffice/program/soffice.exe"),
)
NPM = Tool("npm", "npm", ("npm",), ("nodejs", "npm"))  # its packages are locked in scripts/npm/
JAVA = Tool("Java", "npm", ("java",), ("default-jre-headless",))  # the HTML checker is written in it
FAKETIME = Tool("faketime", "ahead", ("faketime",), ("faketime",))
TOOLS = (CHROMIUM, CHINESE_FONT, DRIVER_LIBRARY, SSH_KEYGEN, NGINX, GNUMERIC)
LONG_TOOLS = (NPM, JAVA, LIBREOFFICE, FAKETIME)
"""Tools that only `--long` needs: programs from npm, large ones, and measurements that need an idle machine."""


def executable(tool: Tool) -> str | None:
    """The path of a tool's program, or None where it is not installed."""
    return next((found for found in map(shutil.which, (*tool.commands, *tool.places)) if found), None)


def chinese_font() -> str | None:
    """A font with Chinese characters: its file, or the platform's name on Windows and macOS, which always have one."""
    if sys.platform in ("win32", "darwin"):
        return sys.platform
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=False).stdout
    return listed.split(":")[0].strip() or None


def driver_library() -> bool:
    """Whether the library can be loaded; outside Linux the driver includes it."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def found(tool: Tool) -> bool:
    """Whether a tool is installed."""
    if tool is DRIVER_LIBRARY:
        return driver_library()
    return bool(chinese_font() if tool is CHINESE_FONT else executable(tool))


def may_install() -> bool:
    """Whether to install tools: only as root with apt, which is a container of CI and no person's desktop."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(tools: list[Tool]) -> None:
    """Install tools from the configured package source; messages of apt are printed only where it fails."""
    packages = [package for tool in tools for package in tool.packages]
    say("安装测试要用的系统软件：" + "、".join(packages) + "……")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        apt = subprocess.run(["apt-get", "-qq", *step], env=environment, capture_output=True, text=True, check=False)
        if apt.returncode:
            say("\n".join(f"  {line}" for line in apt.stderr.splitlines() if line.startswith("E:")))


def provide(tools: Sequence[Tool] = TOOLS) -> list[Tool]:
    """Install missing tools where that is allowed; return those that are still missing."""
    missing = [tool for tool in tools if not found(tool)]
    if missing and may_install():
        install(missing)
        missing = [tool for tool in missing if not found(tool)]
    return missing
