"""Every sentence is in the catalogue, has its Welsh, and is compiled."""

import sys

import polib

from tests.gates.files import ROOT, expect_none

sys.path.insert(0, str(ROOT / "scripts"))
import messages


def test_every_sentence_is_translated_and_compiled():
    wrong = messages.check(messages.merge(messages.collect()))
    expect_none(
        wrong, "Each sentence has its Welsh in a part, and `make messages` has made django.mo of them."
    )


def test_a_sentence_without_welsh_is_named_with_the_part_for_it_and_the_command(tmp_path):
    """The part with most sentences of the same file; of the nearest folder where there is none; else a new
    one. Never one with the sentences of other packages."""
    parts = {
        "inbox": ("One.", "Two."),
        "past": ("Three.",),
        "keys": ("Four.",),
        "web": ("Five.", "Six."),
        "web-asking": ("Seven.",),
        "outside-django": ("Eight.",),
    }
    for part, sentences in parts.items():
        po = polib.POFile()
        po.extend(polib.POEntry(msgid=one, msgstr="Un.") for one in sentences)
        po.save(str(tmp_path / f"{part}.po"))
    places = {
        "inbox/ranking": ("One.", "Two.", "Three."),
        "inbox/other": ("Four.",),
        "web/today/views": ("Five.", "Six."),
        "web/policy/asking/views": ("Seven.",),
        "web/policy/forms": ("Eight.",),
    }
    there = {(None, one): said(one, f"./{name}.py") for name, some in places.items() for one in some}
    for place, part in (
        ("./inbox/ranking.py", "inbox.po"),
        ("./inbox/other.py", "keys.po"),
        ("./inbox/templates/inbox/new.html", "inbox.po"),
        ("./press/a.py", "press.po"),
        ("./web/policy/asking/templates/asking/new.html", "web-asking.po"),
        ("./web/policy/forms.py", "web-asking.po"),
        ("./web/frame/new.py", "web.po"),
    ):
        merged = messages.merge(there | {(None, "Wait."): said("Wait.", place)}, tmp_path)
        told = messages.check(merged)
        assert told[0].startswith("no Welsh for 'Wait.'")
        assert f"schoolgate/locale/cy/parts/{part}" in told[0]
        assert "`make messages`" in told[-1]


def said(sentence, place):
    return polib.POEntry(msgid=sentence, occurrences=[(place, "1")])
