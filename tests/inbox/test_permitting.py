"""What a reply waits for from another role: asked for, given, refused; and what it opens where."""

import pytest

from schoolgate.core.errors import NotAllowed, NotNow, Refused
from schoolgate.duties.models import Duty
from schoolgate.inbox.reply_facts import ask_for_reply
from schoolgate.inbox.replying import close_item
from schoolgate.people.models import Permission
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.permitting import permit, refuse_permission
from tests.cast import someone
from tests.inbox.test_five_policies import SAID, inbox, only
from tests.publishing.five_policies import KEYS

__all__ = ["inbox"]

EACH = pytest.mark.parametrize("inbox", KEYS, indirect=True)
TEXT = "Their PE kit."
WAITS = [
    ("boroughbridge", {"in_doubt": True}, "answer", "other-designated-lead-staff-member"),
    ("wootton", {"commits": True}, "commitment", "principal"),
    ("wootton", {"from_press": True}, "press", "principal"),
    ("wootton", {"asks_for_comment": True}, "press", "principal"),
]
EACH_WAIT = pytest.mark.parametrize(
    ("inbox", "said", "covers", "role"),
    WAITS,
    indirect=["inbox"],
    ids=["doubt", "commitment", "press", "request_for_comment"],
)


def ask(inbox, covers, said, *, text=TEXT, by=None):
    return ask_for_reply(
        by=by or inbox.at_work.answerer, at=inbox.now, item=inbox.item, text=text, covers=covers,
        said={**SAID, **said},
    )  # fmt: skip


def giver(inbox, asked):
    return someone("Gwen Gives", asked.roles[0])


@EACH_WAIT
def test_a_yes_lets_exactly_this_reply_go(inbox, said, covers, role):
    someone("Second Reader", role)
    asked = ask(inbox, covers, said)
    assert (asked.kind, asked.text) == (covers, TEXT)
    permit(by=giver(inbox, asked), at=inbox.now, asked=asked)
    with pytest.raises(Refused):
        inbox.answer(said=said, text="Their best clothes.")
    assert inbox.send(inbox.answer(said=said)).state == "confirmed"


@EACH_WAIT
def test_without_a_yes_and_after_a_no_it_stays(inbox, said, covers, role):
    someone("Second Reader", role)
    before = Permission.objects.count()
    asked = ask(inbox, covers, said)
    inbox.refused(said=said)
    refuse_permission(by=giver(inbox, asked), at=inbox.now, asked=asked, words="Ring them instead.")
    inbox.refused(said=said)
    assert Permission.objects.count() == before
    assert Duty.objects.get(kind="policy.permission_answered").person == inbox.at_work.answerer


@EACH
def test_what_another_policy_waits_for_is_not_asked_here(inbox):
    mine = {covers for key, _said, covers, _role in WAITS if key == inbox.at_work.key}
    for _key, said, covers, _role in WAITS:
        if covers not in mine:
            with pytest.raises(NotNow):
                ask(inbox, covers, said)
    assert PermissionAsked.objects.count() == 0


@only("wootton")
def test_the_writer_and_a_stranger_give_nothing(inbox):
    asked = ask(inbox, "press", {"from_press": True})
    for person in (inbox.at_work.answerer, inbox.at_work.refused):
        with pytest.raises(NotAllowed):
            permit(by=person, at=inbox.now, asked=asked)
    with pytest.raises(NotAllowed):
        ask(inbox, "press", {"from_press": True}, by=inbox.at_work.writer)


@only("wootton")
def test_another_text_ends_the_request_and_so_does_closing(inbox):
    first = ask(inbox, "press", {"from_press": True})
    second = ask(inbox, "press", {"from_press": True}, text="Their best clothes.")
    first.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "open")
    close_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item, reason="no_answer_needed")
    second.refresh_from_db()
    assert second.state == "lapsed"
    assert not Duty.objects.filter(kind="policy.permission", state="open").exists()
