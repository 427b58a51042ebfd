"""Writes the pages of docs/data-protection that are made of the program's own words.

python scripts/data_protection.py            writes data-map.md, privacy-notice.md and privacy-notice.cy.md
python scripts/data_protection.py --check    writes nothing; fails and names what is not in step
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "data-protection"
WELSH = ROOT / "schoolgate" / "locale" / "cy" / "parts" / "privacy.po"
MADE = "<!-- Made by `make data-protection` from schoolgate/web/public/privacy.py: change it there. -->"
ENGLISH_HEAD = [
    MADE,
    "",
    "> The page `/NAME-OF-THE-FEDERATION/privacy` shows this with your own names in it. It says what",
    "> is true of this program. The school’s own notice says the rest: legal bases, the officer, times.",
    "",
]
WELSH_HEAD = [
    MADE,
    "",
    "> Not yet read by a Welsh speaker.",
    "> Mae'r dudalen `/ENW-Y-FFEDERASIWN/privacy` yn dangos hyn gyda'ch enwau eich hun.",
    "",
]


def notices() -> Mapping[str, str]:
    """The notice in both languages. Raises KeyError for a sentence without its Welsh."""
    import polib
    from django.utils.functional import Promise
    from django.utils.translation import override

    from schoolgate.web.public.privacy import as_markdown

    welsh = {entry.msgid: entry.msgstr for entry in polib.pofile(str(WELSH))}

    def in_welsh(text: Promise) -> str:
        return welsh[str(text)]

    with override("en"):
        return {
            "privacy-notice.md": as_markdown("[the federation]", "14", head=ENGLISH_HEAD),
            "privacy-notice.cy.md": as_markdown("[y ffederasiwn]", "14", head=WELSH_HEAD, says=in_welsh),
        }


def pages() -> dict[str, str]:
    """Every page that is made, by its name. Django has to be set up."""
    from schoolgate.core.data_map.checks import as_markdown
    from schoolgate.core.data_map.entries import load

    return {"data-map.md": as_markdown(load()), **notices()}


def main(words: list[str]) -> int:
    """Write them, or compare; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolgate.config.settings")
    with (
        tempfile.TemporaryDirectory() as home
    ):  # settings make a secret in the home; nothing else is asked of it
        os.environ["SCHOOLGATE_HOME"] = home
        import django

        django.setup()
        wrong = []
        for name, text in pages().items():
            path = PAGES / name
            if "--check" not in words:
                path.write_text(text, "utf-8")
            elif not path.exists() or path.read_text("utf-8") != text:
                wrong.append(name)
    for name in wrong:
        print(f"docs/data-protection/{name} is not in step: make data-protection", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
