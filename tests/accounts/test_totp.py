"""Codes from a seed, as RFC 6238 has them, from a moment that is passed in."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from schoolgate.accounts.totp import Passing, Seed
from schoolgate.core.errors import BadInput

RFC = base64.b32encode(b"12345678901234567890").decode()


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("algorithm", "letters", "seconds", "code"),
    [
        ("SHA1", RFC, 59, "94287082"),
        ("SHA1", RFC, 1111111109, "07081804"),
        ("SHA1", RFC, 20000000000, "65353130"),
        ("SHA256", base64.b32encode(b"12345678901234567890123456789012").decode(), 59, "46119246"),
        ("SHA512", base64.b32encode((b"1234567890" * 7)[:64]).decode(), 1234567890, "93441116"),
    ],
)
def test_the_codes_are_those_of_the_standard(algorithm, letters, seconds, code):
    address = f"otpauth://totp/School:page?secret={letters}&digits=8&algorithm={algorithm}&issuer=School"
    assert Seed.read(address).code(moment(seconds)).code == code


def test_a_code_says_for_how_long_it_is_the_newest():
    seed = Seed.read(RFC)
    assert seed.code(moment(59)) == Passing("287082", 1)
    assert seed.code(moment(60)).seconds == 30


def test_letters_are_read_as_people_copy_them():
    assert Seed.read(" gezd gnbv-GY3T qojq ") == Seed.read("GEZDGNBVGY3TQOJQ")


def test_a_code_fits_its_own_moment_and_those_beside_it_only():
    seed, at = Seed.read(RFC), moment(1_000_000_005)
    code = seed.code(at).code
    assert seed.fits(f"{code[:3]} {code[3:]}", at)
    for seconds in (-30, 30):
        assert seed.fits(code, at + timedelta(seconds=seconds))
    for seconds in (-60, 60):
        assert not seed.fits(code, at + timedelta(seconds=seconds))
    for wrong in ("", "ŵ", "000000000", code[:5]):
        assert not seed.fits(wrong, at)


@pytest.mark.parametrize(
    "typed",
    [
        "", "not base32 at all!", "GEZDGNBV", f"otpauth://hotp/x?secret={RFC}&counter=1",
        "otpauth://totp/x", f"otpauth://totp/x?secret={RFC}&digits=12", f"otpauth://totp/x?secret={RFC}&period=0",
        f"otpauth://totp/x?secret={RFC}&period=ten", f"otpauth://totp/x?secret={RFC}&algorithm=MD5",
        "otpauth://[", "x" * 1000,
    ],
)  # fmt: skip
def test_what_makes_no_codes_is_refused_without_repeating_it(typed):
    with pytest.raises(BadInput) as error:
        Seed.read(typed)
    assert set(error.value.fields) == {"seed"}
    assert not typed or typed not in str(error.value.fields["seed"])


def test_it_goes_through_the_vault_unchanged_and_says_nothing_of_itself():
    seed = Seed.read(f"otpauth://totp/x?secret={RFC}&digits=8&period=60&algorithm=SHA256")
    assert Seed.from_text(seed.to_text()) == seed
    assert RFC not in repr(seed)
    assert "1234567890" not in repr(seed)
