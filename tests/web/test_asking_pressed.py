"""May I ...? in a real browser, without JavaScript: two policies, two answers; what is left open is ruled
upon, and the ruling answers the next like question."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
OWNERS = {"wildground": "slt", "wootton": "principal"}


class Person:
    """Somebody with a browser of their own, who finds questions and answers them."""

    def __init__(self, client):
        self.context = open_context()
        bring_session(self.context, client)
        self.page = self.context.new_page()

    def go(self, path: str):
        self.page.goto(path)
        return self

    def find(self, words: str, title: str):
        """By plain words: the question has to be the first that is found."""
        self.go("/may-i").page.get_by_label("Your question").fill(words)
        self.page.get_by_role("button", name="Find an answer").click()
        first = self.page.get_by_role("region", name="Matching questions").get_by_role("link").first
        expect(first).to_have_text(title)
        first.click()
        self.page.wait_for_load_state()
        return self

    def answer(self, said: dict[str, str]):
        """Question by question until there is an answer; what nothing is said of is not known."""
        for _question in range(12):
            if not self.page.get_by_role("button", name="Continue").count():
                return self
            asked = self.page.locator("legend, label.govuk-label").first.inner_text()
            told = next((answer for words, answer in said.items() if words in asked), "I don’t know")
            if self.page.locator("input[type=date]").count():
                self.page.locator("input[type=date]").first.fill(told.isoformat())
            else:
                self.page.get_by_label(told, exact=True).check()
            self.page.get_by_role("button", name="Continue").click()
            self.page.wait_for_load_state()
        raise AssertionError("more questions than there can be")

    def text(self) -> str:
        self.page.wait_for_load_state()
        return self.page.locator("main").inner_text()


@pytest.fixture
def person(sign_in):
    """`person(federation, name, role)`: somebody with a browser where the policy is in force."""
    in_force = set()

    def give(federation, name: str, *roles: str, **more) -> Person:
        with scope(federation.pk):
            who = someone(name, *roles)
            if federation.pk not in in_force:
                adopt(by=someone("Olwen Owner", OWNERS[federation.policy_key]), at=NOW)
                in_force.add(federation.pk)
        return Person(sign_in(who), **more)

    return give


QUESTIONS = (
    (
        "a former pupil wants to follow me",
        "A former pupil wants to follow me or add me as a friend on my own account",
    ),
    ("may I use a work laptop for facebook", "May I use a school computer for my own social media?"),
    ("a reporter asks me for a comment", "A journalist has asked me for a comment. May I answer?"),
)
ANSWERS = {
    "What is your role?": "Member of staff", "family": "No", "any other link": "None of these",
    "how much is too much": "No", "working time": "No", "Whose network": "The school’s", "posted": "Yes",
    "born": (NOW - timedelta(days=365 * 30)).date(), "leave the school": date(2015, 7, 1),
}  # fmt: skip


def test_the_same_three_questions_under_two_policies_get_two_answers_with_their_clauses(
    person, make_federation
):
    told: dict[str, list[str]] = {}
    cited: dict[str, list[bool]] = {}
    for policy, title in (("wildground", "Wildground"), ("wootton", "Wootton")):
        somebody = person(make_federation(policy, policy), f"Amina {title}")
        told[title] = []
        for words, question in QUESTIONS:
            text = somebody.find(words, question).answer(ANSWERS).text()
            assert any(f"{title} " in line and " policy, version " in line for line in text.splitlines()), (
                text
            )
            told[title].append(text.split("Your answers")[0])
            cited.setdefault(title, []).append(somebody.page.locator(".sg-clause").count() > 0)
    for here, there in zip(*told.values(), strict=True):
        assert here != there
    assert cited == {"Wildground": [True, True, True], "Wootton": [False, True, True]}
    assert "Not covered by this policy" in told["Wootton"][0]


def test_what_is_left_open_is_ruled_upon_and_the_ruling_answers_the_next_like_question(
    person, make_federation
):
    federation = make_federation()
    amina, sian = person(federation, "Amina Khan"), person(federation, "Sian Parry", "slt")
    question = "A pupil here is related to me. May we be in contact online?"

    amina.find("my niece is a pupil here", question).answer(ANSWERS)
    assert "This needs a ruling" in amina.text()
    amina.page.get_by_label("What do you want to know?").fill("She is my niece. May I follow her?")
    amina.page.get_by_role("button", name="Send question").click()
    expect(amina.page.locator("body")).to_contain_text("Question sent. You’ll be told when it is answered.")

    sian.go("/today").page.get_by_role("link", name="Read and give a ruling").click()
    assert "She is my niece." in sian.text()
    assert sian.page.locator(".sg-clause").count() >= 2  # both clauses
    sian.page.get_by_label("Allowed", exact=True).check()
    sian.page.get_by_label("Reason").fill("Family may be in contact, in the open.")
    sian.page.get_by_role("button", name="Save answer").click()

    amina.go("/today").page.get_by_role("link", name="Read the answer").click()
    assert "Family may be in contact, in the open." in amina.text()
    amina.page.get_by_role("button", name="Mark as read").click()

    megan = person(federation, "Megan Rees")
    text = megan.find("my nephew is a pupil here", question).answer(ANSWERS).text()
    assert "Allowed if the ruling covers it" in text
    assert "has ruled that it may be done." in text
    assert "Family may be in contact, in the open." in text
    assert "Ask for a ruling" not in text


def test_every_page_is_readable_by_everybody(person, make_federation):
    amina = person(make_federation(languages=["en", "cy"]), "Amina Khan")
    for language, paths in (("en", PAGES), ("cy", PAGES[1:5])):
        amina.context.add_cookies([{"name": "django_language", "value": language}])
        for path in paths:
            amina.go(path)
            assert wrong_with(amina.page, language) == [], (path, language)


PAGES = (
    "/may-i", "/may-i/former-pupil-asks", "/may-i/former-pupil-asks?me=staff",
    "/may-i/former-pupil-asks?me=parent", "/may-i/family-pupil?me=staff", "/policy/rulings",
    "/wildground/may-i", "/wildground/may-i/is-it-covered", "/wildground/may-i/am-i-bound?me=parent",
)  # fmt: skip
