import type { AuditVerification } from '../../contract/schema/audit.ts';
import type { AuditVerificationState } from '../../contract/schema/audit-log.ts';
import type { Clock } from '../ports.ts';
import { LogCheck, type AuditLogUnderTest } from './log-check.ts';
import { runCheck } from './verify-audit-log.ts';

export type VerificationScope = 'whole' | 'new';

export interface LogVerifierParts extends AuditLogUnderTest {
  readonly clock: Clock;
  /** Told some 200 times in a run at the most, and null at its end. */
  readonly onProgress: (progress: AuditVerificationState['running']) => void;
}

/** A run tells of its progress so often. */
const progressSteps = 200;

/**
 * Verifies the log of an open station and remembers what was read when: the whole of it at first, afterwards what came on top. What it remembers
 * is only what it has read itself since the station was opened; nothing of it is stored, where it could be forged.
 */
export class LogVerifier {
  readonly #parts: LogVerifierParts;
  readonly #stop = new AbortController();
  #check: LogCheck | null = null;
  #running: { readonly scope: VerificationScope; readonly end: Promise<AuditVerification> } | null = null;
  #progress: AuditVerificationState['running'] = null;
  #whole: AuditVerificationState['whole'] = null;
  #newer: AuditVerificationState['newer'] = null;
  #verification: AuditVerification | null = null;

  constructor(parts: LogVerifierParts) {
    this.#parts = parts;
  }

  get state(): AuditVerificationState {
    return {
      size: this.#parts.repository.lastSeq(),
      running: this.#progress,
      whole: this.#whole,
      newer: this.#newer,
      verification: this.#verification,
    };
  }

  /**
   * Verifies the log, or joins the run that is under way where that reads as much. `new` reads the whole log where that was not yet
   * read, and nothing where it was found to be tampered with: behind a fault nothing is proven. Rejects when the station closes.
   */
  async verify(scope: VerificationScope): Promise<AuditVerification> {
    const running = this.#running;
    if (running !== null) {
      const verification = await running.end;
      return scope === 'whole' && running.scope === 'new' ? await this.verify('whole') : verification;
    }
    if (scope === 'new' && this.#verification?.intact === false) return this.#verification;
    const check = scope === 'new' ? this.#check : null;
    const end = check === null ? this.#readWhole() : this.#readNewer(check);
    this.#running = { scope: check === null ? 'whole' : 'new', end };
    try {
      return await end;
    } finally {
      this.#running = null;
      this.#tell(null);
    }
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Ends a run that is under way, and resolves when it reads no more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running?.end.catch(() => undefined);
  }

  async #readWhole(): Promise<AuditVerification> {
    const at = this.#now();
    const check = new LogCheck(this.#parts);
    const verification = await this.#run(check);
    this.#check = verification.intact ? check : null;
    this.#whole = { at, size: verification.size };
    this.#newer = null;
    this.#verification = verification;
    return verification;
  }

  async #readNewer(check: LogCheck): Promise<AuditVerification> {
    const at = this.#now();
    const fromSeq = check.expectedSize + 1;
    check.extend();
    const verification = await this.#run(check);
    if (!verification.intact) this.#check = null;
    if (verification.size >= fromSeq) {
      this.#newer = { at, fromSeq: this.#newer?.fromSeq ?? fromSeq, toSeq: verification.size };
    }
    this.#verification = verification;
    return verification;
  }

  async #run(check: LogCheck): Promise<AuditVerification> {
    const { size: doneBefore, expectedSize: ofEvents } = check;
    const step = Math.ceil((ofEvents - doneBefore) / progressSteps);
    let toldAt = doneBefore;
    this.#tell({ doneEvents: doneBefore, ofEvents });
    const onProgress = (doneEvents: number): void => {
      this.#progress = { doneEvents, ofEvents };
      if (doneEvents - toldAt < step) return;
      toldAt = doneEvents;
      this.#tell({ doneEvents, ofEvents });
    };
    return await runCheck(check, { onProgress, signal: this.#stop.signal });
  }

  #tell(progress: AuditVerificationState['running']): void {
    this.#progress = progress;
    this.#parts.onProgress(progress);
  }

  #now(): string {
    return this.#parts.clock.now().toISOString();
  }
}
