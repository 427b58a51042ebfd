#!/bin/sh
# Runs a command of Schoolgate as the service does: the same user, home and settings. As root, on the machine of the service.
# docs/how-to/install.md puts it into /usr/local/bin/schoolgate.
set -eu
[ "$(id -u)" = 0 ] || { echo "schoolgate: run this as root" >&2; exit 1; }
settings=/etc/schoolgate/environment
if [ -e "$settings" ]; then
    # As systemd reads it: a name, =, and the rest of the line, which may be in quotes.
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            [A-Z]*=\"*\" | [A-Z]*=\'*\')
                value=${line#*=?}
                export "${line%%=*}=${value%?}" ;;
            [A-Z]*=*) export "$line" ;;
        esac
    done < "$settings"
fi
export SCHOOLGATE_HOME=/var/lib/schoolgate SCHOOLGATE_EXAMPLES=0
umask 077
exec runuser -u schoolgate -- /opt/schoolgate/.venv/bin/schoolgate "$@"
