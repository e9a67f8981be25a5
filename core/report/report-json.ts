import type { ReportModel } from '../../contract/schema/report.ts';
import { canonicalBytes } from '../canonical-json.ts';

/** Signs bytes with the station's Ed25519 key (RFC 8032); 64 bytes. */
export type SignWithStationKey = (bytes: Uint8Array) => Uint8Array;

/** The report as it is signed and stored: RFC 8785 canonical JSON. */
export function reportJsonBytes(model: ReportModel): Uint8Array {
  return canonicalBytes(model);
}
