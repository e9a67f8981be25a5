import { refuse, type Refusal } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';

const maxTypedLength = 256;

/**
 * Compares a fingerprint that a person typed with the file's SHA-256, regardless of case, spaces, colons, dashes and a leading "SHA256":
 * `trust.fingerprint-malformed`, `trust.fingerprint-mismatch`. What was typed came on another way than the file, so it is the check.
 */
export function checkTypedFingerprint(typed: string, actual: Sha256Hex): Refusal | undefined {
  const digits =
    typed.length > maxTypedLength
      ? ''
      : typed
          .trim()
          .replace(/^sha-?256(?: fingerprint)?\s*[:=]/i, '')
          .replace(/[\s:.-]/g, '')
          .toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits)) {
    return refuse(
      'trust.fingerprint-malformed',
      `The typed fingerprint is not a SHA-256: it has ${digits.length} digits where 64 hexadecimal digits are needed.`,
    );
  }
  if (digits === actual) return undefined;
  return refuse(
    'trust.fingerprint-mismatch',
    "The typed fingerprint is not this file's: do not use the file before its owner has confirmed it.",
    {
      actual,
      typed: digits,
    },
  );
}
