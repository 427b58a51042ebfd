"""Our feeds and calendars as other programs read them: by three libraries each, none of which we wrote."""

from datetime import UTC
from html import unescape

import fastfeedparser
import feedparser
import feedparser_rs
import vobject
from django.test import Client
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from tests.networks.contract import a_post
from tests.web import test_posts_calendar as posts
from tests.web import test_rota as shifts
from tests.web.test_noticeboard import BOARD, network
from tests.web.test_register import account
from tests.web.test_rota import rota

__all__ = ["account", "network", "rota"]
WORDS = "Siân’s team & Ŵyn won 3:1\n<b>Well done</b>\nhttps://school.test/a?b=1&c=2"


def by_feedparser(content):
    read = feedparser.parse(content)
    assert not read.bozo, read.get("bozo_exception")
    return read.feed.title, [(one.id, one.link, one.title, one.updated_parsed[:5]) for one in read.entries]


def by_feedparser_rs(content):
    """It makes HTML of a title."""
    read = feedparser_rs.parse(content)
    assert not read.bozo, read.bozo_exception
    return read.feed.title, [
        (one.id, one.link, unescape(one.title), tuple(one.updated_parsed)[:5]) for one in read.entries
    ]


def by_fastfeedparser(content):
    read = fastfeedparser.parse(content)
    found = []
    for one in read.entries:
        day, _t, clock = one.updated.partition("T")
        parts = (*day.split("-"), *clock.split(":")[:2])
        found.append((one.id, one.link, one.title, tuple(map(int, parts))))
    return read.feed.title, found


def same_for_all(content):
    """Return what a feed says, which each library reads alike."""
    first, *others = (read(content) for read in (by_feedparser, by_feedparser_rs, by_fastfeedparser))
    assert others == [first, first]
    return first


def test_the_noticeboards_feed_says_the_same_to_all(client, network):
    network.publish(a_post("Open day on Friday"))
    network.publish(a_post(WORDS))
    content = client.get(f"{BOARD}feed.atom").content
    title, entries = same_for_all(content)
    assert "Wildground Juniors" in title
    assert [one[2] for one in entries] == ["Siân’s team & Ŵyn won 3:1", "Open day on Friday"]
    assert len({one[0] for one in entries}) == 2
    assert all(one[1].startswith(f"http://testserver{BOARD}") for one in entries)
    for library in (feedparser, feedparser_rs):
        assert "&lt;b&gt;Well done&lt;/b&gt;" in library.parse(content).entries[0].summary


def test_the_registers_feed_says_the_same_to_all(client, federation, account):
    title, entries = same_for_all(client.get(reverse("register-atom", args=["wildground"])).content)
    assert title == "Official accounts of Wildground"
    assert len(entries) == 1
    assert "Wildground" in entries[0][2]


def by_icalendar(content):
    calendar = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert [one.errors for one in (calendar, *events) if one.errors] == []
    return [
        (str(one["UID"]), one.decoded("DTSTART"), one.decoded("DTEND"), str(one["SUMMARY"])) for one in events
    ]


def by_ical(content):
    found = IcsCalendarStream.calendar_from_ics(content.decode())
    return [(one.uid, one.dtstart, one.dtend, one.summary) for one in found.events]


def by_vobject(content):
    found = vobject.readOne(content.decode())
    found.validate(raiseException=True)
    return [
        (one.uid.value, one.dtstart.value, one.dtend.value, one.summary.value) for one in found.vevent_list
    ]


def events_in(content):
    """Return the entries of a calendar, which each library reads alike."""
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    first, *others = (
        sorted(
            (uid, start.astimezone(UTC), end.astimezone(UTC), said) for uid, start, end, said in read(content)
        )
        for read in (by_icalendar, by_ical, by_vobject)
    )
    assert others == [first, first]
    return first


def test_the_calendar_of_posts_says_the_same_to_all(stage):
    stage.approved("Zebedee won the race", planned_at=posts.AT)
    with scope(stage.federation.pk):
        Account.objects.update(name="Ysgol, Ŵyn; \\ school" + " of a very long name" * 4)
    [found] = events_in(Client().get(posts.address_of(stage.browser("ben"))).content)
    assert found[1] == posts.AT.astimezone(UTC)
    assert "Ysgol, Ŵyn; \\ school of a very" in found[3]


def test_the_calendar_of_shifts_says_the_same_to_all(rota):
    found = events_in(Client().get(shifts.address_of(rota.tom)).content)
    assert len(found) > 20
    assert all(start < end for _uid, start, end, _said in found)
