"""Pupils and consents from the school's own records: taken over as shown, blank is no, a later no stays."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.choices import choose_own_yes
from schoolgate.pupils import consents, linking
from schoolgate.pupils.answering import record_answer, settle_consent
from schoolgate.pupils.linking import revoke_link
from schoolgate.pupils.models import SETTLE, Consent, ParentLink, Pupil, PupilMapping, Use, Why, Withdrawal
from tests.cast import someone
from tests.pupils.lists import COLUMNS, HEAD, Brought, line

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


def may(pupil, at, use="picture", channel="facebook"):
    asked = {"uses": Use.values, "channel": channel, "on": local_day(at), "own_yes_from": None}
    return consents.standings([pupil], **asked)[pupil.pk][use]


def test_pupils_come_with_the_answers_of_the_list(amina, school, at):
    brought = Brought(amina, at, school, line(picture="Yes", name="No", form="4B", born_on="1/9/2016"))
    counts = brought.plan.counts
    assert (counts["pupils_before"], counts["pupils_after"], counts["answers_given"]) == (0, 1, 1)
    brought.confirm()
    ava = Pupil.objects.get()
    assert (ava.name, ava.form, str(ava.born_on)) == ("Ava Thomas", "4B", "2016-09-01")
    assert may(ava, at).may
    assert may(ava, at, "name").why == Why.REFUSED
    assert may(ava, at, "film").why == Why.NOT_ASKED


def test_blank_is_no_and_writes_nothing(amina, school, at):
    Brought(amina, at, school, line(picture="", name="Pending")).confirm()
    assert not Consent.objects.exists()
    assert may(Pupil.objects.get(), at).why == Why.NOT_ASKED


def test_a_word_that_no_one_has_explained_stops_the_list(amina, school, at):
    brought = Brought(amina, at, school, line(), line("A2", picture="Y"), explained=False)
    assert brought.outcomes == ["new", "refused"]
    assert ("picture", "Y") in brought.plan.unknown
    with pytest.raises(NotNow, match="nothing is imported"):
        brought.confirm()
    assert not Pupil.objects.exists()


def test_a_heading_that_asks_for_a_no_is_explained_the_other_way_round(amina, school, at):
    brought = Brought(amina, at, school, line(picture="Yes"), head=HEAD.replace("Photos", "No photos"),
                      columns=COLUMNS | {"picture": "No photos"}, explained=False)  # fmt: skip
    brought.words(picture={"Yes": "refused"}, name={})
    brought.confirm()
    assert may(Pupil.objects.get(), at).why == Why.REFUSED


def test_a_word_means_given_refused_or_not_asked_and_nothing_else(amina, school, at):
    brought = Brought(amina, at, school, line(picture="Y"), explained=False)
    with pytest.raises(BadInput):
        brought.words(picture={"Y": "perhaps"})
    with pytest.raises(BadInput):
        brought.words(form={"4B": "given"})


def test_a_yes_that_is_no_longer_in_the_list_is_gone(amina, school, at):
    Brought(amina, at, school, line(picture="Yes")).confirm()
    again = Brought(amina, at + DAY, school, line(picture=""))
    assert again.said() == ["taken_back"]
    again.confirm()
    assert may(Pupil.objects.get(), at + DAY).why == Why.NOT_ASKED


def test_a_later_no_recorded_here_stays_whatever_the_list_says(amina, school, at):
    Brought(amina, at, school, line(picture="Yes")).confirm()
    ava = Pupil.objects.get()
    said = {"uses": ["picture"], "answer": "refused", "giver": "parent", "form": "spoken"}
    record_answer(by=amina, at=at, pupil=ava, **said)
    again = Brought(amina, at + DAY, school, line(picture="Yes"))
    assert again.said() == ["stays_no"]
    assert again.outcomes == ["same"]
    assert may(ava, at + DAY).why == Why.REFUSED


def test_the_same_list_twice_changes_nothing(amina, school, at):
    Brought(amina, at, school, line(picture="Yes")).confirm()
    assert not Brought(amina, at, school, line(picture="Yes")).plan.changes


def test_pupils_who_are_not_in_the_list_have_left_only_if_that_is_said(amina, school, at):
    Brought(amina, at, school, line("A1", picture="Yes"), line("A2", "Tomos", "Ellis")).confirm()
    kept = Brought(amina, at + DAY, school, line("A2", "Tomos", "Ellis", form="5A"))
    assert [each.name for each in kept.plan.missing] == ["Ava Thomas"]
    kept.confirm()
    ava = Pupil.objects.get(key="A1")
    assert may(ava, at + DAY).may
    Brought(amina, at + DAY, school, line("A2", "Tomos", "Ellis", form="5B")).confirm(left=True)
    ava.refresh_from_db()
    assert may(ava, at + DAY).why == Why.LEFT
    back = Brought(amina, at + 2 * DAY, school, line("A1", picture="Yes"))
    assert back.said() == ["back"]
    back.confirm()
    ava.refresh_from_db()
    assert may(ava, at + 2 * DAY).may


def test_the_same_number_at_another_school_is_another_pupil(amina, school, at):
    other = School.objects.create(name="Wildground Infants", slug="infants")
    Brought(amina, at, school, line()).confirm()
    second = Brought(amina, at, other, line(first="Mali"))
    second.explain(name="Pupils from the office")
    second.confirm()
    assert Pupil.objects.count() == 2


def test_headings_that_nothing_is_read_from_are_named_and_not_kept(amina, school, at):
    brought = Brought(amina, at, school, line() + ",asthma", head=HEAD + ",Medical notes")
    assert list(brought.plan.unread) == ["Medical notes"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (line(key=""), "no_key"),
        (line(last=""), "no_value"),
        (line(first="=1+1"), "formula"),
        (line(first="A" * 81), "too_long"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(amina, school, at, wrong, code):
    assert code in Brought(amina, at, school, wrong).said()


@pytest.mark.parametrize(("born", "code"), [("31/2/2016", "bad_day"), ("1/9/2099", "born_future")])
def test_a_date_of_birth_that_cannot_be_right_is_left_out_and_nothing_else(amina, school, at, born, code):
    Brought(amina, at, school, line(born_on="3/4/2016")).confirm()
    before = Pupil.objects.get().born_on
    brought = Brought(amina, at, school, line(born_on=born, form="9Z"))
    assert brought.said() == ["changed", code]
    assert [each.code for planned in brought.plan.lines for each in planned.notes] == [code]
    brought.confirm()
    ava = Pupil.objects.get()
    assert (ava.born_on, ava.form) == (before, "9Z")


def test_a_list_without_a_column_leaves_what_it_would_say_as_it_is(amina, school, at):
    Brought(amina, at, school, line(born_on="3/4/2016")).confirm()
    Pupil.objects.update(known_as="Avie")
    columns = {name: COLUMNS[name] for name in ("key", "first_name", "last_name", "picture")}
    short = Brought(
        amina,
        at,
        school,
        "A1,Ava,Thomas,",
        head="UPN,Forename,Surname,Photos",
        columns=columns,
        explained=False,
        name="Names only",
    )
    assert (short.said(), short.outcomes) == ([], ["same"])


def test_two_rows_with_one_number_are_both_refused_whatever_their_names(amina, school, at):
    brought = Brought(amina, at, school, line(picture="Yes"), line(first="Eve", picture="No"), line("A2"))
    assert (brought.outcomes, brought.said(), brought.said(1)) == (
        ["refused", "refused", "new"], ["line_twice"], ["line_twice"],
    )  # fmt: skip


def test_a_bad_row_is_left_out_and_the_others_are_imported(amina, school, at):
    Brought(amina, at, school, line("A1", picture="Yes")).confirm()
    again = Brought(amina, at + DAY, school, line("A1", "?va", picture="No"), line("A2", "Tomos", "Ellis"))
    assert (again.outcomes, again.said()) == (["refused", "new"], ["damaged", "no_left_out"])
    again.confirm()
    assert set(Pupil.objects.values_list("first_name", flat=True)) == {"Ava", "Tomos"}
    assert may(Pupil.objects.get(key="A1"), at + DAY).may


def test_a_list_of_which_nothing_is_left_is_not_imported(amina, school, at):
    brought = Brought(amina, at, school, line("A1", "?va"))
    with pytest.raises(NotNow, match="change nothing"):
        brought.confirm()


def test_nobody_counts_as_having_left_while_a_row_is_rejected(amina, school, at):
    Brought(amina, at, school, line("A1"), line("A2", "Tomos", "Ellis")).confirm()
    again = Brought(amina, at + DAY, school, line("", "Ava"), line("A2", "Tomos", "Ellis", form="5A"))
    with pytest.raises(NotNow, match="who has left"):
        again.confirm(left=True)
    again.confirm()
    assert not Pupil.objects.exclude(left_on=None).exists()


def test_another_name_under_a_number_is_taken_only_where_somebody_says_it_is_the_same_child(
    amina, school, at
):
    Brought(amina, at, school, line(picture="Yes")).confirm()
    again = Brought(amina, at + DAY, school, line(first="Eve", last="Nowak", picture="Yes"))
    assert again.said() == ["other_name", "renamed", "renamed"]
    with pytest.raises(NotNow, match="someone else"):
        again.confirm()
    with pytest.raises(NotNow, match="someone else"):
        again.confirm(agreed=[3])
    assert Pupil.objects.get().name == "Ava Thomas"
    again.confirm(agreed=[2])
    assert Pupil.objects.get().name == "Eve Nowak"


@pytest.mark.parametrize("name", [("Ava Grace", "Thomas"), ("AVA", "Thomas"), ("Áva", "Thomas")])
def test_a_longer_or_better_written_name_asks_nothing(amina, school, at, name):
    Brought(amina, at, school, line()).confirm()
    again = Brought(amina, at + DAY, school, line(first=name[0], last=name[1]))
    assert again.said() == ["renamed"]
    again.confirm()


def test_a_sister_under_the_same_number_is_asked_about(amina, school, at):
    Brought(amina, at, school, line()).confirm()
    assert "other_name" in Brought(amina, at + DAY, school, line(first="Eve")).said()


def test_a_number_whose_zeros_a_spreadsheet_took_away_is_asked_about_and_nobody_counts_as_gone(
    amina, school, at
):
    Brought(amina, at, school, line("004512", picture="Yes")).confirm()
    again = Brought(amina, at + DAY, school, line("4512", form="5A", picture="Yes"))
    assert (again.said(), again.outcomes) == (["number_like", "changed"], ["changed"])
    assert again.plan.missing == []
    with pytest.raises(NotNow, match="someone else"):
        again.confirm()
    again.confirm(agreed=[2], left=True)
    ava = Pupil.objects.get()
    assert (ava.key, ava.form, ava.left_on) == ("004512", "5A", None)


def test_two_lines_whose_numbers_differ_only_by_zeros_are_refused(amina, school, at):
    brought = Brought(amina, at, school, line("004512"), line("4512", "Eve"))
    assert (brought.outcomes, brought.said(1)) == (["refused", "refused"], ["line_alike"])


def test_two_pupils_here_with_such_numbers_keep_each_their_own(amina, school, at):
    for key, first in (("004512", "Ava"), ("4512", "Eve")):
        Pupil.objects.create(school=school, key=key, first_name=first, last_name="Thomas")
    both = Brought(amina, at, school, line("004512"), line("4512", "Eve"))
    assert (both.outcomes, both.plan.missing) == (["same", "same"], [])
    third = Brought(amina, at, school, line("04512"))
    assert third.said() == ["numbers_alike"]


def test_a_dash_is_a_blank_answer_unless_somebody_says_what_it_means(amina, school, at):
    brought = Brought(amina, at, school, line(picture="-", form="-"))
    assert brought.said() == ["comes"]
    brought.words(picture={"-": "refused"})
    brought.confirm()
    ava = Pupil.objects.get()
    assert (ava.form, may(ava, at).why) == ("", Why.REFUSED)


@pytest.mark.parametrize("nothing", ["n/a", "None", "nil", "#N/A", "–"])
def test_words_that_say_there_is_nothing_are_blank_and_no_yes(amina, school, at, nothing):
    Brought(amina, at, school, line(picture=nothing, form=nothing, born_on=nothing, parent="")).confirm()
    ava = Pupil.objects.get()
    assert (ava.form, ava.born_on, may(ava, at).why) == ("", None, Why.NOT_ASKED)


def test_a_child_who_is_called_none_or_nil_keeps_the_name(amina, school, at):
    Brought(amina, at, school, line(first="Nil", last="None")).confirm()
    assert Pupil.objects.get().name == "Nil None"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_is_a_blank_cell_and_no_formula(amina, school, at, dash):
    given = {"known_as": dash, "form": dash, "born_on": dash, "parent": dash, "parent_email": dash}
    brought = Brought(amina, at, school, line(picture="Yes", **given))
    assert set(brought.said()) == {"comes", "answer"}
    brought.confirm()
    ava = Pupil.objects.get()
    assert (ava.known_as, ava.form, ava.born_on, ParentLink.objects.count()) == ("", "", None, 0)


def test_a_no_of_a_pupil_who_may_be_the_same_child_is_not_said_to_be_the_lists(amina, school, at):
    Brought(amina, at, school, line("004512", picture="No")).confirm()
    Brought(amina, at, school, line("ZZ901", picture="Yes")).confirm()
    said = Consent.objects.filter(pupil__key="ZZ901", use="picture").order_by("id")
    assert [(one.answer, one.form) for one in said] == [("refused", "alike"), ("given", "list")]
    assert not may(Pupil.objects.get(key="ZZ901"), at).may


def test_a_teacher_imports_no_pupils(cara, school, at):
    with pytest.raises(NotAllowed):
        Brought(cara, at, school, line())


def test_another_federation_has_none_of_them(federation, make_federation, at):
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        Brought(someone("Amina", "slt"), at, school, line(picture="Yes")).confirm()
    with scope(make_federation("other", "wootton").pk):
        assert not Pupil.objects.exists()
        assert not Consent.objects.exists()


def test_the_parents_of_the_list_get_a_link_once_and_nothing_is_sent(amina, school, at):
    given = {"parent": "Ann Thomas", "parent_email": "Ann@Example.org"}
    for later in range(2):
        Brought(amina, at + later * DAY, school, line(**given, form=f"{later}B")).confirm()
        link = ParentLink.objects.get()
        assert (link.who, link.email.lower(), link.mailed_at) == ("Ann Thomas", "ann@example.org", None)
    assert linking.find(linking.code_of(link), at=at) == link


def test_a_revoked_link_is_not_made_again_by_a_list(amina, school, at):
    Brought(amina, at, school, line(parent="Ann Thomas")).confirm()
    revoke_link(by=amina, at=at, link=ParentLink.objects.get())
    Brought(amina, at + DAY, school, line(parent="ann thomas", form="5B")).confirm()
    assert ParentLink.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"parent": "Ann", "parent_email": "ann"}, {"parent_email": "a@example.org"}]
)
def test_an_address_that_is_none_or_no_ones_makes_no_link_and_refuses_nothing_else(amina, school, at, wrong):
    brought = Brought(amina, at, school, line(picture="Yes", **wrong))
    assert brought.outcomes == ["new"]
    brought.confirm()
    assert may(Pupil.objects.get(), at).may
    assert not ParentLink.objects.exists()


def test_a_month_before_its_day_puts_the_whole_column_in_doubt(amina, school, at):
    rows = [line("A1", born_on="9/23/2016"), line("A2", "Eve", born_on="4/5/2016"),
            line("A3", "Mali", born_on="5/5/2016"), line("A4", "Tom", born_on="1 Sept 2016")]  # fmt: skip
    brought = Brought(amina, at, school, *rows)
    assert [[one.code for one in each.notes] for each in brought.plan.lines] == [
        ["month_first"], ["either_first"], [], [],
    ]  # fmt: skip
    brought.confirm()
    born = dict(Pupil.objects.values_list("key", "born_on"))
    assert [str(born[key]) for key in ("A1", "A2", "A3", "A4")] == [
        "None",
        "None",
        "2016-05-05",
        "2016-09-01",
    ]


def test_a_list_that_no_longer_says_yes_is_a_withdrawal(amina, school, at):
    Brought(amina, at, school, line(picture="Yes")).confirm()
    assert not Withdrawal.objects.exists()
    Brought(amina, at + DAY, school, line(picture="No")).confirm()
    row = Withdrawal.objects.get()
    assert (row.cause, row.uses, row.who) == ("list", ["picture"], "")


def test_the_preview_of_a_new_pupil_says_where_their_own_yes_is_missing(amina, school, at):
    choose_own_yes(by=amina, at=at, age=13)
    brought = Brought(
        amina, at, school, line(picture="Yes", born_on="1/9/2010"),
        line("A2", "Tomos", "Ellis", picture="Yes", born_on="1/9/2016"),
        line("A3", "Mali", "Huws", picture="Yes"),
    )  # fmt: skip
    told = [[(one.code, one.args["why"]) for one in each.notes] for each in brought.plan.lines]
    assert told == [[("stays_no", Why.OWN_YES)], [], [("stays_no", Why.OWN_YES)]]


def test_the_preview_says_where_a_parents_yes_counts_though_the_list_has_none(amina, school, at):
    Brought(amina, at, school, line(picture="Yes", form="4B")).confirm()
    said = {"uses": ["picture"], "answer": "given", "giver": "parent", "form": "spoken"}
    record_answer(by=amina, at=at, pupil=Pupil.objects.get(), **said)
    again = Brought(amina, at + DAY, school, line(picture="", form="4B"))
    assert again.said() == ["taken_back", "stays_yes"]
    again.confirm()
    assert may(Pupil.objects.get(), at + DAY).may


def test_an_imports_yes_that_meets_a_no_is_shown_as_no_and_opens_the_task(amina, school, at):
    Brought(amina, at, school, line()).confirm()
    said = {"uses": ["picture"], "answer": "refused", "giver": "parent", "form": "spoken"}
    record_answer(by=amina, at=at, pupil=Pupil.objects.get(), **said)
    again = Brought(amina, at + DAY, school, line(picture="Yes"))
    (note,) = again.plan.lines[0].notes
    assert (note.code, note.args["why"]) == ("stays_no", Why.DISAGREE)
    again.confirm()
    assert may(Pupil.objects.get(), at + DAY).why == Why.DISAGREE
    assert Duty.objects.filter(kind=SETTLE, state="open").exists()


def test_a_no_that_a_list_still_has_after_a_yes_was_settled_is_said_again(amina, ben, school, at):
    Brought(amina, at, school, line(picture="No")).confirm()
    ava = Pupil.objects.get()
    said = {"uses": ["picture"], "answer": "given", "giver": "parent", "form": "spoken"}
    record_answer(by=ben, at=at, pupil=ava, **said)
    settle_consent(
        by=amina, at=at, pupil=ava, uses=["picture"], answer="given", form="spoken", why="She rang us.",
        seen=consents.newest_answer(ava),
    )  # fmt: skip
    assert may(ava, at).may
    again = Brought(amina, at + DAY, school, line(picture="No"))
    assert again.said() == ["answer"]
    again.confirm()
    assert not may(ava, at + DAY).may


def test_a_column_of_a_use_that_is_no_longer_asked_is_not_read(amina, school, at):
    Brought(amina, at, school, line(picture="Yes"))
    PupilMapping.objects.update(columns={**COLUMNS, "work": "Name online"})
    brought = Brought(amina, at, school, line(picture="Yes", name="Yes"))
    assert (brought.outcomes, list(brought.plan.unread)) == (["new"], [])
    PupilMapping.objects.update(columns={name: COLUMNS[name] for name in COLUMNS if name != "name"} | {
        "work": "Name online"
    })  # fmt: skip
    assert list(Brought(amina, at, school, line(name="Yes")).plan.unread) == ["Name online"]
