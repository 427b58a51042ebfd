"""Welsh beside English on the pages: written, approved with a reader's word, chosen by account and person."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.models import Post
from tests.publishing.conftest import ANSWERS
from tests.web.posts_cast import ANSWERED, NOW, Stage, no_browser, set_up
from tests.worlds import enter_federation, world

ENGLISH, WELSH = "Sports day is on Friday.", "Mae’r mabolgampau ddydd Gwener."


@world()
def in_both_languages(at):
    """Wildground, in both languages; Amina's post in both, sent for approval: `.sent`."""
    cast = set_up(enter_federation(languages=["en", "cy"]), no_browser)
    with scope(cast.federation.pk):
        cast.school.languages = ["cy", "en"]
        cast.school.save()
        post = draft_post(
            by=cast.people["amina"], at=at, school=cast.school, answers=ANSWERS,
            targets=[TargetText(cast.accounts["bluesky"], f"{WELSH}\n\n{ENGLISH}", "cy,en")],
            text=ENGLISH, language="en", other_text=WELSH,
        )  # fmt: skip
        submit_post(by=cast.people["amina"], at=at, post=post)
    return SimpleNamespace(stage=cast, sent=post.pk)


@pytest.fixture
def begun(in_world, home):
    return in_world(in_both_languages, NOW)


@pytest.fixture
def stage(begun, sign_in) -> Stage:
    """Wildground, in both languages."""
    return replace(begun.stage, sign_in=sign_in)


@pytest.fixture
def sent(stage, begun):
    """Amina's post in both languages, sent for approval."""
    with scope(stage.federation.pk):
        return queries.post(begun.sent)


def reads_welsh(stage, name):
    return stage.browser(name).post(reverse("my-welsh"), {"reads": "yes"})


def test_both_texts_are_saved_and_come_back_into_their_fields(stage):
    amina, account = stage.browser("amina"), stage.accounts["bluesky"]
    typed = {"text": ENGLISH, "language": "en", "other_text": WELSH, "accounts": [account.pk], **ANSWERED}
    assert (
        amina.post(reverse("post-new", args=[stage.school.pk]), {"people": "0", **typed}).status_code == 302
    )
    with scope(stage.federation.pk):
        post = queries.post(Post.objects.latest("pk").pk)
        (target,) = post.targets.all()
    assert (target.text, target.language) == (f"{WELSH}\n\n{ENGLISH}", "cy,en")
    page = amina.get(reverse("post-edit", args=[post.pk])).content.decode()
    assert (page.count(f"{ENGLISH}</textarea>"), page.count(f"{WELSH}</textarea>")) == (1, 1)


def test_an_approver_who_does_not_read_welsh_is_told_and_offered_a_reader(stage, sent):
    page = reverse("post", args=[sent.pk])
    told = "This post has Welsh text, and you haven’t said that you read Welsh."
    said = stage.browser("ben").get(page).content.decode()
    assert told in said
    assert "No colleague here has said that they read Welsh." in said

    reads_welsh(stage, "cara")
    said = stage.browser("ben").get(page).content.decode()
    assert told in said
    assert "Cara Colleague" in said
    reads_welsh(stage, "ben")
    assert told not in stage.browser("ben").get(page).content.decode()


def test_a_reader_is_asked_compares_and_the_approver_sees_it(stage, sent):
    reads_welsh(stage, "cara")
    cara, ben, page = stage.browser("cara"), stage.browser("ben"), reverse("post", args=[sent.pk])
    asking = {"reader": stage.people["cara"].pk}
    assert ben.post(reverse("post-welsh-ask", args=[sent.pk]), asking).status_code == 302
    assert "Compare a post’s Welsh with its English" in cara.get(reverse("today")).content.decode()

    with scope(stage.federation.pk):
        seen = content_digest(queries.post(sent.pk))
    said = "I’ve read the Welsh and it says the same"
    assert said in cara.get(page).content.decode()
    answer = cara.post(reverse("post-welsh-compare", args=[sent.pk]), {"same": "yes", "seen": seen})

    assert answer.status_code == 302
    assert said not in cara.get(page).content.decode()
    assert "Says the same as the English" in ben.get(page).content.decode()
    assert "Compare a post’s Welsh with its English" not in cara.get(reverse("today")).content.decode()


def test_a_person_who_does_not_read_welsh_cannot_say_that_it_is_the_same(stage, sent):
    with scope(stage.federation.pk):
        seen = content_digest(queries.post(sent.pk))
    answer = stage.browser("ben").post(
        reverse("post-welsh-compare", args=[sent.pk]), {"same": "yes", "seen": seen}
    )
    assert answer.status_code == 403
    assert (
        stage.browser("amina")
        .post(reverse("post-welsh-ask", args=[sent.pk]), {"reader": stage.people["ben"].pk})
        .status_code
        == 422
    )


def test_what_differs_comes_back_with_the_form_and_what_is_wrong_beside_it(stage, sent):
    """A bare page said *Some answers need changing*, and the form was gone."""
    reads_welsh(stage, "cara")
    with scope(stage.federation.pk):
        seen = content_digest(queries.post(sent.pk))
    answer = stage.browser("cara").post(
        reverse("post-welsh-compare", args=[sent.pk]),
        {"same": "no", "seen": seen, "words": "gair " * 300},
        headers={"referer": f"http://testserver{reverse('post', args=[sent.pk])}"},
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Some answers need changing" not in shown
    assert "Say what is different, in up to 1,000 characters.</p>" in shown
    assert "There is a problem" in shown
    assert '<details class="sg-why" open><summary>It differs' in shown
    assert "gair gair" in shown[shown.index(reverse("post-welsh-compare", args=[sent.pk])) :]


def test_another_federation_sees_nothing(stage, sent, make_federation, sign_in):
    other = set_up(make_federation("other"), sign_in)
    for name in ("post-welsh-ask", "post-welsh-compare", "post-edit-words", "post-writer-add"):
        assert other.browser("amina").post(reverse(name, args=[sent.pk]), {}).status_code == 404


def test_people_say_themselves_that_they_read_welsh_and_take_it_back(stage):
    assert 'name="reads"' in stage.browser("cara").get(reverse("me")).content.decode()
    reads_welsh(stage, "cara")
    with scope(stage.federation.pk):
        assert Person.objects.get(pk=stage.people["cara"].pk).reads_welsh
    stage.browser("cara").post(reverse("my-welsh"), {})
    with scope(stage.federation.pk):
        assert not Person.objects.get(pk=stage.people["cara"].pk).reads_welsh


def test_an_account_chooses_english_only(stage):
    amina, account = stage.browser("amina"), stage.accounts["bluesky"]
    typed = {"text": ENGLISH, "language": "en", "other_text": WELSH, "accounts": [account.pk], "people": "0"}
    preview = reverse("post-preview", args=[stage.school.pk])
    page = amina.post(preview, typed).content.decode()
    assert f"{len(WELSH) + 2 + len(ENGLISH)} of 300 characters" in page, "what will really be sent"
    assert "Languages of posts" in amina.get(reverse("account", args=[account.pk])).content.decode()
    there = reverse("account-languages", args=[account.pk])
    assert amina.post(there, {"languages": "en"}).status_code == 302
    assert amina.post(there, {"languages": "fr"}).status_code == 422
    page = amina.post(preview, typed).content.decode()
    assert f"{len(ENGLISH)} of 300 characters" in page
