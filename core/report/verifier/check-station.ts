import { createPublicKey, type KeyObject } from 'node:crypto';
import { refuse, type Result } from '../../../contract/result.ts';
import type { ReportStation } from '../../../contract/schema/report.ts';
import { verifyEd25519 } from '../../audit/verifier-key.ts';
import { sha256Hex } from '../../digest.ts';
import { found, type Finding } from './check-list.ts';

/** Reads a PEM public key; null where it is no Ed25519 key. */
export function readEd25519Key(pem: string): KeyObject | null {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    // node:crypto has no way to ask whether a text is a key but to throw.
    return null;
  }
}

/** SHA-256 of the key's SubjectPublicKeyInfo: what `openssl pkey -pubin -outform DER | openssl dgst -sha256` prints. */
export function fingerprintOf(key: KeyObject): string {
  return sha256Hex(key.export({ format: 'der', type: 'spki' }));
}

/** The station's detached Ed25519 signature is over the report's exact bytes, by the key that the report names. */
export function checkStationSignature(
  jsonBytes: Uint8Array,
  signature: Uint8Array,
  station: ReportStation,
): Result<Finding<KeyObject>> {
  const key = readEd25519Key(station.publicKeyPem);
  if (key === null)
    return refuse('report.signature-invalid', 'The station key that the report names is not an Ed25519 key.');
  if (fingerprintOf(key) !== station.publicKeySha256) {
    const reason = `The station key has the fingerprint ${fingerprintOf(key)}, but the report states ${station.publicKeySha256}.`;
    return refuse('report.signature-invalid', reason);
  }
  if (signature.length !== 64) {
    const reason = `The signature file has ${signature.length} bytes; an Ed25519 signature has 64.`;
    return refuse('report.signature-invalid', reason, { lenBytes: signature.length });
  }
  if (!verifyEd25519(key, jsonBytes, signature)) {
    return refuse(
      'report.signature-invalid',
      'The signature does not fit: the report was changed after it was signed, or another key signed it.',
    );
  }
  return found(`Signed by the station's key ${station.publicKeySha256}.`, key);
}

/** The report's station key is the one that the auditor trusts, given as PEM or as its SHA-256 in any usual spelling. */
export function checkStationKey(station: ReportStation, trusted: string): Result<Finding<true>> {
  const wanted = readTrustedFingerprint(trusted);
  if (wanted === null) {
    return refuse(
      'report.key-not-trusted',
      'The trusted station key is neither a PEM public key nor the 64 hexadecimal digits of its SHA-256.',
    );
  }
  if (wanted !== station.publicKeySha256) {
    const reason = `The report is signed by the station key ${station.publicKeySha256}, but the trusted key is ${wanted}.`;
    return refuse('report.key-not-trusted', reason, { seen: station.publicKeySha256, trusted: wanted });
  }
  return found(`The station key is the trusted one, ${wanted}.`, true);
}

function readTrustedFingerprint(trusted: string): string | null {
  if (trusted.includes('-----BEGIN')) {
    const key = readEd25519Key(trusted);
    return key === null ? null : fingerprintOf(key);
  }
  const hex = trusted
    .replace(/^SHA-?256[:=]/i, '')
    .replace(/[\s:]/g, '')
    .toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : null;
}
