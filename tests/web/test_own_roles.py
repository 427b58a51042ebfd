"""The page on which the owner of a federation's own policy adds, renames and removes its roles."""

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.people.assignments import give_assignment
from schoolgate.people.queries import roles_held_by
from schoolgate.policy.adopting import adopt_version
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.own_policy import keep_role
from schoolgate.policy.writing import data_of, writing
from tests.web.own_policy_cast import CLAUSE, NOW, infant_school
from tests.web.own_policy_pages import edition, hidden, text_of, writing_now
from tests.worlds import world

ROLES = "/policy/clauses/roles"


def send(browser, role="new", **said):
    path = f"{reverse('own-roles')}?role={role}"
    return browser.post(path, {"seen": writing_now().seen, **said})


def text(there):
    with scope(there.federation.pk):
        return writing(NOW.date()).text


def role(there, key):
    return next((one for one in text(there).roles if one.key == key), None)


def test_roles_are_listed_and_one_is_added_to_the_next_version(st_annes):
    """What somebody changed meanwhile is not overwritten."""
    shown = text_of(st_annes.ben, "own-roles")
    assert "deputy headteacher" in shown
    assert reverse("own-roles") in st_annes.ben.get(reverse("own-clauses")).content.decode()
    assert send(st_annes.ben, name=" site  manager", capacities=["write_post"]).status_code == 302
    assert hidden(st_annes.ben, f"{ROLES}?role=new", "seen") == writing_now().seen
    assert st_annes.ben.post(f"{ROLES}?role=new", {"name": "cook", "seen": ""}).status_code == 409
    added = role(st_annes, "site-manager")
    assert (added.name, added.capacities) == ("site manager", {"write_post"})
    with scope(st_annes.federation.pk):
        assert PolicyVersion.objects.filter(state="draft").count() == 1
    assert "site manager" in text_of(st_annes.ben, "own-roles")


def test_a_renamed_role_is_called_so_wherever_the_text_names_it(st_annes):
    said = (
        text(st_annes).clauses["st-annes-wrong-3"].says
        if "st-annes-wrong-3" in text(st_annes).clauses
        else ""
    )
    answer = send(st_annes.ben, "chair-of-governors", name="Chair", capacities=["oversee"])
    assert answer.status_code == 302
    after = text(st_annes)
    assert role(st_annes, "chair-of-governors").name == "Chair"
    assert after.role_words["chair of governors"] == "Chair"
    with scope(st_annes.federation.pk):
        data = data_of(writing(NOW.date()))
    data.pop("role_words")
    left = [one for one in strings(data) if one == "chair of governors"]
    assert left == []
    assert not said or after.clauses["st-annes-wrong-3"].says == said


def strings(written):
    if isinstance(written, dict):
        for value in written.values():
            yield from strings(value)
    elif isinstance(written, list):
        for value in written:
            yield from strings(value)
    elif isinstance(written, str):
        yield written


def test_a_role_that_cannot_be_is_refused_beside_its_field(st_annes):
    for key, said, says in [
        ("new", {"name": "Headteacher"}, "The policy already has a role with this name."),
        ("school-office", {"name": "class teacher"}, "The policy already has a role with this name."),
        ("new", {"name": " "}, "Fill in this field"),
        ("new", {"name": "staff"}, "Rules use this word for everyone of that kind."),
        ("new", {"name": "cook", "capacities": ["fly"]}, "Select a valid choice"),
        ("headteacher", {"name": "headteacher", "capacities": []}, "One role must look after the policy."),
    ]:
        answer = send(st_annes.ben, key, **said)
        assert answer.status_code == 422, (key, said)
        assert says in answer.content.decode(), (key, said)
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_the_page_says_who_has_a_role_and_which_clauses_name_it(st_annes):
    """And while they name it, it is not removed."""
    shown = text_of(st_annes.ben, "own-roles", query="?role=school-office")
    assert "1 person has this role: Olive Office" in shown
    assert "name this role. Change them first." in shown or "names this role" in shown
    assert "What about people with this role?" not in shown
    text_of(st_annes.ben, "own-roles", query="?role=school-office", language="cy")

    answer = send(st_annes.ben, "school-office", act="remove")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "still name “school office”" in html
    assert "3. Our accounts" in html
    assert role(st_annes, "school-office") is not None


@world(infant_school)
def manager_in_force(there, at):
    """A role that nothing names, and that Olive has."""
    with scope(there.federation.pk):
        keep_role(
            by=there.head, at=at, name="site manager", capacities=["write_post"], seen=writing(at.date()).seen
        )
    come_into_force(there)
    with scope(there.federation.pk):
        give_assignment(
            by=there.head, at=at, person=there.office, role_key="site-manager", from_day=local_day(at)
        )
    return there


@pytest.fixture
def managed(st_annes_as):
    return st_annes_as(manager_in_force)


def come_into_force(there):
    with scope(there.federation.pk):
        coming = PolicyVersion.objects.get(state="draft")
        adopt_version(
            by=there.head, at=NOW, version=coming, adopted_on=local_day(NOW), stated={}, before_us=True
        )


def held(there):
    with scope(there.federation.pk):
        return {one.role_key for one in roles_held_by(there.office, on=local_day(NOW))}


def test_holders_of_a_removed_role_lose_it_when_the_version_comes_into_force(managed):
    shown = text_of(managed.ben, "own-roles", query="?role=site-manager")
    assert "What about people with this role?" in shown
    for wrong in ("wizard", "site-manager"):
        assert send(managed.ben, "site-manager", act="remove", to=wrong).status_code == 422, wrong
    assert role(managed, "site-manager") is not None
    assert send(managed.ben, "site-manager", act="remove", to="").status_code == 302
    assert "People with this role lose it" in text_of(managed.ben, "own-roles")
    assert held(managed) == {"school-office", "site-manager"}
    come_into_force(managed)
    assert held(managed) == {"school-office"}


def test_holders_of_a_removed_role_move_to_another(managed):
    assert send(managed.ben, "site-manager", act="remove", to="class-teacher").status_code == 302
    assert "Holders move to: class teacher" in text_of(managed.ben, "own-roles")
    come_into_force(managed)
    assert held(managed) == {"school-office", "class-teacher"}


def test_a_role_that_is_named_in_a_rule_of_the_next_interpretation_is_not_removed(managed):
    query = "?about=message.send&point=parents_from_own&verb=refer"
    path = reverse("own-rule-new", args=[CLAUSE]) + query
    answer = managed.ben.post(path, {"edition": edition(), "of": "site manager"})
    assert answer.status_code == 422  # its clause has to name it first
    path = reverse("own-clause-text", args=[CLAUSE])
    words = {"section": "4. Posts", "says": "The site manager decides.", "modality": "must", "actor": "staff"}
    managed.ben.post(path, {**words, "numbers": "", "seen": hidden(managed.ben, path, "seen")})
    answer = send(managed.ben, "site-manager", act="remove", to="")
    assert answer.status_code == 422
    assert "still name “site manager”" in answer.content.decode()


def test_the_only_role_that_looks_after_people_is_not_removed_from_its_holders(st_annes):
    send(st_annes.ben, name="business manager", capacities=["administer"])
    come_into_force(st_annes)
    with scope(st_annes.federation.pk):
        give_assignment(
            by=st_annes.head, at=NOW, person=st_annes.office, role_key="business-manager",
            from_day=local_day(NOW),
        )  # fmt: skip
    for one in text(st_annes).roles:
        if "administer" in one.capacities and one.key != "business-manager":
            left = sorted(one.capacities - {"administer"})
            assert send(st_annes.ben, one.key, name=one.name, capacities=left).status_code == 302
    answer = send(st_annes.ben, "business-manager", act="remove", to="")
    assert answer.status_code == 422
    assert "No one would be left to look after people." in answer.content.decode()


def test_a_role_that_nothing_names_is_removed(st_annes):
    send(st_annes.ben, name="site manager", capacities=["write_post"])
    assert send(st_annes.ben, "site-manager", act="remove").status_code == 302
    assert role(st_annes, "site-manager") is None
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_only_the_owner_comes_in_and_a_role_that_is_not_there_is_not_found(st_annes, client):
    assert st_annes.olive.get(ROLES).status_code == 403
    assert st_annes.olive.post(ROLES, {"name": "cook"}).status_code == 403
    assert client.get(ROLES).status_code == 302
    assert st_annes.ben.get(f"{ROLES}?role=wizard").status_code == 404
