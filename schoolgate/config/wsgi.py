"""The door for the web server."""

from multiprocessing import parent_process
from signal import SIGKILL

from django.core.wsgi import get_wsgi_application

from schoolgate.core.env import use_settings
from schoolgate.core.processes import die_with_parent

use_settings()
# The web server's own worker process ends with the one that watches it, even when that one was killed,
# and be it while this one was still starting. By a signal that the server cannot put off: it has no ear for
# others before it serves.
watcher = parent_process()
die_with_parent(SIGKILL, parent=watcher.pid if watcher else None)
application = get_wsgi_application()
