"""Feeds as they come from other servers, good and hostile."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core.outside.feeds import MOST_ENTRIES, Entry, NoFeed, read_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Herald</title>
<link>https://herald.example/</link>
<item><title>Oakwood Primary &amp; the car park</title><link>https://herald.example/1</link>
<description><![CDATA[<p>Parents are <b>angry</b>.</p><script>x()</script><p>More.</p>]]></description>
<dc:creator>A Reporter</dc:creator><pubDate>Mon, 02 Mar 2026 08:00:00 +0000</pubDate></item>
<item><title>No address</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Alerts</title>
<entry><id>tag:x,1</id><title type="html">&lt;b&gt;Dŵr&lt;/b&gt; y Felin</title>
<link rel="self" href="https://x.example/self"/><link href="/news/2"/>
<author><name>B Reporter</name><uri>https://b.example</uri></author>
<updated>2026-03-02T08:00:00Z</updated><content type="html">Text</content></entry></feed>"""
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_the_entries_of_rss_are_plain_text():
    feed = read_feed(RSS.encode())
    assert feed.title == "The Herald"
    assert feed.entries == (
        Entry("https://herald.example/1", "Oakwood Primary & the car park", "Parents are angry. More.",
              "A Reporter", AT),
    )  # fmt: skip


def test_the_entries_of_atom_have_whole_addresses():
    feed = read_feed(ATOM.encode(), address="https://x.example/feed")
    assert feed.entries == (Entry("https://x.example/news/2", "Dŵr y Felin", "Text", "B Reporter", AT),)


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1"])
def test_other_encodings_are_read(charset):
    body = RSS.replace("UTF-8", charset).replace("Herald", "Hérald", 1).encode(charset)
    assert read_feed(body).title == "The Hérald"


BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<rss><channel><item><title>&b;</title><link>https://x.example/1</link></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss/>"""


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"no feed", b"<html><body>x</body></html>", BOMB.encode(), BOMB.encode("utf-16"),
     OUTSIDE.encode(), b"\x00\x01\x02", b"<rss><channel>" + b"<a>" * 5000],
)  # fmt: skip
def test_what_is_no_feed_or_declares_entities_is_refused(body):
    with pytest.raises(NoFeed):
        read_feed(body)


def test_what_came_before_the_damage_counts_and_no_more_than_the_limit():
    broken = RSS[: RSS.index("<item><title>No address")]
    assert len(read_feed(broken.encode()).entries) == 1
    item = "<item><title>x</title><link>https://x.example/{}</link></item>"
    many = "".join(item.format(number) for number in range(MOST_ENTRIES + 20))
    assert len(read_feed(f"<rss><channel>{many}</channel></rss>".encode()).entries) == MOST_ENTRIES


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body):
    with suppress(NoFeed):
        read_feed(body)
