"""Someone asks to follow, join or write under Wootton's policy: who is there, and the steps of it."""

import pytest

from schoolgate.accounts import classes
from schoolgate.accounts.contributors import enter_admission, look_into
from schoolgate.accounts.models import Admission, AskedFor, HowLooked, Proposal
from schoolgate.core.tenancy import current_scope
from tests.accounts.test_small import account_of
from tests.cast import someone


@pytest.fixture
def wootton(at_federation, at):
    with at_federation("wootton") as cast:
        cast.mia = someone("Mia Lowe", "moderator")
        cast.vera = someone("Vera Finch", "vetter-of-external-contributors")
        cast.author = someone("Ann Field", "site-author")
        cast.form = Proposal.objects.create(
            by=cast.author, school=cast.school, name="Science club", network="facebook", kind="school",
            answers={"vetter": cast.vera.pk}, started_at=at, saved_at=at,
        )  # fmt: skip
        cast.account = account_of(
            cast, at, (cast.mia, "moderator"), (cast.author, "lead"), name="Science club", proposal=cast.form
        )
        yield cast


def circle(cast, at, **changes) -> None:
    """No pupils in it, not made for them, and nobody can write to others unseen, unless said otherwise."""
    said = {"with_pupils": False, "made_for_pupils": False, "private_messages": False, **changes}
    classes.say_circle(account=cast.account, by=cast.mia, at=at, **said)


def asks(cast, at, *, asked_for=AskedFor.FRIEND, who="D. Frey", relation="other", **more) -> Admission:
    given = {"account": cast.account, "relation": relation, **more}
    return enter_admission(by=cast.mia, at=at, asked_for=asked_for, who=who, **given)


def looked(cast, admission, at, *, by=None, **changes) -> None:
    found = {
        "how": HowLooked.MET, "passed": True, "how_known": "Helps at the club.", "real_person": True,
        "grown_up": "adult", "name_identifies": False, **changes,
    }  # fmt: skip
    look_into(admission=admission, by=by or cast.mia, at=at, **found)


def recorded() -> list[str]:
    return [row.event for row in current_scope().pending]
