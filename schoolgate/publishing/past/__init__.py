"""Posts from before Schoolgate: taken in from the networks' own downloads, unjudged, searchable.

The same rooms as everywhere, one floor lower. A download is brought, read outside any transaction into a
sealed file of posts alone (the download itself is removed at once), shown in numbers, confirmed, and taken in
piece by piece: a killed or stopped import goes on where it was.
"""
