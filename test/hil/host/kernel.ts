import { spawnSync, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';
import { resolveMetapackage, unpackPackage } from './debian-package.ts';
import { tool } from './prerequisites.ts';

export interface Kernel {
  readonly release: string;
  /** What QEMU starts: the uncompressed kernel where it could be cut out of the compressed one, which boots in half the time. */
  readonly image: string;
  /** `modprobe -d`: holds lib/modules/<release>. */
  readonly moduleRoot: string;
}

const KERNEL_PACKAGE = /^linux-image-[0-9][^ ]*-amd64$/;

/** Only what the guest loads: 9p over virtio, and USB/IP's virtual host controller. */
const PATTERNS = [
  './boot/vmlinuz-*',
  './lib/modules/*/modules.*',
  ...['drivers/virtio', 'drivers/usb/common', 'drivers/usb/core', 'drivers/usb/usbip', 'net/9p', 'fs'].map(
    (folder) => `./lib/modules/*/kernel/${folder}/*`,
  ),
];

/** Debian's kernel, from the cache or from the archive. Throws `PackageMissing`. */
export function prepareKernel(): Kernel {
  const moduleRoot = unpackPackage(
    findCachedKernel() ?? resolveMetapackage('linux-image-amd64', KERNEL_PACKAGE),
    PATTERNS,
  );
  const [release] = readdirSync(join(moduleRoot, 'lib', 'modules'));
  if (release === undefined) throw new Error(`no modules in ${moduleRoot}`);
  if (!existsSync(join(moduleRoot, 'lib', 'modules', release, 'modules.dep'))) {
    execFileSync(tool('depmod'), ['-b', moduleRoot, release], { stdio: 'pipe' });
  }
  const compressed = join(moduleRoot, 'boot', `vmlinuz-${release}`);
  return { release, moduleRoot, image: uncompress(compressed) ?? compressed };
}

function findCachedKernel(): string | undefined {
  if (!existsSync(cacheFolder)) return undefined;
  return readdirSync(cacheFolder)
    .filter((name) => KERNEL_PACKAGE.test(name))
    .sort()
    .at(-1);
}

const XZ_MAGIC = Buffer.from('fd377a585a00', 'hex');
const ELF_MAGIC = Buffer.from('7f454c46', 'hex');

/** A bzImage is a loader with the compressed ELF kernel inside; undefined where that is not compressed by xz. */
function uncompress(bzImage: string): string | undefined {
  const vmlinux = `${bzImage}.elf`;
  if (existsSync(vmlinux)) return vmlinux;
  const image = readFileSync(bzImage);
  const start = image.indexOf(XZ_MAGIC);
  if (start === -1) return undefined;
  // xz complains about what follows its stream, and has written all of it by then.
  const { stdout } = spawnSync(tool('xz'), ['-dc', '--single-stream'], {
    input: image.subarray(start),
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC)) return undefined;
  writeFileSync(`${vmlinux}.new`, stdout);
  renameSync(`${vmlinux}.new`, vmlinux);
  return vmlinux;
}
