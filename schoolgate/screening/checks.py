"""The rules by which numbers of the United Kingdom are made, and their check digits."""

import re
from itertools import pairwise

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AREAS = frozenset(
    [
        "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF",
        "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT",
        "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG",
        "HP", "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L",
        "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN",
        "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S",
        "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA",
        "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR",
        "WS", "WV", "YO", "ZE",
    ]
)  # fmt: skip
_ORDINALS = frozenset({"1ST", "2ND", "3RD", "4TH", "5TH", "6TH", "7TH", "8TH", "9TH"})
_NO_INSURANCE = frozenset({"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"})
_UK_PHONE = re.compile(r"0(?:1\d{8,9}|2\d{9}|3\d{9}|5[56]\d{8}|7\d{9}|8\d{8,9}|9\d{9})")


def digits_of(text: str) -> str:
    """Return the digits in a text."""
    return "".join(each for each in text if each in "0123456789")


def is_phone(text: str) -> bool:
    """Return whether it has the shape of a telephone number, of this country or abroad."""
    digits, abroad = digits_of(text), text.lstrip("( ").startswith("+")
    if digits.startswith("00"):
        digits, abroad = digits[2:], True
    if abroad and not digits.startswith("44"):
        return 8 <= len(digits) <= 15
    if abroad:
        digits = "0" + digits[2:].removeprefix("0")
    return _UK_PHONE.fullmatch(digits) is not None


def is_postcode(outward: str, inward: str) -> bool:
    """Return whether the two halves can be a postcode: an area that there is, and no ordinal number."""
    area = re.match(r"[A-Z]+", outward.upper())
    return area is not None and area.group() in _AREAS and inward.upper() not in _ORDINALS


def is_nhs(text: str) -> bool:
    """Return whether ten digits are an NHS number."""
    digits = digits_of(text)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    rest = 11 - sum(int(each) * weight for each, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[9])


def is_uln(text: str) -> bool:
    """Return whether ten digits are a unique learner number."""
    digits = digits_of(text)
    if len(digits) != 10 or digits.startswith("0"):
        return False
    rest = sum(int(each) * weight for each, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 0 and 10 - rest == int(digits[9])


def is_upn(text: str) -> bool:
    """Return whether it is a unique pupil number: its first letter checks the rest."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if len(plain) != 13 or not plain[1:12].isdigit():
        return False
    last = plain[12]
    value = int(last) if last.isdigit() else _UPN_LETTERS.find(last)
    total = (
        sum(int(each) * weight for each, weight in zip(plain[1:12], range(2, 13), strict=True)) + value * 13
    )
    return value >= 0 and _UPN_LETTERS[total % 23] == plain[0]


def is_insurance(prefix: str) -> bool:
    """Return whether two letters begin a National Insurance number."""
    first, second = prefix[0].upper(), prefix[1].upper()
    return (
        first not in "DFIQUV" and second not in "DFIQUVO" and f"{first}{second}" not in _NO_INSURANCE
    )  # fmt: skip


def is_iban(text: str) -> bool:
    """Return whether it is an international bank account number: the first four characters check the rest."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """Return whether 13 to 19 digits pass the check of payment cards and are not all the same."""
    digits = digits_of(text)
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456" or all(a == b for a, b in pairwise(digits)):
        return False
    total = 0
    for place, each in enumerate(reversed(digits)):
        value = int(each) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
