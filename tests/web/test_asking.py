"""The pages "May I ...?": one question at a time, the answer with its clause, and the way to a ruling."""

from urllib.parse import parse_qs, urlencode

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.models import RulingAsked, RulingEnd
from schoolgate.policy.saying import rule
from tests.web.counted import counted_as
from tests.web.in_force import NOW, sam
from tests.web.plain import check_page

__all__ = ["sam"]
NO_TIES = {"me": "staff", "other.family": "no", "other.also": "none"}


def page(browser, address: str, *, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html)
    return html


def entry(key: str) -> str:
    return reverse("may-i-entry", args=[key])


def say(browser, address: str, shown, said: str) -> str:
    """Answers the question that a page asks, as its form would; gives the next address."""
    sent = {"said": said}
    if shown.context["by_button"] and said == "-":  # a day has a button for not knowing
        sent = {"no-idea": "1"}
    response = send(browser, address, ask=shown.context["asked"], **sent)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def send(browser, address: str, **sent: str):
    """Sends a form on the page at an address, with the answers given before."""
    answers = {key: values[0] for key, values in parse_qs(parts_of(address).query).items()}
    return browser.get(parts_of(address).path, {**answers, **sent})


def walk(browser, address: str, answers: dict[str, str]):
    """Answers one question after the other; gives what was asked, the address of the answer and its page."""
    asked = []
    while "asked" in (shown := browser.get(address)).context:
        asked.append(shown.context["asked"])
        address = say(browser, address, shown, answers[asked[-1]])
    check_page(shown.content.decode())
    return asked, address, shown


def test_a_question_is_found_by_plain_words_and_the_list_unfolds_where_nothing_fits(browser, sam):
    def ask(words: str, status: int = 200) -> str:
        response = browser.post(reverse("may-i"), {"words": words})
        assert response.status_code == status
        return response.content.decode()

    html = page(browser, reverse("may-i"))
    assert html.count('<details class="sg-fold">') > 5
    assert '<details class="sg-fold" open>' not in html

    html = ask("an ex-pupil wants to add me")
    check_page(html)
    found = html.split("Matching questions")[1].split("All questions")[0]
    assert found.index("A former pupil wants to follow me") < found.index("I want to send a former pupil")
    assert "I want to follow a former pupil" not in found, "it has one word of these alone"
    assert "Personal accounts" in html

    nothing = ask("xylophone quark")
    assert "Nothing matches these words. Try others, or choose from the list below." in nothing
    assert '<details class="sg-fold" open>' in nothing
    ask(" ", 422)


BIRTHS = "other.date_of_birth"


def test_one_question_at_a_time_until_nothing_can_change_the_answer(browser, sam):
    answers = {BIRTHS: "1985-07-01", **NO_TIES}
    asked, _address, shown = walk(browser, entry("former-pupil-asks"), answers)
    html = shown.content.decode()

    assert len(asked) == len(set(asked))
    assert BIRTHS in asked
    assert "This is allowed" in html
    assert "Your answers" in html
    assert "1 July 1985" in html


AT_BIRTHS = f"{reverse('may-i-entry', args=['former-pupil-asks'])}?{urlencode(NO_TIES)}"
"""The page that asks when the other person was born."""
ENOUGH = [
    ({"first": "1985-09-01", "last": "1986-08-31"}, "1 September 1985 to "),
    ({"year": "5"}, "Year 5"),
    ({"year": "0"}, "Reception"),
]
NONE_OR_TWO_THINGS = [
    {},
    {"first": "1985-09-01"},
    {"first": "1986-09-01", "last": "1985-09-01"},
    {"said": "1985-09-01", "year": "5"},
    {"year": "14"},
    {"last": "some day"},
]


def test_about_when_is_enough_where_the_day_is_not_known_unless_it_says_none_or_two_things(browser, sam):
    assert browser.get(AT_BIRTHS).context["asked"] == BIRTHS

    for sent, shown in ENOUGH:
        answer = send(browser, AT_BIRTHS, ask=BIRTHS, **sent)
        assert answer.status_code == 302, sent
        assert shown in page(browser, answer["Location"]), sent
    for sent in NONE_OR_TWO_THINGS:
        answer = send(browser, AT_BIRTHS, ask=BIRTHS, **sent)
        assert answer.status_code == 422, sent
        check_page(answer.content.decode())


def test_an_answer_can_be_changed_and_the_page_before_is_one_answer_less(browser, sam):
    _asked, _address, shown = walk(browser, AT_BIRTHS, {BIRTHS: "2012-07-17"})
    change = next(one.change for one in shown.context["said"] if "born" in one.question)

    assert "This isn’t allowed" in shown.content.decode()
    assert browser.get(change).context["asked"] == BIRTHS
    assert shown.context["back"] == shown.context["said"][-1].change


def test_after_three_answers_the_page_says_what_it_can_above_the_next_question(browser, sam):
    """Open where the answer itself waits for it."""
    banned = entry("former-pupil-asks") + "?me=staff&other.date_of_birth=2012-07-17&other.family=no"
    waits = entry("group-chat") + "?me=staff&from_account=personal&tie=old_friend"
    for address in (banned, waits):
        so_far = page(browser, address)
        shown = (
            "This is the answer so far",
            "sg-verdict",
            '<details class="sg-fold" id="next-question" open>',
        )
        places = [so_far.index(one) for one in shown]
        assert places == sorted(places)

    left_out = send(browser, banned, ask=browser.get(banned).context["asked"])
    assert '<details class="sg-fold" id="next-question" open>' in left_out.content.decode()
    _asked, _address, whole = walk(browser, waits, {"of_age": "yes"})
    assert "This is the answer so far" not in whole.content.decode()


def test_a_yes_or_a_silence_so_far_is_never_shown_before_the_last_detail(browser, sam):
    address = entry("answer-comment")
    for said in ("staff", "comment", "yes"):
        address = say(browser, address, browser.get(address), said)
    shown = browser.get(address)
    assert shown.context["asked"] == "acknowledges_only"
    assert "sg-verdict" not in shown.content.decode()


def test_a_story_of_danger_finds_its_question_and_the_way_to_help_before_it(browser, sam):
    told = "A boy in year 9 has put on his story that he has taken tablets. It is half ten at night. "
    html = browser.post(reverse("may-i"), {"words": told * 4}).content.decode()
    assert html.index("In an emergency call 999") < html.index("Someone may be in danger now")
    calm = browser.post(reverse("may-i"), {"words": "a mum wants to be my friend"}).content.decode()
    assert "In an emergency call 999" not in calm


def test_every_answer_to_a_story_of_danger_says_who_helps_now_on_the_public_page_too(
    browser, sam, federation
):
    """Whether or not it has a question there, in both languages: 999 and Childline, and Meic in Wales."""
    with scope(federation.pk):
        School.objects.create(name="Ysgol y Bryn", slug="bryn", country="wales")
    start, visitor = reverse("public-may-i", args=[federation.slug]), Client()
    told = {"en": "My friend has taken tablets and says she wants to die.", "cy": "Dw i eisiau lladd fy hun"}
    for language, story in told.items():
        html = visitor.post(f"{start}?lang={language}", {"words": story}).content.decode()
        assert html.count('href="tel:999"') == 1, story
        assert html.index('href="tel:999"') < html.index('id="found"'), story
        assert html.index('href="tel:08001111"') < html.index('href="tel:08088023456"'), story
    assert 'href="tel:999"' in page(browser, entry("child-tells"))
    assert 'href="tel:999"' not in page(browser, entry("former-pupil-asks"))


def test_a_role_is_asked_for_and_not_knowing_is_an_answer(browser, sam):
    """Who is staff and a parent says as which they ask."""
    here = entry("former-pupil-asks")
    shown = browser.get(here)
    unanswered = send(browser, here, ask=shown.context["asked"])
    assert unanswered.status_code == 422
    assert "Choose an answer." in unanswered.content.decode()

    unknown = say(browser, here, shown, "-")
    assert "me=-" in unknown
    assert "I don’t know" in page(browser, unknown)

    asked, address, shown = walk(browser, here, {"me": "parent"})
    assert asked == ["me"]
    assert "The policy’s rules on this are for other people" in shown.content.decode()
    put = reverse("may-i-put", args=["former-pupil-asks"]) + f"?{parts_of(address).query}"
    assert browser.post(put, {"words": "May I?"}).status_code == 409, "the policy answers it itself"


def test_an_entry_or_an_answer_that_does_not_exist_changes_nothing(browser, sam):
    assert browser.get(entry("never-heard-of")).status_code == 404
    assert browser.get(entry("write-a-comment")).status_code == 404  # for parents and pupils
    assert "What is your role?" in page(browser, entry("former-pupil-asks") + "?me=emperor&x=y")


def test_before_a_policy_is_in_force_the_page_says_who_adopts_it(browser):
    assert browser.get(entry("former-pupil-asks")).status_code == 409


def test_the_public_pages_hold_what_concerns_parents_and_pupils(sam, federation):
    visitor = Client()
    start = reverse("public-may-i", args=[federation.slug])
    html = page(visitor, start)

    assert "Does this account really belong to the school?" in html
    assert "password of a school account" not in html
    assert visitor.get(f"{start}/account-password").status_code == 404
    check_page(visitor.get(f"{start}/am-i-bound").content.decode())


def test_strangers_who_ask_without_end_are_told_to_wait(sam, federation):
    cache.clear()
    start = reverse("public-may-i-entry", args=[federation.slug, "am-i-bound"])
    with counted_as(299):
        assert Client().get(start).status_code == 200

    assert [Client().get(start).status_code for _each in range(2)] == [200, 429]


def test_a_longer_way_asks_no_more_of_the_database(browser, sam, django_assert_max_num_queries):
    for more in ("", "?me=staff", "?me=staff&other.date_of_birth=1985-07-01"):
        with django_assert_max_num_queries(30):
            browser.get(entry("former-pupil-asks") + more)


def test_what_is_left_open_is_put_to_who_rules_and_the_ruling_answers_the_next_like_question(
    browser, sam, sign_in, cast, federation
):
    _asked, address, shown = walk(browser, entry("family-pupil"), {"me": "staff"})
    assert "Ask for a ruling" in shown.content.decode()
    put = shown.context["query"]

    empty = browser.post(reverse("may-i-put", args=["family-pupil"]) + put, {"words": ""})
    sent = browser.post(reverse("may-i-put", args=["family-pupil"]) + put, {"words": "She is my niece."})
    assert (empty.status_code, sent.status_code) == (422, 302)
    with scope(federation.pk):
        asked = RulingAsked.objects.get()
        assert (asked.entry, asked.to_role, asked.answers) == ("family-pupil", "", {"me": ["staff"]})
        assert Duty.objects.filter(kind="policy.question", state="open").count() == 1

    rules, other = sign_in(sam), sign_in(cast("Megan Rees", "staff"))
    there = reverse("asked-ruling", args=[asked.pk])
    assert other.get(there).status_code == 404
    assert browser.post(there, {"says": "yes", "words": "I say so."}).status_code == 403
    assert "Give a ruling on a question the policy leaves open" in page(rules, reverse("today"))
    assert "She is my niece." in page(rules, there)
    assert "Waiting for an answer" in page(browser, there)
    assert rules.post(there, {"says": "yes", "words": ""}).status_code == 422
    assert rules.post(there, {"says": "yes", "words": "Family is not a pupil."}).status_code == 302

    assert "Family is not a pupil." in page(browser, there)
    assert "Your question about the policy has been answered" in page(browser, reverse("today"))
    assert browser.post(reverse("asked-ruling-seen", args=[asked.pk])).status_code == 302
    assert "Your question about the policy has been answered" not in page(browser, reverse("today"))

    html = page(other, address)
    assert "has ruled that it may be done" in html
    assert "Family is not a pupil." in html
    assert "Ask for a ruling" not in html


def test_a_ruling_is_taken_back_by_who_rules_with_a_reason_and_the_question_is_open_again(
    browser, sam, sign_in, federation
):
    rules, address = sign_in(sam), entry("family-pupil") + "?me=staff"
    with scope(federation.pk):
        rule(tension="wildground-tension-15", allows=False, words="Not at this school.", by=sam, at=NOW)
    assert "has ruled that it may not be done" in page(browser, address)

    end = reverse("ruling-end", args=["wildground-tension-15"])
    because = "wildground-tension-15-end-because"
    assert browser.get(end).status_code == 403
    html = page(rules, reverse("rulings"))
    assert "Withdraw" in html
    assert "Decisions already made with it don’t change." in html
    assert rules.post(end, {because: ""}).status_code == 422
    assert rules.post(end, {because: "It was too strict."}).status_code == 302

    assert "Ask for a ruling" in page(browser, address)
    assert rules.post(end, {because: "Again."}).status_code == 409
    with scope(federation.pk):
        assert RulingEnd.objects.get().because == "It was too strict."
