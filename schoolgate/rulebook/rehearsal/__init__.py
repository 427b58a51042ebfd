"""A rehearsal: made-up everyday cases of a school, put to a policy before anyone signs it, and what is wrong
with the answers.

`cases.py` declares the cases, once. The page, `schoolgate policy rehearse` and the tests are made from them.
"""
