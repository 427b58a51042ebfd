"""A phone in a journey, and the worker that hands posts over while it waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import Page

from schoolgate.core.clock import now
from schoolgate.core.tenancy import scope
from schoolgate.jobs.minutely import send_due
from schoolgate.networks import registry
from schoolgate.networks.fake import FakeNetwork, FakeServer
from schoolgate.networks.port import Credential
from schoolgate.publishing import sending
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.sending import UNDO_MINUTE
from tests.conftest import deliver_all
from tests.web.posts_cast import Stage


class Thumb:
    """A phone, and how often it was tapped."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str) -> None:
        """Tap the one link or button of that name, and wait for the page to which it leads with its scripts:
        a field that is filled in before them is heard by none."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        self.taps += 1


def the_worker_runs(
    stage: Stage, servers: Mapping[str, FakeServer], *, after: timedelta = timedelta()
) -> None:
    """Hand over what waits to be sent `after` now, and tell those who are to be told. `servers`: the far side
    of each network that is not our own noticeboard."""
    board = Credential(federation_id=stage.federation.pk, school_id=stage.school.pk)
    with scope(stage.federation.pk):
        waiting = {each.pk: each.account.network for each in Delivery.objects.select_related("account")}
    for pk, network in waiting.items():
        client = (
            FakeNetwork(servers[network], like=network)
            if network in servers
            else registry.connect(network, board)
        )
        sending.advance(
            stage.federation.pk, pk, clock=lambda: now() + after, connect=lambda _account, it=client: it
        )
    deliver_all(stage.federation.pk, now() + after)


def a_minute_passes(stage: Stage, servers: Mapping[str, FakeServer]) -> None:
    """A minute from now what was approved is handed over."""
    send_due(now() + UNDO_MINUTE)
    the_worker_runs(stage, servers, after=UNDO_MINUTE)
