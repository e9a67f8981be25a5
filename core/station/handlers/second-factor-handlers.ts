import { accept } from '../../../contract/result.ts';
import type { SecondFactors } from '../../operator/factor/second-factors.ts';
import type { Handlers } from '../dispatch.ts';

type SecondFactorHandlers = Pick<
  Handlers,
  | 'operator.enrol-factor'
  | 'operator.confirm-factor'
  | 'operator.own-factor'
  | 'operator.renew-recovery-codes'
  | 'operator.remove-factor'
  | 'operator.reset-factor'
  | 'operator.factor-rule'
  | 'operator.require-factor'
>;

/** The second factor: one's own, and what an administrator may do about that of others. */
export function createSecondFactorHandlers(secondFactors: SecondFactors): SecondFactorHandlers {
  return {
    'operator.enrol-factor': (proof, { operator }) => secondFactors.enrol(operator, proof),
    'operator.confirm-factor': ({ code }, { operator }) => secondFactors.confirm(operator, code),
    'operator.own-factor': (_input, { operator }) => accept(secondFactors.inspect(operator)),
    'operator.renew-recovery-codes': (proof, { operator }) => secondFactors.renewRecoveryCodes(operator, proof),
    'operator.remove-factor': (proof, { operator }) => secondFactors.remove(operator, proof),
    'operator.reset-factor': ({ id, initialPassword }, { operator }) =>
      secondFactors.reset(operator, id, initialPassword),
    'operator.factor-rule': () => accept({ roles: [...secondFactors.requiredRoles()] }),
    'operator.require-factor': ({ roles }, { operator }) =>
      accept({ roles: [...secondFactors.require(operator, roles)] }),
  };
}
