import type { Refusal } from '../../../contract/result.ts';
import type { ChosenFile, FilePurpose } from '../../../contract/window/file-purpose.ts';
import { onNextOperator } from '../../app/next-operator.ts';
import { call } from '../../bridge/call.ts';
import { refreshTrust } from '../../station/trust.svelte.ts';
import { pairPackages } from './pair-packages.ts';

/** What a package is to the station: the next version, the first of its family, or a new beginning after a compromise. */
export type Beginning = 'next' | 'first' | 'anew';

/** A trust package that somebody is about to propose; stays while the drawer is closed. */
class Proposing {
  documents = $state.raw<readonly ChosenFile[]>([]);
  signatures = $state.raw<readonly ChosenFile[]>([]);
  beginning = $state<Beginning>('next');
  typed = $state('');
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);

  get pairs() {
    return pairPackages(this.documents, this.signatures);
  }

  get mayPropose(): boolean {
    const { pairs } = this;
    const isTold = this.beginning === 'next' || this.typed.trim() !== '';
    return pairs.length > 0 && pairs.every(({ signature }) => signature !== null) && isTold;
  }

  async chooseDocuments(): Promise<void> {
    this.documents = (await this.#choose('trust-package')) ?? this.documents;
  }

  async chooseSignatures(): Promise<void> {
    this.signatures = (await this.#choose('trust-signature')) ?? this.signatures;
  }

  /** SHA-256 of what waits for approval now; null where it was refused. */
  async propose(): Promise<string | null> {
    if (!this.mayPropose || this.isBusy) return null;
    const packages = this.pairs.flatMap(({ document, signature }) =>
      signature === null ? [] : [{ document: document.ticket, signature: signature.ticket }],
    );
    const begin = this.beginning === 'next' ? null : { typedFingerprint: this.typed, anew: this.beginning === 'anew' };
    this.isBusy = true;
    const answer = await call('trust.propose', { packages, begin });
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    if (!answer.ok) return null;
    this.forget();
    await refreshTrust();
    return answer.value.sha256;
  }

  forget(): void {
    this.documents = this.signatures = [];
    this.beginning = 'next';
    this.typed = '';
    this.refusal = null;
  }

  /** Null where a person changed their mind. */
  async #choose(purpose: FilePurpose): Promise<readonly ChosenFile[] | null> {
    const chosen = await call('window.choose', { purpose, several: true });
    this.refusal = chosen.ok ? null : chosen;
    return chosen.ok && chosen.value.length > 0 ? chosen.value : null;
  }
}

export const proposing = new Proposing();

onNextOperator(() => proposing.forget());
