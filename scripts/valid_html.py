"""Reads every page that `tests/web/test_all_pages.py` gets with the Nu Html Checker. Prints what it finds,
with how often and the first page. Needs Java, and npm to fetch the checker (30 MB).

    .venv/bin/python scripts/valid_html.py

Leaves out what is meant: `EXPECTED`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKER = "vnu-jar@26.9.27"
PLUGIN = """
from pathlib import Path


def pytest_collection_finish(session):
    import tests.conftest as conftest

    before = conftest._answer_to

    def answer_to(self, **given):
        answer = before(self, **given)
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            match = getattr(answer, "resolver_match", None)
            there = Path("PAGES", f"{match.url_name if match else 'none'}-{answer.status_code}.html")
            if b"<!doctype" in answer.content[:200].lower() and not there.exists():
                there.write_bytes(answer.content)
        return answer

    conftest._answer_to = answer_to
"""
EXPECTED = {
    "Attribute “hx-": "htmx's own attributes; browsers leave them alone",
    "The “role” attribute must not be used on a": "tables that phones show as blocks keep their roles",
    "Forbidden code point": "a refused form shows what was typed, control characters too",
    "Bad value": "a refused form shows what was typed, dates that are none too",
}


def main() -> int:
    """Return 1 where there is anything else."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "pages").mkdir()
        (here / "keep_pages.py").write_text(PLUGIN.replace("PAGES", str(here / "pages")), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "keep_pages", "tests/web/test_all_pages.py"],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{here}:{ROOT}"}, check=True,
        )  # fmt: skip
        subprocess.run(["npm", "pack", "--silent", CHECKER], cwd=here, check=True)
        subprocess.run(["tar", "xzf", next(here.glob("vnu-jar-*.tgz"))], cwd=here, check=True)
        pages = sorted(map(str, (here / "pages").glob("*.html")))
        jar = here / "package/build/dist/vnu.jar"
        call = ["java", "-jar", str(jar), "--errors-only", "--format", "json", *pages]
        told = json.loads(subprocess.run(call, capture_output=True, check=False).stderr)["messages"]
    found = defaultdict(list)
    for each in told:
        found[each["message"]].append(f"{Path(each['url']).name}:{each.get('lastLine', 0)}")
    print(f"{len(pages)} pages")
    others = {what: where for what, where in found.items() if not what.startswith((*EXPECTED,))}
    for begins, why in EXPECTED.items():
        print(
            f"{sum(len(where) for what, where in found.items() if what.startswith(begins)):6} expected: {why}"
        )
    for what, where in sorted(others.items(), key=lambda one: -len(one[1])):
        print(f"{len(where):6} {what} ({where[0]})")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
