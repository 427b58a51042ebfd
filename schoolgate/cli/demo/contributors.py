"""Access requests to an account of an example federation, where its policy has a rule for them."""

from schoolgate.accounts.classes import say_circle
from schoolgate.accounts.contributors import enter_admission, let_in, look_into, turn_away
from schoolgate.accounts.models import Account, AskedFor, AskerKind, GrownUp, HowLooked, SmallKind
from schoolgate.accounts.small import approvers, asks_about_circle, decide_small, put_in_small, words_digest
from schoolgate.cli.demo.stage import Stage
from schoolgate.policy.queries import book_in_scope


def people_ask(stage: Stage, account: Account) -> None:
    """One is turned away, one waits, and a call for contributors waits for its yes."""
    book = book_in_scope()
    if not asks_about_circle(book):
        return
    stage.go_on(days_ago=2)
    by = stage.who("opener")
    say_circle(
        account=account, by=by, at=stage.later(1), with_pupils=True, made_for_pupils=False,
        private_messages=False,
    )  # fmt: skip
    unknown = enter_admission(
        by=by, at=stage.later(1), account=account, asked_for=AskedFor.FRIEND, who="D. Frey", relation="other"
    )
    look_into(
        admission=unknown, by=by, at=stage.later(4), how=HowLooked.VOUCHED, passed=False,
        real_person=None, grown_up=GrownUp.ADULT, name_identifies=False,
    )  # fmt: skip
    turn_away(admission=unknown, by=by, at=stage.later(1), reason="No one at school knows who this is.")
    enter_admission(
        by=by, at=stage.later(3), account=account, asked_for=AskedFor.FRIEND, who="Helen Hartley",
        relation="parent", known_how="Runs the book stall at the summer fair.",
    )  # fmt: skip
    if approvers(book, SmallKind.CALL):
        put_in_small(
            by=stage.who("proposer"), at=stage.later(3), kind=SmallKind.CALL, account=account,
            name="Guest writers", words="We are looking for people to write about books with us.",
            through_social_media=True,
        )  # fmt: skip
    if approvers(book, SmallKind.ORGANISATION):
        _organisation_joins(stage, account)


def _organisation_joins(stage: Stage, account: Account) -> None:
    """A charity becomes a friend of the account, with the approval that its policy wants."""
    by, name = stage.who("opener"), "Bedford Reading Friends"
    asked = put_in_small(
        by=stage.who("proposer"), at=stage.later(3), kind=SmallKind.ORGANISATION, account=account, name=name,
        words="They send readers to our library on Thursdays and want to follow what we post.",
    )  # fmt: skip
    approved = decide_small(
        small=asked, by=stage.who("decider"), at=stage.later(30), approve=True, seen=words_digest(asked)
    )
    joins = enter_admission(
        by=by, at=stage.later(3), account=account, asked_for=AskedFor.FRIEND, kind=AskerKind.ORGANISATION,
        who=name, known_how="Their readers come to the school.", approval=approved,
    )  # fmt: skip
    look_into(
        admission=joins, by=by, at=stage.later(4), how=HowLooked.VOUCHED, passed=True, real_person=True,
        grown_up=GrownUp.ADULT, name_identifies=False, how_known="Their readers come to the school.",
    )  # fmt: skip
    let_in(admission=joins, by=by, at=stage.later(1))
