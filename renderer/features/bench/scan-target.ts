import type { ScanReading } from '../../../contract/schema/scan.ts';
import type { scanErrors } from '../../../contract/error-code/scan.ts';
import { faultOf } from './work-order.ts';

/** The field that has the focus, where it is one that a scan can be for. */
export type ScanAim = 'work-order' | 'asset-tag' | 'udi' | null;

/** A unit as a scan can mean it. */
export interface ScannedUnit {
  readonly position: string;
  /** As the unit itself gave it; null where nothing stands there or it gives none. */
  readonly serial: string | null;
  /** Its job is open: what stands on the job's papers stays. */
  readonly isBusy: boolean;
  /** The device identifier that was scanned for it before; null where there was none. */
  readonly deviceIdentifier: string | null;
}

/** The bench at the moment of a scan. */
export interface ScanScene {
  readonly aim: ScanAim;
  readonly workOrder: string;
  /** The unit whose card has the focus, or whose details are open. */
  readonly current: ScannedUnit | null;
  /** Its details are open: a person has this one unit in hand. */
  readonly isOpen: boolean;
  readonly units: readonly ScannedUnit[];
}

export type ScanRefusal = Extract<
  keyof typeof scanErrors,
  | 'scan.serial-differs'
  | 'scan.serial-not-here'
  | 'scan.serial-twice'
  | 'scan.product-differs'
  | 'scan.no-unit-chosen'
  | 'scan.unit-busy'
  | 'scan.text-unfit'
>;

/** What a scan does. */
export type ScanDeed =
  | { readonly does: 'work-order'; readonly text: string }
  | { readonly does: 'asset-tag' | 'udi'; readonly at: ScannedUnit; readonly text: string }
  /** The code names a unit and nothing that belongs on its papers. */
  | { readonly does: 'go'; readonly at: ScannedUnit }
  /** Digits that only look like a GS1 code: a person says what they are. */
  | { readonly does: 'ask' }
  | {
      readonly does: 'refuse';
      readonly code: ScanRefusal;
      /** What the code says, and what it was held against; `at` the unit that is meant. */
      readonly said: string;
      readonly found: string;
      readonly at: ScannedUnit | null;
    };

/**
 * What a scanned code does on the bench. A label with a serial number goes to the unit that has it, and is refused for any other; a text that is
 * no label is the work order where none is there or its field has the focus, and otherwise the asset tag of the chosen unit.
 */
export function aimScan(reading: ScanReading, scene: ScanScene): ScanDeed {
  if (reading.kind !== 'plain') return reading.marked ? aimLabel(reading, scene) : { does: 'ask' };
  const { text } = reading;
  const { aim, current, isOpen, workOrder, units } = scene;
  if (aim !== 'asset-tag' && aim !== 'udi' && units.some(({ serial }) => serial === text))
    return aimSerial(text, scene);
  if (faultOf(text) !== null) return refuseWith('scan.text-unfit', text, '', current);
  const isOrder = aim === 'work-order' || (!isOpen && workOrder.trim() === '');
  if (isOrder || current === null) return { does: 'work-order', text };
  if (current.isBusy) return refuseWith('scan.unit-busy', text, '', current);
  return { does: aim === 'udi' ? 'udi' : 'asset-tag', at: current, text };
}

function aimLabel({ fields, udi }: ScanReading, scene: ScanScene): ScanDeed {
  const { serial, deviceIdentifier } = fields;
  const found: ScanDeed =
    serial !== null
      ? aimSerial(serial, scene)
      : scene.current !== null
        ? { does: 'go', at: scene.current }
        : refuseWith('scan.no-unit-chosen', deviceIdentifier ?? '', '', null);
  if (found.does !== 'go' || udi === null) return found;
  const { at } = found;
  if (at.isBusy) return refuseWith('scan.unit-busy', udi, '', at);
  const before = at.deviceIdentifier;
  if (before !== null && deviceIdentifier !== null && before !== deviceIdentifier)
    return refuseWith('scan.product-differs', deviceIdentifier, before, at);
  return { does: 'udi', at, text: udi };
}

/** The unit with a serial number. A person who has another one in hand is told so, wherever the right one stands. */
function aimSerial(serial: string, { current, isOpen, units }: ScanScene): ScanDeed {
  if (current?.serial === serial) return { does: 'go', at: current };
  const [match, ...others] = units.filter((unit) => unit.serial === serial);
  if (current?.serial != null && (isOpen || match === undefined))
    return refuseWith('scan.serial-differs', serial, current.serial, current);
  if (match === undefined) return refuseWith('scan.serial-not-here', serial, '', null);
  return others.length > 0 ? refuseWith('scan.serial-twice', serial, '', match) : { does: 'go', at: match };
}

function refuseWith(code: ScanRefusal, said: string, found: string, at: ScannedUnit | null): ScanDeed {
  return { does: 'refuse', code, said, found, at };
}
