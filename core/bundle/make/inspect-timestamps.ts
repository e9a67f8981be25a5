import type { Refusal, Result } from '../../../contract/result.ts';
import type { SignerInfo } from '../../trust/cms/signed-data.ts';
import type { DerNode } from '../../trust/der/read-der.ts';
import { readStrictly } from '../../trust/der/read-strictly.ts';
import { type TimestampInput, verifyTimestamp } from '../../trust/timestamp/check-timestamps.ts';
import { readTimestampTokens } from '../../trust/timestamp/read-tokens.ts';
import { readTimestampToken } from '../../trust/timestamp/timestamp-token.ts';
import { readTstInfo } from '../../trust/timestamp/tst-info.ts';
import { describeName } from '../../trust/x509/name.ts';

/** A timestamp beside a signature: a claim, unless it was verified under a given root. */
export interface ClaimedTimestamp {
  /** What it says, UTC; null where it cannot be read. */
  readonly time: string | null;
  /** Subject of the certificate that it names as its authority's; null where it cannot be read, or does not bring that certificate. */
  readonly authority: string | null;
  /**
   * `not verified`: no root of an authority was given. `not pinned`: its authority leads to none of the given roots, so that a station which
   * pins those passes it over. `refused`: one of `findings` says why.
   */
  readonly verdict: 'not verified' | 'not pinned' | 'verified' | 'refused';
}

export interface InspectedTimestamps {
  readonly timestamps: readonly ClaimedTimestamp[];
  /** Why a station that pins the given roots refuses the file. */
  readonly findings: readonly Refusal[];
}

/** The signer's certificate is null where the file does not bring it: then no timestamp is judged. */
export type TimestampMaterial = Omit<TimestampInput, 'certificate' | 'tsaRootsDer'> & {
  readonly certificate: TimestampInput['certificate'] | null;
  readonly tsaRootsDer: readonly Uint8Array[];
};

/** The timestamps of one signer, each judged where `tsaRootsDer` has a root. Never throws. */
export function inspectTimestamps(info: SignerInfo, material: TimestampMaterial): InspectedTimestamps {
  const tokens = readTimestampTokens(info.unsignedAttributes);
  if (!tokens.ok) return { timestamps: [], findings: material.tsaRootsDer.length > 0 ? [tokens] : [] };
  const inspected = tokens.value.map((token) => {
    const verdict = judge(token, info, material);
    return { timestamp: { ...readClaim(token, material), verdict: nameOf(verdict) }, verdict };
  });
  return {
    timestamps: inspected.map(({ timestamp }) => timestamp),
    findings: inspected.flatMap(({ verdict }) => (verdict === null || verdict.ok ? [] : [verdict])),
  };
}

/** Null where nobody asked. */
function judge(token: DerNode, info: SignerInfo, { certificate, ...material }: TimestampMaterial) {
  if (certificate === null || material.tsaRootsDer.length === 0) return null;
  return verifyTimestamp(token, info.signature, { ...material, certificate });
}

function nameOf(verdict: ReturnType<typeof judge>): ClaimedTimestamp['verdict'] {
  if (verdict === null) return 'not verified';
  if (!verdict.ok) return 'refused';
  return verdict.value === 'not-pinned' ? 'not pinned' : 'verified';
}

function readClaim(
  node: DerNode,
  { otherCertificates, budget }: TimestampMaterial,
): Pick<ClaimedTimestamp, 'time' | 'authority'> {
  const token = readTimestampToken(node, otherCertificates, budget);
  if (!token.ok) return { time: null, authority: null };
  const { certificate, signedData } = token.value;
  const tstInfo: Result<{ readonly genTime: Date }> = readStrictly('trust.timestamp-malformed', 'The timestamp', () =>
    readTstInfo(signedData.content),
  );
  return {
    time: tstInfo.ok ? tstInfo.value.genTime.toISOString() : null,
    authority: describeName(certificate.subject),
  };
}
