"""Alerts as a person pastes them."""

from hypothesis import given
from hypothesis import strategies as st

from schoolgate.listening.alerts import MOST_LINKS, Alert, is_alert, read_alerts
from tests.pumping import at_most

MAIL = """=== News - 2 new results for ["Oakwood Primary"] ===

Parents angry over car park at Oakwood Primary
The Valley Herald
Parents have complained about ...
<https://www.google.com/url?rct=j&sa=t&url=https://herald.example/news/1&ct=ga&cd=x>

Oakwood Primary wins a cup
<https://gazette.example/cup>
- - - - - -
Unsubscribe from this alert:
<https://www.google.co.uk/alerts/remove?source=alertsmail>
"""


def test_each_link_comes_with_the_words_above_it_and_without_the_search_engine():
    assert read_alerts(MAIL) == [
        Alert(
            "https://herald.example/news/1",
            '=== News - 2 new results for ["Oakwood Primary"] ===\n'
            "Parents angry over car park at Oakwood Primary\nThe Valley Herald\n"
            "Parents have complained about ...",
        ),
        Alert("https://gazette.example/cup", "Oakwood Primary wins a cup"),
    ]


def test_a_link_comes_once_and_a_mail_without_links_has_none():
    assert [one.address for one in read_alerts("a https://x.example/1 b https://x.example/1")] == [
        "https://x.example/1"
    ]
    assert read_alerts("No links here.") == []
    assert read_alerts("https://www.google.com/url?url=javascript:alert(1)") == []


def test_no_more_links_than_the_limit():
    mail = "\n".join(f"https://x.example/{number}" for number in range(MOST_LINKS + 5))
    assert len(read_alerts(mail)) == MOST_LINKS


def test_an_alert_is_known_however_often_it_was_forwarded():
    assert is_alert("Fwd: FW: fw : Ymlaen: Google Alert - Oakwood Primary")
    assert not is_alert("Fwd: Cup")
    with at_most(1):
        assert not is_alert("fw : " * 400 + "Cup")
        assert is_alert("fw : " * 400 + "Alert: Cup")


@given(st.text(max_size=500))
def test_any_text_is_read(mail):
    assert all(one.address.startswith(("http://", "https://")) for one in read_alerts(mail))
