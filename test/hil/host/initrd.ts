import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.ts';
import { unpackPackage } from './debian-package.ts';
import { copyInto, copyLibraries, copyProgram } from './guest-programs.ts';
import { copyProject } from './guest-sources.ts';
import type { Kernel } from './kernel.ts';
import { tool } from './prerequisites.ts';

const guestInit = fileURLToPath(new URL('../guest/init.sh', import.meta.url));

const MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'vhci-hcd'];

/**
 * Makes the guest's file system, which lives in its memory: busybox, this Node, dfu-util, udevd, the kernel modules in the order in which
 * they load, and the project. Returns the path of the archive (about 200 MB).
 */
export function makeInitrd(kernel: Kernel): string {
  const root = mkdtempSync(join(tmpdir(), 'drydock-hil-'));
  try {
    copyInto(guestInit, root, 'init');
    copyInto(tool('busybox'), root, 'busybox', 'busybox');
    copyProgram(process.execPath, root);
    copyProgram(tool('dfu-util'), root);
    addModules(kernel, root);
    addUdev(root);
    copyProject(join(root, 'repo'));
    copyFileSync(join(root, 'repo', 'test', 'hil', 'guest', 'plain-modules.ts'), join(root, 'plain-modules.mjs'));
    for (const addon of globSync(join(root, 'repo', '**', '*.node'))) copyLibraries(addon, root);
    const archive = join(cached(), 'initrd.cpio');
    const pack = 'set -o pipefail; cd "$1" && chmod 755 . init && find -L . | "$2" -o -L -H newc --quiet -R 0:0 > "$3"';
    execFileSync('bash', ['-c', pack, 'pack', root, tool('cpio'), archive], { stdio: 'pipe' });
    return archive;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Files of the modules and of what they depend on, each before those that need it. */
function addModules({ moduleRoot, release }: Kernel, root: string): void {
  const loads = MODULES.flatMap((name) =>
    execFileSync(tool('modprobe'), ['-d', moduleRoot, '-S', release, '--show-depends', name], { encoding: 'utf8' })
      .split('\n')
      .flatMap((line) => /^insmod (\S+)/.exec(line)?.[1] ?? []),
  );
  const modules = [...new Set(loads)];
  for (const path of modules) copyInto(path, root, 'modules', basename(path));
  writeFileSync(join(root, 'modules', 'order'), modules.map((path) => `${basename(path)}\n`).join(''));
}

/** The `usb` package hears of connect and disconnect from udevd. */
function addUdev(root: string): void {
  const udev = unpackPackage('udev', ['*/bin/udevadm']);
  const [udevadm] = globSync(join(udev, '**', 'udevadm'));
  if (udevadm === undefined) throw new Error(`no udevadm in ${udev}`);
  copyProgram(udevadm, root);
}
