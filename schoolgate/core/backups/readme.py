"""The text that goes with a federation's export, for people who have never seen the program."""

from __future__ import annotations

import textwrap
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

WIDTH = 78


def readme(name: str, *, at: datetime, language: str) -> str:
    """Return the text in a language: what is in the archive, how to read it, and what is not in it."""
    with override(language):
        parts = [
            _("Everything that Schoolgate has of %(name)s, as of %(when)s.")
            % {"name": name, "when": f"{timezone.localtime(at):%d.%m.%Y, %H:%M}"},
            _(
                "Keep this as safe as the program itself. It contains concerns about children, messages from "
                "the public and the names of staff."
            ),
            _(
                "tables: a folder for each table, as CSV (UTF-8). The first line has the names of the "
                "columns. An empty field means “no value”; two quotation marks mean an empty text. A large "
                "table has several files: read them one after the other."
            ),
            _(
                "datapackage.json: what each table and column is for, which types they have and what points "
                "to what (frictionlessdata.io)."
            ),
            _(
                "words: what was written in concerns, breaches, conduct cases and searches, one JSON object "
                "on each line. “about” names the row that it belongs to."
            ),
            _("files: pictures, films and documents as they were uploaded, named by their SHA-256."),
            _("sealed: evidence and copies that only some people may open, in pieces: join them in order."),
            _(
                "record: the signed heads of the record and the key to check them. Each row of "
                "core_ledgerrow has its own bytes and the fingerprint (SHA-256) of the row before it."
            ),
            _(
                "Not included: passwords and second steps, keys to networks and other services, links and "
                "codes that were given to people, and backups."
            ),
            _(
                "To move it to an installation of its own: schoolgate restore FILE --identity KEYFILE "
                "--into FOLDER"
            ),
        ]
        return "\n\n".join(textwrap.fill(part, WIDTH) for part in parts) + "\n"
