import { refuse, type Refusal, type Result } from '../../../contract/result.ts';
import { cmsLimits, parseSignedData, type SignerInfo } from '../cms/signed-data.ts';
import { DerError, type DerNode, readDer } from '../der/read-der.ts';
import { readStrictly, unwrap } from '../der/read-strictly.ts';
import { contextConstructed, tag } from '../der/tag.ts';
import { writeDer, writeOid, writeSequence, writeSetOf } from '../der/write-der.ts';
import { oid } from '../oid.ts';
import { WorkBudget } from '../work-budget.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { readTimestampResponse } from './read-response.ts';
import { readTimestampTokens } from './read-tokens.ts';
import { checkToken, readTimestampToken } from './timestamp-token.ts';

/**
 * Puts a timestamp (a `.tsr` response or a bare token) beside the signature that it is about, whichever signer's that is, into a detached
 * signature file. What was signed stays byte for byte. The token must hold but for its authority's path: whom they trust is the stations'
 * affair. Refuses as `parseSignedData`, with `trust.timestamp-…` and `trust.algorithm-refused`.
 */
export function attachTimestamp(cms: Uint8Array, response: Uint8Array): Result<Buffer> {
  return readStrictly('trust.cms-malformed', 'The signature file', () => {
    const { signerInfos, certificatesDer } = unwrap(parseSignedData(cms));
    const certificates = certificatesDer.map((der) => unwrap(parseCertificate(der)));
    const token = unwrap(readTimestampResponse(response));
    const stamped = putToken(readDer(cms, cmsLimits), unwrap(findStamped(token, signerInfos, certificates)), token);
    for (const { unsignedAttributes } of unwrap(parseSignedData(stamped)).signerInfos)
      unwrap(readTimestampTokens(unsignedAttributes));
    return stamped;
  });
}

/** The place of the signer whose signature the token is about. */
function findStamped(
  tokenNode: DerNode,
  signerInfos: readonly SignerInfo[],
  certificates: readonly Certificate[],
): Result<number> {
  const budget = new WorkBudget();
  const token = readTimestampToken(tokenNode, certificates, budget);
  if (!token.ok) return token;
  let refusal: Refusal = refuse('trust.timestamp-imprint', 'The signature file has no signer.');
  for (const [i, { signature }] of signerInfos.entries()) {
    const checked = checkToken(token.value, signature, budget);
    if (checked.ok) return { ok: true, value: i };
    refusal = checked;
  }
  return refusal;
}

/** The file anew from its own slices: the one signer gets an unsigned attribute, and the set of signers is sorted again. */
function putToken(root: DerNode, place: number, token: DerNode): Buffer {
  const [type, wrapped] = root.children;
  const fields = wrapped?.children[0]?.children ?? [];
  const infos = fields.at(-1)?.children ?? [];
  const chosen = infos[place];
  if (type === undefined || chosen === undefined) throw new DerError('it has no such signer');
  const signers = infos.map((info) => (info === chosen ? withToken(chosen, token) : info.raw));
  const signedData = writeSequence(...fields.slice(0, -1).map(({ raw }) => raw), writeSetOf(signers));
  return writeSequence(type.raw, writeDer(contextConstructed(0), signedData));
}

function withToken({ children }: DerNode, token: DerNode): Buffer {
  const unsigned = children.find((field) => field.tag === contextConstructed(1));
  const attribute = writeSequence(writeOid(oid.timeStampToken), writeSetOf([token.raw], tag.set));
  const attributes = [...(unsigned?.children ?? []).map(({ raw }) => raw), attribute];
  const signed = children.filter((field) => field !== unsigned).map(({ raw }) => raw);
  return writeSequence(...signed, writeSetOf(attributes, contextConstructed(1)));
}
