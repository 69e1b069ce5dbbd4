"""Personal data is removed from every commit, nothing else changes, a notice is public, and the data is never printed."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from published_demo import Demo, release
from small_register import AT, ONE, START, Ran

from builders.repository import Repository, make_repo
from weimin.adapters.rewrite import Rewriter, pack
from weimin.app.audit.redact_text import CannotRedact, differs_only_by_masks, redacted_file
from weimin.app.build.log_folder import LogFolder
from weimin.cli.main import main
from weimin.engine.history.redaction_notice import MARK, Notice, parse_notice
from weimin.engine.register import Register
from weimin.records.parse import Reader

pytestmark = pytest.mark.slow

SECRET = "东头第三户老陈"
OPINION = f"{AT}/opinions/2026-02-10.yml"
TOPIC = f"{ONE}/topic.md"
REF = "990101001001/opinions/2026-02-10"
WHY = ("--reason", "写出了个人信息", "--approved-by", "样例县政协办公室")


def opinion(who: str, more: str = "") -> str:
    return f"channel: visit\nfrom: resident\ntheme: 交通出行 # 门前\nsummary: {who}说门前的路窄\n{more}"


ANSWERED = "answered: 2026-03-01\n"


@pytest.fixture
def repository(tmp_path) -> Repository:
    """A history in which the secret is added by the second commit, is in the third, a merge and a tag, and removed by the last."""
    made = make_repo(tmp_path / "repo", [START])
    made.commit({OPINION: opinion(SECRET)})
    made.commit({OPINION: opinion(SECRET, ANSWERED)})
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({f"{AT}/platform.yml": "area: 样例村\nbrand: 样例议事\n"})
    made.git("checkout", "--quiet", "main")
    made.merge("side")
    made.git("tag", "light")
    made.git("tag", "-a", "-m", "发布", "heavy")
    return made


@pytest.fixture
def redact(repository, capsys) -> Callable[..., Ran]:
    def run(*more: object, of: str = REF, field: str = "/summary") -> Ran:
        capsys.readouterr()
        code = main(["redact", "--root", str(repository.root), "--of", of, "--field", field, *WHY, *map(str, more)])
        return Ran(code, *capsys.readouterr())

    return run


def contents(repository: Repository) -> bytes:
    """Every object that is reachable from a branch or tag, uncompressed."""
    names = repository.git("rev-list", "--objects", "--branches", "--tags").splitlines()
    request = "".join(line.split(" ")[0] + "\n" for line in names)
    command = ["git", "cat-file", "--batch"]
    return subprocess.run(command, cwd=repository.root, input=request.encode(), capture_output=True, check=True).stdout


def test_it_is_gone_from_every_branch_and_tag_and_never_printed(repository, redact):
    assert SECRET.encode() in contents(repository)
    said = redact()
    assert said.code == 0, said.err
    assert SECRET.encode() not in contents(repository)
    assert SECRET not in said.out + said.err
    assert (repository.root / OPINION).read_text(encoding="utf-8") == (
        f"channel: visit\nfrom: resident\ntheme: 交通出行 # 门前\nsummary: {MARK}\n{ANSWERED}"
    )
    assert repository.git("fsck", "--strict", "--no-dangling") == ""
    assert "发布" in repository.git("cat-file", "tag", "heavy")


def test_everything_else_is_as_it_was(repository, redact):
    form = "--format=%an %ae %at %cn %ce %ct %s %b"
    before = repository.git("log", "--topo-order", form)
    chain = repository.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    assert redact().code == 0
    after = repository.git("rev-list", "--first-parent", "--reverse", "HEAD").split()
    assert repository.git("log", "--topo-order", form) == before
    assert after[0] == chain[0]  # what came before keeps its id
    assert [a == b for a, b in zip(chain, after, strict=True)] == [True, False, False, False]
    changed = [repository.git("diff", "--name-only", a, b) for a, b in zip(chain, after, strict=True)]
    assert changed == ["", OPINION, OPINION, OPINION]
    assert repository.git("rev-parse", "light^{commit}", "heavy^{commit}").split() == [after[-1]] * 2
    assert repository.git("status", "--porcelain") == f"?? {Path('content/news').as_posix()}/"


def test_only_some_words_are_taken_out_where_a_file_names_them(repository, redact, tmp_path):
    (tmp_path / "words").write_text(SECRET + "\n", encoding="utf-8")
    assert redact("--text-file", tmp_path / "words").code == 0
    text = (repository.root / OPINION).read_text(encoding="utf-8")
    assert text == opinion(MARK, ANSWERED)


def test_what_was_mended_long_ago_is_found_in_history(repository, redact, tmp_path):
    repository.commit({OPINION: opinion("有人", ANSWERED)})
    (tmp_path / "words").write_text(SECRET, encoding="utf-8")
    assert redact("--text-file", tmp_path / "words").code == 0
    assert SECRET.encode() not in contents(repository)
    assert (repository.root / OPINION).read_text(encoding="utf-8") == opinion("有人", ANSWERED)


def test_prose_is_taken_out_as_well(repository, redact):
    text = (repository.root / TOPIC).read_text(encoding="utf-8")
    repository.commit({TOPIC: text + "\n又一段。\n"})
    assert redact(of=TOPIC, field="/body").code == 0
    text = (repository.root / TOPIC).read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: 村口停车场怎么建\n")
    assert text.endswith(f"---\n{MARK}\n")


def test_where_else_it_stands_is_said(repository, redact, tmp_path):
    repository.commit({f"{AT}/opinions/2026-02-11.yml": opinion(SECRET)}, message=f"{SECRET}来过")
    (tmp_path / "words").write_text(SECRET, encoding="utf-8")
    said = redact("--text-file", tmp_path / "words")
    assert said.code == 1
    assert f"{AT}/opinions/2026-02-11.yml" in said.err
    assert "的说明" in said.err
    assert SECRET not in said.out + said.err


def test_the_notice_is_news_that_passes_the_check_and_reads_back(repository, redact, capsys):
    before = repository.git("rev-parse", "HEAD")
    assert redact().code == 0
    repository.commit({}, "公告")
    (path,) = (repository.root / "content" / "news").iterdir()
    register = Register(repository.root)
    record, problems = register.parse(register.by_path[path.relative_to(repository.root).as_posix()])
    assert record is not None and problems == ()
    notice = parse_notice(record.body)
    assert notice is not None
    assert (notice.path, notice.field, notice.before) == (OPINION, "/summary", before)
    assert notice.after == repository.git("rev-parse", "HEAD~1")
    assert len(notice.digest) == 64
    capsys.readouterr()
    assert main(["check", "--root", str(repository.root), "--as-of", "2026-02-20", "--select", "F,S,P,L"]) == 0


def test_the_salt_is_given_to_a_keeper_or_to_nobody(repository, redact, tmp_path):
    assert redact("--salt-file", tmp_path / "salt").code == 0
    assert (tmp_path / "salt").stat().st_mode & 0o777 == 0o600
    salt = (tmp_path / "salt").read_text(encoding="utf-8").strip()
    (path,) = (repository.root / "content" / "news").iterdir()
    secret = f"{SECRET}说门前的路窄"
    assert hashlib.sha256(bytes.fromhex(salt) + secret.encode()).hexdigest() in path.read_text(encoding="utf-8")
    assert redact("--salt-file", tmp_path / "salt").code == 2  # never written over


def test_the_leaves_of_the_log_keep_their_place_and_lose_their_salt(repository, redact, tmp_path):
    demo = Demo(repository.root, tmp_path / "site", tmp_path / "log")
    assert release(demo, "2026-02-25") == 0
    old = LogFolder(demo.log)
    (at,) = [n for n, s in enumerate(old.salts) if s.path == OPINION]
    before = repository.git("rev-parse", "HEAD")
    assert redact("--log", demo.log).code == 0
    new = LogFolder(demo.log)
    assert new.leaves == old.leaves and new.checkpoints == old.checkpoints
    assert (new.salts[at].salt, new.salts[at].blob) == ("", "")
    assert [s for n, s in enumerate(new.salts) if n != at] == [s for n, s in enumerate(old.salts) if n != at]
    after = repository.git("rev-parse", "HEAD")
    repository.commit({}, "公告")
    assert release(demo, "2026-02-26") == 0
    last = LogFolder(demo.log)
    assert last.checkpoints[-1].redacted == (before, after)
    assert {s.path for s in last.salts[len(old.salts) :]} >= {OPINION}
    assert main(["verify", str(demo.site), "--root", str(demo.root), "--jobs", "1"]) == 0


def test_a_signed_commit_before_it_keeps_its_signature_and_one_after_it_loses_it(repository, redact, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signing = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={key}", "commit", "--quiet", "-S", "--allow-empty"]
    start = repository.git("rev-list", "--reverse", "HEAD").split()[0]
    repository.git("checkout", "--quiet", "-b", "signed", start)
    repository.git(*signing, "-m", "签名")
    first = repository.git("rev-parse", "HEAD")
    repository.git("checkout", "--quiet", "main")
    repository.git(*signing, "-m", "签名")
    assert redact().code == 0
    assert repository.git("rev-parse", "signed") == first
    assert "gpgsig" in repository.git("cat-file", "commit", "signed")
    assert "gpgsig" not in repository.git("cat-file", "commit", "main")


@pytest.mark.parametrize(
    ("of", "field", "said"),
    [
        ("990101001001/opinions/2026-09-09", "/summary", "没有记录"),
        (REF, "/nothing", "现在没有文字"),
        (REF, "/theme", "不合要求"),
        (REF, "/summary/0", "现在没有文字"),
        (TOPIC, "/theme", "现在没有文字"),
    ],
)
def test_what_cannot_be_taken_out_changes_nothing(repository, redact, of, field, said):
    before = repository.git("for-each-ref")
    ran = redact(of=of, field=field)
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert repository.git("for-each-ref") == before
    assert repository.git("status", "--porcelain") == ""


def test_surroundings_that_do_not_allow_it(repository, redact, tmp_path, capsys):
    def refused(root: Path) -> str:
        capsys.readouterr()
        assert main(["redact", "--root", str(root), "--of", REF, "--field", "/summary", *WHY]) == 3
        return capsys.readouterr().err

    assert "fetch --unshallow" in refused(repository.clone(tmp_path / "shallow", "--depth", "1").root)
    (repository.root / "new").write_text("x", encoding="utf-8")
    assert "没提交的改动" in refused(repository.root)
    (repository.root / "new").unlink()
    repository.git("checkout", "--quiet", "--detach")
    assert "不在任何分支上" in refused(repository.root)


# The parts


def place_and_reader(repository: Repository) -> tuple[Register, Reader]:
    register = Register(repository.root)
    return register, register.reader


@pytest.mark.parametrize(
    "written",
    [
        f"summary: {SECRET}说路窄\n",
        f'summary: "{SECRET}说路窄"\n',
        f"summary: '{SECRET}说路窄' # 记\n",
        f"summary: >-\n  {SECRET}说\n  路窄\n",
        f"summary: |-\n  {SECRET}说路窄\n",
        'summary: "\\u4e1c头第三户老陈说路窄"\n',
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_every_way_of_writing_a_value(repository, written, whole):
    register, reader = place_and_reader(repository)
    place = register.by_path[OPINION]
    data = f"channel: visit\nfrom: resident\n{written}theme: 交通出行\n".encode()
    record = reader.parse(place, data)[0]
    assert record is not None
    value = record.raw["summary"]
    secret = value if whole else SECRET
    made = redacted_file(reader, place, data, "/summary", secret)
    after = reader.parse(place, made)[0]
    assert after is not None
    assert after.raw["summary"] == value.replace(secret, MARK)
    assert made.startswith(b"channel: visit\nfrom: resident\nsummary: ")
    assert made.rstrip().endswith("theme: 交通出行".encode())
    assert differs_only_by_masks(reader, place, data, made, ("/summary",))
    assert not differs_only_by_masks(reader, place, data, made.replace(b"visit", b"phone"), ("/summary",))
    assert not differs_only_by_masks(reader, place, data, made, ("/theme",))
    with pytest.raises(CannotRedact):
        redacted_file(reader, place, made, "/summary", secret)


def test_a_mark_that_brings_other_words_is_not_only_a_mark(repository):
    register, reader = place_and_reader(repository)
    place = register.by_path[OPINION]
    before = opinion(SECRET).encode()
    for after, fits in (
        (opinion(MARK), True),
        (opinion(MARK).replace("路窄", "路宽"), False),
        (opinion(MARK + "又"), False),
        (opinion(SECRET), False),
        (opinion(MARK, ANSWERED), False),
    ):
        assert differs_only_by_masks(reader, place, before, after.encode(), ("/summary",)) is fits


def test_a_notice_reads_back_and_nothing_like_it_does():
    notice = Notice(
        path=OPINION, field="/summary", reason="误写", approved_by="样例县政协办公室",
        before="1" * 40, after="2" * 40, digest="3" * 64, leaves=(4, 12),
    )  # fmt: skip
    assert parse_notice(notice.body) == notice
    assert notice.text(date(2026, 3, 1)).startswith("---\ntitle: 个人信息脱敏公告\ndate: 2026-03-01\n---\n\n")
    for text in (
        "",
        notice.body + "\n另外\n",
        notice.body.replace("1" * 40, "x"),
        notice.body.replace("- 字段", "- 别的"),
    ):
        assert parse_notice(text) is None


def test_a_pack_is_what_git_reads(repository):
    blob = repository.git("hash-object", OPINION)
    rewriter = Rewriter(repository.root, OPINION, {blob: b"x" * 100_000})
    commits = rewriter.rewrite()
    assert len(commits) == 3  # one of them is on the side branch; the version before was another blob
    rewriter.store()
    head = commits[repository.git("rev-parse", "HEAD")]
    assert repository.git("cat-file", "-s", f"{head}:{OPINION}") == "100000"
    assert pack([], blob)[:12] == b"PACK\0\0\0\2\0\0\0\0"
