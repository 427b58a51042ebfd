"""My own accounts: answers saved from *May I ...?*, the policy's disclaimer, and posts to remove."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from schoolgate.conduct.leaving import remind_leavers
from schoolgate.conduct.models import KeptAnswer, LeavingReminder, OwnWord, Removal
from schoolgate.conduct.wording import ask_for_words
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import give, someone
from tests.incidents.conftest import OWNERS
from tests.web.plain import check_page
from tests.web.test_asking import walk
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
AUTHORISER = "senior-network-manager-senior-authoriser"
PARENT = {"me": "staff", "other.also": "none", "other.child_on_roll": "yes", "other.family": "no"}


@world()
def policy_in_force(at: datetime, key: str) -> SimpleNamespace:
    """A federation that follows this policy."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        School.objects.create(
            name="North School", slug="north", country="wales" if key == "llanidloes" else "england"
        )
        adopt(by=someone("Olive Owner", OWNERS[key]), at=at)
    return SimpleNamespace(federation=federation)


@pytest.fixture
def under(in_world, home, sign_in):
    """`under("wootton")`: its federation with a policy in force; a browser for everyone entered later."""

    def make(key: str):
        federation = in_world(policy_in_force, NOW, key).federation

        def enter(name: str, *roles: str, **more):
            with scope(federation.pk):
                return sign_in(someone(name, *roles, **more))

        return federation, enter

    return make


def shown(browser, address: str, *, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status, response.content.decode()[-2000:]
    html = response.content.decode()
    check_page(html)
    return html


def answer_to(entry: str, answers: dict[str, str]) -> str:
    """Where somebody stands who gave these answers to the questions."""
    return f"{reverse('may-i-entry', args=[entry])}?{urlencode(answers)}"


def saved(browser, entry: str, answers: dict[str, str], **more: str) -> str:
    """Save the answer to these; returns its address."""
    query = answer_to(entry, answers).partition("?")[2]
    response = browser.post(f"{reverse('keep-answer', args=[entry])}?{query}", more)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_an_answer_is_saved_and_shown_on_the_persons_own_page_alone(under):
    """Nobody else deletes it or asks for a conversation."""
    federation, enter = under("boroughbridge")
    amina, ben = enter("Amina Khan", "staff"), enter("Ben Carter", AUTHORISER)
    _asked, walked, _page = walk(amina, reverse("may-i-entry", args=["parent-asks"]), PARENT)
    assert walked == answer_to("parent-asks", PARENT), "the answers, one after the other"
    address = saved(amina, "parent-asks", PARENT, unsure="yes")

    own = shown(amina, reverse("own-accounts"))
    assert "A parent wants to add me as a friend" in own
    assert "Not allowed" in own
    shown(amina, address)
    assert ben.get(address).status_code == 404
    assert "A parent wants" not in shown(ben, reverse("own-accounts"))
    for act in ("talk", "seen", "delete", "nothing"):
        assert ben.post(address, {"act": act}).status_code == 404, act
    assert amina.post(address, {"act": "nothing"}).status_code == 404
    with scope(federation.pk):
        assert KeptAnswer.objects.get().state == "kept"


def test_a_contact_in_doubt_is_talked_over_from_the_page_to_its_end(under):
    federation, enter = under("boroughbridge")
    amina, ben = enter("Amina Khan", "staff"), enter("Ben Carter", AUTHORISER)
    talk = "want to talk to: Senior Network Manager/Senior Authoriser"
    assert talk in shown(amina, answer_to("parent-asks", PARENT))
    address = saved(amina, "parent-asks", PARENT, unsure="yes")

    amina.post(address, {"act": "talk"})
    assert "Waiting for a conversation" in shown(amina, address)
    assert "Talk to a colleague who is unsure" in shown(ben, reverse("today"))
    assert "Asked by Amina Khan" in shown(ben, address)
    assert ben.post(address, {"on": local_day(NOW).isoformat()}).status_code == 302

    told = shown(amina, address)
    assert "Conversation with Ben Carter" in told
    amina.post(address, {"act": "seen"})
    with scope(federation.pk):
        assert not Duty.objects.filter(state="open", kind__startswith="conduct.").exists()

    assert amina.post(address, {"act": "delete"}).status_code == 302
    assert amina.get(address).status_code == 404
    assert ben.get(address).status_code == 404


@pytest.mark.parametrize(
    ("key", "disclaimer", "reminders"),
    [
        ("llanidloes", "necessarily represent those of Llanidloes", False),
        ("wootton", "do not represent the views of my employer", False),
        ("boroughbridge", "in your own words", True),
        ("wildground", "in your own words", False),
        ("learn-to-live", "", False),
    ],
)
def test_each_federation_shows_only_what_its_policy_asks(under, key, disclaimer, reminders):
    """Of a governor nothing about a profile; and its owner chooses how often staff are reminded, or not."""
    _federation, enter = under(key)
    address = reverse("own-accounts")
    html = shown(enter("Amina Khan", "staff"), address)
    assert ("Disclaimer</h2>" in html) is bool(disclaimer)
    assert disclaimer in html
    assert "Check my profile" in html
    assert "Reminders to staff" not in html
    owner = enter("Una Owner", OWNERS[key])
    assert ("Reminders to staff" in shown(owner, address)) is reminders
    if key == "learn-to-live":
        html = shown(enter("Gwen Governor", relation="governor"), address)
        assert "Check my profile" not in html
        assert "No saved answers" in html
    if reminders:
        refused = owner.post(address, {"topic": "settings", "often": "days", "days": "5"})
        assert refused.status_code == 422
        assert owner.post(address, {"topic": "settings", "often": "days", "days": "180"}).status_code == 302
        assert "every 180 days" in shown(owner, address)


def test_a_blog_in_llanidloes_carries_the_sentence_once_its_owner_says_so(under):
    _federation, enter = under("llanidloes")
    amina = enter("Amina Khan", "staff")
    answers = {
        "me": "staff", "kind": "blog", "shows": "none", "disclaimer_easily_seen": "yes",
        "fits_own_picture": "yes", "related_fits_own_picture": "yes", "fits_conduct_expected": "yes",
        "related_fits_conduct_expected": "yes",
    }  # fmt: skip
    asked = shown(amina, answer_to("check-own-profile", answers))
    assert "My page shows this sentence, word for word" in asked
    address = saved(amina, "check-own-profile", answers, carries="yes")
    shown(amina, address)
    assert "Last check" in shown(amina, reverse("own-accounts"))


@pytest.mark.parametrize(
    ("key", "office_role", "words"),
    [
        ("wildground", "slt", "confiden"),
        ("wootton", "principal", "must not contact its pupils through private social media"),
    ],
)
def test_a_leaver_reads_the_policys_words_confirms_and_the_office_sees_it(
    under, sign_in, key, office_role, words
):
    federation, enter = under(key)
    with scope(federation.pk):
        lena, sam = someone("Lena Leaver", "staff"), someone("Sam Slater", office_role)
        record_departure(by=sam, at=NOW, person=lena, left_on=local_day(NOW) + timedelta(days=10))
        remind_leavers(at=NOW)
        reminder = LeavingReminder.objects.get()
    address = reverse("own-leaving", args=[reminder.pk])
    leaver, office, other = sign_in(lena), sign_in(sam), enter("Cara Jones", "staff")
    assert other.get(address).status_code == 404
    assert "Confirm that your answers are still right" in shown(leaver, reverse("own-accounts"))
    told = shown(leaver, address)
    assert "These duties continue after you leave:" in told
    assert words in told
    assert leaver.post(address, {"answer": "yes"}).status_code == 302
    assert "Confirmed" in shown(office, address)
    assert "Confirm that your answers are still right" not in shown(leaver, reverse("own-accounts"))


def test_in_wootton_a_person_is_told_to_remove_a_post_and_says_that_it_is_gone(under, sign_in):
    federation, enter = under("wootton")
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
    head, writer, other = enter("Hal Head", "principal"), sign_in(amina), enter("Carl Jones", "staff")
    form = reverse("tell-to-remove", args=[amina.pk])
    assert other.get(form).status_code == 403
    assert "Ask to remove a post or picture" in shown(head, reverse("person", args=[amina.pk]))
    shown(head, form)
    past = {"what": "post", "words": "The joke of yesterday.", "day": "2020-01-01", "hour": "12:00"}
    assert head.post(form, past).status_code == 422
    response = head.post(form, {"what": "post", "words": "The joke of yesterday.", "day": "", "hour": ""})
    address = response["Location"]
    assert "The joke of yesterday." in shown(writer, address)
    assert other.get(address).status_code == 404
    assert "Remove a post or picture from your own page" in shown(writer, reverse("today"))
    assert writer.post(address).status_code == 302
    assert "The joke of yesterday." not in shown(head, address)
    with scope(federation.pk):
        assert Removal.objects.get().gone_at is not None


@pytest.mark.parametrize("key", ["wildground", "learn-to-live"])
def test_where_the_policy_is_silent_or_binds_others_there_is_no_page_for_telling(under, key):
    federation, enter = under(key)
    owner = enter("Una Owner", AUTHORISER, *OWNERS.values())
    silent = {"learn-to-live": ["staff"], "wildground": ["governor"]}
    for relation in ["parent", *silent.get(key, [])]:
        with scope(federation.pk):
            amina = someone(f"Amina {relation}", relation=relation)
        assert owner.get(reverse("tell-to-remove", args=[amina.pk])).status_code == 404, relation
        page = owner.get(reverse("person", args=[amina.pk])).content.decode()
        assert "Ask to remove a post or picture" not in page, relation


@pytest.mark.parametrize("key", ["wildground", "wootton"])
def test_a_picture_of_pupils_on_an_own_page_is_told_with_its_link_and_goes(under, sign_in, key):
    federation, enter = under(key)
    with scope(federation.pk):
        amina = someone("Amina Khan", "staff")
    head, writer = enter("Hal Head", AUTHORISER, *OWNERS.values()), sign_in(amina)
    form = reverse("tell-to-remove", args=[amina.pk])
    assert "Link to the picture" in shown(head, reverse("person", args=[amina.pk]))
    said = {"what": "picture", "words": "The class trip.", "school_photograph": "yes", "shows_school": "yes"}
    refused = head.post(form, {**said, "link": " "})
    assert refused.status_code == 422
    assert "Fill in this field" in refused.content.decode()
    with scope(federation.pk):
        assert not Removal.objects.exists()

    address = head.post(form, {**said, "link": "https://example.org/p/1"})["Location"]
    page = shown(writer, address)
    assert "https://example.org/p/1" in page
    assert "The policy treats misuse as a concern" not in page
    assert ("The policy treats misuse as a concern" in shown(head, address)) is (key == "wootton")
    assert writer.post(address).status_code == 302
    assert "https://example.org/p/1" not in shown(head, address)


def test_a_person_gives_their_word_and_others_see_only_whether_they_did(under):
    federation, enter = under("boroughbridge")
    amina, lead = enter("Amina Khan", "staff"), enter("Lead Lowe", "staff")
    owner = enter("Una Owner", OWNERS["boroughbridge"])
    with scope(federation.pk):
        person = Person.objects.get(name="Amina Khan")
        give(Person.objects.get(name="Lead Lowe"), "line-manager", managed=person)
        ask_for_words(at=NOW)
    address = reverse("own-accounts")
    assert "Make your declaration on your own accounts" in shown(amina, reverse("today"))
    page = shown(amina, address)
    assert "Parents of pupils as contacts" in page
    assert "Not declared yet" in team(lead)
    assert "Not declared yet" in shown(owner, reverse("known"))

    refused = amina.post(address, {"word": "yes", "pupils": "none"})
    assert refused.status_code == 422
    assert "Choose one" in refused.content.decode()
    with scope(federation.pk):
        assert not OwnWord.objects.exists()

    said = {"word": "yes", "pupils": "none", "former_pupil": "none", "parent": "against"}
    assert amina.post(address, {**said, "disclaimer": "none"}).status_code == 302
    page = shown(amina, address)
    assert "You said that you have such a contact." in page
    assert reverse("may-i-entry", args=["parent-asks"]) in page
    assert "Your declaration is up to date" in page
    assert "Declared" in team(lead)
    assert "Declared" in shown(owner, reverse("known"))
    for browser, other in ((lead, team(lead)), (owner, shown(owner, address))):
        assert "You said that you have such a contact." not in shown(browser, address)
        assert "I have some" not in other.partition("Your team")[2]

    amina.post(address, {**said, "parent": "none", "disclaimer": "against"})
    page = shown(amina, address)
    assert "Add the disclaimer to your page" in page
    assert "You said that you have such a contact." not in page


def team(browser) -> str:
    return shown(browser, reverse("own-accounts")).partition("Your team")[2].partition("</details>")[0]


@pytest.mark.parametrize(
    ("key", "relation", "asked"),
    [
        ("learn-to-live", "staff", ["pupils", "former_pupil", "parent"]),
        ("learn-to-live", "parent", []),
        ("llanidloes", "staff", ["pupils", "disclaimer"]),
        ("llanidloes", "governor", []),
        ("wildground", "parent", []),
    ],
)
def test_the_page_asks_for_a_word_only_on_what_the_policy_asks_of_this_person(under, key, relation, asked):
    _federation, enter = under(key)
    browser = enter("Amina Khan", *(["staff"] if key == "boroughbridge" else []), relation=relation)
    page = shown(browser, reverse("own-accounts"))
    there = [one for one in ("pupils", "former_pupil", "parent", "disclaimer") if f'name="{one}"' in page]
    assert there == asked
    sent = browser.post(reverse("own-accounts"), {"word": "yes", **dict.fromkeys(asked, "none")})
    assert sent.status_code == (302 if asked else 200)


def test_a_ruling_is_asked_for_from_a_saved_answer_and_shown_on_it(under):
    _federation, enter = under("wootton")
    amina, olwen = enter("Amina Khan", "staff"), enter("Olwen Price", "principal")
    own_line = {"me": "staff", "for_themselves": "yes", "at_work": "yes", "connection": "own"}
    address = saved(amina, "wikipedia", own_line)
    page = shown(amina, address)
    assert "Principal can give a ruling." in page
    refused = amina.post(address, {"act": "ruling", "words": ""})
    assert refused.status_code == 422
    assert "Fill in this field" in refused.content.decode()

    assert amina.post(address, {"act": "ruling", "words": "On my own phone?"}).status_code == 302
    page = shown(amina, address)
    assert "Waiting for an answer" in page
    assert "Ask for a ruling" not in page
    question = re.search(r"/may-i/asked/\d+", page)[0]
    assert "On my own phone?" in shown(olwen, question)
    assert olwen.get(address).status_code == 404
    assert olwen.post(question, {"says": "no", "words": "Not at work."}).status_code == 302
    page = shown(amina, address)
    assert "Not allowed" in page
    assert "Not at work." in page


def test_no_ruling_is_offered_where_the_policy_decides_by_itself(under):
    _federation, enter = under("wootton")
    amina = enter("Amina Khan", "staff")
    at_school = {"me": "staff", "for_themselves": "yes", "at_work": "yes", "connection": "school"}
    address = saved(amina, "wikipedia", at_school)
    assert "Ask for a ruling" not in shown(amina, address)
    assert amina.post(address, {"act": "ruling", "words": "But why?"}).status_code == 409
