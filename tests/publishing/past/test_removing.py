"""Older posts that name or may show a child who may not be: found, asked about by a time, and gone by two
people's word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.archives.mastodon import _post
from schoolgate.people.models import Person
from schoolgate.publishing.models import PastPost, PastToGo
from schoolgate.publishing.past_posts import look_at_older, say_older
from schoolgate.publishing.withdrawn import Gone, list_withdrawn, outcomes_of
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Consent, Pupil
from tests.cast import someone
from tests.networks.archives.makers import tweet
from tests.publishing.past.conftest import archive

GALA = "Freya Lund won the gala"


@pytest.fixture
def here(world):
    """Its safeguarding lead, who isn't on the account's team, and a pupil."""
    with scope(world.federation.pk):
        world.sam = Person.objects.get(name="Sam Slater")
        world.ceri = someone("Ceri Lead", "staff", school=world.school)
        Safeguarder.objects.create(place="lead", person_id=world.ceri.pk, since=world.at)
        world.freya = Pupil.objects.create(
            school=world.school, key="F1", first_name="Freya", last_name="Lund", form="4B", year="4"
        )
    return world


def found(here, **said):
    """What a withdrawal finds, as its outcomes."""
    said = {"cause": "answer", "uses": ["name", "picture"], **said}
    act = list_withdrawn(at=here.at, withdrawal=withdraw(at=here.at, pupil=here.freya, **said))
    return [(each.gone, each.at) for each in outcomes_of(act, at=here.at)]


def asked():
    """Who is asked, by name or role."""
    rows = Duty.objects.filter(kind="past.take_down", state="open", due_at__isnull=False)
    return {duty.person.name if duty.person_id else duty.role_key for duty in rows}


def test_a_name_in_a_pictures_description_is_found(here):
    note = {
        "type": "Note", "id": "https://social.example/1", "published": "2024-05-06T09:30:00Z",
        "to": ["as:Public"], "content": "<p>Well done</p>", "attachment": [{"name": GALA}],
    }  # fmt: skip
    assert _post({"type": "Create", "object": note}).alts == GALA
    here.take(archive(tweet(1, "Well done")))
    with scope(here.federation.pk):
        PastPost.objects.update(alts=GALA)
        assert [gone for gone, _until in found(here)] == [Gone.BY_HAND]


@pytest.mark.parametrize("text", [GALA, "Well done #FreyaLund", "FREYA   LUND’s day"])
def test_an_older_post_that_names_a_child_is_found_and_asked_about_by_a_time(here, text):
    here.take(archive(tweet(1, text), tweet(2, "Beans for lunch")))
    with scope(here.federation.pk):
        [(gone, until)] = found(here)
        row = PastToGo.objects.get()
        assert (gone, until, row.post.text) == (Gone.BY_HAND, row.due_at, text)
        assert "Ben Carter" in asked()
        assert "Ceri Lead" not in asked()  # told of the do-not-publish list alone


def test_what_says_nothing_of_the_child_or_of_that_network_or_use_is_not(here):
    here.take(archive(tweet(1, GALA)))
    with scope(here.federation.pk):
        assert found(here, channel="mastodon") == []
        assert found(here, uses=["picture"]) == []  # it has no picture
        assert found(here, cause="today") == []
    here.take(archive(tweet(2, "Freya won; Lund is in Sweden")))
    with scope(here.federation.pk):
        assert len(found(here)) == 1


def test_pictures_that_are_not_here_are_looked_through_by_a_person(here):
    here.take(archive(tweet(1, "Beans", extended_entities={"media": [{}]}), tweet(2, "More")))
    with scope(here.federation.pk):
        [(gone, _until)] = found(here, uses=["picture"])
        assert (gone, PastToGo.objects.get().post) == (Gone.LOOKED_FOR, None)
        assert found(here, uses=["name"]) == []


def test_a_child_who_is_kept_off_has_older_posts_looked_for_and_a_lead_is_told(here):
    here.take(archive(tweet(1, GALA)))
    with scope(here.federation.pk):
        keep_off(by=here.ceri, at=here.at, pupil=here.freya)
        list_withdrawn(at=here.at, withdrawal=here.freya.withdrawals.get())
        assert {"Ben Carter", "Ceri Lead"} <= asked()


def test_an_import_looks_for_children_on_the_list_and_those_with_a_no(here):
    with scope(here.federation.pk):
        noah = Pupil.objects.create(school=here.school, key="N1", first_name="Noah", last_name="Bright")
        Pupil.objects.create(school=here.school, key="A1", first_name="Ava", last_name="Thomas")
        Consent.objects.create(
            pupil=noah, use="name", answer="refused", giver="parent", form="spoken",
            from_day=here.at.date(), by=here.sam, at=here.at,
        )  # fmt: skip
        keep_off(by=here.ceri, at=here.at, pupil=here.freya)
    here.take(archive(tweet(1, GALA), tweet(2, "Ava Thomas and Noah Bright with the beans")))
    with scope(here.federation.pk):
        rows = PastToGo.objects.order_by("post__key")
        assert [(row.post.key, row.pupil.last_name) for row in rows] == [("1", "Lund"), ("2", "Bright")]
        assert "Ceri Lead" in asked()


def test_it_is_gone_by_the_word_of_two(here):
    here.take(archive(tweet(1, GALA)))
    with scope(here.federation.pk):
        act = list_withdrawn(
            at=here.at, withdrawal=withdraw(at=here.at, pupil=here.freya, cause="answer", uses=["name"])
        )
        row, late = PastToGo.objects.get(), here.at + timedelta(days=30)
        say_older(by=here.ben, at=here.at, row=row, said="gone")
        with pytest.raises(NotAllowed):
            look_at_older(by=here.ben, at=here.at, row=row, right=True)
        assert [each.gone for each in outcomes_of(act, at=late)] == [Gone.STUCK]
        look_at_older(by=here.sam, at=here.at, row=row, right=True)
        assert [each.gone for each in outcomes_of(act, at=late)] == [Gone.REMOVED]
        assert not Duty.objects.filter(kind__startswith="past.", state="open").exists()


def test_what_is_still_there_is_asked_about_again_and_no_stranger_says_anything(here):
    here.take(archive(tweet(1, GALA)))
    with scope(here.federation.pk):
        found(here)
        row = PastToGo.objects.get()
        for stranger in (here.dan, here.amina):
            with pytest.raises(NotFound):
                say_older(by=stranger, at=here.at, row=row, said="gone")
        say_older(by=here.ben, at=here.at, row=row, said="nothing")
        with pytest.raises(NotNow):
            say_older(by=here.sam, at=here.at, row=row, said="gone")
        look_at_older(by=here.sam, at=here.at, row=row, right=False)
        assert "Ben Carter" in asked()
