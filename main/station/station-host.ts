import type { StationEvent } from '../../contract/events.ts';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { AuditVerification } from '../../contract/schema/audit.ts';
import type { Station } from '../../core/station.ts';
import type { TrainingBench } from '../training/training-bench.ts';
import { checkNewPlace, holdsStation, type DataPlace } from './data-place.ts';

/** A station that this program has opened, and what belongs to it. */
export interface OpenedStation {
  readonly station: Station;
  readonly dataFolder: string;
  readonly keychain: boolean;
  /** The virtual bench; null where units are real. */
  readonly training: TrainingBench | null;
}

export interface StationOpeners {
  readonly place: DataPlace;
  /** @param create makes a station where there is none */
  readonly openStation: (folder: string, create: boolean) => Promise<Result<OpenedStation>>;
  /** Makes the training station at first use. @param folder beside that of the station */
  readonly openTraining: (folder: string) => Promise<Result<OpenedStation>>;
  /** Reads the log of a station that does not open. @param folder as it was given to `openStation` or `openTraining` */
  readonly inspectLog: (folder: string, training: boolean) => Promise<Result<AuditVerification>>;
}

/** `begin`: a person chooses. `refused`: there is a station, and it does not open. */
export type HostPhase =
  | { readonly phase: 'begin' }
  | { readonly phase: 'refused'; readonly refusal: Refusal }
  | { readonly phase: 'open'; readonly opened: OpenedStation };

/** The one station of the window: whether there is one, how it begins, and its end. */
export class StationHost {
  readonly #openers: StationOpeners;
  readonly #onEvent: (event: StationEvent) => void;
  #phase: HostPhase = { phase: 'begin' };
  #dataFolder: string;
  /** Which station it is that was tried at the start. */
  #isTraining = false;
  /** One thing after the other: two set-ups at once would open two stations. */
  #busy = false;

  constructor(openers: StationOpeners, onEvent: (event: StationEvent) => void) {
    this.#openers = openers;
    this.#onEvent = onEvent;
    this.#dataFolder = openers.place.proposed;
  }

  get phase(): HostPhase {
    return this.#phase;
  }

  get opened(): OpenedStation | null {
    return this.#phase.phase === 'open' ? this.#phase.opened : null;
  }

  get dataFolder(): string {
    return this.opened?.dataFolder ?? this.#dataFolder;
  }

  /** At the start of the program: opens the station that is there. */
  async start(training: boolean): Promise<void> {
    const place = this.#openers.place.find();
    if (!place.ok) {
      this.#phase = { phase: 'refused', refusal: place };
      return;
    }
    this.#dataFolder = place.value;
    this.#isTraining = training;
    const opened = await this.#openPresent(training);
    if (opened !== null && !opened.ok) this.#phase = { phase: 'refused', refusal: opened };
  }

  async #openPresent(training: boolean): Promise<Result<void> | null> {
    const { openStation, openTraining } = this.#openers;
    if (training) return this.#take(await openTraining(trainingFolder(this.#dataFolder)));
    return holdsStation(this.#dataFolder) ? this.#take(await openStation(this.#dataFolder, false)) : null;
  }

  /**
   * First start, or another try where the station did not open. Refuses with `window.station-open`, `window.folder-in-use`, or as opening does.
   * @param folder null: the platform's place, or the one that did not open
   */
  async setUp(mode: 'station' | 'training', folder: string | null): Promise<Result<void>> {
    if (this.#busy || this.#phase.phase === 'open')
      return refuse('window.station-open', 'A station is open here already.');
    this.#busy = true;
    try {
      return await this.#setUp(mode, folder);
    } finally {
      this.#busy = false;
    }
  }

  async #setUp(mode: 'station' | 'training', folder: string | null): Promise<Result<void>> {
    const { openStation, openTraining, place } = this.#openers;
    if (mode === 'training') return this.#take(await openTraining(trainingFolder(this.#dataFolder)));
    if (this.#phase.phase === 'refused') {
      // Only the same station again: another folder would be a way round the refusal.
      if (folder !== null)
        return refuse('window.station-open', 'This machine has a station; it has to open before another begins.');
      const opened = this.#take(await openStation(this.#dataFolder, false));
      if (!opened.ok) this.#phase = { phase: 'refused', refusal: opened };
      return opened;
    }
    const chosen = checkNewPlace(folder ?? this.#dataFolder);
    if (!chosen.ok) return chosen;
    const taken = this.#take(await openStation(chosen.value, !holdsStation(chosen.value)));
    if (taken.ok) place.remember(chosen.value);
    return taken;
  }

  /** What is wrong with the log of the station that does not open. Refuses with `window.station-open` where there is none such, or as the opener does. */
  async inspectLog(): Promise<Result<AuditVerification>> {
    if (this.#busy || this.#phase.phase !== 'refused') {
      return refuse('window.station-open', 'Only the log of a station that does not open is read here.');
    }
    this.#busy = true;
    try {
      const folder = this.#isTraining ? trainingFolder(this.#dataFolder) : this.#dataFolder;
      return await this.#openers.inspectLog(folder, this.#isTraining);
    } finally {
      this.#busy = false;
    }
  }

  /** Stops work on jobs, so that each can be resumed, and gives the data folder free. */
  async close(): Promise<void> {
    const { opened } = this;
    this.#phase = { phase: 'begin' };
    await opened?.station.close();
    await opened?.training?.close();
  }

  #take(result: Result<OpenedStation>): Result<void> {
    if (!result.ok) return result;
    this.#phase = { phase: 'open', opened: result.value };
    result.value.station.subscribe(this.#onEvent);
    return accept(undefined);
  }
}

function trainingFolder(dataFolder: string): string {
  return `${dataFolder}-training`;
}
