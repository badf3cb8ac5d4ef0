#!/bin/sh
# Runs once, on an empty volume: a role and a database each for n8n, Gait and Temporal.
set -eu
role() {
  password="$(cat "/run/secrets/$1_database_password")"
  psql -v ON_ERROR_STOP=1 -v password="$password" --username postgres <<SQL
CREATE ROLE "$1" LOGIN PASSWORD :'password';
SQL
}
database() { psql -v ON_ERROR_STOP=1 --username postgres -c "CREATE DATABASE \"$1\" OWNER \"$2\""; }
for name in n8n gait temporal; do role "$name"; database "$name" "$name"; done
database temporal_visibility temporal
