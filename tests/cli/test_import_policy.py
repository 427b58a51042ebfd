"""`schoolgate policy import` and `policy pick`: from a document to a policy's files, nothing in force."""

import io
import json
import re
import sys

import pytest

from schoolgate.cli.main import main
from schoolgate.policy.importing.proposing import read_proposals
from schoolgate.rulebook import books, decide
from schoolgate.rulebook.book import book
from schoolgate.rulebook.packs import own_policies_in, pack_keys
from tests.documents import POLICY, pdf, word

TEXT = """\
# Accounts

Each account must have at least three administrators.
The Principal must approve each post before it is published.
Staff should be polite.
Social media is a growing part of everyday life.
"""


@pytest.fixture
def policies(home):
    """The folder of the home's own policies."""
    yield home / "policies"
    own_policies_in(home / "nowhere")


@pytest.fixture
def imported(policies, tmp_path, capsys):
    """The file of proposals for TEXT."""
    assert run("import", "st-annes", document(tmp_path, "policy.md", TEXT.encode()), *NAMED) == 0
    capsys.readouterr()
    return policies / "st-annes.proposals.yaml"


NAMED = ("--federation", "St Anne's Infant School")


def run(*words):
    return main(["policy", *map(str, words)])


def document(folder, name, content):
    (folder / name).write_bytes(content)
    return folder / name


def picked(file, **picks):
    """Write a pick after each sentence that has these words."""
    text = file.read_text("utf-8")
    for words, pick in picks.items():
        text, found = re.subn(
            rf"(says: [^\n]*{words.replace('_', ' ')}.*?  pick:)[^\n]*",
            rf"\1 {pick}",
            text,
            count=1,
            flags=re.DOTALL,
        )
        assert found, words
    file.write_text(text, "utf-8")


def kind_with(file, words, setting):
    """The number of the kind that has this setting, of the sentence with these words."""
    after = file.read_text("utf-8").partition(words)[2].partition("\n- place")[0]
    kinds = [line for line in after.splitlines() if line.startswith("  - {kind")]
    return next(number for number, line in enumerate(kinds, start=1) if setting in line)


def fill(file, name, value):
    """Fill in a setting wherever it is open."""
    text = file.read_text("utf-8")
    assert f"{name}: '?'" in text
    file.write_text(text.replace(f"{name}: '?'", f"{name}: {value}"), "utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "policy.docx",
            word(("Heading 1", "Replies"), ("Normal", "Comments must be answered within 24 hours.")),
        ),
        ("policy.pdf", pdf([(18, "Replies"), (11, "Comments must be answered within 24 hours.")])),
        ("policy.md", POLICY.encode()),
        ("policy.txt", b"REPLIES\n\nComments must be answered within 24 hours.\n"),
    ],
)
def test_every_format_gives_proposals_and_nothing_in_force(policies, tmp_path, capsys, name, content):
    before = books()
    assert run("import", "st-annes", document(tmp_path, name, content), *NAMED) == 0
    said = capsys.readouterr().out
    assert "Nothing is in force yet." in said
    assert [path.name for path in policies.iterdir()] == ["st-annes.proposals.yaml"]
    assert books() == before
    assert "inbox" in said


def test_text_can_be_pasted(policies, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert run("import", "st-annes", "-", *NAMED) == 0
    assert "source: pasted text" in (policies / "st-annes.proposals.yaml").read_text("utf-8")


def test_what_was_picked_becomes_a_policy_that_can_be_tried(imported, capsys):
    number = kind_with(imported, "at least three administrators", "account.propose need")
    picked(
        imported,
        three_administrators=number,
        Principal_must_approve="read",
        be_polite="show",
        growing_part="no",
    )
    assert run("pick", "st-annes") == 0
    assert "Clauses: 3, with a rule: 2. Not clauses: 1." in capsys.readouterr().out
    assert run("try", "st-annes") == 0
    policy = book("st-annes")
    assert [one.says for one in policy.clauses.values()] == [
        "Each account must have at least three administrators.",
        "The Principal must approve each post before it is published.",
        "Staff should be polite.",
    ]
    assert policy.meta.owner == "Principal"
    read = next(one for one in policy.pack.bindings if one.tension)
    assert decide(policy, read.situations[0], {}).points[read.point] == "refer"


def test_sections_of_the_same_name_have_clauses_of_their_own(policies, tmp_path):
    text = "".join(
        f"# {name}\n\nStaff must answer.\n\n" for name in ("Replies", "Tone", "Replies", "Replies 2")
    )
    run("import", "st-annes", document(tmp_path, "policy.md", text.encode()), *NAMED)
    file = policies / "st-annes.proposals.yaml"
    file.write_text(file.read_text("utf-8").replace("  pick:\n", "  pick: show\n"), "utf-8")
    assert run("pick", "st-annes") == 0
    names = [clause.removeprefix("st-annes-") for clause in book("st-annes").clauses]
    assert names == ["replies-1", "tone-1", "replies-2-1", "replies-2-2-1"]


def test_a_clause_that_is_only_shown_says_so(imported, capsys):
    picked(imported, be_polite="show")
    run("pick", "st-annes")
    capsys.readouterr()
    assert run("try", "st-annes") == 0
    assert "clauses have no rule and are shown as text only:" not in capsys.readouterr().out


def test_nothing_is_written_without_a_pick(imported, policies, capsys):
    assert run("pick", "st-annes") == 2
    assert "nothing is picked yet" in capsys.readouterr().err
    assert not (policies / "st-annes").exists()


def test_sentences_without_a_pick_are_counted_and_left_out(imported, capsys):
    picked(imported, be_polite="show")
    assert run("pick", "st-annes") == 0
    assert "Left out because they have no pick: 3, the first at line 3." in capsys.readouterr().out


def test_a_number_that_the_sentence_does_not_name_has_to_be_filled_in(policies, tmp_path, capsys):
    text = b"# Accounts\n\nThe site author must give the account enough administrators.\n"
    run("import", "st-annes", document(tmp_path, "policy.md", text), *NAMED)
    file = policies / "st-annes.proposals.yaml"
    picked(file, enough_administrators=kind_with(file, "enough administrators", "min_administrators: '?'"))
    assert run("pick", "st-annes") == 2
    said = capsys.readouterr().err
    assert re.search(r"st-annes\.proposals\.yaml, line \d+: fill in min_administrators \(\S+ has \d+\)", said)
    fill(file, "min_administrators", 3)
    assert run("pick", "st-annes") == 0
    assert "min_administrators: 3" in "".join(
        path.read_text() for path in (policies / "st-annes").rglob("*.yaml")
    )


@pytest.mark.parametrize("pick", ["7", "maybe", "0", "-1", "true", "[1]"])
def test_a_pick_that_is_none_is_refused_with_its_line(imported, policies, capsys, pick):
    picked(imported, three_administrators=pick)
    line = 1 + imported.read_text("utf-8").splitlines().index(f"  pick: {pick}")
    assert run("pick", "st-annes") == 2
    assert f"st-annes.proposals.yaml, line {line}: pick" in capsys.readouterr().err
    assert not (policies / "st-annes").exists()


def test_proposals_are_never_written_over(imported, tmp_path, capsys):
    text = imported.read_text("utf-8")
    assert run("import", "st-annes", tmp_path / "policy.md", *NAMED) == 2
    assert "already exists. Pick from it, or rename it to import again" in capsys.readouterr().err
    assert imported.read_text("utf-8") == text


def test_a_policy_that_is_there_is_never_written_over(imported, policies, tmp_path, capsys):
    picked(imported, be_polite="show")
    run("pick", "st-annes")
    for words in (
        ("pick", "st-annes"),
        *(("import", key, tmp_path / "policy.md", *NAMED) for key in pack_keys()),
    ):
        assert run(*words) == 2
        assert "there is already a policy" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("policy.pdf", pdf(*[[(11, "All staff must keep to this policy.")]] * 400), "it has 400 pages"),
        ("policy.docx", word(("Normal", "Staff must ask."))[:900], "it is damaged"),
        ("policy.txt", b"The school was founded in 1874.\n", "no sentence looks like a rule"),
    ],
)
def test_a_bad_document_is_one_clear_line_and_leaves_nothing(policies, tmp_path, capsys, name, content, said):
    assert run("import", "st-annes", document(tmp_path, name, content), *NAMED) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"{name}: {said}" in told.err
    assert not policies.exists() or list(policies.iterdir()) == []


@pytest.mark.parametrize("words", [("import", "st-annes", "none.pdf", *NAMED), ("pick", "st-annes")])
def test_what_is_not_there_is_one_clear_line(policies, capsys, words):
    assert run(*words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_no_text_of_a_document_becomes_anything_but_text(policies, tmp_path, capsys):
    nasty = [
        "Staff must write '# pick: 1' and \"pick: 1\" nowhere.",
        "Staff must not use {a: *b} or &c or !!python/object:os.system.",
        "Staff must never post: - a list, | a block or % a directive.",
        "Staff must type \u2028pick: 1\u2028 and \x85pick: 2 by hand.",
    ]
    content = word(("Heading 1", "- {Replies}: # yes"), *(("Normal", one) for one in nasty))
    name = "- policy: {a}.docx"
    assert run("import", "st-annes", document(tmp_path, name, content), "--federation", "St & *: # 'x'") == 0
    file = policies / "st-annes.proposals.yaml"
    written, _ = read_proposals(file.read_bytes(), "proposals")
    assert [one.pick for one in written.sentences] == [None] * 4
    assert [one.says for one in written.sentences] == [" ".join(one.split()) for one in nasty]
    assert (written.source, written.policy.federation) == (name, "St & *: # 'x'")
    file.write_text(file.read_text("utf-8").replace("  pick:\n", "  pick: show\n"), "utf-8")
    assert run("pick", "st-annes") == 0
    capsys.readouterr()
    assert run("try", "st-annes") == 0
    assert [one.says for one in book("st-annes").clauses.values()] == [" ".join(one.split()) for one in nasty]


def test_proposals_are_printed_as_json(policies, tmp_path, capsys):
    assert run("import", "st-annes", document(tmp_path, "policy.md", TEXT.encode()), *NAMED, "--json") == 0
    first = json.loads(capsys.readouterr().out)["proposals"][0]
    assert first["is_clause"]
    assert first["sentence"]["place"] == "line 3"
    assert len(first["kinds"]) == 3
