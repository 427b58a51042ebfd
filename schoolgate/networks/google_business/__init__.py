"""Google Business: places on Google's Search and Maps, by the Business Profile interfaces; see
`networks.google`.

Written from developers.google.com/my-business/reference (v4 accounts.locations.localPosts and reviews,
ErrorCode, sunset dates) and the discovery documents of mybusiness v4, mybusinessaccountmanagement v1 and
mybusinessbusinessinformation v1, read in December 2026.
"""
