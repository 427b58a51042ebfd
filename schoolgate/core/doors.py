"""The closed list of ways by which words leave."""

from enum import StrEnum


class Door(StrEnum):
    """Every way by which a person's words become public or are sent. The entry of each field in the data map
    has the door by which it leaves (`leaves`); `docs/guarantees-in-full.md` lists them."""

    POST = "post"
    REPLY = "reply"
    COMMENT = "comment"
    NOTICE_WORDING = "notice_wording"
    APPEAL = "appeal"
    MESSAGE = "message"
    STATEMENT = "statement"
    AGREED_LINE = "agreed_line"
    CHANGE = "change"
    GUIDE = "guide"
    SITE_TEXT = "site_text"
    FAREWELL = "farewell"
    CONSENT_WORDS = "consent_words"
    REGISTER = "register"
    POLICY = "policy"
    LETTER = "letter"
