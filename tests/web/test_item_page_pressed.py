"""The page of one comment is calm: how many folds, words and pixels it has on a phone, and three taps from
the list to a reply."""

from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.inbox import seeing
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.replying import write_answer
from schoolgate.incidents.reporting import disclose
from schoolgate.policy.adopting import adopt
from schoolgate.press.keeping import keep_item
from tests.cast import someone
from tests.inbox.test_answering import SAID
from tests.publishing.conftest import account_on
from tests.web.scriptless import bring_session, open_context
from tests.web.test_inbox_pressed import came_in

NOW = datetime.now(UTC)
TEXTS = {
    "question": "What should they wear on Friday, and can grandparents come too?",
    "press": "I am a reporter from the BBC working on a story",
    "answered": "When does it start?",
    # Then those with which what the same writer says next is read; the last is kept from Mr Carter.
    "danger": "my dad hits me when he is drunk",
    "disclosure": "my dad hits me and i am scared to go home",
    "abuse": "Mr Carter is a fat idiot and a stupid bitch",
}


@pytest.fixture
def inbox(make_federation, sign_in):
    """The browsers of a moderator and of the safeguarding lead, and the ids of the comments by what they
    are."""
    with scope(make_federation(languages=["en", "cy"]).pk):
        sam, ben = someone("Sam Slater", "slt"), someone("Ben Carter", "lead-staff-member")
        dee = someone("Dee Lead")
        adopt(by=sam, at=NOW)
        school, on = School.objects.create(name="North", slug="north"), NOW.date()
        term = ("Now", on - timedelta(days=60), on + timedelta(days=60))
        set_calendar(school=school, at=NOW, terms=[term])
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=NOW)
        account = account_on("bluesky", school, NOW)
        for person, part in ((ben, "lead"), (sam, "runner")):
            TeamMember.objects.create(account=account, person=person, part=part, from_day=on)
        ids = {key: came_in(account, text) for key, text in TEXTS.items()}
        disclose(by=ben, at=NOW, item=seeing.item(ids["disclosure"]), mark="a mark", danger=False)
        keep_item(by=ben, at=NOW, item=seeing.item(ids["press"]))
        item = seeing.item(ids["answered"])
        reply = write_answer(by=ben, at=NOW, item=item, text="At ten.", said=SAID, version=item.version)
        Answer.objects.filter(pk=reply.pk).update(state="confirmed", sent_at=NOW)
        Item.objects.filter(pk=item.pk).update(state="answered")
    return {"ids": ids, "ben": sign_in(ben), "dee": sign_in(dee)}


def test_three_taps_take_a_question_from_the_list_to_its_reply(inbox):
    context = open_context()
    bring_session(context, inbox["ben"])
    page, taps = context.new_page(), 0
    page.goto("/inbox")
    steps = (
        lambda: page.get_by_role("link", name=TEXTS["question"][:30]).click(),
        lambda: page.get_by_role("group", name="Is it from the press?").get_by_label("No").check(),
        lambda: page.get_by_role("button", name="Send reply").click(),
    )
    for step in steps:
        if page.locator("#id_text").count():
            page.fill("#id_text", "Their PE kit, and yes.")
        step()
        taps += 1
    page.get_by_text("Your reply is being sent.").wait_for()
    assert taps == 3
