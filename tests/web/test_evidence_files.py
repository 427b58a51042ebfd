"""The evidence as a file: from its page, and from the command."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import LedgerRow
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.reports import evidence
from tests.cast import someone
from tests.web.test_evidence import CLAUSE, NOW, SECRET, comment, run, seen, wild

__all__ = ["comment", "wild"]
pytestmark = pytest.mark.usefixtures("home")
PAGE = reverse("clause-evidence", args=[CLAUSE])


def file_in(answer):
    assert answer.status_code == 200, answer.content.decode()[:400]
    content = b"".join(answer.streaming_content)
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_governor_downloads_the_evidence_for_a_clause(wild, comment):
    comment()
    assert "Download evidence" in seen(wild.gwen.get(PAGE))
    answer = wild.gwen.post(PAGE)
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{CLAUSE}.zip"'
    file = file_in(answer)
    page = file.read("evidence.html").decode()
    assert "A comment or message arrived" in page
    assert not any(SECRET.encode() in file.read(name) for name in file.namelist())
    with scope(wild.federation.pk):
        row = LedgerRow.objects.get(event="evidence.exported")
    assert row.actor == f"people.person:{wild.people.gwen.pk}"


def test_the_evidence_for_all_clauses_is_a_file_too(wild, comment):
    comment()
    seen(wild.gwen.get(reverse("evidence")))
    rows = json.loads(file_in(wild.gwen.post(reverse("evidence"))).read("rows.json"))
    assert {"policy.adopted", "item.received"} & {row["event"] for row in rows}


def test_no_file_is_for_those_who_may_not_see_evidence_for_days_that_are_none_or_too_many_rows(
    wild, comment, monkeypatch
):
    comment()
    for page in (PAGE, reverse("evidence")):
        seen(wild.ben.post(page), 403)
    for days in ({"from": "31 January"}, {"to": "2027-02-30"}, {"from": "2027-02-02", "to": "2027-02-01"}):
        seen(wild.gwen.post(PAGE, days), 422)
    with monkeypatch.context() as fewest:
        fewest.setattr(evidence, "MOST", 0)
        assert "Choose a shorter period" in seen(wild.gwen.post(PAGE), 409)
    with scope(wild.federation.pk):
        assert not LedgerRow.objects.filter(event="evidence.exported").exists()

    days = {"from": "2020-01-01", "to": "2020-01-01"}
    assert json.loads(file_in(wild.gwen.post(PAGE, days)).read("rows.json")) == []


def test_nobody_downloads_another_federations_evidence(wild, comment, make_federation, sign_in):
    comment()
    other = make_federation("second", "wildground")
    with scope(other.pk):
        zoe = someone("Zoe Other", "slt")
        adopt(by=zoe, at=NOW - timedelta(days=1))
    assert json.loads(file_in(sign_in(zoe).post(PAGE)).read("rows.json")) == []


def test_the_command_writes_a_file_and_never_over_another(wild, comment, capsys, tmp_path):
    comment()
    for of in (CLAUSE, "all"):
        out = tmp_path / f"{of}.zip"
        assert run(of, "--federation", "wildground", "--file", str(out)) == 0
        assert "SHA-256" in capsys.readouterr().out
    first = out.read_bytes()
    assert run(of, "--federation", "wildground", "--file", str(out)) == 2
    assert "exists" in capsys.readouterr().err
    assert out.read_bytes() == first


def test_the_command_takes_days_and_leaves_no_half_file(wild, comment, capsys, tmp_path, monkeypatch):
    comment()
    out = tmp_path / "out.zip"
    day = date(2020, 1, 1).isoformat()
    assert run(CLAUSE, "--federation", "wildground", "--file", str(out), "--from", day, "--to", day) == 0
    assert json.loads(zipfile.ZipFile(out).read("rows.json")) == []
    monkeypatch.setattr(evidence, "MOST", 0)
    assert run(CLAUSE, "--federation", "wildground", "--file", str(tmp_path / "more.zip")) == 2
    assert not (tmp_path / "more.zip").exists()
    with pytest.raises(SystemExit):
        run(CLAUSE, "--federation", "wildground", "--file", str(out), "--from", "soon")
