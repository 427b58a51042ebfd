"""Two people, or two windows, at one draft: words saved while typing, both versions side by side, who is
there."""

import re

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.actions import add_writer
from schoolgate.web.posts.co_writing import beside_each_other, both
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
    post, amina = stage.draft(), stage.browser("amina")
    answer = amina.post(words(post), typed("Typed so far.", version="1"))

    assert "Words saved:" in answer.content.decode()
    assert version_on(answer) == "2"
    assert stage.read(post).text == "Typed so far."
    assert amina.post(edit(post), typed("Typed to the end.", version="2")).status_code == 302


def test_what_was_typed_too_long_is_not_saved_and_says_so(stage, typed):
    post, amina = stage.draft(), stage.browser("amina")
    answer = amina.post(words(post), typed("x" * 20_001, version="1"))
    assert "Text can be up to 20,000 characters." in answer.content.decode()
    assert (stage.read(post).version, stage.read(post).targets.all()[0].text[:4]) == (1, "Our ")


def test_where_there_is_nothing_new_to_say_the_page_stays_as_it_is(stage, typed):
    post, amina = stage.draft(), stage.browser("amina")
    amina.post(words(post), typed("Same.", version="1"))
    told = re.search(
        r'name="told" value="(\w+)"', amina.get(edit(post)).content.decode() + 'name="told" value="x"'
    )
    first = amina.post(words(post), typed("Same.", version="2", told=told[1]))
    again = re.search(r'name="told" value="(\w+)"', first.content.decode())[1]
    assert amina.post(words(post), typed("Same.", version="2", told=again)).status_code == 204


def test_the_button_saves_after_the_same_page_saved_while_typing_even_if_it_did_not_hear_of_it(stage, typed):
    post, amina = stage.draft(), stage.browser("amina")
    token = {"csrfmiddlewaretoken": "a" * 64}
    amina.post(words(post), typed("Typed so far.", version="1", **token))

    answer = amina.post(edit(post), typed("Typed to the end.", version="1", **token))

    assert answer.status_code == 302
    assert stage.read(post).targets.all()[0].text == "Typed to the end."


def test_another_window_of_the_same_person_is_refused(stage, typed):
    post, amina = stage.draft(), stage.browser("amina")
    amina.post(words(post), typed("On the phone.", version="1", csrfmiddlewaretoken="a" * 64))
    answer = amina.post(edit(post), typed("At the desk.", version="1", csrfmiddlewaretoken="b" * 64))
    assert answer.status_code == 409
    assert stage.read(post).text == "On the phone."


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


@pytest.mark.parametrize(
    ("choice", "saved"),
    [
        ("mine", "It is on Friday. Bring hats."),
        ("both", "It is on Thursday. It is on Friday. Bring hats."),
    ],
)
def test_after_the_choice_the_next_save_counts(stage, typed, choice, saved):
    post = stage.draft()
    let_cara_write(stage, post)
    stage.browser("cara").post(edit(post), typed("It is on Thursday. Bring hats.", version="1"))
    amina, mine = stage.browser("amina"), "It is on Friday. Bring hats."
    page = amina.post(edit(post), typed(mine, version="1"))
    shown = re.search(r'name="beside" value="(\d+)"', page.content.decode())[1]

    chosen = amina.post(edit(post), typed(mine, version="1", beside=shown, do=choice))
    assert (chosen.status_code, stage.read(post).text) == (200, "It is on Thursday. Bring hats.")
    text = re.search(r'id="id_text"[^>]*>\n([^<]*)</textarea>', chosen.content.decode())[1]
    answer = amina.post(edit(post), typed(text, version=version_on(chosen)))

    assert (answer.status_code, stage.read(post).text) == (302, saved)


def test_a_choice_between_versions_of_which_one_is_old_by_now_is_asked_again(stage, typed):
    post = stage.draft()
    let_cara_write(stage, post)
    cara, amina = stage.browser("cara"), stage.browser("amina")
    cara.post(edit(post), typed("One.", version="1"))
    amina.post(edit(post), typed("Mine.", version="1"))
    cara.post(edit(post), typed("Two.", version="2"))

    answer = amina.post(edit(post), typed("Mine.", version="1", beside="2", do="mine"))

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


def test_who_was_not_let_in_neither_saves_nor_adds_anyone(stage, typed):
    post, cara = stage.draft(), stage.browser("cara")
    assert cara.post(words(post), typed("Mine now.", version="1")).status_code == 403
    adding = {"writer": stage.people["cara"].pk}
    assert cara.post(reverse("post-writer-add", args=[post.pk]), adding).status_code == 403
    assert cara.post(reverse("post-writer-end", args=[post.pk]), adding).status_code == 404
    assert cara.get(edit(post)).status_code == 403


def test_an_author_adds_a_colleague_and_takes_them_off_again(stage, typed):
    post, amina, cara = stage.draft(), stage.browser("amina"), stage.browser("cara")
    adding = {"writer": stage.people["cara"].pk}
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
