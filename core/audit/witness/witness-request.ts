import { accept, refuse, type Result } from '../../../contract/result.ts';
import { hashLenBytes, type MerkleHash } from '../merkle-tree.ts';
import { decodeBase64 } from '../strict-base64.ts';

/** What a log asks a witness with: its newest checkpoint, and the proof that it continues what the witness saw last. */
export interface WitnessRequest {
  /** Events of the log that the witness has cosigned already; 0 where it has seen none. */
  readonly oldSize: bigint;
  /** Consistency proof from `oldSize` to the checkpoint's size (RFC 6962 §2.1.2). */
  readonly proof: readonly MerkleHash[];
  /** The signed checkpoint, verbatim; nothing of it is read yet. */
  readonly note: Uint8Array;
}

/** Longest request that is read. */
export const maxRequestLenBytes = 64 * 1024;
/** C2SP tlog-witness: the client must not send more. */
const maxProofLines = 63;

/** The request as a file: the body that C2SP tlog-witness gives an `add-checkpoint` request. */
export function formatWitnessRequest({ oldSize, proof, note }: WitnessRequest): Uint8Array {
  const lines = [`old ${String(oldSize)}`, ...proof.map((hash) => Buffer.from(hash).toString('base64'))];
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), note]);
}

/** Reads a request, within bounds. Refuses with `audit.witness-request-malformed`. */
export function parseWitnessRequest(file: Uint8Array): Result<WitnessRequest> {
  if (file.length > maxRequestLenBytes) return refuseRequest(`it is longer than ${maxRequestLenBytes} bytes`);
  const bytes = Buffer.from(file);
  const split = bytes.indexOf('\n\n');
  if (split < 0) return refuseRequest('no checkpoint follows after an empty line');
  const [first = '', ...lines] = bytes.toString('latin1', 0, split).split('\n');
  const [, digits] = /^old (0|[1-9]\d{0,19})$/.exec(first) ?? [];
  if (digits === undefined) return refuseRequest('its first line does not read "old" and a number');
  if (lines.length > maxProofLines) return refuseRequest(`its proof has more than ${maxProofLines} hashes`);
  const proof: MerkleHash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== hashLenBytes) return refuseRequest(`one of its hashes is not ${hashLenBytes} bytes in base64`);
    proof.push(hash);
  }
  return accept({ oldSize: BigInt(digits), proof, note: bytes.subarray(split + 2) });
}

export function refuseRequest(why: string): Result<never> {
  return refuse('audit.witness-request-malformed', `The request for a cosignature cannot be read: ${why}.`);
}
