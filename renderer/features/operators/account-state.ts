import type { AccountView, OperatorView } from '../../../contract/schema/session.ts';
import type { MarkKind } from '../../design/mark-kind.ts';
import type { Words } from '../../words/words.ts';
import { operatorsWords } from './words.ts';

interface Mark {
  readonly kind: MarkKind;
  readonly words: Words & { readonly en: string; readonly de: string };
}

/** What is most worth knowing of an account: that it is disabled, then locked, then that nobody has taken it over yet. */
export function accountMark({ status, lockedUntil, mustChangePassword }: OperatorView): Mark {
  if (status === 'disabled') return { kind: 'idle', words: operatorsWords.disabled };
  if (lockedUntil !== null) return { kind: 'needs-you', words: operatorsWords.locked };
  if (mustChangePassword) return { kind: 'ready', words: operatorsWords.firstPassword };
  return { kind: 'confirmed', words: operatorsWords.active };
}

const factorMarks: Readonly<Record<OperatorView['secondFactor'], Mark>> = {
  enrolled: { kind: 'confirmed', words: operatorsWords.factorEnrolled },
  missing: { kind: 'needs-you', words: operatorsWords.factorMissing },
  none: { kind: 'idle', words: operatorsWords.factorNone },
};

export function factorMark({ secondFactor }: OperatorView): Mark {
  return factorMarks[secondFactor];
}

function isActiveAdministrator({ status, roles }: OperatorView): boolean {
  return status === 'active' && roles.includes('administrator');
}

/** True where nobody else could manage operators without this account. */
export function isLastAdministrator(account: OperatorView, all: readonly AccountView[]): boolean {
  return isActiveAdministrator(account) && all.filter(isActiveAdministrator).length === 1;
}

/** A lock that no time ends has the last moment that a time can have. */
export function isLockedForever(lockedUntil: string): boolean {
  return lockedUntil.startsWith('9999');
}

/** What is taken from an operator. */
export type Danger = 'password' | 'factor' | 'disable';
