"""A journalist rings each example whose policy covers the press: passed on, a statement given as the policy
has it."""

from datetime import timedelta

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.people.holding import holders
from schoolgate.people.models import Person
from schoolgate.policy.actions.permitting import permit
from schoolgate.policy.queries import in_force
from schoolgate.press import keeping, statements
from schoolgate.press.enquiries import judged, lacking_of_statement, passed_to, stops
from schoolgate.press.models import Enquiry

POINTS = ("pass_on", "answer", "media_policy", "request_for_comment")
WANTS = "Why did the school post that the footpath is closed, and until when?"
WORDS = "The footpath is closed for repairs until Friday. The school stays open as usual."


def a_journalist_rings(stage: Stage) -> None:
    """Record a call, pass it on, and give a statement; where the policy speaks of expected calls, note them
    too."""
    book, by = in_force(local_day(stage.clock)).book, stage.who("answerer")
    if not any(book.clauses_at("media.enquiry", point) for point in POINTS):
        return
    if book.clauses_at("media.expected", "press_expected"):
        keeping.expect_attention(
            by=by, at=stage.later(3), about="The closed footpath", line=WORDS,
            until=local_day(stage.now) + timedelta(days=4), school=stage.schools[0],
        )  # fmt: skip
    found = keeping.keep_by_hand(
        by=by, at=stage.later(6), entered=keeping.Entered(
            how="telephone", wants=WANTS, outlet="The Valley Herald", journalist="Kim Reporter",
            contact="01632 960 123", school=stage.schools[0], about_posts=True, asks_for_comment=True,
        ),
    )  # fmt: skip
    statements.give_holding_line(by=by, at=stage.later(1), enquiry=found)
    statements.draft(by=by, at=stage.later(12), enquiry=found, text=WORDS, version=0)
    giver, steps = _giver(found, stage), None
    for lacks in lacking_of_statement(judged(found, by=by, at=stage.clock, act="answer", text=WORDS)):
        asked = statements.ask_for_statement(by=by, at=stage.later(2), enquiry=found, covers=lacks.covers)
        permit(by=giver, at=stage.later(9), asked=asked)
        giver = by
    if stops(judged(found, by=giver, at=stage.clock, act="answer", text=WORDS)):
        steps = True
    statements.release(
        by=giver, at=stage.later(4), enquiry=found, version=1, how="telephone", steps_taken=steps
    )


def _giver(found: Enquiry, stage: Stage) -> Person:
    """Return the person who has the enquiry by the policy; else the one who answers."""
    on = local_day(stage.clock)
    for role in passed_to(found):
        for person in holders(role, on=on, school=found.school):
            return person
    return stage.who("answerer")
