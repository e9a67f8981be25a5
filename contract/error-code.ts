import { auditErrors } from './error-code/audit.ts';
import { bundleErrors } from './error-code/bundle.ts';
import { deviceErrors } from './error-code/device.ts';
import { mcubootErrors } from './error-code/mcuboot.ts';
import { operatorErrors } from './error-code/operator.ts';
import { orderErrors } from './error-code/order.ts';
import { policyErrors } from './error-code/policy.ts';
import { reportErrors } from './error-code/report.ts';
import { scanErrors } from './error-code/scan.ts';
import { stationErrors } from './error-code/station.ts';
import { trustErrors } from './error-code/trust.ts';
import { updateErrors } from './error-code/update.ts';
import { windowErrors } from './error-code/window.ts';

/** Every code Drydock can refuse with → the check that it names. The union is closed: a new refusal is a new line here. */
export const errorCodes = {
  ...stationErrors,
  ...operatorErrors,
  ...trustErrors,
  ...bundleErrors,
  ...mcubootErrors,
  ...policyErrors,
  ...scanErrors,
  ...deviceErrors,
  ...updateErrors,
  ...orderErrors,
  ...auditErrors,
  ...reportErrors,
  ...windowErrors,
} as const;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
