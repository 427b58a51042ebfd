"""The program's own PostgreSQL: started from a Python wheel where no other server was named."""

from schoolgate.core.postgres.server import Server, ServerTrouble, ensure_server, release_server, server_of

__all__ = ["Server", "ServerTrouble", "ensure_server", "release_server", "server_of"]
