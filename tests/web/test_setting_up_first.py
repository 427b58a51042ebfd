"""The first pages of an empty home: by the one address, step by step, and never again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from schoolgate.core.models import Federation, School
from schoolgate.core.setting_up import LASTS, mint_link
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person, RoleAssignment, User
from schoolgate.people.persons import PASSWORD as OF_EXAMPLES
from tests.cast import someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)
FEDERATION = {
    "name": "Oakhill Federation", "slug": "oakhill", "languages": ["en", "cy"], "policy_key": "wildground",
}  # fmt: skip
SCHOOL = {"name": "Oakhill Infants", "slug": "infants", "country": "wales", "languages": ["en"]}
FIRST = {"name": "Olu Head", "email": "olu@oakhill.sch.uk", "role_key": "slt", "language": "en"}
WORDS = "three-brown-horses"


@pytest.fixture
def token(own_database, home):
    cache.clear()
    return mint_link(at=NOW)


@pytest.fixture
def opened(token) -> Client:
    """A browser that opened the set-up address."""
    browser = Client()
    assert browser.post(f"/set-up/begin/{token}").headers["Location"] == "/set-up/first"
    return browser


def go(browser: Client, **said: object):
    return browser.post("/set-up/first", said)


def person_of(slug: str = "oakhill") -> Person:
    with scope(Federation.objects.get(slug=slug).pk):
        return Person.objects.select_related("user").get()


def test_an_empty_home_says_on_its_sign_in_page_how_to_get_in_and_has_no_other_door(own_database, home):
    page = Client().get("/sign-in").content.decode()
    assert "schoolgate setup --link" in page
    for path in ("/set-up/first", "/set-up/first/password", "/set-up/begin/wrong"):
        answer = Client().get(path)
        assert (
            answer.status_code,
            "This set-up address doesn’t work, or no longer works." in answer.content.decode(),
        ) == (403, True)
        assert Client().post(path).status_code == 403
    assert Client().get("/set-up").status_code == 302


def test_opening_the_address_changes_nothing_until_the_button_is_pressed(token):
    browser = Client()
    page = browser.get(f"/set-up/begin/{token}").content.decode()
    check_page(page)
    assert ">Start<" in page
    assert not browser.cookies.get("schoolgate-set-up")
    assert browser.get("/set-up/first").status_code == 403


def test_the_steps_from_nothing_to_a_person_who_signs_in(opened):
    for said, shown in (({}, "Your federation and its policy"),):
        page = opened.get("/set-up/first", said).content.decode()
        check_page(page)
        assert shown in page
        assert "If your policy isn’t listed" in page
    assert go(opened, **FEDERATION).status_code == 302
    assert "Your schools" in opened.get("/set-up/first").content.decode()
    assert go(opened, **SCHOOL).status_code == 302
    page = opened.get("/set-up/first").content.decode()
    check_page(page)
    assert "Oakhill Infants" in page
    assert "SLT" in page
    assert go(opened, **FIRST).headers["Location"] == "/invitation"
    done = opened.post("/invitation", {"password1": WORDS, "password2": WORDS})
    assert done.headers["Location"] == "/sign-in"
    person = person_of()
    assert person.user.check_password(WORDS)
    with scope(person.federation_id):
        assert list(RoleAssignment.objects.values_list("role_key", flat=True)) == ["slt"]
        assert list(School.objects.values_list("slug", "country")) == [("infants", "wales")]
    assert Federation.objects.values_list("slug", "is_example").get() == ("oakhill", False)


def test_once_somebody_has_chosen_a_password_the_address_leads_to_sign_in_only(opened, token):
    go(opened, **FEDERATION)
    go(opened, **SCHOOL)
    go(opened, **FIRST)
    opened.post("/invitation", {"password1": WORDS, "password2": WORDS})
    assert opened.get("/set-up/first").headers["Location"] == "/sign-in"
    answer = opened.post("/set-up/first", {**FIRST, "email": "eve@example.org"})
    assert answer.headers["Location"] == "/sign-in"
    assert opened.post("/set-up/first/password").headers["Location"] == "/sign-in"
    assert User.objects.count() == 1


def test_whoever_was_cut_off_goes_on_in_another_browser_and_gets_a_new_way_to_a_password(opened, token):
    go(opened, **FEDERATION)
    go(opened, **SCHOOL)
    go(opened, **FIRST)
    other = Client()
    other.post(f"/set-up/begin/{token}")
    page = other.get("/set-up/first").content.decode()
    check_page(page)
    assert "olu@oakhill.sch.uk" in page
    assert other.post("/set-up/first/password").headers["Location"] == "/invitation"
    assert other.get("/invitation").status_code == 200
    assert opened.get("/invitation").status_code == 404  # the way before it no longer works
    assert person_of().name == "Olu Head"


def test_while_nobody_can_sign_in_the_first_one_still_gets_in_whoever_else_was_entered(opened, token):
    go(opened, **FEDERATION)
    go(opened, **SCHOOL)
    go(opened, **FIRST)
    with scope(Federation.objects.get().pk):
        someone("Dora Deputy", "slt")
    assert opened.post("/set-up/first/password").headers["Location"] == "/invitation"
    opened.post("/invitation", {"password1": WORDS, "password2": WORDS})
    assert User.objects.get(email=FIRST["email"]).check_password(WORDS)
    assert opened.post("/set-up/first/password").headers["Location"] == "/sign-in"


def test_of_two_who_set_up_at_once_the_slower_one_goes_on_with_what_the_other_entered(opened, token):
    other = Client()
    other.post(f"/set-up/begin/{token}")
    go(opened, **FEDERATION)
    page = go(other, **FEDERATION | {"slug": "ashdown"})
    assert (page.status_code, "Your schools" in page.content.decode()) == (422, True)
    assert Federation.objects.count() == 1
    go(opened, **SCHOOL)
    go(opened, **FIRST)
    assert "One step left" in go(other, **FIRST | {"email": "eve@example.org"}).content.decode()
    assert User.objects.count() == 1


def test_an_address_that_ran_out_shuts_the_pages_of_a_browser_that_had_opened_them(opened, home):
    go(opened, **FEDERATION)
    mint_link(at=NOW - LASTS - timedelta(minutes=1))
    assert opened.get("/set-up/first").status_code == 403


def test_a_token_is_not_taken_from_a_cookie_that_somebody_wrote_by_hand(token):
    browser = Client()
    browser.cookies["schoolgate-set-up"] = token
    assert browser.get("/set-up/first").status_code == 403


def test_what_cannot_be_entered_is_said_beside_its_field(opened):
    answer = go(opened, **FEDERATION | {"slug": "sign-in"})
    page = answer.content.decode()
    check_page(page)
    assert (answer.status_code, "Schoolgate uses this address itself" in page) == (422, True)
    assert go(opened, **FEDERATION | {"policy_key": "no-such-policy"}).status_code == 422
    assert not Federation.objects.exists()


def test_the_password_of_the_examples_is_refused_when_somebody_chooses_it(opened):
    go(opened, **FEDERATION)
    go(opened, **SCHOOL)
    go(opened, **FIRST)
    answer = opened.post("/invitation", {"password1": OF_EXAMPLES, "password2": OF_EXAMPLES})
    assert (
        answer.status_code,
        "This is the demo schools’ public password. Choose another." in answer.content.decode(),
    ) == (422, True)
    assert not person_of().user.has_usable_password()


def test_an_example_home_says_so_on_its_sign_in_page_and_a_real_one_does_not(make_federation, own_database):
    assert "Demo site" not in Client().get("/sign-in").content.decode()
    make_federation("wildground", is_example=True)
    page = Client().get("/sign-in").content.decode()
    assert "Demo site" in page
    assert "don’t enter real information" in page
    welsh = Client(headers={"Accept-Language": "cy"}).get("/sign-in").content.decode()
    assert 'class="sg-strip sg-strip--example"' in welsh
