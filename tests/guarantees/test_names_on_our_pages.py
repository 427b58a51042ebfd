"""A child who may not be named any more is named by no page of ours: guides, the register and what else
stands there until someone changes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, AssociatedPage
from schoolgate.core.data_map.entries import load
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.leaving import Said, answering
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.replying import write_answer
from schoolgate.inbox.taking_off import may_name
from schoolgate.policy.guiding import publish_guide, write_guide
from schoolgate.policy.models import Guide
from schoolgate.publishing.withdrawn import PAGES, STANDING, names_are_off, standing_with
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Consent, Pupil
from tests.cast import someone
from tests.conftest import deliver_all, recorded
from tests.inbox.conftest import comment_in
from tests.policy.test_guides import second
from tests.web.conftest import sign_in

__all__ = ["sign_in"]
NAMED = "Osian Prydderch"


@pytest.fixture
def here(in_world, at, home):
    """Osian may be named; a public guide and the register name him, with an answer each."""
    found = in_world(comment_in, at)
    with scope(found.cast.federation.pk):
        found.lead = someone("Lena Lead")
        Safeguarder.objects.create(place="lead", person_id=found.lead.pk, since=at - timedelta(days=9))
        found.osian = Pupil.objects.create(
            school=found.cast.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )
        Consent.objects.create(
            pupil=found.osian, use="name", answer="given", giver="parent", form="spoken",
            from_day=at.date(), by=found.cast.sam, at=at,
        )  # fmt: skip
        yield found


def guide_about(here, at, text, *, public=True, reply="may_name") -> Guide:
    row = write_guide(
        by=here.cast.sam, at=at, guide=None, audience="parents", about="other", title="Tips", text=text,
        title_cy="", text_cy="", public=public, check_by=at.date() + timedelta(days=90),
    )  # fmt: skip
    with answering(AnyName(reply)):
        publish_guide(by=second(row), at=at, guide=row.guide, number=row.number)
    return row.guide


class AnyName(dict):
    """One answer to whatever is found."""

    def __init__(self, reply):
        super().__init__(any=reply)
        self.said = Said(reply, "As agreed with them.")

    def get(self, _key, _default=None):
        return self.said


def account_of(here) -> Account:
    account = Account.objects.order_by("pk")[0]
    Account.objects.filter(pk=account.pk).update(purpose=f"Run by {NAMED}.", contact=f"{NAMED}, reporter")
    return account


def withdrawn(here, at, **how):
    Consent.objects.create(
        pupil=here.osian, use="name", answer="refused", giver="parent", form="spoken",
        from_day=at.date(), by=here.cast.sam, at=at,
    )  # fmt: skip
    withdraw(at=at, pupil=here.osian, cause="answer", **{"uses": ["name"], **how})
    recorded()
    deliver_all(here.cast.federation.pk, at)


def test_a_guide_is_withdrawn_and_the_register_is_emptied_and_the_lead_is_asked_to_look(here, at):
    guide, account = guide_about(here, at, f"{NAMED} says: use a pass phrase."), account_of(here)
    page = AssociatedPage.objects.create(
        name="PTA", address="https://example.org/pta", contact=NAMED, entered_at=at, entered_by=here.cast.sam
    )
    withdrawn(here, at)
    for row in (guide, account, page):
        row.refresh_from_db()
    assert guide.ended_at is not None
    assert (account.purpose, account.contact, page.contact) == ("", "", "")
    assert not list(standing_with(here.osian))
    (task,) = Duty.objects.filter(kind="pupil.name_on_page")
    assert (task.person_id, task.due_at is not None) == (here.lead.pk, True)
    with pytest.raises(NotAllowed):
        names_are_off(by=here.cast.sam, at=at, pupil=here.osian)
    names_are_off(by=here.lead, at=at, pupil=here.osian)
    task.refresh_from_db()
    assert task.state == "discharged"


def test_the_do_not_publish_list_does_the_same(here, at):
    guide = guide_about(here, at, f"{NAMED} says hello.")
    keep_off(by=here.lead, at=at, pupil=here.osian, why="An order of the court.")
    recorded()
    deliver_all(here.cast.federation.pk, at)
    guide.refresh_from_db()
    assert guide.ended_at is not None


def test_what_only_a_person_can_change_is_named_until_it_is(here, at, sign_in):
    account = Account.objects.order_by("pk")[0]
    Account.objects.filter(pk=account.pk).update(name=f"{NAMED}'s page")
    withdrawn(here, at)
    with pytest.raises(NotNow):
        names_are_off(by=here.lead, at=at, pupil=here.osian)
    browser = sign_in(here.lead)
    shown = browser.get(reverse("pupil", args=[here.osian.pk])).content.decode()
    assert reverse("account", args=[account.pk]) in shown
    Account.objects.filter(pk=account.pk).update(name="The school's page")
    answer = browser.post(reverse("pupil", args=[here.osian.pk]), {"do": "off-pages"})
    assert answer.status_code == 302
    assert Duty.objects.get(kind="pupil.name_on_page").state == "discharged"


@pytest.mark.parametrize("how", [{"uses": ["picture"]}, {"channel": "mastodon"}, {"cause": "today"}], ids=str)
def test_what_is_not_about_a_name_on_our_pages_takes_nothing_off(here, at, how):
    guide, account = guide_about(here, at, f"{NAMED} says hello."), account_of(here)
    withdraw(at=at, pupil=here.osian, **{"cause": "answer", "uses": ["name"], **how})
    recorded()
    deliver_all(here.cast.federation.pk, at)
    guide.refresh_from_db()
    account.refresh_from_db()
    assert (guide.ended_at, account.contact) == (None, f"{NAMED}, reporter")
    assert not Duty.objects.filter(kind="pupil.name_on_page").exists()


def test_a_guide_that_only_staff_read_is_withdrawn_too_and_one_about_another_stays(here, at):
    inside = guide_about(here, at, f"{NAMED} says hello.", public=False)
    other = guide_about(here, at, "Osian Roberts says hello.")
    withdrawn(here, at)
    for guide in (inside, other):
        guide.refresh_from_db()
    assert (inside.ended_at is not None, other.ended_at) == (True, None)


def test_a_guide_that_went_out_because_one_person_said_that_another_is_meant_is_withdrawn_too(here, at):
    guide = guide_about(here, at, f"{NAMED} says hello.", reply="not_pupil")
    withdrawn(here, at)
    guide.refresh_from_db()
    assert guide.ended_at is None
    keep_off(by=here.lead, at=at + timedelta(minutes=1), pupil=here.osian)
    recorded()
    deliver_all(here.cast.federation.pk, at + timedelta(minutes=1))
    guide.refresh_from_db()
    assert guide.ended_at is not None


def test_each_table_from_which_words_stand_on_our_pages_is_looked_through():
    """By the data map: a new one that isn't in `our_pages` fails here."""
    declared = {(field.table, field.name) for field in load().fields() if field.leaves in STANDING}
    assert declared == {(model._meta.label, name) for model, page in PAGES.items() for name in page.fields}


def replied(here, at, text) -> Item:
    """Our reply with these words is out, below the comment."""
    item = Item.objects.get(pk=here.comment.pk)
    said = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}
    answer = write_answer(by=here.cast.ben, at=at, item=item, text=text, version=item.version, said=said)
    Answer.objects.filter(pk=answer.pk).update(state="confirmed", receipt={"id": "1"})
    return item


@pytest.mark.parametrize(("text", "stays"), [
    ("Osian was our star", True), ("Da iawn Osian, seren y sioe", True), ("Oscar was our star", False),
])  # fmt: skip
def test_replies_with_the_first_name_of_a_child_new_on_the_list_are_listed_to_the_leads(
    here, at, sign_in, text, stays
):
    """No one was asked about a first name alone before: it stays, and a lead has a task and the list."""
    item = replied(here, at, text)
    keep_off(by=here.lead, at=at, pupil=here.osian)
    recorded()
    deliver_all(here.cast.federation.pk, at)
    assert Duty.objects.filter(kind="pupil.name_on_page", person=here.lead).exists() is stays
    assert may_name(here.osian) == ([item.pk] if stays else [])
    shown = sign_in(here.lead).get(reverse("pupil", args=[here.osian.pk])).content.decode()
    assert (reverse("item", args=[item.pk]) in shown) is stays
    if stays:
        names_are_off(by=here.lead, at=at, pupil=here.osian)
        Answer.objects.update(gone_at=at)
        assert may_name(here.osian) == []
