import * as v from 'valibot';
import { Role } from '../../../contract/schema/session.ts';
import type { StationSettings } from '../../station-settings.ts';

const settingKey = 'second-factor-roles';

/** Whose operators must have a second factor: a rule of the station, empty until an administrator sets it. */
export interface FactorRule {
  readonly roles: () => readonly Role[];
  readonly set: (roles: readonly Role[]) => void;
}

export function createFactorRule(settings: StationSettings): FactorRule {
  return {
    roles: () => v.parse(v.array(Role), JSON.parse(settings.get(settingKey) ?? '[]')),
    set: (roles) => settings.set(settingKey, JSON.stringify(Role.options.filter((role) => roles.includes(role)))),
  };
}
