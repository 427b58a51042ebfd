"""What comes from outside is read by the readers of `core.outside`, which count while they unpack."""

import re

from tests.gates.files import name_of, own_files

READERS = re.compile(
    r"\.iter_(?:bytes|text|lines|raw)\(|\.aiter_|httpx\.(?:get|post|put|patch|delete|request|stream)\("
    r"|client\.(?:get|post|put|patch|delete|request)\(|html\.parser|tarfile\.(?:TarFile|TarError)|extractfile"
)

CLIENT = re.compile(r"client\.stream\((?!`)")


def test_only_the_shared_readers_unpack_what_others_send():
    found = {
        f"{name_of(path)}:{number}"
        for path in own_files("schoolgate/*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if READERS.search(line)
    }
    assert found == set()


def test_whoever_opens_an_answer_reads_it_within_limits_and_offers_only_what_can_be_bounded():
    texts = [path.read_text("utf-8") for path in own_files("schoolgate/*.py")]
    opening = [text for text in texts if CLIENT.search(text)]
    assert len(opening) == 3
    assert all("body_of(" in text and "ACCEPT_ENCODING" in text for text in opening)
