"""The texts to begin a guide from: one for each kind, easy for its readers, with known numbers only."""

import re
from datetime import date

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.incidents.allegations import all_numbers
from schoolgate.policy import guides, guiding
from schoolgate.policy.guides import gaps_in, reading_age, starts
from schoolgate.policy.models import GuideAbout, GuideFor, GuideVersion
from tests.accounts.conftest import OWNER
from tests.policy.test_guides import published, second, written

ON = date(2026, 11, 25)
NUMBERS = {one.key: one for one in all_numbers()}
FILLED = {kind: one.filled(ON, NUMBERS) for kind, one in starts().items()}
EACH = pytest.mark.parametrize("kind", list(starts()), ids="-".join)
MAY_RING = {"parents": ("all", "child", "adult"), "staff": ("all", "adult")}


def test_each_kind_of_reader_has_one_for_each_topic_that_has_a_name():
    topics = [one for one in GuideAbout.values if one != GuideAbout.OTHER]
    assert set(starts()) == {(audience, about) for audience in GuideFor.values for about in topics}


@EACH
def test_its_reading_age_is_that_of_its_readers(kind):
    wanted = guides.PLAIN if kind[0] in ("parents", "staff") else guides.AGES[kind[0]]
    age = reading_age(FILLED[kind].text)
    assert age is not None
    assert age <= wanted


@EACH
def test_both_languages_say_as_much(kind):
    one = FILLED[kind]
    for words in (one.title, one.text, one.title_cy, one.text_cy):
        assert words.strip()
        assert not re.search(r"[{}]|'", words)
    assert max(len(one.title), len(one.title_cy)) <= 120
    assert len(gaps_in(one.text)) == len(gaps_in(one.text_cy))
    assert one.text.count("\n\n") == one.text_cy.count("\n\n")
    assert all(gap.startswith("[write here ") for gap in gaps_in(one.text))
    assert all(gap.startswith("[ysgrifennwch yma ") for gap in gaps_in(one.text_cy))


@EACH
def test_numbers_and_addresses_are_those_that_the_program_knows(kind):
    raw, known = starts()[kind], {one.telephone for one in NUMBERS.values()}
    assert not re.search(r"\d{3}|https?:|www\.", raw.text + raw.text_cy)
    assert re.findall(r"\{[^}]*\}", raw.text) == re.findall(r"\{[^}]*\}", raw.text_cy)
    for number in re.findall(r"\b\d[\d ]{1,12}\d\b", FILLED[kind].text):
        assert number in known | {"18", "19", "2026"}
    for key in re.findall(r"\{([a-z-]+)\.", raw.text):
        assert NUMBERS[key].countries == ("england", "wales")
        assert NUMBERS[key].who in MAY_RING.get(kind[0], ("all", "child"))


def test_a_guide_about_privacy_settings_names_its_month_in_both_languages():
    for audience in GuideFor.values:
        one = FILLED[audience, GuideAbout.PRIVACY]
        assert one.text.endswith("Written in November 2026")
        assert one.text_cy.endswith("Ysgrifennwyd ym mis Tachwedd 2026")
    march = starts()["ks3", "privacy"].filled(date(2027, 3, 1), NUMBERS)
    assert "Written in March 2027" in march.text


@EACH
def test_it_names_no_policy_and_no_clause(kind):
    words = " ".join(FILLED[kind].model_dump().values()).casefold()
    assert "clause" not in words
    for key in OWNER:
        assert key.replace("-", " ") not in words


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Tell your teacher.", []),
        ("Tell: [write here who]", ["[write here who]"]),
        ("[a] and [b]", ["[a]", "[b]"]),
        ("Tell: [write here", ["[write here"]),
        ("Tell: your teacher]", []),
        ("[]", ["[]"]),
    ],
)
def test_what_stands_in_square_brackets_is_a_gap(text, gaps):
    assert gaps_in(text) == gaps


@pytest.mark.parametrize("field", ["title", "text", "title_cy", "text_cy"])
def test_a_guide_with_a_gap_is_saved_and_not_published(version, ben, at, field):
    given = {"title_cy": "Cymorth", "text_cy": "Siarada ag oedolyn.", field: "Talk to [write here who]"}
    row = written(ben, at, **given)
    with pytest.raises(NotNow, match="square brackets"):
        guiding.publish_guide(by=ben, at=at, guide=row.guide, number=1)
    assert guides.published() == []
    filled = written(ben, at, guide=row.guide, **{**given, field: "Talk to Mrs Hale"})
    assert (
        guiding.publish_guide(by=second(filled), at=at, guide=row.guide, number=filled.number).published_at
        == at
    )


def test_a_guide_that_went_out_with_a_gap_is_not_confirmed_as_right(version, ben, at):
    row = published(ben, at)
    GuideVersion.objects.filter(pk=row.pk).update(text="Talk to [write here who]")
    with pytest.raises(NotNow, match="square brackets"):
        guiding.guide_still_right(
            by=ben, at=at, guide=row.guide, number=1, check_by=at.date().replace(year=at.year + 1)
        )
    assert GuideVersion.objects.count() == 1
