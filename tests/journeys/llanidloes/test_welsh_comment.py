"""A comment in Welsh reaches a reader of Welsh, on a phone and in Welsh, and is answered in Welsh."""

import re

import pytest

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.duty_kinds import ANSWER
from schoolgate.inbox.models import Answer
from schoolgate.people.models import Person
from tests.journeys.llanidloes.test_removal_and_appeal import BOARD, answers_what_is_asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
ASKED = "Pryd mae’r gyngerdd yn dechrau nos yfory, os gwelwch yn dda?"
REPLY = "Am saith o’r gloch, yn neuadd yr ysgol. Croeso cynnes i bawb."


@pytest.fixture
def readers(house) -> None:
    """Mair, who leads the noticeboard here, reads no Welsh; Carys of its team does."""
    with scope(house.federation.pk):
        board = Account.objects.get(network="noticeboard")
        TeamMember.objects.filter(account=board).delete()
        for key, part in (("mair", "lead"), ("carys", "runner")):
            person = Person.objects.get(email=f"{key}@llanidloes.example")
            TeamMember.objects.create(account=board, person=person, part=part, from_day=local_day(now()))
        Person.objects.filter(email="carys@llanidloes.example").update(reads_welsh=True)


def test_a_comment_in_welsh_is_answered_in_welsh_by_a_reader_of_welsh(house, readers, somebody):
    visitor = somebody(house, "", language="cy")
    visitor.open(BOARD)
    visitor.page.get_by_role("link", name=visitor.say("Write a comment"), exact=True).first.click()
    visitor.page.wait_for_load_state()
    visitor.fill("Your comment", ASKED)
    visitor.press("Send comment")
    house.minute_passes()
    with scope(house.federation.pk):
        asked = Duty.objects.filter(kind=ANSWER).order_by("-pk")[0]
        assert asked.person.email == "carys@llanidloes.example"

    carys = somebody(house, "carys", language="cy")
    carys.sign_in()
    carys.open("/inbox?show=newest")
    carys.page.get_by_role("link", name=re.compile(re.escape(ASKED[:30]))).first.click()
    carys.page.wait_for_load_state()
    carys.look("welsh-comment")
    fold = carys.page.locator("details", has=carys.page.locator("#id_text"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    carys.page.locator("#id_text").fill(REPLY)
    carys.page.locator("[name=language][value=cy]").check()
    answers_what_is_asked(carys)
    carys.press("Send and show both")
    carys.sees("The comment is being shown and your reply sent.")
    house.minute_passes()
    carys.page.reload()
    carys.look("welsh-comment-answered")
    carys.sees("Answered")
    with scope(house.federation.pk):
        answer = Answer.objects.order_by("-pk")[0]
        assert (answer.text, answer.language, answer.state) == (REPLY, "cy", "confirmed")
