"""What was erased after a backup is erased again when that backup is restored: by the very commands and
the pages of the restored one, in two installations of their own."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.machine import Machine, wait_for
from tests.environment import a_home
from tests.eyes import expect
from tests.journeys.example.house import new_code
from tests.journeys.example.somebody import Somebody
from tests.stories import bring_home

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
NOT_YET = "Schoolgate hasn’t checked with the networks yet."
ERASE_A_CLOSED_COMMENT = """
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.records.destroying import erase_one, kind_named
from schoolgate.records.handlers import finish_erasing

federation = Federation.objects.get()
with scope(federation.pk):
    item = Item.objects.filter(state__in=["answered", "closed"]).order_by("pk").first()
    print(item.pk, item.versions.first().text)
    helen = Person.objects.get(name="Helen Marsh")
    given = {"because": "asked", "words": "Her mother asked."}
    erase_one(by=helen, at=now(), kind=kind_named("comments"), pk=item.pk, **given)
finish_erasing(federation_id=federation.pk, at=now())
"""


class Installation(Machine):
    """An installation whose pages somebody of the cast can open."""

    in_this_process = False

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://localhost:{self.port}"

    def code(self, email: str) -> str:
        """The code for two-step verification that the command gives."""
        wait_for(new_code)
        return self.does("code", email)

    def does(self, *words: str) -> str:
        """Run one command, which has to succeed; returns what it printed."""
        done = self.schoolgate(*words, patience=400)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def does_all(self, *commands: Sequence[str]) -> str:
        """Run commands in one process, each of which has to succeed; returns what the last one printed."""
        told = self.in_turn(*commands)
        assert [(status, err) for status, _out, err in told if status] == []
        return told[-1][1].strip()


def _safe(one: Installation, name: str) -> Path:
    """Something that is kept apart from the installation."""
    return one.home.parent / name


@pytest.fixture
def installations() -> Iterator[tuple[Installation, Installation]]:
    """One with Wildground in it, and where its backup is restored."""
    first = Installation(a_home("erased"))
    back = Installation(first.home.parent / "back")
    bring_home("wildground", first.home)
    _safe(first, "passphrase").write_text("long words that only the safe has")
    yield first, back
    for one in (first, back):
        if one.supervisor is not None and one.supervisor.poll() is None:
            one.schoolgate("down")


def test_a_comment_that_was_erased_stays_erased_after_a_restore(
    installations: tuple[Installation, Installation], somebody: Callable[..., Somebody]
):
    first, back = installations
    erased = first.does_all(
        ["backup", "key-new", "--to", str(_safe(first, "backups.key"))],
        ["backup", "keys", "--to", str(_safe(first, "keys")),
         "--passphrase-file", str(_safe(first, "passphrase"))],
        ["backup"],
        ["shell", "-v", "0", "-c", ERASE_A_CLOSED_COMMENT],
    )  # fmt: skip
    number, text = erased.split(" ", 1)

    told = first.does(
        "restore", str(max((first.home / "backups").glob("*.age"))), "--into", str(back.home),
        "--identity", str(_safe(first, "backups.key")),
        "--keys", str(_safe(first, "keys")), "--passphrase-file", str(_safe(first, "passphrase")),
    )  # fmt: skip
    assert "erasures since then: " in told
    assert "NO JOURNAL" not in told

    back.up()
    helen = somebody(back, "helen", browser=True, both=True)
    helen.sign_in()
    helen.open(f"/inbox/{number}")
    helen.reads(text)
    helen.open("/today")
    helen.press("See what to check first")
    wait_for(lambda: helen.page.reload() and not helen.page.get_by_text(NOT_YET).count(), patience=180)
    helen.look("restored")
    helen.press("Release restored installation")
    helen.look("release")
    helen.named("Release").click()
    helen.sees("Released. Schoolgate is working again.")
    helen.open(f"/inbox/{number}")
    helen.look("erased-again")
    expect(helen.page.get_by_text(text)).to_have_count(0)
    assert "sound" in back.does("audit", "verify")
