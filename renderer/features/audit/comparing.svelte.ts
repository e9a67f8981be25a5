import type { Refusal, Result } from '../../../contract/result.ts';
import type { CallOutput } from '../../../contract/window/bridge.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';

/** As many keys of witnesses as the station compares with at once. */
export const maxWitnessKeys = 16;

type Comparison = CallOutput<'audit.compare'>;

/** The log held against a checkpoint that was kept outside; stays while the drawer is closed. */
class Comparing {
  /** Verifier keys of witnesses as they were pasted, one a line. */
  typedKeys = $state('');
  fileName = $state('');
  compared = $state.raw<Comparison | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);
  /** Changes with the operator: an answer that is still on its way is not for the next one. */
  #round = 0;

  get keys(): readonly string[] {
    return this.typedKeys.split(/\s+/).filter((key) => key !== '');
  }

  get isReady(): boolean {
    return this.keys.length <= maxWitnessKeys;
  }

  async choose(): Promise<void> {
    await this.#compare(await call('window.choose', { purpose: 'checkpoint', several: false }));
  }

  async chooseKey(): Promise<void> {
    await this.#addKey(await call('window.choose', { purpose: 'verifier-key', several: false }));
  }

  /** A key is told from a checkpoint by the ending that the station gives it. */
  async drop(files: readonly File[]): Promise<void> {
    const isKey = files.length > 0 && files.every(({ name }) => name.endsWith('.vkey'));
    if (isKey) await this.#addKey(await takeDropped(files, 'verifier-key'));
    else await this.#compare(await takeDropped(files, 'checkpoint'));
  }

  forget(): void {
    this.typedKeys = this.fileName = '';
    this.compared = null;
    this.refusal = null;
    this.isBusy = false;
    this.#round += 1;
  }

  async #compare(chosen: Result<readonly ChosenFile[]>): Promise<void> {
    const file = this.#take(chosen);
    if (file === null || !this.isReady) return;
    this.isBusy = true;
    this.compared = null;
    this.fileName = file.name;
    const round = this.#round;
    const answer = await call('audit.compare', { path: file.ticket, witnessKeys: [...this.keys] });
    if (round !== this.#round) return;
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    this.compared = answer.ok ? answer.value : null;
  }

  async #addKey(chosen: Result<readonly ChosenFile[]>): Promise<void> {
    const file = this.#take(chosen);
    if (file === null) return;
    this.isBusy = true;
    const round = this.#round;
    const answer = await call('audit.inspect-key', { path: file.ticket });
    if (round !== this.#round) return;
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    if (answer.ok && !this.keys.includes(answer.value.verifierKey))
      this.typedKeys = [...this.keys, answer.value.verifierKey].join('\n');
  }

  /** Null where nobody chose anything, or something is under way. */
  #take(chosen: Result<readonly ChosenFile[]>): ChosenFile | null {
    this.refusal = chosen.ok ? null : chosen;
    return chosen.ok && !this.isBusy ? (chosen.value[0] ?? null) : null;
  }
}

export const comparing = new Comparing();
