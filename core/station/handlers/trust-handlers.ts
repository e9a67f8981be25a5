import { accept } from '../../../contract/result.ts';
import type { AnchorView, ImageKeyView } from '../../../contract/schema/station.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Clock, Transact } from '../../ports.ts';
import { inspectTrustFile } from '../../trust/inspect-trust-file.ts';
import type { ImageKey, TrustAnchor } from '../../trust/repository.ts';
import type { ClockWatch } from '../../trust/time-floor.ts';
import type { TrustStore } from '../../trust/trust-store.ts';
import type { Caller, Handlers } from '../dispatch.ts';
import { readBoundedFile } from '../read-bounded-file.ts';

type TrustHandlers = Pick<
  Handlers,
  | 'trust.inspect'
  | 'trust.pin-anchor'
  | 'trust.pin-image-key'
  | 'trust.import-crl'
  | 'trust.remove-anchor'
  | 'trust.remove-image-key'
  | 'trust.accept-clock'
  | 'trust.list'
>;

export interface TrustHandlerDeps {
  readonly clock: Clock;
  readonly trust: TrustStore;
  readonly sessions: Sessions;
  readonly transact: Transact;
  readonly audit: { append(draft: AuditEventDraft): unknown };
  readonly clockWatch: () => ClockWatch | null;
}

/** A certificate or a key is far smaller. */
const MAX_TRUST_FILE_BYTES = 256 * 1024;
const MAX_CRL_BYTES = 16 * 1024 * 1024;

/** What the station trusts; each change and its event are one transaction. */
export function createTrustHandlers(deps: TrustHandlerDeps): TrustHandlers {
  const { clock, trust, sessions, transact, audit, clockWatch } = deps;
  const record = (type: AuditEventDraft['type'], { operator }: Caller, data: AuditEventDraft['data']) =>
    audit.append({
      type,
      actor: { kind: 'operator', id: operator.id, username: operator.username },
      outcome: 'done',
      subject: {},
      data,
    });
  const stamp = ({ operator }: Caller) => ({ addedAt: clock.now(), addedBy: operator.id });

  return {
    'trust.inspect': ({ path }) => {
      const file = readBoundedFile(path, MAX_TRUST_FILE_BYTES, 'The certificate or key');
      if (!file.ok) return file;
      return inspectTrustFile(file.value, clock.now(), {
        hasAnchor: (sha256) => trust.listAnchors().some(({ fingerprintSha256 }) => fingerprintSha256 === sha256),
        hasImageKey: (sha256) => trust.listImageKeys().some(({ keySha256 }) => keySha256 === sha256),
      });
    },
    'trust.pin-anchor': ({ certificate, ...scope }, caller) =>
      transact(() => {
        const pinned = trust.pinAnchor({ certificate: Buffer.from(certificate, 'utf8'), ...scope, ...stamp(caller) });
        if (!pinned.ok) return pinned;
        const { fingerprintSha256, subject, label, products } = pinned.value;
        record('trust.anchor-pinned', caller, { fingerprintSha256, subject, label, products: [...products] });
        return accept(viewAnchor(pinned.value));
      }),
    'trust.pin-image-key': ({ publicKey, ...scope }, caller) =>
      transact(() => {
        const pinned = trust.pinImageKey({ publicKey: Buffer.from(publicKey, 'utf8'), ...scope, ...stamp(caller) });
        if (!pinned.ok) return pinned;
        const { keySha256, algorithm, label, products } = pinned.value;
        record('trust.image-key-pinned', caller, { keySha256, algorithm, label, products: [...products] });
        return accept(viewImageKey(pinned.value));
      }),
    'trust.import-crl': ({ path }, caller) => {
      const file = readBoundedFile(path, MAX_CRL_BYTES, 'The revocation list');
      if (!file.ok) return file;
      return transact(() => {
        const taken = trust.importCrl({ file: file.value, ...stamp(caller) });
        if (!taken.ok) return taken;
        const { issuer, fingerprintSha256, thisUpdate, nextUpdate } = taken.value;
        record('trust.crl-imported', caller, { issuer, fingerprintSha256, nextUpdate: nextUpdate.toISOString() });
        const raised = trust.raiseTimeFloor(thisUpdate, clock.now());
        if (raised) record('trust.time-floor-raised', caller, { to: raised.toISOString(), by: 'revocation list' });
        return accept({ issuer, nextUpdate: nextUpdate.toISOString() });
      });
    },
    'trust.remove-anchor': ({ fingerprintSha256 }, caller) =>
      transact(() => {
        const removed = trust.removeAnchor(fingerprintSha256);
        if (!removed.ok) return removed;
        record('trust.anchor-removed', caller, { fingerprintSha256, subject: removed.value.subject });
        return accept(viewAnchor(removed.value));
      }),
    'trust.remove-image-key': ({ keySha256 }, caller) =>
      transact(() => {
        const removed = trust.removeImageKey(keySha256);
        if (!removed.ok) return removed;
        record('trust.image-key-removed', caller, { keySha256, label: removed.value.label });
        return accept(viewImageKey(removed.value));
      }),
    'trust.accept-clock': async ({ reason, password, code }, caller) => {
      const authority = await sessions.reauthenticate(caller.token, password, code);
      if (!authority.ok) return authority;
      const now = trust.checkClock(clock.now());
      if (!now.ok) return now;
      const jump = clockWatch()?.jump ?? null;
      const accepted = jump && { event: jump.seq, from: jump.from.toISOString(), to: jump.to.toISOString() };
      transact(() => record('trust.clock-accepted', caller, { reason, jump: accepted }));
      return accept({ now: now.value.toISOString() });
    },
    'trust.list': () =>
      accept({
        anchors: trust.bundleAnchors().map(viewAnchor),
        imageKeys: trust.imageKeys().map(viewImageKey),
        timeFloor: trust.timeFloor()?.toISOString() ?? null,
      }),
  };
}

export function viewAnchor({
  fingerprintSha256,
  subject,
  label,
  products,
  notAfter,
  addedAt,
}: TrustAnchor): AnchorView {
  return {
    fingerprintSha256,
    subject,
    label,
    products: [...products],
    notAfter: notAfter.toISOString(),
    addedAt: addedAt.toISOString(),
  };
}

export function viewImageKey({ keySha256, algorithm, label, products, addedAt }: ImageKey): ImageKeyView {
  return { keySha256, algorithm, label, products: [...products], addedAt: addedAt.toISOString() };
}
