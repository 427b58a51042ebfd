"""The doors: who comes in, whose rows they see, and what a refusal looks like."""

import pytest
from django.forms import PasswordInput
from django.test import Client, override_settings
from django.urls import reverse

from schoolgate.core.clock import local_day, now
from schoolgate.core.models import Stop
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.people.models import Membership, Person, User
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from schoolgate.web.accounts.keys import Unshown
from schoolgate.web.frame.carrying import SECRET
from schoolgate.web.frame.doors import page
from schoolgate.web.frame.forms import SchoolForm
from tests.cast import SINCE, someone
from tests.web.plain import check_page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def pages_that_do_one_thing_each():
    """For all tests of this file at once: to look addresses up takes each longer than its own work."""
    with override_settings(ROOT_URLCONF="tests.web.pages"):
        yield


def text(response) -> str:
    return response.content.decode()


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page_and_back_again(client):
    response = client.get("/who")
    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next=/who")


def test_a_form_sent_without_being_signed_in_does_not_come_back_to_it(client):
    assert client.post("/act")["Location"] == f"{reverse('account_login')}?next=/"


def test_a_view_runs_in_the_scope_of_the_person_who_asks(browser, federation):
    cara = Membership.objects.get().person_id
    assert text(browser.get("/who")) == f"Cara {federation.pk} {cara} {local_day(now())}"
    assert not in_scope()


def test_a_template_is_drawn_while_its_rows_can_be_read(browser):
    assert "<h1>Cara</h1>" in text(browser.get("/late"))


def test_who_belongs_to_no_federation_is_told_who_can_add_them(db, rf):
    request = rf.get("/who")
    request.user, request.session = User.objects.create(email="stranger@example.org", password="!"), {}
    response = page(lambda request, visit: None)(request)
    assert response.status_code == 403
    assert "can add you" in text(response)
    check_page(text(response))


def test_a_leaver_is_out_on_the_day_of_leaving(browser):
    Membership.objects.update(ends_on=local_day(now()))
    assert browser.get("/who").status_code == 302


ERRORS = [
    ("not-allowed", 403, "You may not do this."),
    ("not-found", 404, "Page not found"),
    ("http404", 404, "Page not found"),
    ("not-now", 409, "Someone else was quicker."),
    ("bad-input", 422, "Give a name."),
]


def test_an_error_becomes_a_page_that_says_so_inside_the_frame_and_whom_to_ask(browser):
    browser.cookies["django_language"] = "en"  # what was kept before a refusal stays: they are in Welsh then
    for kind, status, said in ERRORS:
        response = browser.get(f"/failing/{kind}")
        assert response.status_code == status, kind
        assert said in text(response), kind
        assert '<nav class="sg-nav"' in text(response) or 'class="sg-top__person"' in text(response), kind
        assert ("Ask Amina." in text(response)) is (kind == "not-allowed")
        check_page(text(response))


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Not ready yet"), ("cy", "Ddim yn barod eto")],
)
def test_a_refusal_by_the_policy_shows_what_it_says_and_is_kept(cast, sign_in, federation, language, title):
    amina = cast("Amina", "slt", language=language)
    with scope(federation.pk):
        adopt(by=amina, at=now())
    response = sign_in(amina).get("/refused")
    assert response.status_code == 409
    assert title in text(response)
    assert "Wildground" in text(response)
    with scope(federation.pk):
        assert [kept.outcome for kept in DecisionRecord.objects.all()] == ["hold"]


def test_what_was_kept_before_a_refusal_stays(browser, federation):
    browser.get("/failing/not-now")
    with scope(federation.pk):
        assert [person.language for person in Person.objects.all()] == ["cy"]


def test_nothing_stays_of_a_page_that_was_not_found(browser, federation):
    browser.get("/failing/http404")
    with scope(federation.pk):
        assert [person.language for person in Person.objects.all()] == ["en"]


def test_a_mistake_in_the_program_is_a_page_with_a_reference_and_without_its_words(browser):
    browser.raise_request_exception = False
    response = browser.get("/broken")
    assert response.status_code == 500
    assert "secret" not in text(response)
    assert "This isn’t your fault. Nothing you hadn’t finished was sent or changed." in text(response)
    check_page(text(response))


def test_while_the_database_is_away_a_page_says_so_and_when_to_come_back(browser):
    browser.raise_request_exception = False
    for kind in ("cut-off", "closed", "deferring"):
        response = browser.get(f"/away/{kind}")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10"), kind
        assert "reload this page" in text(response)
        check_page(text(response))


def test_whoever_sent_a_change_while_the_database_went_away_is_told_to_look_first(browser):
    browser.raise_request_exception = False
    response = browser.post("/away/cut-off")
    assert response.status_code == 503
    assert "may or may not have been saved" in text(response)


def test_a_mistake_in_a_query_is_still_a_mistake(browser):
    browser.raise_request_exception = False
    response = browser.get("/away/mistake")
    assert (response.status_code, "Retry-After" in response.headers) == (500, False)


CAME_FROM = [
    ("http://testserver/posts/7?a=b", 'href="/posts/7?a=b"'),
    ("http://elsewhere.example/posts/7", None),
    ("", None),
]


def test_a_form_that_was_refused_leads_back_to_its_own_page_and_to_no_other_site(browser):
    for came_from, back in CAME_FROM:
        response = browser.post("/failing/bad-input", headers={"referer": came_from})
        assert response.status_code == 422
        assert ("Back to where you were" in text(response)) is (back is not None), came_from
        assert back is None or back in text(response)


WRITTEN = {
    "text": ["The bus is late.\r\nPlease wait."], "also": ["Ann’s class"], "address": ["https://example.org/a"],
    "choice": ["not_permitted"], "day": ["2027-01-19"], "ids": ["1", "2"], "password": ["my own words"],
    "csrfmiddlewaretoken": ["a b"], "carried": ['{"a": 1}'],
}  # fmt: skip


def test_a_page_that_refuses_a_form_shows_what_was_written_and_no_secret(browser):
    for kind in ("bad-input", "not-now", "not-allowed", "not-found", "http404"):
        response = browser.post(f"/failing/{kind}", WRITTEN)
        assert response.status_code >= 400
        assert [each["typed"] for each in response.context if "typed" in each][-1] == [
            "The bus is late.\r\nPlease wait.",
            "Ann’s class",
            "https://example.org/a",
        ], kind
        assert "The bus is late." in text(response)
        check_page(text(response))
        assert browser.get(f"/failing/{kind}").context["typed"] == [], kind


def test_a_form_that_has_expired_gives_its_words_back_to_its_own_page_alone(federation):
    sent = {"text": "The bus is late."}
    for came_from, typed in (("http://testserver", ["The bus is late."]), ("https://elsewhere.example", [])):
        response = Client(enforce_csrf_checks=True).post("/act", sent, headers={"origin": came_from})
        assert (response.status_code, response.context["typed"]) == (403, typed)


def test_a_page_for_a_mistake_of_ours_gives_the_words_back(browser):
    browser.raise_request_exception = False
    for path in ("/broken", "/away/cut-off"):
        assert "The bus is late." in text(browser.post(path, {"text": "The bus is late."}))


def every_form(of=SchoolForm):
    for one in of.__subclasses__():
        yield one
        yield from every_form(one)


def test_every_field_for_a_password_has_a_name_that_is_never_shown_again():
    forms_of_all = set(every_form())
    secret = {
        name
        for one in forms_of_all
        for name, field in one.base_fields.items()
        if isinstance(field.widget, PasswordInput | Unshown)
    }
    assert {"secret", "password", "seed"} <= secret
    assert {name for name in secret if not SECRET.search(name)} == set()


def test_a_page_for_a_capacity_is_refused_to_who_has_it_nowhere(browser):
    response = browser.get("/deciders")
    assert response.status_code == 403
    assert "decide on an account" in text(response)


def test_a_page_for_a_capacity_opens_for_who_has_it(cast, sign_in):
    assert text(sign_in(cast("Amina", "slt")).get("/deciders")) == "decide"


def test_a_page_with_a_rule_opens_for_whom_the_rule_lets_in(browser, cast, sign_in):
    parent = sign_in(cast("Pia", relation="parent"))
    assert text(browser.get("/staffroom")) == "staff"
    refused = parent.get("/staffroom")
    assert refused.status_code == 403
    assert "Only staff may do this." in text(refused)


def test_the_rule_is_asked_before_the_file_work(cast, sign_in):
    assert sign_in(cast("Pia", relation="parent")).post("/prepared-for-staff").status_code == 403


OPENINGS = [
    ("parent", [], "who"),
    ("staff", ["staff"], "who staffroom"),
    ("parent", ["slt"], "who deciders"),
    ("staff", ["slt"], "who deciders staffroom"),
]


def test_before_a_link_is_shown_its_door_says_whether_it_opens(cast, sign_in):
    for relation, roles, opening in OPENINGS:
        person = cast(f"Pia {relation} {len(roles)} {opening}", *roles, relation=relation)
        assert text(sign_in(person).get("/opening")) == opening, relation


def test_file_work_is_done_before_the_scope_opens(browser):
    assert text(browser.post("/prepared", {"name": "cara"})) == "CARA"


def test_a_method_that_a_page_does_not_take_is_refused(browser):
    refused = browser.get("/act")
    assert refused.status_code == 405
    assert refused["Allow"] == "POST"
    assert "Nothing was sent or changed." in text(refused)


def test_after_a_form_comes_a_redirect_and_the_next_page_says_what_was_done(browser):
    response = browser.post("/act", follow=True)
    assert response.redirect_chain == [("/menu", 302)]
    assert "Mark as done." in text(response)


def test_a_form_without_its_token_is_refused_with_a_next_step(cast):
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies["csrftoken"] = "a" * 32
    response = guarded.post("/act")
    assert response.status_code == 403
    assert "Go back, reload the page and send it again. Nothing has been changed." in text(response)


def test_pages_speak_the_language_of_the_person(cast, sign_in):
    response = sign_in(cast("Carys", "staff", language="cy")).get("/menu")
    assert '<html lang="cy"' in text(response)
    assert "Dewislen" in text(response)
    check_page(text(response), "cy")


def test_the_language_chosen_on_a_device_comes_before_the_persons(cast, sign_in):
    browser = sign_in(cast("Carys", "staff", language="cy"))
    browser.post("/language", {"language": "en", "next": "/menu"})
    assert '<html lang="en"' in text(browser.get("/menu"))


def test_the_language_switch_leads_nowhere_else_and_knows_two_languages(client):
    assert client.post("/language", {"language": "xx"}).cookies.get("django_language") is None
    for back in ("https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"):
        assert client.post("/language", {"language": "cy", "next": back})["Location"] == "/", back


def test_the_stop_button_shows_on_every_page_until_it_is_lifted(browser, federation):
    with scope(federation.pk):
        Stop.objects.create(reason="x", placed_at=SINCE)
    assert "Posting is stopped in this federation. Nothing new goes out until the stop is lifted." in text(
        browser.get("/menu")
    )
    with scope(federation.pk):
        Stop.objects.update(lifted_at=now())
    assert "Posting is stopped" not in text(browser.get("/menu"))


def test_one_acts_in_one_federation_at_a_time_and_can_change(browser, make_federation):
    here = Membership.objects.get()
    wootton = make_federation("wootton", "wootton")
    with scope(wootton.pk):
        there = someone("Cara", "headteacher")
    Membership.objects.filter(person_id=there.pk).update(user=here.user_id)
    with scope(wootton.pk):
        Person.objects.update(user=here.user_id)
    assert f" {here.federation_id} " in text(browser.get("/who"))
    other = Membership.objects.exclude(pk=here.pk).get()
    assert browser.post("/menu/federation", {"membership": other.pk})["Location"] == "/"
    assert f" {wootton.pk} {there.pk} " in text(browser.get("/who"))


def test_somebody_elses_seat_answers_404(browser, cast):
    cast("Amina", "slt")
    membership = Membership.objects.order_by("-pk")[0]
    assert browser.post("/menu/federation", {"membership": membership.pk}).status_code == 404


def test_a_public_page_is_found_by_the_federations_slug_and_names_nobody(client, federation):
    assert text(client.get("/wildground/")) == f"wildground {federation.pk} None"


def test_a_slug_that_no_federation_has_answers_404(client, federation):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    check_page(text(response))


def test_a_public_form_is_counted_and_then_refused_to_that_sender_alone(client, federation):
    answers = [client.post("/wildground/note").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert client.post("/wildground/note", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_an_address_that_is_nowhere_answers_404_in_the_readers_language(client):
    response = client.get("/no/such/page/at/all", headers={"Accept-Language": "cy"})
    assert response.status_code == 404
    assert "Heb ddod o hyd i’r dudalen" in text(response)
    check_page(text(response), "cy")
