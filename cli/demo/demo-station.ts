import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { StationEvent } from '../../contract/events.ts';
import type { ErrorCode } from '../../contract/error-code.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import type { Refusal } from '../../contract/result.ts';
import type { Role } from '../../contract/schema/session.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { openStation, type Station } from '../../core/station.ts';
import { openVirtualBench, type VirtualBench } from '../../simulator/virtual-bench.ts';
import { FULL_SPEED } from '../../simulator/bus-speed.ts';
import { systemClock } from '../../core/system-clock.ts';
import { demoImage, demoImageKeyPem, demoProduct, demoRootPem } from '../../demo/materials.ts';

/** The demo's passwords are printed by the demo; they protect a folder that is thrown away. */
const initialPassword = 'handed over on a slip of paper';
const ownPassword = 'four words of one’s own';

/** Something did not go as the demo says it goes. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}

/** A station with two virtual units, and everybody who works at it. Every call that does not end as expected ends the demo. */
export class DemoStation {
  readonly #bench: VirtualBench;
  readonly #station: Station;
  readonly #tokens = new Map<string, string>();

  constructor(folder: string) {
    const factoryImage = demoImage(3, '2.3.1');
    const unit = { imagePublicKey: demoImageKeyPem, factoryImage, pollTimeoutMs: { dfuDNBUSY: 3 } };
    this.#bench = openVirtualBench({
      clock: systemClock,
      busSpeed: FULL_SPEED,
      leaveMs: 200,
      returnMs: 500,
      units: [
        { ...unit, position: '1-1', serial: 'PUMP-0417' },
        { ...unit, position: '1-2', serial: 'PUMP-0622' },
      ],
    });
    const opened = openStation({
      dataFolder: join(folder, 'station'),
      create: true,
      usb: this.#bench.bus,
      training: true,
    });
    if (!opened.ok) throw new DemoFailed(`the station does not open: ${opened.reason}`);
    this.#station = opened.value;
  }

  async call<N extends OperationName>(
    who: string | null,
    name: N,
    input: OperationInput<N>,
  ): Promise<OperationOutput<N>> {
    const answer = await this.#station.call(name, input, who === null ? null : (this.#tokens.get(who) ?? null));
    if (!answer.ok) throw new DemoFailed(`${name} was refused: ${answer.reason} (${answer.code})`);
    return answer.value;
  }

  async expectRefusal<N extends OperationName>(
    who: string,
    name: N,
    input: OperationInput<N>,
    code: ErrorCode,
  ): Promise<Refusal> {
    const answer = await this.#station.call(name, input, this.#tokens.get(who) ?? null);
    if (answer.ok) throw new DemoFailed(`${name} was accepted; it must be refused with ${code}`);
    if (answer.code !== code)
      throw new DemoFailed(`${name} was refused with ${answer.code} instead of ${code}: ${answer.reason}`);
    return answer;
  }

  subscribe(listener: (event: StationEvent) => void): () => void {
    return this.#station.subscribe(listener);
  }

  async setUp(): Promise<{ name: string; keySha256: string }> {
    const administrator = { username: 'ada', printedName: 'Ada Moreno', password: ownPassword };
    const station = await this.call(null, 'station.initialise', { name: 'Demo bench 1', administrator });
    await this.#login('ada', ownPassword);
    return { name: station.name ?? '', keySha256: station.keySha256 ?? '' };
  }

  /** Makes an account; its operator replaces the initial password at the first login, and only then has a signing key. */
  async hire(username: string, printedName: string, role: Role): Promise<void> {
    await this.call('ada', 'operator.create', { username, printedName, roles: [role], initialPassword });
    await this.#login(username, initialPassword);
    await this.call(username, 'operator.change-password', {
      currentPassword: initialPassword,
      newPassword: ownPassword,
    });
    await this.#login(username, ownPassword);
  }

  async pinRoot(): Promise<{ root: string; imageKey: string }> {
    const root = sha256(new X509Certificate(demoRootPem).raw);
    const imageKey = sha256(createPublicKey(demoImageKeyPem).export({ format: 'der', type: 'spki' }));
    const products = [demoProduct.id];
    await this.call('ada', 'trust.pin-anchor', {
      certificate: demoRootPem,
      label: 'Demo root',
      products,
      typedFingerprint: root,
    });
    await this.call('ada', 'trust.pin-image-key', {
      publicKey: demoImageKeyPem,
      label: 'Demo image key',
      products,
      typedFingerprint: imageKey,
    });
    return { root, imageKey };
  }

  importBundle(path: string): Promise<OperationOutput<'bundle.import'>> {
    return this.call('ada', 'bundle.import', { path });
  }

  approve(bundleDigest: string): Promise<OperationOutput<'approval.sign'>> {
    return this.call('ines', 'approval.sign', {
      request: {
        kind: 'install',
        bundleDigest,
        product: demoProduct.id,
        scope: { serials: '*', workOrder: 'WO-2026-0815' },
        meaning: 'Reviewed and approved for installation',
        reasonCode: null,
        downgrade: null,
      },
      password: ownPassword,
    });
  }

  /** Runs an update to its end, whatever that is. */
  async update(position: string, bundleDigest: string): Promise<UpdateJobView> {
    const { id } = await this.call('tom', 'update.start', {
      position,
      bundleDigest,
      kind: 'install',
      workOrder: 'WO-2026-0815',
      assetTag: position === '1-1' ? 'INF-0417' : 'INF-0622',
      udi: null,
    });
    return this.call('tom', 'update.await', { id });
  }

  async close(): Promise<void> {
    await this.#station.close();
    await this.#bench.close();
  }

  async #login(username: string, password: string): Promise<void> {
    const { token } = await this.call(null, 'session.login', { username, password });
    this.#tokens.set(username, token);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
