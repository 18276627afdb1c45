#!/usr/bin/env bash
# `hoso` for people on the server: the service's program, home and settings, whatever folder one stands in.
# install.sh puts HOSO_APP, HOSO_HOME and HOSO_CONFIG in the place of the marks.
set -euo pipefail
umask 0027
if [ -r "@HOSO_CONFIG@/hoso.env" ]; then
  # as systemd reads it: NAME=value, the value as it stands, quotes around it taken away; what is set already wins
  while IFS= read -r line || [ -n "$line" ]; do
    if [[ $line =~ ^(HOSO_[A-Z_]+)=(.*)$ ]] && ! [ -v "${BASH_REMATCH[1]}" ]; then
      name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
      [[ $value =~ ^\"(.*)\"$ ]] && value=${BASH_REMATCH[1]}
      export "$name=$value"
    fi
  done < "@HOSO_CONFIG@/hoso.env"
elif [ -e "@HOSO_CONFIG@/hoso.env" ]; then
  echo "hoso: $(id -un) may not read @HOSO_CONFIG@/hoso.env: sudo -u @HOSO_USER@ hoso …" >&2
  exit 1
fi
export HOSO_HOME="${HOSO_HOME:-@HOSO_HOME@}"
exec "@HOSO_APP@/.venv/bin/hoso" "$@"
