import { makeCosignature } from '../cosignature.ts';
import { formatSignatureLine } from '../signed-note.ts';
import type { CheckedRequest } from './check-request.ts';
import type { WitnessKey } from './witness-key.ts';

/**
 * The checkpoint with the log's own signature and this witness's cosignature (C2SP tlog-cosignature, cosignature/v1); signatures of others that it
 * came with are left out. To be called only when the event of it is on the disk.
 */
export function cosignRequest(
  { text, logKey, logSignature }: CheckedRequest,
  { verifierKey, privateKey }: WitnessKey,
  at: Date,
): string {
  const cosignature = makeCosignature(text, BigInt(Math.floor(at.getTime() / 1000)), privateKey);
  return `${text}\n${formatSignatureLine(logKey, logSignature.bytes)}${formatSignatureLine(verifierKey, cosignature)}`;
}
