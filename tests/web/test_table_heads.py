"""A table on a page shows the words at the head of its columns."""

import re
from pathlib import Path
from types import SimpleNamespace

from django.template.loader import render_to_string

import schoolgate.web

TEMPLATES = Path(schoolgate.web.__file__).parent


def test_the_register_says_what_stands_in_its_columns(rf):
    given = {"rows": [{"name": "x"}], "federation": {"slug": "wildground"}, "request": rf.get("/")}
    shown = render_to_string(
        "register/register.html",
        given | {"frame": SimpleNamespace(federation_name="Wildground", slug="wildground")},
    )

    heads = re.search(r"<thead.*?</thead>", shown, re.DOTALL)
    assert heads is not None
    assert re.findall(r"<th [^>]*>(.*?)</th>", heads.group()) == [
        "Account", "Network", "School", "Purpose", "Contact",
        "How to tell it’s genuine",
    ]  # fmt: skip


def test_no_table_names_its_heads_in_a_list_that_the_component_cannot_read():
    wrong = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if re.search(r':\w+="\[[^\]"]*[a-z_]+[^\]"]*\]"', path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
