"""An answer is read by the person whose data it is: days, tasks, roles and things of the record in words."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from schoolgate.core.disclosure import Sought, places
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import RoleAssignment
from schoolgate.rights import finding, requests
from schoolgate.rights.finding import BLOCK, digest_of, spans_in
from tests.conftest import recorded

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"\b[a-z_]+\.[a-z_]+(?::\d+)?\b")


@pytest.fixture
def of_ben(cast, enter, search, at):
    """`of_ben(place)`: what an answer to Ben says of his rows in a place, by label, given a language."""

    def ask(place):
        request = enter()
        search(request, "", person=cast.ben)
        [row, *_more] = request.found.filter(place=place).order_by("-number")

        def said(language="en"):
            with translation.override(language):
                requests.decide(by=cast.sam, at=at, request=request, rows=[row.pk], decision="given")
                [piece] = [one.piece for one in finding.given(request) if one.found.pk == row.pk]
                return {str(text.label): text.shown for text in piece.texts}

        return said

    return ask


def test_a_day_is_written_as_people_write_it_and_a_role_has_the_name_that_the_policy_gives_it(cast, of_ben):
    RoleAssignment.objects.filter(person=cast.ben).update(from_day=date(2027, 1, 9))
    [key] = RoleAssignment.objects.filter(person=cast.ben).values_list("role_key", flat=True)
    assert key == "lead-staff-member"
    in_language = of_ben("people.roleassignment")
    for language, day in (("en", "9 January 2027"), ("cy", "9 Ionawr 2027")):
        said = in_language(language)
        assert day in said.values(), language
        assert not any(ISO.search(words) for words in said.values()), language
    assert in_language()["Role"] == "Lead staff member"


def test_a_task_says_what_to_do_about_what_and_by_when(cast, of_ben, at):
    due = Due.at(datetime(2027, 1, 20, 10, 30, tzinfo=UTC))
    open_duty(at=at, kind="item.answer", subject="inbox.item:7", person=cast.ben, due=due)
    in_language = of_ben("duties.duty")
    for language, when in (("en", "20 January 2027, 10:30"), ("cy", "20 Ionawr 2027, 10:30")):
        said = set(in_language(language).values())
        with translation.override(language):
            what, about = gettext("Reply to a comment or message"), gettext("Comment or message {number}")
        assert {what, about.format(number=7), when} <= said
        assert (what == "Reply to a comment or message") is (language == "en")
        assert not any(ISO.search(words) or CODE.search(words) for words in said)


def test_a_task_without_a_deadline_has_no_day_at_all(cast, of_ben, at):
    open_duty(at=at, kind="item.answer", subject="inbox.item:7", person=cast.ben, due=Due.none_promised())
    assert not any("9999" in words for words in of_ben("duties.duty")().values())


def test_the_record_says_months_days_and_things_in_words(cast, draft):
    draft()
    recorded()
    place, sought = places()["core.ledgerrow"], Sought(person=cast.amina.pk)
    [match] = place.find(sought, after=0, limit=10)
    for language, month in (("en", "January 2027"), ("cy", "Ionawr 2027")):
        [piece] = place.read([match.number], sought)
        with translation.override(language):
            said = [(str(text.label), text.shown) for text in piece.texts]
            assert month in str(piece.title)
        assert said
        assert all(month in label for label, _words in said)
        assert not any(ISO.search(label) or CODE.search(words) for label, words in said)


def test_what_was_decided_before_words_were_used_is_not_decided_again(cast, enter, search, at):
    """The digest of what was decided counts the row's own values, not how they are said."""
    request = enter()
    search(request, "", person=cast.ben)
    [row] = request.found.filter(place="people.roleassignment")
    [shown] = requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk])
    texts = {text.part.rpartition(":")[2]: text.text for text in shown.piece.texts}
    assert texts["role_key"] == "lead-staff-member"
    assert ISO.fullmatch(texts["from_day"])
    assert digest_of(shown.piece) == shown.digest


def test_a_day_is_covered_whole(cast, enter, search, at):
    request = enter()
    search(request, "", person=cast.ben)
    [row] = request.found.filter(place="people.roleassignment")
    [shown] = requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk])
    [day] = [text for text in shown.piece.texts if text.part.endswith(":from_day")]
    spans, missing = spans_in(shown.piece, [day.shown])
    assert missing == []
    requests.cover(
        by=cast.sam, at=at + timedelta(hours=1), request=request, row=row.pk, spans=spans, digest=shown.digest
    )
    [piece] = [one.piece for one in finding.given(request) if one.found.pk == row.pk]
    assert [text.shown for text in piece.texts if text.part == day.part] == [BLOCK]
