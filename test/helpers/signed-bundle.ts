import { X509Certificate, createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { accept } from '../../contract/result.ts';
import type { Manifest } from '../../contract/schema/bundle.ts';
import type { ImportPorts } from '../../core/bundle/import-ports.ts';
import { createSignatureVerifier } from '../../core/station/bundle-trust.ts';
import type { ImageKey, StoredCrl, TrustAnchor, TrustRepository } from '../../core/trust/repository.ts';
import { TrustStore } from '../../core/trust/trust-store.ts';
import { fixtureKeyPem } from './test-bundle.ts';
import type { ZipPart } from './zip-bytes.ts';

const folder = new URL('../fixtures/bundle/', import.meta.url);

/** A time at which every certificate of the fixture is valid. */
export const fixtureTime = '2027-01-15T09:00:00Z';

export function fixturePath(name: string): URL {
  return new URL(name, folder);
}

export const fixtureManifest: Buffer = readFileSync(fixturePath('manifest.json'));
export const fixtureImages: Readonly<Record<string, Buffer>> = {
  'images/application.bin': readFileSync(fixturePath('images/application.bin')),
  'images/radio.bin': readFileSync(fixturePath('images/radio.bin')),
};

export function readFixtureManifest(): Manifest {
  return JSON.parse(fixtureManifest.toString()) as Manifest;
}

export function fixtureSignature(name: string): Buffer {
  return readFileSync(fixturePath(`signatures/${name}.p7s`));
}

/** The parts of the fixture's bundle, with a signature that OpenSSL or certtool made. */
export function signedParts(signature: string): ZipPart[] {
  return [
    { name: 'manifest.json', data: fixtureManifest },
    { name: 'manifest.p7s', data: fixtureSignature(signature) },
    ...Object.entries(fixtureImages).map(([name, data]) => ({ name, data })),
  ];
}

export const documentsManifest: Buffer = readFileSync(fixturePath('manifest-documents.json'));
export const fixtureDocuments: Readonly<Record<string, Buffer>> = Object.fromEntries(
  ['sbom.cdx.json', 'release-notes.md', 'change-control.txt'].map((name) => [
    `documents/${name}`,
    readFileSync(fixturePath(`documents/${name}`)),
  ]),
);

/** The parts of the fixture's bundle with documents, signed by OpenSSL. */
export function signedDocumentParts(): ZipPart[] {
  return [
    { name: 'manifest.json', data: documentsManifest },
    { name: 'manifest.p7s', data: fixtureSignature('documents-p256') },
    ...Object.entries({ ...fixtureImages, ...fixtureDocuments }).map(([name, data]) => ({ name, data })),
  ];
}

export function certificateDer(name: string): Buffer {
  return new X509Certificate(readFileSync(fixturePath(`pki/${name}.crt`))).raw;
}

function anchor(name: string): TrustAnchor {
  const der = certificateDer(name);
  return {
    der,
    fingerprintSha256: createHash('sha256').update(der).digest('hex'),
    subject: name,
    notAfter: new Date('2050-01-01T00:00:00Z'),
    label: name,
    products: ['*'],
    addedAt: new Date(fixtureTime),
    addedBy: 'op-1',
  };
}

/** What the trust room keeps, in memory: these roots and nothing else. */
class PinnedRoots implements TrustRepository {
  readonly #anchors: TrustAnchor[];
  constructor(roots: readonly string[]) {
    this.#anchors = roots.map(anchor);
  }
  listAnchors(): TrustAnchor[] {
    return this.#anchors;
  }
  addAnchor(): void {
    throw new Error('not part of this fixture');
  }
  removeAnchor(): void {
    throw new Error('not part of this fixture');
  }
  listImageKeys(): ImageKey[] {
    return [];
  }
  addImageKey(): void {
    throw new Error('not part of this fixture');
  }
  removeImageKey(): void {
    throw new Error('not part of this fixture');
  }
  listCrls(): StoredCrl[] {
    return [];
  }
  addCrl(): void {
    throw new Error('not part of this fixture');
  }
  timeFloor(): Date | null {
    return null;
  }
  raiseTimeFloor(): void {
    throw new Error('not part of this fixture');
  }
}

export function imageKeySpki(name: string): Buffer {
  return createPublicKey(fixtureKeyPem(name)).export({ format: 'der', type: 'spki' });
}

/** Ports that verify for real: against `roots`, with the fixture's image keys. */
export function trustingPorts(roots: readonly string[] = ['root'], threshold = 1): Partial<ImportPorts> {
  const imageKeys = ['root-ec-p256', 'root-ed25519'].map(imageKeySpki);
  return {
    verifySignature: createSignatureVerifier(new TrustStore(new PinnedRoots(roots))),
    rulesFor: () => accept({ threshold, anchors: null, revocation: null, imageKeys }),
  };
}
