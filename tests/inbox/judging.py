"""The moderator's judgements of a comment, and the tasks that follow."""

from types import SimpleNamespace

import pytest

from schoolgate.accounts.models import SiteText
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import moderating, seeing
from schoolgate.inbox.judging import judge, note_writer_step
from schoolgate.inbox.models import Item, Judgement, Moderation, WriterStep
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.removals import house_rules
from schoolgate.inbox.replying import still_asked_of_removal
from schoolgate.networks.fake import FakeNetwork
from tests.inbox.test_five_policies import inbox

__all__ = ["inbox"]
ASKS_PARENTS = ("wildground", "boroughbridge")


@pytest.fixture
def work(inbox):
    """Judgements by the federation's moderator, and steps on the comment."""
    at_work, now = inbox.at_work, inbox.now

    def item() -> Item:
        return seeing.item(inbox.item.pk)

    def found(because="improper", *, by=None, relation="parent", at=now, version=None, **more) -> Judgement:
        return judge(
            by=by or at_work.answerer, at=at, item=item(), because=because, relation=relation,
            version=version or item().version, **more,
        )  # fmt: skip

    def take_down(how="removed", *, because="improper", by=None, **said) -> Moderation:
        at_work.account.network = "noticeboard"
        at_work.account.save(update_fields=["network"])
        row = moderate(
            by=by or at_work.answerer, at=now, item=item(), how=how, because=because, said=said,
            version=item().version,
        )  # fmt: skip
        moderating.advance(
            at_work.federation.pk, row.pk, clock=lambda: now,
            connect=lambda _: FakeNetwork(at_work.server, like="noticeboard"),
        )  # fmt: skip
        return seeing.moderation(row.pk)

    def step(what, *, on=None, words="", by=None, at=now) -> WriterStep:
        return note_writer_step(
            by=by or at_work.answerer, at=at, item=item(), what=what, on=on or now.date(), words=words
        )

    def asked(how="removed", because="improper", **said):
        return still_asked_of_removal(item(), by=at_work.answerer, at=now, how=how, reason=because, said=said)

    def house_rule() -> str:
        """The key of a rule for comments that the account has published."""
        SiteText.objects.create(
            account=at_work.account, by=at_work.owner, at=now, kind="house_rules", language="en",
            words="Be kind.", number=1,
        )  # fmt: skip
        return house_rules(at_work.account)[0].key

    return SimpleNamespace(
        house_rule=house_rule,
        found=found,
        take_down=take_down,
        step=step,
        asked=asked,
        item=item,
        at_work=at_work,
        now=now,
    )


def duties(kind):
    return list(Duty.objects.filter(kind=f"item.{kind}", state__in=STILL_TO_DO))


def clauses(kind):
    return sorted({clause for duty in duties(kind) for clause in duty.clauses})
