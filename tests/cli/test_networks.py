"""`schoolgate networks`: an account made for trying is signed in and tried; an official one is only read."""

import argparse
from itertools import count
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode

import pytest

from schoolgate.accounts.models import Account
from schoolgate.cli import networks
from schoolgate.core.env import env
from schoolgate.core.stops import stop_installation
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks import trying
from schoolgate.networks.x import reading
from tests.networks.contract import now
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MastodonWorld
from tests.networks.x_server import x_server
from tests.networks.x_world import XWorld

pytestmark = pytest.mark.usefixtures("own_server", "no_wait")


@pytest.fixture
def no_wait(monkeypatch):
    """What a network hasn't shown yet is looked for as often as it would be, without the time in between."""
    passed = count(step=trying.PAUSE)
    time = SimpleNamespace(monotonic=lambda: next(passed), sleep=lambda _seconds: None)
    monkeypatch.setattr(trying, "time", time)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    networks.networks_arguments(parser)
    return networks.run_networks(parser.parse_args(words))


@pytest.fixture
def typed(monkeypatch):
    """What a person types at the terminal, in this order; a function is called when it is asked for."""
    answers = []

    def answer(_asked=""):
        given = answers.pop(0)
        return given() if callable(given) else given

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", answer)
    return answers


@pytest.fixture
def member():
    with mastodon_server() as server:
        yield MastodonWorld(server)


def test_the_list_says_what_is_entered(capsys):
    assert run("list") == 0
    told = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert told["mastodon"].endswith("access token")
    assert told["x"].endswith("application's keys not entered")
    assert {"bluesky", "facebook", "instagram", "threads", "youtube", "linkedin"} < set(told)
    assert not {"noticeboard", "tiktok"} & set(told)


def test_without_the_applications_keys_nothing_is_asked(federation, typed, capsys):
    assert run("try", "youtube") == 2
    assert "Set the application's keys" in capsys.readouterr().err


def test_a_key_is_read_with_and_only_posts_where_that_was_asked_for(federation, member, typed, capsys):
    typed += [member.credential.service, member.credential.secret]
    assert run("try", "mastodon") == 0
    told = capsys.readouterr().out
    assert "read the account             works" in told
    assert ("  post " in told, member.credential.secret in told) == (False, False)
    assert not member.server.statuses

    typed += [member.credential.secret, ""]
    assert run("try", "mastodon", "--post", "--server", member.credential.service) == 0
    told = capsys.readouterr().out
    assert "delete the post              works" in told
    assert "answer a comment             not tried  no comment to try it on" in told
    assert not [each for each in member.server.statuses.values() if not each.gone]

    typed += ["wrong"]
    assert run("try", "mastodon", "--server", member.credential.service) == 1


def test_an_official_account_is_never_posted_on_and_nothing_is_while_posting_is_stopped(
    federation, member, typed, capsys
):
    handle = member.network.profile().handle
    with scope(federation.pk):
        account = Account.objects.create(
            name="Ours", network="mastodon", kind="school", handle=f"@{handle}", made_at=now()
        )
    try_it = ("try", "mastodon", "--post", "--no-comment", "--server", member.credential.service)
    typed += [member.credential.secret]
    assert run(*try_it) == 2
    assert "an official account of" in capsys.readouterr().err

    with scope(federation.pk):
        Account.objects.filter(pk=account.pk).update(handle="another")
    stop_installation(reason="Trouble", at=now())
    typed += [member.credential.secret]
    assert run(*try_it) == 2
    assert "posting is stopped" in capsys.readouterr().err
    assert not member.server.statuses


def test_an_account_is_signed_in_at_the_networks_own_page(federation, typed, monkeypatch, capsys):
    with x_server() as server:
        world = XWorld(server)
        monkeypatch.setattr(reading, "API", server.origin)
        monkeypatch.setenv("SCHOOLGATE_X_APP_ID", server.app_id)
        monkeypatch.setenv("SCHOOLGATE_X_APP_SECRET", server.app_secret)
        monkeypatch.setenv("SCHOOLGATE_PUBLIC_ADDRESS", "https://school.test")
        env.cache_clear()
        printed = []

        def came_back(state=""):
            printed.append(capsys.readouterr().out)
            (address,) = [line for line in printed[-1].splitlines() if line.startswith("https://x.com/")]
            asked = {name: values[0] for name, values in parse_qs(parts_of(address).query).items()}
            code = server.code(world.user, back=asked["redirect_uri"], challenge=asked["code_challenge"])
            given = {"code": code, "state": state or asked["state"]}
            return f"{asked['redirect_uri']}?{urlencode(given)}"

        try:
            typed += [came_back]
            assert run("try", "x", "--post", "--no-comment") == 0
            told = capsys.readouterr().out
            assert "delete the post              works" in told
            printed.append(told)
            typed += [lambda: came_back("another")]
            assert run("try", "x") == 2
        finally:
            monkeypatch.undo()
            env.cache_clear()
        for secret in (server.app_secret, world.user.access, world.user.refresh):
            assert secret not in "".join(printed)
