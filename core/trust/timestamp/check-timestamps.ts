import { accept, refuse, type Refusal, type Result } from '../../../contract/result.ts';
import type { Sha256Hex } from '../../digest.ts';
import { ChainVerifier, defaultMaxDepth, type PathCertificate } from '../chain/chain-verifier.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import type { DerNode } from '../der/read-der.ts';
import { catchRefusal } from '../der/read-strictly.ts';
import { oid } from '../oid.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import { describeName } from '../x509/name.ts';
import { readTimestampTokens } from './read-tokens.ts';
import { checkToken, readTimestampToken } from './timestamp-token.ts';
import type { TstInfo } from './tst-info.ts';

/** What a pinned authority says of a signature: it existed at `time`, give or take `accuracyMs`. */
export interface VerifiedTimestamp {
  readonly time: Date;
  readonly accuracyMs: number;
  readonly tsaSubject: string;
  readonly tsaFingerprintSha256: Sha256Hex;
  /** Of the token, hexadecimal. */
  readonly serial: string;
  /** OID of the policy under which it was issued. */
  readonly policy: string;
  /** Authority first, trust anchor last. */
  readonly path: readonly PathCertificate[];
}

/** What holds for the timestamps of every signer of a file. */
export interface TimestampRules {
  readonly tsaRootsDer?: readonly Uint8Array[];
  readonly requireTimestamp?: boolean;
  readonly crlsDer: readonly Uint8Array[];
  readonly at: Date;
  /** Shared with the signers' own paths. */
  readonly budget: WorkBudget;
}

export interface TimestampInput extends TimestampRules {
  /** The certificate of the signer whose signature was stamped. */
  readonly certificate: Certificate;
  /** Certificates beside the signature; they may help to build the authority's path. */
  readonly otherCertificates: readonly Certificate[];
}

/**
 * The timestamp of a signer (RFC 3161 appendix A), the earliest where several verify; undefined where there is none that counts.
 *
 * A token is an unsigned attribute: whoever holds the file can add, replace or remove it. So
 * - its absence proves nothing and refuses only where the caller demands one (`trust.timestamp-missing`);
 * - one whose signer does not lead to a pinned authority is as good as absent. One file serves many stations, and what one of them pins
 *   must not turn a file of another authority's customers away; to pass off a token as a stranger's gains no more than to remove it;
 * - any other that fails refuses the file. It claims a pinned authority and is broken, misplaced or forged: to go on silently would
 *   record that nothing was there. To refuse gives no attacker anything who could not spoil the file in a simpler way;
 * - it never makes anything valid. Signer and authority are judged at `at`, the station's time; an expired signer stays expired however
 *   early it was stamped. What a timestamp gives is knowledge: the signature existed by then, and the present is not before it.
 */
export function checkTimestamps(info: SignerInfo, input: TimestampInput): Result<VerifiedTimestamp | undefined> {
  const { tsaRootsDer = [], requireTimestamp = false } = input;
  const found: VerifiedTimestamp[] = [];
  if (tsaRootsDer.length > 0) {
    const tokens = readTimestampTokens(info.unsignedAttributes);
    if (!tokens.ok) return tokens;
    for (const token of tokens.value) {
      const timestamp = verifyTimestamp(token, info.signature, { ...input, tsaRootsDer });
      if (!timestamp.ok) return timestamp;
      if (timestamp.value !== 'not-pinned') found.push(timestamp.value);
    }
  }
  const [earliest] = found.toSorted((a, b) => a.time.getTime() - b.time.getTime());
  if (earliest === undefined && requireTimestamp) {
    return refuse(
      'trust.timestamp-missing',
      `The signature of "${describeName(input.certificate.subject)}" carries no timestamp of a pinned authority; one is demanded.`,
    );
  }
  return accept(earliest);
}

/** As for a bundle's signer, but for the purpose. A policy that demands CRLs speaks of the signers' CAs. */
const authorityRules = {
  eku: oid.timeStamping,
  maxDepth: defaultMaxDepth,
  requireEku: true,
  requireKu: true,
  allowCaLeaf: false,
  requireCrl: false,
  maxCrlAgeMs: undefined,
};

/**
 * One token over `signature`. The path comes first: what is not a pinned authority's is not judged any further (`not-pinned`). Refuses with
 * `trust.timestamp-…`, `trust.algorithm-refused` and `trust.budget-exceeded`.
 */
export function verifyTimestamp(
  node: DerNode,
  signature: Uint8Array,
  input: TimestampInput & { readonly tsaRootsDer: readonly Uint8Array[] },
): Result<VerifiedTimestamp | 'not-pinned'> {
  const token = readTimestampToken(node, input.otherCertificates, input.budget);
  if (!token.ok) return token;
  const { certificate, certificates, signedData } = token.value;
  const material = {
    intermediates: [...certificates, ...input.otherCertificates].filter(
      (other) => other.fingerprintSha256 !== certificate.fingerprintSha256,
    ),
    rootsDer: input.tsaRootsDer,
    crlsDer: [...input.crlsDer, ...signedData.crlsDer],
  };
  const rules = { ...authorityRules, at: input.at };
  const chain = catchRefusal(() => new ChainVerifier(material, rules, input.budget).verify(certificate));
  if (!chain.ok && chain.code === 'trust.budget-exceeded') return chain;
  if (!chain.ok && chain.code === 'trust.no-path') return accept('not-pinned');
  const name = describeName(certificate.subject);
  if (!chain.ok) {
    const code = chain.code === 'trust.extended-key-usage' ? 'trust.timestamp-purpose' : 'trust.timestamp-authority';
    return refuse(code, `The timestamp of "${name}" does not count: ${chain.reason}`, {
      ...chain.detail,
      cause: chain.code,
    });
  }
  const tstInfo = checkToken(token.value, signature, input.budget);
  if (!tstInfo.ok) return tstInfo;
  const early = checkTime(tstInfo.value, certificate, input);
  if (early !== undefined) return early;
  const { genTime, accuracyMs, serial, policy } = tstInfo.value;
  return accept({
    time: genTime,
    accuracyMs,
    tsaSubject: name,
    tsaFingerprintSha256: certificate.fingerprintSha256,
    serial,
    policy,
    path: chain.path,
  });
}

/**
 * The time is no later than `at` by more than its accuracy, and both the authority and the signer were valid then. The second is more than
 * the path's own check at `at` says: it refuses a stamp from before either certificate was issued.
 */
function checkTime(
  { genTime, accuracyMs }: TstInfo,
  authority: Certificate,
  { at, certificate: signer }: TimestampInput,
): Refusal | undefined {
  const stamped = genTime.toISOString();
  const detail = { genTime: stamped, at: at.toISOString(), accuracyMs };
  if (genTime.getTime() - accuracyMs > at.getTime()) {
    const reason = `The timestamp says ${stamped}, which is after the station's clock (${at.toISOString()}); check date and time.`;
    return refuse('trust.timestamp-time', reason, detail);
  }
  const outside = [authority, signer].find(({ notBefore, notAfter }) => genTime < notBefore || genTime > notAfter);
  if (outside === undefined) return undefined;
  return refuse(
    'trust.timestamp-time',
    `The timestamp says ${stamped}, when the certificate "${describeName(outside.subject)}" was not valid.`,
    { ...detail, fingerprintSha256: outside.fingerprintSha256 },
  );
}
