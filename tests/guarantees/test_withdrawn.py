"""What is withdrawn comes down, also where words alone name the pupil, chosen or not."""

from __future__ import annotations

import pytest
from django.urls import reverse

from schoolgate.core.leaving import Said
from schoolgate.core.models import Safeguarder
from schoolgate.duties.models import Duty
from schoolgate.publishing import queries
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Delivery, PostPerson
from schoolgate.publishing.sending import _outdated
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.withdrawn import copies_of
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Consent, Pupil, Withdrawal
from tests.cast import someone
from tests.conftest import deliver_all, recorded
from tests.inbox.conftest import beginning, comment_in, server  # noqa: F401
from tests.publishing.conftest import approve_for, draft_of
from tests.web.conftest import sign_in

__all__ = ["sign_in"]

NAMED = "Osian Prydderch won the spelling prize."


@pytest.fixture
def here(in_world, at, home):
    from schoolgate.core.tenancy import scope

    found = in_world(comment_in, at)
    with scope(found.cast.federation.pk):
        found.osian = Pupil.objects.create(
            school=found.cast.school, key="O1", first_name="Osian", last_name="Prydderch", form="4B", year="4"
        )
        Consent.objects.create(
            pupil=found.osian, use="name", answer="given", giver="parent", form="spoken",
            from_day=at.date(), by=found.cast.sam, at=at,
        )  # fmt: skip
        yield found


def sent(here, at, reply, text=NAMED):
    """A post with these words, of which the author said `reply` about the name; its copy."""
    cast = here.cast
    post = draft_of(cast, at, text)
    (found,) = hits_of(post, on=at.date()).hits
    why = "The poet of that name." if reply == "not_pupil" else "As agreed with their parents."
    for person in (cast.amina, cast.ben):
        said = {found.hit.key: Said(reply, why)}
        answer_hits(by=person, at=at, post=queries.post(post.pk), said=said)
    (copy,) = begin_sending(at=at, post=approve_for(cast, at, queries.post(post.pk)))
    return copy


def test_a_post_that_names_a_pupil_who_was_not_chosen_is_found(here, at):
    copy = sent(here, at, "may_name")
    assert not PostPerson.objects.filter(post=copy.post_id, pupil=here.osian).exists()
    assert copies_of(withdraw(at=at, pupil=here.osian, cause="answer", uses=["name"])) == [copy]
    assert copies_of(withdraw(at=at, pupil=here.osian, cause="answer", uses=["picture"])) == []
    assert (
        copies_of(withdraw(at=at, pupil=here.osian, cause="answer", uses=["name"], channel="mastodon")) == []
    )


def test_a_name_written_otherwise_is_found_where_a_person_said_that_this_pupil_is_meant(here, at):
    """By its words, so that a post from which they went stays; and one that waits to be sent is held."""
    copy = sent(here, at, "may_name", "O. Prydderch won the spelling prize.")
    gone = withdraw(at=at, pupil=here.osian, cause="answer", uses=["name"])
    assert copies_of(gone) == [copy]
    assert _outdated(copy, at) == ""
    Consent.objects.create(
        pupil=here.osian, use="name", answer="refused", giver="parent", form="spoken", from_day=at.date(),
        by=here.cast.sam, at=at,
    )  # fmt: skip
    assert _outdated(copy, at) == "words_held"
    Delivery.objects.update(text="Someone won the spelling prize.")
    assert copies_of(gone) == []


def test_what_may_mean_a_pupil_on_the_wall_is_not_sent_on_an_earlier_answer(here, at):
    copy = sent(here, at, "not_pupil", "O. Prydderch won the spelling prize.")
    assert _outdated(copy, at) == ""
    Safeguarder.objects.create(place="lead", person_id=here.cast.sam.pk, since=at)
    keep_off(by=here.cast.sam, at=at, pupil=here.osian)
    assert _outdated(copy, at) == "words_held"


def test_a_post_of_which_two_said_that_another_is_meant_stays(here, at):
    sent(here, at, "not_pupil")
    assert copies_of(withdraw(at=at, pupil=here.osian, cause="answer", uses=["name"])) == []


def test_it_is_named_to_the_leads_once_the_child_is_on_the_do_not_publish_list(here, at, sign_in):
    """It stays, because two people said so; a lead looks, takes it down or says that it may stay."""
    copy = sent(here, at, "not_pupil")
    lead = someone("Lena Lead")
    Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at)
    keep_off(by=lead, at=at, pupil=here.osian)
    recorded()
    deliver_all(here.cast.federation.pk, at)
    (task,) = Duty.objects.filter(kind="pupil.name_on_page")
    assert (task.person, copies_of(Withdrawal.objects.get())) == (lead, [])
    page = reverse("pupil", args=[here.osian.pk])
    browser = sign_in(lead)
    assert reverse("post", args=[copy.post_id]) in browser.get(page).content.decode()
    assert browser.post(page, {"do": "off-pages"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "discharged"
