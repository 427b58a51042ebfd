"""A federation in Wales never reads the terms of England for those who keep children safe: whatever is
written with them says where it is put into the terms of Wales, and there is nothing left of them then."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

import schoolgate
from schoolgate.core.models import School, in_terms
from schoolgate.core.tenancy import scope
from schoolgate.duties.kinds import KINDS
from schoolgate.incidents.allegations import all_numbers
from schoolgate.people.models.leaving import LeadChange, LeadPlace
from schoolgate.policy.guides import starts
from schoolgate.web.glossary import words
from tests.gates.files import expect_none, text_of

ROOT = Path(schoolgate.__file__).parent
ENGLAND = re.compile(
    r"(?i:designated safeguarding lead|(?:arweinydd|arweinwyr) diogelu dynodedig)|\bDSLs?\b|\bLADO\b|\bADD\b"
)
CHOSEN = {
    "web/frame/ring_first.py": "officer asks for the country",
    "web/incidents/fact_fields.py": "local_authority asks for the country",
    "rulebook/sentences/questions_cases.py": "shown through fact_fields.choice alone",
    "rulebook/sentences/children.py": "the law of each country has its own sentence",
    "web/incidents/templates/wrong/_who_reads.html": "promise.wales",
    "core/models.py": "place_in_words",
    "people/models/leaving.py": "LeadChange.get_place_display",
}
"""Where a sentence is chosen by country in another way than `in_terms`, and how."""


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Each sentence in the terms of England, by its English."""
    return tuple(
        (entry.msgid, said)
        for part in sorted((ROOT / "locale/cy/parts").glob("*.po"))
        if ENGLAND.search(text_of(part).replace('"\n"', ""))  # a part without is read in no time
        for entry in polib.pofile(text_of(part))
        for said in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())
        if ENGLAND.search(said)
    )


def test_each_sentence_in_the_terms_of_england_is_put_into_those_of_wales_where_it_is_shown():
    texts = {
        path: re.sub(r'"\s+"', "", text_of(path))
        for kind in ("*.py", "*.html")
        for path in ROOT.rglob(kind)
        if "migrations" not in path.parts
    }
    wrong = []
    for msgid, _said in sentences():
        shown = [path for path, text in texts.items() if msgid in text]
        assert shown, f"nowhere any more: {msgid}"
        for path in shown:
            line = next(line for line in texts[path].splitlines() if msgid in line)
            if str(path.relative_to(ROOT)) not in CHOSEN and "in_terms" not in line:
                wrong.append((str(path.relative_to(ROOT)), msgid))
    expect_none(wrong, "Put it through `in_terms` where it is shown (`{% filter in_terms %}` in a template).")


@pytest.fixture
def wales(federation):
    with scope(federation.pk):
        School.objects.create(name="Ysgol", slug="ysgol", country="wales")
        yield


def test_nothing_of_them_is_left_in_either_language(wales):
    told = [said for msgid, said in sentences() if "in England the LADO" not in msgid]
    told += [text for word in words() for text in (word.en, word.cy)]
    left = [said for said in told if ENGLAND.search(str(in_terms(said)))]
    expect_none(left, "Add the turn to schoolgate/core/models.py.")
    assert any(ENGLAND.search(said) for said in told)


def test_texts_to_begin_a_guide_from_are_in_the_terms_of_the_country(wales):
    numbers = {one.key: one for one in all_numbers()}
    for key, start in starts().items():
        filled = start.filled(date(2027, 1, 19), numbers)
        for text in (filled.title, filled.text, filled.title_cy, filled.text_cy):
            assert not ENGLAND.search(text), key
    assert any(ENGLAND.search(start.text) for start in starts().values())


def test_elsewhere_they_stay_as_they_are(federation):
    with scope(federation.pk):
        School.objects.create(name="School", slug="school", country="england")
        assert str(in_terms("Tell the designated safeguarding lead (DSL).")) == (
            "Tell the designated safeguarding lead (DSL)."
        )
        School.objects.create(name="Ysgol", slug="ysgol", country="wales")
        assert "lead" in str(in_terms("the designated safeguarding lead"))


def test_the_welsh_has_its_articles(wales):
    assert str(in_terms("dywedwch wrth yr arweinydd diogelu dynodedig (ADD)")) == (
        "dywedwch wrth y person diogelu dynodedig (PDD)"
    )
    assert str(in_terms("i’r arweinydd diogelu dynodedig")) == "i’r person diogelu dynodedig"


def test_titles_of_tasks_are_in_the_terms_of_wales(wales):
    said = {}
    for language in ("en", "cy"):
        with translation.override(language):
            said |= {str(kind.title): key for key, kind in KINDS.items()}
    of_leads = {title for title in said if "iogelu dynodedig" in title or "esignated safeguarding" in title}
    assert of_leads == {
        "A colleague can’t reach a designated safeguarding person: ring them",
        "Ni all cydweithiwr gyrraedd person diogelu dynodedig: ffoniwch nhw",
        "Two people opened a concern without a designated safeguarding person",
        "Agorodd dau berson bryder heb berson diogelu dynodedig",
        "A concern restricted to designated safeguarding persons was shared with someone",
        "Rhannwyd pryder sydd wedi’i gyfyngu i’r personau diogelu dynodedig â rhywun",
        "A colleague is dealing with a concern: read it as designated safeguarding person",
        "Mae cydweithiwr yn delio â phryder: darllenwch ef fel person diogelu dynodedig",
        "Erase a concern as the second designated safeguarding person, or leave it",
        "Dilëwch bryder fel yr ail berson diogelu dynodedig, neu gadewch ef",
    }, "Read the Welsh of a new title: its mutation is made in schoolgate/core/models.py."
    expect_none(
        [title for title in said if re.search("safeguarding lead|arwein(ydd|wyr) diogelu", title)],
        "Add the turn to schoolgate/core/models.py.",
    )


def test_what_else_speaks_of_a_lead_is_right_in_wales(wales):
    with translation.override("cy"):
        assert str(in_terms(gettext("A safeguarding lead reads this first."))) == (
            "Mae person diogelu dynodedig yn darllen hwn yn gyntaf."
        )
        assert str(LeadChange(place=LeadPlace.ROLE).get_place_display()) == (
            "Rôl y mae’r polisi’n ei gwneud yn berson diogelu dynodedig"
        )
