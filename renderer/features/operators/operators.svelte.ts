import type { OperationInput, OperationName } from '../../../contract/operations.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { AccountView, OperatorView, Role } from '../../../contract/schema/session.ts';
import { onNextOperator } from '../../app/next-operator.ts';
import { call } from '../../bridge/call.ts';
import { makeFirstPassword } from './first-password.ts';

/** Operations that give an operator an initial password. */
type Giving = 'operator.create' | 'operator.reset-password' | 'operator.reset-factor' | 'operator.enable';

interface HandOver {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

/** The accounts of the station, and what an administrator is about to do with one. */
class Operators {
  accounts = $state.raw<readonly AccountView[] | null>(null);
  required = $state.raw<readonly Role[]>([]);
  refusal = $state.raw<Refusal | null>(null);
  /** A initial password that was given, until it is handed over. */
  handOver = $state.raw<HandOver | null>(null);
  /** Of the account that is to be made; stays while the drawer is closed. */
  readonly draft = $state<{ printedName: string; username: string; roles: Role[] }>({
    printedName: '',
    username: '',
    roles: [],
  });

  async read(): Promise<void> {
    const [list, rule] = await Promise.all([call('operator.list', {}), call('operator.factor-rule', {})]);
    if (list.ok) this.accounts = list.value;
    if (rule.ok) this.required = rule.value.roles;
    this.refusal = [list, rule].find((answer) => !answer.ok) ?? null;
  }

  /** Does something to an account and reads all of them anew. Resolves to the refusal, or to null where it is done. */
  async change<N extends OperationName & `operator.${string}`>(
    name: N,
    input: OperationInput<N>,
  ): Promise<Refusal | null> {
    const answer = await call(name, input as never);
    if (answer.ok) await this.read();
    return answer.ok ? null : answer;
  }

  /** As {@link change}, with an initial password that is shown afterwards. */
  async give<N extends Giving>(name: N, input: Omit<OperationInput<N>, 'initialPassword'>): Promise<Refusal | null> {
    const password = makeFirstPassword((bytes) => crypto.getRandomValues(bytes));
    const answer = await call(name, { ...input, initialPassword: password } as never);
    if (!answer.ok) return answer;
    const { id, printedName, username } = answer.value as OperatorView;
    this.handOver = { id, name: printedName, username, password };
    await this.read();
    return null;
  }

  clearDraft(): void {
    Object.assign(this.draft, { printedName: '', username: '', roles: [] });
  }

  /** Passwords do not outlive the place: neither behind the lock nor for the next operator. */
  forgetSecrets(): void {
    this.handOver = null;
  }
}

export const operators = new Operators();

onNextOperator(() => operators.clearDraft());
