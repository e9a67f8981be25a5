import { accept, refuse, RefusalError, type Result } from '../../contract/result.ts';
import type { ManifestProfile } from '../../contract/schema/bundle.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import type { BundleStore } from '../bundle/bundle-store.ts';
import { readStoredProfile } from '../bundle/profiles/stored-profiles.ts';
import type { BundleRecord, BundleRepository } from '../bundle/repository.ts';
import type { ProfileBook } from '../device/profile/profile-book.ts';
import type { ProfileOffer } from '../device/profile/profile-offer.ts';
import type { ProfilePin } from '../device/profile/profile-pin.ts';
import type { ProfileRegistry } from '../device/profile/profile-registry.ts';
import type { BundleSource, SourcedProfile } from '../device/profile/profile-source.ts';
import { settleOffers } from '../device/profile/settle-offers.ts';
import { found, type Finding } from '../update/check-list.ts';
import type { ProfileQuestion } from '../update/install-rules.ts';
import { checkBundleStanding, type StandingSources } from './bundle-standing.ts';

export interface BundleProfileSources extends StandingSources {
  /** The profiles that came with Drydock, and the station's own. */
  readonly base: ProfileRegistry;
  readonly bundles: BundleRepository;
  readonly store: BundleStore;
  /** Number of events in the audit log. */
  readonly logSize: () => number;
}

/** Longest time for which a look at the bench takes an answer of before; certificates and approvals expire without an event. */
const FRESH_MS = 10_000;

interface Answer {
  readonly logSize: number;
  readonly atMs: number;
  readonly wallMs: number;
  readonly registry: Promise<ProfileRegistry>;
}

/**
 * The profiles that count: Drydock's, the station's, and those of bundles that are approved and valid now. Nothing that decides this
 * changes without an event of the log, but for time and for what happens to the store behind the station's back: a look takes the last
 * answer where the log has not grown and little time has passed, and whoever opens a unit has everything asked anew.
 */
export class BundleProfiles implements ProfileBook {
  readonly #sources: BundleProfileSources;
  #answer: Answer | null = null;

  constructor(sources: BundleProfileSources) {
    this.#sources = sources;
  }

  now(): Promise<ProfileRegistry> {
    const { clock, logSize } = this.#sources;
    const known = this.#answer;
    if (known === null || known.logSize !== logSize()) return this.refresh();
    const ageMs = clock.monotonicMs() - known.atMs;
    const wallMs = clock.now().getTime() - known.wallMs;
    return ageMs < FRESH_MS && wallMs >= 0 && wallMs < FRESH_MS ? known.registry : this.refresh();
  }

  refresh(): Promise<ProfileRegistry> {
    const { clock, logSize } = this.#sources;
    const registry = this.#settle();
    const answer = { logSize: logSize(), atMs: clock.monotonicMs(), wallMs: clock.now().getTime(), registry };
    this.#answer = answer;
    // What failed is not remembered: whoever asks next is not told of an old fault.
    registry.catch(() => {
      if (this.#answer === answer) this.#answer = null;
    });
    return registry;
  }

  async load(pin: ProfilePin): Promise<Result<SourcedProfile>> {
    const { base, bundles, store } = this.#sources;
    if (pin.bundle === null) return base.load(pin);
    const record = bundles.get(pin.bundle);
    const listed = record?.manifest.profiles?.find(({ hash }) => hash === pin.sha256);
    if (record === null || listed === undefined) {
      const reason = `The station no longer has the bundle ${pin.bundle.slice(0, 8)} with the device profile ${pin.id} with which the job began; import that bundle again, then resume the job.`;
      return refuse('device.profile-lost', reason, { bundle: pin.bundle, sha256: pin.sha256 });
    }
    const profile = await readStoredProfile(listed, record.manifest.product.id, store);
    if (profile.ok) return accept({ profile: profile.value, source: sourceOf(record, listed) });
    const reason = `The job began with the device profile ${pin.id} of the bundle ${pin.bundle.slice(0, 8)}, whose stored bytes are no longer what they were: ${profile.reason} Import that bundle again, then resume the job; the unit is left as it is.`;
    return refuse(profile.code, reason, { ...profile.detail, profile: pin.id });
  }

  /** REQ-OTA-POL-01: a profile that a bundle brings counts on approvals of its own, which those who execute may not have signed alone. */
  async check({ pin, job, actor }: ProfileQuestion): Promise<Result<Finding<void>>> {
    const name = `the device profile ${pin.id} (${pin.sha256.slice(0, 8)}…)`;
    if (pin.source === 'shipped') return found(undefined, `The unit is driven by ${name}, which comes with Drydock.`);
    if (pin.source === 'station') return found(undefined, `The unit is driven by ${name}, this station's own.`);
    const { offers } = await this.refresh();
    const same = offers.filter(({ profile, source }) => profile?.id === pin.id && source.sha256 === pin.sha256);
    const executorIds: readonly OperatorId[] = [job.executedBy, ...job.actors, actor].map(({ id }) => id);
    let why = same.find(({ refusal }) => refusal !== null)?.refusal ?? null;
    for (const { source, refusal } of same) {
      // A newer one takes the place of none by which a unit is being worked on; that one's own bundle must count still.
      const isKept = refusal?.code === 'device.profile-superseded' && job.profile?.sha256 === pin.sha256;
      const record = refusal === null || isKept ? this.#sources.bundles.get(source.bundle.digest) : null;
      if (record === null) continue;
      const standing = await checkBundleStanding(record, executorIds, this.#sources);
      if (!standing.ok) {
        why = standing;
        continue;
      }
      const { statements, validUntil } = standing.value;
      const approvers = statements.map(({ operator, id }) => `${operator.printedName} (${id.slice(0, 8)}…)`).join(', ');
      const approved =
        statements.length === 0
          ? 'the policy requires no approval'
          : `approved by ${approvers}, valid until ${String(validUntil)}`;
      return found(
        undefined,
        `The unit is driven by ${name} of the bundle ${source.bundle.digest.slice(0, 8)}…: ${approved}.`,
      );
    }
    const reason = `The unit would be driven by ${name} of the bundle ${String(pin.bundle).slice(0, 8)}…, which does not count: ${why?.reason ?? 'the station no longer has it.'}`;
    return refuse('device.profile-not-in-force', reason, { bundle: pin.bundle, cause: why?.code ?? null });
  }

  async #settle(): Promise<ProfileRegistry> {
    const { base } = this.#sources;
    const records = this.#listRecords();
    if (records.length === 0) return base;
    const offers: ProfileOffer[] = [];
    for (const record of records) offers.push(...(await this.#listOffers(record)));
    return base.withOffers(settleOffers(base, offers));
  }

  /** A row that was tampered with speaks for no unit, and does not keep those from their work that need no bundle's profile. */
  #listRecords(): readonly BundleRecord[] {
    try {
      return this.#sources.bundles.listWithProfiles();
    } catch (error) {
      if (error instanceof RefusalError) return [];
      throw error;
    }
  }

  async #listOffers(record: BundleRecord): Promise<readonly ProfileOffer[]> {
    const product = record.manifest.product.id;
    const standing = await checkBundleStanding(record, [], this.#sources);
    const offers: ProfileOffer[] = [];
    for (const listed of record.manifest.profiles ?? []) {
      const profile = await readStoredProfile(listed, product, this.#sources.store);
      const refusal = !profile.ok ? profile : standing.ok ? null : standing;
      const validUntil = refusal === null && standing.ok ? standing.value.validUntil : null;
      offers.push({
        ...{ profile: profile.ok ? profile.value : null, product, refusal, validUntil },
        source: sourceOf(record, listed),
      });
    }
    return offers;
  }
}

function sourceOf({ digest, manifest }: BundleRecord, { file, hash }: ManifestProfile): BundleSource {
  const { release, issued } = manifest;
  return { kind: 'bundle', file, sha256: hash, bundle: { digest, release: release.name, issued } };
}
