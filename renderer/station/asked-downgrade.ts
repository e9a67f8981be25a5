/** What the bench asks an approver for: one unit's way back to an older release. */
export interface AskedDowngrade {
  readonly serial: string;
  /** Security counter that the unit has, and the one of the older release. */
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Empty where none stands on the bench. */
  readonly workOrder: string;
}

const mark = 'downgrade';

/** The part of a route that carries it, so that it outlives a reload. */
export function routeOfAsked({ serial, fromVersion, toVersion, workOrder }: AskedDowngrade): readonly string[] {
  return [mark, serial, String(fromVersion), String(toVersion), ...(workOrder === '' ? [] : [workOrder])];
}

/** Null where the route asks for none; it only fills in a form, which the approver reads and the station checks. */
export function askedOfRoute(rest: readonly string[]): AskedDowngrade | null {
  const [kind, serial, from = '', to = '', workOrder = ''] = rest;
  if (kind !== mark || serial === undefined || !/^\d{1,10}$/.test(from) || !/^\d{1,10}$/.test(to)) return null;
  return { serial, fromVersion: Number(from), toVersion: Number(to), workOrder };
}
