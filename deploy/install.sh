#!/usr/bin/env bash
# Writes the systemd units with an office's paths. Changes nothing else; needs root to write to the target folder.
#   HOSO_APP=/opt/hoso HOSO_HOME=/srv/hoso HOSO_CONFIG=/etc/hoso HOSO_USER=hoso deploy/install.sh [target folder]
set -euo pipefail
: "${HOSO_APP:=/opt/hoso}" "${HOSO_HOME:=/srv/hoso}" "${HOSO_CONFIG:=/etc/hoso}" "${HOSO_USER:=hoso}"
target=${1:-/etc/systemd/system}
here=$(cd "$(dirname "$0")" && pwd)
for name in HOSO_APP HOSO_HOME HOSO_CONFIG; do
  case ${!name} in
    /*) ;;
    *) echo "$name must be an absolute path, not ${!name}" >&2; exit 2 ;;
  esac
done
for unit in hoso.service hoso-run.service hoso-run.timer; do
  sed -e "s|@HOSO_APP@|$HOSO_APP|g" -e "s|@HOSO_HOME@|$HOSO_HOME|g" \
      -e "s|@HOSO_CONFIG@|$HOSO_CONFIG|g" -e "s|@HOSO_USER@|$HOSO_USER|g" \
      "$here/$unit" > "$target/$unit"
  echo "written: $target/$unit"
done
echo "next: systemctl daemon-reload, then enable --now hoso.service, or hoso-run.timer where no page is wanted"
