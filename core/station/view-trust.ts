import type { Result } from '../../contract/result.ts';
import type { TrustChangeView, TrustExport, TrustOverview, TrustPackageView } from '../../contract/schema/trust.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../ports.ts';
import { toPem } from '../trust/pem.ts';
import type { AdoptedPackage } from '../trust/package/adopted-packages.ts';
import type { TrustChange } from '../trust/package/change-statement.ts';
import type { PackageAnchor, TrustPackage } from '../trust/package/read-package.ts';
import type { StoredPackage } from '../trust/package/repository.ts';
import type { TrustChanges } from '../trust/package/trust-changes.ts';
import type { VerifiedStep } from '../trust/package/verify-proposal.ts';
import type { StoredCrl } from '../trust/repository.ts';
import type { TrustStore } from '../trust/trust-store.ts';
import { parseCrl } from '../trust/x509/crl.ts';
import { viewAnchor, viewImageKey } from './handlers/trust-handlers.ts';

export interface OverviewSources {
  readonly clock: Clock;
  readonly trust: TrustStore;
  readonly trustChanges: TrustChanges;
  readonly log: Pick<AuditLog, 'list'>;
  readonly trustedNow: () => Result<Date>;
}

/** Everything that bears on what the station trusts; also where its clock is wrong, so that somebody can see why. */
export function viewOverview(sources: OverviewSources): TrustOverview {
  const { clock, trust, trustChanges, log, trustedNow } = sources;
  const now = clock.now();
  const trusted = trustedNow();
  const [raised] = log.list({ filter: { types: ['trust.time-floor-raised'], outcome: 'done' }, limit: 1 });
  return {
    packages: trust.packages().map(viewPackage),
    pinnedAnchors: trust.listAnchors().map(viewAnchor),
    pinnedImageKeys: trust.listImageKeys().map(viewImageKey),
    crls: trust.listCrls().map((list) => viewCrl(list, now)),
    proposals: trustChanges.pending(now).map(({ proposal, verified }) => ({
      family: proposal.family,
      sha256: proposal.sha256,
      proposedAt: proposal.proposedAt.toISOString(),
      proposedBy: proposal.proposedBy.username,
      change: verified.ok ? viewChange(verified.value.change) : null,
      package: verified.ok ? viewProposed(verified.value.steps) : null,
      refusal: verified.ok ? null : { code: verified.code, reason: verified.reason },
    })),
    clock: {
      now: now.toISOString(),
      floor: trust.timeFloor()?.toISOString() ?? null,
      floorRaisedBy: raised === undefined ? null : { by: nameOf(raised.data['by']), event: raised.seq },
      refusal: trusted.ok ? null : { code: trusted.code, reason: trusted.reason },
    },
  };
}

function viewCrl(
  { der, issuer, fingerprintSha256, thisUpdate, nextUpdate }: StoredCrl,
  now: Date,
): TrustOverview['crls'][number] {
  const read = parseCrl(der);
  return {
    issuer,
    fingerprintSha256,
    number: read.ok ? (read.value.crlNumber?.toString() ?? null) : null,
    thisUpdate: thisUpdate.toISOString(),
    nextUpdate: nextUpdate.toISOString(),
    isCurrent: nextUpdate >= now,
  };
}

/** The files of a package in force, and its anchors for other tools. */
export function exportPackage(stored: StoredPackage, { anchors }: TrustPackage): TrustExport {
  return {
    family: stored.family,
    version: stored.version,
    sha256: stored.sha256,
    document: Buffer.from(stored.document).toString('base64'),
    signature: Buffer.from(stored.signature).toString('base64'),
    anchors: anchors.map(({ label, purpose, fingerprintSha256, der }) => {
      return { label, purpose, fingerprintSha256, pem: toPem('CERTIFICATE', der) };
    }),
  };
}

export function viewChange(change: TrustChange): TrustChangeView {
  const { anchorsBefore, anchorsAfter, imageKeysBefore, imageKeysAfter, ...facts } = change;
  return {
    ...facts,
    anchorsBefore: [...anchorsBefore],
    anchorsAfter: [...anchorsAfter],
    imageKeysBefore: [...imageKeysBefore],
    imageKeysAfter: [...imageKeysAfter],
  };
}

export function viewPackageAnchor(anchor: PackageAnchor): TrustPackageView['anchors'][number] {
  const { fingerprintSha256, subject, label, purpose, products, notBefore, notAfter } = anchor;
  return {
    fingerprintSha256,
    subject,
    label,
    purpose,
    products: [...products],
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  };
}

function viewProposed(steps: readonly VerifiedStep[]): TrustOverview['proposals'][number]['package'] {
  const last = steps.at(-1)?.package;
  if (last === undefined) throw new Error('a proposal has a step');
  const { reason, products, anchors, imageKeys } = last;
  return {
    reason,
    products: [...products],
    anchors: anchors.map(viewPackageAnchor),
    imageKeys: imageKeys.map(viewPackageImageKey),
  };
}

function viewPackageImageKey({
  keySha256,
  algorithm,
  label,
  products,
}: AdoptedPackage['imageKeys'][number]): TrustPackageView['imageKeys'][number] {
  return { keySha256, algorithm, label, products: [...products] };
}

function viewPackage(from: AdoptedPackage): TrustPackageView {
  const { family, version, sha256, reason, threshold, adoptedBy } = from;
  return {
    family,
    version,
    sha256,
    issued: from.issued.toISOString(),
    minimumTime: from.minimumTime.toISOString(),
    reason,
    products: [...from.products],
    threshold,
    anchors: from.anchors.map(viewPackageAnchor),
    imageKeys: from.imageKeys.map(viewPackageImageKey),
    adoptedAt: from.adoptedAt.toISOString(),
    adoptedBy,
  };
}

function nameOf(source: unknown): string {
  return typeof source === 'string' ? source : 'unknown';
}
