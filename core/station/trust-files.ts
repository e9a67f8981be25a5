import { toPem } from '../trust/pem.ts';
import type { TrustPackage } from '../trust/package/read-package.ts';
import type { StoredPackage } from '../trust/package/repository.ts';
import type { TrustStore } from '../trust/trust-store.ts';
import type { NamedBytes } from '../report/write-files.ts';

/** A package in force as its two files, byte for byte, with the one name that `trust.propose` pairs them by, and its anchors as PEM. */
export function packageFiles(stored: StoredPackage, { anchors }: TrustPackage): readonly NamedBytes[] {
  const name = `${stored.family}-${stored.version}`;
  return [
    { name: `${name}.json`, bytes: stored.document },
    { name: `${name}.p7s`, bytes: stored.signature },
    ...anchors.map(({ purpose, fingerprintSha256, der }) =>
      pemFile(`anchor-${purpose}-${fingerprintSha256.slice(0, 16)}`, 'CERTIFICATE', der),
    ),
  ];
}

/** Every root and image key that was pinned by hand, as PEM: what `trust.inspect` reads at another station. */
export function pinnedFiles(trust: Pick<TrustStore, 'listAnchors' | 'listImageKeys'>): readonly NamedBytes[] {
  return [
    ...trust
      .listAnchors()
      .map(({ fingerprintSha256, der }) => pemFile(`root-${fingerprintSha256.slice(0, 16)}`, 'CERTIFICATE', der)),
    ...trust
      .listImageKeys()
      .map(({ keySha256, spkiDer }) => pemFile(`image-key-${keySha256.slice(0, 16)}`, 'PUBLIC KEY', spkiDer)),
  ];
}

function pemFile(name: string, label: string, der: Uint8Array): NamedBytes {
  return { name: `${name}.pem`, bytes: Buffer.from(toPem(label, der), 'utf8') };
}
