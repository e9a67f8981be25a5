import { accept, refuse, type Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { BenchPlace } from '../../contract/schema/bench.ts';
import { namePlace } from '../../contract/plain/name-place.ts';
import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import type { AuditEventDraft } from '../audit/event.ts';
import type { Transact } from '../ports.ts';
import { isSameName, learnPlace, moveHub, namePosition } from './edit-places.ts';
import type { BenchRepository } from './repository.ts';

/** No bench has more ports than seven tiers of hubs give; this many places can still be looked over. */
const MOST_PLACES = 128;

export interface BenchMapPorts {
  readonly repository: BenchRepository;
  readonly audit: { append(draft: AuditEventDraft): unknown };
  readonly transact: Transact;
  /** The open job at a position; null where there is none. */
  readonly openJobAt: (position: string) => { readonly id: string } | null;
}

type Places = readonly BenchPlace[];

/**
 * The bench map: which port of the house is which place of the bench. It is configuration, and survives re-enumeration and
 * restarts; a unit's identity stays port path plus serial. Every change is an audit event with the places before and after, in one
 * transaction.
 */
export class BenchMap {
  readonly #ports: BenchMapPorts;

  constructor(ports: BenchMapPorts) {
    this.#ports = ports;
  }

  /** By number, those without one last, then by port path. */
  places(): Places {
    return [...this.#ports.repository.places()].sort(byNumber);
  }

  placeAt(position: string): PlaceLabel | null {
    const place = this.#ports.repository.places().find((candidate) => candidate.position === position);
    return place === undefined ? null : { name: place.name, number: place.number };
  }

  /** The port path that a person means: by a place's number, its name in whatever capitals, or as it is. Refuses with `device.place-unknown`. */
  resolve(typed: string): Result<string> {
    const text = typed.trim();
    const places = this.#ports.repository.places();
    const place = /^\d+$/.test(text)
      ? places.find(({ number }) => number === Number(text))
      : places.find(({ name }) => isSameName(name, text));
    if (place !== undefined) return accept(place.position);
    // The contract lets no name look like a port path, and no port path like a name.
    if (/^[A-Za-z0-9]+-[0-9.]+$/.test(text)) return accept(text);
    const what = /^\d+$/.test(text) ? `the number ${text}` : `the name "${text}"`;
    return refuse(
      'device.place-unknown',
      `No place of the bench has ${what}; see drydock bench show, or give a port path such as 1-2.4.`,
    );
  }

  /** Refuses with `device.place-unknown` or `device.place-taken`. */
  name(
    given: { readonly position: string; readonly name: string; readonly number?: number | null },
    actor: AuditActor,
  ): Result<BenchPlace> {
    const position = this.resolve(given.position);
    if (!position.ok) return position;
    const named = { ...given, position: position.value };
    return this.#change('named', actor, (before) => namePosition(before, named), at(position.value));
  }

  /** Refuses with `device.place-taken` or `device.place-held`. */
  learn(
    learned: { readonly number: number; readonly position: string; readonly name: string | null },
    actor: AuditActor,
  ): Result<BenchPlace> {
    return this.#change('learned', actor, (before) => learnPlace(before, learned), at(learned.position));
  }

  /** Refuses with `device.place-unknown`. */
  forget(typed: string, actor: AuditActor): Result<BenchPlace> {
    const position = this.resolve(typed);
    if (!position.ok) return position;
    const place = this.places().find((candidate) => candidate.position === position.value);
    if (place === undefined) {
      return refuse('device.place-unknown', `The port ${position.value} has no name.`, { position: position.value });
    }
    const without = (before: Places) => accept(before.filter((candidate) => candidate.position !== place.position));
    return this.#change('forgotten', actor, without, () => place);
  }

  /** Returns the places that moved. Refuses with `device.place-unknown`, `device.place-taken` or `device.place-held`. */
  move(from: string, to: string, actor: AuditActor): Result<Places> {
    const change = (before: Places) => moveHub(before, from, to);
    return this.#change('moved', actor, change, (after, before) => after.filter((place) => !before.includes(place)));
  }

  #change<T>(
    change: 'named' | 'learned' | 'forgotten' | 'moved',
    actor: AuditActor,
    edit: (before: Places) => Result<Places>,
    answer: (after: Places, before: Places) => T,
  ): Result<T> {
    const { repository, audit, transact } = this.#ports;
    return transact(() => {
      const before = repository.places();
      const edited = edit(before);
      if (!edited.ok) return edited;
      const after = edited.value.map((place) => before.find((old) => isEqual(old, place)) ?? place);
      const gone = before.filter((place) => !after.includes(place));
      const come = after.filter((place) => !before.includes(place));
      if (gone.length + come.length === 0) return accept(answer(after, before));
      if (after.length > MOST_PLACES) {
        return refuse('device.place-taken', `A bench has at most ${MOST_PLACES} places; forget one that is not used.`);
      }
      const held = this.#findHeld(gone, come);
      if (held !== null) return held;
      repository.replacePlaces(after);
      const data = { change, before: gone.map(toJson), after: come.map(toJson) };
      audit.append({ type: 'bench.changed', actor, outcome: 'done', subject: {}, data });
      return accept(answer(after, before));
    });
  }

  /** A place with an open job must not wander off to another port: whoever resumes the job would look at the wrong unit. */
  #findHeld(gone: Places, come: Places): ReturnType<typeof refuse> | null {
    for (const place of gone) {
      const wanders = come.some((next) => isSamePlace(next, place) && next.position !== place.position);
      const job = wanders ? this.#ports.openJobAt(place.position) : null;
      if (job === null) continue;
      const where = namePlace(place.position, place);
      const reason = `Job ${job.id} at ${where} has not ended; plug its unit in there again and end the job first.`;
      return refuse('device.place-held', reason, { job: job.id, position: place.position });
    }
    return null;
  }
}

function at(position: string): (after: Places) => BenchPlace {
  return (after) => {
    const place = after.find((candidate) => candidate.position === position);
    if (place === undefined) throw new Error(`the place at ${position} was not kept`);
    return place;
  };
}

function isEqual(left: BenchPlace, right: BenchPlace): boolean {
  return left.position === right.position && left.name === right.name && left.number === right.number;
}

/** By what people know it by, wherever it is. */
function isSamePlace(left: BenchPlace, right: BenchPlace): boolean {
  return isSameName(left.name, right.name) || (left.number !== null && left.number === right.number);
}

function byNumber(left: BenchPlace, right: BenchPlace): number {
  const difference = (left.number ?? Infinity) - (right.number ?? Infinity);
  return difference || left.position.localeCompare(right.position, 'en', { numeric: true });
}

function toJson({ position, name, number }: BenchPlace): { position: string; name: string; number: number | null } {
  return { position, name, number };
}
