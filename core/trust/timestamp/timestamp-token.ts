import { createHash } from 'node:crypto';
import { accept, refuse, type Refusal, RefusalError, type Result } from '../../../contract/result.ts';
import { checkSigningCertificate } from '../cms/check-signing-certificate.ts';
import { certificatesNamed, describeIdentifier } from '../cms/find-certificate.ts';
import { parseSignedAttributes } from '../cms/signed-attributes.ts';
import { type EncapsulatingSignedData, readEncapsulatingSignedData, type SignerInfo } from '../cms/signed-data.ts';
import { readSignerAlgorithms } from '../cms/signer-algorithm.ts';
import type { DerNode } from '../der/read-der.ts';
import { readStrictly, unwrap } from '../der/read-strictly.ts';
import { oid } from '../oid.ts';
import { verifySignature } from '../signature.ts';
import { readCertificate } from '../chain/chain-verifier.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import { checkAuthorityName, checkAuthorityPurpose } from './check-authority.ts';
import { readTstInfo, type TstInfo } from './tst-info.ts';

/** A TimeStampToken (RFC 3161 §2.4.2), its signer's certificate found, and nothing of it verified yet. */
export interface TimestampToken {
  readonly signedData: EncapsulatingSignedData;
  readonly signerInfo: SignerInfo;
  readonly certificate: Certificate;
  /** Certificates of the token that may help to build the authority's path. */
  readonly certificates: readonly Certificate[];
}

/**
 * Reads a token: `trust.timestamp-malformed`, `trust.timestamp-signer`, `trust.budget-exceeded`. Its signer's certificate may stand in the token or among
 * `otherCertificates`; the signer's identifier chooses it, so that certificates which anybody may have put in do not matter.
 */
export function readTimestampToken(
  node: DerNode,
  otherCertificates: readonly Certificate[],
  budget: WorkBudget,
): Result<TimestampToken> {
  return aboutTimestamp(() => {
    const signedData = readEncapsulatingSignedData(node, oid.tstInfo);
    const [signerInfo, ...otherSigners] = signedData.signerInfos;
    if (signerInfo === undefined || otherSigners.length > 0) {
      const reason = `The timestamp has ${signedData.signerInfos.length} signers instead of one (RFC 3161 §2.4.2).`;
      throw new RefusalError(refuse('trust.timestamp-signer', reason));
    }
    const certificates = signedData.certificatesDer.map((der) => readCertificate(der, budget));
    const certificate = unwrap(findSigner(signerInfo, [...certificates, ...otherCertificates]));
    return { signedData, signerInfo, certificate, certificates };
  });
}

function findSigner({ identifier }: SignerInfo, certificates: readonly Certificate[]): Result<Certificate> {
  const [match, ...others] = certificatesNamed(identifier, certificates);
  if (match !== undefined && others.length === 0) return accept(match);
  const found = match === undefined ? 'not there; ask for the timestamp with -cert' : 'there more than once';
  return refuse(
    'trust.timestamp-signer',
    `The certificate of the timestamp's signer (${describeIdentifier(identifier)}) is ${found}.`,
  );
}

/**
 * Everything about a token but its signer's path: that its signer is made for time-stamping, signed this TSTInfo, and that the TSTInfo is
 * about `signature`. Refuses with `trust.timestamp-…`, `trust.algorithm-refused` and `trust.budget-exceeded`.
 */
export function checkToken(token: TimestampToken, signature: Uint8Array, budget: WorkBudget): Result<TstInfo> {
  return aboutTimestamp(() => {
    const { certificate, signedData } = token;
    throwIf(checkAuthorityPurpose(certificate));
    throwIf(checkTokenSignature(token, budget));
    const tstInfo = readTstInfo(signedData.content);
    throwIf(checkAuthorityName(tstInfo.tsa, certificate));
    throwIf(checkImprint(tstInfo, signature));
    return tstInfo;
  });
}

function throwIf(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw new RefusalError(refusal);
}

/** Readers that serve signature files too name their own codes: here it is the timestamp that is wrong, not the signature. */
function aboutTimestamp<T>(read: () => T): Result<T> {
  const result = readStrictly('trust.timestamp-malformed', 'The timestamp', read);
  if (result.ok || result.code.startsWith('trust.timestamp-') || result.code === 'trust.budget-exceeded') return result;
  const code = result.code === 'trust.algorithm-refused' ? result.code : 'trust.timestamp-malformed';
  return refuse(code, `The timestamp is not usable: ${result.reason}`, { ...result.detail, cause: result.code });
}

/** RFC 5652 §5.6, with the signed attributes that RFC 3161 §2.4.2 demands. */
function checkTokenSignature(
  { signedData, signerInfo, certificate }: TimestampToken,
  budget: WorkBudget,
): Refusal | undefined {
  const name = describeName(certificate.subject);
  const attributes = unwrap(parseSignedAttributes(signerInfo.signedAttributes, oid.tstInfo));
  const { signedBytes, messageDigest, signingCertificate, signingCertificateV2, algorithmProtection } = attributes;

  // RFC 3161 §2.4.2, RFC 5816 §2.2.1: the certificate identifier is part of what is signed, so that no other certificate of the same key passes.
  if (signingCertificate === undefined && signingCertificateV2 === undefined) {
    return refuse(
      'trust.timestamp-signer',
      `The timestamp of "${name}" lacks the signing-certificate attribute (RFC 3161 §2.4.2).`,
    );
  }
  const mismatch = checkSigningCertificate(attributes, certificate);
  if (mismatch !== undefined) return { ...mismatch, code: 'trust.timestamp-signer' };

  const { digest, scheme } = unwrap(readSignerAlgorithms(signerInfo, algorithmProtection));
  budget.spend('signatures');
  budget.spend('signedBytes', signedData.content.length + signedBytes.length);
  const isSigned =
    sameBytes(createHash(digest).update(signedData.content).digest(), messageDigest) &&
    verifySignature(scheme, unwrap(certificate.publicKey), signedBytes, signerInfo.signature);
  return isSigned
    ? undefined
    : refuse('trust.timestamp-signature-invalid', `The timestamp does not carry a valid signature of "${name}".`);
}

/** Appendix A: the imprint is the digest of the signer's signature octets, so the timestamp can be of no other signature. */
function checkImprint({ imprint }: TstInfo, signature: Uint8Array): Refusal | undefined {
  if (sameBytes(createHash(imprint.digest).update(signature).digest(), imprint.octets)) return undefined;
  return refuse(
    'trust.timestamp-imprint',
    'The timestamp is of another signature than the one it stands beside (RFC 3161 appendix A).',
  );
}
