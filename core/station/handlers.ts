import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Handlers } from './dispatch.ts';
import { createApprovalHandlers } from './handlers/approval-handlers.ts';
import { createAuditExportHandlers } from './handlers/audit-export-handlers.ts';
import { createAuditHandlers } from './handlers/audit-handlers.ts';
import { createBenchHandlers } from './handlers/bench-handlers.ts';
import { createBundleHandlers } from './handlers/bundle-handlers.ts';
import { createComparisonHandlers } from './handlers/comparison-handlers.ts';
import { confirmedKeys } from './handlers/cosigning.ts';
import { createCosigningHandlers } from './handlers/cosigning-handlers.ts';
import { createDocumentHandlers } from './handlers/document-handlers.ts';
import { createDeviceHandlers } from './handlers/device-handlers.ts';
import { createHistoryHandlers } from './handlers/history-handlers.ts';
import { createOperatorHandlers } from './handlers/operator-handlers.ts';
import { createOrderHandlers } from './handlers/order-handlers.ts';
import { createPolicyHandlers } from './handlers/policy-handlers.ts';
import { createReportHandlers } from './handlers/report-handlers.ts';
import { createScanHandlers } from './handlers/scan-handlers.ts';
import { createSettingsHandlers } from './handlers/settings-handlers.ts';
import { createSecondFactorHandlers } from './handlers/second-factor-handlers.ts';
import { createStationHandlers } from './handlers/station-handlers.ts';
import { createTrustHandlers } from './handlers/trust-handlers.ts';
import { createTrustPackageHandlers } from './handlers/trust-package-handlers.ts';
import { createUpdateHandlers } from './handlers/update-handlers.ts';
import { createWitnessHandlers } from './handlers/witness-handlers.ts';
import { witnessKeyOf } from '../audit/witness/witness-key.ts';
import { createRunningImageReader } from '../update/read-running-images.ts';
import type { People } from './people.ts';
import type { RoomContext } from './room-context.ts';
import type { Rulebook } from './rulebook.ts';
import type { Stock } from './stock.ts';
import type { Imports } from './imports.ts';
import type { LogVerifier } from '../audit/log-verifier.ts';
import type { HealthSources } from './health/check-health.ts';
import { stationVersion } from './version.ts';
import type { Workshop } from './workshop.ts';

export interface HandlerParts extends RoomContext {
  readonly people: People;
  readonly rulebook: Rulebook;
  readonly stock: Stock;
  readonly workshop: Workshop;
  readonly imports: Imports;
  readonly training: boolean;
  readonly health: HealthSources;
  readonly verifier: LogVerifier;
}

/** One handler for each operation of the contract; the type fails where one is missing. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { records, people, rulebook, stock, workshop, clock, randomBytes, training, resources, health, verifier } =
    parts;
  const { transact, log: audit, stationId, key, auditRepository: repository, witnesses } = records;
  const { bundles } = stock.importPorts;
  const auditDeps = { log: audit, repository, verifier, key: records.seal.verifierKey, transact };
  const cosigning = {
    ...auditDeps,
    clock,
    repository: witnesses,
    witnessKey: witnessKeyOf(key, stationId),
    trustedNow: stock.importPorts.trustedNow,
  };
  const defaultPolicy = readFileSync(join(resources, 'default-policy.json'));
  return {
    ...createStationHandlers({
      records,
      operators: people.operators,
      policies: rulebook.policies,
      training,
      defaultPolicy,
    }),
    ...createSettingsHandlers({ records, health }),
    ...createOperatorHandlers(people),
    ...createSecondFactorHandlers(people.secondFactors),
    ...createTrustHandlers({ ...stock, clock, sessions: people.sessions, transact, audit }),
    ...createTrustPackageHandlers({ ...stock, ...people, clock, log: audit, trustedNow: stock.importPorts.trustedNow }),
    ...createPolicyHandlers({ ...rulebook, ...people, stationId, trustedNow: stock.importPorts.trustedNow }),
    ...createApprovalHandlers({
      ...rulebook,
      ...people,
      bundles,
      stationId,
      randomBytes,
      trustedNow: stock.importPorts.trustedNow,
    }),
    ...createBundleHandlers({
      ports: stock.importPorts,
      trust: stock.trust,
      clock,
      randomBytes,
      imports: parts.imports,
      audit,
      resolvePlace: (typed) => workshop.map.resolve(typed),
      readUnitAt: createRunningImageReader({ clock, bench: workshop.bench, jobs: workshop.jobs }),
    }),
    ...createDocumentHandlers(stock.importPorts),
    ...createComparisonHandlers({
      ...stock.importPorts,
      history: workshop.history,
      benchSerials: async () => {
        const units = await workshop.scanner.list();
        return new Set(units.ok ? units.value.flatMap(({ serial }) => serial ?? []) : []);
      },
    }),
    ...createScanHandlers({ clock, resources }),
    ...createDeviceHandlers(workshop),
    ...createBenchHandlers(workshop),
    ...createHistoryHandlers({ ...workshop, policies: rulebook.repository }),
    ...createUpdateHandlers({ ...workshop, sessions: people.sessions }),
    ...createOrderHandlers({ orders: workshop.orders, map: workshop.map, sessions: people.sessions }),
    ...createAuditHandlers(auditDeps),
    ...createAuditExportHandlers({ ...auditDeps, confirmedWitnesses: () => confirmedKeys(witnesses, 'witness') }),
    ...createWitnessHandlers(cosigning),
    ...createCosigningHandlers(cosigning),
    ...createReportHandlers({
      clock,
      transact,
      key,
      log: audit,
      jobs: workshop.jobs,
      bundles,
      policies: rulebook.repository,
      training,
      station: () => ({ id: stationId, name: records.settings.get('name') ?? '', version: stationVersion }),
    }),
  };
}
