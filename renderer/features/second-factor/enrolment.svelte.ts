import type { Refusal } from '../../../contract/result.ts';
import type { FactorEnrolment, RecoveryCodes } from '../../../contract/schema/second-factor.ts';
import { call } from '../../bridge/call.ts';
import { Proof } from '../../design/proof.svelte.ts';

/**
 * The way to a second factor: proof, secret and first code, recovery codes. It outlives the lock, behind which recovery codes that nobody has
 * kept yet wait for the operator who was shown them; whoever changes the operator of the window calls {@link Enrolment.forget}.
 */
class Enrolment {
  readonly proof = new Proof();
  offer = $state.raw<FactorEnrolment | null>(null);
  code = $state('');
  /** Until the operator says that they are kept. */
  made = $state.raw<RecoveryCodes | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);

  /** Asks for a secret. */
  begin(): Promise<void> {
    return this.#once(async () => {
      const answer = await call('operator.enrol-factor', this.proof.fields);
      this.refusal = this.proof.take(answer.ok ? null : answer);
      if (answer.ok) this.offer = answer.value;
    });
  }

  /** Shows that the app has the secret. */
  confirm(): Promise<void> {
    return this.#once(async () => {
      const answer = await call('operator.confirm-factor', { code: this.code.trim() });
      this.code = '';
      this.refusal = answer.ok ? null : answer;
      if (answer.ok) this.made = answer.value;
      // A secret that was confirmed, or whose time is over, is good for nothing any more.
      if (answer.ok || answer.code === 'operator.enrolment-unknown') this.offer = null;
    });
  }

  /** Makes new recovery codes for the app that is enrolled. */
  renewCodes(): Promise<void> {
    return this.#once(async () => {
      const answer = await call('operator.renew-recovery-codes', this.proof.fields);
      this.refusal = this.proof.take(answer.ok ? null : answer);
      if (answer.ok) this.made = answer.value;
    });
  }

  /** Nothing secret stays. */
  forget(): void {
    this.proof.forget();
    this.offer = this.made = this.refusal = null;
    this.code = '';
  }

  async #once(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    await work();
    this.isBusy = false;
  }
}

export const enrolment = new Enrolment();
