import type { AuditEventDraft } from '../../audit/event.ts';
import { sha256Hex, type Sha256Hex } from '../../digest.ts';
import type { JsonObject } from '../../ports.ts';
import type { TrustApprover, TrustChange } from './change-statement.ts';
import type { SignedStatement, StoredProposal } from './repository.ts';
import type { VerifiedStep } from './verify-proposal.ts';

/** Who approved what, with which signature. */
export interface Adoption {
  readonly approver: TrustApprover;
  readonly approval: SignedStatement;
  readonly proposal: StoredProposal;
  readonly meaning: string;
}

/** An event of somebody's deed on what the station trusts. */
export function draftDeed(
  type: AuditEventDraft['type'],
  { id, username }: { readonly id: string; readonly username: string },
  data: JsonObject,
): AuditEventDraft {
  return { type, actor: { kind: 'operator', id, username }, outcome: 'done', subject: {}, data };
}

/** What the event of a package that came into force tells. */
export function describeAdoption(
  step: VerifiedStep,
  change: TrustChange,
  { approver, approval, proposal, meaning }: Adoption,
): JsonObject {
  return {
    ...changeAsJson(change),
    packageSha256: step.package.sha256,
    why: step.package.reason,
    threshold: step.package.threshold,
    products: [...step.package.products],
    signers: step.signers.map(({ fingerprintSha256 }) => fingerprintSha256),
    crlsTaken: step.crls.taken.length,
    crlsLeftOut: step.crls.leftOut,
    proposedBy: proposal.proposedBy.username,
    meaning,
    statementSha256: sha256Hex(Buffer.from(approval.statement, 'utf8')),
    signature: approval.signature,
    publicKeySha256: sha256Hex(approver.publicKey),
  };
}

/** REQ-OTA-SIG-06: a package tells a time that its signers vouch for, and so do its lists. */
export function timesOf({
  package: { issued, minimumTime },
  crls,
}: VerifiedStep): readonly { time: Date; by: string }[] {
  return [
    { time: issued > minimumTime ? issued : minimumTime, by: 'trust package' },
    ...crls.taken.map(({ thisUpdate }) => ({ time: thisUpdate, by: 'revocation list' })),
  ];
}

export function digestsOf({ steps }: Pick<StoredProposal, 'steps'>): Sha256Hex[] {
  return steps.map(({ sha256 }) => sha256);
}

export function changeAsJson(change: TrustChange): JsonObject {
  const { anchorsBefore, anchorsAfter, imageKeysBefore, imageKeysAfter, ...facts } = change;
  return {
    ...facts,
    anchorsBefore: [...anchorsBefore],
    anchorsAfter: [...anchorsAfter],
    imageKeysBefore: [...imageKeysBefore],
    imageKeysAfter: [...imageKeysAfter],
  };
}
