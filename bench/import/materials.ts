import { createCipheriv } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBundle } from '../../core/bundle/make/create-bundle.ts';
import { signBundle } from '../../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials } from '../../core/trust/read-signing-credentials.ts';
import { demoProduct } from '../../demo/materials.ts';
import { expectOk } from './expect-ok.ts';

/** The demo's root and signer: P-256, the signer directly under the root. */
export function pkiPath(name: string): string {
  return fileURLToPath(new URL(`../../resources/demo/${name}`, import.meta.url));
}

const MIB = 1 << 20;

/** Bytes that do not compress and are the same on every machine: an AES-128-CTR key stream. */
export function writePayload(path: string, sizeMib: number): void {
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16));
  const zeros = Buffer.alloc(MIB);
  const fd = openSync(path, 'wx');
  try {
    for (let done = 0; done < sizeMib; done++) writeSync(fd, stream.update(zeros));
  } finally {
    closeSync(fd);
  }
}

export interface MadeFile {
  readonly path: string;
  readonly createSeconds: number;
  readonly signSeconds: number;
}

/** A bundle with the payload as its one raw image, made as `drydock bundle create` and `sign` make it. */
export async function makeBundle(folder: string, payload: string): Promise<MadeFile> {
  const now = new Date();
  const unsigned = join(folder, 'unsigned.bundle');
  const path = join(folder, 'signed.bundle');
  const startMs = performance.now();
  expectOk(
    await createBundle(
      {
        product: demoProduct,
        release: { name: '1.0.0', changeControl: 'BENCH-1' },
        issued: isoSeconds(now.getTime() - 3_600_000),
        expires: isoSeconds(now.getTime() + 86_400_000),
        minStationVersion: '0.1.0',
        images: [{ path: payload, slot: 'application', compat: ['vu-a'], format: 'raw', version: 1 }],
      },
      unsigned,
    ),
  );
  const createdMs = performance.now();
  const credentials = expectOk(
    readSigningCredentials({
      file: readFileSync(pkiPath('vendor-signer.key')),
      certificates: readFileSync(pkiPath('vendor-signer.crt')),
    }),
  );
  expectOk(await signBundle({ bundle: unsigned, out: path, credentials: [credentials], signingTime: now }));
  return {
    path,
    createSeconds: (createdMs - startMs) / 1000,
    signSeconds: (performance.now() - createdMs) / 1000,
  };
}

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
