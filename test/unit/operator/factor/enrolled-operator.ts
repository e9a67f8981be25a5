import type { OperatorView, Role } from '../../../../contract/schema/session.ts';
import type { Clock } from '../../../../core/ports.ts';
import { oneTimePassword, authenticatorForm, timeStepAt } from '../../../../core/operator/factor/one-time-password.ts';
import { passwordOf, value, type OperatorBench } from '../operator-bench.ts';

/** An operator with a second factor, and the phone that goes with it. */
export interface EnrolledOperator {
  readonly view: OperatorView;
  readonly recoveryCodes: readonly string[];
  readonly secretBase32: string;
  /** What the app shows at the bench's time, or some steps of 30 s away from it. */
  readonly code: (stepsAway?: number) => string;
}

export async function enrol(bench: OperatorBench, username: string, roles: Role[]): Promise<EnrolledOperator> {
  const made = await bench.add(username, roles);
  const proof = { password: passwordOf(username) };
  const { secretBase32 } = value(await bench.secondFactors.enrol(made, proof));
  const code = phoneOf(bench, secretBase32);
  const { operator, recoveryCodes } = value(bench.secondFactors.confirm(made, code()));
  return { view: operator, recoveryCodes, secretBase32, code };
}

export function phoneOf({ clock }: { readonly clock: Pick<Clock, 'now'> }, secretBase32: string) {
  const secret = decodeBase32(secretBase32);
  return (stepsAway = 0): string =>
    oneTimePassword(secret, timeStepAt(clock.now(), authenticatorForm) + stepsAway, authenticatorForm);
}

/** As an authenticator app reads a secret; written apart from the encoder that it is there to test. */
function decodeBase32(text: string): Buffer {
  const bits = Array.from(text, (character) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0'),
  ).join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
