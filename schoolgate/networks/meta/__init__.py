"""Facebook Pages and Instagram's professional accounts, by Meta's Graph API.

Written from developers.facebook.com (pages-api/posts, graph-api/reference/page/feed, page/photos, comment,
instagram-platform/content-publishing, facebook-login/guides), read in November 2026.
"""
