import { accept, refuse } from '../../../contract/result.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { AuditActor } from '../../../contract/schema/audit.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { importBundle } from '../../bundle/import-bundle.ts';
import type { ImportPorts } from '../../bundle/import-ports.ts';
import type { BundleRecord } from '../../bundle/repository.ts';
import type { Clock } from '../../ports.ts';
import type { TrustStore } from '../../trust/trust-store.ts';
import type { Handlers } from '../dispatch.ts';

export interface BundleHandlerDeps {
  readonly ports: ImportPorts;
  readonly trust: TrustStore;
  readonly clock: Clock;
  readonly audit: { append(draft: AuditEventDraft): unknown };
}

/** Bundles: import, list, show. */
export function createBundleHandlers({
  ports,
  trust,
  clock,
  audit,
}: BundleHandlerDeps): Pick<Handlers, 'bundle.import' | 'bundle.list' | 'bundle.show'> {
  /** REQ-OTA-SIG-06: the newest signed time that was verified is a time below which no clock is believed. */
  const raiseTimeFloor = (actor: AuditActor, issued: Date): void =>
    ports.transact(() => {
      const raised = trust.raiseTimeFloor(issued, clock.now());
      if (raised === null) return;
      audit.append({
        type: 'trust.time-floor-raised',
        actor,
        outcome: 'done',
        subject: {},
        data: { to: raised.toISOString(), by: 'manifest' },
      });
    });
  return {
    'bundle.import': async ({ path }, { operator }) => {
      const actor = { kind: 'operator', id: operator.id, username: operator.username } as const;
      const imported = await importBundle({ path, actor }, ports);
      if (!imported.ok) return imported;
      raiseTimeFloor(actor, new Date(imported.value.bundle.manifest.issued));
      return accept({ bundle: viewBundle(imported.value.bundle), alreadyPresent: imported.value.alreadyPresent });
    },
    'bundle.list': () => accept(ports.bundles.list().map(viewBundle)),
    'bundle.show': ({ digest }) => {
      const record = ports.bundles.get(digest);
      if (record === null) return refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`);
      return accept(viewBundle(record));
    },
  };
}

function viewBundle({ digest, manifest, signers, importedAt, importedBy }: BundleRecord): BundleView {
  return { digest, manifest, signers, importedAt, importedBy };
}
