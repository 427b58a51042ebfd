"""Which posts a round looks at: fresh ones always, older ones once an hour."""

from datetime import timedelta

from schoolgate.inbox.polling import FRESH_FOR, LIVE_FOR


def rounds_of_an_hour(published, server, poll, begins):
    server.calls.clear()
    for minute in range(60):
        poll(now=begins + timedelta(minutes=minute))
    return server.calls.count("replies")


def test_a_fresh_post_is_looked_at_in_every_round(published, server, poll, at):
    assert rounds_of_an_hour(published, server, poll, at) == 60


def test_an_older_post_is_looked_at_once_an_hour(published, server, poll, at):
    later = at + FRESH_FOR + timedelta(minutes=1)

    assert rounds_of_an_hour(published, server, poll, later) == 1


def test_a_post_of_long_ago_is_looked_at_no_more(published, server, poll, at):
    assert rounds_of_an_hour(published, server, poll, at + LIVE_FOR + timedelta(minutes=1)) == 0
