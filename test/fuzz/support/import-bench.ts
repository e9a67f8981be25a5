import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BundleRecord } from '../../../core/bundle/repository.ts';
import { importBundle } from '../../../core/bundle/import-bundle.ts';
import type { ImportPorts } from '../../../core/bundle/import-ports.ts';
import { fixtureTime } from '../../helpers/signed-bundle.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { operator, testStation } from '../../helpers/test-import.ts';
import { checkRefusal } from './check-refusal.ts';

/** Imports bundles one after the other, each into a station that is new, and checks what every import has in common. */
export class ImportBench {
  readonly #root = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly #ports: Partial<ImportPorts>;

  constructor(ports: Partial<ImportPorts>) {
    this.#ports = ports;
  }

  /** The bundle, or null where it was refused. There was one event, quarantine is empty, and the store holds a whole bundle or nothing. */
  async import(bytes: Uint8Array): Promise<BundleRecord | null> {
    const made: (() => void)[] = [];
    const station = testStation({ after: (undo: () => void) => made.push(undo) }, this.#ports);
    try {
      station.clock.setWall(fixtureTime);
      const path = join(this.#root, 'bundle');
      mkdirSync(this.#root, { recursive: true });
      writeFileSync(path, bytes);
      const result = await importBundle({ path, actor: operator }, station.ports);
      checkRefusal(result);
      assert.equal(station.events.length, 1, 'there is not exactly one event');
      assert.equal(station.events[0]?.outcome, result.ok ? 'done' : 'refused');
      const files = station.files();
      if (!result.ok) {
        assert.deepEqual(files, [], 'a refused import left files behind');
        assert.equal(station.events[0].code, result.code);
        assert.deepEqual(station.bundles.list(), []);
        return null;
      }
      const { bundle } = result.value;
      const { digest, signature, manifest } = bundle;
      const expected = new Set([digest, signature.sha256, ...manifest.images.map(({ hash }) => hash)]);
      assert.deepEqual(files.toSorted(), [...expected].map((sha256) => `store/${sha256}`).toSorted());
      for (const sha256 of expected) assert.equal(sha256Of(readFileSync(station.store.pathOf(sha256))), sha256);
      assert.deepEqual(station.bundles.list(), [bundle]);
      return bundle;
    } finally {
      for (const undo of made) undo();
      rmSync(this.#root, { recursive: true, force: true });
    }
  }
}
