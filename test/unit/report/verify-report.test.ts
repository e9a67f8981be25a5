import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { reportCheckNames, type ReportCheckName, type ReportModel } from '../../../contract/schema/report.ts';
import type { JsonObject } from '../../../core/ports.ts';
import { reportJsonBytes } from '../../../core/report/report-json.ts';
import { renderReportPdf } from '../../../core/report/report-pdf.ts';
import { verifyReport, type ReportVerification } from '../../../core/report/verifier/verify-report.ts';
import {
  approver,
  buildModel,
  confirmedMoves,
  makeKeys,
  pemOf,
  secondApprover,
  sha256,
  signer,
  signReport,
  technician,
  tellStory,
} from './station-fixture.ts';

const story = tellStory({ approvers: [approver, secondApprover], policy: twoApprovals() });
const model = buildModel(story);

function twoApprovals() {
  return {
    approvals: {
      required: 2,
      roles: ['approver' as const],
      validForHours: 720,
      reasonCodes: [],
      importerMayApprove: false,
    },
  };
}

function statusOf(verification: ReportVerification, name: ReportCheckName): string | undefined {
  return verification.checks.find((check) => check.name === name)?.status;
}

function failedChecks({ checks }: ReportVerification): readonly string[] {
  return checks.filter(({ status }) => status === 'failed').map(({ name }) => name);
}

/** A station that lies: what it states is changed and then signed with its own key. */
function lie(change: (draft: ReportModel) => void): ReportVerification {
  const draft = structuredClone(model);
  change(draft);
  return verifyReport({ ...signReport(draft, story.station), trustedStationKey: pemOf(story.station) });
}

function assertNamed(verification: ReportVerification, name: ReportCheckName, code: string, words: RegExp): void {
  assert.equal(verification.result.ok, false);
  const check = verification.checks.find((each) => each.name === name);
  assert.equal(check?.status, 'failed', `${name} must fail, failed: ${failedChecks(verification).join(', ')}`);
  assert.equal(check.code, code);
  assert.match(check.sentence, words);
}

test('REQ-OTA-RPT-02 a genuine report passes every check, by PEM and by fingerprint in the usual spellings', async () => {
  const files = signReport(model, story.station);
  const pdfBytes = await renderReportPdf(model);
  const pdf = { pdfBytes, pdfSignature: sign(null, pdfBytes, story.station.privateKey) };
  const hex = model.station.publicKeySha256;
  const spellings = [pemOf(story.station), hex, hex.toUpperCase(), hex.replace(/(..)(?=.)/g, '$1:'), `SHA256:${hex}`];
  for (const trustedStationKey of spellings) {
    const { checks, result } = verifyReport({ ...files, pdf, trustedStationKey });
    assert.deepEqual(
      checks.filter(({ status }) => status !== 'passed'),
      [],
    );
    assert.deepEqual(
      checks.map(({ name }) => name),
      reportCheckNames,
    );
    assert.ok(result.ok);
    assert.equal(result.value.stationKeyTrusted, true);
    assert.match(result.value.sentence, /^The report is genuine/);
  }
});

test('REQ-OTA-RPT-02 without a trusted key the verdict says that the key was compared with nothing', () => {
  const { checks, result } = verifyReport(signReport(model, story.station));
  assert.ok(result.ok);
  assert.equal(result.value.stationKeyTrusted, false);
  assert.match(result.value.sentence, /consistent in itself, but the station key was not compared with one you trust/);
  assert.equal(checks.find(({ name }) => name === 'station-key')?.status, 'not-done');
});

test('REQ-OTA-RPT-02 refuses a report of another station key, even one that is consistent', () => {
  const verification = verifyReport({ ...signReport(model, story.station), trustedStationKey: pemOf(makeKeys()) });
  assertNamed(verification, 'station-key', 'report.key-not-trusted', /trusted key is/);
  const nonsense = verifyReport({ ...signReport(model, story.station), trustedStationKey: 'abc' });
  assertNamed(nonsense, 'station-key', 'report.key-not-trusted', /neither a PEM public key nor/);
});

test('REQ-OTA-RPT-02 refuses a signature of another key, a short one and one over another report', () => {
  const { jsonBytes, signature } = signReport(model, story.station);
  const other = sign(null, jsonBytes, makeKeys().privateKey);
  for (const wrong of [other, signature.subarray(1), new Uint8Array(64), new Uint8Array(0)]) {
    const verification = verifyReport({ jsonBytes, signature: wrong });
    assert.deepEqual(failedChecks(verification), ['station-signature']);
    assert.ok(!verification.result.ok);
    assert.equal(verification.result.code, 'report.signature-invalid');
  }
});

test('REQ-OTA-RPT-02 finds any change of any field without the station key', () => {
  const { signature } = signReport(model, story.station);
  for (const path of leafPaths(model)) {
    const draft: unknown = structuredClone(model);
    changeAt(draft, path);
    const jsonBytes = Buffer.from(reportJsonBytes(draft as ReportModel));
    const { result } = verifyReport({ jsonBytes, signature, trustedStationKey: pemOf(story.station) });
    assert.equal(result.ok, false, `a change of ${path.join('.')} must be found`);
  }
});

test('REQ-OTA-RPT-02 finds a lie of the station itself in every field that the log vouches for', () => {
  const itsOwnWord = ['generatedBy', 'station.name', 'station.version', 'bundle.signers.0.publicKeySha256'];
  const vouchedByImportOnly = [
    'bundle.signers.0.anchorSha256',
    'bundle.signers.0.notAfter',
    'bundle.signers.0.signingTime',
  ];
  const unfound: string[] = [];
  for (const path of leafPaths(model)) {
    const verification = lie((draft) => changeAt(draft, path));
    if (verification.result.ok) unfound.push(path.join('.'));
  }
  assert.deepEqual(unfound.sort(), [...itsOwnWord, ...vouchedByImportOnly].sort());
});

test('REQ-OTA-RPT-02 names a report that was spelled another way', () => {
  const pretty = Buffer.from(JSON.stringify(model, null, 1));
  const signature = sign(null, pretty, story.station.privateKey);
  const verification = verifyReport({ jsonBytes: pretty, signature });
  assert.deepEqual(failedChecks(verification), ['canonical-form']);
});

test('REQ-OTA-RPT-02 refuses a duplicate key, an unknown field and an oversized file, and does nothing more', () => {
  const text = Buffer.from(reportJsonBytes(model)).toString();
  const doubled = Buffer.from(text.replace('{"approvals"', '{"id":"x","approvals"'));
  assert.deepEqual(failedChecks(verifyReport({ jsonBytes: doubled, signature: new Uint8Array(64) })), ['json']);
  const unknown = Buffer.from(text.replace('{"approvals"', '{"aaa":1,"approvals"'));
  const verification = verifyReport({ jsonBytes: unknown, signature: sign(null, unknown, story.station.privateKey) });
  assertNamed(verification, 'schema', 'report.schema-invalid', /aaa/);
  assert.equal(statusOf(verification, 'inclusion'), 'not-done');
  const huge = Buffer.alloc(32 * 1024 * 1024 + 1, 0x20);
  assertNamed(
    verifyReport({ jsonBytes: huge, signature: new Uint8Array(64) }),
    'json',
    'report.json-invalid',
    /33554432/,
  );
});

test('REQ-OTA-AUD-02 names an event that was dropped, doubled, reordered or edited', () => {
  const indexOf = (to: string) => model.log.events.findIndex(({ leaf }) => leaf.includes(`"to":"${to}"`));
  const dropped = lie((draft) => void draft.log.events.splice(indexOf('staged'), 1));
  assertNamed(dropped, 'job', 'report.job-differs', /an event is missing/);
  const doubled = lie((draft) => void draft.log.events.splice(1, 0, draft.log.events[0] ?? assert.fail()));
  assertNamed(doubled, 'events', 'report.event-invalid', /Event 2 stands after event 2/);
  const reordered = lie((draft) => void draft.log.events.reverse());
  assertNamed(reordered, 'events', 'report.event-invalid', /stands after event/);
  const edited = lie((draft) => {
    const event = draft.log.events[indexOf('staged')] ?? assert.fail();
    event.leaf = event.leaf.replace('All 262144 bytes', 'All 262145 bytes');
  });
  assertNamed(edited, 'events', 'report.event-invalid', /leaf hash/);
});

test('REQ-OTA-AUD-02 an event that was made up with a fitting hash has no proof, and proofs cannot be swapped', () => {
  const madeUp = lie((draft) => {
    const event = draft.log.events.at(-1) ?? assert.fail();
    event.leaf = event.leaf.replace('"outcome":"done"', '"outcome":"failed"');
    event.leafHash = sha256(Buffer.concat([Buffer.of(0), Buffer.from(event.leaf)]));
  });
  assertNamed(madeUp, 'inclusion', 'report.proof-invalid', /^Event 16 is not in the log/);
  const swapped = lie((draft) => {
    const [first, second] = draft.log.events;
    assert.ok(first && second);
    [first.proof, second.proof] = [second.proof, first.proof];
  });
  assertNamed(swapped, 'inclusion', 'report.proof-invalid', /^Event 2 is not in the log/);
  const renumbered = lie((draft) => {
    const event = draft.log.events[0] ?? assert.fail();
    event.seq = 1;
  });
  assertNamed(renumbered, 'events', 'report.event-invalid', /Event 1 stands in the place of event 2/);
});

test('REQ-OTA-AUD-01 refuses a checkpoint of another key, of another log, and a root that was changed', () => {
  const other = buildModel(tellStory());
  const foreign = lie((draft) => void (draft.log.checkpoint = other.log.checkpoint));
  assertNamed(foreign, 'checkpoint', 'report.checkpoint-invalid', /does not verify/);
  assert.equal(statusOf(foreign, 'inclusion'), 'not-done');
  const resized = lie((draft) => void (draft.log.checkpoint = draft.log.checkpoint.replace('\n17\n', '\n18\n')));
  assertNamed(resized, 'checkpoint', 'report.checkpoint-invalid', /does not verify/);
  const renamed = lie((draft) => void (draft.station.id = 'bench-08'));
  assertNamed(renamed, 'checkpoint', 'report.checkpoint-invalid', /does not verify/);
  assertNamed(renamed, 'events', 'report.event-invalid', /is of station bench-07, not of bench-08/);
});

test('REQ-OTA-RPT-02 names the field of the job that its events contradict', () => {
  const changes: readonly [string, (job: ReportModel['job']) => void][] = [
    ['serial', (job) => void (job.serial = 'PMP-300-00418')],
    ['versionAfter', (job) => void (job.versionAfter = 8)],
    ['checks', (job) => void job.checks.pop()],
    ['selfTest', (job) => void (job.selfTest = { state: 'failed', results: [] })],
    ['workOrder', (job) => void (job.workOrder = 'WO-1')],
    ['endedAt', (job) => void (job.endedAt = '2026-11-22T09:00:30.000Z')],
    ['executedBy', (job) => void (job.executedBy = approver)],
  ];
  for (const [field, change] of changes) {
    assertNamed(
      lie((draft) => change(draft.job)),
      'job',
      'report.job-differs',
      new RegExp(`job's ${field} is not what`),
    );
  }
});

test('REQ-OTA-RPT-02 an event of another job, a second opening and a job without events are refused', () => {
  const foreign = lie((draft) => void (draft.job.id = '7c9e6679-7425-40de-944b-e07fc1f90ae8'));
  assertNamed(foreign, 'job', 'report.job-differs', /is of another job/);
  const empty = lie(
    (draft) => void (draft.log.events = draft.log.events.filter(({ leaf }) => !leaf.includes('update.moved'))),
  );
  assertNamed(empty, 'job', 'report.job-differs', /no event that opens the job/);
});

test('REQ-OTA-RPT-02 refuses a bundle that is not the one imported', () => {
  const edited = lie((draft) => void (draft.bundle.manifest = draft.bundle.manifest.replace('2.4.0', '2.4.1')));
  assertNamed(edited, 'bundle', 'report.bundle-differs', /has the digest/);
  const both = lie((draft) => {
    draft.bundle.manifest = draft.bundle.manifest.replace('2.4.0', '2.4.1');
    draft.bundle.digest = sha256(draft.bundle.manifest);
  });
  assertNamed(both, 'bundle', 'report.bundle-differs', /The job used the bundle/);
  const signer = lie((draft) => void ((draft.bundle.signers[0] ?? assert.fail()).certificateSha256 = sha256('other')));
  assertNamed(signer, 'bundle', 'report.bundle-differs', /signers are not those/);
  const unimported = lie(
    (draft) => void (draft.log.events = draft.log.events.filter(({ leaf }) => !leaf.includes('bundle.imported'))),
  );
  assertNamed(unimported, 'bundle', 'report.bundle-differs', /no event that says that the bundle was imported/);
});

test('REQ-OTA-POL-02 refuses an approval that was dropped, forged, moved from another bundle or never logged', () => {
  const dropped = lie((draft) => void draft.approvals.pop());
  assertNamed(dropped, 'approvals', 'report.approval-invalid', /counted the approval .* does not carry it/);
  const doubled = lie((draft) => void draft.approvals.push(draft.approvals[0] ?? assert.fail()));
  assertNamed(doubled, 'approvals', 'report.approval-invalid', /Jo Park stands there twice/);
  const edited = lie((draft) => {
    const approval = draft.approvals[0] ?? assert.fail();
    approval.statement = approval.statement.replace('Jo Park', 'Al Park');
  });
  assertNamed(edited, 'approvals', 'report.approval-invalid', /signature does not verify/);
  const forged = lie((draft) => {
    const approval = draft.approvals[0] ?? assert.fail();
    const keys = makeKeys();
    const spki = keys.publicKey.export({ format: 'der', type: 'spki' });
    approval.statement = approval.statement.replace(
      /"publicKeySha256":"[0-9a-f]*"/,
      `"publicKeySha256":"${sha256(spki)}"`,
    );
    approval.publicKey = spki.toString('base64');
    approval.signature = sign(null, Buffer.from(approval.statement), keys.privateKey).toString('base64');
  });
  assertNamed(forged, 'approvals', 'report.approval-invalid', /not recorded in the log/);
  const unlogged = lie(
    (draft) => void (draft.log.events = draft.log.events.filter(({ leaf }) => !leaf.includes('approval.signed'))),
  );
  assertNamed(unlogged, 'approvals', 'report.approval-invalid', /not recorded in the log/);
  const keyless = lie(
    (draft) =>
      void (draft.log.events = draft.log.events.filter(
        ({ leaf }) => !leaf.includes('"printedName":"Jo Park"') || leaf.includes('approval.signed'),
      )),
  );
  assertNamed(keyless, 'approvals', 'report.approval-invalid', /key that the log does not know for jo\.park/);
});

test('REQ-OTA-POL-02 an approval whose terms do not cover the job makes no report', () => {
  const terms: readonly [Parameters<typeof tellStory>[0], RegExp][] = [
    [{ statement: { kind: 'recovery' } }, /is for a job of kind recovery/],
    [{ statement: { bundleDigest: sha256('x') } }, /is for bundle/],
    [{ statement: { product: 'acme.other' } }, /is for product acme\.other/],
    [{ statement: { scope: { serials: ['X'], workOrder: null } } }, /is not for this unit/],
    [{ statement: { scope: { serials: '*', workOrder: 'WO-9' } } }, /is for work order WO-9/],
    [{ statement: { signedAt: '2026-11-23T00:00:00Z' } }, /after the job ended/],
    [{ statement: { expiresAt: '2026-11-22T08:00:00Z' } }, /before the job began/],
    [{ statement: { station: 'bench-99' } }, /was signed on station bench-99/],
  ];
  for (const [options, words] of terms) {
    assert.throws(() => buildModel(tellStory(options)), words);
  }
});

test('REQ-OTA-POL-01 finds a job that its policy would not have allowed', () => {
  const tooFew = { policy: twoApprovals() };
  assert.throws(() => buildModel(tellStory(tooFew)), /requires 2 approvals, the report carries 1/);
  assert.throws(() => buildModel(tellStory({ approvers: [technician] })), /approved the update and carried it out/);
  const tests = { selfTest: { required: ['watchdog'], timeoutSeconds: 60 } };
  assert.throws(() => buildModel(tellStory({ policy: tests })), /requires the self-test watchdog/);
  assert.throws(
    () => buildModel(tellStory({ policy: { product: 'acme.other' } })),
    /policy is for product acme\.other/,
  );
  const other = lie((draft) => void (draft.policy = draft.policy?.replace('"required":2', '"required":1') ?? null));
  assertNamed(other, 'policy', 'report.policy-not-kept', /log does not know the policy/);
  const unlogged = lie(
    (draft) => void (draft.log.events = draft.log.events.filter(({ leaf }) => !leaf.includes('policy.installed'))),
  );
  assertNamed(unlogged, 'approvals', 'report.approval-invalid', /names the policy .*, which the log does not know/);
});

test('REQ-OTA-POL-01 a report without its policy says that the number of approvals was not checked', () => {
  const source = { ...story.source, policy: null };
  const { checks, result } = verifyReport(signReport(buildModel({ ...story, source }), story.station));
  assert.ok(result.ok);
  const check = checks.find(({ name }) => name === 'policy');
  assert.equal(check?.status, 'not-done');
  assert.match(check.sentence, /what the station recorded/);
});

test('REQ-OTA-POL-01 refuses an approval under a policy that the log never saw installed', () => {
  const told = tellStory({ statement: { policyDigest: sha256('another policy') } });
  assert.throws(() => buildModel(told), /names the policy .*, which the log does not know/);
});

test('REQ-OTA-VER-03 a recovery or a downgrade without an approval of its own makes no report', () => {
  for (const kind of ['recovery', 'downgrade'] as const) {
    const told = tellStory({ kind, approvers: [] });
    const source = { ...told.source, policy: null };
    assert.throws(() => buildModel({ ...told, source }), new RegExp(`kind ${kind} needs an approval`));
  }
});

test('REQ-OTA-VER-01 finds a version that went back, a foreign image and foreign hardware', () => {
  const ready = confirmedMoves[0]?.[1] ?? assert.fail();
  const withReady = (change: object) =>
    tellStory({ moves: [['ready', { ...ready, ...change }], ...confirmedMoves.slice(1)] });
  assert.throws(() => buildModel(withReady({ versionBefore: 7 })), /may not go from version 7 to 7/);
  assert.throws(
    () => buildModel(withReady({ versionTarget: 8 })),
    /target version is 8, but the manifest's image has 7/,
  );
  assert.throws(() => buildModel(withReady({ imageHash: sha256('other') })), /is not in the manifest/);
  assert.throws(() => buildModel(withReady({ imageHash: null })), /names no image/);
  assert.throws(() => buildModel(withReady({ versionTarget: null })), /names no target version/);
  assert.throws(() => buildModel(withReady({ hardware: 'pump-z' })), /not made for hardware pump-z/);
  assert.throws(
    () =>
      buildModel(
        tellStory({
          moves: [...confirmedMoves.slice(0, -1), ['confirmed', { serial: 'PMP-300-00417', versionAfter: 6 }]],
        }),
      ),
    /runs version 6 and not 7/,
  );
});

test('REQ-OTA-RPT-02 refuses a conclusion in other words, another id, and an operator of another name', () => {
  const rosy = lie((draft) => void (draft.conclusion.result = 'Confirmed: everything is fine.'));
  assertNamed(rosy, 'conclusion', 'report.conclusion-differs', /but the facts say/);
  const renamed = lie((draft) => void (draft.id = 'DR-00000000-20261122T101500Z'));
  assertNamed(renamed, 'conclusion', 'report.conclusion-differs', /its job and time give/);
  const unknown = lie(
    (draft) =>
      void (draft.log.events = draft.log.events.filter(
        ({ leaf }) => !leaf.includes('"username":"ana.ruiz"},"outcome"') && !leaf.includes('"printedName":"Ana'),
      )),
  );
  assertNamed(unknown, 'executed-by', 'report.operator-unknown', /no event that made Ana María Ruiz an operator/);
  assert.throws(
    () => buildModel(tellStory({ request: { executedBy: { ...technician, printedName: 'Al Ruiz' } } })),
    /made another person operator/,
  );
});

test('REQ-OTA-RPT-02 refuses a PDF that was changed, of another key, or of another report', async () => {
  const files = signReport(model, story.station);
  const pdfBytes = await renderReportPdf(model);
  const pdfSignature = sign(null, pdfBytes, story.station.privateKey);
  const changed = Buffer.from(pdfBytes);
  changed[changed.length - 10] = 0x21;
  assertNamed(
    verifyReport({ ...files, pdf: { pdfBytes: changed, pdfSignature } }),
    'pdf',
    'report.pdf-invalid',
    /does not fit the PDF/,
  );
  const otherStory = { ...story.source, generatedAt: new Date('2026-11-22T11:00:00Z') };
  const other = await renderReportPdf(buildModel({ ...story, source: otherStory }));
  const otherPdf = { pdfBytes: other, pdfSignature: sign(null, other, story.station.privateKey) };
  assertNamed(verifyReport({ ...files, pdf: otherPdf }), 'pdf', 'report.pdf-invalid', /drawn from another report/);
});

test('REQ-OTA-RPT-02 the verdict on a training report says what it is', () => {
  const training = tellStory({ training: true });
  const { result } = verifyReport(signReport(buildModel(training), training.station));
  assert.ok(result.ok);
  assert.equal(result.value.training, true);
  assert.match(result.value.sentence, /proves nothing about real equipment/);
});

test('REQ-OTA-POL-01 refuses a policy that was installed but is not the one approved under', () => {
  const digest = sha256('another policy');
  const told = tellStory({ alsoInstalled: digest, statement: { policyDigest: digest } });
  assert.throws(() => buildModel(told), /Jo Park approved under another policy/);
});

test('REQ-OTA-VER-03 a downgrade is reported only within the terms of its approval', () => {
  const permit = (terms: object) =>
    tellStory({
      kind: 'downgrade',
      moves: confirmedMoves.map(([to, change]) => [to, to === 'ready' ? { ...change, versionBefore: 9 } : change]),
      statement: {
        scope: { serials: ['PMP-300-00417'], workOrder: null },
        downgrade: { fromVersionAtMost: 9, toVersion: 7, reason: 'Version 9 loses pressure.', ...terms },
      },
    });
  assert.match(buildModel(permit({})).conclusion.what, /^Permitted downgrade of .* from version 9 to version 7/);
  assert.throws(() => buildModel(permit({ toVersion: 6 })), /does not permit this downgrade/);
  assert.throws(() => buildModel(permit({ fromVersionAtMost: 8 })), /does not permit this downgrade/);
});

test('REQ-OTA-SIG-03 refuses a report that leaves out one of the signers that the import recorded', () => {
  const told = tellStory({ signers: [signer, { ...signer, certificateSha256: sha256('second') }] });
  assert.equal(buildModel(told).bundle.signers.length, 2);
  const source = { ...told.source, bundle: { ...told.source.bundle, signers: [signer] } };
  assert.throws(() => buildModel({ ...told, source }), /signers are not those/);
});

test('REQ-OTA-POL-02 an approval that the job did not count is not reported as one of its own', () => {
  const moves = confirmedMoves.map(
    ([to, change]) => [to, to === 'ready' ? { ...change, approvals: [] } : change] as const,
  );
  assert.throws(() => buildModel(tellStory({ moves })), /is not one that the job counted/);
});

test('REQ-OTA-APP-04 finds job events that the engine cannot have written', () => {
  const stray: readonly [JsonObject, RegExp][] = [
    [{ from: 'confirmed', to: 'ready', change: {} }, /makes the illegal move from confirmed to ready/],
    [{ from: 'testing', to: 'confirmed', change: {} }, /moves the job from testing, but it was confirmed/],
    [{ from: 'confirmed', to: 'confirmed', change: { colour: 'red' } }, /does not say what happened/],
    [{ note: 'nothing' }, /does not say what happened/],
  ];
  for (const [data, words] of stray) assert.throws(() => buildModel(tellStory({ strayEvents: [data] })), words);
  const { assetTag, bundleDigest, executedBy, id, kind, position, statedSerial, training, udi, workOrder } = model.job;
  const request = { assetTag, bundleDigest, executedBy, id, kind, position, statedSerial, training, udi, workOrder };
  const reopened = tellStory({ strayEvents: [{ from: null, to: 'created', request }] });
  assert.throws(() => buildModel(reopened), /opens the job a second time/);
});

test('REQ-OTA-RPT-02 reads a code that this release does not know: reports outlive releases', () => {
  const data = { from: 'confirmed', to: 'confirmed', change: { code: 'update.retired-code' } };
  const told = tellStory({ strayEvents: [data] });
  const job = { ...told.source.job, code: 'update.retired-code' };
  // A record made after the end closes the job anew, at its own time.
  const endedAt = /"time":"([^"]*)"/.exec(told.source.events.at(-1)?.leaf ?? '')?.[1] ?? null;
  assert.equal(buildModel({ ...told, source: { ...told.source, job: { ...job, endedAt } } }).job.code, job.code);
});

test('REQ-OTA-RPT-02 refuses a text that the schema would trim, and a station key of another kind', () => {
  const padded = lie((draft) => void (draft.job.workOrder = ' WO-2026-00981'));
  assertNamed(padded, 'schema', 'report.schema-invalid', /begins or ends with spaces/);
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const elliptic = lie((draft) => {
    draft.station.publicKeyPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  });
  assertNamed(elliptic, 'station-signature', 'report.signature-invalid', /not an Ed25519 key/);
  const misnamed = lie((draft) => void (draft.station.publicKeySha256 = sha256('x')));
  assertNamed(misnamed, 'station-signature', 'report.signature-invalid', /has the fingerprint/);
});

type Path = readonly (string | number)[];

/** Every scalar of a JSON value. */
function leafPaths(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leafPaths(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leafPaths(item, [...path, key]));
  }
  return [path];
}

/** Changes one scalar to another of the same kind, so that the schema alone does not find it where it need not. */
function changeAt(root: unknown, path: Path): void {
  const holder = path.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(value as object, key), root) as object;
  const key = path.at(-1) ?? assert.fail();
  Reflect.set(holder, key, otherThan(Reflect.get(holder, key)));
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 'x';
  if (/^[0-9a-f]{64}$/.test(value)) return sha256(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return value.replace(/^\d{4}/, '2025');
  const at = value.length - 1;
  return value.slice(0, at) + (value[at] === '7' ? '8' : '7');
}

test('REQ-OTA-RPT-02 a training job cannot be presented as one on real equipment, nor the other way round', () => {
  for (const training of [true, false]) {
    const story = tellStory({ training });
    const model = buildModel(story);
    const lie = { ...model, station: { ...model.station, training: !training } };
    const { result } = verifyReport(signReport(lie, story.station));
    assert.ok(!result.ok);
    assert.equal(result.code, 'report.job-differs');
  }
});
