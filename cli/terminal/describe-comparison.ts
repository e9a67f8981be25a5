import type {
  BundleComparison,
  ComponentComparison,
  ComponentLine,
  ImageChange,
  InstalledVersion,
  InstalledVersions,
} from '../../contract/schema/bundle-comparison.ts';
import { printable } from './printable.ts';
import { shortDigest } from './style.ts';

const MOST_COMPONENTS = 40;

const stepWords: Readonly<Record<InstalledVersion['step'], string>> = {
  raise: 'the bundle raises them',
  same: 'they run its version already',
  lower: 'the bundle is older: a downgrade',
  unclear: 'some images are above, some below',
};

/** What units of the product run, most of them first. */
export function describeInstalled({ versions, unknown, isWhole }: InstalledVersions): string[] {
  const lines = versions.map(({ version, bundle, units, atBench, step }) => {
    const from = bundle === null ? '' : `, release ${printable(bundle.release ?? shortDigest(bundle.digest))}`;
    return `  ${units} at version ${version}${from} (${atBench} at the bench): ${stepWords[step]}`;
  });
  const rest = [
    ...(versions.length === 0 && unknown === 0 ? ['  No unit of the product was updated at this station yet.'] : []),
    ...(unknown === 0 ? [] : [`  ${unknown} of which nobody knows what they run`]),
    ...(isWhole ? [] : ['  … only the first 500 units were looked at']),
  ];
  return ['Units of the product, as jobs of this station last found them:', ...lines, ...rest];
}

/** Images, hardware and documents that change. */
export function describeComparison(compared: BundleComparison): string[] {
  const { against, images, documents, hardwareAdded, hardwareRemoved, profilesChanged } = compared;
  return [
    `Against the bundle ${shortDigest(against)}:`,
    ...images.map((image) => `  image     ${describeImage(image)}`),
    ...(hardwareAdded.length === 0 ? [] : [`  hardware  new: ${hardwareAdded.join(', ')}`]),
    ...(hardwareRemoved.length === 0 ? [] : [`  hardware  no longer: ${hardwareRemoved.join(', ')}`]),
    ...(profilesChanged ? ['  profiles  the device profiles are other ones'] : []),
    ...documents.map(({ title, file, change }) => `  document  ${change.padEnd(8)} ${printable(title)} (${file})`),
  ];
}

function describeImage({ slot, hardware, from, to, isSame }: ImageChange): string {
  const where = `${slot} for ${hardware.join(', ')}`;
  if (from === null) return `${where}: new, version ${to?.version ?? '?'}`;
  if (to === null) return `${where}: not part of it any more`;
  if (isSame) return `${where}: version ${to.version}, the same image bit for bit`;
  const key = from.keySha256 === to.keySha256 ? '' : ', signed with another image key';
  return from.version === to.version
    ? `${where}: another image under the same version ${to.version}${key}`
    : `${where}: version ${from.version} becomes ${to.version}${key}`;
}

/** Components that change; without another bundle, how many there are. */
export function describeComponents({ hasSbom, againstHasSbom, lines, omitted, counts }: ComponentComparison): string[] {
  if (!hasSbom) return ['The bundle brings no SBOM.'];
  if (againstHasSbom === null) return [`The SBOM lists ${counts.listed} components.`];
  const { added, removed, version, licence, same } = counts;
  const without = againstHasSbom ? '' : ' (the other bundle brings no SBOM)';
  const changes = lines.filter(({ change }) => change !== 'same');
  const left = changes.length - MOST_COMPONENTS + omitted;
  return [
    `Components${without}: ${added} added, ${removed} removed, ${version} of another version, ${licence} of another licence, ${same} the same`,
    ...changes.slice(0, MOST_COMPONENTS).map((line) => `  ${line.change.padEnd(8)} ${describeComponent(line)}`),
    ...(changes.length > MOST_COMPONENTS ? [`  … and ${left} more; --json has up to 10 000`] : []),
  ];
}

function describeComponent({ name, from, to, change }: ComponentLine): string {
  const part = (side: ComponentLine['from']): string =>
    change === 'licence' ? (side?.licence ?? 'no licence stated') : (side?.version ?? 'no version stated');
  const sides = [from, to].filter((side) => side !== null).map((side) => printable(part(side)));
  return `${printable(name)}  ${sides.join(' → ')}`;
}
