import { createPublicKey } from 'node:crypto';
import * as v from 'valibot';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { Manifest, type BundleSigner } from '../../contract/schema/bundle.ts';
import { ApprovalStatement, type ApprovalRecord } from '../../contract/schema/policy.ts';
import type { ReportEvent, ReportModel } from '../../contract/schema/report.ts';
import { parseCheckpoint } from '../audit/checkpoint.ts';
import { hashLeaf, type MerkleHash } from '../audit/merkle-tree.ts';
import { parseNote } from '../audit/signed-note.ts';
import { sha256Hex } from '../digest.ts';
import { parseStrictJson } from '../strict-json.ts';
import type { UpdateJob } from '../update/job.ts';
import { isClosed } from '../update/transitions.ts';
import { concludeJob } from './conclusion.ts';
import { reportIdOf } from './report-id.ts';
import { CheckList } from './verifier/check-list.ts';
import { readModel } from './verifier/read-report.ts';
import { verifyEvidence } from './verifier/verify-evidence.ts';

/** An event as the log proves it. */
export interface ProvenEvent {
  readonly seq: number;
  /** The leaf's exact text. */
  readonly leaf: string;
  /** `AuditLog.inclusionProof(seq, checkpoint size)`. */
  readonly proof: readonly MerkleHash[];
}

export interface JobReportSource {
  readonly job: UpdateJob;
  /**
   * Every event of the job, and those that it stands on: `bundle.imported`, `policy.installed`; for each approval
   * `approval.signed` and the event that recorded the approver's key (`operator.created` or `operator.password-changed`);
   * `operator.created` of whoever carried the job out. In any order; repeated ones count once.
   */
  readonly events: readonly ProvenEvent[];
  readonly bundle: { readonly manifest: string; readonly signers: readonly BundleSigner[] };
  /** Text of the policy that the approvals name, so that a verifier can hold the job to it. */
  readonly policy?: string | null;
  readonly approvals: readonly ApprovalRecord[];
  /** Signed checkpoint that the events' proofs lead to. */
  readonly checkpoint: string;
  readonly station: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly training: boolean;
    readonly publicKeyPem: string;
  };
  readonly generatedAt: Date;
  /** Printed name of the operator who asked for the report. */
  readonly generatedBy: string;
}

/**
 * Builds a job's report from the job row, its audit events and the records that those name, and from nothing else
 * (REQ-OTA-RPT-01). What it states is checked against the evidence as a verifier will check it, so that no report leaves the
 * station that would not verify.
 *
 * Refuses with `report.job-open` (a job may be closed or indeterminate) or `report.evidence-incomplete`.
 */
export function buildJobReport(source: JobReportSource): Result<ReportModel> {
  const { job } = source;
  if (!isClosed(job.state) && job.state !== 'indeterminate') {
    const reason = `The job is still ${job.state}; a report is made when it has come to an end.`;
    return refuse('report.job-open', reason, { state: job.state });
  }
  const drafted = draftModel(source);
  if (!drafted.ok) return drafted;
  const list = new CheckList();
  const model = list.make('schema', () => readModel({ value: drafted.value }));
  verifyEvidence(list, model);
  const failure = list.firstFailure;
  if (failure === null) return drafted;
  return refuse('report.evidence-incomplete', `No report was made: ${failure.reason}`, { cause: failure.code });
}

function draftModel(source: JobReportSource): Result<ReportModel> {
  const { approvals, bundle, checkpoint, job } = source;
  const treeSize = readTreeSize(checkpoint);
  if (!treeSize.ok) return treeSize;
  const manifest = readText(Manifest, bundle.manifest, 'The manifest');
  if (!manifest.ok) return manifest;
  const approvedBy: string[] = [];
  for (const { statement } of approvals) {
    const approval = readText(ApprovalStatement, statement, 'An approval');
    if (!approval.ok) return approval;
    approvedBy.push(approval.value.operator.printedName);
  }
  const generatedAt = `${source.generatedAt.toISOString().slice(0, 19)}Z`;
  const spki = createPublicKey(source.station.publicKeyPem).export({ format: 'der', type: 'spki' });
  const station = { ...source.station, publicKeySha256: sha256Hex(spki) };
  const events = writeEvents(source.events);
  return accept({
    format: 'drydock-report/1',
    id: reportIdOf(job, generatedAt),
    generatedAt,
    generatedBy: source.generatedBy,
    station,
    conclusion: concludeJob({
      job,
      manifest: manifest.value,
      signers: bundle.signers,
      approvedBy,
      eventCount: events.length,
      treeSize: treeSize.value,
      station,
    }),
    job,
    bundle: {
      digest: sha256Hex(Buffer.from(bundle.manifest)),
      manifest: bundle.manifest,
      signers: [...bundle.signers],
    },
    policy: source.policy ?? null,
    approvals: [...approvals],
    log: {
      checkpoint,
      events,
    },
  });
}

/** Reads one of the station's own texts by its schema. */
function readText<S extends v.GenericSchema>(schema: S, text: string, what: string): Result<v.InferOutput<S>> {
  const bounds = { maxBytes: 1_048_576, maxDepth: 16, code: 'report.evidence-incomplete', what } as const;
  const json = parseStrictJson(Buffer.from(text), bounds);
  if (!json.ok) return json;
  const parsed = v.safeParse(schema, json.value);
  if (parsed.success) return accept(parsed.output);
  return refuse('report.evidence-incomplete', `${what} does not have its form: ${parsed.issues[0].message}.`);
}

/** Size of the log that a checkpoint of the station's own is over. */
export function readTreeSize(checkpoint: string): Result<bigint> {
  const note = parseNote(Buffer.from(checkpoint));
  if (!note.ok) return note;
  const parsed = parseCheckpoint(note.value.text);
  return parsed.ok ? accept(parsed.value.size) : parsed;
}

/** The events as a report carries them: each once, in the order of the log. */
export function writeEvents(events: readonly ProvenEvent[]): ReportEvent[] {
  const once = [...new Map(events.map((event) => [event.seq, event])).values()].sort((a, b) => a.seq - b.seq);
  return once.map(({ leaf, proof, seq }) => ({
    seq,
    leaf,
    leafHash: toHex(hashLeaf(Buffer.from(leaf))),
    proof: proof.map(toHex),
  }));
}

function toHex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
