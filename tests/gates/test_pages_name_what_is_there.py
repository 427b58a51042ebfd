"""What a page names is there: files, links, and the one place of an installation."""

import re
from pathlib import Path

from tests.gates.files import ROOT, expect_none, name_of, own_files, text_of

PAGES = own_files("*.md")
NAMED = re.compile(r"(?<![\w/.*<-])((?:tests|schoolgate|scripts|docs|bench|requirements)/[\w./-]*\w)")
BEGINS = re.compile(r"docs/adr/\d{4}$|.*_$")
"""A decision by its number, and files that begin alike (`test_<page>.py`)."""
NOT_HERE = frozenset({"tests/report", "tests/people/test_x.py"})
"""What a run makes, and an example."""
PAST = frozenset({"CHANGELOG.md", "docs/history.md"})
"""They say what was: a file may have gone since. Their links are read."""
OPERATIONS = ROOT / "docs" / "operations"
IMAGE = frozenset({"Containerfile", "compose.yaml"})


def there(page: Path, path: str) -> bool:
    if BEGINS.match(path):
        return any(ROOT.glob(f"{path}*"))
    return any((at / path).exists() for at in (ROOT, page.parent))


def test_every_file_that_a_page_names_is_there():
    """`docs/security.md` named a test by a name that it had lost six days before."""
    files = own_files("*.md", "docs/operations/*", "Makefile")
    named = [
        (page, path)
        for page in files
        if name_of(page) not in PAST
        for path in NAMED.findall(text_of(page))
        if path not in NOT_HERE
    ]
    assert len(named) > 500
    expect_none(
        [f"{name_of(page)}: {path}" for page, path in named if not there(page, path)],
        "There is no such file: name it as it's called now, or take it out of the page.",
    )


def test_every_link_of_a_page_leads_somewhere():
    links = [(page, link) for page in PAGES for link in re.findall(r"\]\(([^)\s]+)\)", text_of(page))]
    inside = [(page, link) for page, link in links if not re.match(r"[a-z]+:", link)]
    assert len(inside) > 200
    expect_none(
        [f"{name_of(page)}: {link}" for page, link in inside if not leads(page, link)],
        "The link leads to no file or heading: put in the one that is there.",
    )


def leads(page: Path, link: str) -> bool:
    path, _, part = link.partition("#")
    to = page.parent / path if path else page
    return to.exists() and (not part or to.suffix != ".md" or part in headings(to))


def headings(page: Path) -> set[str]:
    lines = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_every_page_means_one_program_one_user_and_one_home():
    """install.md made a second, empty installation beside the one that the service ran."""
    unit = text_of(OPERATIONS / "schoolgate.service")
    user, home, program = (
        re.findall(rf"^{key}=(\S+)", unit, re.MULTILINE)[0]
        for key in ("User", "Environment=SCHOOLGATE_HOME", "ExecStart")
    )
    command = text_of(OPERATIONS / "schoolgate.sh")
    assert (user, home, program) == (
        "schoolgate",
        "/var/lib/schoolgate",
        "/opt/schoolgate/.venv/bin/schoolgate",
    )
    assert f"SCHOOLGATE_HOME={home} " in command
    assert f"exec runuser -u {user} -- {program} " in command
    install = text_of(ROOT / "docs/how-to/install.md")
    assert f"--home-dir {home} --shell /usr/sbin/nologin {user}\n" in install
    assert f"-o {user} -g {user} -m 0711 {home}\n" in install
    settings = re.findall(r"^EnvironmentFile=-(\S+)", unit, re.MULTILINE)[0]
    for page in (install, command, text_of(OPERATIONS / "machine.md")):
        assert settings in page
    named = [
        (name_of(page), path)
        for page in own_files("*.md", "docs/operations/*", "docs/operations.md")
        if name_of(page) not in PAST and page.name not in IMAGE
        for path in re.findall(r"(?<![\w.])/(?:opt|srv|var/lib)/schoolgate[\w-]*", text_of(page))
    ]
    meant = {"/opt/schoolgate", home, f"{home}-before"}
    expect_none(
        [f"{name}: {path}" for name, path in named if path not in meant],
        "Name the one place of the service: docs/operations/schoolgate.service has it.",
    )
    assert meant == {path for _name, path in named}
