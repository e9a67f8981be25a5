import { accept } from '../../../contract/result.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { Answers } from './fake-bridge.ts';
import { operator, stationKey } from './sample-views.ts';

/** A bench without bundles, places or orders: what stands there is told by events. */
export const benchAnswers: Answers = {
  'bench.show': () => accept({ places: [], moved: null }),
  'bundle.list': () => accept([]),
  'approval.pending': () => accept({ pending: [], omitted: 0 }),
  'approval.state': () => accept([]),
};

/** The unit at a port of hub 1. */
export function unitAt(port: number): BenchUnit {
  return {
    position: `1-${port}`,
    profile: 'acme-pump',
    vendorId: 0x1209,
    productId: 1,
    serial: serialAt(port),
    mode: 'runtime',
    place: null,
    access: 'ok',
    accessHint: null,
    clones: [],
  };
}

function serialAt(port: number): string {
  return `PUMP-${2000 + port}`;
}

/** A job of the unit at a port that has ended, unless `rest` says otherwise; there is one for each port. */
export function jobAt(port: number, rest: Partial<UpdateJobView>): UpdateJobView {
  return {
    id: `0b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a${8000 + port}`,
    state: 'confirmed',
    bundleDigest: stationKey,
    imageHash: null,
    bootHash: null,
    bootHashBefore: null,
    position: `1-${port}`,
    training: false,
    product: 'acme.pump',
    serial: serialAt(port),
    hardware: '1.0',
    workOrder: 'WO-1',
    assetTag: null,
    udi: null,
    statedSerial: null,
    kind: 'install',
    versionBefore: 3,
    versionTarget: 4,
    versionAfter: 3,
    checks: [],
    selfTest: null,
    missingProtections: null,
    attention: null,
    policyDigest: null,
    puttingBack: false,
    seenOnTrial: false,
    staleSelfTest: false,
    actors: [],
    approvals: [],
    executedBy: operator,
    createdAt: '2026-11-29T08:00:01Z',
    endedAt: '2026-11-29T08:01:00Z',
    code: null,
    reason: null,
    ...rest,
  };
}

/** A standing order at each of so many ports. */
export function orderAt(ports: number, rest: Partial<StandingOrderView> = {}): StandingOrderView {
  return {
    id: '0b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a7001',
    positions: Array.from({ length: ports }, (_, index) => `1-${index + 1}`),
    bundleDigest: stationKey,
    kind: 'install',
    workOrder: 'WO-2026-11-0042',
    units: null,
    openedBy: operator,
    openedAt: '2026-11-29T08:00:00Z',
    endsAt: '2026-11-29T20:00:00Z',
    closedAt: null,
    end: null,
    started: [],
    ...rest,
  };
}
