"""What each process that serves pages imports: the application, and a watch over the rest of the program."""

from multiprocessing import parent_process
from signal import SIGKILL

from schoolgate.core.processes import die_with_parent

# It ends with the one that watches it, even when that one was killed, and be it while this one was still
# starting. By a signal that the server cannot put off: it has no ear for others before it serves.
watcher = parent_process()
die_with_parent(SIGKILL, parent=watcher.pid if watcher else None)

from schoolgate.config.gateway import Gateway  # noqa: E402
from schoolgate.config.wsgi import application as pages  # noqa: E402
from schoolgate.core.env import env  # noqa: E402
from schoolgate.core.home import folder  # noqa: E402
from schoolgate.web.frame.uploads import MOST_SENT, most_as_wsgi  # noqa: E402
from schoolgate.web.running.monitoring import start  # noqa: E402

__all__ = ["application"]

application = Gateway(
    pages,
    threads=env().web_threads,
    patience=env().web_patience,
    usual=MOST_SENT,
    most=most_as_wsgi,
    folder=lambda: folder("run"),
    trusted_proxies=env().trusted_proxies,
)
start()
