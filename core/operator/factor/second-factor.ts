import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { OperatorId } from '../../../contract/schema/session.ts';
import type { Clock } from '../../ports.ts';
import { authenticatorForm, findTimeStep, timeStepAt } from './one-time-password.ts';
import { hashRecoveryCode } from './recovery-code.ts';
import type { FactorRepository } from './repository.ts';
import { openSecret } from './sealed-secret.ts';

/** How somebody showed that the account is his. */
export type FactorUsed =
  | { readonly kind: 'none' }
  | { readonly kind: 'one-time-password' }
  | { readonly kind: 'recovery-code'; readonly left: number };

export interface SecondFactorPorts {
  readonly factors: FactorRepository;
  readonly clock: Clock;
  /** 32 bytes under which secrets are sealed. */
  readonly factorKey: Uint8Array;
}

/** One step to either side of the clock: 90 seconds in all (RFC 6238 §5.2, §6). */
const REACH_STEPS = 1;

/**
 * Checks the second factor of an account whose password was right, in the transaction that is open, and uses the code up: a one-time password
 * by remembering its time step, a recovery code by deleting it. Null: none was typed.
 * Refuses with `operator.code-required`, `operator.code-wrong`, `operator.code-used` or `operator.factor-damaged`.
 */
export function useSecondFactor(
  operatorId: OperatorId,
  code: string | null,
  { factors, clock, factorKey }: SecondFactorPorts,
): Result<FactorUsed> {
  const factor = factors.findFactor(operatorId);
  if (factor === null) return accept({ kind: 'none' });
  const typed = code?.replaceAll(/\s/g, '') ?? '';
  if (typed === '') {
    return refuse(
      'operator.code-required',
      'Type the 6-digit code of your authenticator app, or a recovery code, too.',
    );
  }
  const recoveryCode = hashRecoveryCode(typed);
  if (recoveryCode !== null) {
    if (!factors.takeRecoveryCode(operatorId, recoveryCode)) return refuseWrong('This is none of your recovery codes.');
    return accept({ kind: 'recovery-code', left: factors.countRecoveryCodes(operatorId) });
  }
  const secret = openSecret(factor.secret, factorKey, operatorId);
  if (!secret.ok) return secret;
  const around = timeStepAt(clock.now(), authenticatorForm);
  const step = findTimeStep(secret.value, typed, around, REACH_STEPS, authenticatorForm);
  if (step === null) return refuseWrong('The code is not the one that your authenticator app shows now.');
  if (step <= factor.lastStep) {
    return refuse('operator.code-used', 'This code was used already; wait for the next one, which comes within 30 s.');
  }
  factors.acceptStep(operatorId, step);
  return accept({ kind: 'one-time-password' });
}

function refuseWrong(what: string): Result<never> {
  return refuse(
    'operator.code-wrong',
    `${what} If it does not help to try the next one, compare the clock of the station with that of your phone.`,
  );
}
