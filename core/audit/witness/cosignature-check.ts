import * as v from 'valibot';
import type { AuditEvent, CosignatureSummary } from '../../../contract/schema/audit.ts';
import { NoteKeyKind } from '../../../contract/schema/witness.ts';
import type { Findings } from '../findings.ts';
import { MerkleFrontier } from '../merkle-frontier.ts';
import type { MerkleHash } from '../merkle-tree.ts';
import type { AuditRepository } from '../repository.ts';
import type { VerifierKey } from '../verifier-key.ts';
import { checkKeptCosignature } from './kept-cosignature.ts';
import type { ConfirmedKey, CosignatureId, KeptCosignature, WitnessRepository } from './repository.ts';

export interface CosignedHistory {
  readonly repository: Pick<AuditRepository, 'event' | 'node'>;
  readonly witnesses: Pick<WitnessRepository, 'keys' | 'cosignatureIds' | 'cosignature'>;
  /** The log's own key. */
  readonly key: VerifierKey;
}

/** What the log itself says of a key or a cosignature: in which event, and which key was confirmed then; null where none was. */
interface Recorded {
  readonly seq: number;
  readonly verifierKey: string | null;
}

/** A cosignature, without its note. */
type KeptUnder = Pick<KeptCosignature, 'witness' | 'size' | 'verifierKey'>;

const KeyData = v.object({ kind: NoteKeyKind, name: v.string(), verifierKey: v.string() });
const CosignatureData = v.object({ witness: v.string(), size: v.number() });

/** Rows per turn of the event loop: two signatures each, some ten milliseconds in all. */
const pageLength = 20;

/**
 * Holds a log whose events and nodes were just read against every cosignature that is kept of it, and the tables of witnesses against what the
 * events say of them. It sees the tables as they were when it began, hence as the events up to there tell; memory grows by a line for each row.
 */
export class CosignatureCheck {
  readonly #history: CosignedHistory;
  readonly #findings: Findings;
  readonly #keyEvents = new Map<string, Recorded>();
  readonly #cosignatureEvents = new Map<string, Recorded & CosignatureId>();
  readonly #verified = new Map<string, KeptUnder>();
  readonly #contradictedBy = new Set<string>();
  #logSize = 0;
  #keys: readonly ConfirmedKey[] = [];
  #ids: readonly CosignatureId[] = [];
  #pending: CosignatureId[] = [];
  #uncounted = 0;

  constructor(history: CosignedHistory, findings: Findings) {
    this.#history = history;
    this.#findings = findings;
  }

  /** Begins to check a log of `logSize` events: what was verified before stays so. */
  begin(logSize: number): void {
    const { witnesses } = this.#history;
    this.#logSize = logSize;
    this.#keys = witnesses.keys();
    this.#ids = witnesses.cosignatureIds();
    this.#uncounted = 0;
    this.#pending = this.#ids.filter((id) => !this.#counts(this.#verified.get(idOf(id))));
  }

  /** Notes what an event of the log says. */
  readEvent({ seq, type, outcome, data }: AuditEvent): void {
    if (outcome !== 'done') return;
    if (type === 'audit.key-confirmed' || type === 'audit.key-removed') {
      const key = v.safeParse(KeyData, data);
      if (!key.success) return;
      const verifierKey = type === 'audit.key-confirmed' ? key.output.verifierKey : null;
      this.#keyEvents.set(keyIdOf(key.output), { seq, verifierKey });
    } else if (type === 'audit.cosignature-kept') {
      const kept = v.safeParse(CosignatureData, data);
      if (!kept.success) return;
      const key = this.#keyEvents.get(keyIdOf({ kind: 'witness', name: kept.output.witness }));
      this.#cosignatureEvents.set(idOf(kept.output), { ...kept.output, seq, verifierKey: key?.verifierKey ?? null });
    }
  }

  /** What the events say of the tables is worth something only where they are as they were signed. */
  checkTables(): void {
    if (this.#findings.list.length > 0) return;
    this.#checkKeys();
    const ids = new Set(this.#ids.map(idOf));
    for (const [id, { seq, witness, size }] of this.#cosignatureEvents) {
      if (ids.has(id)) continue;
      const reason = `The cosignature of ${witness} over ${size} events, which event ${seq} took in, is gone.`;
      this.#findings.add('audit.cosignature-lost', seq, seq, reason);
    }
    for (const { witness, size } of this.#ids.filter((id) => !this.#cosignatureEvents.has(idOf(id)))) {
      const fromSeq = Math.min(size + 1, this.#logSize);
      const reason = `No event says that the cosignature of ${witness} over ${size} events was taken in: what was recorded after them is gone, or it was slipped in.`;
      this.#findings.add('audit.cosignature-unrecorded', fromSeq, this.#logSize, reason);
    }
  }

  /** Checks some of the kept cosignatures; false where none is left. */
  checkPage(): boolean {
    for (const id of this.#pending.splice(0, pageLength)) {
      const kept = this.#history.witnesses.cosignature(id);
      if (kept !== null) this.#checkRow(kept);
    }
    return this.#pending.length > 0;
  }

  get summary(): CosignatureSummary {
    const counted = [...this.#verified.values()].filter((kept) => this.#counts(kept));
    const upTo = new Map<string, number>();
    for (const { witness, size } of counted) upTo.set(witness, Math.max(size, upTo.get(witness) ?? 0));
    return {
      verified: counted.length,
      uncounted: this.#uncounted,
      upTo:
        this.#findings.list.length > 0
          ? []
          : Array.from(upTo, ([witness, size]) => ({ witness, size })).sort((a, b) => b.size - a.size),
    };
  }

  #checkRow(kept: KeptCosignature): void {
    const { witness, size } = kept;
    const recorded = this.#cosignatureEvents.get(idOf(kept));
    const seq = recorded?.seq ?? this.#logSize;
    if (!this.#counts(kept)) {
      this.#uncounted += 1;
      if (recorded === undefined || recorded.verifierKey === kept.verifierKey) return;
      const reason = `The kept cosignature of ${witness} over ${size} events has another key than the one that was confirmed when it was taken in.`;
      this.#findings.add('audit.cosignature-edited', seq, seq, reason);
      return;
    }
    const log = { key: this.#history.key, size: this.#logSize, rootAt: this.#rootAt };
    const checked = checkKeptCosignature(kept, log);
    if (checked.ok) this.#verified.set(idOf(kept), { witness, size, verifierKey: kept.verifierKey });
    else if (checked.code === 'audit.cosignature-edited') this.#findings.add(checked.code, seq, seq, checked.reason);
    else if (!this.#contradictedBy.has(witness)) {
      // What the same witness cosigned later cannot fit either, and says nothing new.
      this.#contradictedBy.add(witness);
      const fromSeq = size > this.#logSize ? this.#logSize + 1 : this.#provenUpTo(size) + 1;
      this.#findings.add(checked.code, fromSeq, size, checked.reason);
    }
  }

  #checkKeys(): void {
    const stored = new Map(this.#keys.map((key) => [keyIdOf(key), key.verifierKey]));
    for (const id of new Set([...stored.keys(), ...this.#keyEvents.keys()])) {
      const recorded = this.#keyEvents.get(id);
      const [named, found] = [recorded?.verifierKey ?? null, stored.get(id) ?? null];
      if (named === found) continue;
      const seq = recorded?.seq ?? this.#logSize;
      const key = `The key of the ${id}`;
      const another =
        named === null
          ? `${key} counts as confirmed, and no event says so.`
          : `${key} is not the one that event ${seq} names.`;
      this.#findings.add(
        'audit.key-edited',
        seq,
        seq,
        found === null ? `${key} is gone, which event ${seq} says was confirmed.` : another,
      );
    }
  }

  /** A cosignature counts as long as its witness's key is confirmed. */
  #counts(kept: KeptUnder | undefined): boolean {
    return this.#keys.some(
      ({ kind, name, verifierKey }) => kind === 'witness' && name === kept?.witness && verifierKey === kept.verifierKey,
    );
  }

  /** The furthest event below `size` for which a witness vouches. */
  #provenUpTo(size: number): number {
    return Math.max(0, ...Array.from(this.#verified.values(), (kept) => kept.size).filter((proven) => proven < size));
  }

  readonly #rootAt = (size: number): MerkleHash | null => {
    const { repository } = this.#history;
    const frontier = new MerkleFrontier();
    frontier.jump(size, (level, position) =>
      level === 0 ? (repository.event(position + 1)?.leafHash ?? null) : repository.node(level, position),
    );
    return frontier.root();
  };
}

function idOf({ witness, size }: CosignatureId): string {
  return `${size} ${witness}`;
}

function keyIdOf({ kind, name }: Pick<ConfirmedKey, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
