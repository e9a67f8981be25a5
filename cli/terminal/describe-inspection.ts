import type { ImageDelta } from '../../contract/schema/bundle.ts';
import type { BundleInspection } from '../../core/bundle/make/inspect-bundle.ts';
import { groupedDigest, localTime, mark, paint, shortDigest } from './style.ts';

/** What a bundle says of itself, what was found, and last how far that goes: inspection never says that a station accepts. */
export function describeInspection(inspection: BundleInspection, imageKeysGiven: boolean): string {
  const { digest, entries, certificates, verifiedSigners, findings } = inspection;
  return [
    digest === null ? 'No manifest could be read.' : `digest ${groupedDigest(digest)}`,
    ...entries.map(({ name, lenBytes }) => `  ${name.padEnd(32)} ${lenBytes} bytes`),
    ...describeManifest(inspection),
    ...certificates.map(
      ({ subject, sha256, notAfter }) =>
        `brings the certificate of ${subject}, until ${localTime(notAfter)}  ${shortDigest(sha256)}`,
    ),
    ...verifiedSigners.map((subject) => `${mark.passed()} signed by ${subject}, under the root that you gave`),
    ...findings.map(({ code, reason }) => `${mark.refused()} ${reason}\n  ${paint('gray', code)}`),
    conclude(inspection, imageKeysGiven),
  ].join('\n');
}

function describeManifest({ manifest }: BundleInspection): string[] {
  if (manifest === null) return [];
  const { product, release, expires, images } = manifest;
  return [
    `says it is ${product.name} (${product.id}), release ${release.name}, expires ${localTime(expires)}`,
    ...images.flatMap((image) => [
      `  ${image.file}: version ${image.version} for ${image.compat.join(', ')}`,
      ...(image.delta ? [`    ${describeDelta(image.delta)}`] : []),
    ]),
  ];
}

function describeDelta({ len, base }: ImageDelta): string {
  const release = base.release === undefined ? '' : ` of release ${base.release}`;
  return `comes as a delta of ${len} bytes from the image${release} with SHA-256 ${base.hash} (${base.len} bytes)`;
}

function conclude({ findings, chainChecked, manifest }: BundleInspection, imageKeysGiven: boolean): string {
  if (findings.length > 0) return 'A station refuses it, and names the first of these.';
  const imagesAreSigned = manifest?.images.some(({ format, sig }) => format === 'mcuboot' || sig !== null) ?? false;
  const open = [
    ...(chainChecked ? [] : ['who signed it (--root)']),
    ...(imageKeysGiven || !imagesAreSigned ? [] : ['who signed its images (--image-key)']),
  ];
  if (manifest?.images.some(({ delta }) => delta !== undefined) === true) {
    open.push('what its deltas lead to (their bases are needed)');
  }
  if (open.length === 0)
    return `${mark.passed()} Nothing wrong was found, judged by the roots and image keys that you gave.`;
  return `${mark.warning()} Nothing wrong was found, but this was not checked: ${open.join('; ')}. A station checks it.`;
}
