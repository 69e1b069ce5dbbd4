"""Installs exactly the locked packages into `.venv/`, and runs its commands.

Valid for Python 3.6 or later, so that a Python that is too old gets a message instead of a syntax error.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = BIN / ("python" + SUFFIX)
STAMP = VENV / "weimin.stamp"
UNFINISHED = "unfinished"
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
LOCKS = {False: "requirements.lock", True: "requirements-dev.lock"}

MISSING_GIT = "缺少 git。改法：安装 git（Debian、Ubuntu：apt install git），再运行一次"
MISSING_VENV = "这个 Python 缺少 venv 模块。改法：安装它（Debian、Ubuntu：apt install python3-venv），再运行一次"
TOO_OLD = "这里的 Python 是 {}，需要 3.11 或更高。改法：安装 Python 3.11 以上版本，再运行一次"


def say(text):
    """Print on standard error, because standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def stop(text):
    """Print what is missing in one line, and exit with code 3: the environment does not allow a result."""
    say("停下：" + text)
    sys.exit(3)


def speak_utf8():
    """Replace characters that a Windows console in another code page cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def require_tools():
    """Require Git and a recent Python with venv; a newer Python on the path takes over where this one is too old."""
    if shutil.which("git") is None:
        stop(MISSING_GIT)
    if sys.version_info[:2] < OLDEST:
        newer = next(filter(None, map(shutil.which, NEWER)), None)
        if newer is None:
            stop(TOO_OLD.format(".".join(map(str, sys.version_info[:2]))))
        hand_over([newer, *sys.argv])
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        stop(MISSING_VENV)


def digest(dev):
    """A digest of what determines the environment: lock, pyproject.toml, folder and interpreter."""
    hasher = hashlib.sha256()
    for part in (
        (ROOT / LOCKS[dev]).read_bytes(),
        (ROOT / "pyproject.toml").read_bytes(),
        str(ROOT).encode("utf-8", "surrogateescape"),
        str(PYTHON.resolve()).encode("utf-8", "surrogateescape"),
    ):
        hasher.update(hashlib.sha256(part).digest())
    return hasher.hexdigest()


def stamp():
    """The digest of the installed environment; None where there is none."""
    return STAMP.read_text(encoding="utf-8").strip() if STAMP.is_file() else None


def is_current(dev):
    """Whether the environment is complete; the one for development serves the plain commands too."""
    return PYTHON.exists() and stamp() in ({digest(True)} if dev else {digest(False), digest(True)})


def usable():
    """Whether packages can be installed into `.venv/`: it is complete, and its Python runs, is recent and has pip."""
    if not PYTHON.exists() or stamp() == UNFINISHED:
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST})"
    return subprocess.call([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL) == 0


def make():
    """Create an empty `.venv/`; an existing one is removed."""
    if VENV.exists():
        say("重做 .venv（上次没有装完，或已不能用）……")
        shutil.rmtree(str(VENV))
    else:
        say("新建 .venv……")
    VENV.mkdir()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode != 0:
        stop(MISSING_VENV)


def pip(*arguments):
    """Run pip quietly; where it fails, print its messages without addresses."""
    run = subprocess.run(
        [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input", *arguments],
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if run.returncode == 0:
        return
    lines = [line for line in run.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    for line in [line for line in lines if line.startswith("ERROR")] or lines[-5:]:
        say("  " + re.sub(r"\w+://\S+|host='[^']*'", "（软件源）", line))
    stop("软件包没有装上，原因见上。改法：检查网络和 pip 的软件源设置，再运行一次")


def compile_package():
    """Byte-compile our own package, as pip does with every other: a command need not, nor can where bytecode is not written.

    A file that does not compile is not said here: whoever imports it hears of it.
    """
    command = [str(PYTHON), "-m", "compileall", "-q", str(ROOT / "plugins" / "weimin")]
    subprocess.call(command, cwd=str(ROOT), stdout=subprocess.DEVNULL)


def ensure(dev=False):
    """Install the locked packages into `.venv/`. Uses neither disk nor network where they are installed. True where it installed."""
    require_tools()
    if is_current(dev):
        return False
    if not usable():
        make()
    STAMP.write_text(UNFINISHED, encoding="utf-8")
    lock = LOCKS[dev]
    count = len(re.findall(r"^\S+==", (ROOT / lock).read_text(encoding="utf-8"), re.M))
    say(f"安装 {lock} 里锁定的 {count} 个软件包（第一次约一两分钟）……")
    pip("--require-hashes", "--no-deps", "-r", lock)
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    compile_package()
    STAMP.write_text(digest(dev), encoding="utf-8")
    return True


def hand_over(command):
    """Replace this process by `command`; on Windows, which cannot, run it and exit with its code."""
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.call(command))


def run(command, root=True):
    """Run `weimin COMMAND ARGUMENTS` on the records of this clone, from any directory."""
    speak_utf8()
    ensure()
    place = ["--root", str(ROOT)] if root else []
    hand_over([str(BIN / ("weimin" + SUFFIX)), command, *place, *sys.argv[1:]])
