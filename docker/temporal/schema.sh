#!/bin/sh
# One-shot, safe to repeat: brings both of Temporal's databases to the schema of this version.
set -eu
export SQL_PLUGIN=postgres12 SQL_HOST=postgres SQL_PORT=5432 SQL_USER=temporal
SQL_PASSWORD="$(cat /run/secrets/temporal_password)"
export SQL_PASSWORD

# An empty database has no version to update from. On one that has, a second `setup-schema` changes nothing.
prepare() {
  export SQL_DATABASE="$1"
  folder="/etc/temporal/schema/postgresql/v12/$2/versioned"
  temporal-sql-tool update-schema -d "$folder" || {
    temporal-sql-tool setup-schema -v 0.0
    temporal-sql-tool update-schema -d "$folder"
  }
}

prepare temporal temporal
prepare temporal_visibility visibility
