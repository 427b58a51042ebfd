"""An account on X, by X's API v2.

Written from docs.x.com (the repository xdevplatform/docs of 22 August 2026): fundamentals
(counting-characters, authentication/oauth-2-0), x-api (posts, media, users/me, fundamentals/rate-limits,
response-codes-and-errors, metrics, edit-posts, getting-started/pricing) and openapi.json, read in December
2026. The guides and the reference of August name some fields differently (`tweet.fields`, `post.fields`):
both are spoken.
"""
