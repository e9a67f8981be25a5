import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { StationEvent } from '../../contract/events.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { ApprovalRequest, PolicyDocument } from '../../contract/schema/policy.ts';
import type { Role } from '../../contract/schema/session.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { openStation, type Station, type StationOptions } from '../../core/station.ts';
import { signCms } from '../../core/trust/sign-cms.ts';
import { buildImage, type ImageRecipe } from '../../simulator/image-builder.ts';
import { openVirtualBench, type PlacedDevice, type VirtualBench } from '../../simulator/virtual-bench.ts';
import { tempFolder } from './temp-folder.ts';
import { bundleParts, imageFor, manifestFor, sha256Of } from './test-bundle.ts';
import { TestClock } from './test-clock.ts';
import { zipBytes } from './zip-bytes.ts';

const demo = new URL('../../resources/demo/', import.meta.url);
const readDemo = (name: string): string => readFileSync(new URL(name, demo), 'utf8');

/** The demo PKI, which OpenSSL made (resources/demo/make-pki.sh). */
export const demoPki = {
  rootPem: readDemo('vendor-root.crt'),
  strangerRootPem: readDemo('stranger-root.crt'),
  imageKey: createPrivateKey(readDemo('image.key')),
  imagePublicKey: readDemo('image.pub.pem'),
  vendor: credentials('vendor'),
  stranger: credentials('stranger'),
};

interface Credentials {
  readonly privateKey: KeyObject;
  readonly certificateDer: Uint8Array;
}

function credentials(name: string): Credentials {
  return {
    privateKey: createPrivateKey(readDemo(`${name}-signer.key`)),
    certificateDer: new X509Certificate(readDemo(`${name}-signer.crt`)).raw,
  };
}

export const password = 'correct horse battery staple';
/** Argon2id as cheap as it goes: these tests are not about it. */
const passwordCost = { memoryKib: 8, passes: 1, lanes: 1 };

/** A signed MCUboot image for virtual units. */
export function signedImage(securityCounter: number, recipe: Partial<ImageRecipe> = {}): Buffer {
  return buildImage({
    version: `${securityCounter}.0.0+0`,
    bodyBytes: 9000,
    signingKey: demoPki.imageKey,
    ...recipe,
    securityCounter,
  });
}

export interface BundleRecipe {
  readonly images?: readonly { readonly bytes: Buffer; readonly entry?: Partial<ManifestImage> }[];
  readonly manifest?: Partial<Manifest>;
  readonly signer?: Credentials;
  /** Device profiles that it brings, as documents. */
  readonly profiles?: readonly { readonly id: string }[];
}

/** A unit like the reference one, but for what is wished. */
type UnitWish = Partial<PlacedDevice> & {
  /** It has no image at all and waits in its boot loader. */
  readonly isEmpty?: boolean;
};

/** What else there is at a depot. */
export interface DepotWish {
  /** Where several jobs at once must share their time, a `ConcurrentClock`. */
  readonly clock?: TestClock;
  /** Device profiles of its own, as documents. */
  readonly profiles?: readonly { readonly id: string }[];
}

/** A username; the first four are always there. */
type Person = 'administrator' | 'technician' | 'approver' | 'auditor' | (string & {});

/** A whole depot: a station in a folder of its own, virtual units on its bench, one operator for each role, the demo root pinned. */
export class VirtualDepot {
  readonly clock: TestClock;
  readonly folder: string;
  readonly bench: VirtualBench;
  readonly events: StationEvent[] = [];
  readonly tokens = new Map<Person, string>();
  #station: Station;
  #bundles = 0;

  private constructor(
    folder: string,
    units: readonly PlacedDevice[],
    { profiles = [], clock = new TestClock() }: DepotWish,
  ) {
    this.folder = folder;
    this.clock = clock;
    const own = join(folder, 'data', 'profiles');
    if (profiles.length > 0) mkdirSync(own, { recursive: true });
    for (const profile of profiles) writeFileSync(join(own, `${profile.id}.json`), JSON.stringify(profile));
    this.bench = openVirtualBench({ clock: this.clock, units });
    this.#station = this.#open(true);
  }

  static async set(t: TestContext, units: readonly UnitWish[] = [{}], wish: DepotWish = {}): Promise<VirtualDepot> {
    const placed = units.map(({ isEmpty = false, ...unit }, index): PlacedDevice => ({
      position: `1-${index + 1}`,
      serial: `VU-000${index + 1}`,
      imagePublicKey: demoPki.imagePublicKey,
      ...(isEmpty ? {} : { factoryImage: signedImage(1) }),
      ...unit,
    }));
    // Hooks run in the order in which they were set: the station is closed before its folder is removed.
    const opened: VirtualDepot[] = [];
    t.after(() => opened[0]?.close());
    const depot = new VirtualDepot(tempFolder(t), placed, wish);
    opened.push(depot);
    await depot.#setUp();
    return depot;
  }

  get station(): Station {
    return this.#station;
  }

  get options(): StationOptions {
    return {
      dataFolder: join(this.folder, 'data'),
      create: true,
      usb: this.bench.bus,
      training: true,
      clock: this.clock,
      passwordCost,
    };
  }

  ask<N extends OperationName>(
    who: Person | null,
    name: N,
    input: OperationInput<N>,
  ): Promise<Result<OperationOutput<N>>> {
    return this.#station.call(name, input, who === null ? null : (this.tokens.get(who) ?? null));
  }

  async call<N extends OperationName>(
    who: Person | null,
    name: N,
    input: OperationInput<N>,
  ): Promise<OperationOutput<N>> {
    const answer = await this.ask(who, name, input);
    assert.ok(answer.ok, answer.ok ? '' : `${name}: ${answer.code}: ${answer.reason}`);
    return answer.value;
  }

  async refusal<N extends OperationName>(who: Person | null, name: N, input: OperationInput<N>): Promise<Refusal> {
    const answer = await this.ask(who, name, input);
    assert.ok(!answer.ok, `${name} was not refused`);
    return answer;
  }

  async login(who: Person): Promise<void> {
    const { token } = await this.call(null, 'session.login', { username: who, password });
    this.tokens.set(who, token);
  }

  /** Writes a signed bundle and returns its path. */
  bundle({
    images = [{ bytes: signedImage(2) }],
    manifest,
    profiles,
    signer = demoPki.vendor,
  }: BundleRecipe = {}): string {
    this.#bundles += 1;
    const entries = images.map(({ bytes, entry }, index) =>
      imageFor(bytes, { file: `images/${index}.bin`, format: 'mcuboot', version: 2, ...entry }),
    );
    const brought = (profiles ?? []).map((profile) => ({
      file: `profiles/${profile.id}.json`,
      bytes: Buffer.from(JSON.stringify(profile)),
    }));
    const listed = brought.map(({ file, bytes }) => ({ file, len: bytes.length, hash: sha256Of(bytes) }));
    const product = { id: 'drydock.virtual-unit', name: 'Virtual unit' };
    const text = JSON.stringify(
      manifestFor(entries, { product, ...(profiles === undefined ? {} : { profiles: listed }), ...manifest }),
    );
    const cms = signCms({ content: Buffer.from(text), signers: [signer], signingTime: this.clock.now() });
    const files = Object.fromEntries([
      ...images.map(({ bytes }, index) => [`images/${index}.bin`, bytes] as const),
      ...brought.map(({ file, bytes }) => [file, bytes] as const),
    ]);
    const path = join(this.folder, `bundle-${this.#bundles}.zip`);
    writeFileSync(path, zipBytes(bundleParts(text, files, cms)));
    return path;
  }

  /** Imports a bundle and has it approved; returns its digest. */
  async approved(recipe: BundleRecipe = {}, kind: 'install' | 'recovery' = 'install'): Promise<string> {
    const { bundle } = await this.call('administrator', 'bundle.import', { path: this.bundle(recipe) });
    await this.approve(bundle.digest, kind);
    return bundle.digest;
  }

  approve(bundleDigest: string, kind: 'install' | 'recovery' = 'install') {
    return this.signApproval({ bundleDigest, kind, scope: { serials: '*', workOrder: null }, downgrade: null });
  }

  signApproval(
    request: Pick<ApprovalRequest, 'bundleDigest' | 'kind' | 'scope' | 'downgrade'>,
    who: Person = 'approver',
  ) {
    const meaning = 'Approved for installation';
    const product = 'drydock.virtual-unit';
    return this.call(who, 'approval.sign', {
      request: { ...request, product, meaning, reasonCode: null },
      password,
    });
  }

  /** Puts the default policy in force with some changes. */
  async installPolicy(changes: Partial<PolicyDocument>): Promise<void> {
    const { document } = await this.call('administrator', 'policy.show', { product: '*' });
    const path = join(this.folder, 'policy.json');
    writeFileSync(path, JSON.stringify({ ...document, ...changes }));
    await this.call('administrator', 'policy.install', { path, reason: 'Other rules', password });
  }

  /** Runs an update to its end. */
  async update(
    bundleDigest: string,
    position = '1-1',
    kind: UpdateJobView['kind'] = 'install',
    who: Person = 'technician',
  ): Promise<UpdateJobView> {
    const { id } = await this.call(who, 'update.start', {
      position,
      bundleDigest,
      kind,
      workOrder: 'WO-2026-0815',
      assetTag: 'INF-17',
      udi: null,
    });
    return this.call(who, 'update.await', { id });
  }

  /** Closes the station as an orderly exit does, and opens it again on the same folder. Sessions survive. */
  async restart(changes: Partial<StationOptions> = {}): Promise<void> {
    await this.#station.close();
    this.#station = this.#open(false, changes);
  }

  async close(): Promise<void> {
    await this.#station.close();
    await this.bench.close();
  }

  #open(create: boolean, changes: Partial<StationOptions> = {}): Station {
    const opened = openStation({ ...this.options, create, ...changes });
    assert.ok(opened.ok, opened.ok ? '' : `${opened.code}: ${opened.reason}`);
    opened.value.subscribe((event) => this.events.push(event));
    return opened.value;
  }

  async #setUp(): Promise<void> {
    const administrator = { username: 'administrator', printedName: 'Ada Administrator', password };
    await this.call(null, 'station.initialise', { name: 'Bench 7', administrator });
    await this.login('administrator');
    await this.hire('technician', 'Tom Technician', ['technician']);
    await this.hire('approver', 'Anna Approver', ['approver']);
    await this.hire('auditor', 'Otto Auditor', ['auditor']);
    await this.pinRoot(demoPki.rootPem);
    await this.call('administrator', 'trust.pin-image-key', {
      publicKey: demoPki.imagePublicKey,
      label: 'Demo image key',
      products: ['*'],
      typedFingerprint: createHash('sha256')
        .update(createPublicKey(demoPki.imagePublicKey).export({ format: 'der', type: 'spki' }))
        .digest('hex'),
    });
  }

  pinRoot(certificate: string) {
    return this.call('administrator', 'trust.pin-anchor', {
      certificate,
      label: 'Demo root',
      products: ['*'],
      typedFingerprint: sha256Of(new X509Certificate(certificate).raw),
    });
  }

  /** The administrator vouches for a clock that went more than a day forward. */
  async acceptClock(): Promise<void> {
    await this.login('administrator');
    await this.call('administrator', 'trust.accept-clock', { reason: 'Stood on a shelf', password });
  }

  /** Does the deed once, at the first progress of a job; what it returns resolves when the deed is done. */
  atFirstProgress(deed: (jobId: string) => Promise<unknown>): () => Promise<void> {
    const begun: Promise<unknown>[] = [];
    this.#station.subscribe((event) => {
      if (event.type === 'job.progress' && begun.length === 0) begun.push(deed(event.jobId));
    });
    return async () => {
      assert.equal(begun.length, 1, 'the job never came to make progress');
      await Promise.all(begun);
    };
  }

  /** Makes an account and logs its operator in, with a password of his own. */
  async hire(username: string, printedName: string, roles: Role[]): Promise<void> {
    const initialPassword = 'initial pass phrase of the day';
    await this.call('administrator', 'operator.create', { username, printedName, roles, initialPassword });
    const { token } = await this.call(null, 'session.login', { username, password: initialPassword });
    this.tokens.set(username, token);
    await this.call(username, 'operator.change-password', { currentPassword: initialPassword, newPassword: password });
    await this.login(username);
  }
}
