"""The page on which the owner of a federation's own policy adds, renames and removes its roles."""

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.writing import data_of, writing
from tests.web.own_policy_cast import NOW
from tests.web.own_policy_pages import hidden, text_of

ROLES = "/policy/clauses/roles"


def send(browser, role="new", **said):
    path = f"{reverse('own-roles')}?role={role}"
    return browser.post(path, {"seen": hidden(browser, path, "seen"), **said})


def text(there):
    with scope(there.federation.pk):
        return writing(NOW.date()).text


def role(there, key):
    return next((one for one in text(there).roles if one.key == key), None)


def test_roles_are_listed_with_what_they_may_do(st_annes):
    shown = text_of(st_annes.ben, "own-roles")
    assert "deputy headteacher" in shown
    assert reverse("own-roles") in st_annes.ben.get(reverse("own-clauses")).content.decode()


def test_a_role_is_added_to_the_next_version(st_annes):
    assert send(st_annes.ben, name=" site  manager", capacities=["write_post"]).status_code == 302
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


@pytest.mark.parametrize(
    ("key", "said", "says"),
    [
        ("new", {"name": "Headteacher"}, "The policy already has a role with this name."),
        ("school-office", {"name": "class teacher"}, "The policy already has a role with this name."),
        ("new", {"name": " "}, "Fill in this field"),
        ("new", {"name": "staff"}, "Rules use this word for everyone of that kind."),
        ("new", {"name": "cook", "capacities": ["fly"]}, "Select a valid choice"),
        ("headteacher", {"name": "headteacher", "capacities": []}, "One role must look after the policy."),
    ],
)
def test_a_role_that_cannot_be_is_refused_beside_its_field(st_annes, key, said, says):
    answer = send(st_annes.ben, key, **said)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_a_role_that_clauses_or_rules_still_name_is_not_removed_and_the_places_are_told(st_annes):
    answer = send(st_annes.ben, "school-office", act="remove")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "still name “school office”" in html
    assert "3. Our accounts" in html
    assert role(st_annes, "school-office") is not None


def test_a_role_that_nothing_names_is_removed(st_annes):
    send(st_annes.ben, name="site manager", capacities=["write_post"])
    assert send(st_annes.ben, "site-manager", act="remove").status_code == 302
    assert role(st_annes, "site-manager") is None
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


def test_roles_that_somebody_changed_meanwhile_are_not_overwritten(st_annes):
    send(st_annes.ben, name="site manager")
    answer = st_annes.ben.post(f"{ROLES}?role=new", {"name": "cook", "seen": ""})
    assert answer.status_code == 409


def test_only_the_owner_comes_in_and_a_role_that_is_not_there_is_not_found(st_annes, client):
    assert st_annes.olive.get(ROLES).status_code == 403
    assert st_annes.olive.post(ROLES, {"name": "cook"}).status_code == 403
    assert client.get(ROLES).status_code == 302
    assert st_annes.ben.get(f"{ROLES}?role=wizard").status_code == 404
