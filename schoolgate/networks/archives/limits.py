"""How much of a stranger's file is looked at. Beyond each of these an honest download does not go."""

MOST_READ = 2_000_000_000
"""Bytes read out of one file after unpacking. Posts are text: fifty thousand of them are some hundred
million."""
MOST_UNPACKED = 8_000_000_000
"""Bytes of a packed stream (tar.gz) that are passed over to find the posts: pictures and film lie in it."""
MOST_PASSES = 50
MOST_PASSED = 5 * MOST_UNPACKED
"""A tar.gz is unpacked from its beginning for each file that is wanted of it: so often, and so many bytes
altogether."""
MOST_RATIO = 200
RATIO_FROM = 50_000_000
"""From this many bytes on, the output may be at most so many times the size of the file. Text of posts packs
ten to thirty times; a file made to fill a machine packs a thousand times."""
MOST_DIRECTORY = 16_000_000
"""Bytes of a zip's list of contents, which has to be read as a whole; letters of all names of a tar."""
MOST_AT_ONCE = 16_000_000
"""Bytes that one read may ask for."""
MOST_ENTRIES = 400_000
MOST_ITEM = 4_000_000
"""Letters of one post with all that the network writes beside it."""
MOST_DEPTH = 64
MOST_WHOLE = 2_000_000
"""Bytes of a small file that is read as a whole, such as who the account is."""
MOST_BLOCKS = 3_000_000
MOST_BLOCK = 2_000_000
"""Of Bluesky's repository: how many records, and how large one may be (the network's own limit is a
million)."""
MOST_REPOSITORY = 400_000_000
"""Bytes of a repository file, which is held in memory while it is read: its tree leads to and fro. It
holds texts, no pictures; fifty thousand posts are forty million bytes."""
MOST_POSTS = 500_000
LONGEST_TEXT = 70_000
"""Letters of a post: Facebook takes 63,206, the others fewer."""
LONGEST_KEY = 500
CHUNK = 1 << 18
