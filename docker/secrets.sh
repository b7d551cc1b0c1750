#!/bin/sh
# Writes a password for each role into docker/secrets/, once. A file that is there stays as it is.
set -eu
cd "$(dirname "$0")/secrets"
# The folder keeps others on this machine out; the containers read single files by users of their own.
chmod 700 .
umask 022

password() { [ -f "$1" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$1"; }

password postgres_password
password temporal_password
password tarim_password
password tarim_app_password
password grafana_password
# An administrator's token for Prometheus to ask the API with; issued once Tarim runs.
[ -f metrics_token ] || : > metrics_token
url() { [ -f "$1" ] || printf 'postgres://%s:%s@postgres:5432/tarim' "$2" "$(cat "$3")" > "$1"; }
url database_url tarim_app tarim_app_password
url database_owner_url tarim tarim_password
