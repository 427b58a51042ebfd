"""A LinkedIn Page, by LinkedIn's Community Management interface.

Written from learn.microsoft.com/linkedin (marketing: versioning, posts-api, multiimage-post-api, images-api,
little-text-format, comments-api, social-metadata-api, share-statistics, organization-lookup-api,
organization-access-control-by-role, data-storage-requirements; shared: authorization-code-flow,
programmatic-refresh-tokens, error-handling, pagination, rate-limits), read in December 2026.
"""
