import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { reportCheckNames, type ReportModel } from '../../../contract/schema/report.ts';
import { canonicalBytes } from '../../../core/canonical-json.ts';
import { writePeriodCsv } from '../../../core/report/report-csv.ts';
import { printableText } from '../../../core/report/pdf/printable-text.ts';
import { verifyReport } from '../../../core/report/verifier/verify-report.ts';
import { buildModel, pemOf, signReport, tellStory } from '../../unit/report/station-fixture.ts';

const story = tellStory();
const model = buildModel(story);
const genuine = signReport(model, story.station);
const trustedStationKey = pemOf(story.station);
const bounds = { seed: 20261122, interruptAfterTimeLimit: 2000, markInterruptAsFailure: false };

test('REQ-OTA-RPT-02 no mutation of the bytes verifies, and none makes the verifier throw', () => {
  const position = fc.nat({ max: genuine.jsonBytes.length - 1 });
  const edit = fc.record({ at: position, drop: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 20 }) });
  fc.assert(
    fc.property(edit, ({ at, drop, put }) => {
      const { jsonBytes } = genuine;
      const mutated = Buffer.concat([jsonBytes.subarray(0, at), put, jsonBytes.subarray(at + drop)]);
      const { result } = verifyReport({ ...genuine, jsonBytes: mutated, trustedStationKey });
      assert.equal(result.ok, Buffer.compare(mutated, jsonBytes) === 0);
    }),
    { ...bounds, numRuns: 400 },
  );
});

test('REQ-OTA-RPT-02 whatever a lying station signs, the verifier answers and does not throw', () => {
  const paths = allPaths(model);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
      const draft = structuredClone(model);
      put(draft, path, value);
      const jsonBytes = canonicalBytes(draft);
      const signature = sign(null, jsonBytes, story.station.privateKey);
      const { checks, result } = verifyReport({ jsonBytes, signature, trustedStationKey });
      assert.equal(checks.length, reportCheckNames.length);
      assert.equal(
        result.ok,
        checks.every(({ status }) => status !== 'failed'),
      );
    }),
    { ...bounds, numRuns: 300 },
  );
});

test('REQ-OTA-RPT-02 bytes that are no report at all get a refusal', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(anything, fc.uint8Array({ maxLength: 70 }), fc.string(), (jsonBytes, signature, trusted) => {
      const pdf = { pdfBytes: jsonBytes, pdfSignature: signature };
      assert.equal(verifyReport({ jsonBytes, signature, trustedStationKey: trusted, pdf }).result.ok, false);
    }),
    { ...bounds, numRuns: 1000 },
  );
});

test('REQ-OTA-RPT-01 no text makes a line of the CSV begin or end early', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const names = { productName: text, releaseName: text, changeControl: text };
      const csv = writePeriodCsv([{ job: model.job, ...names }]);
      const outside = csv.replace(/"(?:[^"]|"")*"/g, '');
      const [head = '', line = '', ...rest] = outside.split('\r\n');
      assert.deepEqual(rest, ['']);
      assert.equal(line.split(',').length, head.split(',').length);
    }),
    { ...bounds, numRuns: 500 },
  );
});

test('REQ-OTA-RPT-01 printed text holds only what the font covers', () => {
  const covers = (codePoint: number): boolean => codePoint >= 0x20 && codePoint < 0x7f;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.match(printableText(text, covers), /^[\x20-\x7e]*$/)),
    { ...bounds, numRuns: 1000 },
  );
});

type Path = readonly (string | number)[];

/** Every object, array and scalar of the model below its root. */
function allPaths(value: unknown, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...own, ...entries.flatMap(([key, item]) => allPaths(item, [...path, key]))];
}

function put(root: ReportModel, path: Path, value: unknown): void {
  const holder = path.slice(0, -1).reduce<unknown>((found, key) => Reflect.get(found as object, key), root) as object;
  Reflect.set(holder, path.at(-1) ?? assert.fail(), value);
}
