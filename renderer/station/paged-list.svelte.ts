import type { Refusal, Result } from '../../contract/result.ts';

/** Rows that are asked for at once; the most that the station gives. */
export const pageRows = 200;

/**
 * A list that is read page by page from its newest row. Answers that come late, after the list was begun anew, are thrown away: what is shown
 * is always the answer to the newest question.
 */
export class PagedList<Row> {
  rows = $state.raw<readonly Row[]>([]);
  refusal = $state.raw<Refusal | null>(null);
  /** True once the first page has come. */
  isRead = $state(false);
  /** True where the last page was read. */
  isWhole = $state(false);
  readonly #ask: (last: Row | null, isNewest: () => boolean) => Promise<Result<readonly Row[]>>;
  #round = 0;
  #isAsking = false;

  /**
   * @param ask for at most `pageRows` rows behind the last one; null: from the newest. What it keeps of an answer besides the rows it keeps
   *   only while `isNewest()`.
   */
  constructor(ask: (last: Row | null, isNewest: () => boolean) => Promise<Result<readonly Row[]>>) {
    this.#ask = ask;
  }

  /** Nothing of what one operator saw stays. */
  clear(): void {
    this.#round += 1;
    this.#isAsking = false;
    this.rows = [];
    this.refusal = null;
    this.isRead = false;
    this.isWhole = false;
  }

  /** Reads from the newest row; what is shown stays until the answer is there. */
  async restart(): Promise<void> {
    this.#round += 1;
    await this.#read(null);
  }

  /** Reads the next page, where there is one and nobody is reading. */
  async more(): Promise<void> {
    const last = this.rows.at(-1);
    if (!this.isRead || this.isWhole || this.#isAsking || this.refusal !== null || last === undefined) return;
    await this.#read(last);
  }

  async #read(last: Row | null): Promise<void> {
    const round = this.#round;
    this.#isAsking = true;
    const answer = await this.#ask(last, () => round === this.#round);
    if (round !== this.#round) return;
    this.#isAsking = false;
    this.refusal = answer.ok ? null : answer;
    if (!answer.ok) return;
    this.rows = last === null ? answer.value : [...this.rows, ...answer.value];
    this.isWhole = answer.value.length < pageRows;
    this.isRead = true;
  }
}
