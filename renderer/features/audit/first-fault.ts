import type { AuditVerification } from '../../../contract/schema/audit.ts';

export interface FirstFault {
  /** The first event that is concerned: those before it are as they were signed. */
  readonly seq: number;
  /** True where all that is left is as it was signed, and events behind its end are gone. */
  readonly isTail: boolean;
}

/** Where the trouble begins; null where nothing was found. */
export function firstFault({ findings, size }: Pick<AuditVerification, 'findings' | 'size'>): FirstFault | null {
  if (findings.length === 0) return null;
  const seq = Math.max(1, Math.min(...findings.map(({ fromSeq }) => fromSeq)));
  return { seq, isTail: seq > size };
}
