import type { ImageDelta } from '../../contract/schema/bundle.ts';
import type { BundleInspection, ImageClaims } from '../../core/bundle/make/inspect-bundle.ts';
import type { ClaimedTimestamp } from '../../core/bundle/make/inspect-timestamps.ts';
import { describeDocument, describeSbom } from './describe-documents.ts';
import { describeBroughtProfile, describeMissing } from './describe-profiles.ts';
import { printable, printableLines } from './printable.ts';
import { groupedDigest, localTime, mark, paint, shortDigest } from './style.ts';

/** What a bundle says of itself, what was found, and last how far that goes: inspection never says that a station accepts. */
export function describeInspection(inspection: BundleInspection, imageKeysGiven: boolean): string {
  const { digest, entries, verifiedSigners, findings } = inspection;
  return [
    'This is what the file says of itself; none of it is verified where no line says so.',
    digest === null ? 'No manifest could be read.' : `digest ${groupedDigest(digest)}`,
    ...entries.map(({ name, lenBytes }) => `  ${name.padEnd(32)} ${lenBytes} bytes`),
    ...describeManifest(inspection),
    ...describeSignature(inspection),
    ...verifiedSigners.map((subject) => `${mark.passed()} signed by ${subject}, under the root that you gave`),
    ...findings.map(({ code, reason }) => `${mark.refused()} ${printable(reason)}\n  ${paint('gray', code)}`),
    conclude(inspection, imageKeysGiven),
  ].join('\n');
}

function describeManifest({ manifest, images, sboms, profiles }: BundleInspection): string[] {
  if (manifest === null) return [];
  const { product, release, issued, expires, documents = [] } = manifest;
  return [
    `says it is ${printable(product.name)} (${product.id}), release ${printable(release.name)}, change ${printable(release.changeControl)}`,
    `  issued ${localTime(issued)}, expires ${localTime(expires)}, for Drydock ${manifest.minStationVersion} or newer`,
    ...(release.notes === undefined ? [] : printableLines(release.notes).map((line) => `  notes: ${line}`)),
    ...manifest.images.flatMap((image) => [
      `  ${image.file}: version ${image.version} for ${image.compat.join(', ')}, slot ${image.slot}, ${image.format}`,
      ...(image.delta ? [`    ${describeDelta(image.delta)}`] : []),
      ...images.filter(({ file }) => file === image.file).map(({ mcuboot }) => `    ${describeMcuboot(mcuboot)}`),
    ]),
    ...documents.flatMap((document) => [
      `  document ${describeDocument(document)}`,
      ...sboms.filter(({ file }) => file === document.file).map(({ sbom }) => `    ${describeSbom(sbom)}`),
    ]),
    ...profiles.flatMap(({ file, profile }) => [...describeBroughtProfile(file, profile), ...describeMissing(profile)]),
  ];
}

function describeMcuboot(facts: ImageClaims['mcuboot']): string {
  const { version, securityCounter, hashes, signatures, dependencies, isPure, isEncrypted } = facts;
  return [
    `MCUboot ${version}`,
    securityCounter === null ? 'no security counter' : `security counter ${securityCounter}`,
    hashes.join(' and ') || 'no hash',
    signatures.length === 0 ? 'not signed' : `${signatures.join(' and ')} signature${isPure ? ' over the image' : ''}`,
    ...(isEncrypted ? ['encrypted'] : []),
    ...dependencies.map((dependency) => `needs ${dependency}`),
  ].join(', ');
}

function describeSignature({ certificates, claimedSigners }: BundleInspection): string[] {
  return [
    ...claimedSigners.flatMap(({ subject, algorithm, timestamps }) => [
      `names as signer ${subject ?? 'a certificate that it does not bring'} (${algorithm})`,
      ...timestamps.map((timestamp) => `  ${describeTimestamp(timestamp)}`),
    ]),
    ...certificates.map(
      ({ subject, issuer, key, sha256, notBefore, notAfter }) =>
        `brings the certificate of ${subject} (${key}) by ${issuer}, ${localTime(notBefore)} until ${localTime(notAfter)}  ${shortDigest(sha256)}`,
    ),
  ];
}

const timestampVerdicts: Readonly<Record<ClaimedTimestamp['verdict'], string>> = {
  'not verified': 'not verified',
  'not pinned': 'not verified: its authority is under none of the roots that you gave',
  verified: 'verified, under the root that you gave',
  refused: 'refused, see below',
};

function describeTimestamp({ time, authority, verdict }: ClaimedTimestamp): string {
  const sign = verdict === 'verified' ? `${mark.passed()} ` : verdict === 'refused' ? `${mark.refused()} ` : '';
  const when = time === null ? 'at a time that cannot be read' : localTime(time);
  return `${sign}stamped ${when} by ${authority ?? 'an authority that cannot be read'} (${timestampVerdicts[verdict]})`;
}

function describeDelta({ len, base }: ImageDelta): string {
  const release = base.release === undefined ? '' : ` of release ${base.release}`;
  return `comes as a delta of ${len} bytes from the image${release} with SHA-256 ${base.hash} (${base.len} bytes)`;
}

function conclude(
  { findings, chainChecked, claimedSigners, manifest }: BundleInspection,
  imageKeysGiven: boolean,
): string {
  if (findings.length > 0) return 'A station refuses it, and names the first of these.';
  const imagesAreSigned = manifest?.images.some(({ format, sig }) => format === 'mcuboot' || sig !== null) ?? false;
  const timestamps = claimedSigners.flatMap((signer) => signer.timestamps);
  const open = [
    ...(chainChecked ? [] : ['who signed it (--root)']),
    ...(timestamps.some(({ verdict }) => verdict === 'not verified') ? ['its timestamps (--tsa-root)'] : []),
    ...(imageKeysGiven || !imagesAreSigned ? [] : ['who signed its images (--image-key)']),
  ];
  if (manifest?.images.some(({ delta }) => delta !== undefined) === true) {
    open.push('what its deltas lead to (their bases are needed)');
  }
  if (open.length === 0)
    return `${mark.passed()} Nothing wrong was found, judged by the roots and image keys that you gave.`;
  return `${mark.warning()} Nothing wrong was found, but this was not checked: ${open.join('; ')}. A station checks it.`;
}
