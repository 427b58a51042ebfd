"""The page of news: anyone with a role sends it in, those who post use or decline it, its sender sees what
became of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.models import Picture
from schoolgate.publishing.models import News, Post
from schoolgate.publishing.news import send_news
from tests.cast import someone
from tests.web.posts_cast import NOW, jpeg

GOVERNOR = "federation-leadership-team"
"""A role of Wildground's that neither writes nor approves posts."""
PAGE = "/news"


@pytest.fixture
def tess(stage):
    with scope(stage.federation.pk):
        stage.people["tess"] = someone("Tess Assistant", GOVERNOR, school=stage.school)
    return stage.browser("tess")


def typed(**more):
    return {"text": "Year 4 won the relay.", "kind": "success", "made_by": "me", **more}


def upload(colour="red", content=None):
    return SimpleUploadedFile("a.jpg", content or jpeg(colour=colour), content_type="image/jpeg")


def sent(stage, text="Year 4 won the relay.", by="tess", **more) -> int:
    with scope(stage.federation.pk):
        given = {"by": stage.people[by], "at": NOW, "school": stage.school, "kind": "news", "made_by": "me"}
        return send_news(**{**given, "text": text, **more}).pk


def only(stage) -> News:
    with scope(stage.federation.pk):
        return News.objects.select_related("decided_by").get()


def test_news_with_a_picture_is_sent_in_and_its_sender_sees_that_it_waits(stage, tess):
    answer = tess.post(PAGE, typed(pictures=[upload()]), follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "You’ll see here what happens to it." in page
    assert "Year 4 won the relay." in page
    assert "Not looked at yet" in page
    with scope(stage.federation.pk):
        assert [each.shows_people for each in News.objects.get().pictures] == [None]


def test_a_person_without_a_role_is_refused_and_not_shown_a_link(stage, client):
    with scope(stage.federation.pk):
        stage.people["vera"] = someone("Vera Visitor")
    vera = stage.browser("vera")

    assert (vera.get(PAGE).status_code, vera.post(PAGE, typed()).status_code) == (403, 403)
    assert f'href="{PAGE}"' not in vera.get("/menu").content.decode()
    with scope(stage.federation.pk):
        assert not News.objects.exists()


def test_it_is_reached_from_the_menu_and_by_those_who_approve_from_today(stage, tess):
    sent(stage)

    assert f'href="{PAGE}"' in tess.get("/menu").content.decode()
    assert f'href="{PAGE}"' in tess.get("/posts").content.decode()
    today = stage.browser("ben").get(reverse("today")).content.decode()
    assert "Look at news that was sent in" in today
    assert "relay" not in today


def test_what_is_missing_is_said_and_the_picture_is_not_lost(stage, tess):
    """No file but a picture, no fifth one and no other person's are taken."""
    colours, theirs = ("red", "blue", "green", "black", "white"), stage.picture()
    for wrong in (
        {"pictures": [upload(content=b"no picture")]},
        {"pictures": [upload(colour) for colour in colours]},
        {"kept_picture": [theirs.pk]},
    ):
        answer = tess.post(PAGE, typed(**wrong))
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"pictures"}), wrong
    with scope(stage.federation.pk):
        assert not News.objects.exists()

    answer = tess.post(PAGE, {"text": "", "pictures": [upload()]})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text", "kind", "made_by"}
    kept = [picture.pk for _place, picture in answer.context["kept"]]
    assert len(kept) == 1
    assert tess.post(PAGE, typed(kept_picture=kept)).status_code == 302
    with scope(stage.federation.pk):
        assert [each.pk for each in News.objects.get().pictures] == kept


def test_the_school_is_asked_only_where_there_is_a_choice(stage, tess):
    assert "school" not in tess.get(PAGE).context["form"].fields
    with scope(stage.federation.pk):
        south = School.objects.create(name="Wildground Infants", slug="infants")
    amina = stage.browser("amina")
    assert "school" in amina.get(PAGE).context["form"].fields

    missing = amina.post(PAGE, typed(pictures=[upload()]))
    assert (missing.status_code, set(missing.context["form"].errors)) == (422, {"school", "pictures"})
    assert amina.post(PAGE, typed(school=south.pk)).status_code == 302
    assert only(stage).school_id == south.pk


def test_a_writer_makes_a_post_of_it_and_goes_on_writing_there(stage, tess):
    pk = sent(stage, made_by="other", owner="A parent", owner_agreed=True, agreed_in_writing=False)
    amina = stage.browser("amina")
    page = amina.get(PAGE).content.decode()
    assert "They agreed, but not in writing." in page
    assert "A parent" in page

    answer = amina.post(f"{PAGE}/{pk}/use")

    with scope(stage.federation.pk):
        post = Post.objects.get()
    assert answer.url == reverse("post-edit", args=[post.pk])
    assert amina.get(answer.url).status_code == 200
    assert (post.author_id, post.state) == (stage.people["amina"].pk, "draft")
    assert "Used for a post" in tess.get(PAGE).content.decode()
    assert amina.post(f"{PAGE}/{pk}/use").status_code == 409


def test_its_pictures_go_with_it_and_stay_when_the_draft_is_saved(stage, tess):
    tess.post(PAGE, typed(pictures=[upload("red"), upload("blue")]))
    amina = stage.browser("amina")

    edit = amina.post(f"{PAGE}/{only(stage).pk}/use").url

    with scope(stage.federation.pk):
        pictures = list(Picture.objects.order_by("pk").values_list("pk", flat=True))
    form = {**stage.typed(), "kept_picture": pictures, "version": 1}
    said = {f"alt-{pk}": "A field." for pk in pictures} | {f"who-{pk}": "none" for pk in pictures}
    assert amina.post(edit, {**form, **said, "do": "save"}).status_code == 302
    with scope(stage.federation.pk):
        assert [each.pk for each in stage.read(Post.objects.get().pk).pictures] == pictures


def test_it_is_declined_with_a_reason_that_its_sender_reads(stage, tess):
    pk = sent(stage)
    ben = stage.browser("ben")

    empty = ben.post(f"{PAGE}/{pk}/decline", {"reason": " "})
    assert (empty.status_code, only(stage).state) == (422, "new")
    assert "Say why, for the person who sent it in." in empty.content.decode()
    assert ben.post(f"{PAGE}/{pk}/decline", {"reason": "We posted it on Monday."}).status_code == 302

    page = tess.get(PAGE).content.decode()
    assert "We posted it on Monday." in page
    assert "Ben Carter" in page
    assert "Not this time" in page
    assert stage.browser("amina").post(f"{PAGE}/{pk}/use").status_code == 409


def test_only_its_sender_withdraws_it_and_then_others_no_longer_see_it(stage, tess):
    pk = sent(stage)

    assert stage.browser("ben").post(f"{PAGE}/{pk}/withdraw").status_code == 403
    assert tess.post(f"{PAGE}/{pk}/withdraw").status_code == 302
    assert stage.browser("ben").post(f"{PAGE}/{pk}/decline", {"reason": "No."}).status_code == 404
    assert "relay" not in stage.browser("ben").get(PAGE).content.decode()
    assert tess.post(f"{PAGE}/{pk}/withdraw").status_code == 409


def test_people_who_do_not_post_see_only_what_they_sent_in(stage, tess):
    """At another school they find nothing under its address; who only approves is offered no post."""
    pk = sent(stage, "Seen by those who post.", by="amina")
    with scope(stage.federation.pk):
        south = School.objects.create(name="Wildground Infants", slug="infants")
        stage.people["olga"] = someone("Olga Other", "lead-staff-member", school=south)
    sam, olga = stage.browser("sam"), stage.browser("olga")

    for browser in (tess, olga):
        assert "Seen by those who post." not in browser.get(PAGE).content.decode()
        for act in ("use", "decline", "withdraw"):
            assert browser.post(f"{PAGE}/{pk}/{act}", {"reason": "No."}).status_code == 404
    own = sent(stage)
    for act in ("use", "decline"):
        assert tess.post(f"{PAGE}/{own}/{act}", {"reason": "No."}).status_code == 403

    assert "Write a post with it" not in sam.get(PAGE).content.decode()
    assert sam.post(f"{PAGE}/{pk}/use").status_code == 403
    assert "Write a post with it" in stage.browser("amina").get(PAGE).content.decode()


def test_many_are_shown_by_pages_and_all_that_one_sent_has_a_page(stage, tess, same_queries):
    """However much waits, the page asks as often."""
    ben = stage.browser("ben")
    sent(stage, "News number 0.")
    ben.get(PAGE)
    same_queries(lambda: ben.get(PAGE), lambda: sent(stage, "News number 1."))
    for number in range(2, 6):
        sent(stage, f"News number {number}.")

    first = ben.get(PAGE)
    assert len(first.context["waiting"]) == 3
    assert len(ben.get(f"{PAGE}?{first.context['page'].older}").context["waiting"]) == 3
    assert len(tess.get(PAGE).context["sent"]) == 5
    assert len(tess.get(f"{PAGE}?show=sent").context["sent"]) == 6


# --- Pictures that leave the browser before the form is sent


def arrived(browser, content):
    """The key of a picture that was sent in pieces."""
    begun = browser.post(
        "/uploads", headers={"Upload-Length": str(len(content)), "Upload-Metadata": "purpose cGljdHVyZQ=="}
    )
    part = browser.patch(
        begun["Location"], data=content, content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0"},
    )  # fmt: skip
    assert (begun.status_code, part.status_code) == (201, 204)
    return begun["Location"].rpartition("/")[2]


def add(browser, **said):
    """What the page's script asks once pictures have arrived."""
    return browser.post(PAGE, {"text": "", "do": "add-pictures", **said}, headers={"HX-Request": "true"})


def test_a_picture_sent_in_pieces_comes_back_as_its_row_and_nothing_is_judged_yet(stage, tess):
    """The page says where it goes. Of no picture it is said beside the field, and nobody else's is taken."""
    page = tess.get(PAGE).content.decode()
    assert 'data-pieces="/uploads"' in page
    assert "pictures.mjs" in page
    answer = add(tess, uploaded=[arrived(tess, b"no picture")])
    assert 'class="govuk-error-message"' in answer.content.decode()
    add(tess, uploaded=[arrived(stage.browser("amina"), jpeg())])
    with scope(stage.federation.pk):
        assert not Picture.objects.exists()

    answer = add(tess, uploaded=[arrived(tess, jpeg())])

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert page.count('name="kept_picture"') == 1
    assert "Say what happened." not in page
    with scope(stage.federation.pk):
        assert not News.objects.exists()
        kept = Picture.objects.get().pk
    assert tess.post(PAGE, typed(kept_picture=[kept])).status_code == 302
    with scope(stage.federation.pk):
        assert [each.pk for each in News.objects.get().pictures] == [kept]


def test_four_pictures_leave_no_room_for_a_fifth(tess):
    four = [arrived(tess, jpeg(colour=colour)) for colour in ("red", "blue", "green", "black")]

    page = add(tess, uploaded=four).content.decode()

    assert page.count('name="kept_picture"') == 4
    assert 'type="file"' not in page


def test_pictures_that_arrived_before_a_school_was_chosen_wait_for_it(stage):
    """Files that did not go in pieces are asked for again."""
    with scope(stage.federation.pk):
        south = School.objects.create(name="Wildground Infants", slug="infants")
    amina = stage.browser("amina")
    answer = amina.post(PAGE, typed(school="", pictures=[upload()]))
    assert set(answer.context["form"].errors) == {"school", "pictures"}
    with scope(stage.federation.pk):
        assert not Picture.objects.exists()
    key = arrived(amina, jpeg())

    early = add(amina, school="", uploaded=[key]).content.decode()
    refused = amina.post(PAGE, typed(school="", uploaded=[key]))

    for page in (early, refused.content.decode()):
        assert f'name="uploaded" value="{key}"' in page
        assert "1 picture has arrived. Choose the school." in page
    assert refused.status_code == 422
    assert amina.post(PAGE, typed(school=south.pk, uploaded=[key])).status_code == 302
    with scope(stage.federation.pk):
        assert len(News.objects.get().pictures) == 1
