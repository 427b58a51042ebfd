"""A list of accounts that are there already: what each line comes to, and that it is all or nothing."""

from datetime import timedelta

import pytest

from schoolgate.accounts import connecting
from schoolgate.accounts.importing import ACCOUNTS, since_of
from schoolgate.accounts.models import Account, ImportedAccount, KeysKnownTo
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.duties.models import Duty
from schoolgate.people.list_importer import drop, let_lapse, upload
from schoolgate.people.sheets import write_csv
from tests.accounts.there import COLUMNS, HEAD, Brought, line, taken_in
from tests.cast import someone

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


@pytest.fixture
def there(at_federation, at):
    with at_federation("wildground") as cast:
        cast.cara = someone("Cara", "staff")
        cast.run_by = cast.cara.email
        yield cast


def test_an_account_stands_on_the_register_at_once_as_there_before(there, at):
    (account,) = taken_in(
        there.owner, at,
        line(run_by=there.run_by, school="North", purpose="News for families", pupils="no", kind="school"),
    )  # fmt: skip
    before = account.imported
    assert (account.state, account.network, account.handle, account.school) == (
        "open", "facebook", "@oakfield", there.school,
    )  # fmt: skip
    assert (account.purpose, account.pupils_in_audience, account.kind) == (
        "News for families", False, "school",
    )  # fmt: skip
    assert (before.since, before.by, before.regular_at) == ("2016-09-01", there.owner, None)
    assert [(one.person, one.part) for one in account.team.all()] == [(there.cara, "lead")]
    assert account.being_set_up


def test_the_policy_is_asked_about_each_and_what_it_waits_for_becomes_duties(there, at):
    (account,) = taken_in(there.owner, at, line(run_by=there.run_by))
    points = account.imported.decision.points
    assert {point for point, outcome in points.items() if outcome == "hold"} >= {
        "approved",
        "read",
        "trained",
    }
    assert Duty.objects.filter(kind="accounts.regular", subject_account=account.pk).count() == 1
    assert not Duty.objects.filter(kind="accounts.open").exists()


def test_what_is_not_known_stays_not_known(there, at):
    (account,) = taken_in(there.owner, at, line(run_by=there.run_by))
    assert (account.pupils_in_audience, account.youngest_pupil, account.kind, account.purpose) == (
        None, None, "", "",
    )  # fmt: skip
    assert account.imported.decision.points["network_age"] == "hold"


def test_a_second_person_and_those_who_know_the_keys_are_kept(there, at):
    dan = someone("Dan", "staff")
    (account,) = taken_in(
        there.owner, at, line(run_by=there.run_by, second="dan", known_to=f"{dan.email};Cara")
    )
    assert [(one.person.name, one.part) for one in account.team.order_by("id")] == [
        ("Cara", "lead"), ("Dan", "runner"),
    ]  # fmt: skip
    assert set(KeysKnownTo.objects.values_list("person__name", flat=True)) == {"Cara", "Dan"}


def test_the_same_list_twice_adds_nothing(there, at):
    taken_in(there.owner, at, line(run_by=there.run_by))
    again = Brought(there.owner, at + DAY, line("facebook.com/Oakfield/", run_by=there.run_by, purpose="New"))
    assert (again.outcomes, again.said()) == (["same"], ["here"])
    assert again.plan.changes is False
    again.confirm()
    assert Account.objects.count() == 1
    assert Account.objects.get().purpose == ""


REFUSED = [
    ("no_address", {"address": ""}),
    ("bad_address", {"address": "our page"}),
    ("bad_address", {"address": "https://office:secret@example.org/page", "network": "Mastodon"}),
    ("not_a_post", {"address": "https://www.facebook.com/"}),
    ("formula", {"address": "=HYPERLINK(1)"}),
    ("damaged", {"run_by": "?ukasz"}),
    ("serial_day", {"since": "42614"}),
    ("unknown_network", {"network": "Bebo"}),
    ("network_differs", {"network": "Instagram"}),
    ("own_network", {"network": "Noticeboard", "address": "https://example.org/a"}),
    ("no_network", {"network": "", "address": "https://example.org/b"}),
    ("unknown_value", {"school": "Hogwarts"}),
    ("no_value", {"school": ""}),
    ("no_value", {"since": ""}),
    ("bad_since", {"since": "long ago"}),
    ("since_future", {"since": "1/9/2099"}),
    ("no_value", {"run_by": ""}),
    ("unknown_person", {"run_by": "Gandalf"}),
    ("yes_or_no", {"pupils": "perhaps"}),
    ("bad_age", {"youngest": "old"}),
    ("unknown_kind", {"kind": "funny"}),
    ("too_long", {"name": "x" * 121}),
    ("unreadable", {"name": "Oak\u202efield"}),
]


def test_a_line_that_cannot_be_taken_is_refused_with_the_reason(there, at):
    lines = [
        line(**{"address": f"https://www.facebook.com/page{number}", "run_by": there.run_by} | more)
        for number, (_code, more) in enumerate(REFUSED)
    ]
    brought = Brought(there.owner, at, *lines, line("https://www.facebook.com/fine", run_by=there.run_by))
    plan = brought.plan
    assert [line.said[0].code for line in plan.lines[:-1]] == [code for code, _more in REFUSED]
    assert {str(line.outcome) for line in plan.lines[:-1]} == {"refused"}
    assert str(plan.lines[-1].outcome) == "new"
    assert all(str(one) for line in plan.lines for one in line.said)


def test_somebody_who_has_left_or_whose_name_two_have_is_told_apart(there, at):
    gone = someone("Gwen", "staff")
    gone.left_on = at.date()
    gone.save(update_fields=["left_on"])
    someone("Dan", "staff")
    twin = someone("Dan B", "staff")
    twin.name = "Dan"
    twin.save(update_fields=["name"])
    pages = [f"https://www.facebook.com/page{number}" for number in range(3)]
    brought = Brought(
        there.owner, at, line(pages[0], "Gwen"), line(pages[1], "Dan"), line(pages[2], twin.email.upper())
    )
    assert [brought.said(0)[:1], brought.said(1)[:1]] == [["has_left"], ["two_of_the_name"]]
    assert brought.outcomes[2] == "new"


def test_one_page_twice_in_a_list_is_refused_however_it_is_written(there, at):
    first, second = line(run_by=there.run_by), line("m.facebook.com/Oakfield?fbclid=1", run_by=there.run_by)
    brought = Brought(there.owner, at, first, second)
    assert (brought.outcomes, brought.said(1)[0]) == (["new", "refused"], "line_twice")


def test_a_refused_line_is_left_out_and_the_others_are_taken_in(there, at):
    brought = Brought(there.owner, at, line(run_by=there.run_by), line("nowhere", run_by=there.run_by))
    assert brought.outcomes == ["new", "refused"]
    brought.confirm()
    assert Account.objects.count() == 1


def test_what_has_changed_since_it_was_shown_is_looked_at_again(there, at):
    brought = Brought(there.owner, at, line(run_by=there.run_by))
    seen = brought.plan.seen
    taken_in(there.owner, at, line(run_by=there.run_by))
    with pytest.raises(NotNow, match="Something has changed"):
        brought.confirm(seen=seen)


def test_a_closed_account_of_ours_is_not_taken_in_again(there, at):
    (account,) = taken_in(there.owner, at, line(run_by=there.run_by))
    connecting.close_account(account=account, by=someone("Mari", "administrator-moderator"), at=at)
    brought = Brought(there.owner, at + DAY, line(run_by=there.run_by))
    assert (brought.outcomes, brought.said()[:1]) == (["refused"], ["was_closed"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1/9/2016", "2016-09-01"), ("2016-09-01", "2016-09-01"), ("9/2016", "2016-09"),
        ("2016-9", "2016-09"), ("2016", "2016"), ("13/2016", ""), ("1994", ""), ("31/2/2016", ""),
        ("September", ""),
    ],
)  # fmt: skip
def test_since_when_may_be_a_day_a_month_or_a_year(words, found):
    assert since_of(words) == found


def test_columns_have_to_be_said_and_are_known_the_next_time(there, at):
    with pytest.raises(BadInput) as told:
        Brought(there.owner, at, line(), columns={"network": "Network"})
    assert set(told.value.fields) == {"address", "since", "run_by", "school"}
    Brought(there.owner, at, line(run_by=there.run_by))
    again = upload(kind=ACCOUNTS, by=there.owner, at=at, kept=Brought(there.owner, at, line()).kept)
    assert again.mapping.name == "Our accounts"


def test_who_neither_looks_after_people_nor_after_accounts_brings_no_list(there, at):
    with pytest.raises(
        NotAllowed, match="The people who manage people or accounts here must import the accounts list"
    ):
        Brought(there.cara, at, line())


def test_a_list_of_somebody_else_is_not_found(there, at):
    brought, other = Brought(there.owner, at, line()), someone("Olga", "slt")
    with pytest.raises(NotFound):
        ACCOUNTS.find(other, brought.importing.pk)
    with pytest.raises(NotFound):
        drop(kind=ACCOUNTS, by=other, at=at, importing=brought.importing)


def test_a_list_that_nobody_confirms_lapses_after_a_day(there, at):
    brought = Brought(there.owner, at, line(run_by=there.run_by))
    assert let_lapse(kind=ACCOUNTS, at=at + DAY - timedelta(seconds=1)) == []
    assert let_lapse(kind=ACCOUNTS, at=at + DAY) == [brought.kept.file]
    with pytest.raises(NotNow, match="has ended"):
        brought.confirm()


def test_a_list_is_limited_in_lines(there, at):
    lines = [line(f"https://www.facebook.com/page{number}", run_by=there.run_by) for number in range(501)]
    with pytest.raises(BadInput) as told:
        Brought(there.owner, at, *lines)
    assert "more than 501 rows" in str(told.value.fields["file"])


def test_twelve_accounts_come_in_together(there, at):
    lines = [line(f"https://www.facebook.com/page{number}", run_by=there.run_by) for number in range(12)]
    assert len(taken_in(there.owner, at, *lines)) == 12
    assert ImportedAccount.objects.filter(regular_at=None).count() == 12


def test_a_workbook_says_the_same_as_a_csv_file(there, at):
    content = write_csv([list(COLUMNS.values()), line(run_by=there.run_by).split(",")])
    assert content.startswith(b"\xef\xbb\xbf")
    assert Brought(there.owner, at, line(run_by=there.run_by), head=HEAD).outcomes == ["new"]
