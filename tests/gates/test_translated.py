"""Whatever a person reads goes through gettext: the words of a template, and those of the program."""

import ast

import pytest

from tests.gates import untranslated_code
from tests.gates.files import expect_none, name_of, nodes_in, nodes_of, own_files, text_of
from tests.gates.untranslated import untranslated

ALIKE = {
    "Schoolgate": "the program's name",
    "· Schoolgate": "the program's name at the end of a page's title",
    "English": "each language is called by its own name",
    "Cymraeg": "each language is called by its own name",
    "SHA-256": "the name of a digest",
}
"""Words of templates that are the same in both languages."""
TERMINAL = "it's read in a terminal, by people who run the server"
ENGLISH = {
    "schoolgate/api/": "the document of the interface, for people who write programs",
    "schoolgate/cli/": TERMINAL,
    "schoolgate/config/gateway/serving.py": "in both languages at once",
    "schoolgate/core/backups/": TERMINAL,
    "schoolgate/core/disclosure.py": "reasons for people who write the program",
    "schoolgate/core/management/": TERMINAL,
    "schoolgate/core/postgres/": TERMINAL,
    "schoolgate/core/env.py": TERMINAL,
    "schoolgate/core/home.py": TERMINAL,
    "schoolgate/core/models.py": "turns of phrase in both languages, to find them in texts",
    "schoolgate/networks/trying.py": TERMINAL,
    "schoolgate/networks/privacy.py": "as a network's own settings are called",
    "schoolgate/policy/importing/proposing.py": "remarks in the files of a policy",
    "schoolgate/pupils/wonde.py": "headings of a list, as systems of schools call them",
    "schoolgate/reports/evidence_check.py": TERMINAL,
    "schoolgate/reports/rehearsal.py": "what a rehearsal types in, as a person would",
    "schoolgate/rulebook/packs/blank.py": "the title that a policy has until it's given another",
    "schoolgate/rulebook/telling.py": TERMINAL,
    "schoolgate/web/frame/views.py": "the style guide, for people who write pages",
    "schoolgate/web/frame/templates/style/": "the style guide, for people who write pages",
    "schoolgate/web/running/monitoring.py": "for programs that watch this one",
}
"""What is in English on purpose."""


def translated(name: str) -> bool:
    return not name.startswith((*ENGLISH,)) and "/migrations/" not in name


def test_every_word_of_a_template_is_translated():
    pages = [path for path in own_files("schoolgate/*.html", "schoolgate/*.txt") if "templates" in path.parts]
    assert len(pages) > 600
    found = [
        f"{name}:{line}: {words[:100]!r}"
        for path in pages
        if translated(name := name_of(path))
        for line, words in untranslated(text_of(path))
        if words not in ALIKE
    ]
    expect_none(
        found,
        "Put it through `{% translate %}` or `{% blocktranslate %}`, with its Welsh in the same change; "
        "if it's the same in both languages, add it to ALIKE here with the reason.",
    )


def test_every_sentence_of_the_program_is_translated():
    found = [
        f"{name}:{line}: {words[:100]!r}"
        for path in own_files("schoolgate/*.py")
        if translated(name := name_of(path))
        for line, words in untranslated_code.untranslated(nodes_of(path))
    ]
    expect_none(
        found,
        "Put it through gettext, with its Welsh in the same change; if no person at a school reads it, "
        "add the file to ENGLISH here with the reason.",
    )


def test_each_exception_is_still_needed():
    files = own_files("schoolgate/*.html", "schoolgate/*.py")
    needed = {
        begin
        for path in files
        for begin in ENGLISH
        if name_of(path).startswith(begin)
        if any(
            untranslated(text_of(path))
            if path.suffix == ".html"
            else untranslated_code.untranslated(nodes_of(path))
        )
    }
    expect_none(
        ENGLISH.keys() - needed, "Nothing there is in English alone any more: take it out of ENGLISH here."
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>\n  Saved.</p>", [(2, "Saved.")]),
        ("<p>{{ name }} wrote\nthis</p>", [(1, "wrote this")]),
        ('<p>{% translate "Saved." %} {{ at }}: 3</p>', []),
        ("{% blocktranslate with a=b trimmed %}\n{{ a }} wrote.{% endblocktranslate %} Now", [(2, "Now")]),
        ("{# Not shown. #}{% comment %}Nor this.{% endcomment %}<!-- Nor this. -->", []),
        ("<code>schoolgate up</code><script>Run</script>", []),
        ('<img alt="A school" src="a.png">', [(1, "A school")]),
        ('<a class="sg-link" href="/a" title="{% if a %}Open{% endif %}">{{ b }}</a>', [(1, "Open")]),
        ("<img alt=\"{% translate 'A school' %}\">", []),
        ('<input type="submit" value="Save"><input type="hidden" value="Save">', [(1, "Save")]),
        ('<c-card title="Tags" kind="good" :heads="heads"><c-icon name="good" /></c-card>', [(1, "Tags")]),
        ("<c-card :title=\"kind|default:'No kind yet'\" />", [(1, "kind|default:'No kind yet'")]),
        ("<{{ tag }} class=\"a\">{{ b }}</{{ tag }}>", []),
        ('{{ kind|default:"Not yet" }}{{ at|date:"j F Y" }}', [(1, "Not yet")]),
        ('{{ kind|yesno:_("Yes,No") }}{% include "a.html" with label=_("Add all") %}', []),
        ('{% include "a.html" with label="Add all" kind="quiet" %}', [(1, "Add all")]),
        ('<p data-part="left" data-undo="Undo it"></p>', [(1, "Undo it")]),
        ('data-pieces="{% translate "Part" %}" sg-wide', []),
        ("fish &amp; chips", [(1, "fish & chips")]),
    ],
)  # fmt: skip
def test_words_that_are_not_translated_are_found_with_their_line(source, found):
    assert [*untranslated(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""What it does here."""\na = "Nothing was saved here."', ["Nothing was saved here."]),
        ('a = _("Nothing was saved.").format(b="c")', []),
        ('a = ngettext("One post was sent.", "{n} posts were sent.", n)', []),
        ('a = f"The post of {day} was sent."', ["The post of "]),
        ('raise NotNow("Over.", _("Open it."))', ["Over."]),
        ('raise BadInput({"name": "Missing."})', ["Missing."]),
        ('raise BadInput({"name": _("Missing.")})', []),
        ('messages.success(request, "Saved.")', ["Saved."]),
        ('forms.CharField(label="Name", help_text=_("As on the page."))', ["Name"]),
        ('log.info("page broke", kind="Name")', []),
        ('Opener("Schoolgate (reads our feeds)")', []),
    ],
)
def test_sentences_that_are_not_translated_are_found(source, found):
    nodes = nodes_in(ast.parse(source))
    assert [words for _line, words in untranslated_code.untranslated(nodes)] == found
