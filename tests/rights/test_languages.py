"""An answer in Welsh has what was chosen from lists in Welsh; what people wrote stays as it is."""

import pytest
from django.utils import translation

from schoolgate.core.disclosure import Sought, Table, places
from schoolgate.core.saying import label_of
from schoolgate.rights import finding, requests
from schoolgate.rights.finding import BLOCK, digest_of, spans_in
from tests.conftest import recorded


@pytest.fixture
def person(cast, enter, search, at):
    """A request for which Ben's own entry was found, and the row of that."""
    request = enter()
    search(request, "", person=cast.ben)
    row = request.found.get(place="people.person")
    return request, row


def given(request, row):
    return next(one.piece for one in finding.given(request) if one.found.pk == row.pk)


def relation(person, language):
    with translation.override(language):
        return str(person.get_relation_display())


def test_what_was_chosen_is_in_the_language_of_the_answer(cast, person, at):
    request, row = person
    english, welsh = relation(cast.ben, "en"), relation(cast.ben, "cy")
    assert english != welsh
    with translation.override("cy"):
        requests.decide(by=cast.sam, at=at, request=request, rows=[row.pk], decision="given")
        said = [text.text for text in given(request, row).texts]
    assert welsh in said
    assert english not in said
    assert cast.ben.name in said
    with translation.override("en"):
        said = [text.text for text in given(request, row).texts]
    assert english in said
    assert finding.changed_since(request) == []


def test_labels_are_in_the_language_of_the_answer(cast, person, at):
    request, row = person
    requests.decide(by=cast.sam, at=at, request=request, rows=[row.pk], decision="given")
    with translation.override("cy"):
        labels = {str(text.label) for text in given(request, row).texts}
    assert "Enw" in labels
    assert "Name" not in labels


def test_no_column_is_called_by_an_english_name_in_a_welsh_answer():
    tables = [one for place in places().values() if isinstance(place, Table) for one in place.columns]
    fields = [one.model._meta.get_field(name) for one in tables for name in (*one.shown, *one.files)]
    assert len(fields) > 500

    def called(language):
        with translation.override(language):
            return {field: str(label_of(field)) for field in fields}

    english, welsh = called("en"), called("cy")
    assert {str(field) for field in fields if english[field] == welsh[field]} == set()


def test_a_chosen_word_is_covered_whole_in_either_language(cast, person, at):
    request, row = person
    english, welsh = relation(cast.ben, "en"), relation(cast.ben, "cy")
    with translation.override("cy"):
        [shown] = requests.read_found(by=cast.sam, at=at, request=request, rows=[row.pk])
        spans, missing = spans_in(shown.piece, [welsh])
        assert missing == []
        assert spans_in(shown.piece, ["Xylophone"])[1] == ["Xylophone"]
        requests.cover(
            by=cast.sam, at=at, request=request, row=row.pk, spans=spans, digest=digest_of(shown.piece)
        )
    for language in ("cy", "en"):
        with translation.override(language):
            said = [text.text for text in given(request, row).texts]
        assert BLOCK in said
        assert english not in said
        assert welsh not in said


def test_the_record_is_in_welsh_too(cast, draft):
    draft()
    recorded()
    place = places()["core.ledgerrow"]
    sought = Sought(person=cast.amina.pk)
    [match] = place.find(sought, after=0, limit=10)
    [piece] = place.read([match.number], sought)
    english = [text.shown for text in piece.texts]
    assert all("(" in one for one in english)
    with translation.override("cy"):
        welsh = [text.shown for text in piece.texts]
    assert len(welsh) == len(english)
    assert all(one != other for one, other in zip(welsh, english, strict=True))
