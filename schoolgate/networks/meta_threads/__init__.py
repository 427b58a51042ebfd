"""A Threads profile, by Meta's Threads API: the Graph API with another host, version and application; see
`networks.meta`.

Written from developers.facebook.com/docs/threads (overview, posts, create-replies, replies-and-conversations,
reply-management, delete-posts, insights, get-access-tokens, long-lived-tokens, troubleshooting), read in
December 2026.
"""
