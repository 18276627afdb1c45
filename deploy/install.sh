#!/usr/bin/env bash
# Writes the systemd units and the command `hoso` with an office's paths. Changes nothing else; needs root.
#   HOSO_APP=/opt/hoso HOSO_HOME=/srv/hoso HOSO_CONFIG=/etc/hoso HOSO_USER=hoso deploy/install.sh [units' folder [command's folder]]
set -euo pipefail
: "${HOSO_APP:=/opt/hoso}" "${HOSO_HOME:=/srv/hoso}" "${HOSO_CONFIG:=/etc/hoso}" "${HOSO_USER:=hoso}"
target=${1:-/etc/systemd/system}
bin=${2:-/usr/local/bin}
here=$(cd "$(dirname "$0")" && pwd)
for name in HOSO_APP HOSO_HOME HOSO_CONFIG; do
  case ${!name} in
    /*) ;;
    *) echo "$name must be an absolute path, not ${!name}" >&2; exit 2 ;;
  esac
done
filled() {
  sed -e "s|@HOSO_APP@|$HOSO_APP|g" -e "s|@HOSO_HOME@|$HOSO_HOME|g" \
      -e "s|@HOSO_CONFIG@|$HOSO_CONFIG|g" -e "s|@HOSO_USER@|$HOSO_USER|g" "$here/$1" > "$2"
  echo "written: $2"
}
for unit in hoso.service hoso-run.service hoso-run.timer; do
  filled "$unit" "$target/$unit"
done
filled hoso.sh "$bin/hoso"
chmod 0755 "$bin/hoso"
echo "next: systemctl daemon-reload, then enable --now hoso.service, or hoso-run.timer where no page is wanted"
