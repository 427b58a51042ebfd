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
    assert sent(amina, place, 0, FILE[:100])["Upload-Offset"] == "100"
    assert sent(amina, place, 100, FILE[100:])["Upload-Offset"] == str(len(FILE))

    page = taken_by_form(stage, amina, place)

    assert page.status_code == 200
    (row,) = page.context["pictures"]
    assert (row["picture"].width, row["picture"].height) == (40, 30)


def test_after_a_break_the_server_tells_where_to_go_on(amina, place):
    sent(amina, place, 0, FILE[:100])

    told = amina.head(place)

    assert (told.status_code, told["Upload-Offset"], told["Upload-Length"]) == (200, "100", str(len(FILE)))
    assert told["Cache-Control"] == "no-store"


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_piece_at_a_wrong_place_is_refused_with_the_right_one(amina, place, offset):
    sent(amina, place, 0, FILE[:100])
    answer = sent(amina, place, offset, FILE[100:])

    assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")


def test_more_than_announced_is_refused(amina, place):
    assert sent(amina, place, 0, FILE + b"x").status_code == 413
    assert amina.head(place)["Upload-Offset"] == "0"


def test_a_piece_larger_than_allowed_is_not_read(amina):
    place = begun(amina, 3 * LARGEST_PIECE)["Location"]

    assert sent(amina, place, 0, bytes(LARGEST_PIECE + 1)).status_code == 413
    assert sent(amina, place, 0, bytes(LARGEST_PIECE)).status_code == 204


def test_a_piece_of_another_type_is_refused(amina, place):
    assert sent(amina, place, 0, FILE, content_type="text/plain").status_code == 415


@pytest.mark.parametrize(
    ("length", "purpose", "status"),
    [
        (PURPOSES["picture"].most_bytes, "picture", 201),
        (PURPOSES["picture"].most_bytes + 1, "picture", 413),
        (0, "picture", 400),
        ("-1", "picture", 400),
        ("١٢", "picture", 400),
        (100, "../../film", 413),
    ],
)
def test_what_is_announced_has_bounds(amina, length, purpose, status):
    assert begun(amina, length, purpose).status_code == status


def test_too_many_open_uploads_are_refused(amina):
    for _each in range(PURPOSES["picture"].most_open):
        assert begun(amina, 10).status_code == 201

    assert begun(amina, 10).status_code == 429


def test_another_person_sees_and_uses_nothing(stage, amina, place):
    ben = stage.browser("ben")
    sent(amina, place, 0, FILE)

    assert ben.head(place).status_code == 404
    assert sent(ben, place, len(FILE), b"x").status_code == 404
    assert ben.delete(place).status_code == 404
    assert amina.head(place).status_code == 200


def test_another_persons_upload_is_not_taken_by_a_form(stage, amina):
    other = Owner(stage.federation.pk, stage.people["ben"].pk)
    theirs = pieces.begin(other, purpose="picture", length=len(FILE))
    pieces.add(theirs, offset=0, piece=FILE)

    page = taken_by_form(stage, amina, f"/uploads/{theirs.key}")

    assert page.status_code == 422
    with scope(stage.federation.pk):
        assert not Picture.objects.exists()


def test_a_stranger_is_sent_to_sign_in(client, place):
    assert client.post("/uploads").status_code == 302
    assert client.head(place).status_code == 302


def test_an_upload_with_a_part_missing_is_told_beside_the_field(stage, amina, place):
    sent(amina, place, 0, FILE[:100])

    page = taken_by_form(stage, amina, place)

    assert page.status_code == 422
    assert "A part of this file is missing" in page.content.decode()


def test_what_arrived_in_pieces_is_checked_like_any_file(stage, amina):
    place = begun(amina, 5)["Location"]
    sent(amina, place, 0, b"<svg>")

    page = taken_by_form(stage, amina, place)

    assert page.status_code == 422
    assert "drawing" in page.content.decode()


def test_a_form_whose_answer_was_lost_comes_again(stage, amina, place):
    sent(amina, place, 0, FILE)
    assert taken_by_form(stage, amina, place).status_code == 200

    assert taken_by_form(stage, amina, place).status_code == 200


def test_an_upload_is_deleted_on_request(amina, place):
    assert amina.delete(place).status_code == 204
    assert amina.head(place).status_code == 404


def test_an_upload_is_no_page(amina, place):
    assert amina.get(place).status_code == 405
    assert amina.get("/uploads").status_code == 405
