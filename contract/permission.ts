import * as v from 'valibot';

/** Every right there is. An operation of the contract names exactly one of these; the core checks it (REQ-OTA-OPR-02). */
export const Permission = v.picklist([
  'station.read',
  'station.manage',
  'operator.manage',
  'trust.manage',
  'trust.approve',
  'policy.manage',
  'bundle.import',
  'bundle.read',
  'approval.sign',
  'device.read',
  'bench.manage',
  'update.execute',
  'update.read',
  'audit.read',
  'audit.export',
  'report.export',
]);
export type Permission = v.InferOutput<typeof Permission>;
