"""Two people, or two windows, at one draft: words saved while typing, both versions side by side, who is
there."""

import re

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.drafting import add_writer
from schoolgate.web.posts.co_writing import beside_each_other, both
from tests.stories import rolled_back
from tests.web.posts_cast import ANSWERED, NOW, Stage


@pytest.fixture
def typed(stage):
    def fill(text: str = "Sports day is on Friday.", **more: object) -> dict[str, object]:
        accounts = [stage.accounts["bluesky"].pk]
        return {"text": text, "accounts": accounts, "when": "soon", "people": "0", **ANSWERED, **more}

    return fill


def edit(post) -> str:
    return reverse("post-edit", args=[post.pk])


def words(post) -> str:
    return reverse("post-edit-words", args=[post.pk])


def let_cara_write(stage: Stage, post) -> None:
    with scope(stage.federation.pk):
        add_writer(by=stage.people["amina"], at=NOW, post=queries.post(post.pk), person=stage.people["cara"])


def version_on(page) -> str:
    return re.search(r'name="version" value="(\d+)"', page.content.decode())[1]


def test_what_is_typed_is_saved_and_the_page_gets_the_new_revision(stage, typed):
    """Not what is too long; and where there is nothing new to say the page stays as it is."""
    post, amina = stage.draft(), stage.browser("amina")
    answer = amina.post(words(post), typed("x" * 20_001, version="1"))
    assert "Text can be up to 20,000 characters." in answer.content.decode()
    assert (stage.read(post).version, stage.read(post).targets.all()[0].text[:4]) == (1, "Our ")

    answer = amina.post(words(post), typed("Typed so far.", version="1"))
    assert "Words saved:" in answer.content.decode()
    assert version_on(answer) == "2"
    assert stage.read(post).text == "Typed so far."
    told = re.search(r'name="told" value="(\w+)"', answer.content.decode() + 'name="told" value="x"')[1]
    first = amina.post(words(post), typed("Typed so far.", version="2", told=told))
    if first.status_code != 204:
        told = re.search(r'name="told" value="(\w+)"', first.content.decode())[1]
    assert amina.post(words(post), typed("Typed so far.", version="2", told=told)).status_code == 204
    assert amina.post(edit(post), typed("Typed to the end.", version="2")).status_code == 302


def test_the_button_saves_after_the_same_page_saved_while_typing_even_if_it_did_not_hear_of_it(stage, typed):
    """Another window of the same person is refused."""
    post, amina = stage.draft(), stage.browser("amina")
    token, other = {"csrfmiddlewaretoken": "a" * 64}, {"csrfmiddlewaretoken": "b" * 64}
    amina.post(words(post), typed("Typed so far.", version="1", **token))
    answer = amina.post(edit(post), typed("At the desk.", version="1", **other))
    assert (answer.status_code, stage.read(post).text) == (409, "Typed so far.")

    answer = amina.post(edit(post), typed("Typed to the end.", version="1", **token))

    assert answer.status_code == 302
    assert stage.read(post).targets.all()[0].text == "Typed to the end."


def test_both_versions_are_shown_with_what_differs_and_no_word_is_lost(stage, typed):
    post = stage.draft()
    let_cara_write(stage, post)
    cara, amina = stage.browser("cara"), stage.browser("amina")
    assert (
        cara.post(edit(post), typed("Sports day is on Thursday. Bring water.", version="1")).status_code
        == 302
    )

    page = amina.post(edit(post), typed("Sports day is on Friday. Bring hats.", version="1", do="send"))

    said = page.content.decode()
    assert page.status_code == 409
    assert "Cara Colleague saved this post while you were writing." in said
    for word in ("Thursday.", "water.", "Friday.", "hats."):
        assert f"<mark>{word}</mark>" in said
    assert "Sports day is on Friday. Bring hats.</textarea>" in said
    assert stage.read(post).text == "Sports day is on Thursday. Bring water."


def test_after_the_choice_the_next_save_counts(stage, typed):
    """Unless one of the versions is old by now: then it is asked again."""
    post = stage.draft()
    let_cara_write(stage, post)
    cara, amina, mine = stage.browser("cara"), stage.browser("amina"), "It is on Friday. Bring hats."
    cara.post(edit(post), typed("It is on Thursday. Bring hats.", version="1"))
    page = amina.post(edit(post), typed(mine, version="1"))
    shown = re.search(r'name="beside" value="(\d+)"', page.content.decode())[1]
    for choice, saved in [("mine", mine), ("both", "It is on Thursday. It is on Friday. Bring hats.")]:
        with rolled_back():
            chosen = amina.post(edit(post), typed(mine, version="1", beside=shown, do=choice))
            assert (chosen.status_code, stage.read(post).text) == (200, "It is on Thursday. Bring hats.")
            text = re.search(r'id="id_text"[^>]*>\n([^<]*)</textarea>', chosen.content.decode())[1]
            answer = amina.post(edit(post), typed(text, version=version_on(chosen)))
            assert (answer.status_code, stage.read(post).text) == (302, saved), choice

    cara.post(edit(post), typed("Two.", version="2"))
    answer = amina.post(edit(post), typed(mine, version="1", beside="2", do="mine"))
    assert answer.status_code == 409
    assert "<mark>Two.</mark>" in answer.content.decode()


def test_the_page_says_who_else_was_writing_in_the_last_minute(stage, typed):
    post = stage.draft()
    let_cara_write(stage, post)
    cara, amina = stage.browser("cara"), stage.browser("amina")
    assert "Also writing now" not in amina.get(edit(post)).content.decode()

    cara.post(words(post), typed(stage.read(post).targets.all()[0].text, version="1"))

    assert "Also writing now" in amina.get(edit(post)).content.decode()
    assert "Also writing now" not in cara.get(edit(post)).content.decode()


def test_an_author_adds_a_colleague_and_takes_them_off_again(stage, typed):
    """People who weren't invited can't save, and can't add anyone."""
    post, amina, cara = stage.draft(), stage.browser("amina"), stage.browser("cara")
    adding = {"writer": stage.people["cara"].pk}
    assert cara.post(words(post), typed("Mine now.", version="1")).status_code == 403
    assert cara.post(reverse("post-writer-add", args=[post.pk]), adding).status_code == 403
    assert cara.post(reverse("post-writer-end", args=[post.pk]), adding).status_code == 404
    assert cara.get(edit(post)).status_code == 403

    assert amina.post(reverse("post-writer-add", args=[post.pk]), adding).status_code == 302
    assert "Cara Colleague" in amina.get(edit(post)).content.decode()
    assert cara.get(edit(post)).status_code == 200
    assert edit(post) in cara.get(reverse("post", args=[post.pk])).content.decode()
    assert amina.post(reverse("post-writer-end", args=[post.pk]), adding).status_code == 302
    assert cara.get(edit(post)).status_code == 403


@pytest.mark.parametrize(
    ("theirs", "mine", "whole"),
    [
        ("A. B.", "A. C.", "A. B. C."),
        ("A.", "A. C.", "A. C."),
        ("A. B.", "B.", "A. B."),
        ("", "C.", "C."),
        ("no stop", "no end", "no stop no end"),
        ("One\nTwo", "One\nThree", "One\nTwo Three"),
    ],
)
def test_both_together_have_each_sentence_once(theirs, mine, whole):
    assert both(theirs, mine) == whole


def test_long_texts_are_compared_within_a_moment():
    left, right = beside_each_other("word one. " * 2000, "word two. " * 2000)
    assert "".join(each.text for each in left) == "word one. " * 2000
    assert "".join(each.text for each in right) == "word two. " * 2000
