import * as v from 'valibot';
import { refuse, type Result } from '../../../contract/result.ts';
import { PeriodReport } from '../../../contract/schema/period-report.ts';
import { ReportModel } from '../../../contract/schema/report.ts';
import { canonicalBytes, canonicalJson } from '../../canonical-json.ts';
import { sha256Hex } from '../../digest.ts';
import type { JsonValue } from '../../ports.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { found, type Finding } from './check-list.ts';

/** Longest report that is read. */
export const maxReportLenBytes = 32 * 1024 * 1024;
const maxReportDepth = 16;

/** What was read; `value` may itself be null. */
export interface ReadJson {
  readonly value: JsonValue;
}

/** Reads the bytes as strict JSON: no duplicate key, nothing that two readers could read differently. */
export function readJson(bytes: Uint8Array): Result<Finding<ReadJson>> {
  const json = parseStrictJson(bytes, {
    maxBytes: maxReportLenBytes,
    maxDepth: maxReportDepth,
    code: 'report.json-invalid',
    what: 'The report',
  });
  if (!json.ok) return json;
  return found(`The report is strict JSON of ${bytes.byteLength} bytes, SHA-256 ${sha256Hex(bytes)}.`, {
    value: json.value,
  });
}

/** True where the JSON says that it is the report of a period; any other is read as a job's. */
export function isOfPeriod({ value }: ReadJson): boolean {
  return v.is(v.looseObject({ format: PeriodReport.entries.format }), value);
}

/** Reads the JSON as a job's report; what the schema would drop or change is refused. */
export function readModel(json: ReadJson): Result<Finding<ReportModel>> {
  return readAs(ReportModel, 'drydock-report/1', json);
}

/** Reads the JSON as the report of a period, as strictly. */
export function readPeriodModel(json: ReadJson): Result<Finding<PeriodReport>> {
  return readAs(PeriodReport, 'drydock-period-report/1', json);
}

function readAs<S extends typeof ReportModel | typeof PeriodReport>(
  schema: S,
  format: string,
  { value: json }: ReadJson,
): Result<Finding<v.InferOutput<S>>> {
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    const path = v.getDotPath(issue) ?? 'report';
    return refuse('report.schema-invalid', `The report does not have its form: ${path}: ${issue.message}.`, { path });
  }
  if (canonicalJson(parsed.output) !== canonicalJson(json)) {
    return refuse('report.schema-invalid', 'The report does not have its form: a text begins or ends with spaces.');
  }
  return found(`The report has the form ${format} and no other field.`, parsed.output);
}

/** RFC 8785: a report has exactly one spelling, so that one digest names it. */
export function checkCanonicalForm(bytes: Uint8Array, { value: json }: ReadJson): Result<Finding<true>> {
  if (Buffer.compare(canonicalBytes(json), bytes) !== 0) {
    return refuse(
      'report.not-canonical',
      'The report was rewritten: its bytes are not the canonical form of what it says.',
    );
  }
  return found('The bytes are the canonical form (RFC 8785).', true);
}
