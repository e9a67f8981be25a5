import type { EventData } from 'node:test';
import { relative } from 'node:path';
import { inspect } from 'node:util';

type TestResult = EventData.TestPass | EventData.TestFail;

/**
 * Counts what Node's test runner reports. A file that crashes, or that ends without having run its tests, counts as one
 * failed test; a test still to do counts as skipped.
 */
export class TestTally {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** One text for each skipped test: where it stands, its title, why. */
  readonly skips: string[] = [];
  /** One text for each failed test, with its error in full. */
  readonly failures: string[] = [];
  /** What a test has to tell although it passed: its diagnostics that begin with `note: `. */
  readonly notes: string[] = [];
  readonly #root: string;
  readonly #failedFiles = new Set<string>();
  readonly #finishedFiles = new Set<string>();
  readonly #outputOfFile = new Map<string, string>();

  /** @param root absolute path of the folder that paths are shown from */
  constructor(root: string) {
    this.#root = root;
  }

  /** Files come as absolute paths, as the runner names them. */
  addResult(data: TestResult, outcome: 'passed' | 'failed'): void {
    const reason = skipReason(data);
    if (reason !== undefined) {
      this.skipped += 1;
      this.skips.push(`${this.#title(data)}: ${reason}`);
    } else if (outcome === 'failed') {
      this.#addFailure(data);
    } else if (data.details.type !== 'suite' && !isWholeFile(data)) {
      this.passed += 1;
    }
  }

  #addFailure(data: TestResult): void {
    const error = 'error' in data.details ? data.details.error : undefined;
    // A suite fails with its tests, which are counted by themselves; what is left is a hook that failed.
    if (data.details.type === 'suite' && error !== undefined && failureType(error) === 'subtestsFailed') return;
    this.failed += 1;
    const cause = error?.cause ?? error;
    this.failures.push(`${this.#title(data)}\n${typeof cause === 'string' ? cause : inspect(cause, { depth: 8 })}`);
    if (data.file !== undefined) this.#failedFiles.add(data.file);
  }

  /** The runner sums up a file only when it has run the file's tests to the end. */
  addSummary(file: string | undefined): void {
    if (file !== undefined) this.#finishedFiles.add(file);
  }

  addDiagnostic(file: string | undefined, message: string): void {
    if (message.startsWith('note: ')) this.notes.push(message.slice('note: '.length));
    else this.addOutput(file, `${message}\n`);
  }

  addOutput(file: string | undefined, text: string): void {
    if (file !== undefined) this.#outputOfFile.set(file, (this.#outputOfFile.get(file) ?? '') + text);
  }

  /**
   * Call once at the end. For a file that reports no test at all (none defined, or `process.exit` in the middle) the runner
   * makes up a test that is named like the file, and passes it: here such a file fails.
   */
  closeFiles(files: readonly string[]): void {
    for (const file of files) {
      if (this.#finishedFiles.has(file) || this.#failedFiles.has(file)) continue;
      this.failed += 1;
      this.failures.push(`${this.#shortPath(file)}: ended without having run its tests`);
      this.#failedFiles.add(file);
    }
  }

  /** What the files with failures wrote, one text each. */
  outputOfFailedFiles(): string[] {
    return [...this.#outputOfFile]
      .filter(([file]) => this.#failedFiles.has(file))
      .map(([file, output]) => `output of ${this.#shortPath(file)}:\n${output}`);
  }

  #title(data: TestResult): string {
    const path = this.#shortPath(data.file ?? '');
    return isWholeFile(data) ? path : `${path}:${data.line ?? 0} ${data.name}`;
  }

  #shortPath(file: string): string {
    return relative(this.#root, file).replaceAll('\\', '/');
  }
}

function isWholeFile({ nesting, name, file }: TestResult): boolean {
  return nesting === 0 && name === file;
}

/** Why a test was skipped or is still to do, or undefined where it ran and counts. */
function skipReason({ skip, todo }: TestResult): string | undefined {
  if (skip !== undefined && skip !== false) return skip === true || skip === '' ? 'no reason given' : skip;
  if (todo !== undefined && todo !== false) return typeof todo === 'string' ? `to do: ${todo}` : 'to do';
  return undefined;
}

function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}
