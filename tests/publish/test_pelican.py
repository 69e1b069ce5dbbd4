"""Publishing with Pelican: both entrances write the same bytes, and every error ends with an exit code other than 0."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from weimin.adapters.installation import theme_dir
from weimin.publish import plugin
from weimin.publish.run import PublishFault, publish
from weimin.publish.settings import pelican_settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "index.html": b"<!doctype html><title>a</title>",
    "321300/index.json": b"{}\n",
    "robots.txt": b"User-agent: *\n",
}


@pytest.fixture(autouse=True)
def records(tmp_path: Path) -> None:
    """Pelican requires the content folder, though it reads nothing from it."""
    (tmp_path / "content").mkdir()


def written(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_files_are_written_byte_for_byte(tmp_path, capsys):
    assert publish(FILES.items(), tmp_path / "out", tmp_path) == len(FILES)
    assert written(tmp_path / "out") == FILES
    assert capsys.readouterr().out == ""


def test_publishing_twice_in_one_process_is_the_same(tmp_path):
    publish(FILES.items(), tmp_path / "a", tmp_path)
    publish(FILES.items(), tmp_path / "b", tmp_path)
    assert written(tmp_path / "a") == written(tmp_path / "b")


def test_existing_files_of_the_idle_tree_stay(tmp_path):
    (tmp_path / "kept.html").write_bytes(b"kept")
    publish(FILES.items(), tmp_path, tmp_path)
    assert (tmp_path / "kept.html").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("index.html", "要写两次"),
        ("../outside.html", "不是可以写的位置"),
        ("/etc/outside.html", "不是可以写的位置"),
        ("a//b.html", "不是可以写的位置"),
        ("a\\b.html", "不是可以写的位置"),
        (".git/config", "不是可以写的位置"),
        ("a/.hidden", "不是可以写的位置"),
        ("", "不是可以写的位置"),
    ],
)
def test_a_path_that_must_not_be_written_ends_the_build(tmp_path, path, said):
    with pytest.raises(PublishFault, match=said):
        publish([*FILES.items(), (path, b"x")], tmp_path / "out", tmp_path)
    assert not (tmp_path / "outside.html").exists()


def test_a_site_without_pages_is_an_error(tmp_path):
    with pytest.raises(PublishFault, match="没有任何页面"):
        publish([], tmp_path / "out", tmp_path)


def test_an_error_while_pages_are_rendered_ends_the_build(tmp_path):
    def broken():
        yield "index.html", b"x"
        raise KeyError("模板里的名字")

    with pytest.raises(PublishFault, match="模板里的名字"):
        publish(broken(), tmp_path / "out", tmp_path)


def test_every_page_sends_the_writers_signal(tmp_path):
    from pelican import signals

    seen: list[tuple[str, str]] = []

    def note(path: str, context: dict[str, object]) -> None:
        seen.append((Path(path).relative_to(tmp_path).as_posix(), str(context["output_file"])))

    signals.content_written.connect(note)
    try:
        publish(FILES.items(), tmp_path, tmp_path)
    finally:
        signals.content_written.disconnect(note)
    assert seen == [(path, path) for path in FILES]


def test_the_comparison_finds_what_is_missing_changed_or_extra(tmp_path):
    (tmp_path / "a").write_bytes(b"12")
    plugin.compare({"a": 2}, tmp_path, complete=True)
    with pytest.raises(ValueError, match="少1个，多0个"):
        plugin.compare({"a": 3}, tmp_path, complete=True)
    with pytest.raises(ValueError, match="少0个，多1个"):
        plugin.compare({}, tmp_path, complete=True)
    plugin.compare({}, tmp_path, complete=False)


def test_pelican_reads_and_writes_nothing_of_its_own():
    settings = pelican_settings(plugin, theme_dir())
    assert settings["PLUGINS"] == [plugin]
    assert settings["JINJA_ENVIRONMENT"]["autoescape"] is True
    for name in ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "THEME_STATIC_PATHS", "DIRECT_TEMPLATES"):
        assert settings[name] == []
    assert set(settings["READERS"].values()) == {None}
    assert settings["LOAD_CONTENT_CACHE"] is False


def pelican(conf: Path, content: Path, output: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-m", "pelican", str(content), "-s", str(conf), "-o", str(output), "--fatal", "errors"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "WEIMIN_AS_OF": "2026-11-22", "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
    )


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register: a city, a village, and a dossier with a topic."""
    root = tmp_path / "records"
    files = {
        "content/site.yml": "title: 样例为民协商\ndemo: true\n",
        "content/pages/about.md": "---\ntitle: 关于\n---\n\n这里登记协商。\n",
        "content/network/990100/platform.yml": "area: 样例市\n",
        "content/network/990100/990101/platform.yml": "area: 样例县\n",
        "content/network/990100/990101/2026-001/topic.md": (
            "---\ntitle: 路灯\ntheme: 交通出行\nsources:\n  - from: residents\n---\n\n村口没有路灯。\n"
        ),
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def test_plain_pelican_builds_the_whole_site(register, tmp_path):
    run = pelican(ROOT / "pelicanconf.py", register / "content", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    site = written(tmp_path / "out")
    expected = {"index.html", "990101/2026-001/index.html", "about/index.html", "build.json", "theme/css/weimin.css"}
    assert expected <= site.keys()
    assert "村口没有路灯".encode() in site["990101/2026-001/index.html"]


def test_both_entrances_write_the_same_bytes(register, tmp_path):
    assert pelican(ROOT / "pelicanconf.py", register / "content", tmp_path / "plain").returncode == 0
    run = subprocess.run(
        [sys.executable, "-I", "-m", "weimin", "build", "--root", str(register), "--output", str(tmp_path / "own")],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "WEIMIN_AS_OF": "2026-11-22", "LC_ALL": "C.UTF-8"},
    )
    assert run.returncode == 0, run.stderr
    assert written(tmp_path / "own") == written(tmp_path / "plain")


def test_earlier_files_are_removed(register, tmp_path):
    stale = tmp_path / "out" / "stale.html"
    stale.parent.mkdir()
    stale.write_bytes(b"x")
    assert pelican(ROOT / "pelicanconf.py", register / "content", tmp_path / "out").returncode == 0
    assert not stale.exists()


def test_a_record_that_cannot_be_read_ends_the_build(register, tmp_path):
    (register / "content/network/990100/990101/2026-001/topic.md").write_bytes("---\ntitle: 路灯\n".encode("gbk"))
    run = pelican(ROOT / "pelicanconf.py", register / "content", tmp_path / "out")
    assert run.returncode != 0
    assert "F101" in run.stderr


def broken_import(folder: Path) -> None:
    (folder / "plugin.py").write_text("import nothing_of_this_name\n", encoding="utf-8")


def broken_register(folder: Path) -> None:
    (folder / "plugin.py").write_text("raise RuntimeError('no')\n", encoding="utf-8")


@pytest.mark.parametrize("broken", [broken_import, broken_register])
def test_a_plugin_that_cannot_be_imported_ends_the_build(register, tmp_path, broken: Callable[[Path], None]):
    folder = tmp_path / "conf"
    folder.mkdir()
    broken(folder)
    conf = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    patched = conf.replace(
        "from weimin.publish import plugin", f"import sys\nsys.path.insert(0, {str(folder)!r})\nimport plugin"
    )
    assert patched != conf
    (folder / "pelicanconf.py").write_text(patched, encoding="utf-8")
    run = pelican(folder / "pelicanconf.py", register / "content", tmp_path / "out")
    assert run.returncode != 0
    assert not (tmp_path / "out" / "index.html").exists()


def test_a_missing_template_ends_the_build(register, tmp_path):
    theme = tmp_path / "theme"
    shutil.copytree(theme_dir(), theme)
    (theme / "templates" / "dossier.html").unlink()
    conf = tmp_path / "pelicanconf.py"
    text = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
    swap = f"\nfrom pathlib import Path\nimport weimin.app.build.render\nweimin.app.build.render.theme_dir = lambda: Path({str(theme)!r})\n"
    conf.write_text(text.replace('Path(__file__).parent / "theme"', f"Path({str(theme)!r})") + swap, encoding="utf-8")
    run = pelican(conf, register / "content", tmp_path / "out")
    assert run.returncode != 0
    assert "dossier.html" in run.stderr
