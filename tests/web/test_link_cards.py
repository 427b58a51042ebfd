"""The card of a link on pages: while writing, for the approver, and on the school's own noticeboard."""

from django.urls import reverse

from schoolgate.core import files
from schoolgate.core.clock import now
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.tenancy import scope
from schoolgate.media.link_pages import SeenPage
from schoolgate.media.proving import ProvenPicture
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import OutgoingCard
from schoolgate.networks.noticeboard.client import Noticeboard
from schoolgate.networks.port import Credential, OutgoingPost, intent_key
from schoolgate.publishing.cards import note_card_words, read_card
from schoolgate.publishing.models import CardState, LinkCard
from schoolgate.pupils.models import Pupil
from tests.publishing.conftest import ANSWERS
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED as PLAIN
from tests.web.posts_cast import NOW, jpeg, set_up

ANSWERED = {**PLAIN, "answer-links_own_business": "no"}
LINK = "https://science.example/week"
TEXT = f"Science week starts on Monday at ten: {LINK}"
SEEN = SeenPage("Science & rockets <b>week</b>", "Talks and rockets for every family.")
PICTURE = ProvenPicture(jpeg(300, 160), "image/jpeg", 300, 160, (), 0)


def html(answer):
    return answer.content.decode()


def read(stage, post, seen=SEEN):
    """Read the page of the post's link, as a worker does."""

    def see(_address):
        if isinstance(seen, str):
            raise CannotRead(seen)
        return seen

    with scope(stage.federation.pk):
        pks = list(LinkCard.objects.filter(post=post).values_list("pk", flat=True))
    for pk in pks:
        read_card(stage.federation.pk, pk, clock=now, see=see)
    with scope(stage.federation.pk):
        return list(LinkCard.objects.filter(post=post))


def with_picture(faces=0):
    return SeenPage(
        SEEN.title, SEEN.description, ProvenPicture(PICTURE.content, "image/jpeg", 300, 160, (), faces)
    )


def edit(stage, post, **more):
    version = stage.read(post).version
    data = {**stage.typed(TEXT), **ANSWERED, "version": str(version), "do": "keep", **more}
    return stage.browser("amina").post(reverse("post-edit", args=[post.pk]), data)


# --- Saving and reading


def test_a_saved_draft_says_that_its_page_is_being_read_to_who_asks_again_too(stage):
    post = stage.draft(TEXT, at=now())
    amina, address = stage.browser("amina"), reverse("post-edit", args=[post.pk])
    page = html(amina.get(address))
    assert "Link card: Being read" in page
    assert "The page of the link is being read. Look again in a moment." in page
    check_page(page, "en")
    data = {**stage.typed(TEXT), **ANSWERED, "version": str(post.version), "do": "card"}
    assert "The page of the link is being read." in html(amina.post(address, data, follow=True))


def test_a_new_post_is_saved_before_its_page_is_read(stage):
    amina = stage.browser("amina")
    page = html(amina.post(reverse("post-preview", args=[stage.school.pk]), stage.typed(TEXT)))
    assert "Its card is made when the draft is saved." in page
    with scope(stage.federation.pk):
        assert not LinkCard.objects.exists()

    answer = amina.post(
        reverse("post-new", args=[stage.school.pk]), {**stage.typed(TEXT), **ANSWERED, "do": "send"}
    )
    assert answer.status_code == 302
    with scope(stage.federation.pk):
        (card,) = LinkCard.objects.all()
        assert (card.address, card.state, card.post.state) == (LINK, CardState.ASKED, "submitted")


NOT_READ = "The page could not be read, so the post goes out without a card."
WHY = {
    "too_slow": NOT_READ,
    "too_many_redirects": NOT_READ,
    "too_large": NOT_READ,
    "not_public": "The link leads to an address that isn’t on the public internet",
    "no_page": "The link leads to a file and not to a page",
}


def test_a_page_that_can_not_be_read_is_told_and_the_post_goes_on(stage):
    amina = stage.browser("amina")
    for why, said in WHY.items():
        post = stage.draft(TEXT)
        read(stage, post, why)
        assert said in html(amina.get(reverse("post-edit", args=[post.pk]))), why

    assert edit(stage, post, do="send").status_code == 302
    assert stage.read(post).state == "submitted"
    assert said in html(stage.browser("ben").get(reverse("post", args=[post.pk])))


def test_the_card_is_shown_as_text_with_its_site_and_its_picture(stage):
    post = stage.draft(TEXT)
    (card,) = read(stage, post, with_picture())
    amina, address = stage.browser("amina"), reverse("post-edit", args=[post.pk])
    page = html(amina.get(address))

    assert "Science &amp; rockets &lt;b&gt;week&lt;/b&gt;" in page
    assert "<b>week</b>" not in page
    assert f"?card={card.pk}" in page
    assert "No face was found in the picture. That is not proof: look at it yourself." in page
    assert "Words in the picture: not read. Look for names yourself." in page
    assert "Link card: Card with its picture" in page
    check_page(page, "en")

    amina.cookies["django_language"] = "cy"
    page = html(amina.get(address))
    assert "Cerdyn dolen" in page
    check_page(page, "cy")


def test_a_picture_with_a_face_is_not_offered(stage):
    post = stage.draft(TEXT)
    (card,) = read(stage, post, with_picture(faces=1))
    page = html(stage.browser("amina").get(reverse("post-edit", args=[post.pk])))
    assert "A face was found in the page’s picture" in page
    assert f"?card={card.pk}" not in page
    assert f'id="card-{card.pk}-picture"' not in page


def test_what_is_chosen_shows_in_the_preview_and_the_author_leaves_the_card_away_with_the_draft(stage):
    post = stage.draft(TEXT)
    (card,) = read(stage, post)
    for said in ("all", "", "picture"):
        answer = edit(stage, post, text=f"New words {LINK}", **{f"card-{card.pk}": said})
        assert answer.status_code == 422, "it was not offered"
        assert "New words" in html(answer), "nothing is lost"
        assert stage.read(post).version == post.version

    address = reverse("post-edit-preview", args=[post.pk])
    typed = {**stage.typed(TEXT), "version": "1"}
    amina = stage.browser("amina")
    assert "Talks and rockets" in html(amina.post(address, typed))
    shown = html(amina.post(address, {**typed, f"card-{card.pk}": "nothing"}))
    assert "Talks and rockets" not in shown
    assert stage.read(post).link_cards.all()[0].shown == "words", "before it is saved"

    edit(stage, post, **{f"card-{card.pk}": "nothing"})
    page = html(amina.get(reverse("post", args=[post.pk])))
    assert "Without a card, as its author chose." in page
    assert "Talks and rockets" not in page


def test_what_was_read_in_the_cards_picture_is_shown_and_a_name_asked_about_where_it_is_chosen(
    stage, reads_words
):
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    post = stage.draft(TEXT)
    (card,) = read(stage, post, with_picture())
    amina, ben = stage.browser("amina"), stage.browser("ben")
    writing, shown = reverse("post-edit", args=[post.pk]), reverse("post", args=[post.pk])
    page = html(amina.get(writing))
    assert "A program is reading the words in this picture" in page
    assert "Parry" not in page

    with scope(stage.federation.pk):
        note_card_words(at=now(), pk=card.pk, digest=card.digest, lines=["Gwen", "Parry <b>won</b>"])
    for browser, address in ((amina, writing), (ben, shown)):
        for language in ("en", "cy"):
            browser.cookies["django_language"] = language
            page = html(browser.get(address))
            assert "Gwen / Parry &lt;b&gt;won&lt;/b&gt;" in page
            check_page(page, language)
            if (browser, language) == (amina, "en"):
                assert (
                    "in the link card’s picture: name of a pupil. Leave the picture out, or say why" in page
                )
                assert "read in the link card’s picture" in page

    edit(stage, post, do="send")
    assert stage.read(post).state == "draft"
    edit(stage, post, do="send", **{f"card-{card.pk}": "words"})
    assert stage.read(post).state == "submitted"


def test_the_page_can_be_read_again_and_the_draft_is_saved_first(stage):
    post = stage.draft(TEXT)
    read(stage, post, "too_slow")
    answer = edit(stage, post, text=f"New words {LINK}", do="card")

    assert answer.url == reverse("post-edit", args=[post.pk])
    now = stage.read(post)
    assert now.text.startswith("New words")
    assert now.link_cards.all()[0].state == CardState.ASKED
    page = html(stage.browser("amina").get(answer.url))
    assert "The page of the link is being read" in page


def test_beside_a_picture_there_is_no_card_and_a_network_that_makes_it_itself_says_so(stage):
    post = stage.draft(TEXT, pictures=[stage.picture()])
    amina = stage.browser("amina")
    page = html(amina.get(reverse("post-edit", args=[post.pk])))
    assert "Link card" not in page
    with scope(stage.federation.pk):
        assert not LinkCard.objects.exists()

    post = stage.draft(TEXT, "facebook")
    assert "Facebook Page makes the card itself." in html(amina.get(reverse("post", args=[post.pk])))


# --- The approver


def test_the_approver_sees_the_card_and_what_changed_about_it(stage):
    post = stage.submitted(TEXT, answers={**ANSWERS, "links_own_business": False})
    ben = stage.browser("ben")
    ben.get(reverse("post", args=[post.pk]))
    (card,) = read(stage, post, with_picture())

    page = html(ben.get(reverse("post", args=[post.pk])))
    assert "The link card has changed." in page
    assert "Talks and rockets for every family." in page
    assert f"?card={card.pk}" in page
    check_page(page, "en")


def test_a_pupils_name_on_the_card_is_told_with_where_it_is(stage):
    with scope(stage.federation.pk):
        Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")
    post = stage.draft(TEXT)
    read(stage, post, SeenPage("Gwen Parry wins", "A prize."))
    page = html(stage.browser("amina").get(reverse("post-edit", args=[post.pk])))
    assert (
        "“Gwen Parry” in the link card: name of a pupil. Leave the card out, or say why it may stay" in page
    )
    assert 'href="#link-card"' in page


# --- The picture


def test_the_cards_picture_is_given_to_those_of_the_post_and_to_no_one_else(stage, make_federation, sign_in):
    post = stage.draft(TEXT)
    (card,) = read(stage, post, with_picture())
    address = f"{reverse('post', args=[post.pk])}?card={card.pk}"

    answer = stage.browser("ben").get(address)
    assert b"".join(answer.streaming_content) == PICTURE.content
    assert answer["Content-Type"] == "image/jpeg"
    assert "default-src 'none'" in answer["Content-Security-Policy"]

    other = set_up(make_federation("llanidloes"), sign_in)
    assert other.browser("ben").get(address).status_code == 404
    assert stage.browser("ben").get(f"{reverse('post', args=[post.pk])}?card=999").status_code == 404
    assert stage.browser("ben").get(f"{reverse('post', args=[post.pk])}?card=x").status_code == 404


# --- The noticeboard


def test_the_noticeboard_shows_the_card_and_its_picture(stage, client):
    board = Noticeboard(
        all_capabilities()["noticeboard"],
        Credential(federation_id=stage.federation.pk, school_id=stage.school.pk),
    )
    card = OutgoingCard(LINK, SEEN.title, SEEN.description, PICTURE.content, "image/jpeg", 300, 160)
    key = intent_key(at=NOW, about="card")
    receipt = board.publish(OutgoingPost(key, TEXT, NOW, link_card=card))

    page = html(client.get(receipt.ref.address))
    assert f'<a class="sg-linkcard" href="{LINK}" rel="nofollow noopener"' in page
    assert "Science &amp; rockets &lt;b&gt;week&lt;/b&gt;" in page
    where = reverse("noticeboard-picture", args=[stage.federation.slug, stage.school.slug, card.digest])
    assert where in page
    assert b"".join(client.get(where).streaming_content) == PICTURE.content
    check_page(page, "en")

    board.take_down(receipt.ref)
    assert client.get(where).status_code == 404
    assert files.is_there(card.digest, federation_id=stage.federation.pk)
