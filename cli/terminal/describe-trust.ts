import type { TrustOverview } from '../../contract/schema/trust.ts';
import { localTime, mark, shortDigest } from './style.ts';

/** What the station trusts, for a person. */
export function describeTrust(overview: TrustOverview): string {
  return [
    ...overview.packages.flatMap(describePackage),
    ...describePins(overview),
    ...describeCrls(overview.crls),
    ...overview.proposals.flatMap(describeProposal),
    ...describeClock(overview.clock),
  ].join('\n');
}

function describePackage(one: TrustOverview['packages'][number]): string[] {
  const { family, version, products, threshold, adoptedAt, reason, anchors, imageKeys, sha256 } = one;
  const bundleAnchors = anchors.filter(({ purpose }) => purpose === 'bundle').length;
  return [
    `${family}: version ${version} for ${products.join(', ')}, in force since ${localTime(adoptedAt)} (${reason})`,
    `  the next version needs ${threshold} of ${bundleAnchors} bundle anchors; SHA-256 ${shortDigest(sha256)}`,
    ...anchors.map(
      (anchor) =>
        `  ${shortDigest(anchor.fingerprintSha256)}  ${anchor.label}  (${anchor.subject}, ${anchor.purpose}) for ${anchor.products.join(', ')} from ${localTime(anchor.notBefore)} until ${localTime(anchor.notAfter)}`,
    ),
    ...imageKeys.map(
      (key) =>
        `  ${shortDigest(key.keySha256)}  ${key.label}  (image key, ${key.algorithm}) for ${key.products.join(', ')}`,
    ),
  ];
}

function describePins({ pinnedAnchors, pinnedImageKeys, packages }: TrustOverview): string[] {
  if (pinnedAnchors.length + pinnedImageKeys.length === 0)
    return packages.length === 0 ? ['Nothing is trusted: no bundle can be imported.'] : [];
  return [
    packages.length === 0 ? 'Pinned by hand' : 'Pinned by hand, for products that no package above covers',
    ...pinnedAnchors.map(
      (anchor) =>
        `  ${shortDigest(anchor.fingerprintSha256)}  ${anchor.label}  (${anchor.subject}) for ${anchor.products.join(', ')} until ${localTime(anchor.notAfter)}`,
    ),
    ...pinnedImageKeys.map(
      (key) =>
        `  ${shortDigest(key.keySha256)}  ${key.label}  (image key, ${key.algorithm}) for ${key.products.join(', ')}`,
    ),
  ];
}

function describeCrls(crls: TrustOverview['crls']): string[] {
  if (crls.length === 0) return [];
  return [
    'Revocation lists',
    ...crls.map(({ issuer, number, thisUpdate, nextUpdate, isCurrent }) => {
      const state = isCurrent ? `next update ${localTime(nextUpdate)}` : `OUT OF DATE since ${localTime(nextUpdate)}`;
      return `  ${issuer}, ${number === null ? 'number not known' : `number ${number}`}, of ${localTime(thisUpdate)}, ${state}`;
    }),
  ];
}

function describeProposal(one: TrustOverview['proposals'][number]): string[] {
  const { family, change, refusal, proposedBy, proposedAt, sha256 } = one;
  const what = change === null ? (refusal?.reason ?? '') : `version ${change.toVersion}`;
  return [
    `Waits for approval: ${family}, ${what}, proposed by ${proposedBy} on ${localTime(proposedAt)}`,
    `  ${sha256}`,
  ];
}

function describeClock({ floor, floorRaisedBy, refusal }: TrustOverview['clock']): string[] {
  const by = floorRaisedBy === null ? '' : ` (${floorRaisedBy.by}, audit event ${floorRaisedBy.event})`;
  return [
    ...(floor === null ? [] : [`No clock before ${localTime(floor)} is trusted${by}.`]),
    ...(refusal === null ? [] : [`${mark.refused()} ${refusal.reason}`]),
  ];
}
