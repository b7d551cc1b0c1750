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
password grafana_password
[ -f database_url ] || printf 'postgres://tarim:%s@postgres:5432/tarim' "$(cat tarim_password)" > database_url
