#!/bin/sh
# Run once by the image of PostgreSQL (compose.yaml): the two roles and the database of docs/operations.md.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --set owner="$OWNER_PASSWORD" --set app="$APP_PASSWORD" <<'SQL'
CREATE ROLE schoolgate_owner LOGIN PASSWORD :'owner' NOSUPERUSER NOBYPASSRLS;
CREATE ROLE schoolgate_app LOGIN PASSWORD :'app' NOSUPERUSER NOBYPASSRLS;
CREATE DATABASE schoolgate OWNER schoolgate_owner TEMPLATE template0 ENCODING 'UTF8';
SQL
