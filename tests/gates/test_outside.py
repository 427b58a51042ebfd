"""What comes from outside is read by the readers of `core.outside`, which count while they unpack."""

import re

import pytest

from tests.gates.files import ROOT, expect_none, expect_only, name_of, own_files, text_of

PARSERS = re.compile(
    r"^[ \t]*(?:from|import) (?:lxml|xml|html\.parser|pyexpat|bs4|html5lib|defusedxml|xmltodict|feedparser"
    r"|docx|openpyxl|xlrd|odf|olefile|python_calamine|pypdf)\b|^[ \t]*import (?:tarfile|zipfile) as"
    r"|^[ \t]*from zipfile import"
    r"|\bfrom_ical\(|\bImage\.open\(|\b(?:Bytes)?(?:Header)?Parser\(|\bmessage_from_|\bis_zipfile\("
    r"|\bZipFile\((?![^)\n]*\"w\")|\.unpack_archive\(",
    re.MULTILINE,
)
PARSE = {
    "core/outside/feeds.py": "XML: refuses what declares a type",
    "core/outside/documents_child.py": "Word and PDF, in a process of its own: refuses what declares a type",
    "core/outside/texts.py": "HTML, which has no entities of its own",
    "core/outside/outlook_child.py": "messages of Outlook's, in a process of its own",
    "core/outside/mails.py": "emails, counted before they are read",
    "core/documents.py": "writes, and reads nothing",
    "people/workbooks.py": "xlsx, ods and xls, in a process of its own; its reader knows no entities",
    "people/term_dates.py": "iCalendar of one megabyte, its lines and entries counted first",
    "media/redrawing.py": "pictures, in a process of its own",
    "media/pictures.py": "our own pictures, as redrawn, of two kinds",
    "networks/archives/files.py": "archives: names, sizes and what comes out of them are counted",
    "reports/evidence_check.py": "our own evidence file, checked without our program",
    "web/reports/requests_found.py": "our own answer, as we packed it",
}
"""A line about reading a document or an archive stands in these files alone, and why it is bounded there."""
READERS = re.compile(
    r"\.iter_(?:bytes|text|lines|raw)\(|\.aiter_|httpx\.(?:get|post|put|patch|delete|request|stream)\("
    r"|client\.(?:get|post|put|patch|delete|request)\(|html\.parser|tarfile\.(?:TarFile|TarError)|extractfile"
)

CONNECTING = re.compile(
    r"httpx\.(?:Async)?(?:Client|HTTPTransport)\b|httpcore\.\w*(?:Pool|Proxy|Connection)\b|\burllib\.request|urlopen"
    r"|\bhttp\.client\b|create_connection|getaddrinfo|gethostby|socket\.socket\((?!\))|\.connect_ex\("
    r"|smtplib\.SMTP\w*\("
    r"|^[ \t]*(?:import|from) (?:requests|urllib3|aiohttp|ftplib|imaplib|poplib|telnetlib)\b",
    re.MULTILINE,
)
ALLOWED = {
    "core/outside/client.py": "the client, which looks names up and connects to addresses that were checked",
    "cli/nursery.py": "a line between the supervisor and what it started, from one process to the other",
    "cli/up.py": "asks whether our own port is free, and our own web process whether it is well",
    "config/gateway/serving.py": "sets an option of the socket on which our own pages listen",
    "notices/mail_server.py": "the library's client for mail, on a connection of `reach`",
}
"""A line about connecting stands in these files alone."""


def files_with(pattern: re.Pattern[str]) -> dict[str, str]:
    """The files of the program with such a line, each with the first."""
    return {
        name_of(path).removeprefix("schoolgate/"): f"{text.count(chr(10), 0, found.end()) + 1}: {found[0]}"
        for path in own_files("schoolgate/*.py")
        if (found := pattern.search(text := text_of(path)))
    }


def test_documents_and_archives_are_read_where_they_are_bounded():
    expect_only(
        PARSE,
        files_with(PARSERS),
        "Read it with a reader of core/outside; what reads by itself is in PARSE here, with its bound.",
        listed="PARSE here",
    )


@pytest.mark.parametrize("name", ["core/outside/feeds.py", "core/outside/documents_child.py"])
def test_each_reader_of_xml_asks_first_whether_it_declares_a_type(name):
    assert "declaring" in (ROOT / "schoolgate" / name).read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "from lxml import etree",
        "    import xml.etree.ElementTree as ET",
        "from xml.dom import minidom",
        "from html.parser import HTMLParser",
        "from docx import Document",
        "found = zipfile.ZipFile(io.BytesIO(content)).namelist()",
        "calendar = Calendar.from_ical(content)",
        "message = email.message_from_bytes(content)",
        "picture = Image.open(file)",
    ],
)
def test_another_reader_of_documents_would_be_found(line):
    assert PARSERS.search(line)


def test_answers_and_tar_archives_are_unpacked_by_the_shared_readers_alone():
    expect_none(
        files_with(READERS),
        "Read an answer through core/outside/client.py, and a tar archive through a reader of core/outside: "
        "they count while they unpack.",
    )


def test_whoever_connects_to_another_machine_does_it_through_the_one_client():
    mail = {"notices/mail_server.py": "its connection is made by reach"}
    expect_only(
        ALLOWED,
        mail | files_with(CONNECTING),
        "Connect through core/outside/client.py.",
        listed="ALLOWED here",
    )


@pytest.mark.parametrize(
    "line",
    [
        "with httpx.Client(timeout=5) as client:",
        "pool = httpcore.ConnectionPool()",
        "answer = urllib.request.urlopen(address)",
        "there = socket.create_connection((host, port))",
        "ftp = smtplib.SMTP(host)",
        "import requests",
    ],
)
def test_another_client_would_be_found(line):
    assert CONNECTING.search(line)


OWN_JSON = {
    "networks/archives/files.py": "a file of a download, of which each item has a size and a depth",
    "networks/bluesky/client.py": "our own words from the vault",
    "networks/known.py": "our own words from the vault",
    "networks/mastodon/account.py": "our own words from the vault",
    "networks/port.py": "our own words from the vault",
}
"""Where else JSON is read there: `core.outside.texts` reads what another server said, headers too."""


def test_json_of_another_server_is_read_by_the_reader_that_bounds_its_depth():
    expect_only(
        OWN_JSON,
        [
            name_of(path).removeprefix("schoolgate/")
            for path in own_files("schoolgate/networks/*.py", "schoolgate/listening/*.py")
            if "json.loads(" in text_of(path)
        ],
        "Read it with core/outside/texts.py; JSON that no other server wrote gets a line in OWN_JSON here.",
        listed="OWN_JSON here",
    )
