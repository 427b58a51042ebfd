"""A name that is public is found again however it was typed: with another apostrophe, accent, hyphen or sign,
as Welsh changes it, over a break, and in a film's captions. What may not stay is looked for by this."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.inbox import taking_off
from schoolgate.inbox.models import Answer
from schoolgate.listening.watching import known_people
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.publishing import named_in_public as in_posts
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.of_pupils import name_found
from schoolgate.pupils.models import ChangeState, Pupil, PupilChange
from schoolgate.screening.finding_names import find_names
from schoolgate.screening.folding import fold
from tests.web.everything import everything
from tests.web.things import NOW
from tests.worlds import world

LISTED = {
    "ffion": ("Ffion", "O'Neill"),
    "mared": ("Mared", "Llŷr-Môn"),
    "osian": ("Osian", "Prydderch"),
    "ana": ("Ana", "Nuñez"),
    "soren": ("Soren", "Bjørnæs"),
    "lee": ("Bo", "Lê"),
}
TYPED = [
    ("ffion", "Well done Ffion O’Neill"),
    ("ffion", "Well done Ffion ONeill"),
    ("ffion", "Well done Ffion O`Neill"),
    ("mared", "Da iawn Mared Llyr-Mon"),
    ("mared", "Da iawn Mared Llŷr‑Môn"),
    ("mared", "Da iawn Mared Llŷr Môn"),
    ("mared", "Da iawn i Fared Llŷr-Môn"),
    ("osian", "Da iawn Osian Pryd\u00adderch"),
    ("osian", "Da iawn Osian Pryd-\nderch"),
    ("osian", "Da iawn Osian Pryddérch"),
    ("osian", "Da iawn O S I A N P R Y D D E R C H"),
    ("osian", "#OsianPrydderch"),
    ("osian", "Da iawn Osian Рrydderch"),
    ("ana", "Well done Ana Nunez"),
    ("ana", "Well done Ana Nun\u0303ez"),
    ("soren", "Well done Soren Bjornaes"),
    ("lee", "Well done Bo Le"),
]
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nDa iawn Osian Pryd-\n\n00:02.000 --> 00:03.000\nderch\n"


@world(everything)
def with_a_comment(made: SimpleNamespace, _at) -> SimpleNamespace:
    """One of everything, these pupils, and a comment that our noticeboard shows."""
    there = made.everything
    with scope(there.federation.pk):
        for key, (first, last) in LISTED.items():
            Pupil.objects.create(school=there.school, key=key, first_name=first, last_name=last)
        there.comment = NoticeboardComment.objects.create(
            post=NoticeboardPost.objects.get(key=there.delivery.intent_key), key="named0000001", name="Pat",
            text="Hi", written_at=NOW - timedelta(hours=1), state="released", state_at=NOW,
        )  # fmt: skip
    return there


@pytest.fixture
def there(in_world, home):
    found = in_world(with_a_comment, NOW)
    with scope(found.federation.pk):
        yield found


def found_in_posts(there, key, **columns):
    Delivery.objects.filter(pk=there.delivery.pk).update(**columns)
    return in_posts.pupils_named([Pupil.objects.get(key=key).pk])


def test_a_name_is_found_again_in_our_posts_replies_and_comments_however_it_was_typed(there):
    reply = Answer.objects.get(pk=there.value("answer"))
    missed = []
    for key, text in TYPED:
        pupil = Pupil.objects.get(key=key)
        if not found_in_posts(there, key, text=text):
            missed.append(("post", text))
        Answer.objects.filter(pk=reply.pk).update(text=text, receipt={"id": "x"}, gone_at=None)
        if not taking_off.replies_naming(pupil):
            missed.append(("reply", text))
        Answer.objects.filter(pk=reply.pk).update(text="Hi")
        NoticeboardComment.objects.filter(pk=there.comment.pk).update(text=text)
        if not taking_off.pupils_named([pupil.pk]):
            missed.append(("comment", text))
        NoticeboardComment.objects.filter(pk=there.comment.pk).update(text="Hi")
    assert missed == []


def test_a_name_is_found_again_in_captions_parts_and_cards(there):
    Delivery.objects.filter(pk=there.delivery.pk).update(text="Hi")
    assert found_in_posts(there, "osian", pictures=[{"alt": "", "film": {"captions": CAPTIONS}}])
    assert found_in_posts(there, "ffion", pictures=[{"alt": "Ffion O’Neill\non stage"}])
    assert found_in_posts(there, "mared", pictures=[], parts=["Hi Mared", "Llyr-Mon"])
    assert found_in_posts(there, "ana", parts=[], card={"title": "Ana Nunez", "description": ""})


def test_someone_else_of_that_surname_is_no_pupil_of_ours(there):
    for text in ("Mrs O’Neill read to us", "Prydderch", "Ana and Nia", "Bowls for all, please let us know"):
        Delivery.objects.filter(pk=there.delivery.pk).update(text=text)
        assert in_posts.pupils_named(list(Pupil.objects.values_list("pk", flat=True))) == set(), text


def test_the_name_that_a_child_had_before_is_found_again_too(there):
    """A child was adopted: what names them by the old name is about them."""
    pupil = Pupil.objects.get(key="osian")
    before = {"first_name": "Osian", "last_name": "Prydderch", "known_as": ""}
    PupilChange.objects.create(
        pupil=pupil, before=before, state=ChangeState.MADE, by=there.sam, at=NOW - timedelta(days=9)
    )
    Pupil.objects.filter(pk=pupil.pk).update(first_name="Tomos", last_name="Wmffre")
    pupil.refresh_from_db()
    for text in ("Da iawn Osian Prydderch", "Da iawn Tomos Wmffre"):
        assert found_in_posts(there, "osian", text=text) == {pupil.pk}, text
        assert in_posts.copies_naming(pupil) == {there.delivery.pk}, text
        assert name_found(pupil, text) == "full", text
        assert find_names(fold(text), known_people()), f"{text}: no watch, and it can be covered"
        Answer.objects.filter(pk=there.value("answer")).update(text=text, receipt={"id": "x"}, gone_at=None)
        assert taking_off.replies_naming(pupil), text
        NoticeboardComment.objects.filter(pk=there.comment.pk).update(text=text)
        assert taking_off.pupils_named([pupil.pk]) == {pupil.pk}, text
