import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { FactorEnrolment } from '../../../contract/schema/second-factor.ts';
import type { OperatorId } from '../../../contract/schema/session.ts';
import type { Clock, RandomBytes } from '../../ports.ts';
import type { Account } from '../account.ts';
import { encodeBase32 } from './base32.ts';
import { authenticatorForm, findTimeStep, timeStepAt } from './one-time-password.ts';

/** RFC 4226 §4, R6: 160 bits are recommended. */
const SECRET_LEN_BYTES = 20;
const LIFETIME_MS = 10 * 60_000;
const MOST_TRIES = 10;
const REACH_STEPS = 1;
/** How far a first code is looked for to tell by how much the two clocks differ: ten minutes to either side. */
const CLOCK_SEARCH_STEPS = 20;

interface Pending {
  readonly secret: Uint8Array;
  readonly endsAtMs: number;
  readonly tries: number;
}

/** Secrets that were shown and not yet confirmed. They are kept in memory alone: who does not come to an end begins anew. */
export class PendingEnrolments {
  readonly #ports: { readonly clock: Clock; readonly randomBytes: RandomBytes };
  readonly #issuer: () => string;
  readonly #pending = new Map<OperatorId, Pending>();

  constructor(ports: { readonly clock: Clock; readonly randomBytes: RandomBytes }, issuer: () => string) {
    this.#ports = ports;
    this.#issuer = issuer;
  }

  /** Makes a secret for the operator, in the place of one that was not confirmed. */
  begin({ id, username }: Account): FactorEnrolment {
    const secret = this.#ports.randomBytes(SECRET_LEN_BYTES);
    this.#pending.set(id, { secret, endsAtMs: this.#ports.clock.monotonicMs() + LIFETIME_MS, tries: 0 });
    const issuer = this.#issuer().replaceAll(':', ' ');
    const secretBase32 = encodeBase32(secret);
    const { digits, periodSeconds } = authenticatorForm;
    const query = [
      `secret=${secretBase32}`,
      `issuer=${encodeURIComponent(issuer)}`,
      'algorithm=SHA1',
      `digits=${digits}`,
      `period=${periodSeconds}`,
    ];
    const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
    return {
      uri: `otpauth://totp/${label}?${query.join('&')}`,
      secretBase32,
      issuer,
      account: username,
      endsAt: new Date(this.#ports.clock.now().getTime() + LIFETIME_MS).toISOString(),
    };
  }

  /** The secret and the time step of its first code. Refuses with `operator.enrolment-unknown` or `operator.code-wrong`. */
  confirm(id: OperatorId, code: string): Result<{ secret: Uint8Array; step: number }> {
    const pending = this.#pending.get(id);
    if (pending === undefined || this.#ports.clock.monotonicMs() >= pending.endsAtMs || pending.tries >= MOST_TRIES) {
      this.#pending.delete(id);
      return refuse(
        'operator.enrolment-unknown',
        'There is no secret that waits for its first code, or it has waited for more than 10 min; begin the enrolment again.',
      );
    }
    this.#pending.set(id, { ...pending, tries: pending.tries + 1 });
    const around = timeStepAt(this.#ports.clock.now(), authenticatorForm);
    const typed = code.replaceAll(/\s/g, '');
    const step = findTimeStep(pending.secret, typed, around, REACH_STEPS, authenticatorForm);
    if (step === null) return refuseWrong(pending.secret, typed, around);
    this.#pending.delete(id);
    return accept({ secret: pending.secret, step });
  }
}

function refuseWrong(secret: Uint8Array, typed: string, around: number): Result<never> {
  const step = findTimeStep(secret, typed, around, CLOCK_SEARCH_STEPS, authenticatorForm);
  if (step === null) {
    return refuse(
      'operator.code-wrong',
      'The code does not belong to the secret that was shown; type the one that the app shows now.',
    );
  }
  const minutes = Math.round((Math.abs(step - around) * authenticatorForm.periodSeconds) / 6) / 10;
  const reason = `The code is right, but for a time ${minutes} min ${step < around ? 'before' : 'after'} what the clock of the station shows; set the clock of the station or of the phone right first.`;
  return refuse('operator.code-wrong', reason, { minutes });
}
