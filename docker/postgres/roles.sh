#!/bin/sh
# Run by the image once, when the volume is empty: a role for each, so that neither can read the other's tables. Tarim's tables belong to
# `tarim`, which only migrates; `tarim_app` works with them and is let in by `tarim db migrate --grant-to`.
set -eu
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 \
  --set temporal="$(cat /run/secrets/temporal_password)" --set tarim="$(cat /run/secrets/tarim_password)" \
  --set app="$(cat /run/secrets/tarim_app_password)" <<'SQL'
create role temporal login password :'temporal';
create role tarim login password :'tarim';
create role tarim_app login password :'app';
create database temporal owner temporal;
create database temporal_visibility owner temporal;
create database tarim owner tarim;
revoke connect on database temporal, temporal_visibility, tarim from public;
grant connect on database tarim to tarim_app;
SQL
