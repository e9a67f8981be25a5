import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderMatrix, traceTests } from '../../../scripts/traceability/matrix.ts';
import { readRequirements } from '../../../scripts/traceability/requirements.ts';
import { readTestTitles } from '../../../scripts/traceability/test-titles.ts';

// IDs are put together here, so that the titles inside these sources are not taken for titles of this file.
const sig = 'REQ-OTA-SIG-01';
const man = 'REQ-OTA-MAN-01';
const document = `# Requirements\n\n### ${sig} · Nothing before the signature\n\nText.\n\n### ${man} · A strict manifest\n`;

describe('titles of a test file', () => {
  const titlesOf = (source: string): string[] => readTestTitles('a.test.ts', source).map(({ title }) => title);

  test('are read from test, it and sub-tests, in any quotes', () => {
    const source = `test('one', f); it("two", f); test(\`three\`, f); test('four', async (t) => { await t.test('five', f); });`;
    assert.deepEqual(titlesOf(source), ['one', 'two', 'three', 'four', 'four › five']);
  });

  test('carry the titles of their suites', () => {
    assert.deepEqual(titlesOf(`describe('outer', () => { suite('inner', () => { it('leaf', f); }); });`), [
      'outer › inner › leaf',
    ]);
  });

  test('show what is known only at run time as an ellipsis', () => {
    assert.deepEqual(titlesOf("for (const x of xs) test(`one ${x.name} two`, f); test('three ' + name, f);"), [
      'one … two',
      'three …',
    ]);
  });

  test('are not taken from comments, strings or other calls', () => {
    assert.deepEqual(
      titlesOf(`// test('one', f)\nconst s = "test('two', f)"; check('three', f); /x/.exec('four');`),
      [],
    );
  });

  test('tell which tests are skipped', () => {
    const [skipped, runs] = readTestTitles('a.test.ts', `test.skip('one', f); test('two', f);`);
    assert.equal(skipped?.skipped, true);
    assert.equal(runs?.skipped, false);
  });
});

describe('requirements', () => {
  test('are the headings with an ID, in their order', () => {
    assert.deepEqual(readRequirements(document), [
      { id: sig, title: 'Nothing before the signature' },
      { id: man, title: 'A strict manifest' },
    ]);
  });

  test('that stand there twice are a fault', () => {
    assert.throws(() => readRequirements(document + document), /twice/);
  });

  test('must be there at all', () => {
    assert.throws(() => readRequirements('# Requirements\n'), /no requirement/);
  });
});

describe('the matrix', () => {
  const requirements = readRequirements(document);
  const trace = (source: string) => traceTests(requirements, readTestTitles('test/a.test.ts', source));

  test('lists a test under each requirement that its title names', () => {
    const { proofs, unknown } = trace(`test('${sig} ${man} refuses both', f);`);
    assert.deepEqual(unknown, []);
    assert.equal(proofs.get(sig)?.length, 1);
    assert.equal(proofs.get(man)?.length, 1);
  });

  test('takes the ID of a suite for all of its tests', () => {
    const { proofs } = trace(`describe('${sig}', () => { test('a', f); test('b', f); });`);
    assert.equal(proofs.get(sig)?.length, 2);
  });

  test('reports an ID that no requirement has', () => {
    const { unknown } = trace(`test('${sig.replace('01', '99')} refuses', f);`);
    assert.deepEqual(
      unknown.map(({ id }) => id),
      [sig.replace('01', '99')],
    );
  });

  test('names the requirements that no running test proves', () => {
    const text = renderMatrix(requirements, trace(`test('${sig} a', f); test.skip('${man} b', f);`).proofs);
    assert.match(text, /1 of 2 requirements/);
    const unproven = text.slice(text.indexOf('## Not yet proven'), text.indexOf(`## ${sig}`));
    assert.match(unproven, new RegExp(man));
    assert.doesNotMatch(unproven, new RegExp(sig));
  });

  test('lets no title become markup', () => {
    const text = renderMatrix(requirements, trace(`test('${sig} keeps <b>|a|</b> [x](y)', f);`).proofs);
    assert.ok(text.includes(String.raw`keeps \<b\>\|a\|\</b\> \[x\](y)`));
  });
});
