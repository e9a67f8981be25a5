import type { ErrorCode } from '../../../contract/error-code.ts';
import type { windowErrors } from '../../../contract/error-code/window.ts';
import type { Words } from '../words.ts';
import { operatorRefusals } from './operator.ts';
import { stationRefusals } from './station.ts';
import { windowRefusals } from './window.ts';

/** What a refusal means, beside the reason that the station gives: a title, and what to do where there is something to do. */
export interface RefusalWords {
  readonly title: Words;
  readonly next?: Words;
}

export type RefusalTable = Readonly<Partial<Record<ErrorCode | keyof typeof windowErrors, RefusalWords>>>;

const tables: RefusalTable = { ...operatorRefusals, ...stationRefusals, ...windowRefusals };

/** The words of an error code; undefined where the station's own reason has to do. */
export function refusalWords(code: string): RefusalWords | undefined {
  return Object.hasOwn(tables, code) ? tables[code as keyof RefusalTable] : undefined;
}
