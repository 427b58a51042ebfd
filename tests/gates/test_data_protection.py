"""What the data protection pack points at is there: files, clauses, links, settings."""

import re

import pytest

from schoolgate.core.env import Env
from schoolgate.rulebook import book
from schoolgate.rulebook.packs import load_pack
from tests.gates.files import ROOT, expect_none

FOLDER = ROOT / "docs/data-protection"
PAGES = sorted(FOLDER.glob("*.md"))
WRITTEN = [
    page for page in PAGES if page.name not in ("data-map.md", "privacy-notice.md", "privacy-notice.cy.md")
]
FEDERATIONS = ("wildground", "boroughbridge", "learn-to-live", "wootton", "llanidloes")


def ids(page):
    return page.name


@pytest.mark.parametrize("page", WRITTEN, ids=ids)
def test_every_file_that_is_named_as_a_measure_is_there(page):
    named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|yaml))?)`", page.read_text("utf-8"))
    here = (ROOT, ROOT / "schoolgate", FOLDER)
    outside = {"backups/", "files/", "keys/", "logs/"}
    expect_none(
        [name for name in named if name not in outside and not any((at / name).exists() for at in here)],
        f"docs/data-protection/{page.name} names it as a measure: name the file that it is now.",
    )


def test_every_clause_that_is_named_is_a_clause():
    known = set(load_pack("house").clauses).union(*(book(key).clauses for key in FEDERATIONS))
    text = "\n".join(page.read_text("utf-8") for page in WRITTEN)
    named = set(re.findall(rf"`((?:{'|'.join(FEDERATIONS)}|house)-[a-z0-9-]*\d)`", text))
    assert {"house-1", "house-4", "wildground-images-9"} <= named
    expect_none(named - known, "No policy has such a clause: name the right one in docs/data-protection.")


def test_the_page_on_backups_says_what_is_set_unless_somebody_sets_it_otherwise():
    text = (FOLDER / "erasure-and-backups.md").read_text("utf-8")
    assert f"| `SCHOOLGATE_BACKUP_KEEP` | {Env.model_fields['backup_keep'].default} |" in text
    assert f"(`SCHOOLGATE_BACKUP_HOUR`) | {Env.model_fields['backup_hour'].default} in the morning" in text


@pytest.mark.parametrize(
    "name", ["record-of-processing.md", "impact-assessment.md", "erasure-and-backups.md"]
)
def test_what_only_the_school_knows_is_marked_as_a_blank(name):
    assert len(re.findall(r"\*\*\[", (FOLDER / name).read_text("utf-8"))) >= 1
