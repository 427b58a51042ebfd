"""Each component that a template names is compiled, and exists. Cotton leaves a tag that it can't read on the
page without a word, and a button that is left so can't be pressed."""

import re
from functools import cache

import pytest
from django_cotton.compiler_regex import CottonCompiler

from tests.gates.files import expect_none, name_of, own_files, text_of
from tests.web.plain import raw_in

COMPONENT = re.compile(r"{%\s*cotton\s+([\w.-]+)")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.DOTALL)
TAG = re.compile(r"""<c-(?:"[^"]*"|'[^']*'|[^>"'])*>""")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")


@cache
def compiled(source: str) -> str:
    return CottonCompiler().process(source)


def unreadable(source: str) -> list[str]:
    """The tags of components in a template that Cotton misreads: those with logic outside a quoted value, and
    whatever it leaves as it is written."""
    plain = COMMENTS.sub("", source)
    logic = [tag for tag in TAG.findall(plain) if "{" in QUOTED.sub("", tag)]
    return [*logic, *raw_in(compiled(plain))]


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('<c-button{% if quiet %} kind="secondary"{% endif %}>Save</c-button>', True),
        ('<c-button {% if quiet %}kind="secondary"{% endif %}>Save</c-button>', True),
        ("<c-button {{ more }}>Save</c-button>", True),
        ('<c-button kind="{% if quiet %}secondary{% endif %}">Save</c-button>', False),
        ("{# <c-button{{ more }}> #}", False),
    ],
)
def test_a_tag_that_would_be_misread_is_found(source, wrong):
    assert bool(unreadable(source)) == wrong


def test_every_component_is_read_and_exists():
    pages = {name_of(path): text_of(path) for path in own_files("schoolgate/*.html")}
    there = {
        name.partition("/templates/cotton/")[2].removesuffix(".html").removesuffix("/index").replace("/", ".")
        for name in pages
        if "/templates/cotton/" in name
    }
    named = {
        found.replace("-", "_")
        for text in pages.values()
        for found in COMPONENT.findall(compiled(COMMENTS.sub("", text)))
    }
    assert len(pages) > 300
    expect_none(
        {name: found for name, text in pages.items() if (found := unreadable(text))},
        "Cotton leaves such a tag as it is: put logic inside a quoted value, or an `if` around the tag.",
    )
    expect_none(named - there - {"vars"}, "No component is called so: they stand in templates/cotton.")
