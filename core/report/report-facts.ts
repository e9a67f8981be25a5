import * as v from 'valibot';
import type { AuditEvent } from '../../contract/schema/audit.ts';
import { Manifest, type ManifestImage } from '../../contract/schema/bundle.ts';
import { ApprovalStatement } from '../../contract/schema/policy.ts';
import type { ReportModel } from '../../contract/schema/report.ts';
import { parseLeaf } from '../audit/event.ts';
import { sha256Hex } from '../digest.ts';

export interface ApprovalFacts {
  readonly statement: ApprovalStatement;
  /** SHA-256 of the signature's 64 bytes: a short name for it on paper. */
  readonly signatureSha256: string;
}

/** What stands in the texts that a report carries: the manifest, the approvals' statements, the events. */
export interface ReportFacts {
  readonly manifest: Manifest;
  /** The image that went to the unit; null where the job ended before one was chosen. */
  readonly image: ManifestImage | null;
  readonly approvals: readonly ApprovalFacts[];
  readonly events: readonly AuditEvent[];
}

/** Reads the texts of a report that this program built. Throws where they do not have their form: the builder checks them. */
export function readReportFacts(model: ReportModel): ReportFacts {
  const manifest = v.parse(Manifest, JSON.parse(model.bundle.manifest));
  return {
    manifest,
    image: manifest.images.find((image) => image.hash === model.job.imageHash) ?? null,
    approvals: readApprovals(model.approvals),
    events: model.log.events.map(({ leaf }) => {
      const event = parseLeaf(leaf);
      if (!event.ok) throw new TypeError(event.reason);
      return event.value;
    }),
  };
}

/** The statements of approvals that this program's builder has checked. */
export function readApprovals(approvals: ReportModel['approvals']): readonly ApprovalFacts[] {
  return approvals.map(({ statement, signature }) => ({
    statement: v.parse(ApprovalStatement, JSON.parse(statement)),
    signatureSha256: sha256Hex(Buffer.from(signature, 'base64')),
  }));
}
