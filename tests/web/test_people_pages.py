"""The pages about people."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people.models import FactorReset, Invitation, Person, RoleAssignment
from tests.cast import someone
from tests.days import today
from tests.stories import rolled_back
from tests.web.signing import sign_in, with_app, with_password


@pytest.fixture
def cast(federation):
    """Two who administer, one teacher."""
    with scope(federation.pk):
        return [
            with_app(with_password(someone("Hanna Head", "slt"))),
            with_app(with_password(someone("Dora Deputy", "slt"))),
            with_password(someone("Tom Teacher", "staff")),
        ]


@pytest.fixture
def head(cast) -> Client:
    """Signed in as the head."""
    return sign_in(cast[0])


def days(name, day):
    return {name: day.isoformat()}


def test_the_list_names_people_and_their_roles_in_the_policys_words(head):
    """It's searched by name, and narrowed to a role; a made-up place in it is not found."""
    page = head.get(reverse("people")).content.decode()
    assert [
        word for word in ("Hanna Head", "Dora Deputy", "Tom Teacher", "SLT", "Staff") if word not in page
    ] == []
    for words, found in [
        ("tom", ["Tom Teacher"]),
        ("nobody", []),
        ("", ["Dora Deputy", "Hanna Head", "Tom Teacher"]),
    ]:
        page = head.post(reverse("people"), {"words": words})
        assert [row["person"].name for row in page.context["rows"]] == found, words
        assert ("No one found" in page.content.decode()) is not bool(found), words
    page = head.get(reverse("people") + "?role=slt")
    assert [row["person"].name for row in page.context["rows"]] == ["Dora Deputy", "Hanna Head"]
    for query in (
        "role=no-such-role", "after=y", "after=-1", "after=0", "after=99999999999999999999", "after=%00",
    ):  # fmt: skip
        assert head.get(f"{reverse('people')}?{query}").status_code == 404, query


def test_the_list_goes_on_over_its_pages_and_costs_the_same_for_many(federation, head, same_queries):
    head.get(reverse("people"))

    def grow():
        with scope(federation.pk):
            for number in range(50):
                someone(f"Person {number:02}", "staff")

    same_queries(lambda: head.get(reverse("people")), grow)
    seen, query = 0, ""
    while True:
        page = head.get(f"{reverse('people')}?{query}")
        seen += len(page.context["rows"])
        query = page.context["following"]
        if not query:
            break
    assert seen == 53


def test_a_teacher_sees_neither_the_list_nor_a_person(cast):
    """They enter their own days away, and no more."""
    client, own = sign_in(cast[2]), reverse("person-away", args=[cast[2].pk])
    assert client.get(reverse("people")).status_code == 403
    assert client.get(reverse("person", args=[cast[0].pk])).status_code == 403
    page = client.get(own)
    assert page.status_code == 200
    assert "For good" not in page.content.decode()
    for how in ("leave", "leaving"):
        assert client.get(f"{own}?for={how}").status_code == 403, how
    form = {"role_key": "lead-staff-member", **days("from_day", today())}
    theirs = reverse("person-roles", args=[cast[1].pk])
    assert [client.get(theirs).status_code, client.post(theirs, form).status_code] == [403, 403]


def test_a_role_is_chosen_before_it_is_given(head, cast):
    """The list begins with none, so that a press at once makes no one anything."""
    path = reverse("person-roles", args=[cast[1].pk])
    assert '<option value="" selected>Choose</option>' in head.get(path).content.decode()
    refused = head.post(path, {"role_key": "", **days("from_day", today())})
    assert refused.status_code == 422


def test_another_federations_person_is_not_found_on_any_page(make_federation, head):
    with scope(make_federation("wootton", "wootton").pk):
        stranger = someone("Stranger", "principal")
    names = ("person", "person-roles", "person-away", "person-contact")
    posts = (
        "invite-person",
        "person-returns",
        "end-sessions",
        "start-reset",
        "confirm-reset",
        "withdraw-reset",
    )
    assert [head.get(reverse(name, args=[stranger.pk])).status_code for name in names] == [404] * len(names)
    assert [head.post(reverse(name, args=[stranger.pk])).status_code for name in posts] == [404] * len(posts)


def test_a_person_is_added_and_invited(federation, head):
    form = {"name": "Dan Evans", "email": "dan@example.org", "relation": "staff", "language": "en"}
    answer = head.post(reverse("people") + "?new", form, follow=True)
    with scope(federation.pk):
        dan = Person.objects.get(name="Dan Evans")
    assert answer.redirect_chain == [(reverse("person", args=[dan.pk]), 302)]
    assert Invitation.objects.filter(user=dan.user_id).count() == 1


def test_a_person_who_is_here_already_is_refused_beside_the_field(cast, head):
    form = {"name": "Tom", "email": cast[2].email, "relation": "staff", "language": "en"}
    answer = head.post(reverse("people") + "?new", form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]


def test_a_role_is_given_and_ended(federation, cast, head):
    tom = cast[2]
    form = {"role_key": "lead-staff-member", **days("from_day", today())}
    assert head.post(reverse("person-roles", args=[tom.pk]), form).status_code == 302
    with scope(federation.pk):
        assignment = RoleAssignment.objects.get(person=tom, role_key="lead-staff-member")
        assert (assignment.scope_kind, assignment.from_day, assignment.to_day) == (
            "federation",
            today(),
            None,
        )
    head.post(reverse("end-role", args=[tom.pk, assignment.pk]))
    with scope(federation.pk):
        assert RoleAssignment.objects.get(pk=assignment.pk).ended_on == today()


def test_a_backdated_role_is_refused_and_people_cannot_give_themselves_one(cast, head):
    form = {"role_key": "lead-staff-member", **days("from_day", today() - timedelta(days=1))}
    answer = head.post(reverse("person-roles", args=[cast[2].pk]), form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["from_day"])
    own = reverse("person-roles", args=[cast[0].pk])
    assert "Give a role" not in head.get(own).content.decode()
    form |= days("from_day", today())
    assert head.post(own, form).status_code == 403
    assert head.get(reverse("person-away", args=[cast[2].pk]) + "?for=ever").status_code == 404


def test_who_sees_people_but_does_not_manage_them_adds_no_one(federation, cast):
    with scope(federation.pk):
        governor = with_app(with_password(someone("Greta Governor", "flt")))
    client = sign_in(governor)
    if client.get(reverse("people")).status_code == 200:
        assert client.get(reverse("people") + "?new").status_code == 403


def test_two_people_reset_a_third_persons_second_step_unless_they_stop_it(federation, cast, head):
    tom = with_app(cast[2])
    head.post(reverse("start-reset", args=[tom.pk]))
    assert head.post(reverse("confirm-reset", args=[tom.pk])).status_code == 403
    with rolled_back():
        client = sign_in(tom)
        assert "Hanna Head asked for this" in client.get(reverse("me")).content.decode()
        client.post(reverse("withdraw-my-reset"))
        with scope(federation.pk):
            assert FactorReset.objects.get(person=tom).state == "withdrawn"
    assert sign_in(cast[1]).post(reverse("confirm-reset", args=[tom.pk])).status_code == 302
    with scope(federation.pk):
        assert FactorReset.objects.get(person=tom).state == "done"


def test_a_leaving_is_recorded_and_taken_back(federation, cast, head):
    tom = cast[2]
    head.post(reverse("person-away", args=[tom.pk]) + "?for=leaving", days("left_on", today()))
    with scope(federation.pk):
        assert Person.objects.get(pk=tom.pk).left_on == today()
    assert "This person has left" in head.get(reverse("person", args=[tom.pk])).content.decode()
    head.post(reverse("person-returns", args=[tom.pk]))
    with scope(federation.pk):
        assert Person.objects.get(pk=tom.pk).left_on is None


def test_the_pages_speak_without_the_words_of_the_machine_room(cast, head):
    pages = [reverse("me"), reverse("people"), reverse("person", args=[cast[2].pk]), reverse("mfa_index")]
    text = " ".join(head.get(path).content.decode().lower() for path in pages)
    assert [
        word for word in ("assignment", "capacity", "ledger", "tenant", "mfa", "totp") if f">{word}" in text
    ] == []
