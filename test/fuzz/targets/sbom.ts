import assert from 'node:assert/strict';
import { compareComponents } from '../../../core/bundle/compare/compare-components.ts';
import { listComponents } from '../../../core/bundle/compare/sbom-components.ts';
import { readSbom } from '../../../core/bundle/documents/sbom.ts';
import { fixtureDocuments } from '../../helpers/signed-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const fixture = fixtureDocuments['documents/sbom.cdx.json'] ?? Buffer.alloc(0);

/** What is listed is what was counted, cut to what is shown; compared with itself nothing changes, and compared with another each component is told of. */
export const target: FuzzTarget = {
  seeds: () => [
    fixture,
    Buffer.from(
      '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a","version":"1","purl":"pkg:npm/%40x/a@1?x=@#/@"},{"group":"g","name":"a","components":[{"name":"","licenses":[{"expression":"MIT"}]}]}]}',
    ),
  ],
  shapes: ['json'],
  dictionary: ['"components"', '"purl":"pkg:', '"__proto__"', '"licenses"', '"version"', '@', '[[[[[[', '"CycloneDX"'],
  run(input) {
    const summary = readSbom(input, 'sbom');
    const listed = listComponents([{ file: 'sbom', bytes: input }]);
    checkRefusal(listed);
    assert.equal(listed.ok, summary.ok);
    if (!listed.ok || !summary.ok) return;
    assert.equal(listed.value.length, summary.value.components);
    for (const { name, version, licence } of listed.value) {
      for (const text of [name, version, licence]) {
        assert.ok(text === null || (text.length <= 200 && text.isWellFormed()));
      }
    }
    const { counts } = compareComponents(listed.value, listed.value);
    const { same, ...changes } = counts;
    assert.deepEqual(changes, { added: 0, removed: 0, version: 0, licence: 0, listed: 0 });
    assert.equal(same, compareComponents(null, listed.value).counts.listed);
    const fresh = compareComponents([], listed.value).counts;
    assert.deepEqual([fresh.added, fresh.removed], [same, 0]);
  },
};
