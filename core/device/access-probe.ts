import type { UnitAccess } from '../../contract/schema/device.ts';

/** Whether a unit may be opened, and what to do where not. */
export interface AccessFinding {
  readonly access: UnitAccess;
  readonly hint: string | null;
}

/** A plugged-in unit, as far as its access is asked for. */
export interface ProbedUnit {
  readonly bus: string;
  readonly address: number;
  readonly position: string;
  /** As lsusb writes it. */
  readonly usbId: string;
  /** The interface that Drydock would claim. */
  readonly interfaceNumber: number;
}

/**
 * Finds out whether this account may open a unit, without opening it: to open one merely to see whether it can be opened would
 * disturb whoever works with it, another program too. Where the system shows nothing from outside, the answer is `unknown`, and
 * what the next real attempt finds is remembered for as long as the unit stays plugged in.
 */
export type AccessProbe = (unit: ProbedUnit) => AccessFinding;

export const unknownAccess: AccessFinding = { access: 'unknown', hint: null };

/** Units inside this process, which nothing stands before. */
export const grantAccess: AccessProbe = () => ({ access: 'ok', hint: null });
