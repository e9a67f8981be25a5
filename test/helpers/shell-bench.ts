import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { accept, type Result } from '../../contract/result.ts';
import type { CallInput, CallName, CallOutput, NumberedEvent } from '../../contract/window/bridge.ts';
import { systemClock } from '../../core/system-clock.ts';
import { Shell, type ShellPorts } from '../../main/shell.ts';
import type { PrintOutcome } from '../../main/window/print-label.ts';
import { DataPlace } from '../../main/station/data-place.ts';
import type { OpenedStation } from '../../main/station/station-host.ts';
import { password, VirtualDepot } from './virtual-depot.ts';
import { tempFolder } from './temp-folder.ts';

/** The shell without a window, over a station with one operator of each role. */
export class ShellBench {
  readonly depot: VirtualDepot;
  readonly shell: Shell;
  readonly sent: NumberedEvent[] = [];
  readonly openedFolders: string[] = [];
  readonly faults: unknown[] = [];
  readonly printed: unknown[] = [];
  /** What the system says to the next page that is printed. */
  nextPrint: PrintOutcome = { success: true, failureReason: '' };
  /** What the next dialogue for files is answered with. */
  nextChoice: readonly string[] = [];

  private constructor(depot: VirtualDepot, dataFolder: string, ports: Partial<ShellPorts>) {
    this.depot = depot;
    const open = (): Promise<Result<OpenedStation>> =>
      Promise.resolve(accept({ station: depot.station, dataFolder, keychain: false, training: null }));
    this.shell = new Shell({
      place: new DataPlace(dataFolder, {}, join(dataFolder, 'memory.json')),
      openStation: open,
      openTraining: open,
      clock: systemClock,
      randomBytes,
      send: (message) => void this.sent.push(message),
      showOpenDialog: () => Promise.resolve(this.nextChoice),
      openFolder: (path) => {
        this.openedFolders.push(path);
        return Promise.resolve();
      },
      print: (options) => {
        this.printed.push(options);
        return Promise.resolve(this.nextPrint);
      },
      about: () => Promise.resolve({ versions: [], licences: [] }),
      systemLocale: () => 'en-US',
      shell: 'stand-in',
      reportFault: (_operation, error) => void this.faults.push(error),
      ...ports,
    });
  }

  static async set(t: TestContext, ports: Partial<ShellPorts> = {}): Promise<ShellBench> {
    const depot = await VirtualDepot.set(t);
    const bench = new ShellBench(depot, tempFolder(t), ports);
    await bench.shell.start(true);
    return bench;
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    return (await this.shell.call(name, input)) as Result<CallOutput<N>>;
  }

  async logIn(username: string): Promise<void> {
    const answer = await this.call('session.login', { username, password });
    if (!answer.ok) throw new Error(`${username} cannot log in: ${answer.reason}`);
  }
}
