import { readFileSync } from 'node:fs';

const folder = new URL('../../../fixtures/trust/', import.meta.url);

export function fixtureFile(path: string): Buffer {
  return readFileSync(new URL(path, folder));
}

/** The DER of a certificate that make.sh made. */
export function certificate(name: string): Buffer {
  return pemBody(fixtureFile(`certs/${name}.pem`));
}

export function crl(name: string): Buffer {
  return pemBody(fixtureFile(`crls/${name}.pem`));
}

/** A private key, PEM. PUBLIC TEST KEYS. */
export function privateKeyPem(name: string): string {
  return fixtureFile(`keys/${name}.pem`).toString('latin1');
}

export function pemBody(pem: Uint8Array): Buffer {
  const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(Buffer.from(pem).toString('latin1'))?.[1];
  if (body === undefined) throw new Error('the fixture holds no PEM block');
  return Buffer.from(body, 'base64');
}
