import { stat } from 'node:fs/promises';
import type { OperationInput } from '../../contract/operations.ts';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { WindowState } from '../../contract/window/window-operations.ts';
import type { BenchLedger } from '../events/bench-ledger.ts';
import { glanceAtJobs } from '../events/glance.ts';
import type { FileTickets } from '../files/file-tickets.ts';
import type { WindowHandlers } from '../ipc/call-channel.ts';
import type { WindowSession } from '../session/window-session.ts';
import type { PreferencesFile } from '../station/preferences.ts';
import type { StationHost } from '../station/station-host.ts';
import type { TrainingBench } from '../training/training-bench.ts';
import type { About } from './about.ts';
import type { Choosing } from './choosing.ts';
import { printOptions, readOutcome, type PrintPage } from './print-label.ts';

export interface WindowHandlerDeps {
  readonly host: StationHost;
  readonly session: WindowSession;
  readonly tickets: FileTickets;
  readonly ledger: BenchLedger;
  readonly preferences: PreferencesFile;
  readonly choosing: Choosing;
  readonly view: () => Promise<WindowState>;
  readonly openFolder: (path: string) => Promise<void>;
  readonly print: PrintPage;
  readonly about: () => Promise<About>;
  /** Something that everybody at the window sees has changed. */
  readonly changed: () => void;
}

/** The shell's own operations. */
export function createWindowHandlers(deps: WindowHandlerDeps): WindowHandlers {
  const { host, session, tickets, ledger, preferences, choosing, view } = deps;
  const training = (): Result<TrainingBench> => {
    const bench = host.opened?.training ?? null;
    return bench === null
      ? refuse('window.unit-unknown', 'Virtual units are on the training bench only.')
      : accept(bench);
  };
  return {
    'window.begin': async () => accept(await view()),
    'window.set-up': async ({ mode, folder }) => {
      const path = folder === null ? accept(null) : tickets.pathOf(folder, 'data-folder');
      if (!path.ok) return path;
      const ready = await host.setUp(mode, path.value);
      if (!ready.ok) return ready;
      preferences.keepEarly();
      deps.changed();
      return accept(await view());
    },
    'window.lock': async () => {
      session.lock();
      return accept(await view());
    },
    'window.unlock': async (proof) => {
      const unlocked = await unlock(deps, proof);
      return unlocked.ok ? accept(await view()) : unlocked;
    },
    'window.glance': () => accept(glanceAtJobs(ledger)),
    'window.choose': ({ purpose, several }) => choosing.choose(purpose, several),
    'window.show-folder': async ({ ticket }) => {
      const path = tickets.pathOf(ticket, 'export-folder');
      if (!path.ok) return path;
      // Opening anything but a folder could start it.
      const isFolder = await stat(path.value).then(
        (found) => found.isDirectory(),
        () => false,
      );
      if (!isFolder) return refuse('station.file-unreadable', 'The folder is not there any more.');
      await deps.openFolder(path.value);
      return accept({});
    },
    'window.print-label': async ({ paper }) => readOutcome(await deps.print(printOptions(paper))),
    'window.set-preferences': (wanted) => {
      preferences.write(wanted);
      deps.changed();
      return accept(preferences.read());
    },
    'window.about': async () => accept(await deps.about()),
    'training.units': () => {
      const bench = training();
      return bench.ok ? accept({ units: bench.value.units, faults: bench.value.faults }) : bench;
    },
    'training.set-fault': ({ serial, fault }) => {
      const bench = training();
      return bench.ok ? bench.value.setFault(serial, fault) : bench;
    },
    'training.connect': ({ serial, connected }) => {
      const bench = training();
      return bench.ok ? bench.value.connect(serial, connected) : bench;
    },
  };
}

/** Gives the keyboard back to the operator who left it, and to nobody else. */
async function unlock(
  { host, session }: WindowHandlerDeps,
  proof: OperationInput<'session.unlock'>,
): Promise<Result<void>> {
  const { number, token } = session;
  if (!session.locked) return accept(undefined);
  const answer = await host.opened?.station.call('session.unlock', proof, token);
  if (answer === undefined || number !== session.number) {
    return refuse('station.not-logged-in', 'The session is over; log in.');
  }
  if (answer.ok) {
    session.renew(answer.value);
    session.unlock();
    return accept(undefined);
  }
  if (answer.code === 'station.not-logged-in' || answer.code === 'operator.session-expired') session.end();
  return answer;
}
