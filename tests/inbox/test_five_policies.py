"""An answer to a comment, from coming in to confirmed, under each policy's rules; and each one's refusal."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotAllowed, Refused
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.inbox import ingesting, replying, seeing
from schoolgate.inbox.reply_facts import answer_facts, covers_text
from schoolgate.inbox.replying import asked_of, judged_answer, write_answer
from schoolgate.networks.fake import FakeNetwork
from schoolgate.people.assignments import give_permission
from schoolgate.policy.models import PolicyVersion, Reading
from tests.cast import someone
from tests.publishing.five_policies import KEYS, federation_at_work
from tests.worlds import world

SAID = {
    "to_relation": "parent", "from_press": False, "asks_for_comment": False, "about_posts": False,
    "to_offensive": False, "about_school": True, "in_doubt": False, "commits": False,
}  # fmt: skip
"""What is said of an answer to a parent; each policy asks for some of it."""


class Inbox:
    """One federation, a comment below its post, and the people who answer."""

    def __init__(self, at_work):
        self.at_work, self.at = at_work, at_work.at
        post = at_work.send(at_work.approve(at_work.handed_in()))
        at_work.server.comment(post.ref, "What should they wear?", at=self.at + timedelta(hours=1))
        self.now = self.at + timedelta(hours=1, minutes=1)
        ingesting.poll(
            at_work.federation.pk, at_work.account.pk, clock=lambda: self.now, connect=lambda _: self.network
        )
        with scope(at_work.federation.pk):
            self.item = seeing.items_page()[0][0]

    @property
    def network(self):
        return FakeNetwork(self.at_work.server)

    def answer(self, *, by=None, said=None, **more):
        told, text = {**SAID, **(said or {})}, more.pop("text", "Their PE kit.")
        return write_answer(
            by=by or self.at_work.answerer, at=self.now, item=self.item, text=text,
            version=self.item.version, said=told, **more,
        )  # fmt: skip

    def send(self, answer):
        replying.advance(
            self.at_work.federation.pk, answer.pk, clock=lambda: self.now, connect=lambda _: self.network
        )
        with scope(self.at_work.federation.pk):
            return seeing.answer(answer.pk)

    def asked(self):
        return asked_of(self.item, by=self.at_work.answerer, at=self.now, said=SAID)[1]

    def refused(self, **given):
        with pytest.raises(Refused) as refused:
            self.answer(**given)
        return refused.value.kept

    def leave(self, covers, subject, *, role):
        return give_permission(
            by=self.at_work.owner, at=self.now, role_key=role, written=True, covers=covers,
            subject=subject_of(subject), from_day=self.now.date(),
        )  # fmt: skip


@world(federation_at_work)
def inbox_of_one(before, at, key, kind="school") -> SimpleNamespace:
    """One of the five federations with a comment in its inbox."""
    with scope(before.at_work.federation.pk):
        return SimpleNamespace(inbox=Inbox(before.at_work))


@pytest.fixture
def inbox(request, in_world, home, at):
    """The inbox of one of the five federations, in its scope; `key` or `(key, kind of account)`."""
    words = request.param if isinstance(request.param, tuple) else (request.param,)
    found = in_world(inbox_of_one, at, *words).inbox
    with scope(found.at_work.federation.pk):
        yield found


EACH = pytest.mark.parametrize("inbox", KEYS, indirect=True)


def only(*key):
    return pytest.mark.parametrize("inbox", [key if len(key) > 1 else key[0]], indirect=True)


@EACH
def test_a_comment_is_answered(inbox):
    assert inbox.send(inbox.answer()).state == "confirmed"
    assert seeing.item(inbox.item.pk).state == "answered"


@EACH
def test_somebody_without_the_part_answers_nothing(inbox):
    with pytest.raises(NotAllowed):
        inbox.answer(by=inbox.at_work.writer if inbox.at_work.key == "wildground" else someone("Nobody"))
    assert seeing.item(inbox.item.pk).state == "open"


ASKED = {
    "wildground": ["from_press"],
    "boroughbridge": ["to_relation", "from_press", "in_doubt"],
    "learn-to-live": ["to_relation"],
    "wootton": ["from_press", "asks_for_comment", "commits"],
    "llanidloes": [],
}


@EACH
def test_what_the_policy_asks_of_the_writer_has_to_be_said(inbox):
    asked = inbox.asked()
    if asked:
        assert inbox.refused(said=dict.fromkeys(SAID)).outcome == "hold"
    assert ASKED[inbox.at_work.key] == asked


WAITS_WITH_A_JOURNALIST = {
    "wildground": "wildground-behaviour-15",
    "boroughbridge": "boroughbridge-behaviour-15",
    "wootton": "wootton-a3-19",
}
"""What an answer to a journalist about posts meets; the other two say nothing about journalists."""


@EACH
def test_a_journalist(inbox):
    asked = {"from_press": True, "about_posts": True}
    clause = WAITS_WITH_A_JOURNALIST.get(inbox.at_work.key)
    if clause is None:
        assert inbox.send(inbox.answer(said=asked)).state == "confirmed"
        return
    assert clause in inbox.refused(said=asked).clauses
    if inbox.at_work.key == "wildground":
        assert inbox.answer(said={**asked, "media_policy_steps": True}).state == "written"
    elif inbox.at_work.key == "wootton":
        inbox.leave("press", inbox.item, role="principal")
        assert inbox.answer(said=asked).state == "written"


# --- One policy's own ---


@only("learn-to-live")
def test_staff_answer_no_child_on_a_page_that_is_no_class_account(inbox):
    kept = inbox.refused(said={"to_relation": "pupil"})
    assert (kept.outcome, "learn-to-live-principles-7" in kept.clauses) == ("not_permitted", True)


@only("learn-to-live", "teaching")
def test_on_a_class_account_it_waits_for_a_ruling(inbox):
    assert inbox.refused(said={"to_relation": "pupil"}).outcome == "refer"


@only("boroughbridge")
def test_whoever_is_in_doubt_waits_for_somebody_else(inbox):
    assert "boroughbridge-dos-11" in inbox.refused(said={"in_doubt": True}).clauses


@only("boroughbridge")
def test_an_open_answer_to_a_pupil_waits_for_a_ruling(inbox):
    assert inbox.refused(said={"to_relation": "pupil"}).outcome == "refer"


@only("wootton")
def test_a_promise_waits_for_authority_on_record(inbox):
    assert inbox.refused(said={"commits": True}).outcome == "hold"
    inbox.leave("commitment", inbox.at_work.answerer, role="principal")
    assert inbox.send(inbox.answer(said={"commits": True})).state == "confirmed"


@only("wootton")
def test_advice_is_no_approval_of_this_very_answer(inbox):
    """A request for comment wants approval in writing that names the text; leave for the item names none."""
    inbox.leave("press", inbox.item, role="principal")
    kept = inbox.refused(said={"asks_for_comment": True})
    assert (kept.outcome, "wootton-business-6" in kept.clauses) == ("refer", True)


@only("wootton")
def test_approval_in_writing_of_this_very_answer_lets_it_go_out(inbox):
    inbox.leave(covers_text("press", "Their PE kit."), inbox.item, role="principal")
    assert inbox.answer(said={"asks_for_comment": True}).state == "written"


# --- Replies to the same person ----------------------------------------------------------------------------


@only("llanidloes")
def test_replies_to_the_same_person_below_a_post_are_counted_once_they_went_out(inbox):
    written = inbox.answer()
    assert _replies_before(inbox.item, by=inbox.at_work.answerer, at=inbox.now) == 0
    inbox.send(written)
    again = _written_again(inbox, author=inbox.item.author_id_there)
    other = _written_again(inbox, author="did:plc:another")
    assert _replies_before(again, by=inbox.at_work.answerer, at=inbox.now) == 1
    assert _replies_before(other, by=inbox.at_work.answerer, at=inbox.now) == 0
    again.post = None
    assert _replies_before(again, by=inbox.at_work.answerer, at=inbox.now) == 0


@only("llanidloes")
def test_a_hint_comes_after_the_replies_that_an_interpretation_names(inbox):
    version = PolicyVersion.objects.get()
    settings = {"llanidloes-tone-8@needless_argument/rule": {"hint_after_own_replies": 1}}
    reading = Reading.objects.filter(version=version).order_by("-number").first()
    Reading.objects.create(
        version=version, number=reading.number + 1, changes={"settings": settings},
        signed_by=inbox.at_work.owner, signed_at=version.in_force_from,
    )  # fmt: skip
    current_scope().memo.clear()
    assert _advice(inbox.item, inbox) == ["courtesy.no_argument"]
    inbox.send(inbox.answer())
    assert _advice(_written_again(inbox, author=inbox.item.author_id_there), inbox) == [
        "courtesy.end_it_here"
    ]


@only("wildground")
def test_a_policy_without_that_rule_counts_no_replies(inbox):
    inbox.send(inbox.answer())
    assert _replies_before(inbox.item, by=inbox.at_work.answerer, at=inbox.now) is None


@only("wildground")
def test_a_reply_is_judged_by_the_network_of_its_account(inbox):
    facts = answer_facts(
        inbox.item, by=inbox.at_work.answerer, at=inbox.now, acknowledges_only=False, said={}
    )
    assert facts.network == inbox.item.account.network


def _written_again(inbox, *, author):
    """Another comment below the same post."""
    row = seeing.item(inbox.item.pk)
    row.pk, row.network_id, row.author_id_there, row.state = None, f"again-{author}", author, "open"
    row.save(force_insert=True)
    return row


def _replies_before(item, *, by, at):
    return answer_facts(item, by=by, at=at, acknowledges_only=False, said={}).own_replies


def _advice(item, inbox):
    told = judged_answer(item, by=inbox.at_work.answerer, at=inbox.now, said=SAID)
    return [one.message for one in told.at("needless_argument")]
