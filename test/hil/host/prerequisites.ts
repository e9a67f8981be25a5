import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Program → Debian package, for everything that the bench runs on this machine or shows to the guest. */
const tools = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'dfu-util': 'dfu-util',
  busybox: 'busybox-static',
  cpio: 'cpio',
  modprobe: 'kmod',
  depmod: 'kmod',
  xz: 'xz-utils',
  'dpkg-deb': 'dpkg',
  'apt-get': 'apt',
} as const;

/** Administrators' programs are often outside of a user's PATH. */
const searchPath = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** Where a program is, or undefined. */
export function findTool(name: keyof typeof tools): string | undefined {
  return searchPath.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The program's path; throws where `findObstacle` would have said so. */
export function tool(name: keyof typeof tools): string {
  const path = findTool(name);
  if (path === undefined) throw new Error(`${name} is not there`);
  return path;
}

/** Why the kernel bench cannot run on this machine, in a sentence; undefined where it can. */
export function findObstacle(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `it boots Debian's amd64 kernel on Linux; this is ${process.platform} on ${process.arch}`;
  }
  const missing = (Object.keys(tools) as (keyof typeof tools)[]).filter((name) => findTool(name) === undefined);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => tools[name]))];
    return `${missing.join(', ')} missing; on Debian: apt-get install --no-install-recommends ${packages.join(' ')}`;
  }
  if (!isStatic(tool('busybox'))) return 'busybox is not the static one; on Debian: apt-get install busybox-static';
  if (!existsSync('/usr/lib64/ld-linux-x86-64.so.2')) return 'this machine keeps its libraries outside of /usr';
  return undefined;
}

function isStatic(path: string): boolean {
  const program = execFileSync(tool('busybox'), ['od', '-An', '-c', '-N', '4096', path], { encoding: 'latin1' });
  // A dynamic program names its loader (ELF program header PT_INTERP) in its first page.
  return !program.replaceAll(/\s+/g, '').includes('ld-linux');
}
