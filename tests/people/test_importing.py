"""A list of people is taken over: what each line comes to, and that it is all or nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.people import actions, queries
from schoolgate.people.importing.storing import keep_list, read_list
from schoolgate.people.models import Holding, ImportMapping, Invitation, PeopleImport, Person, Seat, User
from schoolgate.people.sheets import same_word
from tests.cast import give, someone

COLUMNS = {
    "name": "Name",
    "email": "Email",
    "relation": "Type",
    "role": "Role",
    "school": "School",
    "from_day": "From",
    "to_day": "Until",
    "manager": "Manager",
    "leaving_day": "Leaves",
    "active": "Active",
}
HEAD = ",".join(COLUMNS.values())
DAY = timedelta(days=1)


@pytest.fixture
def home_here(home):
    """Files and keys of this test alone."""
    return home


@pytest.fixture(autouse=True)
def _always(home_here):
    return home_here


def line(name="Dan Evans", email="dan@example.org", relation="staff", **more):
    said = {"name": name, "email": email, "relation": relation, **more}
    return ",".join(str(said.get(field, "")) for field in COLUMNS)


class Brought:
    """A list, brought and explained."""

    def __init__(self, by, at, *lines, columns=None, defaults=None, head=HEAD, name="Staff list"):
        content = "\n".join([head, *lines]).encode()
        self.by, self.at = by, at
        self.kept = keep_list(content, federation_id=current_scope().federation_id)
        self.importing = actions.start_import(by=by, at=at, kept=self.kept)
        if self.importing.mapping is None:
            explain(self, columns=columns, defaults=defaults, name=name)

    @property
    def plan(self):
        return actions.what_comes_of(self.importing, self.kept.sheet, by=self.by, on=local_day(self.at))

    @property
    def outcomes(self):
        return [str(each.outcome) for each in self.plan.lines]

    def said(self, number=0):
        return [one.code for one in self.plan.lines[number].said]

    def confirm(self, **more):
        given = {"by": self.by, "at": self.at, "seen": self.plan.seen} | more
        return actions.import_people(importing=self.importing, sheet=self.kept.sheet, **given)


def explain(brought, *, columns=None, defaults=None, name="Staff list"):
    return actions.explain_columns(
        by=brought.by,
        at=brought.at,
        importing=brought.importing,
        sheet=brought.kept.sheet,
        name=name,
        columns=columns or {k: v for k, v in COLUMNS.items() if k != "manager"},
        defaults=defaults or {},
        shape=brought.kept.shape,
    )


def words(brought, **meant):
    given = {field: {same_word(word): ours for word, ours in each.items()} for field, each in meant.items()}
    return actions.explain_words(by=brought.by, at=brought.at, importing=brought.importing, words=given)


# --- Who comes ----------------------------------------------------------------------------------------------


def test_somebody_new_gets_a_place_and_a_role_and_cannot_sign_in_by_it(amina, school, at):
    brought = Brought(amina, at, line(role="Staff", school=school.name))
    assert brought.outcomes == ["new"]
    brought.confirm()
    dan = Person.objects.get(email="dan@example.org")
    assert (dan.name, dan.relation, dan.language, dan.user.has_usable_password()) == (
        "Dan Evans", "staff", "en", False,
    )  # fmt: skip
    assert Seat.objects.get(person_id=dan.pk).user_id == dan.user_id
    assert queries.roles_of(dan, on=local_day(at), school=school) == ["Staff"]
    assert queries.roles_of(dan, on=local_day(at)) == []
    assert Invitation.objects.count() == 0


def test_an_invitation_goes_to_who_is_new_only_where_it_is_asked_for(amina, cara, at):
    brought = Brought(amina, at, line(), line(name="Cara", email=cara.email))
    brought.confirm(invite=True)
    assert list(Invitation.objects.values_list("user__email", flat=True)) == ["dan@example.org"]


def test_a_preview_writes_nothing(amina, at):
    before = Person.objects.count(), User.objects.count()
    assert Brought(amina, at, line()).outcomes == ["new"]
    assert (Person.objects.count(), User.objects.count()) == before


def test_somebody_who_is_here_is_changed_where_the_list_says_otherwise(amina, cara, at):
    brought = Brought(amina, at, line(name="Cara Rees", email=cara.email.upper(), relation="Governor"))
    assert (brought.outcomes, brought.said()) == (["changed"], ["name_changed", "relation_changed"])
    brought.confirm()
    cara.refresh_from_db()
    assert (cara.name, cara.relation) == ("Cara Rees", "governor")


def test_somebody_of_whom_the_list_says_the_same_stays_as_they_are(amina, cara, at):
    brought = Brought(amina, at, line(name=" Cara ", email=f" {cara.email} ", role="STAFF", school=""))
    words(brought, school={"": ""})
    assert brought.outcomes == ["same"]
    assert brought.plan.changes is False


def test_somebody_who_is_not_in_the_list_is_named_and_left_alone(amina, ben, cara, at):
    someone("Gwen", relation="governor")
    brought = Brought(amina, at, line(name="Cara", email=cara.email))
    assert [one.name for one in brought.plan.missing] == ["Amina", "Ben"]
    brought.confirm()
    assert Person.objects.filter(left_on=None).count() == 4
    assert queries.roles_of(ben, on=local_day(at)) == ["SLT"]


def test_the_name_of_somebody_here_with_another_address_is_pointed_out(amina, cara, at):
    assert Brought(amina, at, line(name="CARA")).said() == ["added", "same_name"]


def test_names_may_stand_in_two_columns(amina, at):
    columns = {"first_name": "First", "last_name": "Last", "email": "Email"}
    brought = Brought(
        amina, at, "Dan,Evans,dan@example.org",
        head="First,Last,Email", columns=columns, defaults={"relation": "volunteer"},
    )  # fmt: skip
    brought.confirm()
    assert Person.objects.get(name="Dan Evans").relation == "volunteer"


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "=HYPERLINK(1)"}, "formula"),
        ({"email": "@dan"}, "formula"),
        ({"name": ""}, "no_name"),
        ({"name": "x" * 201}, "bad_name"),
        ({"name": "Dan\u202eEvans"}, "bad_name"),
        ({"email": ""}, "no_email"),
        ({"email": "dan"}, "bad_email"),
        ({"relation": ""}, "no_value"),
        ({"relation": "Dinner lady"}, "unknown_value"),
        ({"role": "Wizard", "school": "Wildground Juniors"}, "unknown_value"),
        ({"role": "Staff", "school": "Hogwarts"}, "unknown_value"),
        ({"role": "Staff"}, "no_value"),
        ({"from_day": "soon"}, "bad_day"),
        ({"from_day": "2/9/2027", "to_day": "1/9/2027"}, "days_crossed"),
        ({"active": "perhaps"}, "unknown_value"),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_with_the_reason(amina, school, at, more, code):
    brought = Brought(amina, at, line(**more), line(name="Eve", email="eve@example.org"))
    assert (brought.outcomes, brought.said()) == (["refused", "new"], [code])


def test_while_one_line_is_refused_nothing_is_taken_over(amina, at):
    brought = Brought(amina, at, line(name="Eve", email="eve@example.org"), line(email="dan"))
    with pytest.raises(NotNow, match="nothing is taken over"):
        brought.confirm()
    assert not Person.objects.filter(email="eve@example.org").exists()
    assert queries.import_for(amina, brought.importing.pk).state == "open"


def test_more_cells_than_headings_are_refused(amina, at):
    assert Brought(amina, at, line() + ",,more").said() == ["too_many_cells"]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({}, "line_twice"),
        ({"email": " DAN@example.org"}, "line_twice"),
        ({"name": "Daniel Evans", "role": "SLT", "school": "Wildground Juniors"}, "line_differs"),
    ],
)
def test_somebody_twice_in_a_list_is_refused(amina, school, at, second, code):
    brought = Brought(amina, at, line(role="Staff", school=school.name), line(**second))
    assert (brought.outcomes, brought.said(1)) == (["new", "refused"], [code])


def test_a_second_line_adds_a_role_at_another_school(amina, school, at):
    infants = School.objects.create(name="Infants", slug="infants")
    lines = [line(role="Staff", school=one.name) for one in (school, infants)]
    brought = Brought(amina, at, *lines)
    assert brought.plan.counts["people_added"] == 1
    brought.confirm()
    dan = Person.objects.get(email="dan@example.org")
    here = [queries.roles_of(dan, on=local_day(at), school=one) for one in (school, infants)]
    assert here == [["Staff"], ["Staff"]]
    assert queries.roles_of(dan, on=local_day(at)) == []


def test_a_second_line_after_a_refused_one_is_refused_too(amina, school, at):
    brought = Brought(amina, at, line(name=""), line(role="Staff", school=school.name))
    assert brought.said(1) == ["other_person_line"]


# --- Words --------------------------------------------------------------------------------------------------


def test_a_word_that_was_explained_is_understood_in_this_list_and_the_next(amina, school, at):
    brought = Brought(amina, at, line(relation="Gov", role="Teacher; Cleaner", school=school.name))
    assert dict(brought.plan.unknown) == {
        ("relation", "Gov"): 1, ("role", "Teacher"): 1, ("role", "Cleaner"): 1,
    }  # fmt: skip
    words(brought, relation={"Gov": "governor"}, role={"Teacher": "staff", "Cleaner": ""})
    assert brought.said() == ["added", "role_given"]
    again = Brought(amina, at, line(name="Eve", email="eve@example.org", relation=" GOV "))
    assert (again.importing.mapping.name, again.outcomes) == ("Staff list", ["new"])


def test_a_word_that_meant_a_school_that_is_gone_has_to_be_explained_again(amina, school, at):
    old = School.objects.create(name="Old Mill", slug="old-mill")
    brought = Brought(amina, at, line(role="Staff", school="The Mill"))
    words(brought, school={"The Mill": str(old.pk)})
    assert brought.outcomes == ["new"]
    old.delete()
    assert (brought.outcomes, brought.said()) == (["refused"], ["unknown_value"])


def test_a_list_with_other_headings_is_not_read_like_the_one_before(amina, at):
    Brought(amina, at, line())
    other = Brought(
        amina, at, "dan@example.org,Dan", head="Email,Name", name="Volunteers",
        columns={"name": "Name", "email": "Email"}, defaults={"relation": "volunteer"},
    )  # fmt: skip
    assert (other.importing.mapping.name, other.outcomes) == ("Volunteers", ["new"])


def test_one_name_stands_for_one_kind_of_list(amina, at):
    Brought(amina, at, line())
    with pytest.raises(BadInput) as refused:
        Brought(amina, at, "dan@example.org,Dan", head="Email,Name")
    assert list(refused.value.fields) == ["name_of_mapping"]


def test_the_order_of_the_columns_does_not_matter(amina, at):
    Brought(amina, at, line())
    turned = Brought(
        amina, at, ",".join(reversed(line().split(","))), head=",".join(reversed(HEAD.split(",")))
    )
    assert turned.outcomes == ["new"]


@pytest.mark.parametrize(
    ("field", "ours"),
    [
        ("relation", "wizard"),
        ("role", "principal"),
        ("school", "999999"),
        ("active", "perhaps"),
        ("name", "x"),
    ],
)
def test_a_word_means_nothing_that_is_not_offered(amina, at, field, ours):
    brought = Brought(amina, at, line())
    with pytest.raises(BadInput) as refused:
        words(brought, **{field: {"x": ours}})
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("columns", "defaults", "field"),
    [
        ({"name": "Name", "relation": "Type"}, {}, "email"),
        ({"email": "Email", "relation": "Type"}, {}, "name"),
        ({"email": "Email", "name": "Name"}, {}, "relation"),
        ({"email": "Email", "name": "Name"}, {"relation": "wizard"}, "relation"),
        ({"email": "Email", "name": "Name", "relation": "Type", "role": "Role"}, {}, "school"),
        ({"email": "Email", "name": "Email", "relation": "Type"}, {}, "name"),
        ({"email": "Email", "name": "Nom", "relation": "Type"}, {}, "name"),
        (COLUMNS, {}, "manager"),
    ],
)
def test_missing_and_wrong_columns_are_named(amina, at, columns, defaults, field):
    brought = Brought(amina, at, line())
    with pytest.raises(BadInput) as refused:
        explain(brought, columns=columns, defaults=defaults)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("content", [b"Name,Email\n", b"Name,Name\nDan,d\n", b"Dan,dan@example.org\nEve,e\n"])
def test_a_list_without_proper_headings_is_refused(federation, content):
    with pytest.raises(BadInput) as refused:
        keep_list(content, federation_id=federation.pk)
    assert list(refused.value.fields) == ["file"]


# --- Roles --------------------------------------------------------------------------------------------------


def test_a_role_is_not_backdated_and_one_that_is_over_is_not_given(amina, school, at):
    today = local_day(at)
    where = {"role": "Staff", "school": school.name}
    brought = Brought(
        amina, at,
        line(**where, from_day=today - DAY, to_day=today),
        line(name="Eve", email="eve@example.org", **where, from_day=today - 2 * DAY, to_day=today - DAY),
        line(name="Fay", email="fay@example.org", **where, from_day=today + DAY),
    )  # fmt: skip
    assert [brought.said(number) for number in range(3)] == [
        ["added", "role_given_until", "begins_today"], ["added", "role_was_over"], ["added", "role_given"],
    ]  # fmt: skip
    brought.confirm()
    held = Holding.objects.filter(person__name__in=["Dan Evans", "Eve", "Fay"]).order_by("pk")
    assert [(one.from_day, one.to_day) for one in held] == [(today, today), (today + DAY, None)]


def test_a_last_day_is_set_and_never_in_the_past(amina, cara, at):
    today = local_day(at)
    given = {"name": "Cara", "email": cara.email, "role": "staff"}
    brought = Brought(amina, at, line(**given, to_day=today))
    words(brought, school={"": ""})
    assert brought.said() == ["role_until"]
    assert Brought(amina, at, line(**given, to_day=today - DAY)).said() == ["role_over"]
    brought.confirm()
    assert [queries.roles_of(cara, on=day) for day in (today, today + DAY)] == [["Staff"], []]


def test_an_empty_last_day_takes_none_away(amina, at):
    dan = someone("Dan")
    Holding.objects.create(
        person=dan, role_key="staff", scope_kind="federation", from_day=local_day(at), to_day=local_day(at)
    )
    brought = Brought(amina, at, line(name="Dan", email=dan.email, role="staff"))
    words(brought, school={"": ""})
    assert brought.outcomes == ["same"]


def test_nobody_gives_a_role_to_themselves_by_a_list(amina, school, at):
    brought = Brought(amina, at, line(name="Amina", email=amina.email, role="Staff", school=school.name))
    assert brought.said() == ["own_role"]


def test_who_does_not_look_after_people_brings_no_list(amina, cara, at):
    with pytest.raises(NotAllowed):
        Brought(cara, at, line())
    brought = Brought(amina, at, line())
    with pytest.raises(NotAllowed):
        brought.confirm(by=cara)


def test_a_list_is_taken_over_by_who_brought_it(amina, ben, at):
    with pytest.raises(NotFound):
        Brought(amina, at, line()).confirm(by=ben)


# --- Leaving ------------------------------------------------------------------------------------------------


def test_a_day_of_leaving_is_recorded(amina, cara, at):
    today = local_day(at)
    brought = Brought(amina, at, line(name="Cara", email=cara.email, leaving_day=today + DAY))
    assert brought.said() == ["leaves"]
    brought.confirm()
    cara.refresh_from_db()
    assert cara.left_on == today + DAY
    assert Seat.objects.get(person_id=cara.pk).ends_on == today + DAY
    again = Brought(amina, at, line(name="Cara", email=cara.email))
    assert (again.outcomes, again.said()) == (["same"], ["leaving_stands"])


def test_who_has_left_before_is_not_taken_over_and_does_not_come_back_by_a_list(amina, cara, at):
    today = local_day(at)
    actions.record_leaving(by=amina, at=at, person=cara, left_on=today)
    given = {"name": "Cara", "email": cara.email}
    brought = Brought(
        amina,
        at,
        line(leaving_day=today),
        line(**given, leaving_day=today),
        line(name="Eve", email="e@b.org"),
    )
    assert brought.outcomes == ["passed_over", "passed_over", "new"]
    assert Brought(amina, at, line(**given)).said() == ["has_left"]


def test_who_is_not_active_is_passed_over_or_needs_a_day_of_leaving(amina, cara, at):
    brought = Brought(amina, at, line(active="no"), line(name="Cara", email=cara.email, active="No"))
    assert [brought.said(number) for number in range(2)] == [["not_active"], ["inactive_without_day"]]


def test_a_list_cannot_leave_nobody_to_look_after_people(amina, at):
    brought = Brought(amina, at, line(name="Amina", email=amina.email, leaving_day=local_day(at)))
    with pytest.raises(NotNow, match="nobody would be left"):
        brought.confirm()
    amina.refresh_from_db()
    assert amina.left_on is None


# --- Confirming ---------------------------------------------------------------------------------------------


def test_what_was_shown_is_what_is_taken_over(amina, cara, at):
    brought = Brought(amina, at, line(name="Cara Rees", email=cara.email))
    seen = brought.plan.seen
    Person.objects.filter(pk=cara.pk).update(name="Cara Pugh")
    with pytest.raises(NotNow, match="has changed since this was shown"):
        brought.confirm(seen=seen)
    brought.confirm()
    cara.refresh_from_db()
    assert cara.name == "Cara Rees"


def test_a_word_explained_otherwise_has_to_be_looked_at_again(amina, school, at):
    brought = Brought(amina, at, line(role="Teacher", school=school.name))
    words(brought, role={"Teacher": "staff"})
    seen = brought.plan.seen
    words(brought, role={"Teacher": "slt"})
    with pytest.raises(NotNow, match="has changed"):
        brought.confirm(seen=seen)


def test_what_was_shown_is_the_same_in_either_language(amina, at):
    brought = Brought(amina, at, line())
    with translation.override("cy"):
        welsh = brought.plan.seen
    assert welsh == brought.plan.seen


def test_a_list_is_taken_over_once_and_its_lines_are_erased(amina, at, django_capture_on_commit_callbacks):
    brought = Brought(amina, at, line())
    with django_capture_on_commit_callbacks(execute=True):
        done = brought.confirm()
    assert (done.state, done.counts["people_added"]) == ("done", 1)
    with pytest.raises(NotFound):
        read_list(done.file, federation_id=amina.federation_id)
    with pytest.raises(NotNow, match="ended"):
        actions.drop_import(by=amina, at=at, importing=done)


def test_a_list_that_is_dropped_changes_nothing(amina, at):
    brought = Brought(amina, at, line())
    assert actions.drop_import(by=amina, at=at, importing=brought.importing).state == "dropped"
    with pytest.raises(NotNow):
        brought.confirm()


def test_a_list_that_nobody_confirms_lapses_after_a_day(amina, at):
    brought = Brought(amina, at, line())
    file = brought.importing.file
    assert actions.let_imports_lapse(at=at + DAY - timedelta(seconds=1)) == []
    assert actions.let_imports_lapse(at=at + DAY) == [file]
    actions.note_lists_erased(at=at + DAY, files=[file])
    ended = PeopleImport.objects.get()
    assert (ended.state, ended.file) == ("lapsed", "")


def test_the_lines_lie_sealed(amina, at, home):
    Brought(amina, at, line())
    stored = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert [content for content in stored if b"Dan Evans" in content] == []


# --- Line managers ------------------------------------------------------------------------------------------


@pytest.fixture
def wootton(make_federation):
    """A federation whose policy knows line managers; its principal."""
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        yield someone("Petra", "principal")


def managed(by, at, *lines):
    return Brought(by, at, *lines, columns=COLUMNS)


def test_a_line_manager_may_come_with_the_same_list(wootton, at):
    brought = managed(wootton, at, line(manager="MIA@example.org"), line(name="Mia", email="mia@example.org"))
    brought.confirm()
    dan, mia = (Person.objects.get(email=f"{name}@example.org") for name in ("dan", "mia"))
    assert queries.roles_of(mia, on=local_day(at), about=dan) == ["Line Manager"]
    assert queries.roles_of(mia, on=local_day(at)) == []


def test_a_new_line_manager_stands_beside_the_one_before(wootton, at):
    dan, old, new = someone("Dan"), someone("Olga"), someone("Nia")
    give(old, "line-manager", managed=dan)
    brought = managed(wootton, at, line(name="Dan", email=dan.email, manager=new.email))
    assert brought.said() == ["manager_given", "other_manager"]
    brought.confirm()
    again = managed(wootton, at, line(name="Dan", email=dan.email, manager=new.email))
    assert again.outcomes == ["same"]


@pytest.mark.parametrize(
    ("manager", "code"),
    [
        ("dan@example.org", "manager_oneself"),
        ("nobody@example.org", "manager_not_here"),
        ("nobody", "manager_bad_email"),
    ],
)
def test_a_line_manager_who_cannot_be_is_refused(wootton, at, manager, code):
    assert managed(wootton, at, line(manager=manager)).said()[0] == code


def test_nobody_makes_themselves_a_line_manager(wootton, at):
    assert managed(wootton, at, line(manager=wootton.email)).said()[0] == "own_role"


# --- Several hats, and many ---------------------------------------------------------------------------------


def test_somebody_of_another_federation_gets_a_second_place_and_keeps_the_first(
    make_federation, federation, at
):
    other = make_federation("wootton", "wootton")
    with scope(other.pk):
        theirs = someone("Dan Evans", "staff")
        User.objects.filter(pk=theirs.user_id).update(email="dan@example.org")
    with scope(federation.pk):
        Brought(someone("Amina", "slt"), at, line(name="Daniel E")).confirm()
        ours = Person.objects.get(name="Daniel E")
        assert (ours.user_id, queries.roles_of(ours, on=local_day(at))) == (theirs.user_id, [])
    with scope(other.pk):
        theirs.refresh_from_db()
        assert (theirs.name, queries.roles_of(theirs, on=local_day(at))) == ("Dan Evans", ["Staff"])
    assert Seat.objects.filter(user=theirs.user_id).count() == 2


def test_another_federations_way_of_reading_is_not_used(make_federation, federation, at):
    with scope(make_federation("oakfield").pk):
        Brought(someone("Olaf", "slt"), at, line())
    with scope(federation.pk):
        amina = someone("Amina", "slt")
        kept = keep_list(f"{HEAD}\n{line()}".encode(), federation_id=federation.pk)
        assert actions.start_import(by=amina, at=at, kept=kept).mapping is None
        assert ImportMapping.objects.count() == 0


def test_taking_over_costs_the_same_for_one_and_for_many(amina, school, at):
    def cost(first, many):
        lines = [
            line(name=f"P {n}", email=f"p{n}@example.org", role="Staff", school=school.name)
            for n in range(first, first + many)
        ]
        brought = Brought(amina, at, *lines)
        seen = brought.plan.seen
        with CaptureQueriesContext(
            connection,
        ) as asked:
            brought.confirm(seen=seen)
        return len(asked)

    assert cost(0, 2) == cost(2, 60)
