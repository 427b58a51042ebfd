"""A member of staff declares what the policy asks about their own accounts; others see whether, never what.

Then the head asks for a picture of pupils to go from their own page. No one of another federation sees it.
"""

import pytest
from django.test import Client

from schoolgate.conduct.models import OwnWord, Removal
from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import conduct
from schoolgate.people.assignments import give_assignment
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.browsing import bring_session
from tests.cast import someone
from tests.eyes import expect
from tests.journeys.example.house import in_a_thread
from tests.web.signing import sign_in, with_app, with_password

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TASK = "Make your declaration on your own accounts"
PUPILS, FORMER = "Pupils as contacts", "Former pupils as contacts"
PAGES = "Your own pages that name the school"
NEVER_SHOWN = ("You said that you have such a contact.", "I have some", "One has no disclaimer yet")
WHERE, WHY = "https://photos.example/tom/trip", "Three pupils of Year 5 on the school trip."


@pytest.fixture
def managed(house):
    """Joe is entered as Tom's line manager, and the hourly sweep has asked for declarations."""

    def enter() -> None:
        with scope(house.federation.pk):
            helen, joe, tom = (
                Person.objects.get(name=one) for one in ("Helen Marsh", "Joe Lister", "Tom Ellery")
            )
            at = now()
            give_assignment(
                by=helen, at=at, person=joe, role_key="relevant-senior-member-of-staff",
                from_day=local_day(at), managed=tom,
            )  # fmt: skip
        conduct(at)

    in_a_thread(enter)


@pytest.fixture
def elsewhere(house, somebody, make_federation):
    """`elsewhere()`: the head of another federation in the same installation, signed in."""

    def enter():
        other = make_federation("wootton", "wootton", languages=["en", "cy"])
        with scope(other.pk):
            eve = with_app(with_password(someone("Eve Other", "principal")))
            adopt(by=eve, at=now())
        one = somebody(house, both=True)
        bring_session(one.page.context, sign_in(eve, Client()), "")
        return one

    return enter


@pytest.mark.usefixtures("managed")
def test_a_declaration_is_made_and_others_see_only_that_it_was(house, somebody):
    joe = somebody(house, "joe", both=True)
    joe.sign_in()
    sees_of_tom(joe, "Not declared yet")

    tom = somebody(house, "tom", both=True)
    tom.sign_in()
    tom.takes("Make declaration", about=tom.say(TASK))
    tom.headed("My own accounts")
    tom.look("to-declare")
    tom.answer(PUPILS, "I have none")
    tom.press("Save declaration")
    expect(tom.group(FORMER).get_by_text(tom.say("Choose one"))).to_be_visible()
    tom.look("answer-missing")
    with scope(house.federation.pk):
        assert not OwnWord.objects.filter(person__name="Tom Ellery").exists()

    tom.answer(FORMER, "I have some")
    tom.answer(PAGES, "One has no disclaimer yet")
    tom.press("Save declaration")
    tom.sees("Declaration saved.")
    tom.sees("You said that you have such a contact.")
    tom.look("declared-against")
    tom.press("Ask what the policy says about it")
    tom.look("what-is-next")
    tom.place("Today")
    expect(tom.page.get_by_text(tom.say(TASK))).to_have_count(0)

    sees_of_tom(joe, "Declared")
    helen = somebody(house, "helen", both=True)
    helen.sign_in()
    helen.open("/policy/known")
    row = helen.page.get_by_role("row").filter(has_text="Tom Ellery")
    expect(row.get_by_text(helen.say("Declared"), exact=True)).to_be_visible()
    tells_nothing(helen)
    helen.look("acknowledgements")


def test_a_picture_of_pupils_is_asked_away_and_no_one_elsewhere_sees_it(house, somebody, elsewhere):
    with scope(house.federation.pk):
        tom_here = Person.objects.get(name="Tom Ellery")
    helen = somebody(house, "helen", both=True)
    helen.sign_in()
    helen.open(f"/people/{tom_here.pk}")
    helen.page.locator("summary").filter(has_text=helen.say("Ask to remove a post or picture")).click()
    helen.look("fold-to-remove")
    fold = helen.page.locator("details[open]")
    fold.get_by_label(helen.say("Which one, and why?"), exact=True).fill(WHY)
    helen.press("Tell this person")
    helen.sees("Fill in this field")
    helen.look("link-missing")
    with scope(house.federation.pk):
        assert not Removal.objects.exists()

    helen.fill("Link to the picture of pupils", WHERE)
    helen.answer("Was it taken at or for the school?", "Yes")
    helen.answer("Does it show which school it is?", "Yes")
    helen.press("Tell this person")
    helen.sees("They have been told.")
    helen.reads(WHY)
    helen.look("told")
    there = helen.path

    tom = somebody(house, "tom", both=True)
    tom.sign_in()
    tom.takes("See which one", about=tom.say("Remove a post or picture from your own page"))
    tom.reads(WHERE)
    tom.look("to-remove")
    tom.open("/me/own")
    tom.sees("Posts and pictures to remove")
    tom.look("own-with-a-post-to-remove")

    eve = elsewhere()
    for address in (there, f"/people/{tom_here.pk}", f"/people/{tom_here.pk}/take-down"):
        answer = eve.page.goto(address)
        assert answer is not None
        assert answer.status == 404
        assert WHY not in eve.page.content()
    eve.open("/me/own")
    assert "Tom Ellery" not in eve.page.content()
    eve.look("own-elsewhere")

    tom.open(there)
    tom.press("I’ve removed it")
    tom.sees("Marked as removed.")
    tom.look("gone")
    helen.open(there)
    assert WHY not in helen.page.content()


def sees_of_tom(manager, state: str) -> None:
    """The manager unfolds their team: whether Tom has declared, and no word of what."""
    manager.open("/me/own")
    fold = manager.page.locator("details").filter(has=manager.page.get_by_text(manager.say("Your team")))
    fold.locator("summary").click()
    expect(fold.get_by_role("listitem")).to_have_text(f"Tom Ellery {manager.say(state)}")
    tells_nothing(manager, fold.inner_text())
    manager.look(f"team-{state.partition(' ')[0].lower()}")


def tells_nothing(reader, text: str = "") -> None:
    """None of the answers is among these words, or on the page."""
    shown = text or reader.page.locator("main").inner_text()
    assert not [one for one in NEVER_SHOWN if reader.say(one) in shown]
