import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadReportFonts } from '../../../core/report/pdf/fonts.ts';
import { type } from '../../../core/report/pdf/paper.ts';
import { groupByFour, printableText } from '../../../core/report/pdf/printable-text.ts';
import { printClockOn, printPeriod } from '../../../core/report/pdf/wording.ts';
import { reportJsonBytes } from '../../../core/report/report-json.ts';
import { renderReportPdf } from '../../../core/report/report-pdf.ts';
import { confirmation, reversion, simpleChecks, simpleSelfTests, simpleStory } from './simple-job.ts';
import {
  approver,
  buildModel,
  confirmedMoves,
  manifest,
  secondApprover,
  sha256,
  tellStory,
  type StoryOptions,
} from './station-fixture.ts';

/** An independent reader of PDF; without it these tests have nothing to look with. */
const skip = spawnSync('pdftotext', ['-v']).error === undefined ? false : 'poppler-utils is not installed';

function runPoppler(tool: 'pdftotext' | 'pdfinfo' | 'pdffonts', pdf: Uint8Array, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-pdf-'));
  try {
    const path = join(folder, 'report.pdf');
    writeFileSync(path, pdf);
    const output = tool === 'pdftotext' ? ['-'] : [];
    return execFileSync(tool, [...options, path, ...output], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const pageCount = (pdf: Uint8Array): number => Number(/^Pages:\s+(\d+)$/m.exec(runPoppler('pdfinfo', pdf))?.[1]);

/** The text with its layout's spaces and line ends made one space. */
const textOf = (pdf: Uint8Array): string => runPoppler('pdftotext', pdf, '-layout').replace(/\s+/g, ' ');

const manyChecks: StoryOptions['moves'] = confirmedMoves.map(([to, change]) => [
  to,
  to !== 'ready'
    ? change
    : {
        ...change,
        checks: Array.from({ length: 120 }, (_, index) => ({
          name: `check-${index}`,
          passed: index !== 60,
          detail: index % 10 === 0 ? `${'long words '.repeat(60)}${'x'.repeat(300)}` : `detail ${index}`,
          at: '2026-11-22T09:00:07.000Z',
        })),
      },
]);

test(
  'REQ-OTA-RPT-01 a simple job fits on one page, its conclusion in the first three sentences',
  { skip },
  async () => {
    const confirmed = buildModel(tellStory(simpleStory(confirmation)));
    assert.equal(confirmed.job.checks.length, 17);
    assert.equal(confirmed.job.selfTest?.results.length, 4);
    assert.equal(confirmed.log.events.length, 14);
    const reverted = buildModel(tellStory(simpleStory(reversion)));
    assert.equal(reverted.log.events.length, 15);
    const printed = [
      { model: confirmed, paper: 'A4', size: '595.28 x 841.89 pts (A4)' },
      { model: reverted, paper: 'A4', size: '595.28 x 841.89 pts (A4)' },
      { model: confirmed, paper: 'Letter', size: '612 x 792 pts (letter)' },
    ] as const;
    for (const { model, paper, size } of printed) {
      const pdf = await renderReportPdf(model, paper);
      assert.equal(pageCount(pdf), 1, `${model.job.state} on ${paper}`);
      assert.ok(runPoppler('pdfinfo', pdf).includes(size));
      const { proof, result, what } = model.conclusion;
      const text = textOf(pdf);
      const places = ['Firmware service report', what, result, proof, 'Unit', 'Bundle'].map((words) =>
        text.indexOf(words),
      );
      assert.ok(
        places.every((place, index) => place >= 0 && place >= (places[index - 1] ?? 0)),
        places.join(' '),
      );
    }
  },
);

test('REQ-OTA-RPT-01 the one page leaves out no check, self-test, event or proof', { skip }, async () => {
  const model = buildModel(tellStory(simpleStory(confirmation, { training: false })));
  const pdf = await renderReportPdf(model);
  assertInsideMargins(pdf);
  const lines = runPoppler('pdftotext', pdf, '-layout')
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '));
  for (const [name, detail] of simpleChecks)
    assert.ok(lines.includes(`${name} Passed ${detail} 09:00:13`), `${name} in one line\n${lines.join('\n')}`);
  const text = lines.join(' ');
  for (const [name, detail] of simpleSelfTests) assert.ok(text.includes(`${name} Passed ${detail}`), name);
  for (const { leaf, seq } of model.log.events) {
    const { time } = JSON.parse(leaf) as { time: string };
    assert.match(text, new RegExp(`\\b${seq} ${time.slice(11, 19)} [A-Z]|\\b${seq} ${time.slice(11, 19)} \\w+ →`));
  }
  for (const hash of [model.bundle.digest, model.station.publicKeySha256, sha256(reportJsonBytes(model))])
    assert.ok(lines.some((line) => line.endsWith(groupByFour(hash))));
});

test('REQ-OTA-RPT-01 a time without a date is of the day of the job, any other day is printed', { skip }, async () => {
  const model = buildModel(tellStory(simpleStory(confirmation, { daysBeforeJob: 3 }, '2026-11-25T09:00:13Z')));
  const pdf = await renderReportPdf(model);
  assert.equal(pageCount(pdf), 1);
  const text = textOf(pdf);
  assert.match(text, /Began, ended 2026-11-25 09:00:\d\d to 09:00:\d\d UTC/);
  assert.match(text, /2026-11-22 09:00:\d\d Bundle imported, ana\.ruiz/);
  assert.match(text, /\d\d 09:00:\d\d testing → confirmed/);
  assert.match(text, /permanent Passed The new image is marked permanent\. 09:00:13/);
});

test('times are printed with their day unless it is the one that stands elsewhere', () => {
  assert.equal(printClockOn('2026-11-22', '2026-11-22T23:59:59.999Z'), '23:59:59');
  assert.equal(printClockOn('2026-11-22', '2026-11-23T00:00:00.000Z'), '2026-11-23 00:00:00');
  assert.equal(printPeriod('2026-11-22T09:00:00.123Z', '2026-11-22T09:02:10Z'), '2026-11-22 09:00:00 to 09:02:10 UTC');
  const overNight = printPeriod('2026-11-22T23:59:00Z', '2026-11-23T00:02:10Z');
  assert.equal(overNight, '2026-11-22 23:59:00 to 2026-11-23 00:02:10 UTC');
  assert.equal(printPeriod('2026-11-22T09:00:00Z', null), '2026-11-22 09:00:00 UTC, not ended');
});

test('REQ-OTA-RPT-01 no type on the paper is too small to read', () => {
  for (const [style, { font, size }] of Object.entries(type)) assert.ok(size >= (font === 'mono' ? 7 : 7.5), style);
});

test(
  'REQ-OTA-RPT-01 the paper names unit, bundle, checks, self-tests, approvals, events and proof',
  { skip },
  async () => {
    const model = buildModel(tellStory({ approvers: [approver, secondApprover] }));
    const text = textOf(await renderReportPdf(model));
    const documentedCommand =
      'openssl pkeyutl -verify -pubin -inkey station.pub.pem -rawin -in $R.json -sigfile $R.json.sig';
    const facts = [
      'Biomedical workshop, bench 7 (bench-07)',
      model.id,
      'Acme Infusion Pump 300 (acme.infusion-pump)',
      'PMP-300-00417',
      'WO-2026-00981',
      'BME-004417',
      '(01)04012345678901(21)PMP-300-00417',
      'Ana María Ruiz (ana.ruiz)',
      '2.4.0',
      'CC-2026-0117',
      '3 before · 7 intended · 7 after',
      groupByFour(model.bundle.digest),
      groupByFour(model.job.imageHash ?? ''),
      'CN=Acme Firmware Signing',
      'anti-rollback',
      'Version 7 is above 3 on the unit and 3 in its history.',
      'pressure-sensor',
      'zero offset 0.4 mmHg, limit 2.0',
      'Jo Park (jo.park)',
      'Σοφία Παππά',
      'Meaning of the signature',
      'field-safety-notice',
      'Electronic signature, SHA-256',
      'testing → confirmed',
      'log drydock/bench-07, 17 events at the checkpoint',
      groupByFour(model.station.publicKeySha256),
      groupByFour(sha256(reportJsonBytes(model))),
      documentedCommand,
      'Page 1 of 1',
    ];
    assert.ok(readFileSync(new URL('../../../docs/reports.md', import.meta.url), 'utf8').includes(documentedCommand));
    for (const fact of facts) assert.ok(text.includes(fact), `the paper must say: ${fact}\n${text}`);
    assert.doesNotMatch(text, /TRAINING/);
  },
);

test("REQ-OTA-RPT-01 the paper lists the bundle's documents with their digests", { skip }, async () => {
  const hash = 'c0ffee'.repeat(10).padEnd(64, '0');
  const title = 'Change order CC-2026-0117';
  const document = {
    file: 'documents/cc.txt',
    kind: 'change-control',
    title,
    mediaType: 'text/plain',
    len: 9,
    hash,
  } as const;
  const model = buildModel(tellStory({ manifest: { ...manifest, documents: [document] } }));
  const text = textOf(await renderReportPdf(model));
  for (const fact of [`${title} (change-control)`, groupByFour(hash)]) assert.ok(text.includes(fact), text);
});

test('REQ-OTA-RPT-01 the same model gives the same bytes, another one gives others', { skip }, async () => {
  const model = buildModel(tellStory());
  const first = await renderReportPdf(model);
  assert.deepEqual(await renderReportPdf(structuredClone(model)), first);
  assert.notDeepEqual(await renderReportPdf({ ...model, generatedBy: 'Another' }), first);
});

test(
  'REQ-OTA-RPT-01 long lists go on over pages with the table head repeated, and long words wrap',
  { skip },
  async () => {
    const pdf = await renderReportPdf(buildModel(tellStory({ moves: manyChecks })), 'Letter');
    const pages = runPoppler('pdftotext', pdf, '-layout').split('\f').slice(0, -1);
    assert.ok(pages.length >= 4);
    assert.match(runPoppler('pdfinfo', pdf), /^Page size:\s+612 x 792 pts \(letter\)$/m);
    pages.forEach((page, index) => {
      assert.match(page, new RegExp(`Page ${index + 1} of ${pages.length}`));
      assert.match(page, /DR-7c9e6679-20261122T101500Z/);
      if (page.includes('check-')) assert.match(page, /Checks\s+Result\s+What was found\s+UTC/);
    });
    const whole = pages.join(' ').replace(/\s+/g, ' ');
    for (let index = 0; index < 120; index += 1) assert.ok(whole.includes(`check-${index} `), `check-${index}`);
    assert.equal(whole.match(/Failed/g)?.length, 1);
    assertInsideMargins(pdf);
  },
);

test(
  'REQ-OTA-RPT-01 the proof stands on one page, and not without the last events, wherever they end',
  { skip },
  async () => {
    let newPages = 0;
    for (let more = 0; more < 24; more += 2) {
      const moves = confirmedMoves.map(([to, change]): (typeof confirmedMoves)[number] => {
        if (to !== 'ready') return [to, change];
        const checks = Array.from({ length: 17 + more }, (_, index) => ({
          name: `check-${index}`,
          passed: true,
          detail: `detail ${index}`,
          at: '2026-11-22T09:00:07.000Z',
        }));
        return [to, { ...change, checks }];
      });
      const pdf = await renderReportPdf(buildModel(tellStory({ moves })));
      const pages = runPoppler('pdftotext', pdf, '-layout').split('\f').slice(0, -1);
      const last = pages.at(-1) ?? '';
      for (const words of ['Merkle root', 'With Drydock', 'compare the station key']) {
        assert.ok(last.includes(words), `${words}, ${17 + more} checks`);
      }
      assert.match(last, /^ *Events +UTC/m, `${17 + more} checks`);
      newPages += pages.length > 1 ? 1 : 0;
    }
    assert.ok(newPages > 2, 'some of them have a second page');
  },
);

test('REQ-OTA-RPT-01 nothing is written outside the margins, whatever the length of the values', { skip }, async () => {
  const options: StoryOptions = {
    stationName: 'W'.repeat(200),
    request: { workOrder: 'W'.repeat(128), assetTag: 'W'.repeat(128), udi: '@'.repeat(128) },
    moves: [
      [
        'refused',
        { product: 'W'.repeat(90), serial: 'M'.repeat(120), hardware: 'W'.repeat(120), reason: 'Ŵ'.repeat(500) },
      ],
    ],
    approvers: [],
  };
  assertInsideMargins(await renderReportPdf(buildModel(tellStory(options))));
});

test('REQ-OTA-RPT-01 a training report is stamped and banded on each page', { skip }, async () => {
  const pdf = await renderReportPdf(buildModel(tellStory({ training: true, moves: manyChecks })));
  const pages = runPoppler('pdftotext', pdf).split('\f').slice(0, -1);
  for (const page of pages) {
    assert.match(page, /TRAINING — made with a virtual unit, no proof about real equipment/);
    // The stamp is turned, so that its letters come one by one.
    assert.ok((page.match(/[TRAING]/g)?.length ?? 0) >= 8);
  }
  const plain = await renderReportPdf(buildModel(tellStory({ moves: manyChecks })));
  assert.ok(!runPoppler('pdftotext', plain).includes('TRAINING'));
});

test(
  'REQ-OTA-RPT-01 Latin, Greek and Cyrillic are printed; what the font lacks or would hide is spelled out',
  { skip },
  async () => {
    const stationName = 'Łódź Ελλάδα Київ 中 \u202eabc';
    const text = textOf(await renderReportPdf(buildModel(tellStory({ stationName }))));
    assert.ok(text.includes('Łódź Ελλάδα Київ [U+4E2D] [U+202E]abc'));
  },
);

test('REQ-OTA-RPT-01 the fonts travel in the file', { skip }, async () => {
  const fonts = runPoppler('pdffonts', await renderReportPdf(buildModel(tellStory())));
  const rows = fonts.trim().split('\n').slice(2);
  assert.equal(rows.length, 3);
  for (const row of rows) assert.match(row, /IBMPlex.*\byes\s+yes\s+yes\b/);
});

test('printable text spells out each character that would not be seen, and cuts visibly', () => {
  const { covers } = loadReportFonts().mono;
  assert.equal(printableText('a\n\tb  c ', covers), 'a b c');
  assert.equal(printableText('α', covers), '[U+03B1]');
  assert.equal(printableText('\u0000\u200b\u{1f600}\ud800', covers), '[U+0000][U+200B][U+1F600][U+D800]');
  assert.equal(printableText('x'.repeat(1205), covers), `${'x'.repeat(1200)}… [5 more characters in the JSON]`);
});

test('the coverage that is read from a font is that of its character map', () => {
  const { mono, sans } = loadReportFonts();
  for (const character of 'Aaé→жΩω–…') assert.ok(sans.covers(character.codePointAt(0) ?? 0), character);
  for (const character of '中✗⚠') assert.ok(!sans.covers(character.codePointAt(0) ?? 0), character);
  assert.ok(mono.covers(0x41) && !mono.covers(0x3b1) && !mono.covers(0xffff) && !mono.covers(0x1f600));
});

/** Words of the PDF by poppler's bounding boxes, against the page's side margins and edges. */
function assertInsideMargins(pdf: Uint8Array): void {
  const boxes = runPoppler('pdftotext', pdf, '-bbox');
  const width = Number(/<page width="([\d.]+)"/.exec(boxes)?.[1]);
  const height = Number(/<page width="[\d.]+" height="([\d.]+)"/.exec(boxes)?.[1]);
  const words = [
    ...boxes.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)<\/word>/g),
  ];
  assert.ok(words.length > 50);
  for (const [, xMin, yMin, xMax, yMax, word] of words) {
    assert.ok(
      Number(xMin) >= 55.9 && Number(xMax) <= width - 55.9,
      `${word ?? ''} at x ${xMin ?? ''} to ${xMax ?? ''}`,
    );
    assert.ok(Number(yMin) >= 10 && Number(yMax) <= height - 10, `${word ?? ''} at y ${yMin ?? ''} to ${yMax ?? ''}`);
  }
}
