#!/bin/sh
# Lets whoever sits at the machine open units: the rules are shipped beside the program.
set -e
if [ -d /etc/udev/rules.d ]; then
  install -m 0644 '/opt/${sanitizedProductName}/resources/udev/70-drydock.rules' /etc/udev/rules.d/70-drydock.rules
  udevadm control --reload-rules || true
fi
ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'
# Chromium's sandbox where the kernel has no user namespaces for everybody.
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox' || true
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox' || true
