"""Pictures of a post that were edited in the browser, hints about faces, and posts with like pictures."""

import pytest
from django.urls import reverse

from schoolgate.core import files
from schoolgate.core.errors import NotFound
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.web.posts import writing
from tests.web.posts_cast import jpeg, view
from tests.web.test_posts_pictures import about, added, edit, upload


@pytest.fixture
def address(stage):
    return reverse("picture-upload", args=[stage.school.pk])


def edited(browser, address, picture, content):
    """Send what an edit made of this picture; returns the pictures that the form then carries."""
    page = browser.post(address, {"pictures": upload(content), "replaces": picture.pk, **about(picture)})
    return page, [row["picture"] for row in page.context["pictures"]]


def test_an_edited_picture_takes_its_place_and_the_one_before_is_gone_with_its_file(
    stage, address, django_capture_on_commit_callbacks
):
    amina = stage.browser("amina")
    _page, (first, second) = added(amina, address, jpeg(), jpeg(colour="#123456"))
    with django_capture_on_commit_callbacks(execute=True):
        page = amina.post(
            address, {"pictures": upload(jpeg(colour="red")), "replaces": first.pk, **about(first, second)}
        )
    after = [row["picture"] for row in page.context["pictures"]]

    assert (len(after), after[1]) == (2, second)
    assert after[0].pk != first.pk
    with scope(stage.federation.pk):
        assert not Picture.objects.filter(pk=first.pk).exists()
        assert files.is_there(after[0].digest)
        with pytest.raises(NotFound):
            files.opened(first.digest)


def test_four_pictures_leave_room_for_an_edit(stage, address):
    amina = stage.browser("amina")
    four = [jpeg(colour=each) for each in ("#111111", "#222222", "#333333", "#444444")]
    _page, pictures = added(amina, address, *four)
    answer = amina.post(address, {"pictures": upload(jpeg()), "replaces": pictures[0].pk, **about(*pictures)})
    assert (answer.status_code, len(answer.context["pictures"])) == (200, 4)


@pytest.mark.parametrize("described", [True, False])
def test_a_preview_stays_as_it_is_when_its_picture_is_edited_meanwhile(
    stage, address, monkeypatch, described
):
    amina = stage.browser("amina")
    _page, (picture,) = added(amina, address, jpeg())
    asked = writing.pictures_of_form

    def and_then_it_is_replaced(*args, **more):
        found = asked(*args, **more)
        Picture.objects.filter(pk=picture.pk).delete()
        return found

    monkeypatch.setattr(writing, "pictures_of_form", and_then_it_is_replaced)
    preview = reverse("post-preview", args=[stage.school.pk])
    sent = about(picture) if described else {"kept_picture": [picture.pk]}
    answer = amina.post(preview, {**stage.typed(), **sent})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_picture_that_a_post_has_stays_when_it_is_edited(stage, address):
    used = stage.picture()
    stage.draft(pictures=[used])
    _page, (after,) = edited(stage.browser("amina"), address, used, jpeg(colour="blue"))
    assert after.pk != used.pk
    with scope(stage.federation.pk):
        assert Picture.objects.filter(pk=used.pk).exists()
        assert files.is_there(used.digest)


def test_a_replaced_picture_of_another_person_stays(stage, address):
    picture = stage.picture()
    answer = stage.browser("ben").post(
        address, {"pictures": upload(jpeg(colour="blue")), "replaces": picture.pk, **about(picture)}
    )
    assert answer.status_code == 404
    with scope(stage.federation.pk):
        assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_refused_edit_leaves_the_picture_before_it(stage, address):
    amina = stage.browser("amina")
    _page, (before,) = added(amina, address, jpeg())
    page, after = edited(amina, address, before, b"no")
    assert (page.status_code, after) == (422, [before])
    with scope(stage.federation.pk):
        assert Picture.objects.filter(pk=before.pk).exists()


def test_a_count_of_faces_chooses_what_the_author_looks_for_and_answers_nothing(stage):
    """Without a count nothing is said about them."""
    post = stage.draft(pictures=[stage.picture(shows_people=None, shows_pupils=None)])
    amina, who = stage.browser("amina"), f"who-{stage.read(post).pictures[0].pk}"
    for faces, said in [
        (0, "The program found no face. That doesn’t mean no one is in it"),
        (1, "At least one face. Is it a child’s"),
        (9, "At least 9 faces. Is each of them someone you can name"),
        (10, "At least 10 faces. Is it a crowd"),
    ]:
        with scope(stage.federation.pk):
            Picture.objects.update(faces=faces)
        answer = amina.get(edit(post))
        assert said in answer.content.decode(), faces
        assert answer.context["form"][who].value() in ("", None)
    with scope(stage.federation.pk):
        Picture.objects.update(faces=None)
    assert "recognises no one" not in amina.get(edit(post)).content.decode()


def test_a_take_down_names_the_other_posts_that_may_show_a_picture_of_it(stage):
    one = stage.approved("The first with it.", pictures=[stage.picture()])
    other = stage.draft("A second post, the same field.", pictures=[stage.picture()])
    unlike = stage.draft("Something else.", pictures=[stage.picture(content=view(1))])
    page = stage.browser("ben").get(reverse("post", args=[one.pk])).content.decode()
    assert "Posts that may show the same picture" in page
    assert reverse("post", args=[other.pk]) in page
    assert reverse("post", args=[unlike.pk]) not in page


def test_a_post_without_a_picture_has_no_such_list(stage):
    page = stage.browser("ben").get(reverse("post", args=[stage.approved().pk])).content.decode()
    assert "Posts that may show the same picture" not in page
