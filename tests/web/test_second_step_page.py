"""The page on which a person sets up a second step, and what it says to whom."""

from schoolgate.web.signin.adapters import MfaAdapter
from tests.web.plain import check_page

PAGE = "/account/second-step"


def read(browser) -> str:
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    html = answer.content.decode()
    check_page(html)
    return html


def test_who_has_one_reads_so(cast, sign_in):
    there = read(sign_in(cast("Ada Min", "administrator")))
    assert "Your two-step verification" in there
    assert "Do this first" not in there


def test_the_picture_for_the_app_is_a_picture_of_its_address():
    drawn = MfaAdapter().build_totp_svg("otpauth://totp/Schoolgate:a?secret=AAAA")
    assert drawn.startswith("<svg")
    assert "<path" in drawn
    assert drawn != MfaAdapter().build_totp_svg("otpauth://totp/Schoolgate:a?secret=BBBB")
