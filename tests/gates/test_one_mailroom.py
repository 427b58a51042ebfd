"""All mail goes through one room: nobody else speaks to a mail server, or to Django's own way of sending."""

import ast
import re

from tests.gates.files import expect_none, name_of, nodes_of, own_files, text_of

SENDS = ("django.core.mail", "smtplib", "email.message")
MAY_SEND = re.compile("mail|smtplib")
"""A word of each of them: where neither stands there is nothing to look at."""
ROOM = "schoolgate/notices/"
READS = "schoolgate/core/outside/mails.py"
"""Reads an email that staff forwarded, and sends none."""


def _imported(path) -> set[str]:
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_nobody_but_notices_sends_mail():
    others = {
        name_of(path): sorted(name for name in _imported(path) if name.startswith(SENDS))
        for path in own_files("schoolgate/**/*.py", "schoolgate/*.py")
        if not name_of(path).startswith((ROOM, READS)) and MAY_SEND.search(text_of(path))
    }
    expect_none(
        {name: names for name, names in others.items() if names},
        "All mail goes through the room `notices`: tell it what to send.",
    )
