import random, time
from schoolgate.publishing.models import WithheldPicture, Post, PostPicture
from schoolgate.media.models import Picture
from schoolgate.publishing import queries
from schoolgate.publishing.withheld import withheld_in_each
from schoolgate.publishing.alike import posts_with_like_pictures
from tests.guarantees.test_withheld import here, shows, agree  # noqa: F401

def test_time(here, at, shows, queries=None):
    from schoolgate.publishing import queries as q
    post = shows(0)
    draft = shows(1, here.ava)
    r = random.Random(1)
    def prints(): return [r.getrandbits(64) - (1 << 63) for _ in range(760)]
    WithheldPicture.objects.bulk_create(WithheldPicture(post=draft, pupil=here.ava, digest=f"{n:064}", prints=prints(), at=at, federation_id=here.federation.pk) for n in range(500))
    for many in (0, 200):
        if many:
            pics = Picture.objects.bulk_create(Picture(school=here.school, digest=f"{n:064}", media_type="image/jpeg", width=1, height=1, size=1, prints=prints(), added_by=here.amina, added_at=at, shows_people=True, federation_id=here.federation.pk) for n in range(many))
            from tests.publishing.conftest import draft_of
            for n in range(0, many, 4):
                d = shows(1, here.ava, pictures=pics[n:n+4])
        for _ in range(3):
            t = time.perf_counter(); c = time.process_time()
            withheld_in_each([q.post(post.pk)], on=at.date())
            print("withheld", 500, "drafts' pictures", many, round(1000*(time.perf_counter()-t)), "ms")
    from django.db import connection
    print(Picture.objects.count(), PostPicture.objects.count())
    for _ in range(2):
        t = time.perf_counter(); posts_with_like_pictures(q.post(post.pk), seen_by=here.sam, on=at.date()); print("alike page", round(1000*(time.perf_counter()-t)), "ms")
    assert 0
