"""The catalogue's own maker: what it takes, what it refuses, and what it writes."""

import gettext
import io
from pathlib import Path

import polib
import pytest

from scripts import messages

UNREAD = "# not yet read by a Welsh speaker\n"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def source(*texts: str, plural: str = "") -> dict:
    entries = [
        polib.POEntry(msgid=text, msgid_plural=plural, occurrences=[("./web/page.py", "1")]) for text in texts
    ]
    return {(None, entry.msgid): entry for entry in entries}


@pytest.fixture
def parts(tmp_path):
    """`parts(room="msgid ...")` writes the parts of rooms and gives their folder."""

    def write(comment: str = "", **rooms: str) -> Path:
        for room, text in rooms.items():
            (tmp_path / f"{room}.po").write_text(comment + HEAD + text, encoding="utf-8")
        return tmp_path

    return write


def pair(english: str, welsh: str) -> str:
    return f'msgid "{english}"\nmsgstr "{welsh}"\n\n'


def test_the_parts_of_all_rooms_become_one_catalogue(parts):
    folder = parts(web=pair("Menu", "Dewislen"), people=pair("Name", "Enw"))
    merged = messages.merge(source("Menu", "Name"), folder)
    assert [(entry.msgid, entry.msgstr) for entry in merged.catalogue] == [
        ("Menu", "Dewislen"),
        ("Name", "Enw"),
    ]
    assert (merged.missing, merged.wrong) == ([], [])


def test_a_sentence_without_welsh_is_named_with_its_place(parts):
    merged = messages.merge(source("Menu"), parts())
    assert merged.missing == ["'Menu' (web/page)"]


def test_what_no_welsh_speaker_has_read_is_marked_sentence_by_sentence(parts):
    merged = messages.merge(source("Menu", "Name"), parts(UNREAD, web=pair("Menu", "Dewislen")))
    assert [entry.comment for entry in merged.catalogue] == ["not yet read by a Welsh speaker", ""]


def test_two_rooms_may_say_the_same(parts):
    merged = messages.merge(source("Menu"), parts(a=pair("Menu", "Dewislen"), b=pair("Menu", "Dewislen")))
    assert merged.wrong == []


def test_two_rooms_that_disagree_are_both_named(parts):
    merged = messages.merge(source("Menu"), parts(a=pair("Menu", "Dewislen"), b=pair("Menu", "Bwydlen")))
    assert merged.wrong == ["b.po: 'Menu' has other Welsh in a.po"]


def test_a_sentence_that_is_said_no_longer_is_named(parts):
    assert messages.merge(source(), parts(web=pair("Gone", "Wedi mynd"))).wrong == [
        "web.po: 'Gone' is said nowhere in the package"
    ]


def test_sentences_of_other_packages_have_parts_of_their_own(parts):
    merged = messages.merge(source(), parts(outside=pair("This field is odd.", "Mae'r maes hwn yn od.")))
    assert (merged.wrong, len(merged.catalogue)) == ([], 1)


@pytest.mark.parametrize(
    ("english", "welsh"),
    [
        ("Ask {name}.", "Gofynnwch."),
        ("Ask {name}.", "Gofynnwch i {enw}."),
        ("%(count)s left", "ar ôl"),
        ("Ask.", "Gofynnwch i {name}."),
    ],
)
def test_lost_and_misspelt_arguments_are_found(parts, english, welsh):
    assert len(messages.merge(source(english), parts(web=pair(english, welsh))).wrong) == 1


def test_a_plural_needs_all_six_welsh_forms(parts):
    english = 'msgid "%d day"\nmsgid_plural "%d days"\n'
    six = english + "".join(f'msgstr[{n}] "%d diwrnod"\n' for n in range(6))
    two = english + "".join(f'msgstr[{n}] "%d diwrnod"\n' for n in range(2))
    assert messages.merge(source("%d day", plural="%d days"), parts(web=six)).wrong == []
    assert messages.merge(source("%d day", plural="%d days"), parts(web=two)).wrong == [
        "web.po: '%d day' needs six plural forms"
    ]


def test_the_compiled_catalogue_speaks_welsh_with_its_plurals(parts):
    six = 'msgid "%d day"\nmsgid_plural "%d days"\n' + "".join(
        f'msgstr[{n}] "ffurf {n}: %d"\n' for n in range(6)
    )
    merged = messages.merge(source("%d day", plural="%d days"), parts(web=six))
    spoken = gettext.GNUTranslations(io.BytesIO(merged.catalogue.to_binary()))
    forms = [spoken.ngettext("%d day", "%d days", number)[6] for number in (0, 1, 2, 3, 6, 4)]
    assert forms == ["0", "1", "2", "3", "4", "5"]
