"""Words of danger are read wherever the public writes, and reach the safeguarding leads by a concern of their
own, which names where they came in."""

from importlib import import_module

import pytest

from schoolgate.accounts.unofficial import report_fake
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.people.models import Person
from schoolgate.press.keeping import Entered, keep_by_hand
from schoolgate.publishing.news import send_news
from tests.cast import someone
from tests.guarantees.free_text import NOT_READ, READ, outside_fields
from tests.incidents.conftest import under, whom

__all__ = ["under"]
TELLS, CALM = "i want to kill myself", "It sells T-shirts with our badge."


@pytest.fixture
def staffed(under, at):
    """Wildground, with a lead and a deputy."""
    federation, _school = under("wildground")
    with scope(federation.pk):
        for name, place in (("Dee Marlow", "lead"), ("Dan Speight", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name).pk, since=at)
    return federation


def _fake(at, words):
    report_fake(at=at, address="facebook.com/not-ours", words=words, where=lambda _: "")


def _press(at, words):
    olive = Person.objects.get(name="Olive Owner")
    entered = Entered(
        how="telephone", wants=words, outlet="Gazette", journalist="Jo", school=School.objects.get()
    )
    keep_by_hand(by=olive, at=at, entered=entered)


def _news(at, words):
    olive = Person.objects.get(name="Olive Owner")
    send_news(by=olive, at=at, school=School.objects.get(), kind="news", text=words, made_by="me")


def test_every_field_in_which_people_outside_write_is_read_for_danger_or_says_why_not():
    not_read = [field for fields in NOT_READ.values() for field in fields.split()]
    assert len(not_read) == len(set(not_read))
    assert sorted([*READ, *not_read]) == sorted(outside_fields())


@pytest.mark.parametrize("reader", sorted(set(READ.values())))
def test_what_reads_them_is_there(reader):
    room, _dot, name = reader.rpartition(".")
    assert callable(getattr(import_module(room), name))


@pytest.mark.parametrize("words", ["i only eat at school", "tata mnie bije i boję się wracać do domu"])
@pytest.mark.parametrize("way", [_fake, _press])
def test_a_sign_and_a_language_that_is_not_read_here_reach_a_lead_from_our_own_forms(staffed, at, way, words):
    with scope(staffed.pk):
        way(at, words)
        assert "Dee Marlow" in whom(Report.objects.get())


@pytest.mark.parametrize("way", [_fake, _press, _news])
def test_words_of_danger_make_one_concern_and_calm_words_none(staffed, at, way):
    with scope(staffed.pk):
        way(at, CALM)
        assert not Report.objects.exists()
        way(at, f"{TELLS}, says Mr Speight")
        report = Report.objects.get()
        assert (report.danger, report.danger_read) == ("yes", True)
        assert "Dee Marlow" in whom(report)
        assert KeptOut.objects.get(report=report).person.name == "Dan Speight"
        assert "Dan Speight" not in whom(report)
