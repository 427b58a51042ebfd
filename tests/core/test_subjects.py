"""How the record names things."""

import pytest

from schoolgate.core.models import School
from schoolgate.core.subjects import kind_of, number_of, subject_of


def test_a_saved_row_has_a_name_made_of_kind_and_number(school):
    assert subject_of(school) == f"core.school:{school.pk}"
    assert subject_of("publishing.post:417") == "publishing.post:417"
    assert (kind_of("publishing.post:417"), number_of("publishing.post:417")) == ("post", 417)


def test_a_row_that_is_not_saved_has_none(scoped):
    with pytest.raises(ValueError, match="use a saved row, or text such as"):
        subject_of(School(name="Juniors", slug="juniors"))


@pytest.mark.parametrize(
    "text",
    ["", "post", "publishing.post", "publishing.post:0", "publishing.post:01", "Publishing.Post:1", "a.b:1 "],
)
def test_a_text_that_is_no_name_is_refused(text):
    with pytest.raises(ValueError, match="use a saved row, or text such as"):
        subject_of(text)
