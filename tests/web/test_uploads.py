"""Pictures that arrive in pieces: begun, continued and used by the person who began them alone."""

import base64

import pytest
from django.urls import reverse

from schoolgate.core import pieces
from schoolgate.core.pieces import LARGEST_PIECE, PURPOSES, Owner
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from tests.web.posts_cast import jpeg

FILE = jpeg(40, 30, "#3f7d5a")
PIECE = "application/offset+octet-stream"


def begun(browser, length, purpose="picture"):
    word = base64.b64encode(purpose.encode()).decode()
    headers = {"Upload-Length": str(length), "Upload-Metadata": f"purpose {word}"}
    return browser.post("/uploads", headers=headers)


def sent(browser, place, offset, piece, **more):
    given = {"content_type": PIECE, "headers": {"Upload-Offset": str(offset)}, **more}
    return browser.patch(place, piece, **given)


@pytest.fixture
def amina(stage):
    return stage.browser("amina")


@pytest.fixture
def place(amina):
    """The address of an upload of Amina's."""
    return begun(amina, len(FILE))["Location"]


def taken_by_form(stage, browser, place, **more):
    given = {"uploaded": place.rpartition("/")[2], **more}
    return browser.post(reverse("picture-upload", args=[stage.school.pk]), given)


def test_a_picture_in_two_pieces_is_proven_and_joins_the_post(stage, amina, place):
    """After a break the server tells where to go on; a form whose answer was lost comes again."""
    assert sent(amina, place, 0, FILE + b"x").status_code == 413, "more than announced"
    assert sent(amina, place, 0, FILE, content_type="text/plain").status_code == 415
    assert amina.head(place)["Upload-Offset"] == "0"
    assert sent(amina, place, 0, FILE[:100])["Upload-Offset"] == "100"
    told = amina.head(place)
    assert (told.status_code, told["Upload-Offset"], told["Upload-Length"]) == (200, "100", str(len(FILE)))
    assert told["Cache-Control"] == "no-store"
    for offset in (0, 99, 101):
        answer = sent(amina, place, offset, FILE[100:])
        assert (answer.status_code, answer["Upload-Offset"]) == (409, "100"), offset
    page = taken_by_form(stage, amina, place)
    assert page.status_code == 422
    assert "A part of this file is missing" in page.content.decode()
    assert sent(amina, place, 100, FILE[100:])["Upload-Offset"] == str(len(FILE))

    for _again in range(2):
        page = taken_by_form(stage, amina, place)
        assert page.status_code == 200
        (row,) = page.context["pictures"]
        assert (row["picture"].width, row["picture"].height) == (40, 30)


def test_a_piece_larger_than_allowed_is_not_read(amina):
    place = begun(amina, 3 * LARGEST_PIECE)["Location"]

    assert sent(amina, place, 0, bytes(LARGEST_PIECE + 1)).status_code == 413
    assert sent(amina, place, 0, bytes(LARGEST_PIECE)).status_code == 204


def test_what_is_announced_has_bounds(amina):
    for length, purpose, status in [
        (PURPOSES["picture"].most_bytes, "picture", 201),
        (PURPOSES["picture"].most_bytes + 1, "picture", 413),
        (0, "picture", 400),
        ("-1", "picture", 400),
        ("١٢", "picture", 400),
        (100, "../../film", 413),
    ]:
        assert begun(amina, length, purpose).status_code == status, (length, purpose)


def test_too_many_open_uploads_are_refused(amina):
    for _each in range(PURPOSES["picture"].most_open):
        assert begun(amina, 10).status_code == 201

    assert begun(amina, 10).status_code == 429


def test_another_person_sees_and_uses_nothing(stage, amina, place, client):
    """A stranger is sent to sign in. It's no page, and is deleted on request."""
    ben = stage.browser("ben")
    sent(amina, place, 0, FILE)

    assert ben.head(place).status_code == 404
    assert sent(ben, place, len(FILE), b"x").status_code == 404
    assert ben.delete(place).status_code == 404
    assert amina.head(place).status_code == 200
    assert client.post("/uploads").status_code == 302
    assert client.head(place).status_code == 302
    assert amina.get(place).status_code == 405
    assert amina.get("/uploads").status_code == 405
    assert amina.delete(place).status_code == 204
    assert amina.head(place).status_code == 404


def test_another_persons_upload_is_not_taken_by_a_form(stage, amina):
    other = Owner(stage.federation.pk, stage.people["ben"].pk)
    theirs = pieces.begin(other, purpose="picture", length=len(FILE))
    pieces.add(theirs, offset=0, piece=FILE)

    page = taken_by_form(stage, amina, f"/uploads/{theirs.key}")

    assert page.status_code == 422
    with scope(stage.federation.pk):
        assert not Picture.objects.exists()


def test_what_arrived_in_pieces_is_checked_like_any_file(stage, amina):
    place = begun(amina, 5)["Location"]
    sent(amina, place, 0, b"<svg>")

    page = taken_by_form(stage, amina, place)

    assert page.status_code == 422
    assert "drawing" in page.content.decode()
