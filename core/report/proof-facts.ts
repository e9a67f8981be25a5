import { parseCheckpoint } from '../audit/checkpoint.ts';
import { parseNote } from '../audit/signed-note.ts';

/** Stands in the PDF's information dictionary, uncompressed, before the SHA-256 of the JSON that the PDF was drawn from. */
export const jsonDigestKeyword = 'drydock-report-json-sha256=';

/** What a paper names beside the model: the log's head, and the JSON that this paper was made from. */
export interface ProofFacts {
  readonly treeSize: bigint;
  /** Hex. */
  readonly rootHash: string;
  readonly jsonSha256: string;
}

/** What the paper names of the log. Throws where the checkpoint is none: the builder checks it. */
export function readProofFacts(checkpointNote: string, jsonSha256: string): ProofFacts {
  const note = parseNote(Buffer.from(checkpointNote));
  if (!note.ok) throw new TypeError(note.reason);
  const checkpoint = parseCheckpoint(note.value.text);
  if (!checkpoint.ok) throw new TypeError(checkpoint.reason);
  return {
    treeSize: checkpoint.value.size,
    rootHash: Buffer.from(checkpoint.value.root).toString('hex'),
    jsonSha256,
  };
}
