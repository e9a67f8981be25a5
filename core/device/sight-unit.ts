import type { BenchUnit } from '../../contract/schema/device.ts';
import type { Refusal } from '../../contract/result.ts';
import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import { hintAtAccess } from './access-hint.ts';
import { unknownAccess, type AccessFinding, type AccessProbe } from './access-probe.ts';
import type { QuirkName } from './dfu/quirk.ts';
import { readSerialText } from './dfu/serial-text.ts';
import { toPosition } from './position.ts';
import type { UsbModes } from './profile/fields.ts';
import type { ProfileRegistry } from './profile/profile-registry.ts';
import type { SourcedProfile } from './profile/profile-source.ts';
import { formatUsbId, listClaims, type ProfileClaim } from './profile/usb-claims.ts';
import type { UsbDeviceHandle } from './usb-backend.ts';

const HUB_CLASS = 0x09;

/** A unit as it stands on the bus at this moment. */
export interface SightedUnit {
  readonly unit: BenchUnit;
  readonly device: UsbDeviceHandle;
  /** The one profile that claims its USB id; null where none does, or several do. */
  readonly claim: ProfileClaim | null;
  readonly candidates: readonly ProfileClaim[];
  /** Why no profile claims it, where bundles bring some that may be for it. */
  readonly withheld: Refusal | null;
  /** Changes each time that the unit leaves the bus and comes back, also where it comes back looking the same. */
  readonly sighting: string;
}

export interface Sight {
  readonly registry: ProfileRegistry;
  /** By which profile the unit at a position is held at the moment, whatever becomes of the registry. */
  readonly pins: ReadonlyMap<string, SourcedProfile>;
  readonly probeAccess: AccessProbe;
  readonly placeAt: (position: string) => PlaceLabel | null;
  /** How often a unit left each position. */
  readonly departures: ReadonlyMap<string, number>;
  /** What the last attempt to open a unit found, by sighting. */
  readonly opened: ReadonlyMap<string, AccessFinding>;
}

/** Describes one device of the bus; null for hubs and for what stands on no port. Getters of the `usb` package may throw. */
export function sightUnit(device: UsbDeviceHandle, sight: Sight): SightedUnit | null {
  const position = toPosition(device);
  if (position === null || device.deviceClass === HUB_CLASS) return null;
  const { vendorId, productId, address, bus } = device;
  const candidates = listCandidates(position, formatUsbId(vendorId, productId), sight);
  const [only, ...others] = candidates;
  const claim = others.length === 0 ? (only ?? null) : null;
  const withheld = candidates.length === 0 ? sight.registry.explain(vendorId, productId) : null;
  const sighting = `${position}/${sight.departures.get(position) ?? 0}/${address}/${vendorId}:${productId}`;
  const { access, hint } = findAccess(
    candidates[0] ?? null,
    { bus, address, position, sighting, vendorId, productId },
    sight,
  );
  return {
    device,
    claim,
    candidates,
    withheld,
    sighting,
    unit: {
      position,
      profile: claim?.profile.id ?? null,
      vendorId,
      productId,
      serial: readSerial(device, candidates),
      mode: claim?.mode ?? null,
      place: sight.placeAt(position),
      access,
      accessHint: hint,
      ...(withheld === null ? {} : { profileNote: clip(withheld.reason) }),
      clones: [],
    },
  };
}

/** A unit that a job holds keeps the profile it began with: also where that has ceased to count since. */
function listCandidates(position: string, usbId: string, { registry, pins }: Sight): readonly ProfileClaim[] {
  const pinned = pins.get(position);
  const claim = pinned && listClaims(pinned).find((one) => one.usbId === usbId);
  return claim === undefined ? registry.candidatesOf(usbId) : [claim];
}

const LONGEST_NOTE = 1024;

function clip(note: string): string {
  return note.length <= LONGEST_NOTE ? note : `${note.slice(0, LONGEST_NOTE - 1).toWellFormed()}…`;
}

/** What an attempt found, as the hint that a person needs. */
export function describeAttempt(
  code: 'ok' | 'device.access-denied' | 'device.interface-busy',
  platform: NodeJS.Platform,
  usbId: string,
): AccessFinding {
  switch (code) {
    case 'ok':
      return { access: 'ok', hint: null };
    case 'device.access-denied':
      return { access: 'denied', hint: hintAtAccess(platform, usbId) };
    case 'device.interface-busy':
      return {
        access: 'driver',
        hint: 'A driver or another program holds the interface of the unit; close that program.',
      };
  }
}

/**
 * Equal serials within one kind of unit: clones, or a vendor's mistake. Each is worked on at its own position, and named to
 * people. Units that no profile knows are compared by their USB id.
 */
export function markClones(seen: readonly SightedUnit[]): readonly SightedUnit[] {
  const kindOf = ({ unit }: SightedUnit): string => unit.profile ?? formatUsbId(unit.vendorId, unit.productId);
  const positions = new Map<string, string[]>();
  for (const sighted of seen) {
    const key = `${kindOf(sighted)}/${sighted.unit.serial ?? ''}`;
    positions.set(key, [...(positions.get(key) ?? []), sighted.unit.position]);
  }
  return seen.map((sighted) => {
    const { unit } = sighted;
    if (unit.serial === null) return sighted;
    const equal = positions.get(`${kindOf(sighted)}/${unit.serial}`) ?? [];
    return { ...sighted, unit: { ...unit, clones: equal.filter((position) => position !== unit.position).sort() } };
  });
}

interface Standing {
  readonly bus: string;
  readonly address: number;
  readonly position: string;
  readonly sighting: string;
  readonly vendorId: number;
  readonly productId: number;
}

/** Only of units that Drydock would open: nobody needs a hint at a keyboard. */
function findAccess(claim: ProfileClaim | null, standing: Standing, sight: Sight): AccessFinding {
  if (claim === null) return unknownAccess;
  const { bus, address, position, sighting, vendorId, productId } = standing;
  const modes: UsbModes = claim.profile.usb;
  const usbId = formatUsbId(vendorId, productId);
  const interfaceNumber = modes[claim.mode ?? 'dfu']?.interface ?? 0;
  const probed = sight.probeAccess({ bus, address, position, usbId, interfaceNumber });
  return probed.access === 'unknown' ? (sight.opened.get(sighting) ?? probed) : probed;
}

/** The unit's own word, shown to people and compared: printable ASCII of a sane length, or none. */
function readSerial(device: UsbDeviceHandle, candidates: readonly ProfileClaim[]): string | null {
  try {
    return readSerialText(device.serialNumber, serialQuirks(candidates));
  } catch {
    // Unplugged between the listing and this question.
    return null;
  }
}

/**
 * A unit's boot loader has its own way to write a serial number down, its application another. Where several profiles claim the
 * id of a ROM, what all of them say of it holds.
 */
function serialQuirks(candidates: readonly ProfileClaim[]): ReadonlySet<QuirkName> {
  const [first, ...others] = candidates.filter(({ mode }) => mode !== 'runtime');
  if (first === undefined || others.length + 1 < candidates.length) return new Set();
  const isSharedBy = (quirk: QuirkName): boolean => others.every(({ profile }) => profile.quirks.includes(quirk));
  return new Set(first.profile.quirks.filter(isSharedBy));
}
