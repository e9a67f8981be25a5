import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { AuditActor } from '../../../contract/schema/audit.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import type { ReadRunningImages } from '../../bundle/delta/find-bases.ts';
import type { ImportPorts } from '../../bundle/import-ports.ts';
import type { BundleRecord } from '../../bundle/repository.ts';
import { requirePermission } from '../../operator/permission.ts';
import type { Clock, RandomBytes } from '../../ports.ts';
import { randomUuid } from '../../random-uuid.ts';
import type { TrustStore } from '../../trust/trust-store.ts';
import type { Handlers } from '../dispatch.ts';
import type { Imports } from '../imports.ts';

export interface BundleHandlerDeps {
  readonly ports: ImportPorts;
  readonly trust: TrustStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly imports: Imports;
  readonly audit: { append(draft: AuditEventDraft): unknown };
  /** The port path that a person means by a place's name or number. */
  readonly resolvePlace: (typed: string) => Result<string>;
  /** Reads running images from the unit at a bench position. */
  readonly readUnitAt: (position: string) => ReadRunningImages;
}

/** Bundles: import and its cancelling, list, show. */
export function createBundleHandlers({
  ports,
  trust,
  clock,
  randomBytes,
  imports,
  audit,
  resolvePlace,
  readUnitAt,
}: BundleHandlerDeps): Pick<Handlers, 'bundle.import' | 'bundle.cancel-import' | 'bundle.list' | 'bundle.show'> {
  /** REQ-OTA-SIG-06: the newest signed time that was verified is a time below which no clock is believed. */
  const raiseTimeFloor = (actor: AuditActor, bundle: BundleRecord): void =>
    ports.transact(() => {
      for (const { time, by } of signedTimes(bundle)) {
        const raised = trust.raiseTimeFloor(time, clock.now());
        if (raised === null) continue;
        const data = { to: raised.toISOString(), by };
        audit.append({ type: 'trust.time-floor-raised', actor, outcome: 'done', subject: {}, data });
      }
    });
  /** Whoever may not work on units may not take one out of operation either; the import then records that refusal as its own. */
  const readUnitFor =
    (operator: OperatorView, typed: string): ReadRunningImages =>
    (...ask) => {
      const allowed = requirePermission(operator, 'update.execute');
      const position = allowed.ok ? resolvePlace(typed) : allowed;
      return position.ok ? readUnitAt(position.value)(...ask) : Promise.resolve(position);
    };
  return {
    'bundle.import': async ({ path, basePosition = null, importId = randomUuid(randomBytes) }, { operator }) => {
      const actor = { kind: 'operator', id: operator.id, username: operator.username } as const;
      const unit = basePosition === null ? {} : { readUnit: readUnitFor(operator, basePosition) };
      const imported = await imports.run({
        importId,
        path,
        actor,
        ...unit,
        imported: ({ bundle }) => raiseTimeFloor(actor, bundle),
      });
      if (!imported.ok) return imported;
      return accept({ bundle: viewBundle(imported.value.bundle), alreadyPresent: imported.value.alreadyPresent });
    },
    'bundle.cancel-import': ({ importId }, { operator }) => {
      const cancelled = imports.cancel(importId, operator.id);
      return cancelled.ok ? accept({}) : cancelled;
    },
    'bundle.list': () => accept(ports.bundles.list().map(viewBundle)),
    'bundle.show': ({ digest }) => {
      const record = ports.bundles.get(digest);
      if (record === null) return refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`);
      return accept(viewBundle(record));
    },
  };
}

/** Times that a bundle vouches for. A timestamp is sure of its time less its accuracy; a signer's own signing-time is no proof. */
function signedTimes({ manifest, signers }: BundleRecord): readonly { readonly time: Date; readonly by: string }[] {
  const stamps = signers.flatMap(({ timestamp }) =>
    timestamp === undefined ? [] : [new Date(Date.parse(timestamp.time) - timestamp.accuracyMs)],
  );
  return [{ time: new Date(manifest.issued), by: 'manifest' }, ...stamps.map((time) => ({ time, by: 'timestamp' }))];
}

function viewBundle({ digest, manifest, signers, importedAt, importedBy }: BundleRecord): BundleView {
  return { digest, manifest, signers, importedAt, importedBy };
}
