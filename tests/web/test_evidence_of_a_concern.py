"""Evidence of a concern: added by its readers, for its readers, never changed, never a picture of abuse."""

import hashlib
import io
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import ProgrammingError
from pypdf import PdfReader

from schoolgate.core.models import LedgerRow, Safeguarder, VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Capture, Evidence, EvidenceFile, Report
from schoolgate.jobs.hourly import evidence as sweep
from schoolgate.web.incidents import evidence as pages
from tests.web.in_force import NOW, concern_taken
from tests.web.plain import check_page
from tests.web.test_wrong import picture

PDF = b"%PDF-1.7 what was said in the chat"
SCRIPT = "<script>alert(1)</script>"
FILE = {"shows": "no", "what": "The chat", "source": "The staff chat"}
INTERVIEW = {"who": "A Year 9 pupil", "said": "He took it.", "agreed": "not_yet"}


@pytest.fixture
def in_force(in_world, home):
    return in_world(concern_taken, NOW)


@pytest.fixture
def case(in_force, sign_in):
    """A concern that Sam deals with, his browser, and the address of its evidence."""
    report, sam = in_force.report, in_force.sam
    return report, sign_in(sam), f"/wrong/reports/{report.pk}/evidence", sam


def sent(content: bytes = PDF, name: str = "chat.pdf") -> BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def stored(home) -> list:
    return sorted(p for place in ("files", "evidence") for p in (home / place).rglob("*") if p.is_file())


def test_a_file_is_sealed_listed_with_its_hash_and_downloaded_as_it_was_and_each_look_is_on_record(
    case, home, federation
):
    report, inside, here, sam = case
    assert inside.post(f"{here}/shows", {"shows": "no"}).headers["Location"] == f"{here}?add=file#add-file"
    assert 'type="file"' not in inside.get(here).content.decode()
    assert 'type="file"' in inside.get(f"{here}?add=file").content.decode()

    assert inside.post(f"{here}/file", {**FILE, "file": sent()}).status_code == 302
    html = inside.get(here).content.decode()
    check_page(html)
    digest = hashlib.sha256(PDF).hexdigest()
    for said in ("The chat", "The staff chat", "chat.pdf", digest, "Sam Slater", f"{len(PDF)} bytes"):
        assert said in html
    assert not any(PDF in path.read_bytes() for path in stored(home))
    with scope(federation.pk, sam.pk):
        row = EvidenceFile.objects.get()
        assert (row.media_type, row.size, row.digest) == ("application/pdf", len(PDF), digest)
    answer = inside.get(f"{here}/{row.evidence_id}/files/file")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    with scope(federation.pk):
        rows = LedgerRow.objects.filter(subject=f"incidents.report:{report.pk}").order_by("number")
        events = list(rows.values_list("event", flat=True))
    assert events[-3:] == ["report.evidence_added", "report.read", "report.read"]

    before = stored(home)
    sweep(NOW + timedelta(hours=5))
    assert stored(home) == before != [], "a row names it"
    [path] = before
    path.write_bytes(path.read_bytes()[:-3])
    assert inside.get(f"{here}/{row.evidence_id}/files/file").status_code == 404, "damaged"


def test_an_image_of_abuse_stops_files_and_pages_but_not_words(case, home, federation, sign_in, cast):
    _report, inside, here, sam = case
    inside.post(f"{here}/file", {**FILE, "file": sent()})
    assert inside.post(f"{here}/shows", {"shows": "yes"}).status_code == 302
    html = inside.get(here).content.decode()
    check_page(html)
    assert "Don’t copy it, save it, send it or upload it" in html
    assert "Internet Watch Foundation" in html
    assert 'type="file"' not in inside.get(f"{here}?add=file").content.decode()

    before = stored(home)
    assert inside.post(f"{here}/file", {**FILE, "file": sent(PDF + b"2")}).status_code == 409
    page = {"shows": "no", "address": "https://example.org/"}
    assert inside.post(f"{here}/page", page).status_code == 409
    with scope(federation.pk, sam.pk):
        number = Evidence.objects.get().pk
    assert inside.get(f"{here}/{number}/files/file").status_code == 409, "to open it is to copy it"
    assert stored(home) == before
    assert inside.post(f"{here}/quotation", {"said": "x", "source": "y"}).status_code == 302

    assert inside.post(f"{here}/lift", {"words": "The police say so."}).status_code == 403
    lead = cast("Lee Lead", "staff")
    with scope(federation.pk):
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
    leads = sign_in(lead)
    assert leads.post(f"{here}/lift", {"words": ""}).status_code == 422
    assert leads.post(f"{here}/lift", {"words": "The police say so."}).status_code == 302
    assert inside.post(f"{here}/file", {**FILE, "file": sent(PDF + b"2")}).status_code == 302
    assert len(stored(home)) == len(before) + 1


def test_yes_in_the_form_of_a_page_stops_it_too_and_nothing_is_fetched(case, federation):
    _report, inside, here, _sam = case
    assert inside.post(f"{here}/page", {"shows": "yes", "address": "https://a.example/"}).status_code == 302
    assert "No file and no page can be added" in inside.get(here).content.decode()
    with scope(federation.pk):
        assert not Capture.objects.exists()


def test_a_reporter_who_says_that_it_is_one_is_heard_and_the_picture_is_not_kept(client, case, federation):
    at = "/wildground/something-is-wrong"
    given = {"what": "Someone sends pictures round.", "mark": "another mark"}
    with scope(federation.pk):
        before = VaultSecret.objects.count()
    unanswered = client.post(at, {**given, "picture": picture()})
    assert unanswered.status_code == 422
    assert "Answer this, then choose the picture again." in unanswered.content.decode()

    answer = client.post(at, {**given, "shows": "yes", "picture": picture()})
    assert answer.status_code == 200
    assert "Don’t copy it" in answer.content.decode()
    with scope(federation.pk):
        report = Report.objects.latest("pk")
        assert report.steps.filter(kind="stopped").exists()
        assert VaultSecret.objects.count() == before + 1, "the words, no picture"


def test_a_wrong_ending_does_not_deceive(case, federation):
    _report, inside, here, sam = case
    inside.post(f"{here}/file", {**FILE, "file": sent(PDF, "holiday.jpg")})
    with scope(federation.pk, sam.pk):
        row = EvidenceFile.objects.get()
    answer = inside.get(f"{here}/{row.evidence_id}/files/file")
    assert (answer["Content-Type"], answer["Content-Disposition"].endswith('.pdf"')) == (
        "application/pdf",
        True,
    )


def test_a_file_without_the_answer_empty_of_no_known_kind_or_over_a_limit_is_refused(case, home, monkeypatch):
    _report, inside, here, _sam = case
    for shows in ("", "yes", "perhaps"):
        answer = inside.post(f"{here}/file", {**FILE, "shows": shows, "file": sent()})
        assert answer.status_code == 422, shows
    for content, says in (
        (b"", "This file is empty"),
        (b"MZ\x90\x00\x03 a program", "We can’t tell what kind of file this is"),
    ):
        answer = inside.post(f"{here}/file", {**FILE, "file": sent(content)})
        assert answer.status_code == 422, content
        assert says in answer.content.decode()
    assert stored(home) == []
    monkeypatch.setattr(pages.add_file, "seals", 50)
    answer = inside.post(f"{here}/file", {**FILE, "file": sent(PDF + bytes(100))})
    assert answer.status_code == 422
    assert "This file is larger than 100 MB" in answer.content.decode()
    assert stored(home) == []

    monkeypatch.setattr("schoolgate.incidents.gathering.MOST_MATTER", 2 * len(PDF))
    for _time in range(2):
        assert inside.post(f"{here}/file", {**FILE, "file": sent()}).status_code == 302
    answer = inside.post(f"{here}/file", {**FILE, "file": sent()})
    assert answer.status_code == 422
    assert "up to 500 MB" in answer.content.decode()
    assert len(stored(home)) == 2


def test_more_than_twice_the_limit_is_not_read_at_all(case, home, monkeypatch):
    _report, inside, here, _sam = case
    monkeypatch.setattr(pages.add_file, "takes_up_to", 10)
    monkeypatch.setattr("schoolgate.web.frame.uploads.MOST_SENT", 10)
    assert inside.post(f"{here}/file", {**FILE, "file": sent()}).status_code == 413
    assert stored(home) == []


def test_words_with_script_in_every_field_are_shown_as_words(case):
    report, inside, here, _sam = case
    said = dict.fromkeys(("who", "present", "source", "said"), SCRIPT)
    assert inside.post(f"{here}/interview", {**said, "agreed": "no"}).status_code == 302
    inside.post(f"{here}/quotation", {"said": SCRIPT, "source": SCRIPT})
    inside.post(
        f"{here}/file", {"shows": "no", "what": SCRIPT, "source": SCRIPT, "file": sent(PDF, f"{SCRIPT}.pdf")}
    )
    html = inside.get(here).content.decode()
    check_page(html)
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html
    assert inside.get(f"/wrong/reports/{report.pk}/chronology.pdf").status_code == 200


def test_an_interview_needs_an_answer_and_gets_a_note_when_it_is_agreed(case, federation):
    _report, inside, here, sam = case
    assert inside.post(f"{here}/interview", {**INTERVIEW, "agreed": ""}).status_code == 422
    assert inside.post(f"{here}/interview", {**INTERVIEW, "said": ""}).status_code == 422
    future = {**INTERVIEW, "on": (NOW + timedelta(days=2)).date().isoformat()}
    assert inside.post(f"{here}/interview", future).status_code == 422
    assert inside.post(f"{here}/interview", INTERVIEW).status_code == 302
    with scope(federation.pk, sam.pk):
        row = Evidence.objects.get()
    note = f"{here}/{row.pk}/note"
    assert inside.post(note, {"words": "", "agreed": "yes"}).status_code == 422
    assert inside.post(note, {"words": "Read it today.", "agreed": "yes"}).status_code == 302
    html = inside.get(here).content.decode()
    check_page(html)
    assert "Not yet" in html
    assert "Read it today." in html
    with pytest.raises(ProgrammingError, match="permission denied"), scope(federation.pk, sam.pk):
        Evidence.objects.filter(pk=row.pk).update(kind="text")


def test_only_its_readers_see_it_and_the_database_holds_it_back_from_the_others(
    case, federation, sign_in, cast, make_federation
):
    _report, inside, here, sam = case
    inside.post(f"{here}/file", {**FILE, "file": sent()})
    with scope(federation.pk, sam.pk):
        row = Evidence.objects.get()
    stranger = sign_in(cast("Cara", "staff"))
    for path in ("", f"/{row.pk}/files/file"):
        assert stranger.get(f"{here}{path}").status_code == 404
    for path in ("/shows", "/file", "/page", "/quotation", "/interview", "/lift", f"/{row.pk}/note"):
        assert stranger.post(f"{here}{path}", {**FILE, "file": sent()}).status_code == 404
    tess = cast("Tess Second", "slt")
    with scope(federation.pk, tess.pk):
        assert not Evidence.objects.exists(), "she may, but has not opened it"
        assert not EvidenceFile.objects.exists()
    assert "The chat" in sign_in(tess).get(here).content.decode()
    with scope(federation.pk, tess.pk):
        assert Evidence.objects.exists()
    assert inside.get(f"{here}/{row.pk}/files/html").status_code == 404
    assert inside.get(f"{here}/{row.pk + 1}/files/file").status_code == 404


def test_the_chronology_has_every_piece_with_its_hash(case):
    report, inside, here, _sam = case
    inside.post(f"{here}/file", {**FILE, "file": sent()})
    inside.post(f"{here}/interview", INTERVIEW)
    paper = PdfReader(BytesIO(inside.get(f"/wrong/reports/{report.pk}/chronology.pdf").content))
    text = "".join("".join(page.extract_text() for page in paper.pages).split())
    for said in ("The chat", "A Year 9 pupil", "He took it.", hashlib.sha256(PDF).hexdigest()):
        assert "".join(said.split()) in text


def test_two_people_who_add_at_once_get_two_numbers(case, federation, sign_in, cast):
    _report, inside, here, sam = case
    other = sign_in(cast("Tess Second", "slt"))
    for one in (inside, other):
        assert one.post(f"{here}/quotation", {"said": "x", "source": "y"}).status_code == 302
    with scope(federation.pk, sam.pk):
        assert list(Evidence.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_without_chromium_the_page_says_so(case, monkeypatch):
    _report, inside, here, _sam = case
    monkeypatch.setattr("schoolgate.incidents.capturing.shutil.which", lambda _name: None)
    assert "It can’t make a picture or PDF of it here" in inside.get(here).content.decode()
