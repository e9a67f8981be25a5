import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Result } from '../contract/result.ts';
import { createBundle } from '../core/bundle/make/create-bundle.ts';
import { signBundle } from '../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials, type SigningCredentials } from '../core/trust/read-signing-credentials.ts';
import { demoImage, demoProduct, healthyTests, imageKeySpki, readPki, sickTests } from './materials.ts';

/** Paths of the bundles that the demo imports. */
export interface DemoBundles {
  readonly good: string;
  readonly failingSelfTest: string;
  readonly tampered: string;
  readonly wrongSigner: string;
  readonly downgrade: string;
  readonly wrongHardware: string;
}

/** Makes the demo's bundles as a vendor does: images, manifest, signature. */
export async function makeDemoBundles(folder: string, now: Date): Promise<DemoBundles> {
  mkdirSync(folder, { recursive: true });
  const vendor = credentials('vendor');
  const make = (
    name: string,
    release: string,
    image: Buffer,
    options: { signer?: SigningCredentials; hardware?: string } = {},
  ) =>
    makeBundle({
      folder,
      name,
      release,
      image,
      now,
      signer: options.signer ?? vendor,
      hardware: options.hardware ?? 'vu-a',
    });

  const image = demoImage(4, '2.4.0');
  const good = await make('pump-2.4.0', '2.4.0', image);
  return {
    good,
    failingSelfTest: await make('pump-2.5.0', '2.5.0', demoImage(5, '2.5.0', sickTests)),
    tampered: tamper(good, join(folder, 'pump-2.4.0-tampered.zip'), image),
    wrongSigner: await make('pump-2.4.0-stranger', '2.4.0', demoImage(4, '2.4.0'), { signer: credentials('stranger') }),
    downgrade: await make('pump-2.2.0', '2.2.0', demoImage(2, '2.2.0')),
    wrongHardware: await make('pump-b-2.4.0', '2.4.0', demoImage(4, '2.4.0', healthyTests, 'vu-b'), {
      hardware: 'vu-b',
    }),
  };
}

interface BundleRecipe {
  readonly folder: string;
  readonly name: string;
  readonly release: string;
  readonly image: Buffer;
  readonly now: Date;
  readonly signer: SigningCredentials;
  readonly hardware: string;
}

async function makeBundle({ folder, name, release, image, now, signer, hardware }: BundleRecipe): Promise<string> {
  const imagePath = join(folder, `${name}.bin`);
  writeFileSync(imagePath, image);
  const unsigned = join(folder, `${name}-unsigned.zip`);
  const out = join(folder, `${name}.zip`);
  expectOk(
    await createBundle(
      {
        product: demoProduct,
        release: { name: release, changeControl: `ECO-${release.replaceAll('.', '')}` },
        issued: isoSeconds(new Date(now.getTime() - 3_600_000)),
        expires: isoSeconds(new Date(now.getTime() + 365 * 86_400_000)),
        minStationVersion: '0.1.0',
        images: [
          { path: imagePath, name: 'application.bin', slot: 'application', compat: [hardware], format: 'mcuboot' },
        ],
        imageKeys: [imageKeySpki],
      },
      unsigned,
    ),
  );
  expectOk(await signBundle({ bundle: unsigned, out, credentials: [signer], signingTime: now }));
  return out;
}

function credentials(name: string): SigningCredentials {
  return expectOk(
    readSigningCredentials({ file: readPki(`${name}-signer.key`), certificates: readPki(`${name}-signer.crt`) }),
  );
}

/** One bit of the image is changed, and the archive's checksums with it, as somebody does who means it. */
function tamper(from: string, to: string, image: Buffer): string {
  const bytes = readFileSync(from);
  const changed = Buffer.from(image);
  changed.writeUInt8(changed.readUInt8(changed.length >> 1) ^ 1, changed.length >> 1);
  changed.copy(bytes, bytes.indexOf(image));
  const [before, after] = [uint32(crc32(image)), uint32(crc32(changed))];
  for (let at = bytes.indexOf(before); at >= 0; at = bytes.indexOf(before, at + 4)) after.copy(bytes, at);
  writeFileSync(to, bytes);
  return to;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`the demo's materials cannot be made: ${result.code}: ${result.reason}`);
  return result.value;
}
