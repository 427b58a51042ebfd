"""Every mail of every kind, in both languages: who and what kind only."""

import sys
from itertools import product

import pytest

from schoolgate.core.models import Federation
from schoolgate.duties.kinds import KINDS as OF_DUTIES
from schoolgate.duties.kinds import DutyKind
from schoolgate.duties.models import Urgency as How
from schoolgate.notices.kinds import (
    DANGER,
    KINDS,
    LetterContent,
    LetterText,
    Moment,
    UnknownKind,
    Urgency,
    approvals,
    is_dangerous,
    key_of,
    kind,
    mails_of_duties,
    makes_letter,
)
from schoolgate.notices.models import Mail
from schoolgate.notices.sending import in_words, letter_of
from schoolgate.people.models import Person, User

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


def texts_beside(maker) -> list[LetterText]:
    return [each for each in vars(sys.modules[maker.__module__]).values() if isinstance(each, LetterText)]


TEXTS = [
    (key, text)
    for key, each in KINDS.items()
    if each.letter is not None
    for text in texts_beside(each.letter)
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "text"), TEXTS)
def test_every_letter_names_only_what_its_text_has_a_place_for(key, text, language, at):
    names = {name: f"<{name}>" for name in ("account", "what", "who", "number")}
    told = LetterContent(text, "https://x.example/y", names | {"comment": SECRET})
    said = letter(language, urgency=Urgency.AT_ONCE, letter=key, made_at=at, told=told)
    assert "https://x.example/y" in said.body
    assert "Mia" not in said.body + said.subject
    assert "{" not in said.body
    assert said.language == language


def test_a_kind_of_duty_names_a_mail_and_a_page_that_there_are(monkeypatch):
    assert mails_of_duties() == []

    words = {"title": "Title", "button": "Button"}
    monkeypatch.setitem(OF_DUTIES, "no.mail", DutyKind(**words, page="post", mail="nothing"))
    monkeypatch.setitem(OF_DUTIES, "no.page", DutyKind(**words, page="nowhere", mail="posts"))
    assert [each.msg for each in mails_of_duties()] == [
        "no.mail: there is no mail 'nothing'",
        "no.page: there is no page 'nowhere'",
    ]


def test_a_kind_of_duty_that_is_declared_no_longer_is_told_all_the_same():
    assert key_of("something.old", urgency=How.USUAL) == "other"
    assert key_of("something.old", urgency=How.DANGER) == DANGER


def test_harm_is_told_at_once_except_to_the_person_who_knows():
    told = {key: is_dangerous(key) for key, each in OF_DUTIES.items() if each.harm}
    assert [key for key, at_once in told.items() if not at_once] == [
        "incidents.finish", "incidents.read_added",
    ]  # fmt: skip
    assert not is_dangerous("accounts.fake_network")
    assert {"post.approve", "accounts.decide"} < set(approvals())
    assert "post.by_hand" not in approvals()


def test_a_letter_is_declared_once_and_always_told_at_once():
    letters = {key: each for key, each in KINDS.items() if each.letter}
    assert len(letters) == 9
    assert {each.lowest for each in letters.values()} == {Urgency.AT_ONCE}
    assert {key for key, each in letters.items() if each.of_sign_in} == {
        "people.invited",
        "people.reset_asked",
        "people.reset_done",
    }
    with pytest.raises(ValueError, match="declared twice"):
        makes_letter("people.invited", KINDS["people.invited"].sentence)(lambda _pk, _at: None)


def test_whatever_cannot_be_chosen_lower_says_why():
    assert all(each.because for each in KINDS.values() if each.lowest != Urgency.PAGE)
    with pytest.raises(UnknownKind):
        kind("nothing like it")
