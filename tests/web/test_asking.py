"""The pages "May I ...?": one question at a time, the answer with its clause, and the way to a ruling."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.actions import adopt, rule
from schoolgate.policy.models import RulingAsked, RulingEnd
from tests.web.plain import check_page

NOW = datetime.now(UTC)
NO_TIES = {"me": "staff", "other.family": "no", "other.also": "none"}


@pytest.fixture
def sian(cast, federation):
    """A member of the SLT, with the policy in force."""
    person = cast("Sian Parry", "slt")
    with scope(federation.pk):
        adopt(by=person, at=NOW)
    return person


def page(browser, address: str, *, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def entry(key: str) -> str:
    return reverse("may-i-entry", args=[key])


def say(browser, address: str, said: str) -> str:
    """Answers the question that a page asks, as its form would; gives the next address."""
    shown = browser.get(address)
    answers = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    sent = {"said": said}
    if shown.context["by_button"] and said == "-":  # a day has a button for not knowing
        sent = {"no-idea": "1"}
    response = browser.get(urlsplit(address).path, {**answers, "ask": shown.context["asked"], **sent})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def walk(browser, address: str, answers: dict[str, str]) -> tuple[list[str], str]:
    """Answers one question after the other; gives what was asked, and the address of the answer."""
    asked = []
    while "asked" in (shown := browser.get(address)).context:
        asked.append(shown.context["asked"])
        address = say(browser, address, answers[asked[-1]])
    return asked, address


def test_the_questions_are_folded_by_subject_and_unfold_where_nothing_fitted(browser):
    html = browser.get("/may-i").content.decode()
    assert html.count('<details class="sg-fold">') > 5
    assert '<details class="sg-fold" open>' not in html

    nothing = browser.post("/may-i", {"words": "zzzz qqqq"}).content.decode()
    assert "Nothing matches these words. Try others, or choose from the list below." in nothing
    assert '<details class="sg-fold" open>' in nothing


def test_a_question_is_found_by_plain_words_and_by_subject(browser, sian):
    html = browser.post(reverse("may-i"), {"words": "an ex-pupil wants to add me"}).content.decode()
    check_page(html)

    found = html.split("Matching questions")[1].split("All questions")[0]
    assert found.index("A former pupil wants to follow me") < found.index("I want to follow a former pupil")
    assert "Personal accounts" in html


def test_words_that_fit_nothing_are_told_so_and_none_at_all_is_a_mistake(browser, sian):
    nothing = browser.post(reverse("may-i"), {"words": "xylophone quark"}).content.decode()
    empty = browser.post(reverse("may-i"), {"words": " "})

    assert "Nothing matches these words. Try others, or choose from the list below." in nothing
    assert empty.status_code == 422


def test_one_question_at_a_time_until_nothing_can_change_the_answer(browser, sian):
    answers = {"other.date_of_birth": "1985-07-01", **NO_TIES}
    asked, address = walk(browser, entry("former-pupil-asks"), answers)
    html = page(browser, address)

    assert len(asked) == len(set(asked))
    assert "other.date_of_birth" in asked
    assert "This is allowed" in html
    assert "Your answers" in html
    assert "1 July 1985" in html


BIRTHS = "other.date_of_birth"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"first": "1985-09-01", "last": "1986-08-31"}, "1 September 1985 to "),
        ({"year": "5"}, "Year 5"),
        ({"year": "0"}, "Reception"),
    ],
)
def test_about_when_is_enough_where_the_day_is_not_known(browser, sian, sent, shown):
    _asked, address = walk_to(browser, BIRTHS)
    answer = browser.get(urlsplit(address).path, {**given_in(address), "ask": BIRTHS, **sent})
    assert answer.status_code == 302
    assert shown in page(browser, answer["Location"])


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"first": "1985-09-01"},
        {"first": "1986-09-01", "last": "1985-09-01"},
        {"said": "1985-09-01", "year": "5"},
        {"year": "14"},
        {"last": "some day"},
    ],
)
def test_about_when_is_refused_where_it_says_none_or_two_things(browser, sian, sent):
    _asked, address = walk_to(browser, BIRTHS)
    answer = browser.get(urlsplit(address).path, {**given_in(address), "ask": BIRTHS, **sent})
    assert answer.status_code == 422
    check_page(answer.content.decode())


def walk_to(browser, fact):
    """The address of the page that asks for a fact."""
    address = entry("former-pupil-asks")
    asked = []
    while (now := browser.get(address).context["asked"]) != fact:
        asked.append(now)
        address = say(browser, address, NO_TIES[now])
    return asked, address


def given_in(address):
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}


def test_an_answer_can_be_changed_and_the_page_before_is_one_answer_less(browser, sian):
    answers = {"other.date_of_birth": "2012-07-17", **NO_TIES}
    _asked, address = walk(browser, entry("former-pupil-asks"), answers)
    shown = browser.get(address)
    change = next(one.change for one in shown.context["said"] if "born" in one.question)

    assert "This isn’t allowed" in page(browser, address)
    assert browser.get(change).context["asked"] == "other.date_of_birth"
    assert shown.context["back"] == shown.context["said"][-1].change


def test_who_is_staff_and_a_parent_says_as_which_they_ask(browser, sian):
    asked, address = walk(browser, entry("former-pupil-asks"), {"me": "parent"})

    assert asked == ["me"]
    assert "It doesn’t apply to this person." in page(browser, address)


def test_no_answer_is_a_mistake_told_beside_the_question(browser, sian):
    asked = browser.get(entry("former-pupil-asks")).context["asked"]
    response = browser.get(entry("former-pupil-asks"), {"ask": asked})

    assert response.status_code == 422
    assert "Choose an answer." in response.content.decode()


def test_not_knowing_is_an_answer(browser, sian):
    address = say(browser, entry("former-pupil-asks"), "-")

    assert "me=-" in address
    assert "I don’t know" in page(browser, address)


def test_an_entry_or_an_answer_that_does_not_exist_changes_nothing(browser, sian):
    assert browser.get(entry("never-heard-of")).status_code == 404
    assert browser.get(entry("write-a-comment")).status_code == 404  # for parents and pupils
    assert "What is your role?" in page(browser, entry("former-pupil-asks") + "?me=emperor&x=y")


def test_before_a_policy_is_in_force_the_page_says_who_adopts_it(browser):
    assert browser.get(entry("former-pupil-asks")).status_code == 409


def test_the_public_pages_hold_what_concerns_parents_and_pupils(sian, federation):
    visitor = Client()
    start = reverse("public-may-i", args=[federation.slug])
    html = page(visitor, start)

    assert "Does this account really belong to the school?" in html
    assert "password of a school account" not in html
    assert visitor.get(f"{start}/account-password").status_code == 404
    check_page(visitor.get(f"{start}/am-i-bound").content.decode())


def test_strangers_who_ask_without_end_are_told_to_wait(sian, federation):
    cache.clear()
    start = reverse("public-may-i-entry", args=[federation.slug, "am-i-bound"])
    answers = [Client().get(start).status_code for _each in range(301)]

    assert (answers[0], answers[-1]) == (200, 429)


def test_a_longer_way_asks_no_more_of_the_database(browser, sian, django_assert_max_num_queries):
    for more in ("", "?me=staff", "?me=staff&other.date_of_birth=1985-07-01"):
        with django_assert_max_num_queries(30):
            browser.get(entry("former-pupil-asks") + more)


def test_what_is_left_open_is_put_to_who_rules_and_the_ruling_answers_the_next_like_question(
    browser, sian, sign_in, cast, federation
):
    _asked, address = walk(browser, entry("family-pupil"), {"me": "staff"})
    assert "Ask for a ruling" in page(browser, address)
    put = browser.get(address).context["query"]

    empty = browser.post(reverse("may-i-put", args=["family-pupil"]) + put, {"words": ""})
    sent = browser.post(reverse("may-i-put", args=["family-pupil"]) + put, {"words": "She is my niece."})
    assert (empty.status_code, sent.status_code) == (422, 302)
    with scope(federation.pk):
        asked = RulingAsked.objects.get()
        assert (asked.entry, asked.to_role, asked.answers) == ("family-pupil", "", {"me": ["staff"]})
        assert Duty.objects.filter(kind="policy.question", state="open").count() == 1

    rules = sign_in(sian)
    there = reverse("asked-ruling", args=[asked.pk])
    assert "Give a ruling on a question the policy leaves open" in page(rules, reverse("today"))
    assert "She is my niece." in page(rules, there)
    assert "Waiting for an answer" in page(browser, there)
    assert rules.post(there, {"says": "yes", "words": ""}).status_code == 422
    assert rules.post(there, {"says": "yes", "words": "Family is family."}).status_code == 302

    assert "Family is family." in page(browser, there)
    assert "Your question about the policy has been answered" in page(browser, reverse("today"))
    assert browser.post(reverse("asked-ruling-seen", args=[asked.pk])).status_code == 302
    assert "Your question about the policy has been answered" not in page(browser, reverse("today"))

    other = sign_in(cast("Megan Rees", "staff"))
    html = page(other, address)
    assert "has ruled that it may be done" in html
    assert "Family is family." in html
    assert "Ask for a ruling" not in html


def test_a_ruling_is_taken_back_by_who_rules_with_a_reason_and_the_question_is_open_again(
    browser, sian, sign_in, federation
):
    rules, address = sign_in(sian), entry("family-pupil") + "?me=staff"
    with scope(federation.pk):
        rule(tension="wildground-tension-15", allows=False, words="Not here.", by=sian, at=NOW)
    assert "has ruled that it may not be done" in page(browser, address)

    end = reverse("ruling-end", args=["wildground-tension-15"])
    because = "wildground-tension-15-end-because"
    assert browser.get(end).status_code == 403
    assert "Withdraw" in page(rules, reverse("rulings"))
    assert "Decisions already made with it don’t change." in page(rules, reverse("rulings"))
    assert rules.post(end, {because: ""}).status_code == 422
    assert rules.post(end, {because: "It was too strict."}).status_code == 302

    assert "Ask for a ruling" in page(browser, address)
    assert rules.post(end, {because: "Again."}).status_code == 409
    with scope(federation.pk):
        assert RulingEnd.objects.get().because == "It was too strict."


def test_a_question_put_is_not_there_for_others(browser, sian, sign_in, cast, federation):
    answers = reverse("may-i-put", args=["family-pupil"]) + "?me=staff"
    browser.post(answers, {"words": "She is my niece."})
    with scope(federation.pk):
        there = reverse("asked-ruling", args=[RulingAsked.objects.get().pk])

    assert sign_in(cast("Megan Rees", "staff")).get(there).status_code == 404
    assert browser.post(there, {"says": "yes", "words": "I say so."}).status_code == 403


def test_what_the_policy_answers_itself_is_not_put_to_anybody(browser, sian):
    answers = reverse("may-i-put", args=["former-pupil-asks"]) + "?me=parent"

    assert browser.post(answers, {"words": "May I?"}).status_code == 409
