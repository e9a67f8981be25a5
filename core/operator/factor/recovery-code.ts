import { sha256Hex } from '../../digest.ts';
import type { Sha256Hex } from '../../digest.ts';
import type { RandomBytes } from '../../ports.ts';
import { encodeBase32 } from './base32.ts';

/** How many an operator gets; each is good once. */
const RECOVERY_CODES = 8;
const GROUPS = 5;
const GROUP_CHARACTERS = 5;
/** 25 characters of Base32 are 125 bits. */
const RANDOM_LEN_BYTES = 16;

/**
 * New recovery codes: look-up secrets of 125 bits, in groups of five, without 0, 1, 8 and 9. NIST SP 800-63B-4 §3.1.2.2 asks for a slow, salted
 * hash only below 112 bits; above that SHA-256 is enough to store them by.
 */
export function makeRecoveryCodes(randomBytes: RandomBytes): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const text = encodeBase32(randomBytes(RANDOM_LEN_BYTES)).slice(0, GROUPS * GROUP_CHARACTERS);
    return Array.from({ length: GROUPS }, (_, group) =>
      text.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS),
    ).join('-');
  });
}

/** The hash of a code as somebody types it (with or without hyphens and spaces, in any case); null where it has not the form of one. */
export function hashRecoveryCode(typed: string): Sha256Hex | null {
  const text = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  if (text.length !== GROUPS * GROUP_CHARACTERS || !/^[A-Z2-7]+$/.test(text)) return null;
  return sha256Hex(Buffer.from(text, 'utf8'));
}
