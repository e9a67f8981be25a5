import { refuse, RefusalError, type Result } from '../../../contract/result.ts';
import { fieldsOf } from '../der/der-fields.ts';
import { DerError, type DerNode, readDer } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readSmallInteger } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';

const limits = { maxLenBytes: 64 * 1024, maxDepth: 32, maxNodes: 16_384 };
/** PKIStatus granted and grantedWithMods (RFC 3161 §2.4.2); every other one says that there is no token. */
const lastGrantedStatus = 1;

/**
 * The token in what an authority sent: a TimeStampResp (`.tsr`), or the bare token (`openssl ts -reply -token_out`). Refuses with
 * `trust.timestamp-malformed`, also where the authority refused.
 */
export function readTimestampResponse(bytes: Uint8Array): Result<DerNode> {
  return readStrictly('trust.timestamp-malformed', 'The timestamp file', () => {
    const node = readDer(bytes, limits);
    const [first] = node.children;
    return first?.tag === tag.oid ? node : readResponse(node);
  });
}

/** TimeStampResp (RFC 3161 §2.4.2). */
function readResponse(node: DerNode): DerNode {
  const fields = fieldsOf(node, 'the response');
  const status = readStatus(fields.next(tag.sequence, 'status'));
  const token = fields.optional(tag.sequence);
  fields.end();
  if (status > lastGrantedStatus) {
    const reason = `The time-stamping authority did not grant the timestamp (PKIStatus ${status}); ask it again.`;
    throw new RefusalError(refuse('trust.timestamp-malformed', reason, { status }));
  }
  if (token === undefined) throw new DerError('the response holds no token');
  return token;
}

function readStatus(node: DerNode): number {
  const fields = fieldsOf(node, 'the status');
  return readSmallInteger(fields.next(tag.integer, 'status'), 'the status');
}
