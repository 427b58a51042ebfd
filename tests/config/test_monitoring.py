"""What a monitor is given: alerts and a dashboard that ask for figures which are there, with their labels.

`promtool test rules docs/operations/alerts-test.yaml` tries each alert on both sides of its limit.
"""

import json
import re
from pathlib import Path

import pytest

from schoolgate.core.heartbeats import LONGEST_SILENCE
from schoolgate.core.own_files import said_in
from schoolgate.duties.models import STILL_TO_DO
from schoolgate.notices.kinds import UNDER_WAY, MailState
from schoolgate.web.running.monitoring import HELP

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
ALERTS = said_in(OPERATIONS / "alerts.yaml")["groups"][0]["rules"]
TRIED = (OPERATIONS / "alerts-test.yaml").read_text()
DASHBOARD = json.loads((OPERATIONS / "dashboard.json").read_text())
STATES = {
    "duties": {*STILL_TO_DO},
    "mails": {*UNDER_WAY, MailState.FAILED},
    "jobs": {"todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted"},
}
ASKED = re.compile(r'schoolgate_(\w+)(?:\{(\w+)=(~?)"([^"]*)"\})?')


def expressions():
    yield from (alert["expr"] for alert in ALERTS)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])


@pytest.mark.parametrize("expression", [*expressions()])
def test_what_is_asked_for_is_there(expression):
    for name, label, is_pattern, value in ASKED.findall(expression):
        assert name in HELP
        there = {"what": LONGEST_SILENCE, "state": STATES.get(name, {})}.get(label, {value})
        asked = re.compile(value.replace("\\\\", "\\") if is_pattern else re.escape(value))
        wanted = value.count("|") + 1 if label == "state" else 1
        assert sum(bool(asked.fullmatch(one)) for one in there) >= wanted


def test_every_figure_is_on_the_dashboard():
    shown = {
        name
        for panel in DASHBOARD["panels"]
        for one in panel["targets"]
        for name, *_ in ASKED.findall(one["expr"])
    }
    assert shown == HELP.keys()


def test_every_alert_says_what_to_do_and_is_tried_on_both_sides_of_its_limit():
    for alert in ALERTS:
        assert alert["annotations"].keys() == {"summary", "what_to_do"}
        assert alert["labels"]["severity"] in ("page", "ticket")
        assert f"alertname: {alert['alert']}}}" in TRIED
        assert f'alertname="{alert["alert"]}"' in TRIED


def test_where_a_child_may_be_meant_someone_is_woken():
    woken = " ".join(alert["expr"] for alert in ALERTS if alert["labels"]["severity"] == "page")
    for sweep in ("withdrawals", "live", "deliveries", "notices", "reports", "duties", "rota"):
        assert sweep in woken
