"""Every mail of every kind, in both languages: who and what kind only."""

from itertools import product

import pytest

from schoolgate.core.models import Federation
from schoolgate.notices.kinds import (
    AT_ONCE,
    KINDS,
    UnknownKind,
    is_approval,
    is_dangerous,
    kind,
    kind_of_duty,
)
from schoolgate.notices.letters import _MAKERS, _TEXTS, LetterContent
from schoolgate.notices.models import Mail
from schoolgate.notices.states import Moment, Urgency
from schoolgate.notices.texts import in_words, letter_of
from schoolgate.people.models import Person, User
from schoolgate.web.frame.duty_words import WORDS

LANGUAGES = ("en", "cy")
SECRET = "Mia Jones wrote: he hit me behind the gym"


def letter(language: str, **mail):
    user = User(email="tess@school.example")
    person = Person(name="Tess Moor", email=user.email, user=user, language=language)
    told = mail.pop("told", None)
    return letter_of(
        Mail(message_id="<1@x>", person=person, **mail), person, Federation(name="Wildground"), told
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_of_any_kind_can_say_more_than_kind_and_number(language, at):
    """What a mail lists is a key, a moment and a number: whatever stands in the rows has no way into it."""
    lists = [[key, moment, 3] for key, moment in product(KINDS, Moment.values) if not KINDS[key].letter]
    for urgency in (Urgency.AT_ONCE, Urgency.MORNING):
        said = letter(language, urgency=urgency, lists=lists, made_at=at)
        allowed = [word for word in said.body.split() if "://" in word]
        assert len(allowed) == (1 if urgency == Urgency.AT_ONCE else 2)
        assert "Mia" not in said.body + said.subject
        assert said.body.count(": 3") == len(lists)


def test_a_list_takes_no_words_in_the_place_of_a_number():
    with pytest.raises(ValueError, match="invalid literal"):
        in_words([["comments", "opened", SECRET]])
    with pytest.raises(UnknownKind):
        in_words([[SECRET, "opened", 1]])
    with pytest.raises(ValueError, match="not a valid Moment"):
        in_words([["comments", SECRET, 1]])


@pytest.mark.parametrize(("key", "language"), list(product(_TEXTS, LANGUAGES)))
def test_every_letter_names_only_what_its_text_has_a_place_for(key, language, at):
    names = {name: f"<{name}>" for name in ("account", "what", "who", "number")}
    base = key if key in KINDS else key.rpartition("_by_")[0] or "people.invited"
    told = LetterContent(link="https://x.example/y", text=key, names=names | {"comment": SECRET})
    said = letter(language, urgency=Urgency.AT_ONCE, letter=base, made_at=at, told=told)
    assert "https://x.example/y" in said.body
    assert "Mia" not in said.body + said.subject
    assert "{" not in said.body
    assert said.language == language


def test_every_kind_of_duty_that_pages_know_belongs_to_a_kind_of_its_own():
    assert {key for key in WORDS if kind_of_duty(key) == "other"} == set()
    assert set(WORDS) >= AT_ONCE


def test_a_kind_of_duty_that_nobody_has_heard_of_is_told_all_the_same():
    assert kind_of_duty("something.new") == "other"
    assert kind_of_duty("post.something_new") == "posts"


def test_the_longest_beginning_wins():
    assert kind_of_duty("post.approve") == "posts.approve"
    assert kind_of_duty("accounts.fake_network") == "accounts.pages"
    assert [is_approval(key) for key in ("post.approve", "post.by_hand", "accounts.decide")] == [
        True,
        False,
        True,
    ]
    assert [is_dangerous(key) for key in ("accounts.fake", "accounts.fake_network", "incidents.take")] == [
        True,
        False,
        True,
    ]


def test_every_kind_that_stands_alone_has_a_maker_and_a_text():
    letters = {key for key, each in KINDS.items() if each.letter}
    assert set(_MAKERS) == letters
    assert letters <= set(_TEXTS)


def test_whatever_cannot_be_chosen_lower_says_why():
    assert all(each.because for each in KINDS.values() if each.lowest != Urgency.PAGE)
    with pytest.raises(UnknownKind):
        kind("nothing like it")
