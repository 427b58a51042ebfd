"""Faces are counted where the optional part is installed; a count is a hint, and its absence is said."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from schoolgate.media import faces
from schoolgate.media.faces import CROWD, Hint, count_faces, hint_of
from schoolgate.media.pictures import take_in

pytestmark = pytest.mark.usefixtures("looks_for_faces")
FACE = Path(__file__).with_name("face.jpg")
"""Eileen Collins, from a portrait by NASA, which is in the public domain."""


def with_faces(number: int) -> bytes:
    """A plain wall, and so many times the same head in front of it."""
    wall, head = Image.new("RGB", (1200, 800), (120, 130, 140)), Image.open(io.BytesIO(FACE.read_bytes()))
    for place in range(number):
        wall.paste(head, (30 + place % 6 * 190, 20 + place // 6 * 250))
    out = io.BytesIO()
    wall.save(out, "JPEG", quality=90)
    return out.getvalue()


@pytest.mark.parametrize("number", [0, 1, 3, 12])
def test_faces_seen_from_the_front_are_counted(number):
    assert take_in(with_faces(number)).faces == number


@pytest.mark.parametrize(
    ("count", "hint"),
    [
        (None, Hint.NOT_LOOKED), (0, Hint.NONE), (1, Hint.ONE), (2, Hint.FEW),
        (CROWD - 1, Hint.FEW), (CROWD, Hint.CROWD),
    ],
)  # fmt: skip
def test_a_count_chooses_the_hint(count, hint):
    assert hint_of(count) == hint


def test_without_the_optional_part_nothing_looked(monkeypatch):
    monkeypatch.setattr(faces, "can_look", lambda: False)

    assert count_faces(with_faces(1)) is None
    assert take_in(with_faces(1)).faces is None


def test_what_counts_may_crash_without_costing_the_picture(monkeypatch, tmp_path):
    script = tmp_path / "crashes.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr(faces, "LOOK", replace(faces.LOOK, script=script))

    taken = take_in(with_faces(1))

    assert (taken.faces, taken.width) == (None, 1200)
