"""Who may sign what, on real keys and real commits: what is in order passes, and what Git alone would accept is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import pytest

from builders.repository import Repository
from signing import NOW, ON, SETTINGS, SIGNERS, Person, Signing, day, file_of, made_person
from weimin.adapters.history import differences
from weimin.engine.history.attestation import SignatureVerifier
from weimin.engine.history.reader import History
from weimin.history.signing.allowed_signers import AllowedSigners, from_stored, to_stored
from weimin.history.signing.jurisdiction import SignatureProblem, covers, scope_of
from weimin.model.network import folder_of
from weimin.model.signature import StoredAllowedSigners

pytestmark = pytest.mark.ssh

VILLAGE, TOWN, COUNTY, CITY = "321302001001", "321302001", "321302", "321300"
NEIGHBOUR = "321302002"
FOLDER = folder_of(VILLAGE)
DOSSIER = f"{FOLDER}/2026-001"

People = Mapping[str, Person]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    folder = tmp_path_factory.mktemp("keys")
    names = ("village", "town", "neighbour", "county", "city", "operator", "second", "stranger", "bot")
    return {name: made_person(folder, name) for name in names}


def listed(people: People, **more: str) -> str:
    """The list of signers; `more`: options for a name, or another name's whole line."""
    rows = {
        "village": VILLAGE,
        "town": TOWN,
        "neighbour": NEIGHBOUR,
        "county": COUNTY,
        "city": CITY,
        "operator": "site",
        "second": "site",
        "bot": "site",
    }
    return "\n".join(people[name].line(scope, more.get(name, "")) for name, scope in rows.items()) + "\n"


@pytest.fixture
def signing(repo: Callable[..., Repository], people: People) -> Signing:
    """A register that asks for signatures from its second step on."""
    made = Signing(repo())
    made.commit({SETTINGS: ON, SIGNERS: listed(people), "README.md": "x\n"}, people["operator"], unsigned=True)
    return made


def only(signing: Signing) -> SignatureProblem:
    (fault,) = signing.faults()
    assert "“" in fault.problem.message and fault.problem.hint
    return fault


def test_a_change_signed_by_its_author_and_merged_by_the_level_above_is_in_order(
    signing: Signing, people: People
) -> None:
    made = signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    assert signing.faults() == []
    last = signing.attested()[-1]
    assert last.step.commit == made
    assert last.step.attested.label == "签名有效，已由另一人批准"
    assert {s.principal for s in last.signatures.values()} == {
        f"{VILLAGE}/village@example.cn",
        f"{TOWN}/town@example.cn",
    }
    assert signing.git_accepts(made)


def test_without_the_setting_nothing_is_asked_and_nothing_is_claimed(
    repo: Callable[..., Repository], people: People
) -> None:
    made = Signing(repo())
    made.commit({SETTINGS: "title: 演示\n", SIGNERS: listed(people)}, people["operator"], unsigned=True)
    made.commit({file_of(VILLAGE): "a: 1\n"}, people["stranger"])
    assert made.faults() == []
    assert {s.step.attested.label for s in made.attested()} == {"未签名"}
    assert [s.signatures for s in made.attested()] == [{}, {}]


def test_without_anybody_on_the_list_the_setting_asks_nothing(repo: Callable[..., Repository], people: People) -> None:
    made = Signing(repo())
    made.commit({SETTINGS: ON}, people["operator"], unsigned=True)
    made.commit({SIGNERS: "# 还没有人\n"}, people["operator"], unsigned=True)
    made.commit({SIGNERS: listed(people)}, people["operator"], unsigned=True)
    assert made.faults() == []
    made.commit({file_of(VILLAGE): "a: 1\n"}, people["village"], unsigned=True)
    assert made.codes() == ["A107"]


# --- the four that `git verify-commit` accepts ---


def test_a_retired_key_with_a_back_dated_commit_is_refused(signing: Signing, people: People) -> None:
    retired = listed(people, village='valid-before="20260110Z"')
    signing.through({SIGNERS: retired}, people["operator"], people["second"])
    signing.repository.now = day(30)
    signing.through({file_of(TOWN): "a: 1\n"}, people["town"], people["county"])
    signing.repository.now = day(3)
    made = signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"])
    signing.repository.now = day(33)
    signing.merge("x", people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A107", file_of(VILLAGE))
    assert "2026-02-03" in fault.problem.message and "2026-01-04" in fault.problem.message
    assert signing.git_accepts(made)


def test_a_retired_key_that_back_dates_the_merge_is_refused(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: listed(people, town='valid-before="20260110Z"')}, people["operator"], people["second"])
    signing.repository.now = day(30)
    signing.through({file_of(TOWN): "a: 1\n"}, people["county"], people["city"])
    signing.repository.now = day(2)
    made = signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code) == (made, "A107")
    assert signing.git_accepts(made)


def test_a_signer_who_is_not_the_author_is_refused(signing: Signing, people: People) -> None:
    made = signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"], signer=people["county"])
    signing.merge("x", people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code) == (made, "A106")
    assert "321302/county@example.cn" in fault.problem.message and "village@example.cn" in fault.problem.message
    assert signing.git_accepts(made)


def test_whoever_commits_in_another_persons_name_is_not_the_author(signing: Signing, people: People) -> None:
    """What a squash or a rebase by the reviewer leaves: the author's name, the reviewer's signature."""
    signing.branch("x")
    county, village = people["county"], people["village"]
    signing.repository.write({file_of(VILLAGE): "a: 1\n"})
    signing.repository.git("add", "--all")
    author = f"--author=village <{village.email}>"
    signing.repository.git(*signing._as(county, county), "commit", "--quiet", "-S", "--message=改动", author)
    made = signing.repository.git("rev-parse", "HEAD")
    signing.main()
    signing.merge("x", people["town"])
    assert (only(signing).commit, only(signing).problem.code) == (made, "A106")
    assert signing.git_accepts(made)


def test_a_commit_that_adds_its_own_key_is_refused(signing: Signing, people: People) -> None:
    stranger = people["stranger"]
    made = signing.commit({SIGNERS: listed(people) + stranger.line("site") + "\n"}, stranger)
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A107", SIGNERS)
    assert "不在此前的签名名单上" in fault.problem.message
    assert signing.git_accepts(made)


def test_a_signer_outside_of_the_folder_is_refused(signing: Signing, people: People) -> None:
    made = signing.proposal({file_of(NEIGHBOUR): "a: 1\n", file_of(VILLAGE): "a: 1\n"}, people["town"])
    signing.merge("x", people["county"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A106", file_of(NEIGHBOUR))
    assert "可以签 321302001" in fault.problem.message and "321302002" in fault.problem.hint
    assert signing.git_accepts(made)


# --- what a signature may lack ---


def test_an_unsigned_commit_within_a_merge_is_named(signing: Signing, people: People) -> None:
    signing.branch("x")
    made = signing.commit({file_of(VILLAGE): "a: 1\n"}, people["village"], unsigned=True)
    signing.main()
    signing.merge("x", people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A107", file_of(VILLAGE))
    assert "没有签名" in fault.problem.message and "commit --amend --no-edit -S" in fault.problem.hint


def test_a_commit_without_changes_needs_a_signature_too_and_is_named_at_a_file_that_exists(
    signing: Signing, people: People
) -> None:
    signing.commit({}, people["town"], unsigned=True)
    assert (only(signing).problem.code, only(signing).problem.path) == ("A107", SETTINGS)


def test_a_key_that_signs_something_else_signs_no_commit(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: listed(people, village='namespaces="file"')}, people["operator"], people["second"])
    signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    assert signing.codes() == ["A107"]


def test_a_key_counts_from_the_day_that_the_list_gives(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: listed(people, village='valid-after="20260120Z"')}, people["operator"], people["second"])
    signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    assert signing.codes() == ["A107"]
    signing.repository.now = day(30)
    signing.through({file_of(VILLAGE, 2): "a: 1\n"}, people["village"], people["town"])
    assert signing.codes() == ["A107"]


# --- approval ---


def test_a_change_that_its_signer_merged_is_not_approved(signing: Signing, people: People) -> None:
    made = signing.through({file_of(VILLAGE): "a: 1\n"}, people["town"], people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A113", file_of(VILLAGE))


def test_a_change_that_went_straight_to_the_main_branch_is_not_approved(signing: Signing, people: People) -> None:
    made = signing.commit({file_of(VILLAGE): "a: 1\n"}, people["county"])
    assert (only(signing).commit, only(signing).problem.code) == (made, "A113")


def test_a_second_key_or_a_second_folder_makes_nobody_another_person(
    signing: Signing, people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = made_person(tmp_path_factory.mktemp("more"), "village")
    more = listed(people) + again.line(COUNTY) + "\n"
    signing.through({SIGNERS: more}, people["operator"], people["second"])
    signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], again)
    assert signing.codes() == ["A113"]


def test_a_forge_may_sign_the_merge_for_whoever_merged(signing: Signing, people: People) -> None:
    """The author of the merge is the one who pressed the button; the committer is the forge with its own key."""
    signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"], name="x")
    signing.proposal({file_of(VILLAGE, 2): "a: 1\n"}, people["village"], name="y")
    for branch, button in (("x", people["town"]), ("y", people["village"])):
        signing.merge(branch, people["bot"])
        signing.repository.git(
            *signing._as(people["bot"], people["bot"]),
            *("commit", "--quiet", "--amend", "--no-edit", "-S"),
            f"--author={button.email} <{button.email}>",
        )
    assert signing.codes() == ["A113"]
    assert people["village"].email in only(signing).problem.message
    assert [a.step.attested.approved for a in signing.attested()] == [False, True, False]


def test_the_approver_may_sign_for_everything_that_the_step_changes(signing: Signing, people: People) -> None:
    made = signing.through({file_of(VILLAGE): "a: 1\n", file_of(NEIGHBOUR): "a: 1\n"}, people["county"], people["town"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A106", file_of(NEIGHBOUR))


# --- the heir of a closed platform (docs/adr/0078) ---


def closing(into: str, on: str = "2026-01-03") -> dict[str, str]:
    return {f"{FOLDER}/platform.yml": f"area: 样例村\nclosed: {{date: {on}, reason: 合并, into: '{into}'}}\n"}


def test_the_platform_that_took_over_a_closed_one_signs_for_its_folder(signing: Signing, people: People) -> None:
    signing.through(closing(NEIGHBOUR), people["village"], people["town"])
    signing.through({f"{DOSSIER}/2026-01-20-followup.md": "a: 1\n"}, people["neighbour"], people["county"])
    assert signing.faults() == []


def test_nobody_takes_over_a_platform_by_closing_it(signing: Signing, people: People) -> None:
    """The records before the step count, and only from the day of the closing on; another neighbour stays a stranger."""
    followup = {f"{DOSSIER}/2026-01-20-followup.md": "a: 1\n"}
    signing.through({**closing(NEIGHBOUR), **followup}, people["neighbour"], people["county"])
    assert signing.codes() == ["A106"]
    signing.through(closing(NEIGHBOUR, "2027-01-03"), people["town"], people["county"])
    signing.through({f"{DOSSIER}/2026-01-21-followup.md": "a: 1\n"}, people["neighbour"], people["county"])
    assert signing.codes() == ["A106", "A106"]
    signing.through(closing("321302003"), people["town"], people["county"])
    signing.through({f"{DOSSIER}/2026-01-22-followup.md": "a: 1\n"}, people["neighbour"], people["county"])
    assert signing.codes() == ["A106", "A106", "A106"]


def test_two_people_on_one_branch_do_not_lend_each_other_their_folders(signing: Signing, people: People) -> None:
    signing.branch("x")
    signing.commit({file_of(VILLAGE): "a: 1\n"}, people["village"])
    made = signing.commit({file_of(VILLAGE, 2): "a: 1\n"}, people["neighbour"])
    signing.commit({file_of(NEIGHBOUR): "a: 1\n"}, people["neighbour"])
    signing.main()
    signing.merge("x", people["county"])
    assert (only(signing).commit, only(signing).problem.code) == (made, "A106")


def test_bringing_a_branch_up_to_date_is_no_change_of_ones_own(signing: Signing, people: People) -> None:
    signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"])
    signing.through({file_of(NEIGHBOUR): "a: 1\n"}, people["neighbour"], people["county"], name="y")
    signing.repository.git("checkout", "--quiet", "x")
    signing.merge("main", people["village"])
    signing.main()
    signing.merge("x", people["town"])
    assert signing.faults() == []


def test_what_a_merge_on_a_branch_slips_in_is_its_signers(signing: Signing, people: People) -> None:
    signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"])
    signing.through({file_of(NEIGHBOUR): "a: 1\n"}, people["neighbour"], people["county"], name="y")
    signing.repository.git("checkout", "--quiet", "x")
    made = signing.merge("main", people["village"], files={file_of(NEIGHBOUR, 2): "slipped: in\n"})
    signing.main()
    signing.merge("x", people["county"])
    assert (only(signing).commit, only(signing).problem.path) == (made, file_of(NEIGHBOUR, 2))


# --- what lies in nobody's folder, and the list itself ---


@pytest.mark.parametrize(
    "path", [SETTINGS, SIGNERS, "content/pages/about.md", "README.md", "plugins/weimin/model/finding.py"]
)
def test_what_lies_in_no_platforms_folder_takes_a_signer_of_the_whole_site(
    path: str, signing: Signing, people: People
) -> None:
    text = {SETTINGS: ON + "operator: 市政协\n", SIGNERS: listed(people) + "# 改\n"}.get(path, "改\n")
    signing.through({path: text}, people["city"], people["operator"])
    assert (only(signing).problem.code, only(signing).problem.path) == ("A106", path)


def test_turning_signatures_off_takes_two_signatures_of_the_site_and_counts_from_the_next_step(
    signing: Signing, people: People
) -> None:
    signing.through({SETTINGS: "title: 演示\n"}, people["operator"], people["second"])
    signing.commit({file_of(VILLAGE): "a: 1\n"}, people["stranger"], unsigned=True)
    assert signing.faults() == []


@pytest.mark.parametrize("text", ["title: [\n", None])
def test_settings_that_cannot_be_read_or_are_gone_switch_nothing_off(
    text: str | None, signing: Signing, people: People
) -> None:
    signing.through({SETTINGS: text}, people["operator"], people["second"])
    assert signing.faults() == []
    signing.commit({file_of(VILLAGE): "a: 1\n"}, people["stranger"], unsigned=True)
    assert signing.codes() == ["A107"]


def without(text: str, person: Person) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if person.email not in line)


def test_a_key_that_was_taken_off_the_list_does_not_come_back(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: without(listed(people), people["village"])}, people["operator"], people["second"])
    made = signing.through({SIGNERS: listed(people)}, people["operator"], people["second"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path, fault.problem.line) == (made, "A106", SIGNERS, 1)
    assert "停用" in fault.problem.message
    signing.through({SIGNERS: listed(people) + "# 别的改动\n"}, people["operator"], people["second"])
    assert len(signing.faults()) == 1
    late = signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    assert signing.codes() == ["A106", "A107"]
    assert signing.git_accepts(f"{late}^2")


def test_a_key_whose_end_has_passed_does_not_get_a_later_end(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: listed(people, village='valid-before="20260110Z"')}, people["operator"], people["second"])
    signing.repository.now = day(20)
    signing.through({SIGNERS: listed(people, village='valid-before="20261231Z"')}, people["operator"], people["second"])
    assert only(signing).problem.code == "A106"


def test_a_key_that_is_still_valid_gets_a_later_end(signing: Signing, people: People) -> None:
    signing.through({SIGNERS: listed(people, village='valid-before="20260110Z"')}, people["operator"], people["second"])
    signing.through({SIGNERS: listed(people, village='valid-before="20261231Z"')}, people["operator"], people["second"])
    signing.repository.now = day(20)
    signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    assert signing.faults() == []


def test_a_reverted_list_names_every_key_that_it_brings_back(signing: Signing, people: People) -> None:
    short = without(without(listed(people), people["village"]), people["town"])
    signing.through({SIGNERS: short}, people["operator"], people["second"])
    signing.through({SIGNERS: listed(people)}, people["operator"], people["second"])
    assert [f.problem.line for f in signing.faults()] == [1, 2]


# --- a platform's own words ---

RESPONSE = f"---\nby: '{COUNTY}'\nanswers:\n  - {{to: u1, decision: adopted, text: 同意}}\n---\n"
OWN = "---\nby: 村委会\nanswers:\n  - {to: s1, decision: adopted, text: 同意}\n---\n"
CORRECTION = "of: 2026-03-25-response\nchanges:\n  - {field: /answers/0/text, from: 同意, to: 不同意}\nreason: 笔误\napproved_by: 主任\n"


def test_an_answer_of_a_platform_above_is_signed_for_that_platform(signing: Signing, people: People) -> None:
    path = f"{DOSSIER}/2026-03-25-response.md"
    signing.through({path: RESPONSE}, people["county"], people["city"])
    assert signing.faults() == []
    other = f"{DOSSIER}/2026-03-26-response.md"
    made = signing.proposal({other: RESPONSE}, people["village"])
    signing.merge("x", people["county"])
    fault = only(signing)
    assert (fault.commit, fault.problem.code, fault.problem.path) == (made, "A106", other)
    assert f"它是 {COUNTY} 的答复" in fault.problem.message


def test_a_platforms_own_answers_are_signed_for_its_own_folder(signing: Signing, people: People) -> None:
    signing.through({f"{DOSSIER}/2026-03-25-response.md": OWN}, people["village"], people["town"])
    assert signing.faults() == []


def test_an_answer_in_the_name_of_a_platform_below_stays_with_the_folder(signing: Signing, people: People) -> None:
    path = f"{folder_of(TOWN)}/2026-001/2026-03-25-response.md"
    signing.through({path: RESPONSE.replace(COUNTY, VILLAGE)}, people["village"], people["town"])
    assert only(signing).problem.code == "A106"


@pytest.mark.parametrize("change", ["corrected", "rewritten", "deleted", "taken over"])
def test_words_of_a_platform_above_are_not_changed_by_those_below(
    change: str, signing: Signing, people: People
) -> None:
    path = f"{DOSSIER}/2026-03-25-response.md"
    taken = "of: 2026-03-25-response\nchanges:\n  - {field: /by, from: 村委会, to: '321302'}\nreason: 笔误\napproved_by: 主任\n"
    first = OWN if change == "taken over" else RESPONSE
    signing.through({path: first}, people["county"], people["city"])
    correction = f"{DOSSIER}/2026-04-01-correction.yml"
    files = {
        "corrected": {correction: CORRECTION},
        "rewritten": {path: OWN},
        "deleted": {path: None},
        "taken over": {correction: taken},
    }[change]
    signing.through(files, people["village"], people["county"])
    assert only(signing).problem.code == "A106"


# --- a proposal ---


def proposed(signing: Signing, base: str, head: str, at: int) -> list[str]:
    with History(signing.repository.root, base) as history:
        (changes,) = differences(history.git, [(base, head)])
        return [f.problem.code for f in SignatureVerifier(history).verify_change(base, head, changes, at)]


def test_a_proposal_is_held_to_the_list_of_its_base_and_its_approval_may_come(signing: Signing, people: People) -> None:
    base = signing.repository.git("rev-parse", "HEAD")
    at = int((day(5)).timestamp())
    good = signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"], name="good")
    assert proposed(signing, base, good, at) == []
    unsigned = signing.proposal({file_of(NEIGHBOUR): "a: 1\n"}, people["village"], name="outside")
    assert proposed(signing, base, unsigned, at) == ["A106"]
    stranger = people["stranger"]
    adds = signing.proposal({SIGNERS: listed(people) + stranger.line("site") + "\n"}, stranger, name="adds")
    assert proposed(signing, base, adds, at) == ["A107"]
    assert proposed(signing, base, base, at) == []


def test_a_proposal_is_looked_at_on_its_day_whatever_it_claims(signing: Signing, people: People) -> None:
    retired = listed(people, village='valid-before="20260110Z"')
    base = signing.through({SIGNERS: retired}, people["operator"], people["second"])
    signing.repository.now = day(3)
    made = signing.proposal({file_of(VILLAGE): "a: 1\n"}, people["village"])
    assert proposed(signing, base, made, int(day(8).timestamp())) == []
    assert proposed(signing, base, made, int(day(12).timestamp())) == ["A107"]


def test_a_proposal_that_brings_a_retired_key_back_is_told_so(signing: Signing, people: People) -> None:
    base = signing.through({SIGNERS: without(listed(people), people["village"])}, people["operator"], people["second"])
    made = signing.proposal({SIGNERS: listed(people)}, people["operator"])
    assert proposed(signing, base, made, int(day(8).timestamp())) == ["A106"]


# --- the tables ---


def test_the_scope_of_a_path_is_the_last_of_the_chain_of_codes() -> None:
    scopes = {
        f"{FOLDER}/platform.yml": VILLAGE,
        f"{DOSSIER}/attachments/a.jpg": VILLAGE,
        "content/network/321300/exemptions.yml": CITY,
        "content/network/321300/321302/plans/2026.yml": COUNTY,
        "content/network/321300/320100/plans/2026.yml": CITY,
        "content/network/321302/platform.yml": "site",
        "content/network/321300/321302001/platform.yml": CITY,
        SIGNERS: "site",
        SETTINGS: "site",
        "../elsewhere/321300/a": "site",
        "321300/a": "site",
    }
    assert {path: scope_of(path) for path in scopes} == scopes


def test_a_scope_covers_itself_and_all_below_it() -> None:
    order = ["site", CITY, COUNTY, TOWN, VILLAGE]
    for high, scope in enumerate(order):
        assert [covers(scope, wanted) for wanted in order] == [high <= low for low in range(len(order))]
    assert not covers(NEIGHBOUR, VILLAGE) and not covers("321303", TOWN)


def test_verdicts_do_not_depend_on_how_far_an_audit_went_before(signing: Signing, people: People) -> None:
    """Going on after each step from what the last one kept gives the same as all in one go."""
    signing.through({SIGNERS: without(listed(people), people["village"])}, people["operator"], people["second"])
    signing.through({SIGNERS: listed(people)}, people["operator"], people["second"])
    signing.through({file_of(VILLAGE): "a: 1\n"}, people["village"], people["town"])
    whole = signing.attested()
    store, clock, before, pieces = to_stored(AllowedSigners()), 0, "", []
    with History(signing.repository.root) as history:
        for step in history.steps():
            store = msgspec.json.decode(msgspec.json.encode(store), type=StoredAllowedSigners)
            (one,) = SignatureVerifier(history).verify([step], NOW, before, from_stored(store), clock)
            store, clock, before = to_stored(one.roll), one.first_seen_at, step.commit
            pieces.append(one)
            assert SignatureVerifier(history).allowed_signers_at(step.commit, NOW) == one.roll
    assert [(p.faults, p.signatures, p.step) for p in pieces] == [(w.faults, w.signatures, w.step) for w in whole]
    assert [f.problem.code for p in pieces for f in p.faults] == ["A106", "A107"]
