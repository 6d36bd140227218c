#!/usr/bin/env bash
# Installs what `npm run test:browser` needs, where Debian's packages can be had and we may install them. Does nothing else.
set -euo pipefail
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo 'Not installed: Chromium and LibreOffice (this takes root and apt-get).'
  exit 0
fi
if command -v chromium > /dev/null && command -v soffice > /dev/null; then exit 0; fi
export DEBIAN_FRONTEND=noninteractive TMPDIR=/var/tmp # apt checks signatures as another user, who cannot write in every TMPDIR
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium libreoffice-calc fonts-dejavu-core > /dev/null
