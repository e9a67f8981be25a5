import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeDemoBundles } from '../../../demo/bundles.ts';
import { demoImage, demoImageKeyPem, demoProduct, demoRootPem } from '../../../demo/materials.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../../contract/operations.ts';
import { openStation, type Station } from '../../../core/station.ts';
import { systemClock } from '../../../core/system-clock.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { runCli, type CliRun } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { startCli, type StartedCli } from './started-cli.ts';

const roles = { tom: 'technician', ines: 'approver', otto: 'auditor' } as const;
type Username = 'ada' | keyof typeof roles;

/** The password of everybody here. */
const password = 'four words of their own';
const initialPassword = 'handed over on a slip of paper';
/** A unit that takes so long for each block that a test can interrupt it between two of them. */
const slowUnit = { pollTimeoutMs: { dfuDNBUSY: 15 } };

/** A station with a pinned root, an approved bundle and one virtual unit, set up in this process; commands then run as processes. */
export class CliBench {
  readonly folder: string;
  readonly data: string;
  readonly bench: string;
  digest = '';
  /** What the unit runs; an ECDSA signature is another one each time that an image is made. */
  readonly factoryImage = demoImage(3, '2.3.1');
  readonly #tokens = new Map<Username, string>();

  private constructor(folder: string) {
    this.folder = folder;
    this.data = join(folder, 'station');
    this.bench = join(folder, 'bench');
  }

  /** Units VU-0001 and so on at 1-1 and so on. */
  static async set(t: TestContext, units = 1): Promise<CliBench> {
    const made = new CliBench(tempFolder(t));
    const placed = Array.from({ length: units }, (_, index) => ({
      ...slowUnit,
      position: `1-${index + 1}`,
      serial: `VU-000${index + 1}`,
      imagePublicKey: demoImageKeyPem,
      factoryImage: made.factoryImage,
    }));
    const bench = openVirtualBench({ clock: systemClock, folder: made.bench, units: placed });
    const opened = openStation({
      dataFolder: made.data,
      create: true,
      usb: bench.bus,
      training: true,
      passwordCost: { memoryKib: 8, passes: 1, lanes: 1 },
    });
    if (!opened.ok) throw new Error(opened.reason);
    await made.#setUp(opened.value);
    await opened.value.close();
    await bench.close();
    return made;
  }

  /** As `drydock login` leaves it. */
  logIn(username: Username): void {
    writeFileSync(join(this.data, 'cli-session'), `${this.#tokens.get(username) ?? ''}\n`, { mode: 0o600 });
  }

  run(args: readonly string[], answers: readonly string[] = []): Promise<CliRun> {
    return runCli(this.#place(args, ['--stdin']), answers);
  }

  start(args: readonly string[]): StartedCli {
    return startCli(this.#place(args, []));
  }

  #place(args: readonly string[], more: readonly string[]): string[] {
    return [...args, '--data', this.data, '--virtual-bench', this.bench, ...more];
  }

  async #setUp(station: Station): Promise<void> {
    const call = async <N extends OperationName>(
      who: Username | null,
      name: N,
      input: OperationInput<N>,
    ): Promise<OperationOutput<N>> => {
      const answer = await station.call(name, input, who === null ? null : (this.#tokens.get(who) ?? null));
      if (!answer.ok) throw new Error(`${name}: ${answer.reason}`);
      return answer.value;
    };
    const enter = async (username: Username, typed: string): Promise<void> => {
      this.#tokens.set(username, (await call(null, 'session.login', { username, password: typed })).token);
    };
    const administrator = { username: 'ada', printedName: 'Ada Moreno', password };
    await call(null, 'station.initialise', { name: 'Bench 7', administrator });
    await enter('ada', password);
    for (const username of ['tom', 'ines', 'otto'] as const) {
      const account = { username, printedName: `The ${roles[username]}`, roles: [roles[username]], initialPassword };
      await call('ada', 'operator.create', account);
      await enter(username, initialPassword);
      const change = { currentPassword: initialPassword, newPassword: password };
      await call(username, 'operator.change-password', change);
      await enter(username, password);
    }
    const pin = { label: 'Training', products: [demoProduct.id] };
    const root = { certificate: demoRootPem, typedFingerprint: sha256(new X509Certificate(demoRootPem).raw) };
    await call('ada', 'trust.pin-anchor', { ...pin, ...root });
    const spki = createPublicKey(demoImageKeyPem).export({ format: 'der', type: 'spki' });
    await call('ada', 'trust.pin-image-key', { ...pin, publicKey: demoImageKeyPem, typedFingerprint: sha256(spki) });
    const { good } = await makeDemoBundles(join(this.folder, 'bundles'), new Date());
    this.digest = (await call('ada', 'bundle.import', { path: good })).bundle.digest;
    const request = {
      kind: 'install' as const,
      bundleDigest: this.digest,
      product: demoProduct.id,
      scope: { serials: '*' as const, workOrder: null },
      meaning: 'Approved',
      reasonCode: null,
      downgrade: null,
    };
    await call('ines', 'approval.sign', { request, password });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
