import { refuse, type Refusal, type Result } from '../../../contract/result.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import { fieldsOf, setOf } from '../der/der-fields.ts';
import { DerError, type DerNode } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readOid } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';
import { oid } from '../oid.ts';

const maxAttributes = 32;
const maxValues = 32;
/** CAdES allows several tokens of one signature (RFC 5126 §6.1.1): of several authorities. Each costs a path. */
const maxTokens = 4;
/** One for each of the most signers that a file may have: an attacker can copy a signer and add tokens to each copy. */
const maxTokensOfFile = 16;
/** Public authorities send 1 to 6 KB. */
const maxTokenLenBytes = 64 * 1024;

/**
 * The values of id-aa-timeStampToken among a signer's unsigned attributes (RFC 3161 appendix A), in whatever number of attributes they stand.
 * Refuses with `trust.timestamp-malformed` what is not a set of attributes, more than four, and a token above 64 KiB.
 */
export function readTimestampTokens(unsignedAttributes: DerNode | undefined): Result<readonly DerNode[]> {
  return readStrictly('trust.timestamp-malformed', 'The unsigned attributes', () =>
    unsignedAttributes === undefined ? [] : checkBounds(valuesOfTokens(unsignedAttributes)),
  );
}

function valuesOfTokens(node: DerNode): readonly DerNode[] {
  return setOf(node, 'the set of unsigned attributes', maxAttributes).flatMap((attribute) => {
    const fields = fieldsOf(attribute, 'an unsigned attribute');
    const type = readOid(fields.next(tag.oid, 'type'), 'an attribute type');
    const values = setOf(fields.next(tag.set, 'values'), `the attribute ${type}`, maxValues);
    fields.end();
    return type === oid.timeStampToken ? values : [];
  });
}

function checkBounds(tokens: readonly DerNode[]): readonly DerNode[] {
  if (tokens.length > maxTokens)
    throw new DerError(`a signer has ${tokens.length} timestamps, more than the ${maxTokens} allowed`);
  if (tokens.some(({ raw }) => raw.length > maxTokenLenBytes))
    throw new DerError(`a timestamp has more than ${maxTokenLenBytes} bytes`);
  return tokens;
}

/** Refuses more than 16 tokens in one file with `trust.budget-exceeded`, before any path is built; a malformed one is found later. */
export function checkTokenCount(signerInfos: readonly SignerInfo[]): Refusal | undefined {
  const tokens = signerInfos.flatMap(({ unsignedAttributes }) => {
    const read = readTimestampTokens(unsignedAttributes);
    return read.ok ? read.value : [];
  });
  if (tokens.length <= maxTokensOfFile) return undefined;
  return refuse(
    'trust.budget-exceeded',
    `The signature file holds ${tokens.length} timestamps, more than the ${maxTokensOfFile} allowed.`,
  );
}
