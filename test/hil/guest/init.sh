#!/busybox/busybox sh
# Process 1 of the guest. All that is here lives in memory; a folder for results comes from the host.
b=/busybox/busybox
$b --install -s /busybox
export PATH=/usr/bin:/busybox HOME=/root LANG=C NO_COLOR=1
mkdir -p /proc /sys /dev /run /tmp /root /results /var /bin /etc/udev/rules.d
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t tmpfs run /run
ln -s /busybox/sh /bin/sh
while read -r module; do
  insmod "/modules/$module" || echo "insmod $module failed"
done </modules/order
if grep -qw drydock.probe /proc/cmdline; then
  echo DRYDOCK-GUEST-BOOTED
  poweroff -f
fi

mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=none results /results || echo 'no results folder'
ip link set lo up
echo '127.0.0.1 localhost' >/etc/hosts
printf 'root:x:0:0::/root:/bin/sh\nbench:x:1000:1000::/tmp:/bin/sh\n' >/etc/passwd
printf 'root:x:0:\nbench:x:1000:\n' >/etc/group

ln -s udevadm /usr/bin/systemd-udevd
systemd-udevd --daemon >/dev/null 2>&1 || echo 'udevd did not start'

echo "DRYDOCK-GUEST-READY $(cut -d' ' -f1 /proc/uptime)"
export NODE_OPTIONS=--import=/plain-modules.mjs
cd /repo || exit
# The tests, or what else the host has put on the kernel's command line.
work=$(sed -n 's/.*drydock\.work=\([^ ]*\).*/\1/p' /proc/cmdline)
node "${work:-test/hil/guest/run-tests.ts}"
echo "DRYDOCK-GUEST-ENDED $(cut -d' ' -f1 /proc/uptime)"
sync
poweroff -f
