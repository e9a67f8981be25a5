import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { looksLikePem, type PemBlock, readPemBlocks } from './pem.ts';
import { type OpenedCredentials, openPkcs12 } from './pkcs12.ts';
import { parseCertificate } from './x509/certificate.ts';
import { sameBytes } from './x509/name.ts';

/** A private key with its certificate and whatever certificates came along. */
export interface SigningCredentials {
  readonly privateKey: KeyObject;
  readonly certificateDer: Uint8Array;
  readonly chainDer: readonly Uint8Array[];
}

export interface CredentialFiles {
  /** PEM with the private key and certificates in any order, or PKCS#12. */
  readonly file: Uint8Array;
  /** Certificates in a PEM file of their own, if they are not with the key. */
  readonly certificates?: Uint8Array;
  readonly password?: string;
}

/**
 * Opens the credentials that a bundle is signed with: `trust.credentials-unreadable` (also for a wrong password),
 * `trust.credentials-mismatch`, `trust.pem-malformed`, `trust.certificate-malformed`. The password never appears in a refusal.
 */
export function readSigningCredentials({ file, certificates, password }: CredentialFiles): Result<SigningCredentials> {
  const opened = looksLikePem(file) ? openPem(file, password) : openPkcs12(file, password ?? '');
  if (!opened.ok) return opened;
  const extra = certificates === undefined ? accept([]) : readPemBlocks(certificates);
  if (!extra.ok) return extra;
  return matchCertificate(opened.value.privateKey, [...opened.value.certificatesDer, ...certificatesOf(extra.value)]);
}

function openPem(file: Uint8Array, password: string | undefined): Result<OpenedCredentials> {
  const text = Buffer.from(file).toString('latin1');
  // Blocks with RFC 1421 headers (old encrypted keys) are not Base64 alone: Node reads the key, the rest is read without it.
  const keyPattern = /-----BEGIN ((?:ENCRYPTED |EC |RSA )?PRIVATE KEY)-----[^-]*-----END \1-----/g;
  const keys = text.match(keyPattern) ?? [];
  const [keyPem, ...otherKeys] = keys;
  if (keyPem === undefined || otherKeys.length > 0) {
    return refuse('trust.credentials-unreadable', `The PEM file holds ${keys.length} private keys instead of one.`);
  }
  const blocks = readPemBlocks(Buffer.from(text.replace(keyPattern, ''), 'latin1'));
  if (!blocks.ok) return blocks;
  const privateKey = importPrivateKey(keyPem, password);
  return privateKey.ok
    ? accept({ privateKey: privateKey.value, certificatesDer: certificatesOf(blocks.value) })
    : privateKey;
}

function importPrivateKey(pem: string, password: string | undefined): Result<KeyObject> {
  try {
    return accept(
      createPrivateKey({ key: pem, format: 'pem', ...(password === undefined ? {} : { passphrase: password }) }),
    );
  } catch {
    // The cause could quote the input: a secret.
    return refuse(
      'trust.credentials-unreadable',
      'The private key cannot be read: it is damaged, or the password is wrong or missing.',
    );
  }
}

function certificatesOf(blocks: readonly PemBlock[]): Uint8Array[] {
  return blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => der);
}

function matchCertificate(privateKey: KeyObject, certificatesDer: readonly Uint8Array[]): Result<SigningCredentials> {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  let own: Uint8Array | undefined;
  for (const der of certificatesDer) {
    const certificate = parseCertificate(der);
    if (!certificate.ok) return certificate;
    if (own === undefined && sameBytes(certificate.value.spkiDer, spki)) own = der;
  }
  if (own === undefined) return refuseMismatch(certificatesDer.length);
  return accept({ privateKey, certificateDer: own, chainDer: certificatesDer.filter((der) => der !== own) });
}

function refuseMismatch(count: number): Refusal {
  return refuse('trust.credentials-mismatch', `None of the ${count} certificates belongs to the private key.`, {
    certificates: count,
  });
}
