"""A governor downloads the evidence for one clause; an inspector checks it with nothing but Python."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.browsing import PHONE, width_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_an_inspector_checks_the_evidence_for_one_clause(house, somebody, tmp_path):
    grace = somebody(house, "grace", both=True)
    grace.sign_in()
    grace.open("/evidence")
    grace.page.locator("#file > summary").click()
    grace.look("evidence-file-of-all")
    grace.open("/evidence/clauses/wildground-monitoring-4")
    grace.headed("Evidence for a clause")
    grace.page.locator("#file > summary").click()
    grace.look("clause-evidence")
    with grace.page.expect_download() as coming:
        grace.page.get_by_role("button", name=grace.say("Download evidence")).click()
    assert coming.value.suggested_filename == "evidence-wildground-monitoring-4.zip"

    with zipfile.ZipFile(coming.value.path()) as file:
        file.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "check.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout[:6]) == (0, "Sound:"), done.stdout + done.stderr
    assert not done.stdout.startswith("Sound: 0 rows")
    inspector = somebody(house, "", browser=True)
    inspector.page.goto((tmp_path / "evidence.html").as_uri())
    assert inspector.page.locator("tbody tr").count()
    inspector.page.set_viewport_size(PHONE)
    assert width_of(inspector.page) <= PHONE["width"]
    if shots := os.environ.get("SCHOOLGATE_TEST_SHOTS"):
        inspector.page.screenshot(path=f"{shots}/evidence-page.png")

    rows = (tmp_path / "rows.json").read_text()
    (tmp_path / "rows.json").write_text(rows.replace("people.person:", "people.person:1", 1))
    done = subprocess.run(
        [sys.executable, "-I", "check.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "WRONG  row " in done.stdout) == (1, True)
