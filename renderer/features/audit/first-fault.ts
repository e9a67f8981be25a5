import type { ErrorCode } from '../../../contract/error-code.ts';
import type { AuditVerification } from '../../../contract/schema/audit.ts';

export interface FirstFault {
  /** The first event that is concerned: those before it are as they were signed. */
  readonly seq: number;
  /** True where all that is left is as it was signed, and events behind its end are gone. */
  readonly isTail: boolean;
  /** True where all events are as they were signed, and only what is kept of witnesses beside them was changed. */
  readonly isBeside: boolean;
}

const besideCodes: readonly ErrorCode[] = ['audit.cosignature-edited', 'audit.cosignature-lost', 'audit.key-edited'];

/** True where a finding is about what is kept beside the log, not about its events. */
export function isBeside({ code }: { readonly code: ErrorCode }): boolean {
  return besideCodes.includes(code);
}

type Found = Pick<AuditVerification, 'findings' | 'findingsOmitted' | 'size'>;

/** Where the trouble begins; null where nothing was found. */
export function firstFault({ findings, findingsOmitted, size }: Found): FirstFault | null {
  if (findings.length === 0) return null;
  const concerned = findings.filter((finding) => !isBeside(finding));
  if (concerned.length === 0) {
    // What is left out may be about any event.
    return findingsOmitted > 0
      ? { seq: 1, isTail: false, isBeside: false }
      : { seq: size + 1, isTail: false, isBeside: true };
  }
  const seq = Math.max(1, Math.min(...concerned.map(({ fromSeq }) => fromSeq)));
  return { seq, isTail: seq > size, isBeside: false };
}
