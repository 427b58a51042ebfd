#!/bin/sh
# Runs a command of Schoolgate as the service does: the same user, home and settings. As root, on the machine of the service.
# docs/how-to/install.md puts it into /usr/local/bin/schoolgate.
set -eu
[ "$(id -u)" = 0 ] || { echo "schoolgate: run this as root" >&2; exit 1; }
export SCHOOLGATE_HOME=/var/lib/schoolgate SCHOOLGATE_EXAMPLES=0
settings=/etc/schoolgate/environment  # what it says goes before the unit's own lines
if [ -e "$settings" ]; then
    # As systemd reads it: a name, =, and the rest of the line, which may be in quotes.
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in [A-Z]*=*) ;; *) continue ;; esac
        value=${line#*=}
        case $value in \"*\" | \'*\') value=${value#?} && value=${value%?} ;; esac
        export "${line%%=*}=$value"
    done < "$settings"
fi
umask 077
exec runuser -u schoolgate -- /opt/schoolgate/.venv/bin/schoolgate "$@"
