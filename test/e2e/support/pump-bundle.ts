import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../../contract/result.ts';
import { createBundle } from '../../../core/bundle/make/create-bundle.ts';
import { signBundle } from '../../../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import { demoImage, demoProduct } from '../../../demo/materials.ts';

const pki = new URL('../../../resources/demo/', import.meta.url);
const readPki = (name: string): Buffer => readFileSync(new URL(name, pki));

export interface PumpRelease {
  readonly name: string;
  readonly securityCounter: number;
  /** Of its CycloneDX SBOM. */
  readonly components: readonly object[];
  readonly notes: string;
  readonly expiresInDays: number;
}

/** Makes a bundle of the training product as its vendor does, with an SBOM and release notes; answers its path. */
export async function makePumpBundle(folder: string, release: PumpRelease): Promise<string> {
  const { name, securityCounter, components, notes, expiresInDays } = release;
  const write = (file: string, data: string | Buffer): string => {
    writeFileSync(join(folder, file), data);
    return join(folder, file);
  };
  const sbom = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
  const [unsigned, out] = [join(folder, `pump-${name}-unsigned.zip`), join(folder, `pump ${name}.zip`)];
  const now = Date.now();
  unwrap(
    await createBundle(
      {
        product: demoProduct,
        release: { name, changeControl: `ECO-${securityCounter}` },
        issued: seconds(now - 3_600_000),
        expires: seconds(now + expiresInDays * 86_400_000 + 3_600_000),
        minStationVersion: '0.1.0',
        images: [
          {
            path: write(`${name}.bin`, demoImage(securityCounter, name)),
            name: 'application.bin',
            ...{ slot: 'application', compat: ['vu-a'], format: 'mcuboot' },
          },
        ],
        documents: [
          {
            path: write(`sbom-${name}.json`, sbom),
            ...{ kind: 'sbom', title: 'Software bill of materials', mediaType: 'application/vnd.cyclonedx+json' },
          },
          {
            path: write(`notes-${name}.txt`, notes),
            ...{ kind: 'release-notes', title: 'Release notes', mediaType: 'text/plain' },
          },
        ],
      },
      unsigned,
    ),
  );
  const credentials = unwrap(
    readSigningCredentials({ file: readPki('vendor-signer.key'), certificates: readPki('vendor-signer.crt') }),
  );
  unwrap(await signBundle({ bundle: unsigned, out, credentials: [credentials], signingTime: new Date(now) }));
  return out;
}

function seconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.reason}`);
  return result.value;
}
