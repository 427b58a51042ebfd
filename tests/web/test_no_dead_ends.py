"""Nobody is shown a link that leads to a refusal."""

import time

import pytest

from schoolgate.cli.demo.cast import CAST
from schoolgate.cli.demo.telling import tell
from schoolgate.core.clock import now
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.web.walking import Walk


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("key", list(CAST))
def test_explore(key, own_database, home, sign_in, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    t = time.time()
    tell(key, now=now())
    print("TOLD", key, time.time() - t)
    federation = Federation.objects.get(slug=key)
    out = open(f"/tmp/x/found-{key}.txt", "w")
    for who in CAST[key].people:
        with scope(federation.pk):
            person = Person.objects.select_related("user").get(name=who.name)
        t = time.time()
        client = sign_in(person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "email": person.email},
            {"method": "mfa", "at": time.time(), "type": "totp"},
        ]
        session["account_authentication_methods_user"] = str(person.user_id)
        session.save()
        import cProfile,pstats
        pr=cProfile.Profile(); pr.enable()
        walk = Walk(client).go()
        pr.disable(); pr.dump_stats(f'/tmp/x/prof-{key}-{who.key}')
        print(key, who.key, who.roles, len(walk.seen), len(walk.tried), round(time.time() - t, 1), file=out)
        bad = {p: s for p, s in walk.seen.items() if s not in (200, 302)}
        for r in sorted(walk.refused):
            print("   ", *r, file=out)
        print("    other", bad, file=out, flush=True)
