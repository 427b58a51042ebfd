"""Pictures of posts: taken in, refused, never lost, and shown to persons of the federation only."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.media.pictures import EDGE
from schoolgate.media.proving import MOST_BYTES
from schoolgate.publishing.models import Post
from schoolgate.web.frame import pictures, uploads
from schoolgate.web.posts import writing
from schoolgate.web.posts.pictures import MOST_SENT_AT_ONCE
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


def added(browser, page_of, *contents, **more):
    """The page after these files were added to the form, and the pictures that it then carries."""
    page = browser.post(
        page_of, {**more, "pictures": [upload(each) for each in contents], "do": "add-pictures"}
    )
    return page, [row["picture"] for row in page.context["pictures"]]


def about(*pictures, who="none", **more):
    """What is typed about these pictures, in this order."""
    said = {f"alt-{each.pk}": f"Field {number}." for number, each in enumerate(pictures, start=1)}
    seen = {f"who-{each.pk}": who for each in pictures}
    return {"kept_picture": [each.pk for each in pictures], **said, **seen, **more}


COLOURS = ("#3f7d5a", "#7d3f5a", "#5a3f7d", "#7d5a3f", "#3f5a7d")


def test_pictures_are_added_then_described_and_come_with_the_post_in_order(stage, new, typed):
    """None is lost when something else is wrong."""
    amina = stage.browser("amina")
    page, pictures = added(amina, new, *(jpeg(colour=each) for each in COLOURS[:3]), **typed())
    assert (page.status_code, count(stage, Post)) == (200, 0)
    html = page.content.decode()
    assert [f'name="alt-{each.pk}"' in html for each in pictures] == [True] * 3
    answer = amina.post(new, typed(**about(*pictures), day="2027-02-31", time="10:00"))
    assert answer.status_code == 422
    assert f'name="kept_picture" value="{pictures[0].pk}"' in answer.content.decode()
    assert answer.context["form"][f"alt-{pictures[0].pk}"].value() == "Field 1."

    amina.post(new, typed(**about(*pictures), **ANSWERED))

    kept = only(stage).pictures
    assert [each.pk for each in kept] == [each.pk for each in pictures]
    assert [each.alt for each in kept] == ["Field 1.", "Field 2.", "Field 3."]
    assert {(each.shows_people, each.shows_pupils) for each in kept} == {(False, False)}


def test_files_chosen_and_sent_with_the_draft_are_kept_without_a_description(stage, new, typed):
    answer = stage.browser("amina").post(
        new, typed(pictures=[upload(jpeg()), upload(jpeg(colour="#123456"))])
    )
    assert answer.status_code == 302
    assert [(each.alt, each.shows_people) for each in only(stage).pictures] == [("", None)] * 2


MOVED = [
    ("up", 0, [0, 1, 2]), ("up", 1, [1, 0, 2]), ("up", 2, [0, 2, 1]), ("down", 0, [1, 0, 2]),
    ("down", 1, [0, 2, 1]), ("down", 2, [0, 1, 2]), ("remove", 1, [0, 2]), ("sideways", 1, [0, 1, 2]),
]  # fmt: skip


def test_a_button_moves_or_removes_a_picture_without_a_script(stage, new, typed):
    """Where it moved, it has the button again or the one beside it."""
    amina = stage.browser("amina")
    _page, pictures = added(amina, new, *(jpeg(colour=each) for each in COLOURS[:3]), **typed())
    there = reverse("picture-upload", args=[stage.school.pk])
    for verb, which, order in MOVED:
        given = typed(**about(*pictures), do=f"{verb}-{pictures[which].pk}")
        # The form of the whole page goes the same way: one of each kind of step is sent there too.
        whole = which == 1 and verb != "sideways"
        for page in [amina.post(there, given)] + ([amina.post(new, given)] if whole else []):
            assert [row["picture"].pk for row in page.context["pictures"]] == [
                pictures[i].pk for i in order
            ], (verb, which)
            kept = [row["alt"].value() for row in page.context["pictures"]]
            assert kept == [f"Field {i + 1}." for i in order], "the words stay with their picture"
        if (verb, which) == ("up", 1):
            assert f'id="down-{pictures[1].pk}" autofocus' in page.content.decode()
    assert count(stage, Post) == 0


def test_a_fifth_picture_is_refused_and_the_four_stay(stage, new, typed, monkeypatch):
    """So is one that is there already; five at once are refused before one is looked at."""
    amina = stage.browser("amina")
    _page, pictures = added(amina, new, *(jpeg(colour=each) for each in COLOURS[:4]), **typed())

    page, still = added(amina, new, jpeg(colour=COLOURS[4]), **typed(**about(*pictures)))

    assert (page.status_code, still) == (422, pictures)
    assert page.context["form"].errors["pictures"] == ["A post can have up to 4 pictures. Remove some."]
    assert count(stage, Picture) == 4

    one = pictures[0]
    page, found = added(amina, new, jpeg(colour=COLOURS[0]), **typed(**about(one)))
    assert (page.status_code, found) == (422, [one])
    assert page.context["form"].errors["pictures"] == ["This picture is in the post already."]
    _page, (again,) = added(amina, new, jpeg(colour=COLOURS[0]), **typed())
    answer = amina.post(new, typed(**about(one, again)))
    assert answer.context["form"].errors["pictures"] == [
        "This post has the same picture twice. Remove one of them."
    ]

    monkeypatch.setattr("schoolgate.web.posts.pictures.take_upload", None)
    page, pictures = added(amina, new, *(jpeg(colour=each) for each in COLOURS), **typed())
    assert (page.status_code, pictures) == (422, [])


def test_one_file_that_is_no_picture_leaves_the_others(stage, new, typed):
    page, pictures = added(stage.browser("amina"), new, jpeg(), b"no picture", **typed())
    assert (page.status_code, len(pictures)) == (422, 1)
    assert page.context["form"].errors["pictures"] == [f"picture.jpg: {NO_PICTURE}"]


def test_a_picture_of_another_school_is_not_found(stage, typed):
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.people["far"] = someone("Dan Far", "staff", school=south)
    dan, there = stage.browser("far"), reverse("post-new", args=[south.pk])
    assert dan.post(there, typed(kept_picture=stage.picture().pk)).status_code == 404


def test_a_picture_removed_in_another_window_is_noticed(stage, typed):
    post, amina = stage.draft(pictures=[stage.picture()]), stage.browser("amina")
    (picture,) = stage.read(post).pictures
    assert amina.post(edit(post), typed("Without it.", version="1")).status_code == 302

    answer = amina.post(edit(post), typed("With it.", version="1", **about(picture)))

    assert (answer.status_code, stage.read(post).pictures) == (409, [])


def test_a_number_of_pupils_does_not_say_in_which_of_several_pictures(stage, new, typed):
    amina = stage.browser("amina")
    _page, pictures = added(amina, new, jpeg(), jpeg(colour="#123456"), **typed())
    refused = amina.post(new, typed(**about(*pictures, who="", pupils="8")))
    assert list(refused.context["form"].errors) == [f"who-{pictures[0].pk}"]
    given = about(*pictures, who="", pupils="8") | {f"who-{pictures[1].pk}": "pupils"}
    assert amina.post(new, typed(**given)).status_code == 302
    assert [each.shows_pupils for each in only(stage).pictures] == [None, True]


NO_PICTURE = "This file isn’t a picture we can use. Choose a JPEG, HEIC, PNG, WebP or AVIF picture."


DRAWING = "This is a drawing (SVG). Save it as a PNG picture and choose that."


def test_what_is_no_picture_is_refused_beside_its_field_and_the_text_stays(stage, new, typed, monkeypatch):
    """Nor what unpacks to too much. The ending of a file does not matter."""
    amina = stage.browser("amina")
    for content, sentence in [
        (b"", "There is no picture in this file. Choose the file again."),
        (b"GIF89a and nothing", NO_PICTURE),
        (b"<svg onload=alert(1)></svg>", DRAWING),
        (jpeg()[:400], "This picture is damaged. Save it again and choose the new copy."),
    ]:
        answer = amina.post(new, typed(pictures=upload(content)))
        assert (answer.status_code, answer.context["form"].errors["pictures"]) == (422, [sentence])
        assert TEXT in answer.content.decode()
    with monkeypatch.context() as patch:
        patch.setattr("schoolgate.media.proving.MOST_PIXELS", 100)
        answer = amina.post(new, typed(pictures=upload(jpeg(641))))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["pictures"])
    assert (count(stage, Picture), count(stage, Post)) == (0, 0)
    amina.post(new, typed(pictures=upload(jpeg(), "essay.docx")))
    assert only(stage).pictures[0].media_type == "image/jpeg"


def test_more_than_twenty_megabytes_are_refused_beside_the_field(stage, new, typed, monkeypatch):
    """What is far too large is answered before it is stored."""
    amina = stage.browser("amina")
    monkeypatch.setattr(pictures, "MOST_BYTES", len(jpeg()) - 1)
    answer = amina.post(new, typed(pictures=upload(jpeg())))
    assert answer.status_code == 422
    assert "larger than 20 MB" in answer.context["form"].errors["pictures"][0]
    monkeypatch.setattr(pictures, "MOST_BYTES", len(jpeg()))
    assert amina.post(new, typed(pictures=upload(jpeg()))).status_code == 302

    monkeypatch.setattr(uploads, "MOST_SENT", 1000)
    monkeypatch.setattr(writing.new, "takes_up_to", 1000)
    answer = amina.post(new, typed(pictures=upload(jpeg())))
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()
    assert MOST_SENT_AT_ONCE > 4 * MOST_BYTES, "four pictures at their largest fit into one form"


def test_a_picture_is_taken_out_again(stage, typed):
    post = stage.draft(pictures=[stage.picture()])
    (picture,) = stage.read(post).pictures
    amina = stage.browser("amina")
    page = amina.post(edit(post), typed(**about(picture), version="1", do=f"remove-{picture.pk}"))
    assert page.context["pictures"] == []
    amina.post(edit(post), typed(version="1"))
    assert stage.read(post).pictures == []


def test_a_picture_comes_in_while_the_post_is_written(stage):
    address = reverse("picture-upload", args=[stage.school.pk])
    amina = stage.browser("amina")
    good, (one,) = added(amina, address, jpeg())
    assert (good.status_code, one.added_by) == (200, stage.people["amina"])
    bad = amina.post(address, {"pictures": upload(b"no"), **about(one)})
    assert (bad.status_code, [row["picture"] for row in bad.context["pictures"]]) == (422, [one])
    assert NO_PICTURE in bad.content.decode()
    assert "Field 1." in bad.content.decode()


def test_a_picture_of_somebody_elses_or_a_made_up_one_is_not_found(stage, new, typed):
    picture, amina = stage.picture(), stage.browser("amina")
    assert stage.browser("ben").post(new, typed(kept_picture=picture.pk)).status_code == 404
    for given in ("x", "-1", "99999999999999999999"):
        assert amina.post(new, typed(kept_picture=given)).status_code == 404, given


# --- The file of a picture ---------------------------------------------------------------------------------


def test_the_file_is_served_as_what_it_is_and_to_this_browser_only(stage):
    picture = stage.picture()
    answer = stage.browser("cara").get(reverse("picture", args=[picture.pk]))
    assert b"".join(answer)[:3] == b"\xff\xd8\xff"
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    kept = stage.browser("cara").get(reverse("picture", args=[picture.pk]), {"download": ""})
    kept.close()
    assert kept["Content-Disposition"].startswith("attachment")


def test_a_list_shows_the_first_picture_small(stage):
    picture = stage.picture()
    stage.draft(pictures=[picture])
    small = f"{reverse('picture', args=[picture.pk])}?small"
    assert f'src="{small}"' in stage.browser("amina").get(reverse("posts")).content.decode()
    answer, whole = (stage.browser("cara").get(address) for address in (small, small.partition("?")[0]))
    whole.close()
    assert max(Image.open(io.BytesIO(b"".join(answer))).size) <= EDGE
    assert answer["ETag"] != whole["ETag"]


def test_the_file_is_not_found_for_somebody_without_a_part_in_its_school(stage, make_federation, client):
    """Nor for another federation, nor without signing in."""
    address = reverse("picture", args=[stage.picture().pk])
    with scope(stage.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stage.people["parent"] = someone("Pat Parent", relation="parent")
        stage.people["far"] = someone("Dan Far", "lead-staff-member", school=south)
    for who in ("parent", "far"):
        for asked in (address, f"{address}?small"):
            assert stage.browser(who).get(asked).status_code == 404, who
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    assert other.browser("amina").get(address).status_code == 404
    assert client.get(address).status_code == 302
