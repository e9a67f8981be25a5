import { auditRefusals } from './audit.ts';
import { bundleRefusals } from './bundle.ts';
import { deviceRefusals } from './device.ts';
import { mcubootRefusals } from './mcuboot.ts';
import { operatorRefusals } from './operator.ts';
import { orderRefusals } from './order.ts';
import { policyRefusals } from './policy.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';
import { reportRefusals } from './report.ts';
import { scanRefusals } from './scan.ts';
import { stationRefusals } from './station.ts';
import { trustRefusals } from './trust.ts';
import { updateRefusals } from './update.ts';
import { windowRefusals } from './window.ts';

const tables: RefusalTable = {
  ...auditRefusals,
  ...bundleRefusals,
  ...deviceRefusals,
  ...mcubootRefusals,
  ...operatorRefusals,
  ...orderRefusals,
  ...policyRefusals,
  ...reportRefusals,
  ...scanRefusals,
  ...stationRefusals,
  ...trustRefusals,
  ...updateRefusals,
  ...windowRefusals,
};

/** The words of an error code; undefined for a text that is none, whose reason then stands alone. */
export function refusalWords(code: string): RefusalWords | undefined {
  return Object.hasOwn(tables, code) ? tables[code as keyof RefusalTable] : undefined;
}
