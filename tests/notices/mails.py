"""What people would have got by mail: everything that waits is told, by a way that keeps it in memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from schoolgate.core.events import write_pending
from schoolgate.core.tenancy import current_scope, in_scope, scope
from schoolgate.notices import sign_in
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.notices.models import Mail
from schoolgate.notices.round import tell_now
from schoolgate.notices.ways import Door, Letter
from schoolgate.people.models import Person
from tests.conftest import deliver_all


@dataclass
class Collected:
    """A way that keeps what it is given. `trouble`: what happens to a letter, by its address."""

    letters: list[Letter] = field(default_factory=list)
    trouble: dict[str, str] = field(default_factory=dict)
    stands_still: str = ""
    key: str = "collected"

    @contextmanager
    def opened(self) -> Iterator[Door]:
        if self.stands_still:
            raise MailTrouble(self.stands_still)
        yield self

    def hand_over(self, letter: Letter, before_handing_over: Callable[[], None]) -> None:
        code = self.trouble.get(letter.to_address)
        if code is None or code == "unknown":
            before_handing_over()
        if code is not None:
            raise MailTrouble(code)
        self.letters.append(letter)


def mails_of(federation_id: int, at: datetime, *, way: Collected | None = None) -> list[Letter]:
    """Have every event delivered and everything told that is to be told by now; returns what went out."""
    way = way or Collected()
    before = len(way.letters)
    if in_scope():
        write_pending(current_scope())
    deliver_all(federation_id, at)
    if in_scope():
        write_pending(current_scope())
    tell_now(federation_id, clock=lambda: at, way=way)
    return way.letters[before:]


def sign_in_mails(at: datetime) -> list[Letter]:
    """What the sign-in pages have sent."""
    way = Collected()
    sign_in.send_waiting(clock=lambda: at, way=way)
    return way.letters


def counted(federation_id: int) -> Counter[tuple[str, str, tuple[tuple[str, str, int], ...]]]:
    """Every mail there is, as (to whom, state, what it lists): the exact numbers of a journey."""
    with scope(federation_id):
        names = dict(Person.objects.values_list("pk", "name"))
        return Counter(
            (
                names[mail.person_id],
                mail.state,
                ((mail.letter, "letter", 1),) if mail.letter else tuple(tuple(each) for each in mail.lists),
            )
            for mail in Mail.objects.order_by("pk")
        )
