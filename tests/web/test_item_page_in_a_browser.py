"""The page of one comment is calm: how many folds, words and pixels it has on a phone."""

import json

import pytest

from tests.browsing import PHONE, bring_session, open_context
from tests.web.test_item_page_pressed import inbox

__all__ = ["inbox"]
pytestmark = pytest.mark.browser
MOST = {"folds": 8, "buttons": 5, "fields": 6, "words": 140, "pixels": 1900}
"""With the form of a reply open, three of whose folds explain its fields. Before 23 November 2026: 15 folds,
8 buttons, 7 fields, 232 words, 2,908 pixels."""
OF_DANGER = MOST | {"words": 220, "pixels": 2150}
"""The number to ring, what not to say to a child, and why it was found stand there too."""
MOST_FOLDS_WITHOUT_A_FORM = 6
SEEN = """() => {
  const main = document.querySelector("main"), seen = each => each.checkVisibility()
  return {
    folds: [...main.querySelectorAll("summary")].filter(seen).length,
    buttons: [...main.querySelectorAll("button, a.govuk-button")].filter(seen).length,
    fields: [...main.querySelectorAll("input, textarea, select")].filter(seen).length,
    words: main.innerText.trim().split(/\\s+/).length,
    pixels: document.documentElement.scrollHeight,
  }
}"""


@pytest.fixture
def open_page(served, inbox, chromium):
    """`open_page("dee")`: a page on a phone, with this person's session."""

    def open_it(who: str):
        context = open_context(chromium, PHONE)
        bring_session(context, inbox[who], served)
        return context.new_page()

    return open_it


def test_the_page_of_a_comment_is_short_whatever_it_is(inbox, open_page, served, capsys):
    found = {}
    for who in ("ben", "dee"):
        page = open_page(who)
        for key, pk in inbox["ids"].items():
            if (key == "disclosure") == (who == "dee"):
                page.goto(f"{served}/inbox/{pk}")
                found[f"{key}, as {who}"] = page.evaluate(SEEN)
    with capsys.disabled():
        print("\n" + json.dumps(found, indent=2))
    for key, seen in found.items():
        most = OF_DANGER if key.startswith(("danger", "disclosure")) else MOST
        assert {name: number for name, number in seen.items() if number > most[name]} == {}, key
    calm = [seen for key, seen in found.items() if not key.startswith("question")]
    assert max(seen["folds"] for seen in calm) <= MOST_FOLDS_WITHOUT_A_FORM
