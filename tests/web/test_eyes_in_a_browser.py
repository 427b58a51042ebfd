"""What a page without scripts is lent to sees what only its drawing shows."""

import pytest

from tests.browsing import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PAGE = """<!doctype html><html lang="en"><head><title>News</title></head><body><main><h1>News</h1>
<p>{}</p></main></body></html>"""
FOLD = "</p><details><summary>More</summary>{}</details><p>"


def wide(pixels: int) -> str:
    """Something that is so wide whatever the styles say."""
    return f"<svg width='{pixels}' height='9' role='presentation' style='max-width: none'></svg>"


def test_a_sound_page_is_passed(eyes):
    assert eyes.wrong(PAGE.format("All is well.")) == []


def test_what_makes_one_scroll_sideways_is_seen(eyes):
    between = (PHONE["width"] + DESK["width"]) // 2
    assert len(eyes.wrong(PAGE.format(wide(between)))) == 1
    assert len(eyes.wrong(PAGE.format(wide(DESK["width"] + 100)))) == 2
    folded = PAGE.format(FOLD.format(wide(between)))
    assert eyes.wrong(folded) == []
    assert len(eyes.wrong(folded, folds=True)) == 1


def test_axe_reads_it(eyes):
    (wrong,) = eyes.wrong(PAGE.format("<img src='/a.png'>"))
    assert wrong.startswith("image-alt: ")


def test_a_pale_word_is_seen_whatever_was_measured_before(eyes):
    assert eyes.wrong(PAGE.format("<span>Well to read</span>")) == []
    (wrong,) = eyes.wrong(PAGE.format("<span style='color: #ccc'>Pale</span>"))
    assert wrong.startswith("color-contrast: ")


def test_a_pale_word_in_a_field_is_seen(eyes):
    assert eyes.wrong(PAGE.format("<label>Name <input value='Ann'></label>")) == []
    pale = "<label class='pale'>Name <input style='color: #ccc; background: #fff' value='Ann'></label>"
    (wrong,) = eyes.wrong(PAGE.format(pale))
    assert wrong.startswith("color-contrast: <input")


def test_dark_colours_are_measured_for_themselves(eyes):
    dark = "<span style='color: light-dark(#111, #222); background: light-dark(#fff, #333)'>Dark</span>"
    assert eyes.wrong(PAGE.format(dark)) == []
    assert len(eyes.wrong(PAGE.format(dark), colours="dark")) == 1
