import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { AuditEventType } from '../../../contract/schema/audit.ts';
import type { BundleSigner, Manifest } from '../../../contract/schema/bundle.ts';
import type { SelfTestView } from '../../../contract/schema/device.ts';
import type { ApprovalRecord, ApprovalStatement, PolicyDocument } from '../../../contract/schema/policy.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import type { JobState, OperatorRef } from '../../../contract/schema/update-job.ts';
import { AuditLog } from '../../../core/audit/audit-log.ts';
import { originOf, signCheckpoint } from '../../../core/audit/checkpoint.ts';
import type { AuditRepository, StoredEvent } from '../../../core/audit/repository.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import type { JsonObject } from '../../../core/ports.ts';
import { buildJobReport, type JobReportSource } from '../../../core/report/report-model.ts';
import { reportJsonBytes } from '../../../core/report/report-json.ts';
import { JobLog } from '../../../core/update/job-log.ts';
import type { JobChange, JobRequest, UpdateJob } from '../../../core/update/job.ts';
import type { UpdateRepository } from '../../../core/update/repository.ts';
import { TestClock } from '../../helpers/test-clock.ts';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function makeKeys(): KeyPair {
  return generateKeyPairSync('ed25519');
}

export function pemOf({ publicKey }: KeyPair): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString();
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const imageHash = sha256('image');
const uuid = (digit: string): string =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;

export const technician: OperatorRef = { id: uuid('1'), username: 'ana.ruiz', printedName: 'Ana María Ruiz' };
export const approver: OperatorRef = { id: uuid('2'), username: 'jo.park', printedName: 'Jo Park' };
export const secondApprover: OperatorRef = { id: uuid('3'), username: 'sofia.k', printedName: 'Σοφία Παππά' };

export const manifest: Manifest = {
  format: 'drydock-bundle/1',
  product: { id: 'acme.infusion-pump', name: 'Acme Infusion Pump 300' },
  release: { name: '2.4.0', changeControl: 'CC-2026-0117' },
  issued: '2026-10-01T08:00:00Z',
  expires: '2027-10-01T08:00:00Z',
  minStationVersion: '0.1.0',
  images: [
    {
      file: 'images/pump.bin',
      version: 7,
      slot: 'application',
      len: 262144,
      hash: imageHash,
      format: 'mcuboot',
      sig: null,
      compat: ['pump-a', 'pump-b'],
    },
  ],
};

export const policyDocument: PolicyDocument = {
  format: 'drydock-policy/1',
  product: manifest.product.id,
  signatures: { threshold: 1 },
  approvals: {
    required: 1,
    roles: ['approver'],
    validForHours: 720,
    reasonCodes: ['field-safety-notice'],
    importerMayApprove: false,
  },
  execution: { roles: ['technician'], separateFromApprover: true },
  updateWindows: [],
  selfTest: { required: ['flash-crc'], timeoutSeconds: 60 },
  onSelfTestFailure: 'revert',
  retries: { stage: 2 },
  timeouts: { rebootSeconds: 60 },
};

export const signer: BundleSigner = {
  subject: 'CN=Acme Firmware Signing 2026,O=Acme Medical,C=DE',
  certificateSha256: sha256('certificate'),
  publicKeySha256: sha256('key'),
  notAfter: '2027-12-31T23:59:59Z',
  signingTime: '2026-10-01T08:00:00Z',
  anchorSha256: sha256('anchor'),
};

/** An audit repository in memory, so that the events go through the real log and its Merkle tree. */
function createMemoryRepository(): AuditRepository {
  const events: StoredEvent[] = [];
  const nodes = new Map<string, Uint8Array>();
  const unused = (): never => {
    throw new Error('not used by these tests');
  };
  return {
    inTransaction: () => true,
    lastSeq: () => events.length,
    event: (seq) => events[seq - 1] ?? null,
    node: (level, position) => nodes.get(`${level}/${position}`) ?? null,
    insertEvent: (event) => void events.push(event),
    insertNode: (level, position, hash) => void nodes.set(`${level}/${position}`, hash),
    findEvents: unused,
    eventsAfter: unused,
    lastNodeEnd: unused,
    newestCheckpoint: () => ({ size: events.length, note: '' }),
    checkpointsAfter: unused,
    insertCheckpoint: unused,
  };
}

export interface StoryOptions {
  readonly approvers?: readonly OperatorRef[];
  readonly kind?: JobRequest['kind'];
  readonly training?: boolean;
  /** Each operator sets a password, and with it a signing key of their own, after the account was made. */
  readonly passwordsSet?: boolean;
  /** Days between the last approval and the job. */
  readonly daysBeforeJob?: number;
  /** The moves after `created`. */
  readonly moves?: readonly (readonly [JobState, JobChange])[];
  readonly request?: Partial<JobRequest>;
  readonly manifest?: Manifest;
  readonly signers?: readonly BundleSigner[];
  readonly stationName?: string;
  /** Digest of a second policy that was installed. */
  readonly alsoInstalled?: string;
  /** Data of job events that were written past the job engine, after its own. */
  readonly strayEvents?: readonly JsonObject[];
  readonly policy?: Partial<PolicyDocument>;
  /** Applied to each approval before it is signed. */
  readonly statement?: Partial<ApprovalStatement>;
}

/** What one station wrote down about one job, ready to be reported. */
export interface Story {
  readonly source: JobReportSource;
  readonly station: KeyPair;
  readonly operatorKeys: ReadonlyMap<string, KeyPair>;
  readonly log: AuditLog;
}

const passedTests: SelfTestView = {
  state: 'passed',
  results: [
    { name: 'flash-crc', passed: true, detail: 'CRC-32 of 262144 bytes is 1c291ca3' },
    { name: 'pressure-sensor', passed: true, detail: 'zero offset 0.4 mmHg, limit 2.0' },
    { name: 'alarm-buzzer', passed: true, detail: '2.9 kHz at 81 dB' },
  ],
};

const check = (name: string, detail: string, passed = true) => ({
  name,
  passed,
  detail,
  at: '2026-11-22T09:00:07.000Z',
});

export const confirmedMoves: readonly (readonly [JobState, JobChange])[] = [
  [
    'ready',
    {
      product: manifest.product.id,
      serial: 'PMP-300-00417',
      hardware: 'pump-a',
      imageHash,
      versionBefore: 3,
      versionTarget: 7,
      checks: [
        check('compatible', 'Hardware pump-a is among pump-a, pump-b.'),
        check('anti-rollback', 'Version 7 is above 3 on the unit and 3 in its history.'),
        check('approvals', '1 of 1 approvals valid now.'),
        check('update-window', 'The policy sets no window.'),
      ],
    },
  ],
  ['staging', {}],
  ['staged', { checks: [check('read-back', 'All 262144 bytes read back equal.')] }],
  ['activating', {}],
  ['testing', {}],
  [
    'confirmed',
    { versionAfter: 7, selfTest: passedTests, checks: [check('running-version', 'The unit runs version 7.')] },
  ],
];

export function tellStory(options: StoryOptions = {}): Story {
  const {
    approvers = [approver],
    kind = 'install',
    moves = confirmedMoves,
    signers = [signer],
    training = false,
  } = options;
  const clock = new TestClock();
  const stationId = 'bench-07';
  const station = makeKeys();
  const log = new AuditLog({ repository: createMemoryRepository(), stationId, clock });
  const manifestText = `${JSON.stringify(options.manifest ?? manifest, null, 2)}\n`;
  const bundleDigest = sha256(manifestText);
  const policy = canonicalJson({ ...policyDocument, ...options.policy });
  const policyDigest = sha256(policy);
  const used: number[] = [];
  const append = (
    type: AuditEventType,
    subject: Record<string, string>,
    data: JsonObject,
    by: OperatorRef | null,
    use = true,
  ) => {
    clock.advance(1000);
    const actor =
      by === null ? { kind: 'station' as const } : { kind: 'operator' as const, id: by.id, username: by.username };
    const event = log.append({ type, actor, outcome: 'done', subject, data });
    if (use) used.push(event.seq);
    return event;
  };

  append('station.initialised', {}, { name: 'Bench 7' }, null, false);
  const operatorKeys = new Map<string, KeyPair>();
  for (const operator of new Set([technician, ...approvers])) {
    const keys = makeKeys();
    operatorKeys.set(operator.id, keys);
    const { printedName, username } = operator;
    const publicKeySha256 = sha256(keys.publicKey.export({ format: 'der', type: 'spki' }));
    append(
      'operator.created',
      { operator: operator.id },
      { printedName, username, roles: ['technician'], publicKeySha256 },
      null,
    );
    if (options.passwordsSet === true)
      append('operator.password-changed', { operator: operator.id }, { username, publicKeySha256 }, operator);
  }
  append('policy.installed', {}, { product: manifest.product.id, digest: policyDigest, replaced: null }, technician);
  if (options.alsoInstalled !== undefined)
    append('policy.installed', {}, { digest: options.alsoInstalled }, technician);
  append('session.login', {}, {}, technician, false);
  append(
    'bundle.imported',
    { bundle: bundleDigest },
    { signers: signers.map(({ certificateSha256, subject }) => ({ subject, certificateSha256 })) },
    technician,
  );

  const approvals = approvers.map((operator, index): ApprovalRecord => {
    const keys = operatorKeys.get(operator.id) ?? makeKeys();
    const spki = keys.publicKey.export({ format: 'der', type: 'spki' });
    const statement = canonicalJson({
      format: 'drydock-approval/1',
      id: uuid(String(index + 5)),
      kind,
      bundleDigest,
      product: manifest.product.id,
      scope: { serials: '*', workOrder: null },
      meaning: 'I approve the installation of this bundle.',
      reasonCode: 'field-safety-notice',
      downgrade: null,
      policyDigest,
      operator: { ...operator, publicKeySha256: sha256(spki) },
      signedAt: clock.now().toISOString(),
      expiresAt: '2026-12-22T09:00:00Z',
      station: stationId,
      ...options.statement,
    });
    const signature = sign(null, Buffer.from(statement), keys.privateKey).toString('base64');
    append(
      'approval.signed',
      { bundle: bundleDigest, approval: uuid(String(index + 5)) },
      { statementSha256: sha256(Buffer.from(statement)), signature },
      operator,
    );
    return { statement, signature, publicKey: spki.toString('base64') };
  });

  clock.advance((options.daysBeforeJob ?? 0) * 24 * 3_600_000);
  const jobLog = new JobLog({
    clock,
    transact: (work) => work(),
    jobs: createJobRows(),
    audit: {
      append: (draft) => {
        clock.advance(2000);
        const event = log.append(draft);
        used.push(event.seq);
        return event;
      },
    },
    moved: () => undefined,
  });
  let job: UpdateJob = jobLog.open({
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    bundleDigest,
    training,
    position: '1-2.4',
    workOrder: 'WO-2026-00981',
    assetTag: 'BME-004417',
    udi: '(01)04012345678901(21)PMP-300-00417',
    statedSerial: null,
    executedBy: technician,
    kind,
    ...options.request,
  });
  for (const [to, change] of moves) {
    const counted = to === 'ready' ? { approvals: approvals.map((_, index) => uuid(String(index + 5))) } : {};
    job = jobLog.move(job, to, { ...counted, ...change });
  }
  for (const data of options.strayEvents ?? []) append('update.moved', { job: job.id }, data, technician);
  append('session.logout', {}, {}, technician, false);

  const size = log.size();
  const origin = originOf(stationId);
  const checkpoint = { origin, size: BigInt(size), root: log.root(), extensions: [] };
  return {
    log,
    operatorKeys,
    station,
    source: {
      job,
      events: used.map((seq) => ({ seq, leaf: leafText(log, seq), proof: log.inclusionProof(seq, size) })),
      bundle: { manifest: manifestText, signers },
      policy,
      approvals,
      checkpoint: signCheckpoint(checkpoint, makeVerifierKey(origin, station.publicKey), station.privateKey),
      station: {
        id: stationId,
        name: options.stationName ?? 'Biomedical workshop, bench 7',
        version: '0.1.0',
        training,
        publicKeyPem: pemOf(station),
      },
      generatedAt: new Date('2026-11-22T10:15:00.000Z'),
      generatedBy: 'Ana María Ruiz',
    },
  };
}

export function buildModel(story: Story): ReportModel {
  const model = buildJobReport(story.source);
  if (!model.ok) throw new Error(model.reason);
  return model.value;
}

export function signReport(
  model: ReportModel,
  { privateKey }: KeyPair,
): { jsonBytes: Uint8Array; signature: Uint8Array } {
  const jsonBytes = reportJsonBytes(model);
  return { jsonBytes, signature: sign(null, jsonBytes, privateKey) };
}

function leafText(log: AuditLog, seq: number): string {
  const event = log.event(seq);
  if (!event.ok) throw new Error(event.reason);
  return canonicalJson(event.value);
}

function createJobRows(): UpdateRepository {
  const unused = (): never => {
    throw new Error('not used by these tests');
  };
  return {
    insertJob: () => undefined,
    updateJob: () => undefined,
    job: unused,
    jobs: unused,
    openJobAt: unused,
    jobsBegun: unused,
    unitHistory: unused,
    highestConfirmedForProduct: unused,
    recordConfirmed: () => undefined,
  };
}
