"""YouTube channels, by Google's YouTube Data API v3.

Written from developers.google.com/youtube/v3 (videos, thumbnails, captions, commentThreads, comments,
channels, playlistItems, errors, determine_quota_cost, guides/using_resumable_upload_protocol) and
developers.google.com/identity/protocols/oauth2/web-server, read in November 2026.
"""
