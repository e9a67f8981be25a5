import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { ZipPart } from './zip-bytes.ts';

const fixtures = new URL('../fixtures/mcuboot/', import.meta.url);

/** A real MCUboot image with security counter 7, made by OpenSSL (test/fixtures/mcuboot). */
export function mcubootFixture(name: string): Buffer {
  return readFileSync(new URL(`signed/${name}.bin`, fixtures));
}

export function fixtureKeyPem(name: string): string {
  return readFileSync(new URL(`keys/${name}.pem`, fixtures), 'utf8');
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** An entry of `images` for `data`; what is not given is plausible. */
export function imageFor(data: Uint8Array, changes: Partial<ManifestImage> = {}): ManifestImage {
  return {
    file: 'images/app.bin',
    version: 7,
    slot: 'application',
    len: data.length,
    hash: sha256Of(data),
    format: 'raw',
    sig: null,
    compat: ['vu-a'],
    ...changes,
  };
}

export function manifestFor(images: readonly ManifestImage[], changes: Partial<Manifest> = {}): Manifest {
  return {
    format: 'drydock-bundle/1',
    product: { id: 'drydock.virtual-unit', name: 'Virtual unit' },
    release: { name: '1.2.3', changeControl: 'ECO-4711' },
    issued: '2026-11-01T00:00:00Z',
    expires: '2027-11-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [...images],
    ...changes,
  };
}

/** The three kinds of parts of a bundle, ready for `zipBytes`. */
export function bundleParts(
  manifest: unknown,
  images: Readonly<Record<string, Uint8Array>>,
  signature: Uint8Array = Buffer.from('signed'),
): ZipPart[] {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest, null, 2);
  return [
    { name: 'manifest.json', data: Buffer.from(text) },
    { name: 'manifest.p7s', data: signature },
    ...Object.entries(images).map(([name, data]) => ({ name, data })),
  ];
}
