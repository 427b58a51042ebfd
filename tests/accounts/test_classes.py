"""Accounts of a class at the new school year period: they move up, stay with the room, or close."""

from datetime import UTC, datetime

import pytest

from schoolgate.accounts.classes import choose_at_turn, class_of, classes_at_turn, say_circle, say_class
from schoolgate.accounts.closing import begin_closing, call_off_closing
from schoolgate.accounts.models import Account, AccountClass, Admission, Circle, Closing, class_in, next_label
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.policy.asking import record_decision
from tests.accounts.watched import in_term, open_account_of
from tests.cast import someone
from tests.conftest import recorded
from tests.second_presses import done_already, not_done

SUMMER = datetime(2027, 7, 1, 9, tzinfo=UTC)
LABELS = ["Year 4", "Class 4B", "Dosbarth 3", "Blwyddyn 12", "Reception", "Form B", "Year 9 and Year 10"]


@pytest.fixture
def cast(at_federation, at):
    with at_federation("wildground") as found:
        in_term(found.school, at)
        found.lead = someone("Amina Khan", "lead-staff-member")
        found.other = someone("Cai Rees", "staff")
        found.account = open_account_of(found.school, found.lead, opened_at=at, name="Year 4")
        yield found


@pytest.fixture
def classed(cast, at):
    say_class(account=cast.account, by=cast.lead, at=at, label="Year 4")
    return cast


def let_in(cast, at, state: str = "done") -> Admission:
    kept = record_decision("account.status", {}, at=at, by=cast.owner, subject=cast.version)
    done = {"done_at": at, "done_by": cast.lead} if state == "done" else {}
    return Admission.objects.create(
        account=cast.account, asked_for="friend", kind="person", relation="parent", who="P", who_key="p",
        asked_on=at.date(), entered_by=cast.lead, entered_at=at, state=state, decided_at=at,
        decided_by=cast.lead, decision=kept, **done,
    )  # fmt: skip


def choose(cast, choice: str, at: datetime = SUMMER, **more) -> AccountClass:
    return choose_at_turn(account=cast.account, by=more.pop("by", cast.lead), at=at, choice=choice, **more)


def test_it_moves_up_with_its_class_under_a_new_label(classed):
    let_in(classed, SUMMER)
    row = choose(classed, "moves_up", label=" Year  5 ")
    assert (row.year, row.label, row.was, row.let_out) == (2027, "Year 5", "Year 4", 0)
    assert Admission.objects.get().state == "done"
    assert [each.event for each in recorded()][-2:] == ["account.class_said", "account.class_chosen"]


def test_without_a_new_label_it_does_not_move_up(classed):
    with pytest.raises(BadInput) as refused:
        choose(classed, "moves_up", label=" ")
    assert list(refused.value.fields) == ["label"]
    assert AccountClass.objects.count() == 1


def test_it_stays_with_the_year_and_who_was_let_in_is_out_again(classed, at):
    let_in(classed, at)
    let_in(classed, at, state="let_in")
    say_circle(
        account=classed.account, by=classed.lead, at=at, with_pupils=True, made_for_pupils=True,
        private_messages=False,
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        choose(classed, "stays")
    assert list(refused.value.fields) == ["taken_out"]
    assert not Admission.objects.filter(state="ended").exists()

    row = choose(classed, "stays", taken_out=True)
    assert (row.label, row.let_out) == ("Year 4", 2)
    assert set(Admission.objects.values_list("state", "ended_by")) == {("ended", classed.lead.pk)}
    assert Circle.objects.get().with_pupils is None
    events = [each.event for each in recorded()]
    assert events[-3:] == ["admission.ended", "admission.ended", "account.class_chosen"]


def test_who_still_waits_to_be_let_in_goes_on_waiting(classed, at):
    waiting = let_in(classed, at)
    Admission.objects.filter(pk=waiting.pk).update(
        state="waiting", decided_at=None, decided_by=None, decision=None
    )
    choose(classed, "stays")
    assert Admission.objects.get().state == "waiting"


def test_to_close_it_begins_its_closing_and_closes_nothing_by_itself(classed):
    choose(classed, "closes")
    assert Closing.objects.get().account_id == classed.account.pk
    classed.account.refresh_from_db()
    assert classed.account.state == "open"


def test_once_its_closing_is_called_off_it_is_chosen_anew(classed):
    choose(classed, "closes")
    with not_done("answered differently"):
        choose(classed, "stays")
    call_off_closing(closing=Closing.objects.get(), by=classed.lead, at=SUMMER)
    assert class_of(classed.account, 2027).to_choose
    row = choose(classed, "moves_up", label="Year 5")
    assert (row.label, row.was, AccountClass.objects.count()) == ("Year 5", "Year 4", 2)
    assert not class_of(classed.account, 2027).to_choose


@pytest.mark.parametrize(
    ("on", "open_then"),
    [((2027, 6, 7), False), ((2027, 6, 8), True), ((2027, 9, 30), True), ((2027, 10, 1), False)],
)
def test_it_is_chosen_within_the_turn_only(classed, on, open_then):
    at = datetime(*on, 12, tzinfo=UTC)
    if open_then:
        assert choose(classed, "closes", at=at).choice == "closes"
    else:
        with pytest.raises(NotNow, match="new school year period"):
            choose(classed, "closes", at=at)


def test_it_is_chosen_once_and_never_for_an_account_of_no_class(cast, at):
    with pytest.raises(NotNow, match="hasn’t been recorded"):
        choose(cast, "closes")
    say_class(account=cast.account, by=cast.lead, at=at, label="")
    with pytest.raises(NotNow, match="hasn’t been recorded"):
        choose(cast, "closes")
    say_class(account=cast.account, by=cast.lead, at=at, label="Year 4")
    choose(cast, "closes")
    with done_already():
        choose(cast, "closes")
    with not_done("answered differently"):
        choose(cast, "moves_up", label="Year 5")
    with not_done("no longer choose"):
        say_class(account=cast.account, by=cast.lead, at=SUMMER, label="Year 3")


def test_who_leads_or_decides_chooses_and_nobody_else(classed, at):
    for refused in (classed.other, someone("Bryn", "administrator-moderator")):
        with pytest.raises(NotAllowed):
            choose(classed, "closes", by=refused)
        with pytest.raises(NotAllowed):
            say_class(account=classed.account, by=refused, at=at, label="Year 3")
    with pytest.raises(BadInput):
        choose(classed, "something")
    assert choose(classed, "closes", by=classed.owner).said_by_id == classed.owner.pk


def test_a_closed_account_is_left_alone(classed, at):
    begin_closing(account=classed.account, by=classed.lead, at=at)
    Account.objects.update(state="closed", closed_at=at)
    classed.account.refresh_from_db()
    with pytest.raises(NotNow):
        choose(classed, "closes")
    with pytest.raises(NotNow):
        say_class(account=classed.account, by=classed.lead, at=at, label="Year 3")


def test_a_label_has_an_end(cast, at):
    say_class(account=cast.account, by=cast.lead, at=at, label="x" * 60)
    with pytest.raises(BadInput):
        say_class(account=cast.account, by=cast.lead, at=at, label="x" * 61)


def test_accounts_are_sorted_by_what_was_said_of_them(cast, at):
    open_account_of(cast.school, cast.lead, opened_at=at, name="School news")
    assert [each.account.name for each in classes_at_turn(2027).unsaid] == ["Year 4"]
    assert classes_at_turn(2027).others == 1
    say_class(account=cast.account, by=cast.lead, at=at, label="Year 4")
    assert [each.account.name for each in classes_at_turn(2027).to_choose] == ["Year 4"]
    choose(cast, "moves_up", label="Year 5")
    found = classes_at_turn(2027)
    assert ([each.account.name for each in found.chosen], found.to_choose) == (["Year 4"], [])
    after = class_of(cast.account, 2028)
    assert (after.before.label, after.to_choose) == ("Year 5", True)


def test_it_asks_as_often_for_many_accounts(cast, at, same_queries):
    def grow():
        for number in range(5):
            account = open_account_of(cast.school, cast.other, opened_at=at, name=f"Class {number}")
            say_class(account=account, by=cast.owner, at=at, label=f"Class {number}")

    same_queries(lambda: classes_at_turn(2027), grow)


def test_another_federations_accounts_are_not_there(make_federation, cast, at):
    with pytest.raises(Exception, match="scope"), scope(make_federation("wootton", "wootton").pk):
        classes_at_turn(2027)


def test_words_that_look_like_a_class_are_a_hint():
    assert all(class_in("", label) for label in LABELS)
    for words in (
        "School news",
        "This year in sport",
        "In a class of its own",
        "Former pupils",
        "Information",
    ):
        assert class_in(words) == ""


@pytest.mark.parametrize(
    ("label", "then"),
    [("Year 4", "Year 5"), ("Class 4B", "Class 5B"), ("Year 12", "Year 13"), ("Year 13", ""), ("Beech", ""),
     ("Years 3 and 4", ""), ("Year 0", "")],
)  # fmt: skip
def test_the_label_of_a_year_later_is_offered_where_one_number_tells_it(label, then):
    assert next_label(label) == then
