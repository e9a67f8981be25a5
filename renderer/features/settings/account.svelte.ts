import type { Refusal } from '../../../contract/result.ts';
import type { OwnFactor } from '../../../contract/schema/second-factor.ts';
import type { Role } from '../../../contract/schema/session.ts';
import { call } from '../../bridge/call.ts';

/** The operator's own second factor, and whose operators must have one. */
class OwnAccount {
  factor = $state.raw<OwnFactor | null>(null);
  required = $state.raw<readonly Role[]>([]);
  refusal = $state.raw<Refusal | null>(null);

  async read(): Promise<void> {
    const [factor, rule] = await Promise.all([call('operator.own-factor', {}), call('operator.factor-rule', {})]);
    this.factor = factor.ok ? factor.value : null;
    this.required = rule.ok ? rule.value.roles : [];
    this.refusal = [factor, rule].find((answer) => !answer.ok) ?? null;
  }

  forget(): void {
    this.factor = this.refusal = null;
    this.required = [];
  }
}

export const ownAccount = new OwnAccount();
