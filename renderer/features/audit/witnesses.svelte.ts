import type { Refusal, Result } from '../../../contract/result.ts';
import type { NoteKey, WitnessState } from '../../../contract/schema/witness.ts';
import type { CallOutput } from '../../../contract/window/bridge.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';
import { digitsOf } from '../../design/typed-fingerprint.ts';
import { ExportAttempts, type ExportAttempt } from '../../papers/export-attempts.svelte.ts';

type Requested = CallOutput<'audit.request-cosignature'>;
type Cosigned = CallOutput<'audit.cosign'>;
type Kept = CallOutput<'audit.add-cosignature'>;

const requests = new ExportAttempts<Requested>();
const cosigned = new ExportAttempts<Cosigned>();

/** Stands for a witness that has seen nothing of this log yet. */
export const newWitness = '';

/** Cosigning, on both sides; what was typed stays while the page is left. */
class Witnesses {
  state = $state.raw<WitnessState | null>(null);
  /** What the last cosigned checkpoint that was taken in says. */
  kept = $state.raw<Kept | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);
  /** Whom the next request is for, and from how many events on, where that was typed. */
  witness = $state(newWitness);
  from = $state('');
  /** The key that somebody is about to confirm. */
  key = $state.raw<NoteKey | null>(null);
  typed = $state('');
  #owner: string | null = null;

  get request(): ExportAttempt<Requested> {
    return requests.of('request');
  }

  get cosigned(): ExportAttempt<Cosigned> {
    return cosigned.of('cosign');
  }

  get isFromRight(): boolean {
    return /^\s*\d{0,15}\s*$/.test(this.from);
  }

  get mayConfirm(): boolean {
    return this.key !== null && digitsOf(this.typed) === this.key.keySha256;
  }

  /** Reads how things stand, for whoever is logged in; another operator begins anew. */
  async open(operator: string | null): Promise<void> {
    if (operator !== this.#owner) {
      this.state = this.kept = this.refusal = this.key = null;
      this.witness = newWitness;
      this.from = this.typed = '';
      this.isBusy = false;
      this.#owner = operator;
    }
    await this.#read();
  }

  async writeRequest(): Promise<void> {
    if (!this.isFromRight) return;
    const witness = this.witness === newWitness ? null : this.witness;
    const from = this.from.trim() === '' ? null : Number(this.from);
    await requests.write('request', (folder) => call('audit.request-cosignature', { folder, witness, from }));
  }

  async cosign(): Promise<void> {
    await this.#cosign(await call('window.choose', { purpose: 'witness-request', several: false }));
  }

  async takeIn(): Promise<void> {
    await this.#takeIn(await call('window.choose', { purpose: 'checkpoint', several: false }));
  }

  /** True where a key was read and is to be confirmed. */
  async chooseKey(): Promise<boolean> {
    return this.#inspect(await call('window.choose', { purpose: 'verifier-key', several: false }));
  }

  /** A file is told by the ending that a station gives it; true where it was a key that is to be confirmed. */
  async drop(files: readonly File[], mayManage: boolean): Promise<boolean> {
    const all = (ending: string): boolean => files.length > 0 && files.every(({ name }) => name.endsWith(ending));
    if (mayManage && all('.vkey')) return this.#inspect(await takeDropped(files, 'verifier-key'));
    if (all('.tlog-request')) await this.#cosign(await takeDropped(files, 'witness-request'));
    else await this.#takeIn(await takeDropped(files, 'checkpoint'));
    return false;
  }

  /** True where it is confirmed now. */
  async confirm(): Promise<boolean> {
    const { key, typed: typedFingerprint } = this;
    if (key === null || !this.mayConfirm || this.isBusy) return false;
    const { verifierKey } = key;
    const answer = await this.#ask(() => call('audit.confirm-key', { verifierKey, typedFingerprint }));
    if (!answer.ok) return false;
    this.key = null;
    this.typed = '';
    return true;
  }

  async remove({ kind, name }: NoteKey): Promise<Refusal | null> {
    const answer = await call('audit.remove-key', { kind, name });
    if (!answer.ok) return answer;
    await this.#read();
    return null;
  }

  async #cosign(chosen: Result<readonly ChosenFile[]>): Promise<void> {
    const file = this.#take(chosen);
    if (file === null) return;
    await cosigned.write('cosign', (folder) => call('audit.cosign', { path: file.ticket, folder }));
    await this.#read();
  }

  async #takeIn(chosen: Result<readonly ChosenFile[]>): Promise<void> {
    const file = this.#take(chosen);
    if (file === null) return;
    this.kept = null;
    const answer = await this.#ask(() => call('audit.add-cosignature', { path: file.ticket }));
    if (answer.ok) this.kept = answer.value;
  }

  async #inspect(chosen: Result<readonly ChosenFile[]>): Promise<boolean> {
    const file = this.#take(chosen);
    if (file === null) return false;
    const answer = await this.#ask(() => call('audit.inspect-key', { path: file.ticket }));
    this.key = answer.ok ? answer.value : null;
    // What was typed was of another key.
    this.typed = '';
    return answer.ok;
  }

  async #ask<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
    const asker = this.#owner;
    this.isBusy = true;
    const answer = await ask();
    if (asker !== this.#owner) return answer;
    this.isBusy = false;
    await this.#read();
    this.refusal = answer.ok ? null : answer;
    return answer;
  }

  async #read(): Promise<void> {
    const asker = this.#owner;
    const answer = await call('audit.witnesses', {});
    if (asker !== this.#owner) return;
    if (answer.ok) this.state = answer.value;
    else this.refusal = answer;
  }

  /** Null where nobody chose anything, or something is under way. */
  #take(chosen: Result<readonly ChosenFile[]>): ChosenFile | null {
    this.refusal = chosen.ok ? null : chosen;
    return chosen.ok && !this.isBusy ? (chosen.value[0] ?? null) : null;
  }
}

export const witnesses = new Witnesses();
