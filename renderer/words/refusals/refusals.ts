import { bundleRefusals } from './bundle.ts';
import { operatorRefusals } from './operator.ts';
import { policyRefusals } from './policy.ts';
import { reportRefusals } from './report.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';
import { signatureRefusals } from './signature.ts';
import { stationRefusals } from './station.ts';
import { trustRefusals } from './trust.ts';
import { windowRefusals } from './window.ts';

const tables: RefusalTable = {
  ...bundleRefusals,
  ...operatorRefusals,
  ...policyRefusals,
  ...reportRefusals,
  ...signatureRefusals,
  ...stationRefusals,
  ...trustRefusals,
  ...windowRefusals,
};

/** The words of an error code; undefined where the station's own reason has to do. */
export function refusalWords(code: string): RefusalWords | undefined {
  return Object.hasOwn(tables, code) ? tables[code as keyof RefusalTable] : undefined;
}
