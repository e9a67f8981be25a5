import { canonicalJson } from '../../canonical-json.ts';
import type { Sha256Hex } from '../../digest.ts';
import type { PackageAnchor, TrustPackage } from './read-package.ts';
import type { ProposalKind, SignedStatement } from './repository.ts';

/** Whoever has just entered the password again, and whose key signs once. */
export interface TrustApprover {
  readonly operator: { readonly id: string; readonly username: string; readonly printedName: string };
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  signOnce(message: Uint8Array): Uint8Array;
}

/** What is trusted of a family before and after, by fingerprint. */
export interface TrustChange {
  readonly family: string;
  readonly kind: ProposalKind;
  /** 0 where the family is new. */
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly anchorsBefore: readonly Sha256Hex[];
  readonly anchorsAfter: readonly Sha256Hex[];
  readonly imageKeysBefore: readonly Sha256Hex[];
  readonly imageKeysAfter: readonly Sha256Hex[];
}

export function describeChange(kind: ProposalKind, before: TrustPackage | null, after: TrustPackage): TrustChange {
  return {
    family: after.family,
    kind,
    fromVersion: before?.version ?? 0,
    toVersion: after.version,
    anchorsBefore: fingerprintsOf(before?.anchors ?? []),
    anchorsAfter: fingerprintsOf(after.anchors),
    imageKeysBefore: (before?.imageKeys ?? []).map(({ keySha256 }) => keySha256),
    imageKeysAfter: after.imageKeys.map(({ keySha256 }) => keySha256),
  };
}

/** The approval of a change of trust: who, when, what it means, and the packages by digest (21 CFR 11.50 (a)). */
export function signChange(
  approver: TrustApprover,
  change: TrustChange,
  facts: {
    readonly packages: readonly Sha256Hex[];
    readonly meaning: string;
    readonly station: string;
    readonly at: Date;
  },
): SignedStatement {
  const { id, username, printedName } = approver.operator;
  const statement = canonicalJson({
    format: 'drydock-trust-approval/1',
    ...change,
    packages: facts.packages,
    meaning: facts.meaning,
    operator: { id, username, printedName },
    signedAt: facts.at.toISOString(),
    station: facts.station,
  });
  const signature = approver.signOnce(Buffer.from(statement, 'utf8'));
  return {
    statement,
    signature: Buffer.from(signature).toString('base64'),
    publicKey: Buffer.from(approver.publicKey).toString('base64'),
  };
}

function fingerprintsOf(anchors: readonly PackageAnchor[]): Sha256Hex[] {
  return anchors.map(({ fingerprintSha256 }) => fingerprintSha256);
}
