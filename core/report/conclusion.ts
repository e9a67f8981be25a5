import type { Manifest } from '../../contract/schema/bundle.ts';
import type { BundleSigner } from '../../contract/schema/bundle.ts';
import type { ReportModel, ReportStation } from '../../contract/schema/report.ts';
import type { UpdateJob } from '../update/job.ts';

/** What the three sentences are made from. */
export interface ConclusionFacts {
  readonly job: UpdateJob;
  readonly manifest: Manifest;
  readonly signers: readonly BundleSigner[];
  /** Printed names of those who approved, in the order of the approvals. */
  readonly approvedBy: readonly string[];
  readonly eventCount: number;
  /** Size of the log that the checkpoint is over. */
  readonly treeSize: bigint;
  readonly station: ReportStation;
}

const deeds = { install: 'Update', recovery: 'Recovery', downgrade: 'Permitted downgrade' } as const;

/** Longest reason that is repeated in the conclusion; the job carries it whole. */
const maxReasonCharacters = 600;

/**
 * Three sentences: what was done to which unit; with what result; proven by what. They are part of the format
 * `drydock-report/1`: the verifier makes them again from the facts and compares.
 */
export function concludeJob(facts: ConclusionFacts): ReportModel['conclusion'] {
  return { what: describeDeed(facts), result: describeResult(facts.job), proof: describeProof(facts) };
}

function describeDeed({ job, manifest, station }: ConclusionFacts): string {
  // A unit that was refused may be of another product than the bundle.
  const isOther = job.product !== null && job.product !== manifest.product.id;
  const productName = isOther ? job.product : manifest.product.name;
  const unit =
    job.serial === null
      ? `the unit at bench position ${job.position}`
      : `${productName}, serial ${job.serial}, hardware ${job.hardware ?? 'unknown'}`;
  const from = job.versionBefore === null ? '' : ` from version ${job.versionBefore}`;
  const to = job.versionTarget === null ? '' : ` to version ${job.versionTarget}`;
  const training = station.training ? 'Training: ' : '';
  return `${training}${deeds[job.kind]} of ${unit},${from}${to} with release ${manifest.release.name}, work order ${job.workOrder}.`;
}

/** The result of a job in words; also a column of the period report. */
export function describeResult(job: UpdateJob): string {
  switch (job.state) {
    case 'confirmed':
      return `Confirmed: the unit runs version ${versionWord(job.versionAfter)}${selfTestWords(job)}.`;
    case 'reverted':
      return `Reverted: the unit is back on its old firmware${job.versionAfter === null ? '' : `, version ${job.versionAfter}`}.${reasonWords(job)}`;
    case 'refused':
      return `Refused: nothing was written to the unit.${reasonWords(job)}`;
    case 'cancelled':
      return `Cancelled before activation: the unit keeps the firmware it had.${reasonWords(job)}`;
    case 'failed':
      return `Failed: ${runsWords(job)}.${reasonWords(job)}`;
    case 'indeterminate':
      return `Indeterminate: it is not known what the unit runs; treat it as not updated until it has been read.${reasonWords(job)}`;
    case 'abandoned':
      return `Given up: it is not known what the unit runs; keep it out of service until it has been read.${reasonWords(job)}`;
    default:
      return `Not finished: the job is in the state ${job.state}.${reasonWords(job)}`;
  }
}

function selfTestWords({ selfTest }: UpdateJob): string {
  if (selfTest === null || selfTest.results.length === 0) return '';
  const passed = selfTest.results.filter((result) => result.passed).length;
  return ` and passed ${passed} of ${selfTest.results.length} self-tests`;
}

function runsWords({ versionAfter }: UpdateJob): string {
  return versionAfter === null ? 'the version that runs now was not read' : `version ${versionAfter} runs`;
}

function versionWord(version: number | null): string {
  return version === null ? 'unknown' : String(version);
}

function reasonWords({ code, reason }: UpdateJob): string {
  if (reason === null) return code === null ? '' : ` (${code})`;
  const characters = Array.from(reason);
  const shown =
    characters.length > maxReasonCharacters ? `${characters.slice(0, maxReasonCharacters).join('')}…` : reason;
  return code === null ? ` ${shown}` : ` ${shown} (${code})`;
}

function describeProof(facts: ConclusionFacts): string {
  const { approvedBy, eventCount, signers, station, treeSize } = facts;
  const approvals =
    approvedBy.length === 0 ? 'no approval' : `${countOf(approvedBy.length, 'approval')} (${approvedBy.join(', ')})`;
  const events = `${countOf(eventCount, 'audit event')} under the station's signed checkpoint over ${treeSize}`;
  const training = station.training ? ' Made in training mode: it proves nothing about real equipment.' : '';
  return `Proven by ${events}, ${approvals}, ${countOf(signers.length, 'bundle signature')} and station key ${station.publicKeySha256.slice(0, 16)}.${training}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
