"""A list of people: who comes, what each line comes to, what the words mean."""

import pytest
from django.db import connection

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import School
from schoolgate.people import queries
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import ONE_AT_A_TIME, keep_list
from schoolgate.people.models import Invitation, Membership, Person, User
from tests.cast import someone
from tests.people.lists import COLUMNS, HEAD, Brought, explain, line, words


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


# --- Who comes ----------------------------------------------------------------------------------------------


def test_somebody_new_gets_a_place_and_a_role_and_cannot_sign_in_by_it(amina, school, at):
    brought = Brought(amina, at, line(role="Staff", school=school.name))
    assert brought.outcomes == ["new"]
    brought.confirm()
    dan = Person.objects.get(email="dan@example.org")
    assert (dan.name, dan.relation, dan.language, dan.user.has_usable_password()) == (
        "Dan Evans", "staff", "en", False,
    )  # fmt: skip
    assert Membership.objects.get(person_id=dan.pk).user_id == dan.user_id
    assert queries.roles_of(dan, on=local_day(at), school=school) == ["Staff"]
    assert queries.roles_of(dan, on=local_day(at)) == []
    assert Invitation.objects.count() == 0


def test_a_list_is_imported_while_no_other_of_the_federation_is(amina, at):
    def locks() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s",
                [ONE_AT_A_TIME, amina.federation_id],
            )
            return cursor.fetchone()[0]

    brought = Brought(amina, at, line())
    assert locks() == 0
    brought.confirm()
    assert locks() == 1, "until the transaction ends"


def test_an_invitation_goes_to_who_is_new_only_where_it_is_asked_for(amina, cara, at):
    brought = Brought(amina, at, line(), line(name="Cara", email=cara.email))
    brought.confirm(invite=True)
    assert list(Invitation.objects.values_list("user__email", flat=True)) == ["dan@example.org"]


def test_a_sign_in_whose_address_was_only_typed_at_the_machine_is_refused(amina, at):
    User.objects.create(email="dan@example.org", address_unproven=True)
    brought = Brought(amina, at, line())
    assert (brought.outcomes, brought.said()) == (["refused"], ["unproven"])


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


def test_names_in_one_column_with_the_surname_first_are_turned(amina, at):
    columns = {"first_name": "Forename", "last_name": "Surname", "email": "Email"}
    brought = Brought(
        amina, at, '"Evans, Dan",dan@example.org', '"Prŷs-Jones, Siân Mai",sian@example.org',
        head="Name,Email", columns=columns, defaults={"relation": "volunteer"},
    )  # fmt: skip
    assert [each.name for each in brought.plan.lines] == ["Dan Evans", "Siân Mai Prŷs-Jones"]


def test_another_name_at_an_address_is_taken_only_where_somebody_says_it_is_the_same_person(amina, at):
    Brought(amina, at, line()).confirm()
    again = Brought(amina, at, line(name="Eve Nowak"))
    assert again.said() == ["other_name", "name_changed"]
    with pytest.raises(NotNow, match="someone else"):
        again.confirm()
    again.confirm(agreed=[2])
    assert Person.objects.get(email="dan@example.org").name == "Eve Nowak"


# --- What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "=HYPERLINK(1)"}, "formula"),
        ({"email": "@dan"}, "bad_email"),
        ({"email": "-"}, "no_email"),
        ({"name": "?ukasz Nowak"}, "damaged"),
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


def test_a_refused_line_is_left_out_and_the_others_are_taken_over(amina, at):
    brought = Brought(amina, at, line(name="Eve", email="eve@example.org"), line(email="dan"))
    brought.confirm()
    assert set(Person.objects.exclude(pk=amina.pk).values_list("email", flat=True)) == {"eve@example.org"}
    assert PEOPLE.find(amina, brought.importing.pk).counts["refused"] == 1


def test_a_list_of_which_every_line_is_refused_stays_open(amina, at):
    brought = Brought(amina, at, line(email="dan"))
    with pytest.raises(NotNow, match="nothing is imported"):
        brought.confirm()
    assert PEOPLE.find(amina, brought.importing.pk).state == "open"


def test_more_cells_than_headings_are_refused(amina, at):
    assert Brought(amina, at, line() + ",,more").said() == ["too_many_cells"]


@pytest.mark.parametrize(
    ("second", "first_is", "code"),
    [
        ({}, "new", "line_twice"),
        ({"email": " DAN@example.org"}, "new", "line_twice"),
        ({"name": "Daniel Evans", "role": "SLT", "school": "Wildground Juniors"}, "refused", "line_differs"),
    ],
)
def test_somebody_twice_in_a_list_is_refused_and_so_is_the_first_where_they_differ(
    amina, school, at, second, first_is, code
):
    brought = Brought(amina, at, line(role="Staff", school=school.name), line(**second))
    assert (brought.outcomes, brought.said(1)) == ([first_is, "refused"], [code])


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


@pytest.mark.parametrize("content", [b"Name,Email\n", b"Dan,dan@example.org\nEve,e\n"])
def test_a_list_without_proper_headings_is_refused(federation, content):
    with pytest.raises(BadInput) as refused:
        keep_list(content, federation_id=federation.pk)
    assert list(refused.value.fields) == ["file"]
