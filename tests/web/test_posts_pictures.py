"""Pictures of posts: taken in, refused, never lost, and shown to persons of the federation only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core import files
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.proving import MOST_BYTES
from schoolgate.publishing.models import Post
from schoolgate.web.frame import pictures, pictures_upload
from tests.cast import someone
from tests.web.posts_cast import ANSWERED, TEXT, jpeg, set_up


@pytest.fixture
def typed(stage):
    """The form as Amina filled it in."""
    return stage.typed


@pytest.fixture
def new(stage):
    return reverse("post-new", args=[stage.school.pk])


def edit(post) -> str:
    return reverse("post-edit", args=[post.pk])


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def only(stage) -> Post:
    with scope(stage.federation.pk):
        return stage.read(Post.objects.get().pk)


def count(stage, model) -> int:
    with scope(stage.federation.pk):
        return model.objects.count()


# --- Pictures ----------------------------------------------------------------------------------------------


def test_a_picture_comes_with_the_post(stage, new, typed):
    form = typed(picture=upload(jpeg()), alt="An empty field.", who="none", **ANSWERED)
    stage.browser("amina").post(new, form)
    picture = only(stage).picture
    assert (picture.alt, picture.shows_people, picture.shows_pupils) == ("An empty field.", False, False)


NO_PICTURE = "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture."


DRAWING = "This is a drawing (SVG). Save it as a PNG picture and choose that."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is no picture in this file. Choose the file again."),
        (b"GIF89a and nothing", NO_PICTURE),
        (b"<svg onload=alert(1)></svg>", DRAWING),
        (jpeg()[:400], "This picture is damaged. Save it again and choose the new copy."),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_beside_its_field_and_the_text_stays(
    stage, new, typed, content, sentence
):
    answer = stage.browser("amina").post(new, typed(picture=upload(content)))
    assert (answer.status_code, answer.context["form"].errors["picture"]) == (422, [sentence])
    assert TEXT in answer.content.decode()
    assert (count(stage, Picture), count(stage, Post)) == (0, 0)


def test_a_picture_that_unpacks_to_too_much_is_refused(stage, new, typed, monkeypatch):
    monkeypatch.setattr("schoolgate.media.proving.MOST_PIXELS", 100)
    answer = stage.browser("amina").post(new, typed(picture=upload(jpeg())))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["picture"])


def test_the_ending_of_a_file_does_not_matter(stage, new, typed):
    stage.browser("amina").post(new, typed(picture=upload(jpeg(), "essay.docx")))
    assert only(stage).picture.media_type == "image/jpeg"


def test_more_than_twenty_megabytes_are_refused_beside_the_field(stage, new, typed, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES", len(jpeg()) - 1)
    answer = stage.browser("amina").post(new, typed(picture=upload(jpeg())))
    assert answer.status_code == 422
    assert "larger than 20 MB" in answer.context["form"].errors["picture"][0]
    monkeypatch.setattr(pictures, "MOST_BYTES", len(jpeg()))
    assert stage.browser("amina").post(new, typed(picture=upload(jpeg()))).status_code == 302


def test_what_is_far_too_large_is_answered_with_413_before_it_is_stored(stage, new, typed, monkeypatch):
    monkeypatch.setattr(pictures_upload, "MOST_SENT", 1000)
    answer = stage.browser("amina").post(new, typed(picture=upload(jpeg())))
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert pictures_upload.MOST_SENT < MOST_BYTES


def test_a_picture_is_not_lost_when_something_else_is_wrong(stage, new, typed):
    amina = stage.browser("amina")
    wrong = {"day": "2027-02-31", "time": "10:00"}
    answer = amina.post(new, typed(picture=upload(jpeg()), alt="An empty field.", who="none", **wrong))
    assert answer.status_code == 422
    kept = answer.context["picture"]
    assert f'name="kept_picture" value="{kept.pk}"' in answer.content.decode()
    assert answer.context["form"]["alt"].value() == "An empty field."

    amina.post(new, typed(kept_picture=kept.pk, alt="An empty field.", who="none"))

    assert only(stage).picture == kept


def test_a_picture_is_taken_out_again(stage, typed):
    post = stage.draft(picture=stage.picture())
    amina = stage.browser("amina")
    page = amina.post(edit(post), typed(kept_picture=post.picture.pk, version="1", do="no-picture"))
    assert page.context["picture"] is None
    amina.post(edit(post), typed(version="1"))
    assert stage.read(post).picture is None


def test_a_picture_comes_in_while_the_post_is_written(stage):
    address = reverse("picture-upload", args=[stage.school.pk])
    good = stage.browser("amina").post(address, {"picture": upload(jpeg()), "alt": "Typed before."})
    assert (good.status_code, good.context["picture"].added_by) == (200, stage.people["amina"])
    assert "Typed before." in good.content.decode()
    bad = stage.browser("amina").post(
        address, {"picture": upload(b"no"), "kept_picture": good.context["picture"].pk}
    )
    assert (bad.status_code, bad.context["picture"]) == (422, good.context["picture"])
    assert (
        "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture."
        in bad.content.decode()
    )


def test_what_an_edited_picture_replaces_is_gone_with_its_file_unless_a_post_has_it(
    stage, django_capture_on_commit_callbacks
):
    address = reverse("picture-upload", args=[stage.school.pk])
    amina = stage.browser("amina")
    before = amina.post(address, {"picture": upload(jpeg())}).context["picture"]
    used = stage.picture()
    stage.draft(picture=used)
    with django_capture_on_commit_callbacks(execute=True):
        after = amina.post(address, {"picture": upload(jpeg(colour="red")), "replaces": before.pk})
        amina.post(address, {"picture": upload(jpeg(colour="blue")), "replaces": used.pk})

    assert after.context["picture"].pk != before.pk
    with scope(stage.federation.pk):
        kept = set(Picture.objects.values_list("pk", flat=True))
        assert (before.pk in kept, used.pk in kept) == (False, True)
        assert files.path_of(after.context["picture"].digest).exists()
        # The picture of the draft is the same file: it stays as long as one row needs it.
        assert files.path_of(used.digest).exists()


def test_a_replaced_picture_of_somebody_elses_stays(stage):
    address = reverse("picture-upload", args=[stage.school.pk])
    picture = stage.picture()
    answer = stage.browser("ben").post(address, {"picture": upload(jpeg()), "replaces": picture.pk})
    assert answer.status_code == 404
    with scope(stage.federation.pk):
        assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_refused_edit_leaves_the_picture_before_it(stage):
    address = reverse("picture-upload", args=[stage.school.pk])
    amina = stage.browser("amina")
    before = amina.post(address, {"picture": upload(jpeg())}).context["picture"]
    amina.post(address, {"picture": upload(b"no"), "replaces": before.pk, "kept_picture": before.pk})
    with scope(stage.federation.pk):
        assert Picture.objects.filter(pk=before.pk).exists()


@pytest.mark.parametrize(
    ("faces", "said"),
    [
        (0, "The program found no face. That doesn’t mean no one is in it"),
        (1, "At least one face. Is it a child’s"),
        (9, "At least 9 faces. Is each of them someone you can name"),
        (10, "At least 10 faces. Is it a crowd"),
    ],
)
def test_a_count_of_faces_chooses_what_the_author_looks_for_and_answers_nothing(stage, typed, faces, said):
    post = stage.draft(picture=stage.picture(shows_people=None, shows_pupils=None))
    with scope(stage.federation.pk):
        Picture.objects.update(faces=faces)
    answer = stage.browser("amina").get(edit(post))
    assert said in answer.content.decode()
    assert answer.context["form"]["who"].value() in ("", None)


def test_without_a_count_nothing_is_said_about_faces(stage):
    post = stage.draft(picture=stage.picture())
    with scope(stage.federation.pk):
        Picture.objects.update(faces=None)
    page = stage.browser("amina").get(edit(post)).content.decode()
    assert "How sure this count is" not in page


# --- Pictures that may be the same -------------------------------------------------------------------------


def test_a_take_down_names_the_other_posts_that_may_show_the_picture(stage):
    one = stage.approved("The first with it.", picture=stage.picture())
    other = stage.draft("A second post, the same field.", picture=stage.picture())
    with scope(stage.federation.pk):
        stranger = stage.picture()
        Picture.objects.filter(pk=stranger.pk).update(prints=[0x0F0F0F0F0F0F0F0F], digest="0" * 64)
    unlike = stage.draft("Something else.", picture=stranger)
    page = stage.browser("ben").get(reverse("post", args=[one.pk])).content.decode()
    assert "Posts that may show the same picture" in page
    assert reverse("post", args=[other.pk]) in page
    assert reverse("post", args=[unlike.pk]) not in page


def test_a_post_without_a_picture_has_no_such_list(stage):
    page = stage.browser("ben").get(reverse("post", args=[stage.approved().pk])).content.decode()
    assert "Posts that may show the same picture" not in page


def test_a_picture_of_somebody_elses_cannot_be_carried_off(stage, new, typed):
    picture = stage.picture()
    assert stage.browser("ben").post(new, typed(kept_picture=picture.pk)).status_code == 404


@pytest.mark.parametrize("given", ["x", "-1", "99999999999999999999"])
def test_a_made_up_picture_is_not_found(stage, new, typed, given):
    assert stage.browser("amina").post(new, typed(kept_picture=given)).status_code == 404


# --- The file of a picture ---------------------------------------------------------------------------------


def test_the_file_is_served_as_what_it_is_and_to_this_browser_only(stage):
    picture = stage.picture()
    answer = stage.browser("cara").get(reverse("picture", args=[picture.pk]))
    assert b"".join(answer)[:3] == b"\xff\xd8\xff"
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    kept = stage.browser("cara").get(reverse("picture", args=[picture.pk]), {"download": ""})
    kept.close()
    assert kept["Content-Disposition"].startswith("attachment")


def test_the_file_is_not_found_for_somebody_without_a_part_in_its_school(stage):
    picture = stage.picture()
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.people["parent"] = someone("Pat Parent", relation="parent")
        stage.people["far"] = someone("Dan Far", "lead-staff-member", school=south)
    for who in ("parent", "far"):
        assert stage.browser(who).get(reverse("picture", args=[picture.pk])).status_code == 404


def test_the_file_is_not_found_for_another_federation_nor_without_signing_in(stage, make_federation, client):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    address = reverse("picture", args=[other.picture().pk])
    assert stage.browser("amina").get(address).status_code == 404
    assert client.get(address).status_code == 302
