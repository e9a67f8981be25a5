import type { Refusal } from '../../contract/result.ts';

/** Codes with which the station says that the password was right, and that the second factor is what it waits for. */
const codesOfSecondFactor: readonly string[] = ['operator.code-required', 'operator.code-wrong', 'operator.code-used'];

/**
 * What somebody shows to be who he is: a password and, once the station has asked for it, a code of the second factor. Nobody is asked for a
 * code before: whether an account has a second factor is told only to whoever knows its password.
 */
export class Proof {
  password = $state('');
  code = $state('');
  #isCodeAsked = $state(false);

  get isCodeAsked(): boolean {
    return this.#isCodeAsked;
  }

  get isTyped(): boolean {
    return this.#isCodeAsked ? this.code.trim() !== '' : this.password !== '';
  }

  /** As operations take it (`reauthenticationFields`). */
  get fields(): { readonly password: string; readonly code?: string } {
    return this.#isCodeAsked ? { password: this.password, code: this.code.trim() } : { password: this.password };
  }

  /**
   * Takes the station's answer: null where the proof was good. A code is never kept for a second try; a password only while the station has said
   * that it was right and asks for a code beside it. Returns the refusal that is to be shown: that a code is asked for is none.
   */
  take(refusal: Refusal | null): Refusal | null {
    const wantsCode = refusal !== null && codesOfSecondFactor.includes(refusal.code);
    this.code = '';
    if (!wantsCode) this.password = '';
    this.#isCodeAsked = wantsCode;
    return refusal?.code === 'operator.code-required' ? null : refusal;
  }

  /** Begins again with the password. */
  forget(): void {
    this.take(null);
  }
}
