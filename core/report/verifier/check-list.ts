import type { ErrorCode } from '../../../contract/error-code.ts';
import { accept, type Accepted, type Refusal, type Result } from '../../../contract/result.ts';
import type { ReportCheck, ReportCheckName } from '../../../contract/schema/report.ts';

/** A check that passed: one sentence for a person, and what later checks go on with. */
export interface Finding<T> {
  readonly sentence: string;
  readonly value: T;
}

export function found<T>(sentence: string, value: T): Accepted<Finding<T>> {
  return accept({ sentence, value });
}

/** Keeps the named checks of one verification in the order in which they are made. */
export class CheckList {
  readonly #checks: ReportCheck[] = [];
  #firstFailure: Refusal | null = null;

  /** Makes a check and records it; gives what it found, or null where it failed. */
  make<T>(name: ReportCheckName, work: () => Result<Finding<T>>): T | null {
    const result = work();
    if (result.ok) {
      this.#checks.push({ name, status: 'passed', sentence: result.value.sentence, code: null });
      return result.value.value;
    }
    this.#firstFailure ??= result;
    this.#checks.push({ name, status: 'failed', sentence: result.reason, code: result.code });
    return null;
  }

  /** Makes a check that builds on what an earlier one found; where that found nothing, it is recorded as not done. */
  makeFrom<S, T>(source: S | null, name: ReportCheckName, work: (source: S) => Result<Finding<T>>): T | null {
    if (source !== null) return this.make(name, () => work(source));
    this.skip(name, 'Not done, because an earlier check that it builds on failed.');
    return null;
  }

  skip(name: ReportCheckName, why: string): void {
    this.#checks.push({ name, status: 'not-done', sentence: why, code: null });
  }

  get checks(): readonly ReportCheck[] {
    return this.#checks;
  }

  /** The refusal of the first check that failed; null where none did. */
  get firstFailure(): { readonly code: ErrorCode; readonly reason: string } | null {
    return this.#firstFailure;
  }
}
