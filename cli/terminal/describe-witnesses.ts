import type { CosignatureView, NoteKey, WitnessState } from '../../contract/schema/witness.ts';
import { printable } from './printable.ts';
import { groupedDigest, localTime, mark, paint } from './style.ts';

/** All about cosigning at this station, own keys first. */
export function describeWitnesses({
  ownLogKey,
  ownWitnessKey,
  keys,
  witnessed,
  cosignatures,
  logSize,
}: WitnessState): string {
  return [
    'This station',
    ...describeKey(ownLogKey),
    ...describeKey(ownWitnessKey),
    keys.length > 0 ? 'Keys confirmed here' : 'No key is confirmed here. Confirm one with: drydock audit confirm-key',
    ...keys.flatMap(describeKey),
    ...(witnessed.length > 0 ? ['Cosigned here'] : []),
    ...witnessed.map(
      ({ origin, size, cosignedAt }) => `  ${printable(origin)}: ${size} events, ${localTime(cosignedAt)}`,
    ),
    cosignatures.length > 0 ? 'Cosignatures of this log' : 'Nobody has cosigned this log yet.',
    ...cosignatures.map((cosignature) => `  ${describeCosignature(cosignature, logSize)}`),
  ].join('\n');
}

function describeKey({ kind, name, keySha256 }: NoteKey): readonly string[] {
  return [`  ${kind.padEnd(7)} ${printable(name)}`, `          SHA-256 ${groupedDigest(keySha256)}`];
}

function describeCosignature({ name, at, size, fault }: CosignatureView, logSize: number): string {
  const time = at === null ? 'at an impossible time' : localTime(at);
  const cosigned = `by ${printable(name)}, ${time}; covers ${size} of ${logSize} events`;
  if (fault === null) return `${mark.passed()} ${cosigned}`;
  return `${mark.refused()} ${cosigned}. ${printable(fault.reason)}  ${paint('gray', fault.code)}`;
}
