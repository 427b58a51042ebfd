"""The film of a post on its pages: added with captions, played in parts, and shown to persons of the
federation only."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.media.models import Film
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.pupils.models import Pupil
from tests.filming import CAPTIONS, a_film
from tests.web.conftest import browser_of
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW, Stage, jpeg, wildground_at_work
from tests.web.test_posts_pictures import count, new, only, typed, upload  # noqa: F401
from tests.worlds import world


def a_file(content=None, name="film.mp4"):
    return SimpleUploadedFile(name, content or a_film(), content_type="video/mp4")


def vtt():
    return SimpleUploadedFile("a.vtt", CAPTIONS.encode())


def added(browser, address, film, **more):
    page = browser.post(address, {"film": film, "do": "add-film", **more})
    return page, [row["picture"] for row in page.context["pictures"]]


def about(cover, **more):
    return {
        "kept_picture": [cover.pk], f"alt-{cover.pk}": "Runners set off.", f"who-{cover.pk}": "none",
        f"hears-{cover.pk}": "none", **more,
    }  # fmt: skip


@world(wildground_at_work)
def film_in_a_post(cast, at):
    """A draft of Amina's with a film; `.cover`, its picture."""
    stage = Stage(**vars(cast), sign_in=browser_of)
    amina, there = stage.browser("amina"), reverse("post-new", args=[stage.school.pk])
    _page, (cover,) = added(amina, there, a_file(), film_captions=vtt(), film_cover="0:01", **stage.typed())
    sent = about(cover, **{f"captions-{cover.pk}": CAPTIONS})
    amina.post(there, stage.typed(**sent, **ANSWERED))
    return SimpleNamespace(cast=cast, cover=cover.pk)


@pytest.fixture
def begun(in_world, home):
    return in_world(film_in_a_post, NOW)


@pytest.fixture
def stage(request, in_world, home, sign_in):
    """Wildground at work; with the film, where a test asks for it."""
    if "kept" in request.fixturenames:
        cast = request.getfixturevalue("begun").cast
    else:
        cast = in_world(wildground_at_work, NOW)
    return Stage(**vars(cast), sign_in=sign_in)


@pytest.fixture
def kept(begun, stage):
    """The cover of the film of a saved post."""
    (found,) = only(stage).pictures
    assert found.pk == begun.cover
    return found


def test_a_film_is_added_with_its_captions_and_comes_with_the_post(stage, kept):
    assert (kept.film.captions, kept.film.has_sound, kept.alt) == (CAPTIONS, True, "Runners set off.")
    assert (kept.width, kept.height) == (64, 48)


def as_drawn(page, name):
    """What the field of this name holds on a page, as the browser would send it back."""
    found = re.search(
        rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page.content.decode(), re.DOTALL
    )
    return found and unescape(found[1]).removeprefix("\n")


def test_captions_chosen_as_a_file_are_on_the_page_that_shows_the_film_and_survive_the_next_save(
    stage, new, typed  # noqa: F811
):  # fmt: skip
    amina = stage.browser("amina")
    page, (cover,) = added(amina, new, a_file(), film_captions=vtt(), **typed())

    assert as_drawn(page, f"captions-{cover.pk}") == CAPTIONS
    sent = {f"captions-{cover.pk}": as_drawn(page, f"captions-{cover.pk}")}
    amina.post(new, typed(**about(cover, **sent), **ANSWERED))
    assert only(stage).pictures[0].film.captions == CAPTIONS


def test_captions_sent_with_the_film_and_the_draft_are_saved(stage, new, typed):  # noqa: F811
    page = stage.browser("amina").post(new, typed(film=a_file(), film_captions=vtt(), do="keep", **ANSWERED))

    assert page.status_code == 302
    assert only(stage).pictures[0].film.captions == CAPTIONS


def test_captions_stay_where_their_film_is_refused_and_come_with_the_next(stage, new, typed):  # noqa: F811
    """In the form, and in the piece of the page. Nothing typed is lost."""
    amina = stage.browser("amina")
    for there in (new, reverse("picture-upload", args=[stage.school.pk])):
        chosen = {"film_captions": vtt(), "film_cover": "0:02", "film_silent": "yes"}
        page, pictures = added(amina, there, a_file(jpeg()), **chosen, **typed())

        assert (page.status_code, pictures) == (422, []), there
        assert as_drawn(page, "film_captions_text") == CAPTIONS
        html = page.content.decode()
        assert "isn’t a film we can use" in html
        assert there != new or typed()["text"] in html
        assert 'name="film_captions"' not in html  # the text may be changed: the file must not win over it
        assert 'name="film_cover" value="0:02"' in html
        assert 'name="film_silent" value="yes" checked' in html
    assert count(stage, Film) == 0

    page, (cover,) = added(amina, there, a_file(), film_captions_text=CAPTIONS, **typed())
    assert as_drawn(page, f"captions-{cover.pk}") == CAPTIONS


def test_captions_without_their_film_are_not_dropped(stage, new, typed):  # noqa: F811
    amina = stage.browser("amina")
    page = amina.post(new, typed(film_captions=vtt(), do="keep", **ANSWERED))

    assert page.status_code == 422
    assert "Choose the film that these captions belong to." in page.content.decode()
    assert as_drawn(page, "film_captions_text") == CAPTIONS
    assert as_drawn(page, "text") == typed()["text"]

    first = {"pictures": upload(jpeg()), "do": "add-pictures", "film_captions_text": CAPTIONS}
    page = amina.post(reverse("picture-upload", args=[stage.school.pk]), first)
    assert page.status_code == 200
    assert as_drawn(page, "film_captions_text") == CAPTIONS


def test_the_page_of_the_post_plays_it_with_captions_and_says_its_length(stage, kept):
    page = stage.browser("amina").get(reverse("post", args=[only(stage).pk])).content.decode()

    there = reverse("picture", args=[kept.pk])
    assert f'src="{there}?film"' in page
    assert f'poster="{there}"' in page
    assert f'<track kind="captions" src="{there}?captions"' in page
    assert "Film 0:02, with sound and captions" in " ".join(page.split())
    assert "Welcome to our sports day." in page


RANGES = [
    ("", 200, None, slice(None)),
    ("bytes=0-99", 206, "bytes 0-99/{size}", slice(0, 100)),
    ("bytes=100-", 206, "bytes 100-{last}/{size}", slice(100, None)),
    ("bytes=-50", 206, "bytes {tail}-{last}/{size}", slice(-50, None)),
    ("bytes=0-999999999", 206, "bytes 0-{last}/{size}", slice(None)),
    ("bytes=999999999-", 416, "bytes */{size}", slice(0, 0)),
    ("bytes=5-2", 416, "bytes */{size}", slice(0, 0)),
    ("bytes=0-1,3-4", 200, None, slice(None)),
    ("lines=1-2", 200, None, slice(None)),
]


def test_a_player_gets_the_part_that_it_asks_for(stage, kept):
    amina, there = stage.browser("amina"), reverse("picture", args=[kept.pk])
    whole = b"".join(amina.get(f"{there}?film").streaming_content)
    size = len(whole)
    for asked, status, told, part in RANGES:
        answer = amina.get(f"{there}?film", headers={"Range": asked} if asked else {})

        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, content) == (status, whole[part]), asked
        wanted = told and told.format(size=size, last=size - 1, tail=size - 50)
        assert answer.headers.get("Content-Range") == wanted, asked
        assert answer["Accept-Ranges"] == "bytes"


def test_captions_and_film_can_be_saved_as_files_and_by_no_stranger(stage, kept, client):
    amina, there = stage.browser("amina"), reverse("picture", args=[kept.pk])

    captions = amina.get(f"{there}?captions&download")
    film = amina.get(f"{there}?film&download")

    assert (captions.content.decode(), captions["Content-Type"]) == (CAPTIONS, "text/vtt; charset=utf-8")
    assert captions["Content-Disposition"].endswith('.vtt"')
    assert film["Content-Disposition"].startswith("attachment")
    b"".join(film.streaming_content)
    assert client.get(f"{there}?film").status_code in (302, 403)
    assert client.get(f"{there}?captions").status_code in (302, 403)


def test_captions_that_cant_be_read_name_their_line(stage, new, typed):  # noqa: F811
    captions = SimpleUploadedFile("a.vtt", b"WEBVTT\n\n1 to 2\nHi")

    page, pictures = added(stage.browser("amina"), new, a_file(), film_captions=captions, **typed())

    assert (page.status_code, pictures) == (422, [])
    assert "Line 4 of the captions" in page.content.decode()


def test_a_film_beside_pictures_is_not_taken(stage, new, typed):  # noqa: F811
    amina = stage.browser("amina")
    page = amina.post(new, {**typed(), "pictures": [upload(jpeg())], "do": "add-pictures"})
    [row] = page.context["pictures"]

    page, pictures = added(amina, new, a_file(), kept_picture=[row["picture"].pk], **typed())

    assert (page.status_code, len(pictures), count(stage, Film)) == (422, 1, 0)
    assert "either a film or pictures" in page.content.decode()


def test_what_is_missing_names_the_captions(stage, new, typed):  # noqa: F811
    amina = stage.browser("amina")
    _page, (cover,) = added(amina, new, a_file(), **typed())

    amina.post(new, typed(**about(cover), **ANSWERED))
    page = amina.get(reverse("post-edit", args=[only(stage).pk])).content.decode()

    assert "Add captions, or say that no one speaks in it" in page
    amina.post(
        reverse("post-edit", args=[only(stage).pk]),
        typed(
            **about(cover, **{f"captions-{cover.pk}": "", f"silent-{cover.pk}": "on"}), version=1, **ANSWERED
        ),
    )
    with scope(stage.federation.pk):
        assert Film.objects.get().no_speech is True
        assert Post.objects.count() == 1


def test_without_sound_nothing_is_asked(stage, new, typed):  # noqa: F811
    _page, (cover,) = added(stage.browser("amina"), new, a_file(), film_silent="yes", **typed())

    with scope(stage.federation.pk):
        assert (Film.objects.get(cover=cover.pk).has_sound, Film.objects.get().needs_captions) == (
            False,
            False,
        )


def test_who_is_heard_is_asked_beside_who_is_seen(stage, new, typed):  # noqa: F811
    amina = stage.browser("amina")
    with scope(stage.federation.pk):
        ava = Pupil.objects.create(school=stage.school, key="A", first_name="Ava", last_name="Thomas")
    _page, (cover,) = added(amina, new, a_file(), film_captions=vtt(), **typed())
    heard = f"hears-{cover.pk}"
    amina.post(new, typed(**about(cover, **{f"captions-{cover.pk}": CAPTIONS, heard: ""}), **ANSWERED))
    post = only(stage)
    address = reverse("post-edit", args=[post.pk])
    page = amina.get(address).content.decode()
    check_page(page, "en")
    assert f'href="#id_{heard}"' in page
    more = about(cover, **{f"captions-{cover.pk}": CAPTIONS, heard: "pupils"})
    page = amina.post(address, typed(**more, pupil=[ava.pk], version=post.version, **ANSWERED), follow=True)
    with scope(stage.federation.pk):
        assert Film.objects.get().hears_pupils is True
        (row,) = PostPerson.objects.all()
        assert (row.pupil_id, row.shown, row.heard) == (ava.pk, False, True)
    page = amina.get(address).content.decode()
    assert "May not be heard on" in page
    check_page(page, "en")
