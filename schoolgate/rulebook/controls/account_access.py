"""Who is let in to an account, who sees its keys, what its approval allows, and what signatures stand for."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_sign import AccountSign


class SignatureDated(Control):
    """Does the day of signing stand beside this part's signature, and not before those it comes after?

    Settings: `role` - the part; `after` - the parts whose signatures come before it.
    """

    key = "signing.dated"
    listens_to = ("account.sign",)
    points = ("signature_dated",)
    plumbing = frozenset({"after"})

    class Settings(NoSettings):
        role: str
        after: tuple[str, ...]

    def judge(self, facts: AccountSign, settings: Settings) -> Iterator[Said]:
        if facts.signed is None:
            yield unknown("signatures", "office")
            return
        before = [one.dated for one in facts.signed if one.role in settings.after and one.dated is not None]
        first_day = max(before, default=None)
        for position, one in enumerate(facts.signed):
            if one.role != settings.role:
                continue
            about = f"signed[{position}]"
            if one.dated is None:
                yield requires(
                    "signing.undated", Need("signature_date", one.role), about=about, role=one.role
                )
            elif one.on is None:
                yield unknown("signed_on", "office", about)
            elif one.dated != one.on:
                yield forbids("signing.another_day", about, role=one.role, day=one.on)
            elif first_day is not None and one.dated < first_day:
                yield forbids("signing.dated_too_early", about, role=one.role)
            else:
                yield met("signing.dated", about, role=one.role, day=one.dated)
