"""What was found in a text and answered stands before whoever reads it second, and nothing open is agreed to:
one test over every kind of text that two people read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Model
from django.urls import reverse

from schoolgate.accounts.deciding import decide_proposal
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import save_proposal, start_proposal, submit_proposal
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import Refused
from schoolgate.core.leaving import Said, WordsHeld, answering, check_words_of, found_in, kinds_read_by_two
from schoolgate.core.tenancy import scope
from schoolgate.inbox.reply_facts import place_of_item, text_digest
from schoolgate.policy.guiding import ask_second, publish_guide, write_guide
from schoolgate.policy.models import DecisionRecord, GuideVersion, PermissionAsked
from schoolgate.policy.permitting import Lacking, ask_permission, permit, refuse_permission
from schoolgate.policy.queries import in_force
from schoolgate.press.enquiries import latest, place_of_enquiry
from schoolgate.press.models import Enquiry, Statement
from schoolgate.press.statements import draft, release
from schoolgate.publishing import ready
from schoolgate.publishing.emergency import approve_text, ask_for_text
from schoolgate.publishing.models import ReadyVersion, WordAnswer
from schoolgate.publishing.ready import keep_text
from tests.guarantees.test_whatever_leaves import DRAWS_ASIDE, comment, doors_of, pupils_on_the_list
from tests.publishing.conftest import ANSWERS
from tests.web.conftest import browser_of
from tests.web.things import NOW

OF_ONE = "She was sent out of the hall on Friday"
WHY = "A line of the play."
A_WAY_ON = local_day(NOW) + timedelta(days=90)


@dataclass(frozen=True)
class Kind:
    """A kind of text that two people read: how its writer asks for the second, who then agrees on `page` with
    the `button`."""

    ask: Callable[[SimpleNamespace, str], None]
    found: Callable[[str], Model]
    agree: Callable[[SimpleNamespace, Model], object]
    page: Callable[[Model], str]
    button: str


def ask_about_emergency(here, words):
    version = ReadyVersion.objects.filter(english=words).first()
    text = ready.read_text(version.text_id) if version else keep_text(
        by=here.office, at=NOW, school=here.there.school, title="Closed", english=words, emergency=True,
        accounts=[here.there.board], senders=[here.office], until=A_WAY_ON,
    )  # fmt: skip
    ask_for_text(by=here.office, at=NOW, text=text, answers=ANSWERS)


def approve_emergency(here, version):
    text = ready.read_text(version.text_id)
    approve_text(by=here.lead, at=NOW, text=text, seen=ready.seen_of(ready.newest(text)))


def ask_about_guide(here, words):
    row = GuideVersion.objects.filter(text=words).first() or write_guide(
        by=here.office, at=NOW, guide=None, audience="parents", about="privacy", title="Safe online",
        text=words, title_cy="", text_cy="", public=True, check_by=A_WAY_ON,
    )  # fmt: skip
    ask_second(by=here.office, at=NOW, guide=row.guide, number=row.number)


def asks_permission(thing, place, written=lambda here, about, words: None):
    """Return how a permission for words is asked for that leave with this thing, once they are `written`."""

    def ask(here, words):
        about = thing(here)
        written(here, about, words)
        ask_permission(
            by=here.office, at=NOW, about=about, place=place(about), digest=text_digest(words), text=words,
            words="", decision=DecisionRecord.objects.earliest("pk"),
            lacks=Lacking("press", "answer", (), ("slt",), named=True),
        )  # fmt: skip

    return Kind(
        ask,
        lambda words: PermissionAsked.objects.get(text=words),
        lambda here, asked: permit(by=here.lead, at=NOW, asked=asked),
        lambda asked: reverse("permission-asked", args=[asked.pk]),
        "Save answer",
    )


def draft_statement(here, enquiry, words):
    before = latest(enquiry)
    draft(by=here.office, at=NOW, enquiry=enquiry, text=words, version=before.number if before else 0)


def write_statement(here, words):
    """Under a policy that says nothing of the press no one is asked: who gives it is the second."""
    enquiry = Enquiry.objects.get(pk=here.there.value("enquiry of the press"))
    draft_statement(here, enquiry, words)
    check_words_of(latest(enquiry), by=here.office, at=NOW)


def give_statement(here, statement):
    with suppress(Refused):
        release(by=here.lead, at=NOW, enquiry=statement.enquiry, version=statement.number, how="telephone")


def ask_about_account(here, words):
    """What the policy asks for beside the words of a proposal isn't asked here."""
    begun = Proposal.objects.filter(name=words).first() or start_proposal(
        by=here.office, at=NOW, school=here.there.school
    )
    save_proposal(proposal=begun, by=here.office, at=NOW, name=words, network="bluesky", kind="school")
    with suppress(Refused):
        submit_proposal(proposal=begun, by=here.office, at=NOW)
    check_words_of(begun, by=here.office, at=NOW)
    version = in_force(local_day(NOW)).version
    Proposal.objects.filter(pk=begun.pk).update(state="submitted", submitted_at=NOW, version=version)


def decide_account(here, proposal):
    with suppress(Refused):
        decide_proposal(proposal=proposal, by=here.lead, at=NOW, approve=True, seen=shown_digest(proposal))


KINDS = {
    "publishing.readyversion": Kind(
        ask_about_emergency,
        lambda words: ReadyVersion.objects.get(english=words),
        approve_emergency,
        lambda version: f"{reverse('posts')}?as=texts&text={version.text_id}",
        "Approve text",
    ),
    "policy.guideversion": Kind(
        ask_about_guide,
        lambda words: GuideVersion.objects.get(text=words),
        lambda here, row: publish_guide(by=here.lead, at=NOW, guide=row.guide, number=row.number),
        lambda row: f"{reverse('policy')}?as=guides&guide={row.guide_id}",
        "Agree and publish",
    ),
    "policy.permissionasked": asks_permission(lambda _here: comment("What time?"), place_of_item),
    "policy.permissionasked of a statement": asks_permission(
        lambda here: Enquiry.objects.get(pk=here.there.value("enquiry of the press")),
        place_of_enquiry,
        draft_statement,
    ),
    "press.statement": Kind(
        write_statement,
        lambda words: Statement.objects.get(text=words),
        give_statement,
        lambda statement: f"{reverse('inbox')}?as=press&enquiry={statement.enquiry_id}",
        "Change the statement",
    ),
    "accounts.proposal": Kind(
        ask_about_account,
        lambda words: Proposal.objects.get(name=words),
        decide_account,
        lambda proposal: reverse("proposal-decide", args=[proposal.pk]),
        ">Approve<",
    ),
}
NO_SECOND = {
    Door.COMMENT: "strangers wrote it, and who shows it answers",
    Door.APPEAL: "who decides it writes the reasons",
    Door.MESSAGE: "one person writes and sends it",
    Door.AGREED_LINE: "who agreed it isn't written down",
    Door.CHANGE: "an approver reads what a network shows, and answers",
    Door.SITE_TEXT: "one person writes it",
    Door.FAREWELL: "one person writes it",
    Door.CONSENT_WORDS: "one person writes them",
    Door.NOTICE_WORDING: "one person writes it",
    Door.LETTER: "one person writes it",
    Door.POLICY: "the governors adopt it, outside",
}
"""Why no second person here agrees to what leaves by a door. What posts say, `hits_of` finds."""
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.fixture
def here(in_world, home):
    return in_world(pupils_on_the_list, NOW)


def held_by(act) -> dict[str, Said]:
    with pytest.raises(WordsHeld) as held:
        act()
    return {one.key: Said("right", WHY) for one in held.value.held}


def page_of(here, kind, thing) -> str:
    """Return the page on which the second person reads it and agrees."""
    shown = browser_of(here.lead).get(kind.page(thing))
    assert shown.status_code == 200
    return shown.content.decode()


def test_every_kind_of_text_that_two_people_read_is_tried_here():
    assert {name.partition(" ")[0] for name in KINDS} == set(kinds_read_by_two())


def test_every_door_has_a_second_reader_or_says_why_not():
    read_by_two = doors_of("Leaving") - {Door.COMMENT.name}  # given as one thing to who shows it alone
    assert read_by_two | {door.name for door in NO_SECOND} == {door.name for door in Door}
    assert not read_by_two & {door.name for door in NO_SECOND}


@EACH
def test_whoever_agrees_reads_what_was_found_who_answered_it_and_why(here, kind):
    with scope(here.there.federation.pk):
        said = held_by(lambda: kind.ask(here, OF_ONE))
        with answering(said):
            kind.ask(here, OF_ONE)
        thing = kind.found(OF_ONE)
        assert [(one.key, one.by, one.said) for one in found_in(thing, by=here.lead, at=NOW)] == [
            (key, here.office.name, answer) for key, answer in said.items()
        ]
    page = page_of(here, kind, thing)
    assert "Text check" in page
    assert "Not answered" not in page
    assert here.office.name in page
    assert WHY in page.partition("Text check")[2]
    assert page.index("Text check") < page.index(kind.button), "they read it before they press"
    with scope(here.there.federation.pk):
        kind.agree(here, kind.found(OF_ONE))


@EACH
def test_no_one_agrees_while_an_answer_is_open(here, kind):
    """Such as of a name that came to a list since."""
    with scope(here.there.federation.pk):
        said = held_by(lambda: kind.ask(here, OF_ONE))
        with answering(said):
            kind.ask(here, OF_ONE)
        WordAnswer.objects.update(hit="of other words")
        thing = kind.found(OF_ONE)
        assert {one.by for one in found_in(thing, by=here.lead, at=NOW)} == {""}
    assert "Not answered" in page_of(here, kind, thing)
    with scope(here.there.federation.pk):
        assert held_by(lambda: kind.agree(here, kind.found(OF_ONE))).keys() == said.keys()
        with answering(said):
            kind.agree(here, kind.found(OF_ONE))


@EACH
def test_nothing_is_shown_where_nothing_was_found(here, kind):
    with scope(here.there.federation.pk):
        kind.ask(here, "Everything is as usual")
        thing = kind.found("Everything is as usual")
        assert found_in(thing, by=here.lead, at=NOW) == []
    assert "Text check" not in page_of(here, kind, thing)


def test_a_no_is_said_whatever_waits_for_an_answer(here):
    kind = KINDS["policy.permissionasked"]
    with scope(here.there.federation.pk):
        with answering(held_by(lambda: kind.ask(here, OF_ONE))):
            kind.ask(here, OF_ONE)
        WordAnswer.objects.update(hit="of other words")
        refuse_permission(by=here.lead, at=NOW, asked=kind.found(OF_ONE), words="Ring them instead.")


def test_why_a_lead_let_words_stay_is_read_by_leads_alone(here):
    kind = KINDS["policy.guideversion"]
    with scope(here.there.federation.pk):
        said = held_by(lambda: kind.ask(here, DRAWS_ASIDE))
        row = kind.found(DRAWS_ASIDE)
        with answering(said):
            ask_second(by=here.lead, at=NOW, guide=row.guide, number=row.number)
        (found,) = found_in(row, by=here.there.ben, at=NOW)
        assert (found.by, found.said.words) == (here.lead.name, "")
        (found,) = found_in(row, by=here.lead, at=NOW)
        assert found.said.words == WHY
