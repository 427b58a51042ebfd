"""The school's own words: the office replaces the document, corrects a clause, and people sign again."""

import hashlib

import pytest

from schoolgate.cli.demo.telling import DOCUMENT
from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.policy.documents import in_short
from schoolgate.policy.models import Attestation, PolicyVersion
from schoolgate.policy.queries import by_section
from schoolgate.rulebook import book
from tests.conftest import deliver_all
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CLAUSE = "wildground-accounts-3"
RIGHT = "The business case says what the account is for"
FILE = DOCUMENT.read_bytes().replace(
    b"gets a reply within 24 hours.", b"gets a friendly reply within 24 hours."
)
DIGEST = hashlib.sha256(FILE).hexdigest()


def test_the_document_is_added_corrected_read_and_signed_and_the_evidence_names_it(
    house, somebody, wildground
):
    with scope(wildground.pk):
        version = PolicyVersion.objects.get()
    helen = somebody(house, "helen", both=True)
    helen.sign_in()
    replaces_the_document(helen, version)
    corrects_the_words_of_a_clause(helen, version)

    deliver_all(wildground.pk, now())
    priya = somebody(house, "priya", both=True)
    priya.sign_in()
    reads_and_signs(priya)

    with scope(wildground.pk):
        said = Attestation.objects.filter(about_person__name="Priya Nair", kind="policy_read").latest("id")
        assert (said.document, said.answer) == (DIGEST, True)
    shows_which_document_was_signed(helen, said.about_person_id)


def replaces_the_document(helen, version):
    """Helen chooses the mended file; without a reason it is not taken."""
    helen.page.goto(f"/policy/versions/{version.pk}")
    helen.look("version")
    helen.press("The school’s own words")
    helen.look("own-words")
    helen.page.locator("summary").filter(has_text=helen.say("Replace the document")).click()
    helen.page.get_by_label(helen.say("Policy document"), exact=True).set_input_files(
        {"name": "policy-2026.md", "mimeType": "text/markdown", "buffer": FILE}
    )
    helen.named("Replace document").click()
    helen.look("own-words-without-a-reason")
    helen.page.get_by_label(helen.say("Policy document"), exact=True).set_input_files(
        {"name": "policy-2026.md", "mimeType": "text/markdown", "buffer": FILE}
    )
    helen.fill("Why is the document replaced?", "A word was missing on page 2.")
    helen.named("Replace document").click()
    helen.sees("Document added. Check each clause’s words.")
    helen.reads(in_short(DIGEST))
    helen.look("own-words-replaced")


def corrects_the_words_of_a_clause(helen, version):
    """The program found the sentence before the right one; Helen takes the other."""
    sections = [name for name, _clauses in by_section(book("wildground").clauses.values())]
    number = sections.index(book("wildground").clause(CLAUSE).section) + 1
    section = helen.page.locator(f"#section-{number}")
    section.locator("summary").click()
    helen.look("own-words-of-a-section")
    section.locator(f"#{CLAUSE}").get_by_role("link").click()
    helen.page.wait_for_load_state()
    helen.look("own-words-of-a-clause")
    boxes = helen.page.get_by_role("checkbox")
    wrong = helen.page.get_by_role("checkbox", checked=True)
    wrong.uncheck()
    expect(boxes.and_(helen.page.get_by_role("checkbox", checked=True))).to_have_count(0)
    helen.named("Save these words").click()
    helen.sees("Choose its sentences, or say that it isn’t there.")
    helen.look("own-words-none-chosen")
    right = helen.page.get_by_role("checkbox", name=RIGHT)
    right.check()
    helen.named("Save these words").click()
    helen.sees("Saved.")
    helen.page.goto(f"/policy/versions/{version.pk}?as=document&clause={CLAUSE}")
    helen.sees("Checked")
    expect(helen.page.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(helen.page.get_by_role("checkbox", name=RIGHT, checked=True)).to_have_count(1)


def reads_and_signs(priya):
    """Priya had signed the earlier document, and is asked again on Today."""
    priya.takes("Read and confirm", about="")
    priya.sees("The policy in the school’s own words")
    priya.reads("gets a friendly reply within 24 hours.")
    priya.look("own-words-to-sign")
    priya.page.locator("summary").filter(has_text=priya.say("In short")).nth(3).click()
    priya.look("own-words-in-short")
    with priya.page.expect_download() as coming:
        priya.named("Download the document").click()
    assert hashlib.sha256(coming.value.path().read_bytes()).hexdigest() == DIGEST
    priya.press("I have read this policy")
    priya.sees("Thank you. Your answer for this version has been saved.")


def shows_which_document_was_signed(helen, person):
    """A clause's evidence begins with its own words; a person's page names the document that they signed."""
    helen.page.goto(f"/evidence/clauses/{CLAUSE}")
    helen.reads(RIGHT)
    helen.reads(in_short(DIGEST))
    helen.look("own-words-in-evidence")
    helen.page.goto(f"/policy/known/people/{person}")
    helen.reads(in_short(DIGEST))
    helen.sees("Before the document changed")
    helen.look("own-words-signed")
