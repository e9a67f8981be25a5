import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept } from '../../contract/result.ts';
import type { BundleSigner } from '../../contract/schema/bundle.ts';
import { BundleStore } from '../../core/bundle/bundle-store.ts';
import type { ReceiveDocuments } from '../../core/bundle/documents/document-thread.ts';
import { receiveDocument } from '../../core/bundle/documents/receive-document.ts';
import { receiveImage } from '../../core/bundle/images/receive-image.ts';
import type { ImageReceiver, ReceiveImages } from '../../core/bundle/images/image-thread.ts';
import { importBundle } from '../../core/bundle/import-bundle.ts';
import type { ImportEvent, ImportPorts } from '../../core/bundle/import-ports.ts';
import { createQuarantine } from '../../core/bundle/quarantine.ts';
import type { BundleRecord, BundleRepository, BundleSignature } from '../../core/bundle/repository.ts';
import { type Cleanup, tempFolder } from './temp-folder.ts';
import { TestClock } from './test-clock.ts';

export const operator = { kind: 'operator', id: 'op-1', username: 'ada' } as const;

export function testSigner(changes: Partial<BundleSigner> = {}): BundleSigner {
  return {
    subject: 'CN=Release signing',
    certificateSha256: 'c'.repeat(64),
    publicKeySha256: 'd'.repeat(64),
    notAfter: '2030-01-01T00:00:00Z',
    signingTime: null,
    anchorSha256: 'a'.repeat(64),
    ...changes,
  };
}

/** As the worker does it, in this thread: quicker, and a test can step in. */
export const receiveImagesHere: ReceiveImages = async (requests, progress) => {
  for (const request of requests) {
    const received = await receiveImage(request, progress);
    if (!received.ok) return received;
  }
  return accept(undefined);
};

/** A receiver that has nothing to start or to end. */
export function receiverOf(receive: ReceiveImages): () => ImageReceiver {
  return () => ({ receive, end: () => Promise.resolve() });
}

export const receiveDocumentsHere: ReceiveDocuments = async (requests) => {
  for (const request of requests) {
    const received = await receiveDocument(request);
    if (!received.ok) return received;
  }
  return accept(undefined);
};

export class MemoryBundles implements BundleRepository {
  readonly #records = new Map<string, BundleRecord>();
  add(record: BundleRecord): void {
    if (this.has(record.digest)) throw new Error('UNIQUE constraint failed: bundle.digest');
    this.#records.set(record.digest, record);
  }
  replaceSignature(digest: string, signature: BundleSignature): void {
    const record = this.get(digest);
    if (record === null) throw new Error('no such bundle');
    this.#records.set(digest, { ...record, ...signature });
  }
  remove(digest: string): void {
    this.#records.delete(digest);
  }
  get(digest: string): BundleRecord | null {
    return this.#records.get(digest) ?? null;
  }
  has(digest: string): boolean {
    return this.#records.has(digest);
  }
  list(): readonly BundleRecord[] {
    return [...this.#records.values()];
  }
  listWithProfiles(): readonly BundleRecord[] {
    return this.list().filter(({ manifest }) => manifest.profiles !== undefined);
  }
  isReferenced(sha256: string): boolean {
    return this.list().some(
      ({ digest, signature, manifest }) =>
        digest === sha256 ||
        signature.sha256 === sha256 ||
        [...manifest.images, ...(manifest.documents ?? []), ...(manifest.profiles ?? [])].some(
          ({ hash }) => hash === sha256,
        ),
    );
  }
}

export interface TestStation {
  readonly folder: string;
  readonly clock: TestClock;
  readonly bundles: MemoryBundles;
  readonly store: BundleStore;
  readonly events: ImportEvent[];
  readonly ports: ImportPorts;
  /** Writes the bytes to a file and imports it. */
  import(bytes: Uint8Array, changes?: Partial<ImportPorts>): ReturnType<typeof importBundle>;
  /** Every file under quarantine and store, by relative path. */
  files(): string[];
}

/** A station around the import: rooms that are not under test accept everything. */
export function testStation(t: Cleanup, changes: Partial<ImportPorts> = {}): TestStation {
  const root = tempFolder(t);
  const folder = join(root, 'data');
  mkdirSync(folder);
  const clock = new TestClock();
  const bundles = new MemoryBundles();
  const store = new BundleStore(folder);
  const events: ImportEvent[] = [];
  const ports: ImportPorts = {
    store,
    quarantine: createQuarantine(folder, (lenBytes) => randomBytes(lenBytes)),
    bundles,
    audit: { append: (event) => events.push(event) },
    transact: (work) => work(),
    trustedNow: () => accept(clock.now()),
    verifySignature: () => accept([testSigner()]),
    rulesFor: () => accept({ threshold: 1, anchors: null, revocation: null, imageKeys: [] }),
    stationVersion: '0.1.0',
    startReceiver: receiverOf(receiveImagesHere),
    receiveDocuments: receiveDocumentsHere,
    ...changes,
  };
  return {
    folder,
    clock,
    bundles,
    store,
    events,
    ports,
    import(bytes, more = {}) {
      const path = join(root, 'bundle.zip');
      writeFileSync(path, bytes);
      return importBundle({ path, actor: operator }, { ...ports, ...more });
    },
    files: () => ['quarantine', 'store'].flatMap((name) => listFiles(folder, name)),
  };
}

function listFiles(folder: string, name: string): string[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => `${name}/${file}`);
}
