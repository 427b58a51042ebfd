"""A document is read for an import, or refused in one sentence with the place and what to do next."""

import pytest

from schoolgate.core.outside.documents import LARGEST
from schoolgate.policy.importing.document import MOST_SENTENCES, REFUSED, DocumentRefused, read, read_content
from tests.documents import POLICY, encrypted, pdf, word

LINE = (11, "All staff must keep to this policy.")
WELSH = "Rhaid i staff ofyn i'r pennaeth cyn postio ar gyfryngau cymdeithasol yr ysgol.\n"


def refusal(content, name="policy.pdf"):
    with pytest.raises(DocumentRefused) as refused:
        read_content(content, name)
    return str(refused.value)


def test_word_pdf_markdown_and_pasted_text_give_the_same_sentences(tmp_path):
    files = {
        "policy.docx": word(("Heading 1", "Replies"), ("Normal", "Staff must answer within 24 hours.")),
        "policy.pdf": pdf(
            [(18, "Replies"), (11, "Staff must answer within 24 hours."), (11, "They must be polite.")]
        ),
        "policy.md": b"# Replies\n\nStaff must answer within 24 hours.\n",
        "pasted text": b"REPLIES\nStaff must answer within 24 hours.\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        document = read(tmp_path / name)
        assert document.sections[0].title.casefold() == "replies"
        assert document.sentences[0].text == "Staff must answer within 24 hours."


def test_each_sentence_has_its_page_and_place(tmp_path):
    (tmp_path / "policy.pdf").write_bytes(pdf([LINE] * 3, [(11, "Staff must ask first, and then wait.")] * 3))
    last = read(tmp_path / "policy.pdf").sentences[-1]
    assert (last.page, last.place) == (2, "page 2")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (pdf(*[[LINE]] * 400), "policy.pdf", "it has 400 pages, and the limit is 200. Save only the"),
        (encrypted(pdf([LINE]), "secret"), "policy.pdf", "it needs a password. Save a copy without one"),
        (pdf([LINE])[:120], "policy.pdf", "it is damaged"),
        (b"x" * LARGEST, "policy.txt", "it is larger than 10 MB. Remove"),
        (b"Staff must ask. " * 50_000, "policy.txt", "from line 1 on, it is over the limit of 600,000"),
        (b"Staff must ask.\n\n" * 2_000, "policy.txt", "from line 3001 on, it is over the limit of 1,500"),
        (b"\x89PNG\r\n\x1a\n", "policy.png", "it is not a Word, PDF, Markdown or text file"),
        (b"", "policy.txt", "it is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_says_where_and_what_to_do(content, name, said):
    assert refusal(content, name).startswith(f"{name}: {said}")
    assert MOST_SENTENCES == 1_500


def test_a_large_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "policy.pdf").open("wb") as out:
        out.truncate(LARGEST)
    with pytest.raises(DocumentRefused, match="10 MB"):
        read(tmp_path / "policy.pdf")


def test_a_document_in_english_and_welsh_is_read():
    document = read_content(
        b"Staff must ask the head first.\n\nThey wait for the answer.\n\n" + WELSH.encode(), "policy.txt"
    )
    assert [one.welsh for one in document.sentences] == [False, False, True]


def test_every_refusal_tells_what_to_do_next():
    do = ("Choose", "Save", "Open", "Import", "Use", "Remove", "Check", "Print")
    assert [why for why, said in REFUSED.items() if not any(word in said for word in do)] == []


def test_a_policy_with_lists_is_read_whole():
    document = read_content(POLICY.encode(), "policy.md")
    assert [one.title for one in document.sections] == [
        "Social Media Policy", "Introduction", "Official accounts", "Replies",
    ]  # fmt: skip
    assert "Staff must not accept friend requests from pupils under 18." in [
        one.text for one in document.sentences
    ]
