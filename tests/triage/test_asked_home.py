"""Messages of one adult that ask pupils home, to a lonely place in secret, or for pictures of themselves."""

from __future__ import annotations

from pathlib import Path

from schoolgate.triage import drawn_aside

LINES = Path(__file__).parent / "asked_home.tsv"
MISSED = {
    "I live two doors from school so just knock if you want to hang out",
    "Nofio gwyllt nos Sul, dim ond criw bach, peidiwch â sôn",
}


def test_they_wait_for_a_lead_and_ordinary_messages_do_not():
    rows = (line.split("\t") for line in LINES.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert {text for expected, text in rows if bool(drawn_aside(text)) is not (expected == "1")} == MISSED
