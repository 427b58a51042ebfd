"""The keys of an example account. They open nothing: the accounts are invented."""

from schoolgate.accounts.keys import Particulars, choose_change_day, has_part, keep_key
from schoolgate.accounts.models import Account, KeyKind, Part
from schoolgate.accounts.opening import change_team
from schoolgate.accounts.papers import make_paper
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day

DAYS_AHEAD = 90
CODES = "\n".join(f"{number:04d} {7919 * number % 10_000:04d}" for number in range(1001, 1011))


def keeps_keys(stage: Stage, account: Account) -> None:
    """Let the person who opened the account join its team, lock its keys away, and make a paper for the
    safe."""
    opener = stage.who("opener")
    if not has_part(opener, account, on=local_day(stage.clock)):
        change_team(account=account, by=opener, at=stage.later(), person=opener, part=Part.ADMINISTRATOR)
    login = Particulars(f"{stage.key}-school", f"office@{stage.key}.example", "")
    kept = [
        keep_key(
            account=account, by=opener, at=stage.later(2), kind=kind, secret=secret, note=note,
            the_schools_own=True,
        )
        for kind, secret, note in (
            (KeyKind.PARTICULARS, login.to_text(), ""),
            (KeyKind.PASSWORD, "example-only-not-a-password", "The account's own login"),
            (KeyKind.CODES, CODES, "Ten codes, each for one use"),
        )
    ]  # fmt: skip
    day = local_day(stage.now).fromordinal(local_day(stage.now).toordinal() + DAYS_AHEAD)
    choose_change_day(key=kept[1], by=opener, at=stage.later(), on=day)
    make_paper(account=account, by=opener, at=stage.later(5), keys=kept, place="The office safe")
