"""No yes is read below a heading that asks for a no, in either language, however it's written."""

from itertools import product

import pytest

from schoolgate.core.errors import BadInput, NotNow
from schoolgate.people.list_importer import explain_words
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.list_lines import asks_for_a_no, can_mean, check_columns, uses_in
from schoolgate.pupils.models import Consent, PupilMapping
from tests.pupils.lists import COLUMNS, HEAD, Brought, line

NOES = (
    "Do not {} ", "Don't {}", "Don’t {}", "No {}", "No-{}", "Not to be {}", "Must not be {}",
    "Never {}", "Objects to {}", "Parent objects: {}", "{} objection", "Opt out: {}", "{} opt-out",
    "{} OptOut", "Opted out of {}", "Refused {}", "{} refusal", "Declined {}", "{} consent withdrawn",
    "{} consent withheld", "{} not allowed", "Exclude from {}", "Without {}", "{} prohibited",
    "Does not consent to {}", "Non-consent {}", "Cannot be {}", "Gwrthod {}", "Yn gwrthod {}",
    "Wedi gwrthod {}", "Dim {}", "Ddim {}", "Peidio â {}", "Peidiwch â {}", "Heb {}", "Gwrthwynebu {}",
    "Yn gwrthwynebu {}", "Ni chaniateir {}", "Nid yw'n caniatáu {}", "Optio allan o {}", "Eithrio {}",
    "Tynnu'n ôl {}", "Anghytuno: {}",
)  # fmt: skip
YESES = (
    "{}", "{} consent", "Consent: {}", "May be {}", "{} (Y/N)", "{} yes/no", "{} allowed",
    "Agrees to {}", "{} OK", "Caniatâd {}", "Caniatâd i ni {}", "Cytuno i {}", "{} (ie/na)",
    "No objection to {}", "Does not object to {}", "Dim gwrthwynebiad i {}",
)  # fmt: skip
USES = ("photograph", "Photos", "photographed", "web site", "Facebook", "naming", "lluniau", "ffilmio")
WRITTEN = (
    str,
    str.upper,
    str.title,
    lambda heading: heading.replace(" ", "_"),
    lambda heading: f"  {heading} (GDPR) ",
)


def test_each_way_to_ask_for_a_no_is_one_and_each_way_to_ask_for_a_yes_is_none():
    asked = [write(said.format(use)) for said, use, write in product(NOES, USES, WRITTEN)]
    assert [heading for heading in asked if not asks_for_a_no(heading)] == []
    asked = [write(said.format(use)) for said, use, write in product(YESES, USES, WRITTEN)]
    assert [heading for heading in asked if asks_for_a_no(heading)] == []


@pytest.mark.parametrize(
    "word", ["yes", "Yes", "Y", "TRUE", "1", "x", "✓", "Ie", "Ydy", "no", "N", "Given", "anything"]
)
def test_nothing_below_a_heading_that_asks_for_a_no_is_a_yes(word):
    for said, use in product(NOES, USES):
        assert "given" not in can_mean(said.format(use), word)


def test_a_yes_below_it_is_a_no_and_a_no_below_any_heading_is_no_yes():
    assert set(can_mean("Do not photograph", "Yes")) == {"refused"}
    assert "given" in can_mean("Photo consent", "Yes")
    for word in (
        "No",
        "n",
        "Refused",
        "not given",
        "Gwrthod",
        "wedi gwrthod",
        "Na",
        "0",
        "false",
        "Opted out",
    ):
        assert "given" not in can_mean("Photo consent", word)
    assert "given" in can_mean("Photo consent", "No restrictions")


def brought(by, at, school, heading, *words):
    head = HEAD.replace("Photos", heading)
    lines = [line(f"A{n}", picture=word) for n, word in enumerate(words)]
    return Brought(by, at, school, *lines, head=head, columns=COLUMNS | {"picture": heading}, explained=False)


@pytest.mark.parametrize("heading", ["Do not photograph", "Gwrthod lluniau"])
def test_the_import_refuses_a_yes_there_and_takes_the_no(amina, school, at, home, heading):
    them = brought(amina, at, school, heading, "Yes", "")
    with pytest.raises(BadInput) as wrong:
        them.words(picture={"Yes": "given"})
    assert "this value can’t mean yes" in str(wrong.value.fields["picture"])
    them.words(picture={"Yes": "refused"})
    (column,) = [each for each in them.plan.consents if each.field == "picture"]
    assert column.asks_for_a_no
    assert [(word, answer) for _row, _name, word, answer in column.examples] == [
        ("Yes", "refused"), ("", "not_asked"),
    ]  # fmt: skip
    them.confirm()
    assert list(Consent.objects.values_list("use", "answer")) == [("picture", "refused")]


def test_what_was_explained_before_there_was_this_rule_is_asked_again(amina, school, at, home):
    them = brought(amina, at, school, "Photo opt-out", "Yes")
    them.words(picture={"Yes": "refused"})
    for mapping in PupilMapping.objects.all():  # as it was saved once
        mapping.words = {"picture": {"yes": "given"}}
        mapping.save()
        them.importing.mapping = mapping
    assert them.outcomes == ["refused"]
    assert ("picture", "Yes") in them.plan.unknown
    with pytest.raises(NotNow, match="nothing is imported"):
        them.confirm()
    explain_words(
        kind=PUPILS, by=amina, at=at, importing=them.importing, words={"picture": {"yes": "refused"}}
    )


@pytest.mark.parametrize(("heading", "taken", "refused"), [
    ("Photos", "picture", "name"), ("Lluniau", "picture", "name"),
    ("Photo_Consent", "picture@facebook", "voice"),
    ("Naming", "name", "picture"), ("Enwi", "name", "film"), ("Film", "film", "picture"),
    ("Photos and film", "film", "name"),
])  # fmt: skip
def test_a_column_is_a_consent_to_what_its_heading_speaks_of(heading, taken, refused):
    columns = {"key": "UPN", "first_name": "First", "last_name": "Last", "school": "School"}
    headings = [*columns.values(), heading]
    check_columns(columns | {taken: heading}, {}, headings)
    with pytest.raises(BadInput) as wrong:
        check_columns(columns | {refused: heading}, {}, headings)
    assert list(wrong.value.fields) == [refused]


@pytest.mark.parametrize(("heading", "taken", "refused"), [
    ("Photos - Website", "picture@noticeboard", "picture"),
    ("Photos on website", "picture@noticeboard", "picture@facebook"),
    ("Lluniau ar y wefan", "picture@noticeboard", "picture"),
    ("Facebook photos", "picture@facebook", "picture"),
    ("Photos on Twitter", "picture@x", "picture@facebook"), ("YouTube film", "film@youtube", "film"),
    ("Website and Facebook", "picture@facebook", "picture"), ("Name on website", "", "name"),
    ("Photos: newsletter", "", "picture"), ("Photos: displays in school", "", "picture@noticeboard"),
    ("Photos in the local press", "", "picture"), ("Lluniau – cylchlythyr", "", "picture"),
    ("Photos: website and social media", "picture", ""), ("Photos online", "picture", ""),
    ("No photos on website", "picture", ""), ("Photographs", "picture", ""), ("Media consent", "picture", ""),
    ("Lluniau ar-lein", "picture", ""),
])  # fmt: skip
def test_a_consent_for_one_place_counts_in_no_other(heading, taken, refused):
    columns = {"key": "UPN", "first_name": "First", "last_name": "Last", "school": "School"}
    headings = [*columns.values(), heading]
    if taken:
        check_columns(columns | {taken: heading}, {}, headings)
    if refused:
        with pytest.raises(BadInput) as wrong:
            check_columns(columns | {refused: heading}, {}, headings)
        assert list(wrong.value.fields) == [refused]


def test_a_heading_that_speaks_of_no_use_may_be_any():
    assert uses_in("Facebook") == uses_in("Website (Y/N)") == set()
