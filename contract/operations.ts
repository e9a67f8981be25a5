import type * as v from 'valibot';
import { approvalOperations } from './operations/approval.ts';
import { auditOperations } from './operations/audit.ts';
import { benchOperations } from './operations/bench.ts';
import { bundleOperations } from './operations/bundle.ts';
import { deviceOperations } from './operations/device.ts';
import { operatorOperations } from './operations/operator.ts';
import { orderOperations } from './operations/order.ts';
import { policyOperations } from './operations/policy.ts';
import { reportOperations } from './operations/report.ts';
import { scanOperations } from './operations/scan.ts';
import { secondFactorOperations } from './operations/second-factor.ts';
import { stationOperations } from './operations/station.ts';
import { trustOperations } from './operations/trust.ts';
import { unitOperations } from './operations/unit.ts';
import { updateOperations } from './operations/update.ts';
import { witnessOperations } from './operations/witness.ts';
import type { OperationTable } from './operations/operation.ts';

export type { Access } from './operations/operation.ts';

/** The operations room by room. */
export const operationTables = [
  stationOperations,
  operatorOperations,
  secondFactorOperations,
  trustOperations,
  policyOperations,
  bundleOperations,
  approvalOperations,
  scanOperations,
  deviceOperations,
  benchOperations,
  updateOperations,
  unitOperations,
  orderOperations,
  auditOperations,
  witnessOperations,
  reportOperations,
] as const satisfies readonly OperationTable[];

/**
 * THE contract: operation → who may call it, what goes in, what comes out. The window, the command line and the tests call
 * nothing else, and the core's one choke point parses both sides (REQ-OTA-OPR-02). Paths are given by the shell that asked a
 * person for them, never by the renderer.
 */
export const operations = {
  ...stationOperations,
  ...operatorOperations,
  ...secondFactorOperations,
  ...trustOperations,
  ...policyOperations,
  ...bundleOperations,
  ...approvalOperations,
  ...scanOperations,
  ...deviceOperations,
  ...benchOperations,
  ...updateOperations,
  ...unitOperations,
  ...orderOperations,
  ...auditOperations,
  ...witnessOperations,
  ...reportOperations,
} as const satisfies OperationTable;

export type OperationName = keyof typeof operations;
export type OperationInput<N extends OperationName> = v.InferOutput<(typeof operations)[N]['input']>;
export type OperationOutput<N extends OperationName> = v.InferOutput<(typeof operations)[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
