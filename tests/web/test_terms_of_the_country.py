"""A school in Wales reads of its designated safeguarding person and of social services; only England has a
LADO."""

import pytest

from schoolgate.core.models import Safeguarder, School, place_in_words
from schoolgate.core.tenancy import scope
from schoolgate.web.incidents.fact_fields import choice

LEAD, PERSON = "Designated safeguarding lead", "Designated safeguarding person"


@pytest.mark.parametrize(
    ("countries", "term", "lado"),
    [
        (["england"], LEAD, "(LADO)"),
        (["wales"], PERSON, "social services"),
        (["england", "wales"], LEAD, "in England"),
    ],
)
def test_a_federation_reads_the_terms_of_its_country(federation, countries, term, lado):
    with scope(federation.pk):
        for country in countries:
            School.objects.create(name=country, slug=country, country=country)
        body = choice("incident.conclude", "agencies.body", "local_authority")
        assert place_in_words("lead") == term
        assert lado in body
        assert ("LADO" in body) is ("england" in countries)


def test_a_school_of_a_federation_in_two_countries_reads_its_own(federation, at):
    with scope(federation.pk):
        for country, term in (("england", LEAD), ("wales", PERSON)):
            school = School.objects.create(name=country, slug=country, country=country)
            row = Safeguarder.objects.create(place="lead", person_id=1, school=school, since=at)
            assert row.get_place_display() == term
