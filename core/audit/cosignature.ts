import { sign, type KeyObject } from 'node:crypto';
import { verifyEd25519 } from './verifier-key.ts';

const timestampLenBytes = 8;
const maxTimestamp = 2n ** 63n - 1n;

/**
 * A witness's Ed25519 signature over a checkpoint's text: the time (64 bits, POSIX seconds) and the signature that covers
 * both (C2SP tlog-cosignature, cosignature/v1). It says: the largest tree of this log that the witness had seen by then.
 */
export function makeCosignature(checkpointText: string, timeSeconds: bigint, privateKey: KeyObject): Uint8Array {
  const timestamp = Buffer.alloc(timestampLenBytes);
  timestamp.writeBigUInt64BE(timeSeconds);
  return Buffer.concat([timestamp, sign(null, signedMessage(checkpointText, timeSeconds), privateKey)]);
}

/** The time at which the witness signed, in POSIX seconds, or null where the signature is not its own. */
export function verifyCosignature(
  checkpointText: string,
  cosignature: Uint8Array,
  publicKey: KeyObject,
): bigint | null {
  const bytes = Buffer.from(cosignature);
  if (bytes.length <= timestampLenBytes) return null;
  const timeSeconds = bytes.readBigUInt64BE();
  if (timeSeconds > maxTimestamp) return null;
  const message = signedMessage(checkpointText, timeSeconds);
  return verifyEd25519(publicKey, message, bytes.subarray(timestampLenBytes)) ? timeSeconds : null;
}

/** A witness may claim any time of 63 bits, also one that is none of the calendar: null. */
export function timeOf(seconds: bigint): string | null {
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function signedMessage(checkpointText: string, timeSeconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${String(timeSeconds)}\n${checkpointText}`);
}
