"""An approver's page marks what changed about a film, with the words of its captions before and after
folded."""

import re
from io import BytesIO

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.media.films import prove_film
from schoolgate.media.pictures import add_film, describe_picture, store_film
from schoolgate.publishing import queries
from tests.filming import CAPTIONS, a_film
from tests.publishing.conftest import ANSWERS
from tests.web.plain import check_page
from tests.web.posts_cast import NOW
from tests.web.test_reviewing import at, changed, html

SAID = {"alt": "Runners set off.", "shows_people": False, "shows_pupils": False, "hears_pupils": False}

FIT = {"answers": ANSWERS | {"fit": True}, "asked_again": ANSWERS | {"fit": True}}


@pytest.fixture
def waiting(stage):
    """A post with a film that waits for Ben, who has looked at it."""
    content, amina = a_film(), stage.people["amina"]
    proven = prove_film(BytesIO(content), size=len(content), captions=CAPTIONS)
    with scope(stage.federation.pk):
        cover = add_film(
            by=amina, at=NOW, school=stage.school, film=store_film(proven, federation_id=stage.federation.pk)
        )
        cover = describe_picture(by=amina, at=NOW, picture=cover, **SAID)
    post = stage.submitted("Our sports day.", "bluesky", pictures=[cover])
    stage.browser("ben").get(at("post", post.pk))
    return post


def test_the_captions_words_before_and_after_are_folded(stage, waiting):
    with scope(stage.federation.pk):
        cover = queries.post(waiting.pk).pictures[0]
    new = SAID | {"captions": CAPTIONS.replace("Welcome", "Croeso")}
    changed(stage, waiting, "Our sports day.", described={cover.pk: new}, **FIT)

    page = html(stage.browser("ben").get(at("post", waiting.pk)))

    fold = re.search(r'<details[^>]*id="captions-changed".*?</details>', page, re.DOTALL).group()
    assert "<summary>The captions have changed</summary>" in fold
    assert re.search(r"<del>.*?</span>Welcome<span", fold)
    assert re.search(r"<ins>.*?</span>Croeso<span", fold)
    assert "Nothing has changed since your last look." not in page
    assert "Picture 1 was changed" not in page
    check_page(page, "en")


def test_a_film_that_stayed_is_not_marked(stage, waiting):
    changed(stage, waiting, **FIT)

    page = html(stage.browser("ben").get(at("post", waiting.pk)))

    assert "Changes since your last look" in page
    assert 'id="captions-changed"' not in page
    assert "The film" not in page
