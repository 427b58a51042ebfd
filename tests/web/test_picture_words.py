"""Words read in pictures on the pages: while writing, while they are being read, and for the approver."""

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.words import keep_words
from schoolgate.publishing.models import Post
from schoolgate.pupils.models import Pupil
from schoolgate.web.posts import writing
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW, jpeg
from tests.web.test_posts_pictures import about, added

WAITS = "A program is reading the words in this picture"
UNREAD = "Words in the picture: not read. Look for names yourself."
NONE = "No words read. That doesn’t mean there are none."


@pytest.fixture
def new(stage):
    return reverse("post-new", args=[stage.school.pk])


@pytest.fixture
def picture(stage, new, reads_words):
    """A picture that Amina has just added, whose words are not read yet."""
    _page, (found,) = added(stage.browser("amina"), new, jpeg(40, 30, "#3f7d5a"), **stage.typed())
    return found


def read(stage, picture, lines):
    with scope(stage.federation.pk):
        keep_words(at=NOW, picture=Picture.objects.get(pk=picture.pk), lines=lines)


def preview(stage, picture, **more):
    given = {**stage.typed(), **about(picture), **more}
    return (
        stage.browser("amina").post(reverse("post-preview", args=[stage.school.pk]), given).content.decode()
    )


def test_a_new_picture_is_said_to_be_read_just_now(stage, new, reads_words):
    page, _pictures = added(stage.browser("amina"), new, jpeg(40, 30, "#3f7d5a"), **stage.typed())

    assert WAITS in page.content.decode()
    assert UNREAD not in page.content.decode()


def test_where_nothing_reads_the_author_is_told_so(stage, new):
    page, _pictures = added(stage.browser("amina"), new, jpeg(40, 30, "#3f7d5a"), **stage.typed())

    assert UNREAD in page.content.decode()


@pytest.mark.parametrize(
    ("lines", "said"),
    [(None, UNREAD), ([], NONE), (["Prize", "Day"], "Prize / Day"), (["<b>x</b>"], "&lt;b&gt;")],
)
def test_what_was_read_takes_the_place_of_the_waiting(stage, picture, lines, said):
    assert WAITS in preview(stage, picture, words_waiting=[picture.pk])
    read(stage, picture, lines)

    answer = preview(stage, picture, words_waiting=[picture.pk])

    assert said in answer
    assert WAITS not in answer
    assert f'id="words-{picture.pk}"' in answer


def test_words_that_come_after_the_screening_are_waited_for_still(stage, picture, monkeypatch):
    shows = writing.context_of

    def read_meanwhile(written):
        read(stage, picture, ["Gwen Parry"])
        return shows(written)

    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    monkeypatch.setattr(writing, "context_of", read_meanwhile)
    assert WAITS in preview(stage, picture, words_waiting=[picture.pk])
    monkeypatch.undo()

    assert "“Gwen Parry” in picture 1" in preview(stage, picture, words_waiting=[picture.pk])


def test_a_picture_that_the_page_shows_as_read_is_not_drawn_again(stage, picture):
    read(stage, picture, [])

    assert f'id="words-{picture.pk}"' not in preview(stage, picture)


def test_a_pupils_name_is_shown_with_its_picture_answered_and_seen_by_the_approver(stage, new, picture):
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    read(stage, picture, ["Gwen Parry", "Year 5"])
    amina = stage.browser("amina")
    typed = {**stage.typed(), **ANSWERED, **about(picture)}
    page = amina.post(reverse("post-preview", args=[stage.school.pk]), typed).content.decode()
    assert "read in picture 1" in page
    assert "“Gwen Parry” in picture 1: name of a pupil. Blur it, or say why it may stay" in page

    amina.post(new, {**typed, "do": "keep"})
    with scope(stage.federation.pk):
        post = Post.objects.get()
    shown = stage.browser("ben").get(reverse("post", args=[post.pk]))
    text = shown.content.decode()
    check_page(text)
    assert "Words in the pictures" in text
    assert "Gwen Parry / Year 5" in text
    assert "read in picture 1" in text


def test_where_no_program_has_read_a_picture_the_approver_is_told_in_the_open(stage, new):
    _page, (picture,) = added(stage.browser("amina"), new, jpeg(40, 30, "#3f7d5a"), **stage.typed())
    stage.browser("amina").post(new, {**stage.typed(), **ANSWERED, **about(picture), "do": "keep"})
    with scope(stage.federation.pk):
        post = Post.objects.get()
    page = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    assert '<details class="sg-fold sg-card" id="words-in-pictures" open>' in page
    assert "No program has read the words in the pictures" in page
    assert "looks for printed words" not in page


def test_where_one_has_the_words_are_behind_one_heading(stage, new, picture):
    stage.browser("amina").post(new, {**stage.typed(), **ANSWERED, **about(picture), "do": "keep"})
    read(stage, picture, [])
    with scope(stage.federation.pk):
        post = Post.objects.get()
    page = stage.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    assert '<details class="sg-fold sg-card" id="words-in-pictures">' in page
    assert "No program has read" not in page


def test_another_author_gets_no_words_by_naming_the_picture(stage, picture):
    read(stage, picture, ["Gwen Parry"])
    address = reverse("picture-upload", args=[stage.school.pk])
    answer = stage.browser("ben").post(address, {"kept_picture": [picture.pk]})

    assert answer.status_code in (403, 404)
    assert "Gwen" not in answer.content.decode()
