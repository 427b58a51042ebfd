"""The networks that official accounts live on: one port, one folder a network.

Nothing here opens a database transaction around network work. `registry.connect` gives a client,
`registry.capabilities` tells what a network can do, `handshake` decides what happens next to something that
is being sent.
"""
