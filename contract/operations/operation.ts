import type * as v from 'valibot';
import type { Permission } from '../permission.ts';

/** `public`: needs no operator. `session`: any operator who is logged in. Otherwise the one permission that is checked. */
export type Access = 'public' | 'session' | Permission;

export interface OperationContract {
  readonly access: Access;
  readonly input: v.GenericSchema;
  readonly output: v.GenericSchema;
}

/** The operations of one room: `<room>.<verb>` → what it takes, gives, and who may call it. */
export type OperationTable = Readonly<Record<string, OperationContract>>;
