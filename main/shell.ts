import type { StationEvent } from '../contract/events.ts';
import type { Result } from '../contract/result.ts';
import type { MissedEvents, NumberedEvent } from '../contract/window/bridge.ts';
import type { ChosenFile } from '../contract/window/file-purpose.ts';
import type { WindowState } from '../contract/window/window-operations.ts';
import type { Clock, RandomBytes } from '../core/ports.ts';
import { BenchLedger } from './events/bench-ledger.ts';
import { WindowEvents } from './events/window-events.ts';
import type { ShowOpenDialog } from './files/choose-files.ts';
import { FileTickets } from './files/file-tickets.ts';
import { answerCall, type CallDeps } from './ipc/call-channel.ts';
import { useSession } from './ipc/station-call.ts';
import { IdleLock } from './session/idle-lock.ts';
import { WindowSession } from './session/window-session.ts';
import { PreferencesFile } from './station/preferences.ts';
import { StationHost, type StationOpeners } from './station/station-host.ts';
import type { About } from './window/about.ts';
import { Choosing } from './window/choosing.ts';
import type { PrintPage } from './window/print-label.ts';
import { createWindowHandlers } from './window/window-handlers.ts';
import { viewWindow } from './window/window-state.ts';
import type { ShellWords } from './words/shell-words.ts';
import { wordsFor } from './words/words-for.ts';

/** What the shell needs of the machine; Electron gives it, or a test. */
export interface ShellPorts extends StationOpeners {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly send: (message: NumberedEvent) => void;
  readonly showOpenDialog: ShowOpenDialog;
  readonly openFolder: (path: string) => Promise<void>;
  readonly print: PrintPage;
  readonly about: () => Promise<About>;
  readonly systemLocale: () => string;
  readonly shell: WindowState['shell'];
  readonly reportFault: (operation: string, error: unknown) => void;
}

/** All of the shell that is no window: the station, who is logged in, what the page may call and is told. */
export class Shell {
  readonly #ports: ShellPorts;
  readonly #session: WindowSession;
  readonly #ledger = new BenchLedger();
  readonly #events: WindowEvents;
  readonly #host: StationHost;
  readonly #preferences: PreferencesFile;
  readonly #choosing: Choosing;
  readonly #tickets: FileTickets;
  readonly #calls: CallDeps;
  readonly idleLock: IdleLock;
  /** Number of the session for which the ledger was filled. */
  #filledFor: number | null = null;

  constructor(ports: ShellPorts) {
    this.#ports = ports;
    this.#host = new StationHost(ports, (event) => this.#noteEvent(event));
    this.#session = new WindowSession(() => this.#sessionChanged());
    this.#events = new WindowEvents(this.#session, this.#ledger, ports.clock, ports.send);
    this.#preferences = new PreferencesFile(() => this.#host.opened?.dataFolder ?? null);
    this.idleLock = new IdleLock(ports.clock, this.#session, async () => {
      await useSession(this.#calls);
    });
    this.#tickets = new FileTickets(ports.randomBytes, () => this.#session.number);
    const common = { host: this.#host, session: this.#session, tickets: this.#tickets };
    this.#choosing = new Choosing({ ...common, words: () => this.words, show: ports.showOpenDialog });
    const windowHandlers = createWindowHandlers({
      ...common,
      ledger: this.#ledger,
      preferences: this.#preferences,
      choosing: this.#choosing,
      view: () => this.view(),
      openFolder: ports.openFolder,
      print: ports.print,
      about: ports.about,
      changed: () => this.#tellState(),
    });
    this.#calls = { ...common, windowHandlers, reportFault: ports.reportFault };
  }
  get words(): ShellWords {
    return wordsFor(this.#preferences.read().language, this.#ports.systemLocale());
  }

  get ledger(): BenchLedger {
    return this.#ledger;
  }

  get isTraining(): boolean {
    return this.#host.opened?.training != null;
  }

  /** Opens the station that is there. */
  start(training: boolean): Promise<void> {
    return this.#host.start(training);
  }

  view(): Promise<WindowState> {
    return viewWindow({
      host: this.#host,
      session: this.#session,
      preferences: this.#preferences,
      shell: this.#ports.shell,
    });
  }

  /** A call of the page, whose sender was checked. Never rejects. */
  call(name: unknown, input: unknown): Promise<Result<unknown>> {
    return answerCall(name, input, this.#calls);
  }

  /** Files that were dropped on the page, whose sender was checked. */
  drop(paths: unknown, purpose: unknown): Promise<Result<ChosenFile[]>> {
    return this.#choosing.drop(paths, purpose);
  }

  /** What a page that has just begun to listen has missed. */
  async missed(): Promise<MissedEvents> {
    await this.#fillLedger();
    return this.#events.retell();
  }

  /** Asks the page to go somewhere. */
  go(to: 'bench' | 'bundles' | 'history' | 'settings' | 'about'): void {
    this.#events.tell({ type: 'window.go', to });
  }

  lock(): void {
    this.#session.lock();
  }

  async close(): Promise<void> {
    this.idleLock.stop();
    this.#session.end();
    await this.#host.close();
  }

  #noteEvent(event: StationEvent): void {
    this.#ledger.note(event);
    this.#events.tellStation(event);
  }

  #sessionChanged(): void {
    this.#tickets.expire();
    this.idleLock.touch();
    this.#tellState();
  }

  /** After a log-in and after a lock the page is told everything anew: what happened meanwhile it has not heard. */
  #tellState(): void {
    const tell = async (): Promise<void> => {
      this.#events.tell({ type: 'window.state', state: await this.view() });
      const { events } = await this.missed();
      for (const event of events) this.#events.tell(event);
    };
    tell().catch((error: unknown) => this.#ports.reportFault('window.state', error));
  }

  async #fillLedger(): Promise<void> {
    const { number, token, locked, view } = this.#session;
    const station = this.#host.opened?.station;
    if (station === undefined || token === null || locked || view === null || this.#filledFor === number) return;
    this.#filledFor = number;
    const may = (permission: 'update.read' | 'device.read'): boolean => view.permissions.includes(permission);
    const open = { openOnly: true, limit: 500 };
    const jobs = may('update.read')
      ? await station.call('update.list', { ...open, serial: null, before: null }, token)
      : null;
    const orders = may('update.read') ? await station.call('order.list', open, token) : null;
    const units = may('device.read') ? await station.call('device.watch', {}, token) : null;
    this.#ledger.fill({
      jobs: jobs?.ok === true ? jobs.value : [],
      orders: orders?.ok === true ? orders.value : [],
      units: units?.ok === true ? units.value : [],
    });
  }
}
