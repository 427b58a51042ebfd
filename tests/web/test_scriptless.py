"""The browser without scripts: what it finds, what it sends, and what it doesn't see."""

import re
from types import SimpleNamespace

import pytest

from tests.web.scriptless import expect, open_context, wrong_with

PAGE = """<!doctype html><html lang="en"><body><main><h1>News</h1>
<a href="/next">Read on</a> <button hidden>Unseen</button>
<details><summary>More</summary><a href="/folded">In the fold</a></details>
<form method="post" action="/send" id="f"><input type="hidden" name="token" value="t">
<label for="a">Name</label><input id="a" name="name" value="Ann">
<label for="w">Words</label><textarea id="w" name="words">
As before</textarea>
<fieldset><legend>Is it urgent?</legend>
<input type="radio" id="y" name="urgent" value="yes" checked><label for="y">Yes</label>
<input type="radio" id="n" name="urgent" value="no"><label for="n">No</label></fieldset>
<input type="checkbox" id="c" name="sure" value="1"><label for="c">I am sure</label>
<label for="s">Who</label>
<select id="s" name="who"><option value="1">Tom</option><option value="2">Joe</option></select>
<button name="do" value="save">Save</button><button name="do" value="drop" disabled>Drop</button></form>
<button form="f" name="do" value="later">Save later</button></main></body></html>"""


class Pages:
    """A program that answers everything with one page, and keeps what it was sent."""

    def __init__(self, page: str) -> None:
        self.page, self.asked = page, []

    def get(self, path, data=None, **_more):
        return self.answer("get", path, data)

    def post(self, path, data=None, **_more):
        return self.answer("post", path, data)

    def answer(self, *asked):
        self.asked.append(asked)
        return SimpleNamespace(content=self.page.encode(), status_code=200, redirect_chain=[])


@pytest.fixture
def tab():
    context = open_context()
    context.client = Pages(PAGE)
    page = context.new_page()
    page.goto("/here")
    return page


def test_a_form_is_sent_as_it_stands_with_the_button_that_was_pressed(tab):
    tab.get_by_role("button", name="Save", exact=True).click()
    assert tab.client.asked[-1] == (
        "post",
        "/send",
        {
            "token": ["t"],
            "name": ["Ann"],
            "words": ["As before"],
            "urgent": ["yes"],
            "who": ["1"],
            "do": ["save"],
        },
    )


def test_what_was_typed_chosen_and_ticked_is_sent(tab):
    tab.get_by_label("Name").fill("Bob")
    tab.get_by_role("group", name="Is it urgent?").get_by_label("No").check()
    tab.get_by_label("I am sure").check()
    tab.get_by_label("Who").select_option(label="Joe")
    tab.get_by_role("button", name=re.compile("later$")).click()
    sent = tab.client.asked[-1][2]
    assert (sent["name"], sent["urgent"], sent["sure"], sent["who"], sent["do"]) == (
        ["Bob"], ["no"], ["1"], ["2"], ["later"],
    )  # fmt: skip


def test_a_closed_fold_hides_what_is_in_it_until_it_is_opened(tab):
    expect(tab.get_by_role("link", name="In the fold")).to_have_count(0)
    expect(tab.get_by_text("In the fold")).not_to_be_visible()
    tab.get_by_text("More", exact=True).click()
    tab.get_by_role("link", name="In the fold").click()
    assert tab.url == "/folded"


def test_what_is_not_there_hidden_disabled_or_there_twice_cannot_be_pressed(tab):
    for name in ("Delete", "Unseen", "Save", "Drop"):  # "Save" is in two names
        with pytest.raises(AssertionError):
            tab.get_by_role("button", name=name).click()
    with pytest.raises(AssertionError):
        expect(tab.get_by_text("Nowhere")).to_be_visible()


@pytest.mark.parametrize(
    ("before", "after", "wrong"),
    [
        ("", "", []),
        ('for="a"', 'for="b"', ["for b, which", 'nobody says what this is: <input id="a"']),
        ('id="w"', 'id="a"', ["the id a 2 times", "for w, which"]),
        ("<h1>", "<h2>", ["0 first headings"]),
        ("Read on", "", ["nobody says what this is: <a"]),
        ("Read on", "<c-icon>", ["not drawn: <c-icon>", "nobody says"]),
        ('lang="en"', 'lang="cy"', ["in the language cy"]),
    ],
)
def test_what_is_wrong_with_a_page_is_named(tab, before, after, wrong):
    tab.client.page = PAGE.replace(before, after) if before else PAGE
    tab.reload()
    found = wrong_with(tab)
    assert len(found) == len(wrong)
    assert all(one in said for one, said in zip(wrong, found, strict=True)), found
