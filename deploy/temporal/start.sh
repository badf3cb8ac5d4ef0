#!/bin/sh
# Reads the database password from its secret file, then starts the server image's own entry point.
set -eu
POSTGRES_PWD="$(cat /run/secrets/temporal_database_password)"
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh "$@"
