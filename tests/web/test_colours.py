"""Each text colour is readable on each ground that it is used on (WCAG 2.2, contrast of 4.5 to 1)."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2] / "scripts/styles"


def colours_of(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ?(#[0-9a-f]{6});", text))


PALETTES = {
    "light": colours_of((SOURCES / "_palette.scss").read_text("utf-8")),
    "dark": colours_of((SOURCES / "dark.scss").read_text("utf-8")),
}
PAIRS = [
    *[
        (text, ground)
        for text in ("ink", "ink-soft", "link")
        for ground in ("paper", "card", "stone-wash", "brand-wash")
    ],
    *[("ink", ground) for ground in ("sun-wash", "leaf-wash", "brick-wash", "plum-wash")],
    *[(text, "card") for text in ("brand", "brand-deep", "brick", "leaf", "plum", "sun-ink")],
    *[("on-brand", ground) for ground in ("brand", "brand-deep", "brick", "brick-deep")],
    *[("ink", "field"), ("link-visited", "paper"), ("link-visited", "card"), ("link-hover", "card")],
    *[(f"{name}-ink", f"{name}-wash") for name in ("leaf", "brick", "plum", "sun")],
    ("brand-deep", "brand-wash"),
    ("sun-ink", "sun-wash"),
    ("leaf", "leaf-wash"),
    ("brick", "brick-wash"),
    ("plum", "plum-wash"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_right_at_its_ends():
    assert (round(contrast("#000000", "#ffffff"), 1), contrast("#777777", "#777777")) == (21.0, 1.0)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=lambda name: name)
def test_words_stand_out_from_their_ground(theme, text, ground):
    assert contrast(PALETTES[theme][text], PALETTES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("ground", ["field", "card", "paper"])
def test_the_edge_of_a_field_is_seen(theme, ground):
    assert contrast(PALETTES[theme]["field-line"], PALETTES[theme][ground]) >= 3


def test_both_palettes_have_the_same_colours():
    assert PALETTES["light"].keys() == PALETTES["dark"].keys()


def test_the_colour_of_links_in_a_note_reaches_no_button_there():
    """*Take down the post* stood in the colour of its own ground."""
    sheet = (Path(__file__).parents[2] / "schoolgate/web/static/web/schoolgate.css").read_text("utf-8")
    assert ".sg-note a:not(.govuk-button){color:" in sheet
    assert ".sg-note a{" not in sheet
