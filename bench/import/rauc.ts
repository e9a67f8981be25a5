import { execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pkiPath } from './materials.ts';

/** The version of RAUC on this machine, or why it cannot be measured. */
export function findRauc(): { readonly version: string } | { readonly missing: string } {
  for (const [program, args] of [
    ['rauc', ['--version']],
    ['mksquashfs', ['-version']],
  ] as const) {
    if (spawnSync(program, args).error !== undefined) return { missing: `${program} is not installed` };
  }
  return { version: execFileSync('rauc', ['--version'], { encoding: 'utf8' }).trim() };
}

/**
 * A RAUC bundle of the same payload and certificates. Its format is `plain`, the one whose signature covers the whole file:
 * `rauc info` then hashes what an import hashes. (Of a `verity` bundle it would read the manifest alone.)
 */
export function makeRaucBundle(folder: string, payload: string): string {
  const input = join(folder, 'rauc');
  mkdirSync(input);
  linkSync(payload, join(input, 'payload.img'));
  const manifest = [
    '[update]',
    'compatible=drydock-bench',
    'version=1.0.0',
    '[bundle]',
    'format=plain',
    '[image.rootfs]',
    'filename=payload.img',
  ];
  writeFileSync(join(input, 'manifest.raucm'), `${manifest.join('\n')}\n`);
  const path = join(folder, 'payload.raucb');
  // Nothing is packed: the payload would not shrink, and an unpacked one is read as fast as a file can be.
  const uncompressed = '--mksquashfs-args=-noI -noD -noF -noX';
  const signer = [`--cert=${pkiPath('vendor-signer.crt')}`, `--key=${pkiPath('vendor-signer.key')}`];
  execFileSync('rauc', [...signer, ...purpose(folder), uncompressed, 'bundle', input, path], { stdio: 'pipe' });
  return path;
}

/** The command that verifies a bundle down to the root, without installing it. */
export function raucInfo(folder: string, bundle: string): readonly [program: string, args: readonly string[]] {
  return ['rauc', [...purpose(folder), `--keyring=${pkiPath('vendor-root.crt')}`, 'info', bundle]];
}

/** RAUC asks for e-mail signers unless its configuration says that they sign code, as ours do. */
function purpose(folder: string): string[] {
  const path = join(folder, 'rauc.conf');
  writeFileSync(path, '[system]\ncompatible=drydock-bench\nbootloader=noop\n[keyring]\ncheck-purpose=codesign\n');
  return [`--conf=${path}`];
}
