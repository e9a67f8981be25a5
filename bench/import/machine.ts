import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release } from 'node:os';

/** Magic numbers of Linux file systems (statfs(2)); what is not here is printed as the number. */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x01021994: 'tmpfs',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x794c7630: 'overlayfs',
};

/** The facts without which a figure says nothing. */
export function describeMachine(folder: string): string {
  const type = statfsSync(folder).type;
  const openssl = execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim();
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  return [
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, load ${load}`,
    `${platform()} ${release()}, ${FILE_SYSTEMS[type] ?? `file system 0x${type.toString(16)}`}`,
    `Node ${process.version}`,
    openssl,
  ].join('; ');
}
